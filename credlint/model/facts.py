"""What the readers say about one file: frozen, free of parser nodes, serialisable."""

from __future__ import annotations

from enum import Enum

from credlint.model.copies import SecretCopy
from credlint.model.environments import (
    BindingGap,
    CodeEnvironment,
    CorruptedValue,
    EnvironmentScope,
    EnvironmentWrite,
    InheritedKey,
    JobTime,
    PatchedDocument,
    RepeatedVariable,
    Resource,
)
from credlint.model.lasting import Fallback, Kept, Refresher, RetriedError, SignedUrl
from credlint.model.problem import Problem
from credlint.model.profiles import ProfileText
from credlint.model.project import NOTHING_READ, Reads
from credlint.model.records import dataclass, field
from credlint.model.secret import SecretText
from credlint.model.sinks import NOT_KNOWN, EndpointKind, Incomplete, SinkUse, TokenFate, TokenSupport
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

PLATFORM_ROLE = "the function's own role"
"""What signs where the default chain of a platform's handler does, in words."""


class Language(Enum):
    """The languages credlint reads."""

    PYTHON = "python"
    YAML = "yaml"
    NOTEBOOK = "notebook"


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that a named argument can have, of those that are no credential: a region, a role, a session's name.

    `role` is what it means, by the catalogue's word, `name` what the slot is called there; `location` is where it is
    handed over, None when it is not. `plain` is the text where it is constant and has a form that may be shown (a
    region, the host of an endpoint, an ARN). `pieces` are the constant texts that it holds: one, and all of it, where
    `whole`. `length` counts the characters that it has at least, None where nothing is known; `beside_role` those
    beside the name of the role that is asked for, None where that is not part of it.
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
    beside_role: int | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """An object of the project that key id and secret were read off: what its class and its token are called."""

    title: str
    token: str


@dataclass(frozen=True, slots=True)
class RoleWay:
    """How the platform of a deployment gives a role instead of keys, in words; `keys` is where these are declared."""

    words: str
    keys: Location


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
    token too, which nothing in the file looks at. `role_way` tells how its platform would give it a role instead.
    `written` is where the key id was put into the text that the sink is handed, if not in the call itself.
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
    role_way: RoleWay | None = None
    written: Location | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """One value that a duration can have, in seconds; `seconds` is None where it is not a known whole number.

    `by_default` tells that nobody says it: it is what the action at `location` asks for by itself;
    `lenient` that the minimum is asked for where it does not fit.
    """

    seconds: int | None
    location: Location | None
    branches: Branches = NO_BRANCH
    steps: tuple[Step, ...] = ()
    by_default: bool = False
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class SessionRequest:
    """A call or declaration that asks for temporary credentials, or that limits them (a role's maximum).

    `operation` names the entry of rules/providers whose limits hold, `name` what people call it ("AssumeRole").
    `minimum`, `maximum` and `chained_maximum` are those limits in seconds, None where there is none. `caller` is what
    signs the request; `chained` holds where it is proven that temporary credentials sign it. `escapes` tells that the
    answer is returned, stored or handed to code that is not followed. `by_platform` tells that the default chain of a
    platform's handler signs it, which means a role there: `platform_role`, in words. `answers` tells that credentials
    come back. `fields` are its other arguments, by the parameter roles of the operation; `open` tells that more may be
    given. `deferred` tells that a provider sends it by itself. `settings` is what the client that signs it is set to.
    `used` tells that a part of the credentials is read, kept or shown; `served` is the place where they are sent to
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
    platform_role: str = PLATFORM_ROLE
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
    """A method called on the client of a service that deals with identities or control, or a command of any service.

    `client` is where that client was made, `credentials` what it was given; `default_chain` tells that this is nothing.
    `endpoint` is ABSENT where it surely goes to the cloud itself, though others offer the service as well.
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
    endpoint: EndpointKind = EndpointKind.UNKNOWN


class ExposureKind(Enum):
    """Where a secret is shown."""

    LOG = "log"
    PRINT = "print"
    COMMAND_OUTPUT = "command output"
    EXPORT = "export statement"
    DEBUG_LOG = "debug log"
    COMMAND_LINE = "command line"
    CONFIGURATION = "configuring command"


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


@dataclass(frozen=True, slots=True)
class ClientOrder:
    """When, within a flow, a client of the default session was made (see EnvironmentWrite.order).

    `at_import` tells that the module itself makes it, before any of its functions can run; `branches` are the arms on
    which it is made.
    """

    location: Location
    order: int
    flows: tuple[str, ...]
    at_import: bool = False
    branches: Branches = NO_BRANCH


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
class MisnamedToken:
    """A session token that is stored in a mapping at `location`, and never read there.

    It is `stored` under one name; who takes the pair beside it, stored at `pair`, asks for `asked` at `read`.
    """

    stored: str
    asked: str
    location: Location
    pair: tuple[Location, Location]
    read: Location
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()


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
    `platforms` names the platforms whose handlers stand in it, `variables` the credential variables that it mentions,
    those included that a deployment reads under almost such a name.
    `doubtful` holds stretches that could only be read in a weaker way: no finding there is of more than medium
    confidence. `reads` names the other files that were read for these facts, or looked for. `pages` are those of a
    notebook, whose places are counted in the text made of all of them, in order.
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
    misnamed: tuple[MisnamedToken, ...] = ()
    copies: tuple[SecretCopy, ...] = ()
    profiles: tuple[ProfileText, ...] = ()
    doubtful: tuple[Span, ...] = ()
    reads: Reads = NOTHING_READ
    pages: tuple[NotebookPage, ...] = ()
    kept: tuple[Kept, ...] = ()
    service_calls: tuple[ServiceCall, ...] = ()
    places: tuple[ClientPlace, ...] = ()
    urls: tuple[SignedUrl, ...] = ()
    refreshers: tuple[Refresher, ...] = ()
    retries: tuple[RetriedError, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()
    gaps: tuple[BindingGap, ...] = ()
    repeats: tuple[RepeatedVariable, ...] = ()
    corruptions: tuple[CorruptedValue, ...] = ()
    job_times: tuple[JobTime, ...] = ()
    patched: tuple[PatchedDocument, ...] = ()
