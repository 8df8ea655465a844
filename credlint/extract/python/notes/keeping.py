"""What holds temporary credentials beyond the call that fetched them: candidates on the way, facts at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from credlint.catalogue.lasting import Lasting
from credlint.extract.python.domain import (
    Argument,
    Class,
    Const,
    DictObject,
    Function,
    FunctionInfo,
    InstanceObject,
    Name,
    Value,
)
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.notes import lives
from credlint.extract.python.notes.anew import is_set_anew
from credlint.extract.python.notes.nodes import inside, path_of, reads, targets_in
from credlint.extract.python.notes.perishable import Perishable, of_token, perishable
from credlint.extract.python.screen import ChunkKind
from credlint.extract.python.source import Source
from credlint.extract.python.state import State
from credlint.model.lasting import Keeper, Kept, LongLife
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import Role, Step


def note_assignment(machine: Machine, target: cst.BaseExpression, value: Value, state: State, frame: Frame) -> None:
    """Note what is stored where it stays: in the module, a class, an object, a mapping, the application."""
    if machine.shared.muted or machine.shared.test_context:
        return
    if all(isinstance(item.data, Const) for item in value):
        return
    holder = _holder(machine, target, state, frame)
    found = perishable(machine, value, state) if holder is not None else None
    if holder is not None and found is not None:
        keeper, name, steady = holder
        place = machine.place(target, frame)
        if keeper in {Keeper.MODULE, Keeper.CLASS} and is_set_anew(machine.source, name, frame):
            machine.shared.set_anew.add(place)
        _note(machine, keeper, name, place, found, frame, steady=steady)


def _holder(
    machine: Machine, target: cst.BaseExpression, state: State, frame: Frame
) -> tuple[Keeper, str, bool] | None:
    """Give what a target is part of, its name, and whether the holder is sure to live as long as the process."""
    match target:
        case cst.Name(value=name):
            if frame.is_module():
                return (Keeper.CLASS if frame.owner else Keeper.MODULE), name, True
            return (Keeper.MODULE, name, True) if name in frame.globals else None
        case cst.Attribute(attr=cst.Name(value=name)):
            return _of_attribute(machine, target, name, state, frame)
        case cst.Subscript(value=inner, slice=parts):
            named = any(isinstance(n, cst.SimpleString) for part in parts for n in inside(part))
            found = _holder_of_mapping(machine, inner, state, frame, named=named)
            return (Keeper.MAPPING, *found) if found is not None else None
        case _:
            return None


def _of_attribute(
    machine: Machine, target: cst.Attribute, name: str, state: State, frame: Frame
) -> tuple[Keeper, str, bool] | None:
    root = _root(target)
    value = _value_of(machine, root, state, frame)
    path = path_of(target)
    if any(isinstance(item.data, Class) for item in value) or ".__class__." in path:
        return Keeper.CLASS, path, True
    if _is_own(frame, root):
        if frame.function is None or frame.function.node_name() == "__init__" or not _is_lazy(machine, frame, path):
            return None
        return Keeper.INSTANCE, path, _is_steady(machine, frame)
    if _is_shared(machine, root, state, frame) and not _is_per_call(machine, value, path):
        return Keeper.APPLICATION, path, True
    return None


def _holder_of_mapping(
    machine: Machine, inner: cst.BaseExpression, state: State, frame: Frame, *, named: bool
) -> tuple[str, bool] | None:
    """Give the mapping that a target is an item of; under a name (`named`) an object keeps one thing, not a cache."""
    root = _root(inner)
    value = _value_of(machine, root, state, frame)
    if _is_per_call(machine, value, path_of(inner)):
        return None
    if isinstance(inner, cst.Name):
        local = root in state.names and root not in frame.globals
        return None if frame.is_module() or local else (root, True)
    if not isinstance(inner, cst.Attribute):
        return None
    if _is_own(frame, root) and frame.owner is not None:
        of_class = inner.attr.value in frame.owner.attributes or inner.attr.value in frame.owner.members
        return (path_of(inner), of_class or _is_steady(machine, frame)) if of_class or not named else None
    if any(isinstance(item.data, Class) for item in value):
        return path_of(inner), True
    return (path_of(inner), True) if _is_shared(machine, root, state, frame) else None


def _value_of(machine: Machine, name: str, state: State, frame: Frame) -> Value:
    return machine.lookup(name, state, frame) if name else ()


def _root(node: cst.BaseExpression) -> str:
    while isinstance(node, cst.Attribute):
        node = node.value
    return node.value if isinstance(node, cst.Name) else ""


def _is_own(frame: Frame, root: str) -> bool:
    """Tell whether a name is the receiver of the method that runs."""
    if frame.owner is None or frame.function is None or "classmethod" in frame.function.decorators:
        return False
    parameters = frame.function.node.params
    ordered = (*parameters.posonly_params, *parameters.params)
    return bool(ordered) and ordered[0].name.value == root


def _is_shared(machine: Machine, root: str, state: State, frame: Frame) -> bool:
    """Tell whether a name stands for something of the module that lives on, or for the application."""
    if not root:
        return False
    if root in machine.catalogue.lasting.application_names:
        return True
    return not frame.is_module() and root not in state.names and root not in frame.closure


def _is_per_call(machine: Machine, value: Value, path: str) -> bool:
    """Tell whether a path is something of one request, or the environment, which has its own rules."""
    names = machine.catalogue.lasting.per_call_objects | machine.catalogue.objects.keys()
    rest = path.partition(".")[1:]
    dotted = ["".join((item.data.dotted, *rest)) for item in value if isinstance(item.data, Name)]
    return any(one == name or one.startswith(f"{name}.") for one in dotted for name in names)


def _is_lazy(machine: Machine, frame: Frame, path: str) -> bool:
    """Tell whether a method asks for what it stores before it fetches it: it is there to be kept."""
    if frame.function is None:
        return False
    asked = machine.shared.asked_first
    if frame.function not in asked:
        asked[frame.function] = frozenset(
            path_of(node)
            for test in _tests(frame.function.node.body)
            for node in inside(test)
            if isinstance(node, cst.Attribute)
        )
    return path in asked[frame.function]


def _tests(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for inner in inside(node):
        if isinstance(inner, cst.If | cst.IfExp | cst.While):
            yield inner.test
        elif isinstance(inner, cst.BooleanOperation):
            yield inner.left


def _is_steady(machine: Machine, frame: Frame) -> bool:
    """Tell whether the module itself holds an object of the class at hand, or a framework makes it live long."""
    if frame.owner is None:
        return False
    table = machine.source.table
    name = frame.owner.name
    made = (c for c in table.chunks if c.kind is ChunkKind.STATEMENT and not c.owner and not lives.is_main_part(c))
    if any(name in chunk.mentions and chunk.binds for chunk in made):
        return True
    return any(lives.frameworks(machine.source, machine.catalogue.lasting.task_frameworks))


def note_default(machine: Machine, info: FunctionInfo, place: Location, name: str, value: Value, state: State) -> None:
    """Note a default argument: it is made once, when the function is defined."""
    if machine.shared.muted or machine.shared.test_context or _is_asked_for(machine, info, name):
        return
    found = perishable(machine, value, state)
    if found is not None:
        frame = Frame(info.chunk, (info.qualified_name,), function=info, owner=info.owner)
        _note(machine, Keeper.DEFAULT, name, place, found, frame)


def _is_asked_for(machine: Machine, info: FunctionInfo, name: str) -> bool:
    """Tell whether a framework gives the argument at each call: a default such as `Depends(make_client)`."""
    parameters = info.node.params
    every = (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params)
    default = next((one.default for one in every if one.name.value == name), None)
    if not isinstance(default, cst.Call) or not isinstance(default.func, cst.Name | cst.Attribute):
        return False
    called = machine.evaluate(default.func, machine.module_state, Frame(info.chunk, ()))
    known = machine.catalogue.callables
    return any(isinstance(item.data, Name) and item.data.dotted not in known for item in called)


def note_returns(machine: Machine, info: FunctionInfo, returned: Sequence[tuple[Value, State]], frame: Frame) -> None:
    """Note a cached function: what it returned once it returns for ever."""
    node = info.node
    if machine.shared.muted or machine.shared.test_context:
        return
    if not isinstance(node, cst.FunctionDef) or not info.decorators or not _caches(machine, info):
        return
    names = (p.name.value for p in (*node.params.params, *node.params.kwonly_params, *node.params.posonly_params))
    if any(not machine.catalogue.lasting.time_words.isdisjoint(lives.words_of(name)) for name in names):
        return
    for value, after in returned:
        found = perishable(machine, value, after)
        if found is not None:
            steady = not any(name.endswith("property") for name in info.decorators) or _is_steady(machine, frame)
            place = machine.place(node.name, frame)
            _note(machine, Keeper.CACHE, f"{info.qualified_name}()", place, found, frame, steady=steady)
            return


def _caches(machine: Machine, info: FunctionInfo) -> bool:
    known = machine.catalogue.lasting.cache_decorators
    for decorator in info.decorators:
        first, _, rest = decorator.partition(".")
        frame = Frame(info.chunk, ())
        for item in machine.lookup(first, machine.module_state, frame):
            if isinstance(item.data, Name) and ".".join(filter(None, (item.data.dotted, rest))) in known:
                return True
    return False


def note_closure(machine: Machine, function: Function, state: State, frame: Frame) -> None:
    """Note a decorated function inside another: it is handed to something that calls it later, with what it holds."""
    node = function.info.node
    if machine.shared.muted or machine.shared.test_context or not function.info.decorators:
        return
    used = {inner.value for inner in inside(node.body) if isinstance(inner, cst.Name)}
    for name, value in function.closure:
        found = perishable(machine, value, state) if name in used else None
        if found is not None and isinstance(node, cst.FunctionDef):
            _note(machine, Keeper.CLOSURE, name, machine.place(node.name, frame), found, frame)


def note_loop(machine: Machine, node: cst.For | cst.While, state: State, frame: Frame, *, always: bool) -> None:
    """Note what a loop without end, or one over the parts of an upload, uses in every round."""
    if machine.shared.muted or machine.shared.test_context:
        return
    endless = always and not _leaves(node.body)
    if endless and isinstance(node, cst.While):
        machine.shared.endless.append(machine.place(node.test, frame))
    mentions = machine.source.table.chunks[frame.chunk].mentions
    parts = not machine.catalogue.lasting.multipart_methods.isdisjoint(mentions)
    if not endless and not parts:
        return
    rebound = {path_of(target) for target in targets_in(node.body)}
    for used in _uses(machine, node.body, parts=not endless):
        path = path_of(used)
        if path in rebound or path.partition(".")[0] in rebound:
            continue
        found = perishable(machine, _peek(machine, used, state, frame), state)
        if found is None or (not found.proven and endless):
            continue
        keeper = Keeper.ENDLESS_LOOP if endless else Keeper.MULTIPART_LOOP
        place = found.made or machine.place(used, frame)
        _note(machine, keeper, path, place, found, frame, lives_=_loop_life(machine, node, frame))


def note_server(machine: Machine, environment: Argument, ports: Argument, state: State, frame: Frame) -> None:
    """Note the token in the environment of a container whose ports are open: it serves until it is stopped."""
    if machine.shared.muted or machine.shared.test_context or ports.location is None:
        return
    if any(isinstance(item.data, Const) or state.at(item) == DictObject({}) for item in ports.value):
        return
    for item in environment.value:
        obj = state.at(item)
        for name, value in obj.items.items() if isinstance(obj, DictObject) else ():
            variable = machine.catalogue.variable(str(name))
            place = obj.places.get(name, environment.location) if isinstance(obj, DictObject) else None
            found = of_token(value, state) if variable is not None and variable.role is Role.TOKEN else None
            if found is not None and place is not None:
                life = LongLife("a container with open ports serves until it is stopped", ports.location)
                _keep(machine, Keeper.CONTAINER, str(name), place, found, frame, (life,))


def _loop_life(machine: Machine, node: cst.For | cst.While, frame: Frame) -> tuple[LongLife, ...]:
    head = node.test if isinstance(node, cst.While) else node.iter
    return (LongLife("it is used in this loop", machine.place(head, frame)),)


def _is_exit(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Call) and path_of(node.func).rpartition(".")[2] in _EXITS


def _leaves(body: cst.CSTNode) -> bool:
    """Tell whether a loop ends by itself, other than after an exception."""
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, cst.Break | cst.Return | cst.Raise | cst.Yield) or _is_exit(node):
            return True
        if not isinstance(node, cst.ExceptHandler | cst.FunctionDef | cst.Lambda):
            waiting.extend(node.children)
    return False


def _uses(machine: Machine, body: cst.CSTNode, *, parts: bool) -> Iterator[cst.BaseExpression]:
    """Give the names, and attributes of names, that a loop calls something of; with `parts` to send a part only."""
    seen: set[str] = set()
    for node in inside(body):
        if not isinstance(node, cst.Call):
            continue
        called = node.func
        if parts and not (
            isinstance(called, cst.Attribute) and called.attr.value in machine.catalogue.lasting.multipart_methods
        ):
            continue
        used = [called.value if isinstance(called, cst.Attribute) else called]
        used += [] if parts else [argument.value for argument in node.args]
        for one in used:
            if isinstance(one, cst.Name | cst.Attribute) and path_of(one) not in seen and "?" not in path_of(one):
                seen.add(path_of(one))
                yield one


def _peek(machine: Machine, node: cst.BaseExpression, state: State, frame: Frame) -> Value:
    """Read a name or an attribute without running a property of ours."""
    match node:
        case cst.Name(value=name):
            return machine.lookup(name, state, frame)
        case cst.Attribute(value=inner, attr=cst.Name(value=name)):
            held = [state.at(item) for item in _peek(machine, inner, state, frame)]
            found = [obj.attributes[name] for obj in held if isinstance(obj, InstanceObject) and name in obj.attributes]
            return found[0] if found else ()
        case _:
            return ()


def _note(
    machine: Machine,
    keeper: Keeper,
    name: str,
    place: Location,
    found: Perishable,
    frame: Frame,
    *,
    steady: bool = True,
    lives_: tuple[LongLife, ...] = (),
) -> None:
    """Remember a candidate, unless code beside it looks at the time or renews; what lives long is known at the end."""
    table = machine.source.table
    lasting = machine.catalogue.lasting
    if lives.renews(table, _beside(machine, keeper, name, frame), lasting):
        return
    if keeper in {Keeper.MAPPING, Keeper.CLASS, Keeper.INSTANCE} and _is_guarded(machine, frame):
        lives_ = (*lives_, LongLife("several threads share it behind a lock", place))
    _keep(machine, keeper, name, place, found, frame, lives_)
    if steady:
        machine.shared.steady.add(place)


def _keep(
    machine: Machine,
    keeper: Keeper,
    name: str,
    place: Location,
    found: Perishable,
    frame: Frame,
    lives_: tuple[LongLife, ...],
) -> None:
    kept = Kept(
        keeper=keeper,
        name=name,
        source=found.source,
        location=found.origin if _is_fetched_here(machine, keeper, found, place, frame) else place,
        place=place,
        origin=found.origin,
        flows=frame.flows,
        certain=found.certain,
        proven=found.proven,
        copied=found.copied,
        steps=(*found.steps, Step(place, "kept here")),
        lives=lives_,
    )
    known = machine.shared.facts.kept.get(place)
    if known is None or (known.certain, len(known.lives)) < (kept.certain, len(kept.lives)):
        machine.shared.facts.kept[place] = kept


def _beside(machine: Machine, keeper: Keeper, name: str, frame: Frame) -> list[int]:
    """Give the statements that would renew what is kept: where it is kept, where it is read, the class around it."""
    table = machine.source.table
    beside = [frame.chunk]
    if keeper not in _LOOPS:
        beside += lives.users_of(table, name.removesuffix("()").rpartition(".")[2])
        if frame.owner is not None and frame.owner.path == machine.source.path:
            beside += table.chunks[frame.owner.chunk].members
    return beside


def _is_fetched_here(machine: Machine, keeper: Keeper, found: Perishable, place: Location, frame: Frame) -> bool:
    """Tell whether the credentials are fetched in the function, or the top level of the module, that keeps them.

    It is the one that makes the environment of a container, whoever starts this.
    """
    handed_over = any(handler.platform == found.source for handler in machine.catalogue.handlers)
    if found.origin.path != machine.source.path or handed_over:
        return False
    chunk = machine.source.table.chunks[found.origin.span.chunk]
    if keeper is Keeper.CONTAINER and place.path == found.origin.path and place.span.chunk == chunk.index:
        return True
    return chunk.index == frame.chunk or (frame.is_module() and chunk.kind is ChunkKind.STATEMENT)


def _is_guarded(machine: Machine, frame: Frame) -> bool:
    return lives.mentions_word(machine.source.table.chunks[frame.chunk], machine.catalogue.lasting.lock_words)


def settle(machine: Machine) -> None:
    """At the end of the module: say of what is kept why it lives long, and leave out what only seems to be kept."""
    shared = machine.shared
    lasting = shared.catalogue.lasting
    candidates = list(shared.facts.kept.values())
    shared.facts.kept.clear()
    if not candidates or lives.runs_once(machine.source.path, lasting):
        return
    signs = list(lives.frameworks(machine.source, lasting.frameworks))
    signs += [LongLife("this loop has no end", place) for place in shared.endless]
    handlers = [LongLife(f"the process of a {name} handler stays", place) for name, place in shared.handlers]
    for seen in candidates:
        source = machine.home(seen.place.path).source
        if seen.place in shared.set_anew or _only_seems_kept(seen, source, lasting):
            continue
        steady = seen.keeper not in _LOOPS and seen.place in shared.steady
        more = (*signs, *(() if seen.copied else handlers)) if steady else ()
        kept = replace(seen, lives=(*seen.lives, *more))
        if kept.lives or not (lives.is_main(source.table) or kept.copied):
            # what is made of one answer step by step is one thing
            known = shared.facts.kept.get(kept.location)
            if known is None or len(known.lives) < len(kept.lives):
                shared.facts.kept[kept.location] = kept


_EXITS = frozenset({"exit", "quit", "_exit"})
_AT_TOP = frozenset({Keeper.MODULE, Keeper.CLASS})
_LOOPS = frozenset({Keeper.ENDLESS_LOOP, Keeper.MULTIPART_LOOP})


def _only_seems_kept(kept: Kept, source: Source, lasting: Lasting) -> bool:
    """Tell whether nothing outlives the run: no function reads it, the module is a program, or is read anew."""
    if kept.keeper in _LOOPS:
        return False
    if kept.keeper in {*_AT_TOP, Keeper.DEFAULT} and lives.is_batch(source.table, lasting):
        return True
    if kept.keeper is not Keeper.MODULE:
        return False
    part = lives.is_main_part(source.table.chunks[kept.place.span.chunk])
    return part or not _is_read(source, kept.name)


def _is_read(source: Source, name: str) -> bool:
    """Tell whether a function or method reads a variable of its module."""
    users = (node for index in lives.users_of(source.table, name) for node in source.statements(index))
    return any(isinstance(node, cst.FunctionDef) and reads(node, name) for node in users)
