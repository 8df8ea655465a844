"""What an expression can be while a module is evaluated: alternatives with their branches, and the objects they name.

All of it lives in memory for one file only; `emission` turns it into the facts of credlint.model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import libcst as cst

from credlint.catalogue.callables import CallableEntry, Shape, TypeEntry
from credlint.catalogue.operations import Operation
from credlint.model.records import dataclass, field, replace
from credlint.model.span import Location
from credlint.model.values import (
    NO_BRANCH,
    Branches,
    Damage,
    EnvironmentVariable,
    Lifetime,
    Origin,
    ProviderField,
    ResponseField,
    Role,
    Step,
    Unknown,
    compatible,
)

MAXIMUM_ALTERNATIVES = 12
"""More alternatives than these become Unknown: a bound, so that evaluation ends."""


@dataclass(frozen=True, slots=True)
class Const:
    """A constant of the language; `location` is where a string literal stands (for literals in credential slots)."""

    value: str | bytes | int | float | bool | None
    location: Location | None = None

    def __hash__(self) -> int:
        return hash(self.value)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value known by its origin only."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of an operation, or what stands in it under `path`."""

    request: Location
    operation: Operation | None
    title: str
    shape: Shape
    path: tuple[str, ...] = ()
    calls: tuple[Location, ...] = ()

    def __hash__(self) -> int:
        return hash((self.request, self.path))


@dataclass(frozen=True, slots=True)
class Typed:
    """An object of a catalogued type, such as the credentials of a session, made or fetched at `provider`."""

    entry: TypeEntry
    provider: Location
    lifetime: Lifetime

    def __hash__(self) -> int:
        return hash(self.provider)


@dataclass(frozen=True, slots=True)
class Name:
    """A dotted name of a module that is not followed: `boto3.client`, `os.environ`."""

    dotted: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A name that an import bound, before anybody asked what it is; `of` is the path of the importing file.

    `level` counts leading dots. `whole` tells that a module itself was imported, not a name from it.
    """

    of: str
    level: int
    dotted: str
    whole: bool


@dataclass(frozen=True, slots=True)
class ModuleObject:
    """A module of the project, by the path of its file and its dotted name."""

    path: str
    dotted: str


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a catalogued object before it is called."""

    dotted: str
    receiver: Item


@dataclass(frozen=True, slots=True)
class Missing:
    """A key that is not there on some path, or an argument that was not passed."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string made of parts, in order: f-string, concatenation, formatting, JSON.

    `cut` tells that parts were left out, so that the text cannot be read as one. `place` is where it was put together.
    """

    parts: tuple[Value, ...]
    cut: bool = False
    place: Location | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """An object on the heap."""

    number: int


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the project with what it closes over; `receiver` is bound to its first parameter.

    `scope` numbers the activation that defined it; `bare` tells that its decorators have been called already.
    """

    info: FunctionInfo
    receiver: Item | None = None
    closure: tuple[tuple[str, Value], ...] = ()
    scope: int = 0
    bare: bool = False

    def __hash__(self) -> int:
        return hash((self.info, self.scope))


@dataclass(frozen=True, slots=True)
class Class:
    """A class of this module."""

    info: ClassInfo


@dataclass(frozen=True, slots=True)
class Partial:
    """functools.partial: a callable with arguments already given."""

    target: Value
    positional: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Getter:
    """operator.itemgetter and attrgetter: a callable that reads these items or attributes of its argument."""

    names: tuple[str | int, ...]
    attributes: bool


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number of which only bounds are known, both inclusive; `location` is where it was bounded."""

    low: float | None
    high: float | None
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Super:
    """`super()`: members are looked up in `info`, bound to `receiver`."""

    info: ClassInfo
    receiver: Item


@dataclass(frozen=True, slots=True)
class Store:
    """A stored secret that was read, of the name it has; `inside`: its mapping, whose values are base64 text."""

    name: str
    inside: bool = False


Data = (
    Const
    | Scalar
    | Answer
    | Typed
    | Name
    | Imported
    | ModuleObject
    | Method
    | Missing
    | Text
    | Ref
    | Function
    | Class
    | Partial
    | Super
    | Getter
    | Bounded
    | Store
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the project's own classes say of a value that is not known.

    It is an object of `info`, which has fields for key id, secret and token; or with a `role`, that part of `owner`.
    """

    info: ClassInfo
    owner: Data
    role: Role | None


@dataclass(frozen=True, slots=True)
class Unnamed:
    """What a call that is not followed has answered, or what stands in it under `path`."""

    call: Location
    calls: tuple[Location, ...]
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One alternative of a value: what it is, on which branches, and by which steps it came.

    `given` tells that a condition has shown that it is there (not None), whatever it is. `raw` tells that it is bytes,
    `damage` what was done to it on its way, `held` what a class says of it, `unnamed` which answer
    of something that is not followed it is.
    """

    data: Data
    branches: Branches = NO_BRANCH
    steps: tuple[Step, ...] = ()
    given: bool = False
    raw: bool = False
    damage: Damage | None = None
    held: Held | None = None
    unnamed: Unnamed | None = None

    def __hash__(self) -> int:
        # values are told apart by thousands: what nearly always does so is enough
        return hash((self.data, self.branches))

    def tagged(self, branches: Branches) -> Item:
        """Give the same alternative on further branches."""
        if branches <= self.branches:
            return self
        # what `replace` does, at a third of its price
        return Item(
            self.data,
            self.branches | branches,
            self.steps,
            self.given,
            self.raw,
            self.damage,
            self.held,
            self.unnamed,
        )

    def may_be_part(self) -> bool:
        """Tell whether this comes from where parts of credentials come from, as far as a text is looked at for it."""
        if self.held is not None:
            return True
        data = self.data
        return isinstance(data, Scalar) and isinstance(data.origin, ResponseField | ProviderField | EnvironmentVariable)

    @property
    def put_into_text(self) -> Location | None:
        """Where this first became part of a text, as far as that is known."""
        return next((step.location for step in self.steps if step.message == INTO_TEXT), None)

    def with_step(self, step: Step) -> Item:
        """Give the same alternative with one more step of its way."""
        return self if step in self.steps or len(self.steps) > 8 else replace(self, steps=(*self.steps, step))


Value = tuple[Item, ...]

MISSING: Value = (Item(Missing()),)


@lru_cache(maxsize=4096)
def unknown(why: str, identity: str = "") -> Value:
    """Give the value of which nothing is known."""
    return (Item(Scalar(Unknown(why, identity))),)


def present(value: Value) -> Value:
    """Give the alternatives of a value in which it is there."""
    return tuple(item for item in value if not isinstance(item.data, Missing))


def constant(value: str | bytes | float | None, location: Location | None = None) -> Value:
    """Give the value of a constant."""
    return (Item(Const(value, location)),)


def union(values: Iterable[Value]) -> Value:
    """Give all alternatives of several values once each, in order; too many become unknown."""
    several = [value for value in values if value]
    if len(several) == 1 and len(several[0]) == 1:  # what is most often asked, without looking into it
        return several[0]
    seen: dict[Item, None] = {}
    for value in several:
        for item in value:
            seen.setdefault(item)
    if len(seen) > MAXIMUM_ALTERNATIVES:
        return unknown("too many alternatives")
    return tuple(seen)


def tag(value: Value, branches: Branches) -> Value:
    """Put every alternative of a value on further branches; those that cannot be on them drop out."""
    if not branches:
        return value
    return tuple([item.tagged(branches) for item in value if compatible(item.branches, branches)])


MAXIMUM_PARTS = 40
"""A text keeps so many parts; one that a loop adds to would grow without end."""


def text_of(values: Iterable[Value]) -> Value:
    """Give the text made of values: parts of texts become its own parts, so that texts never nest."""
    kept: list[Value] = []
    cut = False
    for value in values:
        plain = tuple(item for item in value if not isinstance(item.data, Text))
        if plain:
            kept.append(plain)
        for item in value:
            if isinstance(item.data, Text):
                kept += [tagged for part in item.data.parts if (tagged := tag(part, item.branches))]
                cut |= item.data.cut
    if len(kept) > MAXIMUM_PARTS:
        # constants tell least; the first and the last one say what the text begins and ends with
        inner = dict.fromkeys(kept[1:-1])
        middle = [part for part in inner if not all(isinstance(item.data, Const) for item in part)]
        kept, cut = [kept[0], *middle[: MAXIMUM_PARTS - 2], kept[-1]], True
    return (Item(Text(tuple(kept), cut)),)


INTO_TEXT = "put into a text here"
"""What a step says of the place where a value first became part of a text."""


def written(value: Value, place: Callable[[], Location]) -> Value:
    """Say where a text was put together, and parts of credentials were put into it, if nothing says so yet.

    Of a value that is no text it is said that it was put into one; `place` is asked only where it is needed.
    """
    return tuple(_written(item, place) for item in value)


def _written(item: Item, place: Callable[[], Location]) -> Item:
    if isinstance(item.data, Text):
        parts = tuple(written(part, place) for part in item.data.parts)
        return replace(item, data=Text(parts, item.data.cut, item.data.place or place()))
    if not item.may_be_part() or item.put_into_text is not None:
        return item
    return item.with_step(Step(place(), INTO_TEXT))


@dataclass(frozen=True, slots=True)
class Argument:
    """A value in a slot: where it is written and what the slot is called there."""

    value: Value
    location: Location | None
    name: str


@dataclass(frozen=True, slots=True)
class DictObject:
    """A dict. `open` tells that it may hold keys that are not known; `environment` that it began as os.environ.

    `rest` is what was stored under keys that are not known, as far as it is followed. `profile` is the name of the
    profile that it is a section of ("" where the name is not known), None of any other dict. `base` is the value of
    which nothing is known that it was before code stored parts in it.
    """

    items: Mapping[str | int, Value]
    open: bool = False
    environment: bool = False
    places: Mapping[str | int, Location] = field(default_factory=dict)
    rest: Value = ()
    profile: str | None = None
    base: Item | None = None


@dataclass(frozen=True, slots=True)
class ListObject:
    """A list, tuple or set; `open` tells that it may hold more."""

    items: tuple[Value, ...]
    open: bool = False


MAXIMUM_ELEMENTS = 24
"""An open list keeps so many different elements; in a loop it would grow without end."""


def open_list(values: Iterable[Value]) -> ListObject:
    """Make a list that may hold more than these elements, each kept once."""
    return ListObject(tuple(dict.fromkeys(values))[:MAXIMUM_ELEMENTS], open=True)


@dataclass(frozen=True, slots=True)
class InstanceObject:
    """An instance of a class of this module, or an attribute holder; `open` tells that it may have other attributes."""

    info: ClassInfo | None
    attributes: Mapping[str, Value]
    open: bool = False
    shows_attributes: bool = False


@dataclass(frozen=True, slots=True)
class MadeObject:
    """What a catalogued callable made.

    `roles` are its arguments by parameter role; `open` when more may have been given. `type` is the qualified type name
    that its methods are looked up under, `service` the service of a service client.
    """

    entry: CallableEntry
    roles: Mapping[str, Argument]
    location: Location
    type: str
    open: bool = False
    service: str | None = None
    is_service: bool = False
    receiver: Item | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)


HeapObject = DictObject | ListObject | InstanceObject | MadeObject


def contents(obj: HeapObject | None) -> list[Value]:
    """Give what a dict, a list or an instance of the project holds."""
    match obj:
        case DictObject(items):
            return list(items.values())
        case ListObject(items):
            return list(items)
        case InstanceObject(attributes=attributes):
            return list(attributes.values())
        case _:
            return []


@dataclass(frozen=True, slots=True, eq=False)
class FunctionInfo:
    """A function: its node, its file and chunk, its name with the names of the classes and functions around it."""

    node: cst.FunctionDef | cst.Lambda
    path: str
    chunk: int
    qualified_name: str
    owner: ClassInfo | None
    decorators: tuple[str, ...]

    def node_name(self) -> str:
        """Give the name in the def statement, or "<lambda>"."""
        return self.node.name.value if isinstance(self.node, cst.FunctionDef) else "<lambda>"


@dataclass(eq=False, slots=True)
class ClassInfo:
    """A class: `members` gives, per name, the chunks that bind it; evaluated attributes are kept once known.

    Of a record: `fields` in the order of its arguments, `factories` make defaults, `derived` are not arguments and
    `passing` are nothing else. `closure` is what a class inside a function sees there.
    """

    name: str
    path: str
    chunk: int
    bases: tuple[str, ...]
    decorators: tuple[str, ...]
    members: dict[str, list[int]]
    nodes: dict[str, cst.FunctionDef]
    methods: dict[str, FunctionInfo] = field(default_factory=dict)
    attributes: dict[str, Value] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    factories: dict[str, Value] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    passing: set[str] = field(default_factory=set)
    closure: tuple[tuple[str, Value], ...] = ()
    hidden: set[str] = field(default_factory=set)
    repr_off: bool = False
    evaluated: bool = False
