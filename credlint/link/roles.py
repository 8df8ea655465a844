"""Which role a value has by where it comes from: what a field, a variable or the form of a literal says."""

from __future__ import annotations

import functools
import re

from credlint.catalogue.types import Catalogue, VariableEntry
from credlint.credentials.grammar import is_key_id, is_placeholder, is_random_secret, is_token
from credlint.model.facts import Client, Setting
from credlint.model.patterns import pattern
from credlint.model.project import Settings
from credlint.model.units import RolesOfParts
from credlint.model.values import (
    PARTS,
    Alternative,
    Cloud,
    EnvironmentVariable,
    Literal,
    Origin,
    Parameter,
    ProfileField,
    ProviderField,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
    Unknown,
)

_LAST_WORD = pattern(r"\w+(?=\W*$)")
_OF_ENVIRONMENT = "env "
"""What the identity of an unknown variable of a process begins with."""
_SECRET, _TOKEN = Role.SECRET.name, Role.TOKEN.name
_NAMED_BY_PEOPLE = frozenset(
    {
        ReferenceKind.HOST_VARIABLE,
        ReferenceKind.CI_SECRET,
        ReferenceKind.CI_VARIABLE,
        ReferenceKind.KUBERNETES_SECRET,
        ReferenceKind.SECRET_STORE,
    }
)
"""References whose name says what they hold."""


def roles_of(alternative: Alternative, catalogue: Catalogue, cloud: Cloud) -> RolesOfParts:
    """Give the roles that key id, secret and token have by their origins, None where that is not known."""
    key, secret, token = (role_of(part.origin, catalogue, cloud) for part in alternative.parts())
    if key is Role.SECRET or not _is_loose(alternative.secret.origin, catalogue):
        return key, secret, token
    return key, None, token


def misplaced_settings(client: Client, catalogue: Catalogue) -> tuple[tuple[Setting, Role], ...]:
    """Give the settings of a client that are a part of credentials, with the role it has."""
    found = []
    for setting in client.settings:
        role = role_of(setting.origin, catalogue, client.cloud) or _role_of_parameter(setting.origin, catalogue)
        if role in PARTS and setting.location is not None:
            found.append((setting, role))
    return tuple(found)


def role_of(origin: Origin, catalogue: Catalogue, cloud: Cloud) -> Role | None:
    """Give the role that a value has by its origin, None where that is not known."""
    match origin:
        case ResponseField(role=role) | ProviderField(role=role) | ProfileField(role=role):
            return role
        case EnvironmentVariable(name):
            return role_of_name(name, catalogue)
        case Reference(kind=kind) if kind in _NAMED_BY_PEOPLE:
            return role_of_name(_said_by(origin, catalogue), catalogue)
        case Literal(text):
            return _role_of_text(text.reveal(), catalogue, cloud)
        case Unknown(identity=name) if name.startswith(_OF_ENVIRONMENT):
            return role_of_name(name.removeprefix(_OF_ENVIRONMENT), catalogue)
        case Unknown(identity=name) if word := _LAST_WORD.search(name):
            known = catalogue.variable(word[0])  # settings.AWS_SECRET_ACCESS_KEY
            return _role_of_entry(known) if known else None
        case _:
            return None


def role_of_name(name: str, catalogue: Catalogue) -> Role | None:
    """Give the role of a variable: what the catalogue says, else what the last words of its name say."""
    known = catalogue.variable(name)
    if known is not None:
        return _role_of_entry(known)
    found = _endings(tuple(catalogue.slot_names)).search(name.lower().replace("-", "_"))
    role = catalogue.slot_names[found["word"]][0] if found else None
    # what some call AWS_SECRET_KEY_ID is the secret
    return None if role is Role.KEY_ID and _SECRET in name.upper() else role


def _said_by(reference: Reference, catalogue: Catalogue) -> str:
    """Give the name that says what a reference holds: of a secret with fields, that of the field."""
    match reference.kind:
        case ReferenceKind.KUBERNETES_SECRET:
            return reference.field
        case ReferenceKind.SECRET_STORE:
            return reference.field or _stored_field(reference.name, catalogue)
        case _:
            return reference.name


def _stored_field(name: str, catalogue: Catalogue) -> str:
    """Give the end of the name of a stored secret that says what of it is meant, "" where nothing does."""
    found = (re.search(form, name) for form in catalogue.stored_fields)
    return next((one["field"] for one in found if one), "")


def _role_of_entry(entry: VariableEntry) -> Role:
    return Role.TOKEN if entry.role is Role.LEGACY_TOKEN else entry.role


@functools.cache
def _endings(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    return re.compile(rf"(?:^|_)(?P<word>{longest_first})$")


def _role_of_parameter(origin: Origin, catalogue: Catalogue) -> Role | None:
    return role_of_name(origin.name, catalogue) if isinstance(origin, Parameter) else None


def _is_loose(origin: Origin, catalogue: Catalogue) -> bool:
    """Tell whether a variable or secret is called an access key, without "id": some call the secret so."""
    match origin:
        case Reference():
            name = _said_by(origin, catalogue)
        case EnvironmentVariable(name) | Unknown(identity=name):
            pass
        case _:
            return False
    upper = name.upper()
    return not upper.endswith("ID") and _SECRET not in upper and _TOKEN not in upper


def _role_of_text(text: str, catalogue: Catalogue, cloud: Cloud) -> Role | None:
    grammar = catalogue.grammar
    if is_placeholder(text, grammar, Settings()):
        return None
    if any(re.fullmatch(form, text, re.ASCII) for one in catalogue.partitions for form in one.regions):
        return Role.REGION
    if is_key_id(text, grammar):
        return Role.KEY_ID
    if is_token(text, grammar):
        return Role.TOKEN
    return Role.SECRET if is_random_secret(text, cloud, grammar) else None
