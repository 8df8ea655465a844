"""The frozen types of rules/deployments: dialects, how they are recognised, and all of them together.

`load_deployments` fills them. Paths are written as in `deployment_sources`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import lru_cache

from credlint.catalogue.connections import ConnectionForm
from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployment_sources import Conditions
from credlint.catalogue.programs import ActionEntry, CommandEntry, ProfileSettings, ShellSettings
from credlint.catalogue.settings import SettingsForm
from credlint.model.environments import RoleKind
from credlint.model.globs import fits
from credlint.model.records import dataclass
from credlint.model.values import Cloud, ReferenceKind


class ExpressionSyntax(Enum):
    """What is filled into values.

    `${{ x }}`; `${X:-y}` of the host's shell; `$X` of the process itself or of the platform's settings; `$(X)` of
    the same, with `$[ x ]` and `${{ x }}` beside it; `$(X)` of the same container; `${source:x}`; `{{ x }}` of
    Jinja; `((x))`; nothing.
    """

    GITHUB = "github"
    HOST = "host"
    CONTAINER = "container"
    SHELL = "shell"
    MACRO = "macro"
    SOURCES = "sources"
    JINJA = "jinja"
    PARENTHESES = "parentheses"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to know a dialect: the path fits a glob (where there are any), and the document has all of `has`.

    Where there are `values`, a text at each of their paths fits one of its globs; of the paths of `lacks` there is
    none. `first_keys` are those that a document must have for that.
    """

    paths: tuple[str, ...]
    has: tuple[str, ...]
    values: Conditions = ()
    lacks: tuple[str, ...] = ()
    first_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Functions:
    """Functions that stand for values: `!Name x` or `{Name: x}`, `Name` or `Fn::Name`.

    `kinds` maps those that name where the value stands; the argument of `substitute` is a text with `${x}` in it. A
    reference to `nothing` is no value; `defaults` is where a reference may have a value of its own, its name at `*`;
    `choice` takes a condition and the values of its arms.
    """

    kinds: tuple[tuple[str, ReferenceKind], ...] = ()
    substitute: str = ""
    nothing: str = ""
    defaults: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class PlatformRole:
    """How a platform gives a process a role of a cloud, in words; where there are `images`, one of them proves it."""

    cloud: Cloud
    way: str
    images: tuple[str, ...]


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
    what the caller hands on, `declared` what the other file declares of it; one that meets `switches` holds no value.
    """

    at: str
    uses: str
    local: str
    secrets: str
    callee: str
    pattern: str
    inputs: str = ""
    declared: str = ""
    switches: Conditions = ()


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
class ChoiceForm:
    """Where a document says what names of a `context` may stand for: `at` mappings of names, `value` of each.

    Where there is `within`, only those count that stand in the same node at that path as the expression.
    """

    context: str
    at: str
    value: str
    within: str


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
    in it are defaults for something else to use: blank ones are to be filled in. `values_file` is the file beside a
    document that variables of the host are taken from by default. `job_output` are patterns of the outputs of jobs,
    `choices` what names of expressions may stand for.
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
    values_file: str = ""
    job_output: str = ""
    choices: tuple[ChoiceForm, ...] = ()

    def shape(self, name: str) -> Shape:
        """Give a shape by name; the loader has checked that it is there."""
        return next(shape for shape in self.shapes if shape.name == name)


@dataclass(frozen=True, slots=True)
class KnownDialect:
    """What is known of a dialect before its file is read: how it is recognised, and its file for later steps."""

    name: str
    recognise: tuple[Signature, ...]
    environment_file: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What all files say but those of dialects, in their order."""

    actions: tuple[ActionEntry, ...]
    connections: tuple[ConnectionForm, ...]
    settings: SettingsForm
    commands: tuple[CommandEntry, ...]
    profiles: ProfileSettings
    shells: ShellSettings


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
    shells: ShellSettings

    @property
    def dialects(self) -> tuple[Dialect, ...]:
        """Give all dialects, read."""
        return tuple(self.read(one.name) for one in self.known)

    def action(self, name: str) -> ActionEntry | None:
        """Give the action of a name in lower case, or None."""
        return self.actions.get(name) or _by_glob(self, name)


@lru_cache(maxsize=1024)
def _by_glob(known: Deployments, name: str) -> ActionEntry | None:
    return next((entry for glob, entry in known.action_globs if fits(name, glob)), None)
