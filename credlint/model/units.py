"""What a check sees: one unit at a time, joined by link/ from the facts of the run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from credlint.model.facts import (
    Client,
    EndpointKind,
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
from credlint.model.values import CredentialSet, Lifetime


class Standard(Enum):
    """Whether a pair is read from an SDK's own variables: those of the default chain (CHAIN), or others (OTHER)."""

    NO = "no"
    CHAIN = "chain"
    OTHER = "other"


class LiteralForm(Enum):
    """What the form of a literal says: a stand-in, of no known form, right, or wrong in one of several ways."""

    PLACEHOLDER = "placeholder"
    OTHER = "other"
    REAL = "real"
    STRAY_CHARACTER = "stray-character"
    TEMPLATE_REMNANT = "template-remnant"
    ENCODED_NEWLINE = "encoded-newline"
    WRONG = "wrong"
    UNUSUAL = "unusual"


@dataclass(frozen=True, slots=True)
class ClientUnit:
    """One client with what else happens in its flow.

    `requests` and `siblings` are the session requests and the other clients of the same flow. `lifetimes` gives, per
    alternative of its credentials, what is known of key id, secret and token; `temporary` whether the key id is
    temporary by proof and of no use without its token. `standard` tells, per alternative, that the pair is read from
    the variables that the SDK's own chain reads. `token_checked` tells that a condition has shown that the token's
    variable is not set here. `evidence` names why possibly temporary keys are so in this project, or is None.
    `accounts` gives, per alternative, the account that a literal key id of AWS carries.
    """

    client: Client
    requests: tuple[SessionRequest, ...]
    siblings: tuple[Client, ...]
    lifetimes: tuple[tuple[Lifetime, Lifetime, Lifetime], ...] = ()
    temporary: tuple[bool, ...] = ()
    standard: tuple[Standard, ...] = ()
    token_checked: bool = False
    evidence: str | None = None
    accounts: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestUnit:
    """One session request. `accounts` gives, per alternative of its caller, what a literal key id of AWS carries."""

    request: SessionRequest
    accounts: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class ExposureUnit:
    """One exposure."""

    exposure: Exposure


@dataclass(frozen=True, slots=True)
class LiteralUnit:
    """One literal with what its form says.

    `lifetime` is that of a key id; `form` whether it has the form of its kind, `real` that it (a secret or token) looks
    like one; `pair_is_real` that id and secret stand together and both look real. `account` is what the id of a key of
    AWS carries.
    """

    literal: KeyLiteral
    lifetime: Lifetime
    form: LiteralForm
    pair_is_real: bool = False
    account: str | None = None


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
    other); `sets` the credential sets per family of variables; `opaque` tells that more may come from elsewhere;
    `endpoint` is what its variables say about where requests go.
    """

    scope: EnvironmentScope
    variables: tuple[Variable, ...]
    roles: tuple[RoleBinding, ...]
    mounts: tuple[Mount, ...]
    sets: tuple[tuple[str, CredentialSet], ...]
    opaque: bool
    endpoint: EndpointKind = EndpointKind.ABSENT


Unit = ClientUnit | RequestUnit | ExposureUnit | LiteralUnit | WriteUnit | ProcessUnit
