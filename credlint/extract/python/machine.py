"""What the parts of the evaluator share: the file, the catalogue, the frame of a call, and each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import libcst as cst

from credlint.catalogue.types import Catalogue
from credlint.extract.python.domain import (
    Argument,
    ClassInfo,
    Function,
    FunctionInfo,
    HeapObject,
    Imported,
    Item,
    ModuleObject,
    Value,
)
from credlint.extract.python.screen import Chunk
from credlint.extract.python.shared import Shared
from credlint.extract.python.source import Source, Statement
from credlint.extract.python.state import State
from credlint.model.project import Settings
from credlint.model.records import dataclass, field
from credlint.model.span import Location

MAXIMUM_CALL_DEPTH = 5
"""Calls deeper than this are not followed."""


@dataclass(eq=False, slots=True)
class Frame:
    """One activation of a function, or of the module.

    `flows` names the runs that what happens here belongs to; `calls` the places of the calls that led here, outermost
    first. `number` tells activations apart; `rolling` counts the loops around that run any number of times.
    `nonlocals` are names of the function around, and `rebound` what they are at the end. `returns` collects what was
    returned with the state at that point; `leaving` the states of break and continue. `asked` holds what the calls of
    the condition at hand have answered, None outside of one: it is evaluated, and then asked about for each arm.
    `elsewhere` tells that another module than that of the file at hand was entered.
    """

    chunk: int
    flows: tuple[str, ...]
    function: FunctionInfo | None = None
    owner: ClassInfo | None = None
    calls: tuple[Location, ...] = ()
    returns: list[tuple[Value, State]] = field(default_factory=list)
    leaving: list[list[State]] = field(default_factory=list)
    yields: list[Value] = field(default_factory=list)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    rolling: int = 0
    rebound: dict[str, Value] = field(default_factory=dict)
    number: int = 0
    closure: dict[str, Value] = field(default_factory=dict)
    platforms: tuple[str, ...] = ()
    asked: dict[cst.Call, Value] | None = None
    elsewhere: bool = False

    @property
    def depth(self) -> int:
        """How many calls deep this is."""
        return len(self.calls)

    def is_module(self) -> bool:
        """Tell whether this is the top level of the module."""
        return self.function is None

    @contextmanager
    def asking(self, answers: dict[cst.Call, Value] | None) -> Iterator[None]:
        """Let the calls of a condition be made once; with None, each time that one is evaluated."""
        outer, self.asked = self.asked, answers
        try:
            yield
        finally:
            self.asked = outer


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call. The open flags tell that a `*` or `**` of unknown content may give more."""

    positional: tuple[Argument, ...] = ()
    keywords: dict[str, Argument] = field(default_factory=dict)
    open_positional: bool = False
    open_keywords: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """The place of a call: the callee (where findings point) and the whole call."""

    callee: Location
    call: cst.Call | None


class Machine(Protocol):
    """What one evaluation of one file offers to its parts; `evaluator` is it."""

    source: Source
    catalogue: Catalogue
    settings: Settings
    shared: Shared
    module_state: State
    module_frame: Frame
    classes: dict[str, ClassInfo]

    def home(self, path: str) -> Machine:
        """Give the machine of a module that was met: what stands in it runs there."""

    def imported(self, name: Imported, state: State) -> Value:
        """Give what an import of this module binds: something of the project, or a dotted name."""

    def member(self, module: ModuleObject, name: str, state: State) -> Value:
        """Give what a name of a module of the project stands for."""

    def submodule(self, item: Item) -> Item:
        """Give the module of the project that a dotted name means where `import a.b` loaded it, or the name."""

    def assign_member(self, module: ModuleObject, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind a name of a module of the project from outside it."""

    def new(self, obj: HeapObject, state: State) -> Value:
        """Put an object on the heap and give the value that points to it."""

    def place(self, node: cst.CSTNode, frame: Frame) -> Location:
        """Give the location of a node of the chunk at hand."""

    def evaluate(self, node: cst.BaseExpression, state: State, frame: Frame) -> Value:
        """Give every alternative of an expression."""

    def call(self, target: Value, arguments: Arguments, site: Site, state: State, frame: Frame) -> Value:
        """Call a value."""

    def attribute(self, value: Value, name: str, state: State, frame: Frame) -> Value:
        """Read an attribute."""

    def changeable(self, node: cst.BaseExpression, state: State, frame: Frame) -> Value:
        """Evaluate what is about to be changed: where it is an answer, it is a dict from here on."""

    def run_block(self, statements: Sequence[Statement], state: State, frame: Frame) -> None:
        """Run statements."""

    def body_of(self, node: cst.FunctionDef) -> Sequence[Statement]:
        """Give the statements of a function."""

    def lookup(self, name: str, state: State, frame: Frame) -> Value:
        """Give what a name stands for here."""

    def assign_global(self, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind a name of the module from inside a function."""

    def assign_class(self, info: ClassInfo, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind an attribute of a class from outside its body."""

    def decorated(self, function: Function, site: Site, state: State, frame: Frame) -> Value | None:
        """Give what decorators of the project make of a function, or None where none of them is one."""

    def setter(self, info: ClassInfo, name: str, item: Item) -> Value | None:
        """Give the method (bound) that takes what is stored under the name of a property, or None."""

    def function_info(self, chunk: Chunk, owner: ClassInfo | None) -> FunctionInfo | None:
        """Give the function or method that a chunk defines, or None where it could not be parsed."""

    def defined(self, function: Function, state: State, frame: Frame) -> None:
        """Note a function defined inside another."""

    def is_relevant(self, info: FunctionInfo) -> bool:
        """Tell whether following a function can lead to anything of the catalogue."""

    def is_of_interest(self, info: FunctionInfo) -> bool:
        """Tell whether a call from another module is worth following."""

    def lines_elsewhere(self, info: FunctionInfo) -> int:
        """Give the lines of a function of another module, whose own file tells of it; 0 for one of this file."""

    def changes_relevant(self, info: FunctionInfo) -> bool:
        """Tell whether a method changes an object whose class can lead to something of the catalogue."""

    def guarded(self, index: int) -> AbstractContextManager[None]:
        """Give up on one statement or function that nests deeper than can be followed, and go on with the others."""

    def enter(self, value: Value, state: State, frame: Frame) -> Value:
        """Give what `with value as x` binds."""

    def merge(self, item: Item, items: Mapping[str | int, Value], state: State, *, opened: bool) -> None:
        """Merge keys into a dict object."""

    def class_member(self, info: ClassInfo, name: str, item: Item, state: State, frame: Frame) -> Value | None:
        """Give a method (bound) or attribute of a class or its bases, or None."""

    def method(self, info: ClassInfo, name: str) -> FunctionInfo | None:
        """Give a method that a class of this module defines itself, or None."""

    def base_class(self, info: ClassInfo, name: str) -> ClassInfo | None:
        """Give the class that a dotted name among the bases of a class stands for, when it is one of the project."""

    def prepare_class(self, info: ClassInfo) -> None:
        """Evaluate the class attributes of a class, once."""
