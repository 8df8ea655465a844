"""What names of a module stand for, within it and for those who import it: statements run when a name asks for them."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable

from credlint.extract.python.domain import (
    Class,
    Const,
    Function,
    Imported,
    Item,
    ModuleObject,
    Name,
    Value,
    tag,
    union,
    unknown,
)
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.modules import Found, Modules
from credlint.extract.python.notes import requests
from credlint.extract.python.screen import Chunk, ChunkKind
from credlint.extract.python.selection import only_imports
from credlint.extract.python.state import State
from credlint.model.patterns import pattern
from credlint.model.records import replace

_BUILTINS = frozenset(dir(builtins))
_GLOBAL = pattern(r"^[ \t]+global[ \t]+([^\n#;]+)", re.MULTILINE)


class Namespace:
    """The names of the module of one machine; `reach` gives that of another module, or None beyond the last hop.

    `binders` gives, per name, the chunks of the top level that bind it; `done` are the chunks that have run.
    """

    def __init__(self, machine: Machine, modules: Modules, reach: Callable[[Found], Namespace | None]) -> None:
        self._machine = machine
        self._source = machine.source
        self._shared = machine.shared
        self._catalogue = machine.catalogue
        self._modules = modules
        self._reach = reach
        self.state = machine.module_state
        self.binders: dict[str, list[int]] = {}
        self.done: set[int] = set()
        self._running: set[int] = set()
        self._bound_late: dict[str, Value] = {}
        self._set_late: frozenset[str] | None = None
        self._asked: set[str] = set()
        self._whole: set[str] = set()
        chunks = self._source.table.chunks
        for chunk in chunks:
            if not chunk.owner:
                for name in chunk.binds:
                    self.binders.setdefault(name, []).append(chunk.index)
        self._resolved: dict[Value, Value] = {}
        self._stars = tuple(
            imported for chunk in chunks if not chunk.owner for imported in chunk.imports if imported.bound == "*"
        )
        self._loaded = frozenset(
            imported.loaded
            for chunk in chunks
            for imported in (*chunk.imports, *chunk.inner_imports)
            if imported.loaded
        )

    def lookup(self, name: str, state: State, frame: Frame) -> Value:
        """Give what a name stands for here."""
        for names in (state.names, frame.closure):
            if name in names:
                return self._resolve(names[name], state)
        if name in self.state.names:
            value = self.state.names[name]
            if any(isinstance(item.data, Imported) for item in value):
                if value not in self._resolved:
                    self._resolved[value] = self._resolve(value, self.state)
                # the names stay as they are: arms of the module that run now have copies of them
                value = self._resolved[value]
                if not all(isinstance(item.data, Name | ModuleObject) for item in value):  # those point to no object
                    state.heap.adopt(self.state.heap)
            return value
        if name in self.binders:
            value = self._resolve(self._resolve_global(name), self.state)
            state.heap.adopt(self.state.heap)
            return value
        starred = self._starred(name, state) if self._stars else None
        if starred is not None:
            return starred
        return (Item(Name(name)),) if name in _BUILTINS else unknown("unresolved name", name)

    def _resolve_global(self, name: str) -> Value:
        """Run the statements that bind a name of the module, when they have not run yet."""
        for index in self.binders[name]:
            if index not in self.done and index not in self._running:
                chunk = self._source.table.chunks[index]
                self.run_chunk(chunk)
                names = self.state.names
                self._bound_late.update({bound: names[bound] for bound in chunk.binds if bound in names})
        # what was bound while an arm of the module ran is not in the state that the arms were joined to
        return self.state.names.get(name) or self._bound_late.get(name) or unknown("name not bound yet", name)

    def run_chunk(self, chunk: Chunk) -> None:
        """Run one top-level chunk in the state of the module."""
        self._shared.followed = 0
        self._running.add(chunk.index)
        names = self.state.names
        if only_imports(chunk, self._catalogue):
            for imported in chunk.imports:
                item = Item(Imported(self._source.path, imported.level, imported.target, whole=imported.whole))
                names[imported.bound] = (item,)
        elif chunk.kind is ChunkKind.CLASS:
            names[chunk.name] = (Item(Class(self._machine.classes[chunk.name])),)
        elif chunk.kind is ChunkKind.FUNCTION:
            info = self._machine.function_info(chunk, None)
            names[chunk.name] = (Item(Function(info)),) if info else unknown("function that cannot be read", chunk.name)
        else:
            frame = replace(self._machine.module_frame, chunk=chunk.index, returns=[], leaving=[], yields=[])
            state = self.state
            with self._machine.guarded(chunk.index):
                self._machine.run_block(self._source.statements(chunk.index), state, frame)
            state.alive = True
            state.branches = frozenset()
        self._running.discard(chunk.index)
        self.done.add(chunk.index)

    def _resolve(self, value: Value, state: State) -> Value:
        """Find out what imported names are."""
        for item in value:
            if isinstance(item.data, Imported):
                break
        else:
            return value
        return union(
            tag(self._machine.home(item.data.of).imported(item.data, state), item.branches)
            if isinstance(item.data, Imported)
            else (item,)
            for item in value
        )

    def imported(self, name: Imported, state: State) -> Value:
        """Give what an import of this module binds: something of the project, or a dotted name."""
        plain: Value = (Item(Name("." * name.level + name.dotted)),)
        if not name.level and name.dotted in self._catalogue.callables:
            return plain
        module = self._modules.find(self._source.path, name.level, name.dotted)
        if name.whole:
            return plain if module is None else (Item(ModuleObject(module.path, module.dotted)),)
        owner, _, last = name.dotted.rpartition(".")
        if owner or name.level:
            package = self._modules.find(self._source.path, name.level, owner)
            if package is not None:
                if f"{package.dotted}.{last}" in self._catalogue.callables:
                    return (Item(Name(f"{package.dotted}.{last}")),)
                other = self._reach(package)
                found = other.exported(last, state) if other is not None and other is not self else None
                if found is not None:
                    return found
        return plain if module is None else (Item(ModuleObject(module.path, module.dotted)),)

    def member(self, module: ModuleObject, name: str, state: State) -> Value:
        """Give what a name of a module of the project stands for; the catalogue's own names come first."""
        dotted = f"{module.dotted}.{name}"
        if dotted in self._catalogue.callables:
            return (Item(Name(dotted)),)
        if (own := _own_name(module, name)) in state.names:
            return state.names[own]
        other = self._reach(Found(module.path, module.dotted))
        found = other.exported(name, state) if other is not None else None
        if found is not None:
            return found
        inner = self._modules.find(module.path, 1, name) if module.path.endswith("__init__.py") else None
        return (Item(ModuleObject(inner.path, dotted)),) if inner is not None else unknown("name of a module", dotted)

    def submodule(self, item: Item) -> Item:
        """Give the module of the project that a dotted name means where `import a.b` loaded it, or the name."""
        dotted = item.data.dotted if isinstance(item.data, Name) else ""
        if not any(loaded == dotted or loaded.startswith(f"{dotted}.") for loaded in self._loaded):
            return item
        module = self._modules.find(self._source.path, 0, dotted)
        return item if module is None else replace(item, data=ModuleObject(module.path, module.dotted))

    def assign_member(self, module: ModuleObject, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind a name of a module of the project from outside it: at the top level for certain, else on a branch."""
        other = self._reach(Found(module.path, module.dotted))
        if other is None:
            return
        other.exported(name, state)
        other.binders.setdefault(name, [])
        if frame.is_module() and not state.branches:
            requests.escape(self._machine, value, state)
            other.state.heap.update(state.heap)
            other.state.names[name] = value
        else:
            state.names[_own_name(module, name)] = value
            other.assign_global(name, value, state, frame)

    def exported(self, name: str, state: State) -> Value | None:
        """Give what a name of this module is for those who import it, or None when the module does not bind it."""
        if name in self.binders:
            value = self._finished(name)
            state.heap.adopt(self.state.heap)
            return value
        return self._starred(name, state)

    def _finished(self, name: str) -> Value:
        """Run all statements of the module that bind or change a name, silently: this file's own run tells of them."""
        self._shared.muted += 1
        followed = self._shared.followed
        try:
            for chunk in self._source.table.chunks if name not in self._whole else ():
                if chunk.owner or chunk.index in self.done or chunk.index in self._running:
                    continue
                if name in chunk.binds or (chunk.kind is ChunkKind.STATEMENT and name in chunk.touches):
                    self.run_chunk(chunk)
            self._whole.add(name)
        finally:
            self._shared.muted -= 1
            self._shared.followed = followed
        value = self._resolve(self._resolve_global(name), self.state)
        if name in self._late_globals():
            # what it begins as is not what it is when others read it
            later = tuple(item for item in value if not isinstance(item.data, Const))
            return union((later, unknown("set by a function of the module", f"{self._source.path}.{name}")))
        return value

    def _late_globals(self) -> frozenset[str]:
        """Give the names that functions of the module declare global."""
        if self._set_late is None:
            text = "\n".join(self._source.table.lines)
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
            module = self._modules.find(self._source.path, imported.level, owner)
            other = self._reach(module) if module is not None else None
            if other is not None and other is not self and not name.startswith("_"):
                found = other.exported(name, state)
                if found is not None:
                    return found
        return None

    def assign_global(self, name: str, value: Value, state: State, frame: Frame) -> None:
        """Bind a name of the module from inside a function."""
        assign_shared(self._machine, self.state.names, name, value, state, frame)


def assign_shared(
    machine: Machine, names: dict[str, Value], name: str, value: Value, state: State, frame: Frame
) -> None:
    """Bind, among names that several functions may set, what one of them sets: an alternative of its own."""
    requests.escape(machine, value, state)
    machine.module_state.heap.update(state.heap)
    # what one function sets belongs together; what stood there before is another alternative
    writer = machine.shared.writers.setdefault((frame.function, frame.calls), len(machine.shared.writers) + 1)
    before, after = machine.shared.arm("globals", 0), machine.shared.arm("globals", writer)
    decision = next(iter(before))[0]
    old = tuple(
        item if any(taken == decision for taken, _ in item.branches) else item.tagged(before)
        for item in names.get(name, ())
    )
    names[name] = union((old, tag(value, after)))


def _own_name(module: ModuleObject, name: str) -> str:
    """Give the name under which a function keeps what it has set in another module: no identifier is like it."""
    return f"{module.path}:{name}"
