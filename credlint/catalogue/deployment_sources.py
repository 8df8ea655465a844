"""Where a node of a document holds things: variables, imports, mounts, scripts, files, roles, requests.

Paths are keys separated by dots, one behind a backslash belongs to its key; `*` stands for every entry, a trailing
`[]` for every item.
"""

from __future__ import annotations

from enum import Enum

from credlint.model.environments import RoleKind
from credlint.model.records import dataclass
from credlint.model.values import Cloud, ReferenceKind, Role

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
"""Paths, each with the values or globs that are meant there."""


class EnvironmentForm(Enum):
    """How variables are written: {K: V}; a list of such; {K: {value: V}}; a list of {name, value}; a list of "K=V"."""

    MAP = "map"
    MAPS = "maps"
    DESCRIBED = "described"
    ENTRIES = "entries"
    ASSIGNMENTS = "assignments"


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
class ReferenceForm:
    """A value given by reference: under `at` stand the name of the object, its field and whether it may be missing.

    It is one only where every path of `when` has one of the values named.
    """

    at: str
    kind: ReferenceKind
    name: str
    field: str
    optional: str
    when: Conditions = ()


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
