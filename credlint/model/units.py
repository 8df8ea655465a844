"""What a check sees: one unit at a time, joined by link/ from the facts of the run."""

from __future__ import annotations

from enum import Enum

from credlint.model.copies import Lasting, SecretCopy
from credlint.model.environments import (
    BindingGap,
    CodeEnvironment,
    CorruptedValue,
    EnvironmentScope,
    EnvironmentWrite,
    InheritedKey,
    JobTime,
    Mount,
    RepeatedVariable,
    RoleBinding,
    Variable,
)
from credlint.model.facts import (
    Client,
    ClientPlace,
    EntryPoint,
    Exposure,
    KeyLiteral,
    MisnamedToken,
    SecretRead,
    ServiceCall,
    SessionRequest,
    Setting,
)
from credlint.model.lasting import Fallback, Kept, Refresher, RetriedError, SignedUrl
from credlint.model.profiles import ProfileFault, ProfileText
from credlint.model.records import dataclass
from credlint.model.sinks import EndpointKind, Handling
from credlint.model.sources import Reader, SourceWorld
from credlint.model.span import Location
from credlint.model.usage import Breach, EndpointMismatch, Refused
from credlint.model.values import CredentialSet, Lifetime, Role


class Standard(Enum):
    """Whether a pair is read from an SDK's own variables: those of the default chain (CHAIN), or others (OTHER).

    CALLERS: callers, or subclasses, give it under the names of those of the default chain.
    """

    NO = "no"
    CHAIN = "chain"
    OTHER = "other"
    CALLERS = "callers"


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


RolesOfParts = tuple[Role | None, Role | None, Role | None]
"""What the values in the slots of key id, secret and token are, None where that is not known."""


@dataclass(frozen=True, slots=True)
class ClientUnit:
    """One client with what else happens in its flow.

    `requests` and `siblings` are the session requests and the other clients of the same flow. `lifetimes` gives, per
    alternative of its credentials, what is known of key id, secret and token; `temporary` whether the key id is
    temporary by proof and of no use without its token. `standard` tells, per alternative, that the pair is read from
    the variables that the SDK's own chain reads. `token_checked` tells that a condition has shown that the token's
    variable is not set here. `evidence` names why possibly temporary keys are so in this project, or is None.
    `accounts` gives, per alternative, the account that a literal key id of AWS carries, `roles` what its parts are by
    where they come from, `foreign` the service other than AWS that its key id is of. `misplaced` are settings of the
    client that are a part of credentials, `legacy` the variable of an old name whose token is used where the new one is
    never read, `preferred` where the variables are used that the SDK takes before what it is given. `refused` tells why
    its service takes no request that these credentials sign.
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
    roles: tuple[RolesOfParts, ...] = ()
    foreign: tuple[str | None, ...] = ()
    misplaced: tuple[tuple[Setting, Role], ...] = ()
    legacy: str | None = None
    preferred: Location | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class EntryUnit:
    """A module where a program starts, with the clients for data that it makes there, in order.

    `names_a_role` tells that the module asks for a role by itself, `names_a_source` that it speaks of variables or
    profiles of credentials.
    """

    entry: EntryPoint
    clients: tuple[Client, ...]
    names_a_role: bool
    names_a_source: bool


@dataclass(frozen=True, slots=True)
class RequestUnit:
    """One session request. `accounts` gives, per alternative of its caller, what a literal key id of AWS carries.

    `breaches` are its fields that the operation does not take, `mismatches` its roles that the region does not know.
    `long_lived_caller` tells that temporary credentials cannot ask for it, `unscoped` that nothing narrows what its
    answer may do, `issues` that it is one to a service of identities that gives temporary credentials. `clients` are
    those of the same flow. `role_lasts` is how long a session of its role may last, where the run shows that role.
    """

    request: SessionRequest
    accounts: tuple[str | None, ...] = ()
    breaches: tuple[Breach, ...] = ()
    mismatches: tuple[EndpointMismatch, ...] = ()
    long_lived_caller: bool = False
    unscoped: bool = False
    issues: bool = False
    clients: tuple[Client, ...] = ()
    role_lasts: Lasting | None = None


@dataclass(frozen=True, slots=True)
class PlaceUnit:
    """A client whose settings do not go together."""

    client: ClientPlace
    mismatches: tuple[EndpointMismatch, ...]


@dataclass(frozen=True, slots=True)
class CallUnit:
    """A call that its service refuses, for the reason in `refused`, or that gets the keys of another.

    `foreign` gives, per alternative of its credentials, the service other than the cloud's own that its key id is of.
    """

    call: ServiceCall
    refused: Refused | None
    foreign: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptUnit:
    """Temporary credentials that are kept."""

    kept: Kept


@dataclass(frozen=True, slots=True)
class UrlSession:
    """The session whose credentials sign a URL in one alternative: the operation that gave them, and its lifetime."""

    name: str
    location: Location
    seconds: int


@dataclass(frozen=True, slots=True)
class SignedUrlUnit:
    """A signed URL with the sessions whose credentials sign it; `every` tells that each alternative has one."""

    url: SignedUrl
    sessions: tuple[UrlSession, ...]
    every: bool = False


@dataclass(frozen=True, slots=True)
class RefresherUnit:
    """A refresh callable with a fault."""

    refresher: Refresher


@dataclass(frozen=True, slots=True)
class RetriedErrorUnit:
    """A credential error that is retried."""

    retried: RetriedError


@dataclass(frozen=True, slots=True)
class FallbackUnit:
    """Another source of credentials that stands in for one that failed."""

    fallback: Fallback


@dataclass(frozen=True, slots=True)
class ExposureUnit:
    """One exposure."""

    exposure: Exposure


@dataclass(frozen=True, slots=True)
class LiteralUnit:
    """One literal with what its form says.

    `lifetime` is that of a key id; `form` whether it has the form of its kind, `real` that it (a secret or token) looks
    like one; `pair_is_real` that id and secret stand together and both look real. `account` is what the id of a key of
    AWS carries. `partner_unknown` tells of a secret that the key id beside it has the form of none that is known, and
    is no stand-in: keys of Alibaba's first years have no form.
    """

    literal: KeyLiteral
    lifetime: Lifetime
    form: LiteralForm
    pair_is_real: bool = False
    account: str | None = None
    partner_unknown: bool = False


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
class Misspelling:
    """A variable with almost the name of a credential part: `right` is the name that the SDK reads.

    `key` is where the key id stands that it belongs to, if one does.
    """

    variable: Variable
    right: str
    role: Role
    key: Location | None = None


class ImageSeen(Enum):
    """What is known of the programs of an image: YES, or that there is none; NO; OTHER: blank is unset to their SDK."""

    YES = "yes"
    NO = "no"
    OTHER = "other SDK"


@dataclass(frozen=True, slots=True)
class EnvironmentUnit:
    """An environment that code makes, or that a deployment gives to a process (`declared`).

    `misspelled` are the variables of which a part of the credentials is lacking; `opaque` tells that it holds more than
    is seen. `profile_order` are the variables that name a profile, in the order of the catalogue, `profile_readers` and
    `token_readers` say which of several each SDK reads. What is told of profiles of a declared one is told of its
    ProcessUnit. `image` is what is known of the image in which a blank profile is read.
    """

    environment: CodeEnvironment
    profile_order: tuple[str, ...] = ()
    misspelled: tuple[Misspelling, ...] = ()
    profile_readers: tuple[Reader, ...] = ()
    token_readers: tuple[Reader, ...] = ()
    declared: bool = False
    opaque: bool = False
    image: ImageSeen = ImageSeen.YES


@dataclass(frozen=True, slots=True)
class SecretReadUnit:
    """A read of a version of a stored secret that is not the current one."""

    read: SecretRead


@dataclass(frozen=True, slots=True)
class MisnamedTokenUnit:
    """A session token under a name that the reader of its mapping does not ask for."""

    token: MisnamedToken


@dataclass(frozen=True, slots=True)
class SecretCopyUnit:
    """A copy of credentials in a cluster; `lasting` is how long what is copied lasts, where that is known."""

    copy: SecretCopy
    lasting: Lasting | None


@dataclass(frozen=True, slots=True)
class InheritedKeyUnit:
    """A temporary key of the whole process with which a request is signed."""

    key: InheritedKey


@dataclass(frozen=True, slots=True)
class ProfileUnit:
    """What is written as a credentials or config file, and what is wrong with it."""

    text: ProfileText
    faults: tuple[ProfileFault, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A token in a variable that an SDK does not read: `right` is the one that it reads, `key` where its key id is."""

    variable: Variable
    right: str
    key: Location


@dataclass(frozen=True, slots=True)
class Half:
    """A part of credentials in a variable, the parts that are `missing` beside it, and what the SDK makes of that."""

    variable: Variable
    missing: tuple[Role, ...]
    handling: Handling


@dataclass(frozen=True, slots=True)
class ProcessUnit:
    """One process with its effective environment.

    `variables` are those in effect, after scopes were merged (several of one name only when their branches exclude each
    other); `sets` the credential sets per family of variables; `opaque` tells that more may come from elsewhere;
    `endpoint` is what its variables say about where requests go; `refused` are variables of keys that its platform lets
    nobody set; `profile_order` are the variables that name a profile, in the order of the catalogue; `strangers` name a
    profile that by its name is for another environment; `overridden` are pairs of a variable and the one of its name in
    a file whose place it takes; `account_known` tells that its ServiceAccount stands in the run; `files_beside` is a
    process beside it that names a profile by the same variable and gets a file of profiles; `files_seen` tells that the
    run shows what stands in the files of its profiles, `profiles_seen` names all that they hold, None where there may
    be others. `worlds` say what the SDKs do, where several sources may rival, `profile_readers` which of several
    variables they take the profile from; `profiles_written` are the profiles that scripts of its own or of steps before
    it write. `unread` are tokens in variables that nothing reads beside the pair that they are meant for, `mismatches`
    are variables of regions, endpoints and roles that do not go together. `places` are the names that one node or file
    gives together, `stale` are variables of stored secrets with the stage of a version that is not in use, `read` those
    that something in the run reads by itself, `left` what each sibling before it leaves for it, in order. `halves` are
    parts of credentials that stand there alone.
    """

    scope: EnvironmentScope
    variables: tuple[Variable, ...]
    roles: tuple[RoleBinding, ...]
    mounts: tuple[Mount, ...]
    sets: tuple[tuple[str, CredentialSet], ...]
    opaque: bool
    endpoint: EndpointKind = EndpointKind.ABSENT
    refused: tuple[Variable, ...] = ()
    profile_order: tuple[str, ...] = ()
    overridden: tuple[tuple[Variable, Variable], ...] = ()
    strangers: tuple[tuple[Variable, str], ...] = ()
    account_known: bool = False
    files_beside: Location | None = None
    files_seen: bool = False
    profiles_seen: tuple[str, ...] | None = None
    worlds: tuple[SourceWorld, ...] = ()
    profile_readers: tuple[Reader, ...] = ()
    profiles_written: frozenset[str] = frozenset()
    unread: tuple[Unread, ...] = ()
    mismatches: tuple[EndpointMismatch, ...] = ()
    places: tuple[frozenset[str], ...] = ()
    read: frozenset[str] = frozenset()
    stale: tuple[tuple[Variable, str], ...] = ()
    left: tuple[tuple[Variable, ...], ...] = ()
    halves: tuple[Half, ...] = ()


@dataclass(frozen=True, slots=True)
class JobTimeUnit:
    """A job that may run longer than the session that it works with."""

    job: JobTime


@dataclass(frozen=True, slots=True)
class CorruptedUnit:
    """The value of a credential variable that is not what it was."""

    corrupted: CorruptedValue


@dataclass(frozen=True, slots=True)
class RepeatUnit:
    """A credential variable that one place gives twice; `client` is the sink that gets the last value."""

    repeated: RepeatedVariable
    client: Location | None = None


@dataclass(frozen=True, slots=True)
class GapUnit:
    """Something that a way to a role lacks."""

    gap: BindingGap


Unit = (
    ClientUnit
    | RequestUnit
    | CallUnit
    | PlaceUnit
    | ExposureUnit
    | KeptUnit
    | SignedUrlUnit
    | RefresherUnit
    | RetriedErrorUnit
    | FallbackUnit
    | LiteralUnit
    | WriteUnit
    | EntryUnit
    | EnvironmentUnit
    | SecretReadUnit
    | MisnamedTokenUnit
    | SecretCopyUnit
    | InheritedKeyUnit
    | ProfileUnit
    | ProcessUnit
    | JobTimeUnit
    | CorruptedUnit
    | RepeatUnit
    | GapUnit
)
