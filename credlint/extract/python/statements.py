"""What statements do to a state: bindings, branches, loops, exceptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import libcst as cst

from credlint.extract.python.builtin_calls import update_environment
from credlint.extract.python.domain import (
    MISSING,
    Answer,
    Class,
    ClassInfo,
    Const,
    Function,
    FunctionInfo,
    Imported,
    Item,
    ListObject,
    Ref,
    Value,
    constant,
    unknown,
)
from credlint.extract.python.expressions import binary, bind_call, splat
from credlint.extract.python.holders import annotated
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.narrowing import condition_key, narrow
from credlint.extract.python.notes import environment, fallbacks, keeping, retries
from credlint.extract.python.objects import explode, is_environment, read_item, store_attribute, store_item
from credlint.extract.python.patterns import match_pattern
from credlint.extract.python.records import note_field
from credlint.extract.python.sequences import bind_target, elements_of, iterate, sliced
from credlint.extract.python.source import Statement
from credlint.extract.python.state import State, join

_BINARY: dict[type[cst.BaseAugOp], Callable[[], cst.BaseBinaryOp]] = {
    cst.AddAssign: cst.Add,
    cst.SubtractAssign: cst.Subtract,
    cst.MultiplyAssign: cst.Multiply,
    cst.DivideAssign: cst.Divide,
    cst.FloorDivideAssign: cst.FloorDivide,
    cst.ModuloAssign: cst.Modulo,
    cst.BitOrAssign: cst.BitOr,
}


def run_block(machine: Machine, statements: Sequence[Statement], state: State, frame: Frame) -> None:
    """Run statements in order until the state is no longer alive."""
    for statement in statements:
        if not state.alive:
            return
        machine.shared.spend()
        machine.shared.clock += 1
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if state.alive:
                    _small(machine, small, state, frame)
        else:
            _compound(machine, statement, state, frame)


def _body(block: cst.BaseSuite) -> Sequence[Statement]:
    if isinstance(block, cst.IndentedBlock):
        return [node for node in block.body if isinstance(node, Statement)]
    if isinstance(block, cst.SimpleStatementSuite):
        return [cst.SimpleStatementLine(body=block.body)]
    return ()


def _small(machine: Machine, node: cst.BaseSmallStatement, state: State, frame: Frame) -> None:
    match node:
        case cst.Assign(targets=targets, value=inner):
            value = machine.evaluate(inner, state, frame)
            for target in targets:
                assign(machine, target.target, value, state, frame)
        case cst.AnnAssign(
            target=target, annotation=cst.Annotation(annotation=annotation), value=cst.BaseExpression() as inner
        ):
            value = machine.evaluate(inner, state, frame)
            assign(machine, target, annotated(machine, value, annotation, state, frame), state, frame)
        case cst.AugAssign(target=target, operator=operation, value=inner):
            _augmented(machine, target, operation, inner, state, frame)
        case cst.Expr(value=inner):
            machine.evaluate(inner, state, frame)
        case cst.Return(value=inner):
            value = machine.evaluate(inner, state, frame) if inner is not None else constant(None)
            fallbacks.note_use(machine, value, state)
            frame.returns.append((value, state.fork()))
            state.alive = False
        case cst.Raise(exc=inner):
            if inner is not None:
                machine.evaluate(inner, state, frame)
            state.alive = False
        case cst.Break() | cst.Continue():
            if frame.leaving:
                frame.leaving[-1].append(state.fork())
            state.alive = False
        case cst.Assert(test=test):
            narrow(machine, test, state, frame, holds=True)
        case cst.Import() | cst.ImportFrom():
            _import(machine, node, state)
        case cst.Global(names=names) | cst.Nonlocal(names=names):
            outer = frame.globals if isinstance(node, cst.Global) else frame.nonlocals
            outer.update(item.name.value for item in names)
        case cst.Del(target=cst.Name(value=name)):
            state.names.pop(name, None)
        case cst.Del(target=cst.Subscript() as target):
            _forget(machine, target, state, frame)
        case _:
            pass


def _forget(machine: Machine, target: cst.Subscript, state: State, frame: Frame) -> None:
    """`del os.environ["X"]` and the like: from here on the key is not there."""
    if len(target.slice) == 1 and isinstance(target.slice[0].slice, cst.Index):
        holder = changeable(machine, target.value, state, frame)
        keys = machine.evaluate(target.slice[0].slice.value, state, frame)
        store_item(machine, holder, keys, MISSING, machine.place(target, frame), state)


def _import(machine: Machine, node: cst.Import | cst.ImportFrom, state: State) -> None:
    """Bind imported names; what they are is found out when somebody asks."""
    if isinstance(node.names, cst.ImportStar):
        return
    path = machine.source.path
    if isinstance(node, cst.Import):
        for alias in node.names:
            dotted = _dotted(alias.name)
            bound = _alias(alias) or dotted.partition(".")[0]
            state.names[bound] = (Item(Imported(path, 0, dotted if _alias(alias) else bound, whole=True)),)
        return
    module = _dotted(node.module) + "." if node.module else ""
    for alias in node.names:
        name = _dotted(alias.name)
        state.names[_alias(alias) or name] = (Item(Imported(path, len(node.relative), f"{module}{name}", whole=False)),)


def _alias(alias: cst.ImportAlias) -> str:
    return alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else ""


def _dotted(node: cst.BaseExpression) -> str:
    match node:
        case cst.Name(value=name):
            return name
        case cst.Attribute(value=inner, attr=cst.Name(value=name)):
            return f"{_dotted(inner)}.{name}"
        case _:
            return "?"


def assign(machine: Machine, target: cst.BaseExpression, value: Value, state: State, frame: Frame) -> None:
    """Bind a target: name, attribute, item, or a tuple of them."""
    keeping.note_assignment(machine, target, value, state, frame)
    match target:
        case cst.Name(value=name):
            state.names[name] = value
            if name in frame.globals:
                machine.assign_global(name, value, state, frame)
        case cst.Attribute(value=inner, attr=cst.Name(value=name)):
            fallbacks.note_use(machine, value, state)
            holder = machine.evaluate(inner, state, frame)
            store_attribute(machine, holder, name, value, machine.place(target, frame), state, frame)
        case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            holder = changeable(machine, inner, state, frame)
            keys = machine.evaluate(key, state, frame)
            place = machine.place(target, frame)
            store_item(machine, holder, keys, value, place, state)
            environment.stored(machine, holder, keys, value, place, state, frame)
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            _unpack(machine, target, elements, value, state, frame)
        case _:
            pass


def changeable(machine: Machine, node: cst.BaseExpression, state: State, frame: Frame) -> Value:
    """Evaluate what is about to be changed: a name that stands for an answer stands for a dict from here on."""
    holder: Value = ()
    keys: Value = ()
    match node:
        case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index(value=key))]):
            holder = changeable(machine, inner, state, frame)
            keys = machine.evaluate(key, state, frame)
            value = read_item(machine, holder, keys, machine.place(node, frame), state, frame)
        case _:
            value = machine.evaluate(node, state, frame)
    if not any(isinstance(item.data, Answer) for item in value):
        return value
    value = explode(machine, value, state)
    match node:
        case cst.Name(value=name):
            state.names[name] = value
        case cst.Subscript():
            store_item(machine, holder, keys, value, machine.place(node, frame), state)
        case cst.Attribute(value=inner, attr=cst.Name(value=name)):
            holder = machine.evaluate(inner, state, frame)
            store_attribute(machine, holder, name, value, machine.place(node, frame), state, frame)
        case _:
            pass
    return value


def _unpack(
    machine: Machine,
    target: cst.BaseExpression,
    elements: Sequence[cst.BaseElement],
    value: Value,
    state: State,
    frame: Frame,
) -> None:
    place = machine.place(target, frame)
    starred = next((i for i, e in enumerate(elements) if isinstance(e, cst.StarredElement)), None)
    for index, element in enumerate(elements):
        if starred is not None and index == starred:
            part = sliced(value, index, len(elements) - index - 1, machine, state)
            assign(machine, element.value, part, state, frame)
            continue
        position = index if starred is None or index < starred else index - len(elements)
        part = read_item(machine, value, constant(position), place, state, frame)
        assign(machine, element.value, part, state, frame)


def _augmented(
    machine: Machine,
    target: cst.BaseExpression,
    operation: cst.BaseAugOp,
    inner: cst.BaseExpression,
    state: State,
    frame: Frame,
) -> None:
    right = machine.evaluate(inner, state, frame)
    kind = _BINARY.get(type(operation))
    if isinstance(operation, cst.BitOrAssign):
        for item in machine.evaluate(target, state, frame):
            if isinstance(item.data, Ref):
                merge_into(machine, item, right, state, frame)
            elif is_environment(machine.catalogue, item):
                update_environment(machine, [right], machine.place(inner, frame), state, frame)
        return
    value = binary(machine, kind(), target, right, state, frame) if kind else unknown("augmented assignment")
    assign(machine, target, value, state, frame)


def merge_into(machine: Machine, item: Item, other: Value, state: State, frame: Frame) -> None:
    """`d |= other` and `d.update(other)`."""
    items: dict[str | int, Value] = {}
    opened, _ = splat(machine, other, items, state, frame)
    machine.merge(item, items, state, opened=opened)


def _compound(machine: Machine, node: cst.BaseCompoundStatement, state: State, frame: Frame) -> None:
    match node:
        case cst.If():
            _if(machine, node, state, frame)
        case cst.For():
            _for(machine, node, state, frame)
        case cst.While():
            _while(machine, node, state, frame)
        case cst.Try() | cst.TryStar():
            _try(machine, node, state, frame)
        case cst.With(items=items, body=body):
            rejects = any(_is_rejection(machine, item.item) for item in items)
            outside = state.environment
            patched = [_patch(machine, item.item, state, frame) for item in items]
            for item in items:
                value = machine.enter(machine.evaluate(item.item, state, frame), state, frame)
                if item.asname is not None:
                    assign(machine, item.asname.name, value, state, frame)
            machine.shared.muted += rejects
            run_block(machine, _body(body), state, frame)
            machine.shared.muted -= rejects
            if any(patched):
                state.environment = outside
        case cst.FunctionDef(name=cst.Name(value=name)):
            state.names[name] = define_function(machine, node, state, frame)
        case cst.ClassDef(name=cst.Name(value=name)):
            state.names[name] = _define_class(machine, node, state, frame)
        case cst.Match():
            _match(machine, node, state, frame)
        case _:
            pass


def _is_rejection(machine: Machine, node: cst.BaseExpression) -> bool:
    """Recognise a block in which an error is expected (`pytest.raises`): what is wrong there is meant to be."""
    return isinstance(node, cst.Call) and _dotted(node.func).rpartition(".")[2] in machine.catalogue.rejections


def _patch(machine: Machine, node: cst.BaseExpression, state: State, frame: Frame) -> bool:
    """Run `patch.dict(os.environ, {...})`, which holds in its block only; tell whether it was one."""
    if not isinstance(node, cst.Call) or not _dotted(node.func).endswith("patch.dict"):
        return False
    arguments = bind_call(machine, node, state, frame)
    given = list(arguments.positional)
    target = given[0].value if given else ()
    named = len(target) == 1 and isinstance(target[0].data, Const) and target[0].data.value in machine.catalogue.objects
    if not named and not any(is_environment(machine.catalogue, item) for item in target):
        return False
    items: dict[str | int, Value] = {}
    for argument in given[1:2]:
        splat(machine, argument.value, items, state, frame)
    items.update({name: argument.value for name, argument in arguments.keywords.items()})
    place = machine.place(node, frame)
    state.environment = {**state.environment, **{str(name): (value, place) for name, value in items.items()}}
    return True


def decorator_names(node: cst.FunctionDef | cst.ClassDef) -> tuple[str, ...]:
    """Give the dotted names of the decorators."""
    return tuple(
        _dotted(d.decorator.func if isinstance(d.decorator, cst.Call) else d.decorator) for d in node.decorators
    )


def define_function(machine: Machine, node: cst.FunctionDef, state: State, frame: Frame) -> Value:
    """Bind a function defined inside another."""
    outer = frame.function.qualified_name + "." if frame.function else ""
    info = FunctionInfo(
        node, machine.source.path, frame.chunk, outer + node.name.value, frame.owner, decorator_names(node)
    )
    closure = () if frame.is_module() else tuple({**frame.closure, **state.names}.items())
    function = Function(info, closure=closure, scope=frame.number)
    for name in _nonlocal_names(machine, node, frame):
        # whoever calls it later may have set it by then
        kept = tuple(item for item in state.names.get(name, ()) if not isinstance(item.data, Const))
        state.names[name] = kept or unknown("set by a function inside", f"{info.qualified_name}.{name}")
    machine.defined(function, state, frame)
    keeping.note_closure(machine, function, state, frame)
    return (Item(function),)


def _nonlocal_names(machine: Machine, node: cst.FunctionDef, frame: Frame) -> list[str]:
    """Give the names that a function declares nonlocal, which it does at the top of its body."""
    if not machine.source.holds(frame.chunk, "nonlocal"):
        return []
    simple = [small for line in _body(node.body) if isinstance(line, cst.SimpleStatementLine) for small in line.body]
    return [item.name.value for small in simple if isinstance(small, cst.Nonlocal) for item in small.names]


def _define_class(machine: Machine, node: cst.ClassDef, state: State, frame: Frame) -> Value:
    info = ClassInfo(
        node.name.value, machine.source.path, frame.chunk, tuple(_dotted(b.value) for b in node.bases), (), {}, {}
    )
    info.decorators = decorator_names(node)
    info.evaluated = True
    info.closure = () if frame.is_module() else tuple({**frame.closure, **state.names}.items())
    for statement in _body(node.body):
        if isinstance(statement, cst.FunctionDef):
            info.nodes[statement.name.value] = statement
        else:
            inner = state.fork()
            within = replace(frame, closure={**frame.closure, **state.names})
            class_statement(machine, info, statement, inner, within)
            state.heap.update(inner.heap)
    for name in info.nodes:
        method = machine.method(info, name)
        if method is not None:
            machine.defined(Function(method, closure=info.closure), state, frame)
    return (Item(Class(info)),)


def class_statement(machine: Machine, info: ClassInfo, statement: Statement, state: State, frame: Frame) -> None:
    """Run a statement of a class body in the scope of the class; what it binds are attributes, or fields."""
    state.names = dict(info.attributes)
    run_block(machine, [statement], state, frame)
    simple = isinstance(statement, cst.SimpleStatementLine)
    for name, value in state.names.items():
        # a method defined in an arm would need its receiver
        if simple or not any(isinstance(item.data, Function) for item in value):
            info.attributes[name] = value
    for small in statement.body if isinstance(statement, cst.SimpleStatementLine) else ():
        note_field(machine, info, small, state, frame)


def _if(machine: Machine, node: cst.If, state: State, frame: Frame) -> None:
    key = condition_key(machine, node, node.test, state, frame)
    machine.evaluate(node.test, state, frame)
    arms = []
    for index, holds in enumerate((True, False)):
        arm = state.fork()
        narrow(machine, node.test, arm, frame, holds=holds)
        branch = machine.shared.arm(key, index)
        if arm.alive:
            arm.branches |= branch
            if holds:
                run_block(machine, _body(node.body), arm, frame)
            elif isinstance(node.orelse, cst.If):
                _if(machine, node.orelse, arm, frame)
            elif node.orelse is not None:
                run_block(machine, _body(node.orelse.body), arm, frame)
        arms.append((arm, branch | (arm.branches - state.branches)))
    state.become(join(state, arms))


def _loop(machine: Machine, node: cst.For | cst.While, state: State, frame: Frame, *, certain: bool) -> bool:
    """Run a body twice (what one round leaves the next one sees) and join with not running it at all.

    Tells whether `break` or `continue` was seen.
    """
    jumps = False
    key = (node, frame.calls)
    before = state.fork()
    for _ in range(2):
        frame.leaving.append([])
        frame.rolling += 1
        inside = state.fork()
        branch = machine.shared.arm(key, 1)
        if isinstance(node, cst.For):
            each = iterate(machine, machine.evaluate(node.iter, inside, frame), inside)
            bind_target(machine, node.target, each, inside, frame)
        else:
            narrow(machine, node.test, inside, frame, holds=True)
        if inside.alive:
            run_block(machine, _body(node.body), inside, frame)
        frame.rolling -= 1
        left = [(other, machine.shared.arm(key, 2 + index)) for index, other in enumerate(frame.leaving.pop())]
        jumps = jumps or bool(left)
        arms = [(inside, branch), *left]
        if not certain:
            arms.append((before.fork(), machine.shared.arm(key, 0)))
        merged = join(before, arms)
        if not merged.alive:
            state.become(merged)
            return jumps
        merged.branches = before.branches
        state.become(merged)
    if node.orelse is not None and state.alive:
        run_block(machine, _body(node.orelse.body), state, frame)
    return jumps


_MAXIMUM_UNROLLED = 6


def _unrolled(machine: Machine, node: cst.For, elements: Sequence[Value] | None, state: State, frame: Frame) -> bool:
    """Run a loop over a few known names round by round; tell whether it was one, without break and continue."""
    if not elements or len(elements) > _MAXIMUM_UNROLLED or not all(_is_name(each, state) for each in elements):
        return False
    before = state.fork()
    for each in elements:
        frame.leaving.append([])
        bind_target(machine, node.target, each, state, frame)
        run_block(machine, _body(node.body), state, frame)
        if frame.leaving.pop() or not state.alive:
            state.become(before)
            return False
    if node.orelse is not None:
        run_block(machine, _body(node.orelse.body), state, frame)
    return True


def _is_name(value: Value, state: State) -> bool:
    """Tell whether an element is a constant, or a row that begins with one."""
    obj = state.only(value)
    first = obj.items[0] if isinstance(obj, ListObject) and obj.items else value
    return len(first) == 1 and isinstance(first[0].data, Const)


def _for(machine: Machine, node: cst.For, state: State, frame: Frame) -> None:
    iterable = machine.evaluate(node.iter, state, frame)
    obj = state.only(iterable)
    keeping.note_loop(machine, node, state, frame, always=False)
    mark = retries.mark(machine)
    if not _unrolled(machine, node, elements_of(iterable, state), state, frame):
        _loop(machine, node, state, frame, certain=isinstance(obj, ListObject) and bool(obj.items) and not obj.open)
    retries.note_loop(machine, node, mark, state, frame)


def _while(machine: Machine, node: cst.While, state: State, frame: Frame) -> None:
    test = machine.evaluate(node.test, state, frame)
    always = len(test) == 1 and isinstance(test[0].data, Const) and bool(test[0].data.value)
    keeping.note_loop(machine, node, state, frame, always=always)
    mark = retries.mark(machine)
    jumps = _loop(machine, node, state, frame, certain=always)
    retries.note_loop(machine, node, mark, state, frame)
    if not jumps and state.alive and node.orelse is None:
        after = state.fork()
        narrow(machine, node.test, after, frame, holds=False)
        if after.alive:  # two rounds may be too few for a counter
            state.become(after)


def _try(machine: Machine, node: cst.Try | cst.TryStar, state: State, frame: Frame) -> None:
    key = (node, frame.calls)
    before = state.fork()
    known = len(machine.shared.sources)
    run_block(machine, _body(node.body), state, frame)
    sources = machine.shared.sources[known:]
    if state.alive and node.orelse is not None:
        run_block(machine, _body(node.orelse.body), state, frame)
    arms = [(state.fork(), machine.shared.arm(key, 0))]
    # a handler starts from somewhere inside the body: what held before, or what the body had done by then
    inside = join(
        before,
        [(before.fork(), machine.shared.arm((key, "in"), 0)), (state.fork(), machine.shared.arm((key, "in"), 1))],
    )
    inside = before.fork() if not inside.alive else inside
    inside.branches = before.branches
    handlers: Sequence[cst.ExceptHandler | cst.ExceptStarHandler] = node.handlers
    for index, handler in enumerate(handlers, 1):
        arm = inside.fork()
        branch = machine.shared.arm(key, index)
        machine.shared.exceptional |= branch
        fallbacks.note_failure(machine, handler, branch, sources)
        arm.branches |= branch
        if handler.name is not None and isinstance(handler.name.name, cst.Name):
            arm.names[handler.name.name.value] = unknown("exception")
        run_block(machine, _body(handler.body), arm, frame)
        fallbacks.note_handled(machine, handler, (before, state, arm), sources, frame)
        arms.append((arm, branch | (arm.branches - state.branches)))
    state.become(join(before, arms))
    if node.finalbody is not None:
        alive = state.alive
        state.alive = True
        run_block(machine, _body(node.finalbody.body), state, frame)
        state.alive = state.alive and alive


def _match(machine: Machine, node: cst.Match, state: State, frame: Frame) -> None:
    left = machine.evaluate(node.subject, state, frame)
    key = (node, frame.calls)
    arms = []
    cases: Sequence[cst.MatchCase] = node.cases
    for index, case in enumerate(cases):
        arm = state.fork()
        branch = machine.shared.arm(key, index)
        taken, rest, bound = match_pattern(machine, case.pattern, left, arm, frame)
        if not taken:
            continue
        if len(taken) < len(left):
            arm.branches |= frozenset.intersection(*(item.branches for item in taken))
        arm.branches |= branch
        arm.names.update(bound)
        if isinstance(node.subject, cst.Name) and node.subject.value in arm.names:
            arm.names[node.subject.value] = taken
        if case.guard is not None:
            narrow(machine, case.guard, arm, frame, holds=True)
        else:
            left = rest
        if arm.alive:
            run_block(machine, _body(case.body), arm, frame)
        arms.append((arm, branch | (arm.branches - state.branches)))
        if not left:
            break
    if left:
        arms.append((state.fork(), machine.shared.arm(key, len(node.cases))))
    state.become(join(state, arms))
