"""The frozen types of rules/deployments; `load_deployments` fills them.

Paths are keys separated by dots, one behind a backslash belongs to its key; `*` stands for every entry, a trailing
`[]` for every item.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fnmatch import fnmatchcase

from credlint.catalogue.connections import ConnectionForm
from credlint.catalogue.programs import ActionEntry, CommandEntry, ProfileSettings
from credlint.catalogue.settings import SettingsForm
from credlint.model.environments import GapKind, RoleKind
from credlint.model.records import dataclass
from credlint.model.values import Cloud, ReferenceKind, Role


class EnvironmentForm(Enum):
    """How variables are written: {K: V}; a list of such; {K: {value: V}}; a list of {name, value}; a list of "K=V"."""

    MAP = "map"
    MAPS = "maps"
    DESCRIBED = "described"
    ENTRIES = "entries"
    ASSIGNMENTS = "assignments"


class ExpressionSyntax(Enum):
    """What is filled into values.

    `${{ x }}`; `${X:-y}` of the host's shell; `$X` of the process itself or of the platform's settings; `$(X)` of
    the same, with `$[ x ]` and `${{ x }}` beside it; `$(X)` of the same container; `${source:x}`; `{{ x }}` of
    Jinja; nothing.
    """

    GITHUB = "github"
    HOST = "host"
    CONTAINER = "container"
    SHELL = "shell"
    MACRO = "macro"
    SOURCES = "sources"
    JINJA = "jinja"
    NONE = "none"


class DurationForm(Enum):
    """How a duration is written: whole seconds, or as ISO 8601 has it (PT1H)."""

    SECONDS = "seconds"
    ISO8601 = "iso8601"


class ScriptForm(Enum):
    """A text for a shell; lists of lines that one shell runs; a list of words of which one may be such a text.

    PIECES are a separator and a list of texts and functions that it joins; POWERSHELL is a text for that shell; CODE
    one of the language that is named, and of none where none is.
    """

    SCRIPT = "script"
    LINES = "lines"
    WORDS = "words"
    PIECES = "pieces"
    CODE = "code"
    POWERSHELL = "powershell"


class MountForm(Enum):
    """Either "source:target" or {source, target}; or mount points whose volume is declared elsewhere by name."""

    BINDS = "binds"
    VOLUMES = "volumes"


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to know a dialect: the path fits a glob (where there are any), and the document has all of `has`.

    Where there are `values`, a text at each of their paths fits one of its globs; of the paths of `lacks` there is
    none. `first_keys` are those that a document must have for that.
    """

    paths: tuple[str, ...]
    has: tuple[str, ...]
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lacks: tuple[str, ...] = ()
    first_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReferenceForm:
    """A value given by reference: under `at` stand the name of the object, its field and whether it may be missing.

    It is one only where every path of `when` has one of the values named.
    """

    at: str
    kind: ReferenceKind
    name: str
    field: str
    optional: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class EnvironmentSource:
    """Where a node holds variables. `missing` is what an entry without a value refers to (None: it is blank).

    Where there are `parts`, it is no environment but a setting with the parts of credentials of a cloud: role and path.
    `refers` is what every value refers to, where none is the value itself: a stored secret by the value, or by what
    stands below it at a path of `value`, others by the name of the variable; `outranked` tells that settings of the
    platform may win over what is written here; `capitals` that a process finds `my.name` as MY_NAME; `conditional` that
    at most one of the places counts.
    """

    at: str
    forms: tuple[EnvironmentForm, ...]
    name: str
    value: str
    references: tuple[ReferenceForm, ...]
    missing: ReferenceKind | None
    refers: ReferenceKind | None = None
    outranked: bool = False
    capitals: bool = False
    conditional: bool = False
    parts: tuple[tuple[Role, str], ...] = ()
    cloud: Cloud = Cloud.AWS


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Where a node names variables that come from elsewhere; `name` is "" where the node itself is the name."""

    at: str
    resource: str
    name: str
    prefix: str
    optional: str


@dataclass(frozen=True, slots=True)
class MountSource:
    """Where a node names files brought in; at `part` stands which single file of them, that later changes do not reach.

    For VOLUMES `volumes` is seen from the parent, `named` is what their name is called, and `sources` maps kinds of
    sources to the path of their name.
    """

    at: str
    form: MountForm
    target: str
    source: str
    volumes: str
    sources: tuple[tuple[str, str], ...]
    part: str = ""
    named: str = "name"


@dataclass(frozen=True, slots=True)
class ScriptSource:
    """Where a node holds a script; `shell` is where the language is named.

    `at` are places of their own, but for LINES the parts of one script: of each the first place out of several.
    """

    at: tuple[str, ...]
    form: ScriptForm
    shell: str


@dataclass(frozen=True, slots=True)
class FileSource:
    """Where a node writes a file: its text at `text`, its path at `target`, or as the key of the node."""

    at: str
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class RoleSource:
    """An annotation or property that binds a role; for a shape `at` may be "": its platform always gives one.

    At `via` stands a function with the name of another node, which takes the place of `*` in `at`.
    """

    at: str
    kind: RoleKind
    cloud: Cloud
    via: str = ""


@dataclass(frozen=True, slots=True)
class RequestSource:
    """A declaration that asks for credentials, or limits them: the operation whose limits hold for the duration."""

    operation: str
    duration: str
    form: DurationForm
    answers: bool


@dataclass(frozen=True, slots=True)
class Functions:
    """Functions that stand for values: `!Name x` or `{Name: x}`, `Name` or `Fn::Name`.

    `kinds` maps those that name where the value stands; the argument of `substitute` is a text with `${x}` in it. A
    reference to `nothing` is no value; `defaults` is where a reference may have a value of its own, its name at `*`.
    """

    kinds: tuple[tuple[str, ReferenceKind], ...] = ()
    substitute: str = ""
    nothing: str = ""
    defaults: str = ""


@dataclass(frozen=True, slots=True)
class ActionUse:
    """Where a node names an action, its inputs, and the id by which later nodes refer to its outputs.

    `separator` stands before the version. Where `keyed`, the key of the only entry names the action, and its value
    holds the inputs; the part before the first "/" may stand for a name with its version in the mapping at `names`.
    Or the action is a key `among` others, one that fits a glob. Steps with one of `tolerant` are meant to fail.
    """

    uses: str
    inputs: str
    id: str
    separator: str = "@"
    keyed: bool = False
    names: str = ""
    among: tuple[str, ...] = ()
    tolerant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """Nodes below a node that are of a shape; at `skip` stand the names of those that are given no role.

    Where there is `when`, only those of which every path has one of the values named. `has` are paths of which they
    have one, `lacks` those of which they have none. In the place of a node with one of the paths of `through` stand
    the nodes there, if they are there at all.
    """

    at: str
    shape: str
    skip: str = ""
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    has: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtendsForm:
    """Where a node names others that it takes its properties from: `among` is where these stand, seen from their root.

    A name may stand alone or at `name`, beside it the `file` that the other stands in.
    """

    at: str
    among: str
    name: str
    file: str


@dataclass(frozen=True, slots=True)
class OverlayForm:
    """Names of files that are laid over another one, whose name is theirs without its second part (`x.override.yml`).

    A node is laid over that of its name `among` those of the other; for files other than `always` only if it lacks all
    of `complete`, without which it is nothing by itself.
    """

    files: tuple[str, ...]
    always: tuple[str, ...]
    among: str
    complete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of node with an environment.

    `title` may hold {key} and {path|path}; `process` tells that something runs there; `ordered` that children run
    one after the other, so that what one exports is there for the next; `neighbours` are images that run beside it;
    `dotenv` is where files are named whose lines later siblings have as variables; `extends` and `overlay` are what
    it takes from other nodes. `roles` are bound by its properties or, without a place, by its platform; `reserved`
    are variables that the platform sets and lets nobody else set; `injected` those that it sets beside others when
    it gives a role. Where it is `closed`, nothing but what stands here sets variables of keys. `files` are those that
    it writes, `values` mappings of names to values for the steps behind it. Without a node at `complete` it is a
    change of another that has more. At `defaults` stand inputs for actions below it, by the names of these or of
    their groups. At `runner` stands the machine, which is one of the platform's own, with no role, when its name fits
    a glob of `hosted`. At `build` stands the folder from which the image is made, at `dockerfile` the name of its
    recipe. At `minutes` stands how long it may run.
    """

    name: str
    title: str
    process: bool
    ordered: bool
    environment: tuple[EnvironmentSource, ...]
    imports: tuple[ImportSource, ...]
    mounts: tuple[MountSource, ...]
    scripts: tuple[ScriptSource, ...]
    action: ActionUse | None
    condition: str
    image: str
    neighbours: str
    opaque: tuple[str, ...]
    service_account: str
    children: tuple[Child, ...]
    dotenv: str = ""
    extends: ExtendsForm | None = None
    overlay: OverlayForm | None = None
    roles: tuple[RoleSource, ...] = ()
    requests: tuple[RequestSource, ...] = ()
    reserved: tuple[str, ...] = ()
    injected: tuple[str, ...] = ()
    closed: bool = False
    files: tuple[FileSource, ...] = ()
    values: tuple[str, ...] = ()
    complete: str = ""
    defaults: str = ""
    runner: str = ""
    hosted: tuple[str, ...] = ()
    build: str = ""
    dockerfile: str = ""
    minutes: str = ""


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where an object holds its data: a mapping, or a list of `K=V`; whether the values are base64.

    Of values that are `hidden`, encrypted or made elsewhere, nothing but their names is taken.
    """

    at: str
    encoded: bool
    assignments: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ResourceForm:
    """An object that others refer to, or several at the places `at` that are as `when` says.

    With a property of `opaque` it holds more than stands there. At `lasts` stands for how many seconds what it makes is
    good, `lasts_by_default` where nothing does (0: not known). `environment` are data in the forms of variables, which
    give way to data that are there. `files` name files of variables. `title` is what messages call the kind.
    """

    kind: str
    name: str
    namespace: str
    data: tuple[DataSource, ...]
    roles: tuple[RoleSource, ...]
    at: str = ""
    opaque: tuple[str, ...] = ()
    lasts: str = ""
    lasts_by_default: int = 0
    environment: tuple[EnvironmentSource, ...] = ()
    files: tuple[str, ...] = ()
    title: str = ""
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class CopyForm:
    """A copy of stored secrets that an operator makes and keeps up to date, or not; paths are seen from the document.

    `names` hold the keys of the copy, or have them as keys; `versions` the version that is copied, one of `stale` when
    it is not the one in use. Where a path of `once` has one of its words, it is made once. `maker` is where an object
    is named that makes the credentials.
    """

    kind: str
    name: str
    namespace: str
    interval: str
    once: tuple[tuple[str, tuple[str, ...]], ...]
    names: tuple[str, ...]
    versions: tuple[str, ...]
    stale: tuple[str, ...]
    maker: str
    maker_kind: str
    maker_name: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What the value at a path must be like: not `unlike` a pattern, a number in bounds, or a text and no truth value.

    `kind` and `name` are where the document says what it is; `lasts` is the number that is taken for one out of bounds,
    or the minimum where that is for one below it.
    """

    at: str
    gap: GapKind
    cloud: Cloud
    unlike: str
    minimum: int
    maximum: int
    kind: str
    name: str
    lasts: int = 0


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """What a document holds when every path of `when` has one of the values named.

    At `embedded` stand texts that are documents themselves; it may ask for a `copy` of secrets; `misplaced` are
    annotations of a role that nobody reads. `rollout`
    tells what ties its processes, which run on, to the secrets that they were given, `patches` what it lays over
    objects of other files.
    """

    when: tuple[tuple[str, tuple[str, ...]], ...]
    items: str
    namespace: str
    scopes: tuple[Child, ...]
    resources: tuple[ResourceForm, ...]
    embedded: tuple[str, ...] = ()
    copy: CopyForm | None = None
    demands: tuple[Demand, ...] = ()
    misplaced: tuple[RoleSource, ...] = ()
    rollout: Rollout | None = None
    patches: PatchForm | None = None


@dataclass(frozen=True, slots=True)
class PatchForm:
    """Patches `at` these places of objects that come from `bases`, or from folders whose file has one of `names`.

    A patch is a text, there or at `text`, or the name of a file, there or at `file`; it is for its `target`, of a kind
    and a name, or for the object of which `kind` and `name` stand in it. Only one that holds a variable of credentials
    or one of `words` may give some. `parts` name folders whose patches count as well. What stands at `merged` is laid
    over an object of its name where it has `merges`.
    """

    at: tuple[str, ...]
    text: str
    file: str
    target: str
    target_kind: str
    target_name: str
    kind: str
    name: str
    words: tuple[str, ...]
    bases: tuple[str, ...]
    parts: tuple[str, ...]
    names: tuple[str, ...]
    merged: tuple[str, ...]
    merged_name: str
    merges: str


@dataclass(frozen=True, slots=True)
class PlatformRole:
    """How a platform gives a process a role of a cloud, in words; where there are `images`, one of them proves it."""

    cloud: Cloud
    way: str
    images: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rollout:
    """What ties processes that run on to the secrets that they were given: a key below `at` that fits one of `keys`."""

    at: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdentityToken:
    """A token of the platform that nodes ask for: those at the key `holder` below `below`, by a value at `at`.

    `words` stand where it is used.
    """

    below: str
    holder: str
    at: str
    granted: tuple[str, ...]
    words: tuple[str, ...]
    cloud: Cloud


@dataclass(frozen=True, slots=True)
class CalleeForm:
    """Files of the project that are named behind `local`: one of `files` in a folder, or the file itself.

    `declared` are the inputs that such a file declares, `outputs` its outputs.
    """

    local: str
    files: tuple[str, ...]
    declared: str
    outputs: str


@dataclass(frozen=True, slots=True)
class SecretCall:
    """Nodes that run another file of the project: `uses` names it behind `local`, `secrets` is what is handed on.

    `callee` stands in a file that may be called, `pattern` finds the names of the secrets that it uses. `inputs` is
    what the caller hands on, `declared` what the other file declares of it.
    """

    at: str
    uses: str
    local: str
    secrets: str
    callee: str
    pattern: str
    inputs: str = ""
    declared: str = ""


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission that a platform grants by name; where `caller` is declared the caller of the file may grant it."""

    at: str
    name: str
    granted: tuple[str, ...]
    all: tuple[str, ...]
    caller_at: str
    caller: str


@dataclass(frozen=True, slots=True)
class SetCommand:
    """What a script prints to set a variable: `text`, the name, attributes, `]`, the value.

    With an attribute of `unless` the variable is not put into the environment of later steps, with that of `masks` the
    platform covers its value in the log.
    """

    text: str
    unless: tuple[str, ...]
    masks: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way of writing deployment YAML.

    `contexts` maps the contexts of expressions to what they refer to, `step_output` are patterns of the outputs of
    steps, `functions` are those that stand for values. `logged` tells that the output of its scripts is a log;
    `environment_file` and `output_file` name the variables that hold the files by which a script sets variables and
    outputs; `web_identity` is what a hand-written web identity counts as; `identity` is a token that nodes must ask
    for, `calls` are calls that hand secrets on, `local_actions` actions that stand in the project; `role_ways` are the
    documented ways to a role instead of keys; `set_command` is what a script prints to set a variable.
    `supplemented` tells that settings of the platform, which no file shows, add variables to every process;
    `exports_last` that what a step leaves for later ones wins over their own variables; `defaults` that what stands
    in it are defaults for something else to use: blank ones are to be filled in.
    """

    name: str
    title: str
    recognise: tuple[Signature, ...]
    syntax: ExpressionSyntax
    contexts: tuple[tuple[str, ReferenceKind], ...]
    functions: Functions
    step_output: str
    logged: bool
    mask_command: str
    environment_file: str
    output_file: str
    set_command: SetCommand | None
    web_identity: RoleKind
    default_service_account: str
    permission: Permission | None
    documents: tuple[DocumentForm, ...]
    shapes: tuple[Shape, ...]
    role_ways: tuple[PlatformRole, ...] = ()
    identity: IdentityToken | None = None
    calls: SecretCall | None = None
    supplemented: bool = False
    exports_last: bool = False
    defaults: bool = False
    local_actions: CalleeForm | None = None

    def shape(self, name: str) -> Shape:
        """Give a shape by name; the loader has checked that it is there."""
        return next(shape for shape in self.shapes if shape.name == name)


@dataclass(frozen=True, slots=True)
class KnownDialect:
    """What is known of a dialect before its file is read: how it is recognised, and its file for later steps."""

    name: str
    recognise: tuple[Signature, ...]
    environment_file: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Deployments:
    """All dialects, actions, connections and commands, with look-ups; `action_globs` are names with a `*`.

    `read` gives a dialect by its name: what no document is written in is never read.
    """

    known: tuple[KnownDialect, ...]
    read: Callable[[str], Dialect]
    actions: dict[str, ActionEntry]
    action_globs: tuple[tuple[str, ActionEntry], ...]
    connections: tuple[ConnectionForm, ...]
    settings: SettingsForm
    commands: dict[str, CommandEntry]
    profiles: ProfileSettings
    shells: frozenset[str]
    powershells: frozenset[str]
    embedded: dict[str, str]

    @property
    def dialects(self) -> tuple[Dialect, ...]:
        """Give all dialects, read."""
        return tuple(self.read(one.name) for one in self.known)

    def action(self, name: str) -> ActionEntry | None:
        """Give the action of a name in lower case, or None."""
        found = self.actions.get(name)
        return found or next((entry for glob, entry in self.action_globs if fnmatchcase(name, glob)), None)
