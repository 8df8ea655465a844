"""The machine of one module: it ties the parts of the evaluator together and runs every function as an entry."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence

import libcst as cst

from credlint.extract.python import (
    assigning,
    calls,
    classes,
    control,
    decorating,
    expressions,
    instances,
    mappings,
    objects,
    statements,
)
from credlint.extract.python.domain import (
    MISSING,
    Answer,
    Class,
    ClassInfo,
    DictObject,
    Function,
    FunctionInfo,
    HeapObject,
    Imported,
    InstanceObject,
    Item,
    ListObject,
    ModuleObject,
    Ref,
    Value,
    union,
    unknown,
)
from credlint.extract.python.machine import Arguments, Frame, Site
from credlint.extract.python.modules import MAXIMUM_HOPS, Found, Modules
from credlint.extract.python.namespace import Namespace
from credlint.extract.python.notes import environment, keeping, misnamed, requests, retries, returning, usage
from credlint.extract.python.screen import Chunk, ChunkKind
from credlint.extract.python.selection import Selection, relevant_key
from credlint.extract.python.shared import OutOfFuel, Shared
from credlint.extract.python.source import Source, Statement
from credlint.extract.python.state import Heap, State
from credlint.model.facts import MODULE_FLOW
from credlint.model.records import replace
from credlint.model.span import Location

_FUEL_PER_FOREIGN_LINE = 30


class Evaluator:
    """The machine of one module: see `Machine` for what its methods promise.

    `family` holds the machines of the evaluation by path: that of the file at hand, and of modules of the project that
    it imports, each at most `hops` imports away.
    """

    def __init__(
        self,
        source: Source,
        shared: Shared,
        modules: Modules,
        family: dict[str, Evaluator] | None = None,
        hops: int = 0,
    ) -> None:
        self.source = source
        self.shared = shared
        self.catalogue = shared.catalogue
        self.settings = shared.settings
        self._modules = modules
        self._family = {} if family is None else family
        self._family[source.path] = self
        self._hops = hops
        self.module_state = State()
        self.module_frame = Frame(0, (MODULE_FLOW,))
        self.classes = classes.classes_of(source)
        self._infos: dict[int, FunctionInfo] = {}
        self._inner: dict[cst.CSTNode, tuple[Function, tuple[str, ...], Heap]] = {}
        self.too_deep: set[int] = set()
        self._selection = Selection(source, shared.catalogue, hops, self._relevant_names_of)
        self._instances = instances.Instances(self)
        self._namespace = Namespace(self, modules, self._namespace_of)
        if any(name.endswith(".setter") for chunk in source.table.chunks for name in chunk.decorators):
            shared.has_setters = True

    # other modules

    def home(self, path: str) -> Evaluator:
        """Give the machine of a module that was met."""
        return self._family[path]

    def _machine_of(self, module: Found) -> Evaluator | None:
        if module.path in self._family:
            return self._family[module.path]
        hops = self._hops_onward()
        source = self._modules.source(module) if hops <= MAXIMUM_HOPS else None
        if source is None:
            return None
        self.shared.grant(_FUEL_PER_FOREIGN_LINE * len(source.table.lines))
        return Evaluator(source, self.shared, self._modules, self._family, hops)

    def _hops_onward(self) -> int:
        """Give how many imports away from the file at hand a module is that this one imports."""
        return self._hops + (0 if self.source.path.rpartition("/")[2] == "__init__.py" else 1)

    def _relevant_names_of(self, level: int, dotted: str) -> frozenset[str] | None:
        module = self._modules.find(self.source.path, level, dotted)
        if module is None or not self._modules.is_of_interest(module):
            return None
        if module.path not in self._family and self._hops_onward() <= MAXIMUM_HOPS:
            source = self._modules.source(module)
            known = source.relevant.get(relevant_key(self._hops_onward(), self.catalogue)) if source else None
            if known is not None:  # another file of the run has asked: no machine is needed for it
                return known
        machine = self._machine_of(module)
        return None if machine is None else machine._selection.relevant_names()  # noqa: SLF001 - one of its kind

    def _namespace_of(self, module: Found) -> Namespace | None:
        machine = self._machine_of(module)
        return None if machine is None else machine._namespace  # noqa: SLF001 - another machine of its kind

    # what the parts of the evaluator ask for: see Machine

    def new(self, obj: HeapObject, state: State) -> Value:
        """Put an object on the heap and give the value that points to it."""
        number = self.shared.number()
        state.heap[number] = obj
        return (Item(Ref(number)),)

    def place(self, node: cst.CSTNode, frame: Frame) -> Location:
        """Give the location of a node of the chunk at hand."""
        return self.source.location(frame.chunk, node)

    def evaluate(self, node: cst.BaseExpression, state: State, frame: Frame) -> Value:
        """Give every alternative of an expression."""
        shared = self.shared
        shared.fuel -= 1  # what `spend` does: this is asked most of all
        if shared.fuel < 0:
            raise OutOfFuel
        handler = expressions.HANDLERS.get(type(node))
        if handler is None:
            return unknown("expression")
        value = handler(self, node, state, frame)  # type: ignore[arg-type] # each handler takes its own kind
        if state.branches or state.worlds:
            for item in value:
                if item.branches:
                    return state.visible(value)
        return value

    def call(self, target: Value, arguments: Arguments, site: Site, state: State, frame: Frame) -> Value:
        """Call a value."""
        return calls.call(self, target, arguments, site, state, frame)

    def attribute(self, value: Value, name: str, state: State, frame: Frame) -> Value:
        """Read an attribute."""
        return objects.read_attribute(self, value, name, state, frame)

    def changeable(self, node: cst.BaseExpression, state: State, frame: Frame) -> Value:
        """Evaluate what is about to be changed: where it is an answer, it is a dict from here on."""
        return assigning.changeable(self, node, state, frame)

    def run_block(self, body: Sequence[Statement], state: State, frame: Frame) -> None:
        """Run statements."""
        statements.run_block(self, body, state, frame)

    def body_of(self, node: cst.FunctionDef) -> Sequence[Statement]:
        """Give the statements of a function."""
        return control.block_of(node.body)

    def lookup(self, name: str, state: State, frame: Frame) -> Value:
        """Give what a name stands for here."""
        return self._namespace.lookup(name, state, frame)

    def imported(self, name: Imported, state: State) -> Value:
        """Give what an import of this module binds: something of the project, or a dotted name."""
        return self._namespace.imported(name, state)

    def member(self, module: ModuleObject, name: str, state: State) -> Value:
        """Give what a name of a module of the project stands for; the catalogue's own names come first."""
        return self._namespace.member(module, name, state)

    def submodule(self, item: Item) -> Item:
        """Give the module of the project that a dotted name means where `import a.b` loaded it, or the name."""
        return self._namespace.submodule(item)

    def assign_member(self, module: ModuleObject, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind a name of a module of the project from outside it: at the top level for certain, else on a branch."""
        self._namespace.assign_member(module, name, value, state, frame)

    def assign_global(self, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind a name of the module from inside a function."""
        self._namespace.assign_global(name, value, state, frame)

    def is_relevant(self, info: FunctionInfo) -> bool:
        """Tell whether following a function can lead to anything of the catalogue."""
        return self._selection.is_relevant(info)

    def is_of_interest(self, info: FunctionInfo) -> bool:
        """Tell whether a call from another module is worth following: for parts of credentials, or for a constant.

        What else happens there, this module's own file tells when it is read.
        """
        return self._selection.is_of_interest(info)

    def lines_elsewhere(self, info: FunctionInfo) -> int:
        """Give the lines of a function of another module; 0 for one of the file at hand."""
        return self._selection.lines_elsewhere(info)

    def changes_relevant(self, info: FunctionInfo) -> bool:
        """Tell whether a method changes an object whose class can lead to something of the catalogue."""
        return self._selection.changes_relevant(info)

    def base_class(self, info: ClassInfo, name: str) -> ClassInfo | None:
        """Give the class that a dotted name among the bases of a class stands for, when it is one of the project."""
        return classes.base_class(self.home(info.path), info, name)

    def prepare_class(self, info: ClassInfo) -> None:
        """Evaluate the class attributes of a class, once."""
        classes.prepare_class(self.home(info.path), info)

    def class_member(self, info: ClassInfo, name: str, item: Item, state: State, frame: Frame) -> Value | None:
        """Give a method (bound) or attribute of a class or its bases, or None."""
        return classes.class_member(self.home(info.path), info, name, item, state, frame)

    def method(self, info: ClassInfo, name: str) -> FunctionInfo | None:
        """Give a method that a class of this module defines itself, or None."""
        return classes.method(self.home(info.path), info, name)

    def setter(self, info: ClassInfo, name: str, item: Item) -> Value | None:
        """Give the method (bound) that takes what is stored under the name of a property, or None."""
        return classes.setter(self.home(info.path), info, name, item)

    def assign_class(self, info: ClassInfo, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind an attribute of a class from outside its body: in the module for certain, else on a branch."""
        classes.assign_class(self.home(info.path), info, name, value, state, frame)

    def decorated(self, function: Function, site: Site, state: State, frame: Frame) -> Value | None:
        """Give what decorators of the project make of a function, or None where none of them is one."""
        return decorating.decorated(self, function, site, state, frame)

    def function_info(self, chunk: Chunk, owner: ClassInfo | None) -> FunctionInfo | None:
        """Give the function or method that a chunk defines, or None where it could not be parsed."""
        if chunk.index not in self._infos:
            node = next(iter(self.source.statements(chunk.index)), None)
            if not isinstance(node, cst.FunctionDef):
                return None
            name = f"{owner.name}.{chunk.name}" if owner else chunk.name
            self._infos[chunk.index] = FunctionInfo(node, self.source.path, chunk.index, name, owner, chunk.decorators)
        return self._infos[chunk.index]

    def enter(self, value: Value, state: State, frame: Frame) -> Value:
        """Give what `with value as x` binds."""
        results: list[Value] = []
        for item in value:
            obj = state.at(item)
            if isinstance(obj, ListObject) and obj.open and len(obj.items) == 1:
                results.append(obj.items[0])
                continue
            if isinstance(obj, InstanceObject) and obj.info is not None:
                method = self.class_member(obj.info, "__enter__", item, state, frame)
                if method is not None:
                    place = self.source.location(frame.chunk, cst.Name("with"))
                    results.append(self.call(method, Arguments(), Site(place, None), state, frame))
                    continue
            results.append((item,))
        return union(results)

    def merge(self, item: Item, items: Mapping[str | int, Value], state: State, *, opened: bool) -> None:
        """Merge keys into a dict object."""
        number = item.data.number if isinstance(item.data, Ref) else -1
        obj = state.heap.get(number)
        if isinstance(obj, DictObject):
            merged = dict(obj.items)
            for key, value in items.items():
                merged[key] = mappings.overlay(merged.get(key, MISSING), value)
            state.heap[number] = replace(obj, items=merged, open=obj.open or opened)

    @contextlib.contextmanager
    def guarded(self, index: int) -> Iterator[None]:
        """Give up on one statement or function that nests deeper than can be followed, and go on with the others."""
        active, muted = len(self.shared.active), self.shared.muted
        try:
            yield
        except RecursionError:
            del self.shared.active[active:]
            self.shared.muted = muted
            self.too_deep.add(index)

    def defined(self, function: Function, state: State, frame: Frame) -> None:
        """Remember a function defined inside another: if nobody calls it, it is an entry of its own."""
        if not self.shared.muted:
            self._inner.setdefault(function.info.node, (function, frame.flows, state.heap))

    # entries

    def run(self, *, everything: bool = False) -> None:
        """Evaluate the module, then every selected function as an entry that anybody may call; raises OutOfFuel.

        With `everything` no chunk is left out.
        """
        chunks = self.source.table.chunks
        selected = self._selection.select(everything=everything)
        for chunk in chunks:
            if not chunk.owner and chunk.index in selected and chunk.index not in self._namespace.done:
                self._namespace.run_chunk(chunk)
                if chunk.kind is ChunkKind.CLASS:
                    self.prepare_class(self.classes[chunk.name])
        environment.finish(self, self.module_state, self.module_frame)
        for chunk in chunks:
            if chunk.kind is ChunkKind.FUNCTION and chunk.index in selected:
                owner = self.classes.get(chunk.owner) if chunk.owner else None
                info = self.function_info(chunk, owner)
                if info is not None:
                    self._enter_function(Function(info), owner)
        entered: set[cst.CSTNode] = set()
        while self._inner.keys() - entered:
            for node, (function, flows, heap) in list(self._inner.items()):
                if node not in entered and node not in self.shared.called:
                    self._enter_function(function, function.info.owner, flows, heap)
                entered.add(node)
        returning.finish(self)

    def _enter_function(
        self,
        function: Function,
        owner: ClassInfo | None,
        flows: tuple[str, ...] = (),
        heap: Heap | None = None,
    ) -> None:
        info = function.info
        self.shared.followed = 0
        state = self.module_state.fork()
        state.names = {}
        if heap is not None:
            state.heap.adopt(heap)
        names = (info.qualified_name, owner.name) if owner else (info.qualified_name,)
        frame = Frame(
            info.chunk,
            (*names, *flows),
            function=info,
            owner=owner,
            closure=dict(function.closure),
            number=self.shared.number(),
        )
        state.names = calls.parameter_names(self, info, state, frame)
        for decorator in getattr(info.node, "decorators", ()):
            statements.patch(self, decorator.decorator, state, frame)
        self._receive(info, owner, state)
        frame.platforms = self._platforms(info, owner, state)
        self.shared.active.append(info)
        with self.guarded(info.chunk):
            calls.run_function(self, info, state, frame, state)
        self.shared.active.pop()
        keeping.note_returns(self, info, frame.returns, frame)
        retries.note_decorated(self, info, state, frame)
        usage.note_returned(self, info, frame)
        for value, after in frame.returns:
            misnamed.seen_whole(self, value, after)
            returning.note_return(self, info, value, after)
        for value in frame.yields:
            requests.escape(self, value, state)
        environment.finish(self, state, frame)

    def _receive(self, info: FunctionInfo, owner: ClassInfo | None, state: State) -> None:
        """Bind the first parameter of a method to the class or to an instance as its methods leave it."""
        parameters = info.node.params
        ordered = (*parameters.posonly_params, *parameters.params)
        if (
            owner is None
            or not ordered
            or "staticmethod" in info.decorators
            or "." in info.qualified_name[len(owner.name) + 1 :]
        ):
            return
        name = ordered[0].name.value
        if "classmethod" in info.decorators:
            state.names[name] = (Item(Class(owner)),)
        else:
            state.names[name] = self._instances.entered(owner, info, state)

    def _platforms(self, info: FunctionInfo, owner: ClassInfo | None, state: State) -> tuple[str, ...]:
        """Recognise a function that a platform calls; the parameter that carries credentials answers with them."""
        parameters = info.node.params.params
        if owner is not None or info.qualified_name != info.node_name():
            return ()
        platforms: list[str] = []
        for handler in self.catalogue.handlers:
            if len(parameters) != 2 or len(parameters) <= handler.position:
                continue
            name = parameters[handler.position].name.value
            if name not in handler.parameter_names:
                continue
            platforms.append(handler.platform)
            if handler.shape is not None:
                request = self.source.location(info.chunk, parameters[handler.position])
                state.names[name] = (Item(Answer(request, None, handler.platform, handler.shape)),)
        self.shared.platforms.update(platforms)
        if platforms:  # its parameters do not tell which of them calls it
            self.shared.handlers.append((" or ".join(platforms), self.source.location(info.chunk, info.node)))
        return tuple(platforms)
