"""What the readers say about one file: frozen, free of parser nodes, serialisable."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from credlint.model.lasting import Fallback, Kept, Refresher, RetriedError, SignedUrl
from credlint.model.problem import Problem
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from credlint.model.values import (
    NO_BRANCH,
    Branches,
    Cloud,
    CredentialSet,
    Origin,
    Role,
    Step,
)


class Language(Enum):
    """The languages credlint reads."""

    PYTHON = "python"
    YAML = "yaml"
    NOTEBOOK = "notebook"


class TokenSupport(Enum):
    """What a sink does about the session token (facts of the catalogue).

    OPTIONAL: leaving it out sends none; REQUIRED: the constructor wants it; NONE: there is no way to carry one.
    """

    OPTIONAL = "optional"
    REQUIRED = "required"
    NONE = "none"


class EndpointKind(Enum):
    """Where a client sends its requests. ABSENT is the SDK's own default endpoint."""

    ABSENT = "absent"
    CLOUD = "cloud"
    LOCAL = "local"
    OTHER = "other"
    UNKNOWN = "unknown"


class Handling(Enum):
    """What an SDK makes of credentials that are not complete.

    REFUSED: it raises; KEPT: it goes on with what there is, and looks no further; IGNORED: it goes on as if nothing was
    given; ENVIRONMENT: it takes what is missing from the environment.
    """

    REFUSED = "refused"
    KEPT = "kept"
    IGNORED = "ignored"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Incomplete:
    """What an SDK makes of a key id alone, a secret alone, a token alone, and of blank key id and secret."""

    key_id: Handling | None = None
    secret: Handling | None = None
    token: Handling | None = None
    blank: Handling | None = None


NOT_KNOWN = Incomplete()


class TokenFate(Enum):
    """What becomes of the token: SENT; DROPPED, whatever is given; ENVIRONMENT: where none is given, its variable's."""

    SENT = "sent"
    DROPPED = "dropped"
    ENVIRONMENT = "environment"


class SinkUse(Enum):
    """What kind of work the receiver of the credentials does.

    DATA: a client, filesystem or signer for objects and other data; CONTROL: IAM, RAM, organizations, KMS;
    IDENTITY: STS and role providers, which rightly take the parent key; SESSION: a session or credential object that
    makes clients; ENVIRONMENT: variables or a credentials file for a process; UNKNOWN: the service is not known.
    """

    DATA = "data"
    CONTROL = "control"
    IDENTITY = "identity"
    SESSION = "session"
    ENVIRONMENT = "environment"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that a named argument can have, of those that are no credential: a region, a role, a session's name.

    `role` is what it means, by the catalogue's word, `name` what the slot is called there; `location` is where it is
    handed over, None when it is not. `plain` is the text where it is constant and has a form that may be shown (a
    region, the host of an endpoint, an ARN). `pieces` are the constant texts that it holds: one, and all of it, where
    `whole`. `length` counts the characters that it has at least, None where nothing is known.
    """

    role: str
    name: str
    origin: Origin
    location: Location | None
    plain: str | None = None
    pieces: tuple[SecretText, ...] = ()
    whole: bool = False
    length: int | None = None
    branches: Branches = NO_BRANCH
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """An object of the project that key id and secret were read off: what its class and its token are called."""

    title: str
    token: str


@dataclass(frozen=True, slots=True)
class Client:
    """A sink that received credentials: client, session, credential object, signer, filesystem, action, environment.

    `sink` is what a person calls it ("boto3.client"), `service` the service where it is known. `location` is the
    callee. `calls` is the chain of calls that leads here from the evaluated entry, outermost first (empty: in the entry
    itself). `flows` names the function, class or module whose run this belongs to. `branches` are the arms taken to get
    here. `default_chain` tells that no credentials were given, so that the SDK's own chain decides. `token_elsewhere`
    tells that the token travels another way (a header or query parameter). `indirect` is the place of the session or
    credential object that was given the parts, when the client itself was not. `known_missing` are origins that
    conditions have shown to be missing here. `platform` names the platform whose handler this is, `inherited_token` the
    variable in which that platform's own token stands beside these keys. `profile_raises` tells that the SDK refuses a
    profile together with keys. `settings` are its region, endpoint, version and account, as far as they are given, its
    own or those of the session or configuration it is made from; `open` tells that more may be given.
    `incomplete` is what the SDK makes of parts that are not complete, `token_fate` what it does with the token.
    `dropped` is a credential object that it does not look at beside these keys. `environment_wins` are the variables
    whose pair it takes before the object that it was given, `environment_set` where code sets them. `unread_token` is
    a variable, written beside this pair, that looks like the one of the token and is not. `configured` tells that
    options are given that are not followed; `test_context` that this stands in a test; `takes_endpoint` that it can be
    sent elsewhere by an argument, `strips` that it takes blanks around the parts away. `reads` is the family of
    variables that it reads by itself. `holder` is the object that both halves of the pair come from, where that has a
    token too, which nothing in the file looks at.
    """

    sink: str
    cloud: Cloud
    use: SinkUse
    service: str | None
    location: Location
    credentials: CredentialSet
    token_support: TokenSupport
    endpoint: EndpointKind
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()
    branches: Branches = NO_BRANCH
    default_chain: bool = False
    token_elsewhere: bool = False
    indirect: Location | None = None
    known_missing: tuple[Origin, ...] = ()
    platform: str | None = None
    inherited_token: str | None = None
    profile_raises: bool = False
    settings: tuple[Setting, ...] = ()
    open: bool = False
    incomplete: Incomplete = NOT_KNOWN
    token_fate: TokenFate = TokenFate.SENT
    dropped: Setting | None = None
    environment_wins: tuple[str, ...] = ()
    environment_set: Location | None = None
    unread_token: Setting | None = None
    configured: bool = False
    test_context: bool = False
    takes_endpoint: bool = False
    reads: str | None = None
    strips: bool = False
    holder: Holder | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """One value that a duration can have, in seconds; `seconds` is None where it is not a known whole number."""

    seconds: int | None
    location: Location | None
    branches: Branches = NO_BRANCH
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """A call or declaration that asks for temporary credentials, or that limits them (a role's maximum).

    `operation` names the entry of rules/providers whose limits hold, `name` what people call it ("AssumeRole").
    `minimum`, `maximum` and `chained_maximum` are those limits in seconds, None where there is none. `caller` is what
    signs the request; `chained` holds where it is proven that temporary credentials sign it. `escapes` tells that the
    answer is returned, stored or handed to code that is not followed. `by_platform` tells that the default chain of a
    platform's handler signs it, which means a role there. `answers` tells that credentials come back. `fields` are its
    other arguments, by the parameter roles of the operation; `open` tells that more may be given. `deferred` tells that
    a provider sends it by itself. `settings` is what the client that signs it is set
    to. `used` tells that a part of the credentials is read, kept or shown; `served` is the place where they are sent to
    whoever asked over the web. `test_context` tells that the file is a test or uses a mock of the cloud.
    """

    operation: str
    name: str
    cloud: Cloud
    location: Location
    durations: tuple[Duration, ...]
    minimum: int | None
    maximum: int | None
    chained_maximum: int | None
    caller: CredentialSet
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()
    branches: Branches = NO_BRANCH
    chained: Location | None = None
    escapes: bool = False
    by_platform: bool = False
    answers: bool = True
    fields: tuple[Setting, ...] = ()
    open: bool = False
    deferred: bool = False
    settings: tuple[Setting, ...] = ()
    used: bool = False
    served: Location | None = None
    test_context: bool = False


@dataclass(frozen=True, slots=True)
class ClientPlace:
    """Where a client is told to send its requests, whatever its credentials: region and endpoint among `settings`."""

    sink: str
    cloud: Cloud
    use: SinkUse
    service: str | None
    location: Location
    settings: tuple[Setting, ...]
    calls: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A method called on the client of a service that deals with identities or control.

    `client` is where that client was made, `credentials` what it was given; `default_chain` tells that this is nothing.
    """

    service: str
    method: str
    cloud: Cloud
    location: Location
    client: Location
    credentials: CredentialSet
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()
    branches: Branches = NO_BRANCH
    default_chain: bool = False


class ExposureKind(Enum):
    """Where a secret is shown."""

    LOG = "log"
    PRINT = "print"
    COMMAND_OUTPUT = "command output"
    EXPORT = "export statement"
    DEBUG_LOG = "debug log"
    COMMAND_LINE = "command line"


@dataclass(frozen=True, slots=True)
class Exposure:
    """A secret, or an object whose text holds one, that reaches a log or print call. `what` is in words.

    `suspected` tells that nothing but a name says that it is one.
    """

    kind: ExposureKind
    what: str
    sink: str
    location: Location
    origin: Location
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()
    certain: bool = True
    steps: tuple[Step, ...] = ()
    suspected: bool = False


class LiteralContext(Enum):
    """Where a literal stands: it reached a credential SLOT, is ASSIGNED to a name like one, or is just a TEXT.

    COMMENT is one in a comment, or among other words.
    """

    SLOT = "slot"
    ASSIGNED = "assigned"
    COMMENT = "comment"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class KeyLiteral:
    """A literal of key grammar anywhere, or any literal in a credential slot.

    `partner` is the other half where both stand together; `endpoint` that of the sink it reaches.
    `test_context` tells that the file is a test, fixture or recorded cassette, or uses a mock of the cloud.
    `allowed` tells that a scanner's allow comment stands on the line. `encoded` that the text was decoded from base64,
    `placeholder` that it is a documented example, a stand-in or a dummy, `subject` is the sink whose slot it stands in.
    """

    role: Role
    cloud: Cloud
    text: SecretText
    context: LiteralContext
    name: str
    location: Location
    endpoint: EndpointKind = EndpointKind.ABSENT
    partner: SecretText | None = None
    has_token: bool = False
    test_context: bool = False
    allowed: bool = False
    encoded: bool = False
    placeholder: bool = False
    subject: Location | None = None


MODULE_FLOW = "<module>"
"""The flow of what a module does when it is imported or run."""


class WriteKind(Enum):
    """How code changes the environment."""

    ASSIGN = "assign"
    SETDEFAULT = "setdefault"
    PUTENV = "putenv"


@dataclass(frozen=True, slots=True)
class EnvironmentWrite:
    """Code that sets a credential variable for its whole process. `from_option` tells that a command-line option is it.

    `restores` tells that the old value is put back by this write; `order` counts statements of a flow, so that a write
    after the first client can be told. `certain` tells that it is the only value that is written here.
    """

    kind: WriteKind
    role: Role
    name: str
    value: Origin
    text: str | None
    location: Location
    flows: tuple[str, ...]
    order: int
    from_option: bool = False
    restores: bool = False
    test_context: bool = False
    branches: Branches = NO_BRANCH
    certain: bool = True
    cloud: Cloud = Cloud.AWS


@dataclass(frozen=True, slots=True)
class ClientOrder:
    """When, within a flow, a client of the default session was made (see EnvironmentWrite.order).

    `at_import` tells that the module itself makes it, before any of its functions can run.
    """

    location: Location
    order: int
    flows: tuple[str, ...]
    at_import: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable of a deployment scope.

    `family`, `role` and `cloud` come from the catalogue (None for a variable it does not know). `plain` is the value
    where it is a literal that may be shown (a profile, a region, a role), None otherwise.
    """

    name: str
    value: Origin
    location: Location
    key_location: Location
    family: str | None = None
    role: Role | None = None
    plain: str | None = None
    branches: Branches = NO_BRANCH
    cloud: Cloud | None = None


@dataclass(frozen=True, slots=True)
class CodeEnvironment:
    """The variables that code sets for its own process, or (`child`) gives to one that it starts.

    `title` is for messages; the process may inherit more than these. `location` is the call that starts the child, or
    where the key id is set.
    """

    title: str
    location: Location
    variables: tuple[Variable, ...]
    child: bool
    flows: tuple[str, ...]
    test_context: bool = False


@dataclass(frozen=True, slots=True)
class InheritedKey:
    """A temporary key that code sets for its whole process, and that a later request for a session is signed with.

    `location` is where it is set, in `name`; `request` the later request, `operation` its name. `repeated` tells that
    it is the same request, when the platform calls the handler again.
    """

    name: str
    location: Location
    operation: str
    request: Location
    flows: tuple[str, ...]
    repeated: bool = False
    certain: bool = True
    test_context: bool = False


@dataclass(frozen=True, slots=True)
class SecretRead:
    """A call that reads one version of a stored secret: `stage` is its label, as the call writes it.

    `rotates` tells that the same file changes versions itself, `falls_back` that the call stands in a handler of an
    exception, where the current version was tried before.
    """

    name: str
    stage: str
    location: Location
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()
    rotates: bool = False
    falls_back: bool = False
    test_context: bool = False


@dataclass(frozen=True, slots=True)
class ProfileSetting:
    """One setting of a profile. `text` is None where it is not known; that of a credential is its form, never itself.

    `role` is that of a credential part, None for any other setting; `cloud` the one whose name it is, if it is of one
    cloud.
    """

    name: str
    text: str | None
    location: Location
    role: Role | None = None
    cloud: Cloud | None = None


@dataclass(frozen=True, slots=True)
class ProfileSection:
    """A section of a credentials or config file; `name` is the text between the brackets, None where it is not known.

    `open` tells that it may hold more settings than these.
    """

    name: str | None
    location: Location
    settings: tuple[ProfileSetting, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class ProfileText:
    """What is written as a credentials or config file of an SDK.

    `file` is the name by which the catalogue knows the file, None where the path is not known; `whole` tells that the
    file has no other sections than these.
    """

    file: str | None
    sections: tuple[ProfileSection, ...]
    whole: bool
    flows: tuple[str, ...]
    test_context: bool = False


class ProfileFaultKind(Enum):
    """What can be wrong with a profile."""

    ROLE_WITHOUT_SOURCE = "role-without-source"
    ROLE_WITH_TWO_SOURCES = "role-with-two-sources"
    WRONG_CASE = "wrong-case"
    UNKNOWN_CREDENTIAL_SOURCE = "unknown-credential-source"
    UNKNOWN_PROFILE = "unknown-profile"
    LOOP = "loop"
    FOREIGN_HEADER = "foreign-header"
    UNKNOWN_TYPE = "unknown-type"
    HALF_PAIR = "half-pair"
    IGNORED_DURATION = "ignored-duration"


@dataclass(frozen=True, slots=True)
class ProfileFault:
    """One fault of a profile: where, and in words. `other` is a place that belongs to it."""

    kind: ProfileFaultKind
    message: str
    location: Location
    other: Location | None = None


class RoleKind(Enum):
    """The ways a platform gives a process a role."""

    IRSA = "IRSA"
    POD_IDENTITY = "EKS Pod Identity"
    RRSA = "RRSA"
    TASK_ROLE = "ECS task role"
    FUNCTION_ROLE = "function role"
    BUILD_ROLE = "build role"
    OIDC = "OIDC"
    INSTANCE_ROLE = "instance role"


@dataclass(frozen=True, slots=True)
class RoleBinding:
    """A role that the platform gives to a process."""

    kind: RoleKind
    cloud: Cloud
    location: Location
    branches: Branches = NO_BRANCH


@dataclass(frozen=True, slots=True)
class EnvironmentImport:
    """Variables that come from elsewhere: a Secret, a ConfigMap, an env_file. `resource` is its kind in lower case."""

    resource: str
    name: str
    prefix: str
    optional: bool
    location: Location
    branches: Branches = NO_BRANCH


@dataclass(frozen=True, slots=True)
class Mount:
    """A file or folder brought into the container; `source_kind` is secret, configmap, host, volume or other."""

    path: str
    source_kind: str
    source: str
    location: Location


@dataclass(frozen=True, slots=True)
class EnvironmentScope:
    """The environment that one YAML node declares, and what runs in it.

    `parent` is the index of the enclosing scope in FileFacts.scopes. `process` tells that a process runs here (others
    only pass variables on). `title` is for messages ("container upload of CronJob nightly"). `exports` are variables
    that this process sets for its later siblings; `order` is its position among them. `service_account` and `namespace`
    are what the linker looks up; `opaque` tells that variables come from somewhere that no file shows. `branches` are
    the arms in which the scope is there; `beside_local` tells that a stand-in of the cloud (MinIO, LocalStack) runs
    beside it.
    """

    index: int
    parent: int | None
    dialect: str
    process: bool
    title: str
    location: Location
    variables: tuple[Variable, ...] = ()
    imports: tuple[EnvironmentImport, ...] = ()
    roles: tuple[RoleBinding, ...] = ()
    mounts: tuple[Mount, ...] = ()
    exports: tuple[Variable, ...] = ()
    role_exports: tuple[RoleBinding, ...] = ()
    order: int = 0
    service_account: str | None = None
    namespace: str | None = None
    image: str | None = None
    opaque: bool = False
    branches: Branches = NO_BRANCH
    beside_local: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """A Kubernetes object that others refer to: ServiceAccount, Secret, ConfigMap, Namespace.

    `roles` are those that its annotations bind; `variables` its data, decoded.
    """

    kind: str
    namespace: str | None
    name: str
    location: Location
    roles: tuple[RoleBinding, ...] = ()
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class Embedded:
    """Code found inside another file, for the reader of its language.

    `lines` maps each 0-based line of `text` to (1-based line, 0-based column) in the file that holds it. `rewritten`
    holds the 0-based lines that say in other words what the file says between two columns.
    """

    text: str = field(repr=False)
    language: str
    lines: tuple[tuple[int, int], ...]
    rewritten: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class NotebookPage:
    """The source of one cell of a notebook, or what it printed, within the text that the reader made of all cells.

    `cell` is counted from 1 over cells of every kind; `first_line` is the 1-based line of that text on which the page
    begins; `file_lines` holds for each of its lines the 1-based line of the file.
    """

    cell: int
    output: bool
    first_line: int
    file_lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Suppression:
    """An ignore comment. `rules` is empty for a bare one; `whole_file`: `ignore-file`; `alone`: on its own line."""

    location: Location
    rules: tuple[str, ...]
    whole_file: bool
    alone: bool


class EntryKind(Enum):
    """How a program starts in a module: a platform calls a HANDLER, people or machines run a SCRIPT, an APPLICATION."""

    HANDLER = "handler"
    SCRIPT = "script"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A module where a program starts.

    `checked` tells that it, or what it imports of the project, speaks of the identity of the caller; `anonymous` that
    it speaks of requests that nobody signs.
    """

    kinds: tuple[EntryKind, ...]
    checked: bool
    anonymous: bool


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All that later stages know about a file.

    `chunks` holds the 1-based first line of each statement or document; `statements` the span of the innermost
    statement or entry around each place that a fact names; `secrets` the texts to cover wherever the file is shown.
    `platforms` names the platforms whose handlers stand in it, `variables` the credential variables that it mentions.
    `doubtful` holds stretches that could only be read in a weaker way: no finding there is of more than medium
    confidence. `pages` are those of a notebook, whose places are counted in the text made of all of them, in order.
    """

    path: str
    language: Language
    chunks: tuple[int, ...]
    clients: tuple[Client, ...] = ()
    requests: tuple[SessionRequest, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    literals: tuple[KeyLiteral, ...] = ()
    writes: tuple[EnvironmentWrite, ...] = ()
    client_orders: tuple[ClientOrder, ...] = ()
    scopes: tuple[EnvironmentScope, ...] = ()
    resources: tuple[Resource, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    statements: tuple[Span, ...] = ()
    secrets: tuple[SecretText, ...] = ()
    problems: tuple[Problem, ...] = ()
    platforms: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    entry: EntryPoint | None = None
    environments: tuple[CodeEnvironment, ...] = ()
    inherited_keys: tuple[InheritedKey, ...] = ()
    secret_reads: tuple[SecretRead, ...] = ()
    profiles: tuple[ProfileText, ...] = ()
    doubtful: tuple[Span, ...] = ()
    pages: tuple[NotebookPage, ...] = ()
    kept: tuple[Kept, ...] = ()
    service_calls: tuple[ServiceCall, ...] = ()
    places: tuple[ClientPlace, ...] = ()
    urls: tuple[SignedUrl, ...] = ()
    refreshers: tuple[Refresher, ...] = ()
    retries: tuple[RetriedError, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
