"""Credentials handed on in an environment, as sinks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from credlint.catalogue.types import Family
from credlint.credentials.effective import Environment, credential_sets, environment_endpoint
from credlint.extract.deployment.reading import Reading
from credlint.model.environments import Variable
from credlint.model.facts import Client
from credlint.model.records import replace
from credlint.model.sinks import NOT_KNOWN, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import Absent, Alternative, CredentialSet, Part, Role, Step


def note_environment_client(
    environment: Environment,
    names: dict[str, Location] | None,
    reading: Reading,
    sink: str,
    flow: str,
    *,
    beside_local: bool = False,
    injected: tuple[str, ...] = (),
    closed: bool = False,
) -> None:
    """Note a sink per family whose key id and secret are in the environment.

    `names` are the variables that were set here, with their places: both parts must be among them. None takes all.
    `injected` are the variables that the platform sets for its own session where nobody else sets them. `closed` tells
    that no variable of keys comes from elsewhere.
    """
    sets = credential_sets(environment, reading.catalogue)
    if not sets:
        return
    grammar, settings = reading.catalogue.grammar, reading.settings
    endpoint = environment_endpoint(environment, grammar, settings, beside_local=beside_local)
    for name, found in sets:
        family = reading.catalogue.family(name)
        inherited = next((token for token in family.names(Role.TOKEN) if token in injected), None)
        for place, alternatives in _by_place(environment, family, found, names).items():
            reading.add_client(
                Client(
                    sink=sink,
                    cloud=family.cloud,
                    use=SinkUse.ENVIRONMENT,
                    service=None,
                    location=place,
                    credentials=CredentialSet(tuple(alternatives), found.complete),
                    token_support=TokenSupport.OPTIONAL if family.names(Role.TOKEN) else TokenSupport.NONE,
                    endpoint=endpoint,
                    flows=(flow,),
                    platform=sink if inherited else None,
                    inherited_token=inherited,
                    incomplete=family.incomplete if closed else NOT_KNOWN,
                )
            )


def note_left(environment: Environment, exports: Sequence[Variable], reading: Reading, title: str, flow: str) -> None:
    """Note the credentials that a script leaves for later steps, as the environment of whatever runs in them.

    `environment` is a copy of that of the script, over which `exports` are put.
    """
    if exports:
        environment.overlay(exports)
        names = {one.name: one.location for one in exports}
        note_environment_client(environment, names, reading, f"environment that {title} leaves for later steps", flow)


def _by_place(
    environment: Environment, family: Family, found: CredentialSet, names: dict[str, Location] | None
) -> dict[Location, list[Alternative]]:
    """Group alternatives by where their key id is declared; a profile beside them is another matter."""
    groups: dict[Location, list[Alternative]] = {}
    profile = Part(Role.PROFILE, Absent(), "", None)
    for alternative in found.alternatives:
        key, secret = alternative.key_id, alternative.secret
        if key.is_missing() or key.location is None or (secret.is_missing() and not key.is_given()):
            continue
        if names is not None and (key.name not in names or secret.name not in names):
            continue
        place = names[key.name] if names is not None else declared_at(environment, family, alternative)
        place = place or key.location
        if key.location.path != place.path:
            key = replace(key, steps=(*key.steps, Step(key.location, "it stands here")))
        groups.setdefault(place, []).append(replace(alternative, key_id=key, profile=profile))
    return groups


def is_stand_in(image: str, local_hosts: Sequence[str]) -> bool:
    """Tell whether an image is that of a stand-in of the cloud (MinIO, LocalStack); "" is none."""
    if not image:
        return False
    folder, _, name = image.lower().partition("@")[0].rpartition("/")
    return not {*re.split(r"[/.\-]", folder), *re.split(r"[:.\-]", name)}.isdisjoint(local_hosts)


def declared_at(environment: Environment, family: Family, alternative: Alternative) -> Location | None:
    """Give the place of the name of the variable that holds the key id of an alternative."""
    for name in family.names(Role.KEY_ID):
        for variable in environment.variables.get(name, ()):
            if variable.location == alternative.key_id.location:
                return variable.key_location
    return None
