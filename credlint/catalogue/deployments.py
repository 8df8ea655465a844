"""The frozen types of rules/deployments; `load_deployments` fills them.

Paths are keys separated by dots, one behind a backslash belongs to its key; `*` stands for every entry, a trailing
`[]` for every item.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from credlint.catalogue.programs import ActionEntry, CommandEntry, ProfileSettings
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud, ReferenceKind


class EnvironmentForm(Enum):
    """How variables are written: {K: V}; a list of {name, value}; a list of "K=V"."""

    MAP = "map"
    ENTRIES = "entries"
    ASSIGNMENTS = "assignments"


class ExpressionSyntax(Enum):
    """What is filled into values: `${{ x }}`; `${X:-y}` of the host's shell; `$(X)` of the same container; nothing."""

    GITHUB = "github"
    HOST = "host"
    CONTAINER = "container"
    NONE = "none"


class ScriptForm(Enum):
    """A text for a shell, or a list of words of which one may be such a text."""

    SCRIPT = "script"
    WORDS = "words"


class MountForm(Enum):
    """Either "source:target" or {source, target}; or mount points whose volume is declared elsewhere by name."""

    BINDS = "binds"
    VOLUMES = "volumes"


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to know a dialect: the path fits a glob (where there are any), and the document has all of `has`."""

    paths: tuple[str, ...]
    has: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceForm:
    """A value given by reference: under `at` stand the name of the object, its field and whether it may be missing."""

    at: str
    kind: ReferenceKind
    name: str
    field: str
    optional: str


@dataclass(frozen=True, slots=True)
class EnvironmentSource:
    """Where a node holds variables. `missing` is what an entry without a value refers to (None: it is blank)."""

    at: str
    forms: tuple[EnvironmentForm, ...]
    name: str
    value: str
    references: tuple[ReferenceForm, ...]
    missing: ReferenceKind | None


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
    """Where a node names files brought in.

    For VOLUMES `volumes` is seen from the parent, and `sources` maps kinds of sources to the path of their name.
    """

    at: str
    form: MountForm
    target: str
    source: str
    volumes: str
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ScriptSource:
    """Where a node holds a script; `shell` is where the language is named."""

    at: str
    form: ScriptForm
    shell: str


@dataclass(frozen=True, slots=True)
class RoleSource:
    """An annotation or property that binds a role."""

    at: str
    kind: RoleKind
    cloud: Cloud


@dataclass(frozen=True, slots=True)
class ActionUse:
    """Where a node names an action, its inputs, and the id by which later nodes refer to its outputs."""

    uses: str
    inputs: str
    id: str


@dataclass(frozen=True, slots=True)
class Child:
    """Nodes below a node that are of a shape; at `skip` stand the names of those that are given no role."""

    at: str
    shape: str
    skip: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of node with an environment.

    `title` may hold {key} and {path|path}; `process` tells that something runs there; `ordered` that children run one
    after the other, so that what one exports is there for the next; `neighbours` are images that run beside it.
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


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where an object holds its data, and whether the values are base64."""

    at: str
    encoded: bool


@dataclass(frozen=True, slots=True)
class ResourceForm:
    """An object that others refer to."""

    kind: str
    name: str
    namespace: str
    data: tuple[DataSource, ...]
    roles: tuple[RoleSource, ...]


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """What a document holds when every path of `when` has one of the values named."""

    when: tuple[tuple[str, tuple[str, ...]], ...]
    items: str
    namespace: str
    scopes: tuple[Child, ...]
    resource: ResourceForm | None


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
class Dialect:
    """One way of writing deployment YAML.

    `contexts` maps the contexts of expressions to what they refer to, `step_output` are patterns of the outputs of
    steps. `logged` tells that the output of its scripts is a log; `environment_file` and `output_file` name the
    variables that hold the files by which a script sets variables and outputs; `web_identity` is what a hand-written
    web identity counts as.
    """

    name: str
    title: str
    recognise: tuple[Signature, ...]
    syntax: ExpressionSyntax
    contexts: tuple[tuple[str, ReferenceKind], ...]
    step_output: str
    logged: bool
    mask_command: str
    environment_file: str
    output_file: str
    web_identity: RoleKind
    default_service_account: str
    permission: Permission | None
    documents: tuple[DocumentForm, ...]
    shapes: tuple[Shape, ...]

    def shape(self, name: str) -> Shape:
        """Give a shape by name; the loader has checked that it is there."""
        return next(shape for shape in self.shapes if shape.name == name)


@dataclass(frozen=True, slots=True)
class Deployments:
    """All dialects, actions and commands, with look-ups by name."""

    dialects: tuple[Dialect, ...]
    actions: dict[str, ActionEntry]
    commands: dict[str, CommandEntry]
    profiles: ProfileSettings
    shells: frozenset[str]
    embedded: dict[str, str]
