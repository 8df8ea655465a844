"""What a check sees: one unit at a time, joined by link/ from the facts of the run."""

from __future__ import annotations

from dataclasses import dataclass

from credlint.model.facts import (
    Client,
    EnvironmentScope,
    EnvironmentWrite,
    Exposure,
    KeyLiteral,
    Mount,
    RoleBinding,
    SessionRequest,
    Variable,
)
from credlint.model.span import Location
from credlint.model.values import CredentialSet


@dataclass(frozen=True, slots=True)
class ClientUnit:
    """One client with what else happens in its flow.

    `requests` and `siblings` are the session requests and the other clients of the same flow. `evidence` names why
    possibly temporary keys are indeed so in this project (a handler, the token read elsewhere), or is None.
    """

    client: Client
    requests: tuple[SessionRequest, ...]
    siblings: tuple[Client, ...]
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class RequestUnit:
    """One session request."""

    request: SessionRequest


@dataclass(frozen=True, slots=True)
class ExposureUnit:
    """One exposure."""

    exposure: Exposure


@dataclass(frozen=True, slots=True)
class LiteralUnit:
    """One literal; `covered` tells that a sink reported about its temporary key already holds it."""

    literal: KeyLiteral


@dataclass(frozen=True, slots=True)
class WriteUnit:
    """One write to the environment of the process, with the other writes and the order of clients in its flow.

    `clients_before` are default-session clients made earlier in the flow, `keys_set` the place where environment keys
    that win over a profile are set in the same file, or None.
    """

    write: EnvironmentWrite
    others: tuple[EnvironmentWrite, ...]
    clients_before: tuple[Location, ...]
    keys_set: Location | None


@dataclass(frozen=True, slots=True)
class ProcessUnit:
    """One process with its effective environment.

    `variables` are those in effect, after scopes were merged (several of one name only when their branches exclude each
    other); `sets` the credential sets per family of variables; `opaque` tells that more may come from elsewhere.
    """

    scope: EnvironmentScope
    variables: tuple[Variable, ...]
    roles: tuple[RoleBinding, ...]
    mounts: tuple[Mount, ...]
    sets: tuple[tuple[str, CredentialSet], ...]
    opaque: bool


Unit = ClientUnit | RequestUnit | ExposureUnit | LiteralUnit | WriteUnit | ProcessUnit
