"""Clients with the requests and other clients of their flow, and what is known of their keys."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from credlint.catalogue.types import Catalogue
from credlint.credentials.lifetimes import is_temporary, lifetime
from credlint.link.accounts import key_accounts
from credlint.link.patched import with_patches
from credlint.link.preferences import Given, foreign_service, legacy_name, preferred
from credlint.link.roles import misplaced_settings, roles_of
from credlint.link.usage import refusal
from credlint.model.environments import PatchedDocument
from credlint.model.facts import Client, FileFacts, SessionRequest
from credlint.model.records import replace
from credlint.model.secret import SecretText
from credlint.model.units import ClientUnit, Standard
from credlint.model.values import (
    Alternative,
    EnvironmentVariable,
    Lifetime,
    Literal,
    Parameter,
    Part,
    Reference,
    ReferenceKind,
    Role,
)


def client_units(
    facts: FileFacts,
    catalogue: Catalogue,
    patched: Collection[PatchedDocument] = (),
    given: Sequence[Given] = (),
) -> Iterator[ClientUnit]:
    """Give a unit per client of a file.

    `patched` are the documents to which a patch may add parts, `given` what processes have that may run the file.
    """
    if patched:
        facts = replace(facts, clients=tuple(with_patches(one, patched) for one in facts.clients))
    placeholders = frozenset(literal.text for literal in facts.literals if literal.placeholder)
    by_flow: dict[str, list[int]] = {}
    for number, client in enumerate(facts.clients):
        for flow in client.flows:
            by_flow.setdefault(flow, []).append(number)
    for client in facts.clients:
        alternatives = client.credentials.alternatives
        yield ClientUnit(
            client=client,
            requests=tuple(request for request in facts.requests if _same_flow(client, request)),
            siblings=tuple(
                facts.clients[number]
                for number in sorted({number for flow in client.flows for number in by_flow[flow]})
                if facts.clients[number] is not client
            ),
            lifetimes=tuple(
                (
                    _lifetime(one.key_id, catalogue, placeholders),
                    _lifetime(one.secret, catalogue, placeholders),
                    _lifetime(one.token, catalogue, placeholders),
                )
                for one in alternatives
            ),
            temporary=tuple(
                is_temporary(one, catalogue.grammar) and not _is_placeholder(one.key_id, placeholders)
                for one in alternatives
            ),
            standard=tuple(_standard(one, catalogue) for one in alternatives),
            token_checked=_token_checked(client, catalogue),
            evidence=_evidence(client, facts, catalogue),
            accounts=key_accounts(client.credentials, facts, catalogue),
            refused=refusal(client.credentials, client.service, "", facts, catalogue),
            roles=tuple(roles_of(one, catalogue, client.cloud) for one in alternatives),
            foreign=tuple(foreign_service(one, client.cloud, facts, catalogue) for one in alternatives),
            misplaced=misplaced_settings(client, catalogue),
            legacy=legacy_name(client, facts, catalogue),
            preferred=preferred(client, facts, given),
        )


def _same_flow(client: Client, request: SessionRequest) -> bool:
    return not set(client.flows).isdisjoint(request.flows)


def _is_placeholder(part: Part, placeholders: frozenset[SecretText]) -> bool:
    return isinstance(part.origin, Literal) and part.origin.text in placeholders


def _lifetime(part: Part, catalogue: Catalogue, placeholders: frozenset[SecretText]) -> Lifetime:
    if _is_placeholder(part, placeholders):
        return Lifetime.UNKNOWN
    return lifetime(part.origin, part.role, catalogue.grammar)


def variable_of(part: Part) -> str | None:
    """Give the environment variable that a part is read from, or handed on under its own name from the host."""
    match part.origin:
        case EnvironmentVariable(name) | Reference(kind=ReferenceKind.HOST_VARIABLE, name=name):
            return name
        case _:
            return None


def _standard(alternative: Alternative, catalogue: Catalogue) -> Standard:
    """Tell whether id and secret are read from the variables of one family of an SDK."""
    key, secret = variable_of(alternative.key_id), variable_of(alternative.secret)
    for family in catalogue.families:
        if key in family.names(Role.KEY_ID) and secret in family.names(Role.SECRET) and family.names(Role.TOKEN):
            return Standard.CHAIN if family.exact else Standard.OTHER
        if family.exact and _is_given_as(alternative.key_id, family.names(Role.KEY_ID)):
            return Standard.CALLERS if _is_given_as(alternative.secret, family.names(Role.SECRET)) else Standard.NO
    return Standard.NO


def _is_given_as(part: Part, names: Sequence[str]) -> bool:
    """Tell whether callers give a part, under the name of one of some variables."""
    return isinstance(part.origin, Parameter) and part.origin.name.upper() in names


def _token_checked(client: Client, catalogue: Catalogue) -> bool:
    for origin in client.known_missing:
        entry = catalogue.variable(origin.name) if isinstance(origin, EnvironmentVariable) else None
        if entry is not None and entry.role in {Role.TOKEN, Role.LEGACY_TOKEN}:
            return True
    return False


def _evidence(client: Client, facts: FileFacts, catalogue: Catalogue) -> str | None:
    """Say why keys of the environment are temporary here: a platform's handler, or the token read elsewhere."""
    for alternative in client.credentials.alternatives:
        name = variable_of(alternative.key_id)
        for family in catalogue.families:
            if name not in family.names(Role.KEY_ID):
                continue
            for platform in facts.platforms:
                if any(h.platform == platform and h.cloud is family.cloud for h in catalogue.handlers):
                    return f"this module is a handler of {platform}, whose keys are temporary"
            for token in family.names(Role.TOKEN):
                if token in facts.variables:
                    return f"{token} is used elsewhere in this file"
    return None
