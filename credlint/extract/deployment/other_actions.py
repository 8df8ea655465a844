"""Steps that use an action which the catalogue does not know: keys among its inputs are told by the inputs' names."""

from __future__ import annotations

from credlint.catalogue.deployments import Dialect
from credlint.credentials.effective import Environment, address_kind
from credlint.extract.deployment.action_inputs import read_input
from credlint.extract.deployment.actions import Around
from credlint.extract.deployment.reading import Input, Reading
from credlint.extract.deployment.tree import entries, text_of
from credlint.extract.deployment.uses import Used
from credlint.model.facts import Client
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.values import PARTS, Alternative, Cloud, CredentialSet, Part, Reference, Role, Unknown

_ENDPOINT = "endpoint"


def note_other_action(used: Used, dialect: Dialect, around: Around, reading: Reading, *, stored: bool = False) -> None:
    """Note the client that an action makes of inputs that are called as a key id and a secret are.

    `stored` asks for stored secrets only: what becomes of others stands in the action, which is read.
    """
    found: dict[Role, tuple[str, Cloud, Input]] = {}
    endpoint = EndpointKind.ABSENT
    for placed in entries(used.inputs):
        name = placed.entry.key.text
        role, cloud = _role_of(name, reading)
        if role is not None:
            given = read_input(placed, role, dialect, around.environment, around.outputs, reading)
            if given is not None:
                found.setdefault(role, (name, cloud, given))
        elif _ENDPOINT in name.lower():
            endpoint = _endpoint(text_of(placed.entry.value), reading)
    if Role.KEY_ID not in found or Role.SECRET not in found:
        return
    if stored and not all(isinstance(found[role][2].origin, Reference) for role in (Role.KEY_ID, Role.SECRET)):
        return
    parts = {role: Part(role, given.origin, name, given.location) for role, (name, _, given) in found.items()}
    if Role.TOKEN not in found and _has_token(around.environment, reading):
        parts[Role.TOKEN] = Part(Role.TOKEN, Unknown("the environment of the step holds a token"), "", None)
    reading.add_client(
        Client(
            sink=used.name,
            cloud=_cloud(found, used.name, reading),
            use=SinkUse.ENVIRONMENT,
            service=None,
            location=reading.value_location(used.scalar),
            credentials=CredentialSet((Alternative.of(parts),)),
            token_support=TokenSupport.OPTIONAL,
            endpoint=endpoint,
            flows=(around.flow,),
        ),
        parts[Role.KEY_ID].location,
    )


def _role_of(name: str, reading: Reading) -> tuple[Role | None, Cloud]:
    """Give what an input is by its name; what is called the secret of a key goes by names of the action's own."""
    known = reading.role_of(name)
    if known is not None:
        return (known[0] if known[0] in PARTS else None), known[1]
    words = name.lower().replace("-", "_").split("_")
    return (Role.SECRET if {Role.SECRET.value, "key"} <= set(words) else None), Cloud.S3_COMPATIBLE


def _has_token(environment: Environment, reading: Reading) -> bool:
    """Tell whether the action may find the token in its environment, with which it runs."""
    names = (name for family in reading.catalogue.families for name in family.names(Role.TOKEN))
    return environment.opaque or any(name in environment.variables for name in names)


def _endpoint(text: str | None, reading: Reading) -> EndpointKind:
    return address_kind(text, reading.catalogue.grammar, reading.settings) if text else EndpointKind.ABSENT


def _cloud(found: dict[Role, tuple[str, Cloud, Input]], action: str, reading: Reading) -> Cloud:
    """Give the cloud that a name says: that of an input, else of the secret that it is given, else of the action."""
    named = [reading.role_of(one[2].origin.name) for one in found.values() if isinstance(one[2].origin, Reference)]
    clouds = [one[1] for one in found.values()] + [one[1] for one in named if one]
    known = next((cloud for cloud in clouds if cloud is not Cloud.S3_COMPATIBLE), None)
    texts = [one[2].origin.name for one in found.values() if isinstance(one[2].origin, Reference)]
    return known or reading.cloud_of_words([*texts, action]) or Cloud.S3_COMPATIBLE
