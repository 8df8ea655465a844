"""One evaluation of one module: which chunks matter, what names stand for, and every function as its own entry."""

from __future__ import annotations

import builtins
import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import libcst as cst

from credlint.credentials.spelling import almost_names
from credlint.extract.python import calls, expressions, objects, records, statements
from credlint.extract.python.domain import (
    MISSING,
    Answer,
    Argument,
    Class,
    ClassInfo,
    Const,
    DictObject,
    Function,
    FunctionInfo,
    Heap,
    HeapObject,
    Imported,
    InstanceObject,
    Item,
    ListObject,
    ModuleObject,
    Name,
    Ref,
    State,
    Value,
    tag,
    union,
    unknown,
)
from credlint.extract.python.machine import Arguments, Frame, Site
from credlint.extract.python.modules import MAXIMUM_HOPS, Found, Modules
from credlint.extract.python.notes import environment, keeping, requests, retries, usage
from credlint.extract.python.screen import Chunk, ChunkKind
from credlint.extract.python.shared import Shared
from credlint.extract.python.source import Source, Statement
from credlint.model.facts import MODULE_FLOW
from credlint.model.span import Location

_BUILTINS = frozenset(dir(builtins))
_MAXIMUM_BASES = 6
_REPR_OFF = re.compile(r"\brepr\s*=\s*False\b")
_GLOBAL = re.compile(r"^[ \t]+global[ \t]+([^\n#;]+)", re.MULTILINE)
_SHORT_LINES = 5
_FUEL_PER_FOREIGN_LINE = 30
_SELF_STORE = re.compile(r"self\.\w+[^=\n]*=(?!=)")


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
        self._binders: dict[str, list[int]] = {}
        self._bound_late: dict[str, Value] = {}
        self._running: set[int] = set()
        self._done: set[int] = set()
        self._infos: dict[int, FunctionInfo] = {}
        self._classes: dict[str, ClassInfo] = {}
        self._decorators: dict[FunctionInfo, tuple[Value, ...]] = {}
        self._summaries: dict[ClassInfo, tuple[dict[str, Value], Heap] | None] = {}
        self._inner: dict[cst.CSTNode, tuple[Function, tuple[str, ...], Heap]] = {}
        self._module_frame = Frame(0, (MODULE_FLOW,))
        self._set_late: frozenset[str] | None = None
        self.selected: frozenset[int] = frozenset()
        self.too_deep: set[int] = set()
        for chunk in source.table.chunks:
            if not chunk.owner:
                for name in chunk.binds:
                    self._binders.setdefault(name, []).append(chunk.index)
            if chunk.kind is ChunkKind.CLASS:
                self._classes[chunk.name] = self._class_info(chunk)
        self._stars = tuple(
            imported
            for chunk in source.table.chunks
            if not chunk.owner
            for imported in chunk.imports
            if imported.bound == "*"
        )
        self._asked: set[str] = set()
        self._loaded = frozenset(
            imported.loaded
            for chunk in source.table.chunks
            for imported in (*chunk.imports, *chunk.inner_imports)
            if imported.loaded
        )
        self.own_setters = any(d.endswith(".setter") for chunk in source.table.chunks for d in chunk.decorators)
        self._words: frozenset[str] | None = None
        self._relevant_chunks: frozenset[int] | None = None
        self._relevant_classes: dict[ClassInfo, bool] = {}

    def _class_info(self, chunk: Chunk) -> ClassInfo:
        members: dict[str, list[int]] = {}
        for index in chunk.members:
            for name in self.source.table.chunks[index].binds:
                members.setdefault(name, []).append(index)
        info = ClassInfo(chunk.name, self.source.path, chunk.index, chunk.bases, chunk.decorators, members, {})
        first_member = self.source.table.chunks[chunk.members[0]].first_line if chunk.members else chunk.last_line
        head = "\n".join(self.source.table.lines[chunk.first_line - 1 : first_member - 1])
        info.repr_off = _REPR_OFF.search(head) is not None
        return info

    def _matters(self, chunk: Chunk) -> bool:
        """Tell whether a statement names what matters; an everyday word does where it is read off something."""
        words = self.words()
        return not (words.isdisjoint(chunk.mentions) and self.catalogue.everyday_words.isdisjoint(chunk.attributes))

    def words(self) -> frozenset[str]:
        """Give the words that make a statement matter: of the catalogue, and what relevant modules define."""
        if self._words is None:
            self._words = self.catalogue.words - self.catalogue.everyday_words  # what a cycle of imports sees
            mentions = set().union(*(chunk.mentions for chunk in self.source.table.chunks))
            self._words |= self._foreign_words() | almost_names(mentions, self.catalogue)
        return self._words

    def _foreign_words(self) -> set[str]:
        """Give the imported names that stand for something of the catalogue, or do so in another module."""
        found = self._names_of_others()
        for chunk in self.source.table.chunks:
            for imported in (*chunk.imports, *chunk.inner_imports):
                if imported.target.rpartition(".")[2] in self.catalogue.words:  # under another name it is as good
                    found.add(imported.bound)
        return found

    def _names_of_others(self) -> set[str]:
        """Give the imported names that take parts of credentials in another module, or lead to them."""
        found: set[str] = set()
        for chunk in self.source.table.chunks:
            for imported in (*chunk.imports, *chunk.inner_imports):
                owner, _, name = imported.target.rpartition(".")
                target = imported.loaded or imported.target
                whole = self._load(imported.level, target) if imported.bound != "*" else None
                if whole is not None:
                    found |= whole.relevant_names()
                elif owner or imported.level:
                    module = self._load(imported.level, owner)
                    names = module.relevant_names() if module is not None else frozenset()
                    found |= names if name == "*" else {imported.bound} if name in names else set()
        return found

    def relevant_names(self) -> frozenset[str]:
        """Give the names of the module that take parts of credentials, or lead to them: worth an importer's look."""
        key = self._hops, id(self.catalogue)
        if key not in self.source.relevant:
            self.source.relevant[key] = frozenset()  # what a cycle of imports sees
            words = self.catalogue.part_words | self._names_of_others()
            chunks = [chunk for chunk in self.source.table.chunks if not chunk.owner]
            found = {name for chunk in chunks if not words.isdisjoint(chunk.mentions) for name in chunk.binds}
            more = found
            while more:
                more = {
                    name for chunk in chunks if not found.isdisjoint(chunk.mentions) for name in chunk.binds
                } - found
                found |= more
            self.source.relevant[key] = frozenset(found)
        return self.source.relevant[key]

    def _load(self, level: int, dotted: str) -> Evaluator | None:
        """Give the machine of a module of the project that can matter, or None."""
        module = self._modules.find(self.source.path, level, dotted)
        if module is None or not self._modules.is_of_interest(module):
            return None
        return self._machine_of(module)

    def _machine_of(self, module: Found) -> Evaluator | None:
        if module.path in self._family:
            return self._family[module.path]
        hops = self._hops + (0 if self.source.path.rpartition("/")[2] == "__init__.py" else 1)
        source = self._modules.source(module) if hops <= MAXIMUM_HOPS else None
        if source is None:
            return None
        self.shared.fuel += _FUEL_PER_FOREIGN_LINE * len(source.table.lines)
        return Evaluator(source, self.shared, self._modules, self._family, hops)

    def _select(self, *, everything: bool) -> frozenset[int]:
        """Give the chunks that matter: those that mention a word of the catalogue, or the name of such a one."""
        chunks = self.source.table.chunks
        if everything:
            return frozenset(range(len(chunks)))
        selected = {c.index for c in chunks if not self._only_imports(c) and self._matters(c)}
        by_class = {chunk.name: chunk for chunk in chunks if chunk.kind is ChunkKind.CLASS}
        while True:
            names: set[str] = set()
            for index in tuple(selected):
                chunk = chunks[index]
                if chunk.owner:
                    owner = by_class[chunk.owner]
                    selected.update((owner.index, *owner.members))
                elif chunk.kind is ChunkKind.CLASS:
                    selected.update(chunk.members)
                names |= chunk.binds
            names |= {by_class[chunks[i].owner].name for i in selected if chunks[i].owner}
            more = {c.index for c in chunks if c.index not in selected and not names.isdisjoint(c.mentions | c.touches)}
            if not more:
                return frozenset(selected | self._needed(selected))
            selected |= more

    def _close_over_names(self) -> frozenset[int]:
        """Give the functions that mention a word of the catalogue, or a function that does."""
        functions = [c for c in self.source.table.chunks if c.kind is ChunkKind.FUNCTION]
        relevant = {c.index for c in functions if self._matters(c)}
        while True:
            names = {self.source.table.chunks[index].name for index in relevant}
            more = {c.index for c in functions if c.index not in relevant and not names.isdisjoint(c.mentions)}
            if not more:
                return frozenset(relevant)
            relevant |= more

    def is_relevant(self, info: FunctionInfo) -> bool:
        """Tell whether following a function can lead to anything of the catalogue."""
        if self._relevant_chunks is None:
            self._relevant_chunks = self._close_over_names()
        return (
            info.chunk in self._relevant_chunks or self.source.table.chunks[info.chunk].kind is not ChunkKind.FUNCTION
        )

    def is_of_interest(self, info: FunctionInfo) -> bool:
        """Tell whether a call from another module is worth following: for parts of credentials, or for a constant.

        What else happens there, this module's own file tells when it is read.
        """
        chunk = self.source.table.chunks[info.chunk]
        short = chunk.last_line - chunk.first_line < _SHORT_LINES
        return not self._hops or short or info.qualified_name.partition(".")[0] in self.relevant_names()

    def changes_relevant(self, info: FunctionInfo) -> bool:
        """Tell whether a method changes an object whose class can lead to something of the catalogue."""
        owner = info.owner
        if owner is None or not owner.members or self.is_relevant(info):
            return False
        if owner not in self._relevant_classes:
            chunks = {index for indexes in owner.members.values() for index in indexes}
            self._relevant_classes[owner] = not chunks.isdisjoint(self._relevant_chunks or ())
        return self._relevant_classes[owner] and self._stores(info.chunk)

    def _stores(self, index: int) -> bool:
        chunk = self.source.table.chunks[index]
        return (
            _SELF_STORE.search("\n".join(self.source.table.lines[chunk.first_line - 1 : chunk.last_line])) is not None
        )

    def home(self, path: str) -> Evaluator:
        """Give the machine of a module that was met."""
        return self._family[path]

    def member(self, module: ModuleObject, name: str, state: State) -> Value:
        """Give what a name of a module of the project stands for; the catalogue's own names come first."""
        dotted = f"{module.dotted}.{name}"
        if dotted in self.catalogue.callables:
            return (Item(Name(dotted)),)
        if (own := _own_name(module, name)) in state.names:
            return state.names[own]
        machine = self._machine_of(Found(module.path, module.dotted))
        found = machine.exported(name, state) if machine is not None else None
        if found is not None:
            return found
        inner = self._modules.find(module.path, 1, name) if module.path.endswith("__init__.py") else None
        return (Item(ModuleObject(inner.path, dotted)),) if inner is not None else unknown("name of a module", dotted)

    def submodule(self, item: Item) -> Item:
        """Give the module of the project that a dotted name means where `import a.b` loaded it, or the name."""
        dotted = item.data.dotted if isinstance(item.data, Name) else ""
        if not any(loaded == dotted or loaded.startswith(f"{dotted}.") for loaded in self._loaded):
            return item
        module = self._modules.find(self.source.path, 0, dotted)
        return item if module is None else replace(item, data=ModuleObject(module.path, module.dotted))

    def assign_member(self, module: ModuleObject, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind a name of a module of the project from outside it: at the top level for certain, else on a branch."""
        machine = self._machine_of(Found(module.path, module.dotted))
        if machine is None:
            return
        machine.exported(name, state)
        machine._binders.setdefault(name, [])  # noqa: SLF001 - another machine of its kind
        if frame.is_module() and not state.branches:
            requests.escape(self, value, state)
            machine.module_state.heap.update(state.heap)
            machine.module_state.names[name] = value
        else:
            state.names[_own_name(module, name)] = value
            machine._assign_shared(machine.module_state.names, name, value, state, frame)  # noqa: SLF001

    def exported(self, name: str, state: State) -> Value | None:
        """Give what a name of this module is for those who import it, or None when the module does not bind it."""
        if name in self._binders:
            value = self._finished(name)
            state.heap.adopt(self.module_state.heap)
            return value
        return self._starred(name, state)

    def _finished(self, name: str) -> Value:
        """Run all statements of the module that bind or change a name, silently: this file's own run tells of them."""
        self.shared.muted += 1
        followed = self.shared.followed
        try:
            for chunk in self.source.table.chunks:
                if chunk.owner or chunk.index in self._done or chunk.index in self._running:
                    continue
                if name in chunk.binds or (chunk.kind is ChunkKind.STATEMENT and name in chunk.touches):
                    self._run_chunk(chunk)
        finally:
            self.shared.muted -= 1
            self.shared.followed = followed
        value = self._resolve(self._resolve_global(name), self.module_state)
        if name in self._late_globals():
            # what it begins as is not what it is when others read it
            later = tuple(item for item in value if not isinstance(item.data, Const))
            return union((later, unknown("set by a function of the module", f"{self.source.path}.{name}")))
        return value

    def _late_globals(self) -> frozenset[str]:
        """Give the names that functions of the module declare global."""
        if self._set_late is None:
            text = "\n".join(self.source.table.lines)
            self._set_late = frozenset(name.strip() for found in _GLOBAL.findall(text) for name in found.split(","))
        return self._set_late

    def _starred(self, name: str, state: State) -> Value | None:
        """Look for a name in the modules that this one imports everything from; they may do so from each other."""
        if name in self._asked:
            return None
        self._asked.add(name)
        try:
            return self._found_by_star(name, state)
        finally:
            self._asked.discard(name)

    def _found_by_star(self, name: str, state: State) -> Value | None:
        for imported in self._stars:
            owner = imported.target.removesuffix("*").removesuffix(".")
            module = self._modules.find(self.source.path, imported.level, owner)
            machine = self._machine_of(module) if module is not None else None
            if machine is not None and machine is not self and not name.startswith("_"):
                found = machine.exported(name, state)
                if found is not None:
                    return found
        return None

    def _resolve(self, value: Value, state: State) -> Value:
        """Find out what imported names are."""
        if not any(isinstance(item.data, Imported) for item in value):
            return value
        return union(
            tag(self.home(item.data.of).imported(item.data, state), item.branches)
            if isinstance(item.data, Imported)
            else (item,)
            for item in value
        )

    def imported(self, name: Imported, state: State) -> Value:
        """Give what an import of this module binds: something of the project, or a dotted name."""
        plain: Value = (Item(Name("." * name.level + name.dotted)),)
        if not name.level and name.dotted in self.catalogue.callables:
            return plain
        module = self._modules.find(self.source.path, name.level, name.dotted)
        if name.whole:
            return plain if module is None else (Item(ModuleObject(module.path, module.dotted)),)
        owner, _, last = name.dotted.rpartition(".")
        if owner or name.level:
            package = self._modules.find(self.source.path, name.level, owner)
            if package is not None:
                if f"{package.dotted}.{last}" in self.catalogue.callables:
                    return (Item(Name(f"{package.dotted}.{last}")),)
                machine = self._machine_of(package)
                found = machine.exported(last, state) if machine is not None and machine is not self else None
                if found is not None:
                    return found
        return plain if module is None else (Item(ModuleObject(module.path, module.dotted)),)

    def _needed(self, selected: set[int]) -> set[int]:
        """Give the module statements that bind or change a name used by the selected chunks or functions they name."""
        chunks = self.source.table.chunks
        statements_ = [c for c in chunks if c.kind is ChunkKind.STATEMENT and not c.owner and not self._only_imports(c)]
        reached = set(selected)
        found: set[int] = set()
        while True:
            names = set().union(*(chunks[index].mentions for index in reached | found))
            more = {c.index for c in chunks if c.kind is not ChunkKind.STATEMENT and not c.owner and c.name in names}
            for index in tuple(more):
                more.update(chunks[index].members)
            wanted = {c.index for c in statements_ if not names.isdisjoint(c.binds | c.touches)}
            if more <= reached and wanted <= found:
                return found
            reached |= more
            found |= wanted

    # what the parts of the evaluator ask for

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
        return state.visible(expressions.evaluate(self, node, state, frame))

    def call(self, target: Value, arguments: Arguments, site: Site, state: State, frame: Frame) -> Value:
        """Call a value."""
        return calls.call(self, target, arguments, site, state, frame)

    def attribute(self, value: Value, name: str, state: State, frame: Frame) -> Value:
        """Read an attribute."""
        return objects.read_attribute(self, value, name, state, frame)

    def changeable(self, node: cst.BaseExpression, state: State, frame: Frame) -> Value:
        """Evaluate what is about to be changed: where it is an answer, it is a dict from here on."""
        return statements.changeable(self, node, state, frame)

    def run_block(self, body: Sequence[Statement], state: State, frame: Frame) -> None:
        """Run statements."""
        statements.run_block(self, body, state, frame)

    def body_of(self, node: cst.FunctionDef) -> Sequence[Statement]:
        """Give the statements of a function."""
        if isinstance(node.body, cst.IndentedBlock):
            return [inner for inner in node.body.body if isinstance(inner, Statement)]
        if isinstance(node.body, cst.SimpleStatementSuite):
            return [cst.SimpleStatementLine(body=node.body.body)]
        return ()

    def lookup(self, name: str, state: State, frame: Frame) -> Value:
        """Give what a name stands for here."""
        for names in (state.names, frame.closure):
            if name in names:
                return self._resolve(names[name], state)
        if name in self.module_state.names:
            value = self.module_state.names[name]
            if any(isinstance(item.data, Imported) for item in value):
                value = self.module_state.names[name] = self._resolve(value, self.module_state)
                state.heap.adopt(self.module_state.heap)
            return value
        if name in self._binders:
            value = self._resolve(self._resolve_global(name), self.module_state)
            state.heap.adopt(self.module_state.heap)
            return value
        starred = self._starred(name, state) if self._stars else None
        if starred is not None:
            return starred
        return (Item(Name(name)),) if name in _BUILTINS else unknown("unresolved name", name)

    def _resolve_global(self, name: str) -> Value:
        """Run the statements that bind a name of the module, when they have not run yet."""
        for index in self._binders[name]:
            if index not in self._done and index not in self._running:
                chunk = self.source.table.chunks[index]
                self._run_chunk(chunk)
                names = self.module_state.names
                self._bound_late.update({bound: names[bound] for bound in chunk.binds if bound in names})
        # what was bound while an arm of the module ran is not in the state that the arms were joined to
        return self.module_state.names.get(name) or self._bound_late.get(name) or unknown("name not bound yet", name)

    def _run_chunk(self, chunk: Chunk) -> None:
        """Run one top-level chunk in the state of the module."""
        self.shared.followed = 0
        self._running.add(chunk.index)
        names = self.module_state.names
        if self._only_imports(chunk):
            for imported in chunk.imports:
                item = Item(Imported(self.source.path, imported.level, imported.target, whole=imported.whole))
                names[imported.bound] = (item,)
        elif chunk.kind is ChunkKind.CLASS:
            names[chunk.name] = (Item(Class(self._classes[chunk.name])),)
        elif chunk.kind is ChunkKind.FUNCTION:
            info = self._function_info(chunk, None)
            names[chunk.name] = (Item(Function(info)),) if info else unknown("function that cannot be read", chunk.name)
        else:
            frame = replace(self._module_frame, chunk=chunk.index, returns=[], leaving=[], yields=[])
            state = self.module_state
            with self.guarded(chunk.index):
                self.run_block(self.source.statements(chunk.index), state, frame)
            state.alive = True
            state.branches = frozenset()
        self._running.discard(chunk.index)
        self._done.add(chunk.index)

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

    def _only_imports(self, chunk: Chunk) -> bool:
        """Tell whether a statement does nothing but import; an `if` or `try` that holds an import may do more."""
        if not chunk.imports or chunk.kind is not ChunkKind.STATEMENT:
            return False
        if chunk.mentions & self.catalogue.words and chunk.first_line != chunk.last_line:
            return False
        # a statement may stand behind the import on its line
        return not chunk.touches and chunk.binds == {imported.bound for imported in chunk.imports}

    def _function_info(self, chunk: Chunk, owner: ClassInfo | None) -> FunctionInfo | None:
        if chunk.index not in self._infos:
            node = next(iter(self.source.statements(chunk.index)), None)
            if not isinstance(node, cst.FunctionDef):
                return None
            name = f"{owner.name}.{chunk.name}" if owner else chunk.name
            self._infos[chunk.index] = FunctionInfo(node, self.source.path, chunk.index, name, owner, chunk.decorators)
        return self._infos[chunk.index]

    def assign_global(self, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind a name of the module from inside a function."""
        self._assign_shared(self.module_state.names, name, value, state, frame)

    def assign_class(self, info: ClassInfo, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind an attribute of a class from outside its body: in the module for certain, else on a branch."""
        if info.path != self.source.path:
            self.home(info.path).assign_class(info, name, value, state, frame)
            return
        self.prepare_class(info)
        if frame.is_module() and not state.branches:
            info.attributes[name] = value
        else:
            self._assign_shared(info.attributes, name, value, state, frame)

    def _assign_shared(self, names: dict[str, Value], name: str, value: Value, state: State, frame: Frame) -> None:
        requests.escape(self, value, state)
        self.module_state.heap.update(state.heap)
        # what one function sets belongs together; what stood there before is another alternative
        writer = self.shared.writers.setdefault((frame.function, frame.calls), len(self.shared.writers) + 1)
        before, after = self.shared.arm("globals", 0), self.shared.arm("globals", writer)
        decision = next(iter(before))[0]
        old = tuple(
            item if any(taken == decision for taken, _ in item.branches) else item.tagged(before)
            for item in names.get(name, ())
        )
        names[name] = union((old, tag(value, after)))

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
                merged[key] = expressions.overlay(merged.get(key, MISSING), value)
            state.heap[number] = replace(obj, items=merged, open=obj.open or opened)

    def base_class(self, info: ClassInfo, name: str) -> ClassInfo | None:
        """Give the class that a dotted name among the bases of a class stands for, when it is one of the project."""
        if info.path != self.source.path:
            return self.home(info.path).base_class(info, name)
        first, *rest = name.split(".")
        value = self.lookup(first, self.module_state, self._module_frame) if first else ()
        for part in rest:
            value = self.attribute(value, part, self.module_state, self._module_frame)
        only = value[0].data if len(value) == 1 else None
        return only.info if isinstance(only, Class) and only.info is not info else None

    def prepare_class(self, info: ClassInfo) -> None:
        """Evaluate the class attributes of a class, once."""
        if info.evaluated:
            return
        if info.path != self.source.path:
            self.home(info.path).prepare_class(info)
            return
        info.evaluated = True
        frame = replace(self._module_frame, returns=[], leaving=[], yields=[], owner=info)
        for index in self.source.table.chunks[info.chunk].members:
            chunk = self.source.table.chunks[index]
            if chunk.kind is not ChunkKind.STATEMENT:
                continue
            frame.chunk = index
            for statement in self.source.statements(index):
                inner = self.module_state.fork()
                statements.class_statement(self, info, statement, inner, frame)
                self.module_state.heap.update(inner.heap)

    def class_member(
        self, info: ClassInfo, name: str, item: Item, state: State, frame: Frame, depth: int = 0
    ) -> Value | None:
        """Give a method (bound) or attribute of a class or a base, or None. Names bound anew can make them a ring."""
        if info.path != self.source.path:
            return self.home(info.path).class_member(info, name, item, state, frame, depth)
        self.prepare_class(info)
        method = self.method(info, name)
        if method is not None:
            return self._bind(method, item, state, frame)
        if name in info.attributes:
            state.heap.adopt(self.module_state.heap)
            return info.attributes[name]
        for base in info.bases if depth < _MAXIMUM_BASES else ():
            parent = self.base_class(info, base)
            if parent is not None:
                found = self.class_member(parent, name, item, state, frame, depth + 1)
                if found is not None:
                    return found
        return None

    def method(self, info: ClassInfo, name: str) -> FunctionInfo | None:
        """Give a method that a class of this module defines itself, or None."""
        if info.path != self.source.path:
            return self.home(info.path).method(info, name)
        if name not in info.methods:
            if name in info.nodes:
                node = info.nodes[name]
                qualified = f"{info.name}.{name}"
                decorators = statements.decorator_names(node)
                info.methods[name] = FunctionInfo(node, info.path, info.chunk, qualified, info, decorators)
            else:
                for found in self._definitions(info, name):
                    if not any(decorator in {f"{name}.setter", f"{name}.deleter"} for decorator in found.decorators):
                        info.methods[name] = found
        return info.methods.get(name)

    def _definitions(self, info: ClassInfo, name: str) -> Iterator[FunctionInfo]:
        """Give the functions that a class defines under a name: a property has several."""
        for index in info.members.get(name, ()):
            chunk = self.source.table.chunks[index]
            found = self._function_info(chunk, info) if chunk.kind is ChunkKind.FUNCTION else None
            if found is not None:
                yield found

    def setter(self, info: ClassInfo, name: str, item: Item, depth: int = 0) -> Value | None:
        """Give the method (bound) that takes what is stored under the name of a property, or None."""
        if info.path != self.source.path:
            return self.home(info.path).setter(info, name, item, depth)
        if len(info.members.get(name, ())) > 1:
            for found in self._definitions(info, name):
                if f"{name}.setter" in found.decorators:
                    return (Item(Function(found, item)),)
        elif name not in info.members:
            for base in info.bases if self._has_setters() and depth < _MAXIMUM_BASES else ():
                parent = self.base_class(info, base)
                if parent is not None:
                    return self.setter(parent, name, item, depth + 1)
        return None

    def _has_setters(self) -> bool:
        """Tell whether any class that this module can meet has the setter of a property."""
        return any(machine.own_setters for machine in self._family.values())

    def decorated(self, function: Function, site: Site, state: State, frame: Frame) -> Value | None:
        """Give what decorators of the project make of a function, or None where none of them is one."""
        info = function.info
        if info not in self._decorators:
            self._decorators[info] = ()  # while they are evaluated
            self._decorators[info] = self._makers(function)
        makers = self._decorators[info]
        if not makers:
            return None
        state.heap.adopt(self.module_state.heap)
        made: Value = (Item(replace(function, receiver=None, bare=True)),)
        for maker in reversed(makers):
            made = self.call(maker, Arguments((Argument(made, None, ""),)), site, state, frame)
        if not all(isinstance(item.data, Function) for item in made):
            return None
        return tuple(
            replace(item, data=replace(item.data, receiver=function.receiver))
            if isinstance(item.data, Function) and not item.data.bare
            else replace(item, data=replace(function, bare=True))
            for item in made
        )

    def _makers(self, function: Function) -> tuple[Value, ...]:
        """Give the decorators of a function that are functions of the project, if any of them can matter."""
        info = function.info
        frame = replace(
            self._module_frame, chunk=info.chunk, returns=[], leaving=[], yields=[], closure=dict(function.closure)
        )
        makers = []
        for decorator in info.node.decorators if isinstance(info.node, cst.FunctionDef) else ():
            value = self.evaluate(decorator.decorator, self.module_state, frame)
            if len(value) == 1 and isinstance(value[0].data, Function):
                makers.append(value)
        relevant = self.is_relevant(info) or any(
            self.home(item.data.info.path).is_relevant(item.data.info)
            for value in makers
            for item in value
            if isinstance(item.data, Function)
        )
        return tuple(makers) if relevant else ()

    def _bind(self, method: FunctionInfo, item: Item, state: State, frame: Frame) -> Value:
        closure = method.owner.closure if method.owner is not None else ()
        if "staticmethod" in method.decorators:
            return (Item(Function(method, closure=closure)),)
        if "classmethod" in method.decorators:
            owner = method.owner
            receiver = item if isinstance(item.data, Class) or owner is None else Item(Class(owner))
            return (Item(Function(method, receiver, closure)),)
        bound = Function(method, None if isinstance(item.data, Class) else item, closure)
        if any(name.endswith("property") for name in method.decorators) and bound.receiver is not None:
            site = Site(self.source.location(method.chunk, method.node), None)
            return calls.call_function(self, bound, Arguments(), site, state, frame)
        return (Item(bound),)

    # the run

    def run(self, *, everything: bool = False) -> None:
        """Evaluate the module, then every selected function as an entry that anybody may call; raises OutOfFuel.

        With `everything` no chunk is left out.
        """
        chunks = self.source.table.chunks
        self.selected = self._select(everything=everything)
        for chunk in chunks:
            if not chunk.owner and chunk.index in self.selected and chunk.index not in self._done:
                self._run_chunk(chunk)
                if chunk.kind is ChunkKind.CLASS:
                    self.prepare_class(self._classes[chunk.name])
        environment.finish(self, self.module_state, self._module_frame)
        for chunk in chunks:
            if chunk.kind is ChunkKind.FUNCTION and chunk.index in self.selected:
                owner = self._classes.get(chunk.owner) if chunk.owner else None
                info = self._function_info(chunk, owner)
                if info is not None:
                    self._enter_function(Function(info), owner)
        entered: set[cst.CSTNode] = set()
        while self._inner.keys() - entered:
            for node, (function, flows, heap) in list(self._inner.items()):
                if node not in entered and node not in self.shared.called:
                    self._enter_function(function, function.info.owner, flows, heap)
                entered.add(node)

    def defined(self, function: Function, state: State, frame: Frame) -> None:
        """Remember a function defined inside another: if nobody calls it, it is an entry of its own."""
        if not self.shared.muted:
            self._inner.setdefault(function.info.node, (function, frame.flows, state.heap))

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
            requests.escape(self, value, after)
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
            state.names[name] = self._instance(owner, state)

    def _instance(self, info: ClassInfo, state: State) -> Value:
        if info not in self._summaries:
            self._summaries[info] = None
            self._summaries[info] = self._summarize(info)
        summary = self._summaries[info]
        attributes, heap = summary or ({}, Heap())
        state.heap.adopt(heap)
        return self.new(
            InstanceObject(info, attributes, open=True, shows_attributes=records.shows_attributes(self, info)), state
        )

    def _summarize(self, info: ClassInfo) -> tuple[dict[str, Value], Heap]:
        """Give what the methods of a class leave in the attributes of an instance: __init__ first, then any other."""
        self.shared.muted += 1
        try:
            state = self.module_state.fork()
            value = self.new(InstanceObject(info, {}, open=True), state)
            if records.is_record(self, info):
                fields = {name: unknown("field", f"{info.name}.{name}") for name in records.fields_of(self, info)}
                state.heap[calls.number_of(value)] = InstanceObject(info, fields, open=True)
            initializer = self.class_member(info, "__init__", value[0], state, self._module_frame)
            if initializer and isinstance(initializer[0].data, Function):
                info_ = initializer[0].data.info
                self.home(info_.path)._run_method(info_, value, state)  # noqa: SLF001 - another machine of its kind
            first = state.heap[calls.number_of(value)]
            attributes = dict(first.attributes) if isinstance(first, InstanceObject) else {}
            heap = state.heap.fork()
            merged = dict(attributes)
            for arm, (owner, name) in enumerate(self._methods_of(info), 1):
                changed, left = self.home(owner.path).stores_of(owner, name, value, state)
                for attribute, new in changed.items():
                    old = attributes.get(attribute)
                    if old == new:
                        continue
                    tags = self.shared.arm(("writer", info), arm)
                    before = merged.get(attribute)
                    if before is None and attribute in info.members:  # what the class says holds until then
                        merged[attribute] = union((tag(MISSING, self.shared.arm(("writer", info), 0)), tag(new, tags)))
                    elif before is None:
                        merged[attribute] = tag(new, tags)
                    else:
                        kept = tag(before, self.shared.arm(("writer", info), 0)) if before == old else before
                        merged[attribute] = union((kept, tag(new, tags)))
                heap.adopt(left)
            return merged, heap
        finally:
            self.shared.muted -= 1

    def _methods_of(self, info: ClassInfo, depth: int = 0) -> list[tuple[ClassInfo, str]]:
        """Give the members of a class and of its bases in the project."""
        found = [(info, name) for name in (*info.members, *info.nodes)]
        for base in info.bases if depth < 4 else ():
            parent = self.base_class(info, base)
            if parent is not None:
                found += [pair for pair in self._methods_of(parent, depth + 1) if pair[1] not in info.members]
        return found

    def stores_of(self, info: ClassInfo, name: str, value: Value, state: State) -> tuple[dict[str, Value], Heap]:
        """Give the attributes of an instance after one other method of a class of this module ran on it."""
        if name in info.members:
            index = info.members[name][-1]
            if self.source.table.chunks[index].kind is not ChunkKind.FUNCTION or not self._stores(index):
                return {}, Heap()
        if name == "__init__":
            return {}, Heap()
        method = self.method(info, name)
        if method is None or {"staticmethod", "classmethod"} & set(method.decorators):
            return {}, Heap()
        after = state.fork()
        after.alive = True
        after.heap.adopt(self.module_state.heap)
        self._run_method(method, value, after)
        obj = after.heap.get(calls.number_of(value))
        return (dict(obj.attributes) if isinstance(obj, InstanceObject) else {}), after.heap

    def _run_method(self, info: FunctionInfo, value: Value, state: State) -> None:
        closure = dict(info.owner.closure) if info.owner is not None else {}
        frame = Frame(info.chunk, (info.qualified_name,), function=info, owner=info.owner, closure=closure)
        outer = state.names
        state.names = calls.parameter_names(self, info, state, frame)
        ordered = (*info.node.params.posonly_params, *info.node.params.params)
        if ordered:
            state.names[ordered[0].name.value] = value
        self.shared.active.append(info)
        try:
            calls.run_function(self, info, state, frame, state)
        finally:
            self.shared.active.pop()
            state.names = outer
            state.alive = True
            state.branches = frozenset()

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
        self.shared.handlers += [(name, self.source.location(info.chunk, info.node)) for name in platforms[:1]]
        return tuple(platforms)


def _own_name(module: ModuleObject, name: str) -> str:
    """Give the name under which a function keeps what it has set in another module: no identifier is like it."""
    return f"{module.path}:{name}"
