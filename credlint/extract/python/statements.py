"""What statements do to a state: bindings, branches, loops, exceptions."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from credlint.extract.python.assigning import assign, augment, forget
from credlint.extract.python.control import block_of, run_for, run_if, run_match, run_try, run_while
from credlint.extract.python.domain import (
    Class,
    ClassInfo,
    Const,
    Function,
    FunctionInfo,
    Imported,
    Item,
    Value,
    constant,
    unknown,
)
from credlint.extract.python.expressions import bind_call
from credlint.extract.python.holders import annotated
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.mappings import splat
from credlint.extract.python.narrowing import narrow
from credlint.extract.python.notes import environment, fallbacks, keeping
from credlint.extract.python.objects import is_environment
from credlint.extract.python.records import note_field
from credlint.extract.python.source import Statement
from credlint.extract.python.state import State
from credlint.model.records import replace


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
            augment(machine, target, operation, inner, state, frame)
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
            forget(machine, target, state, frame)
        case _:
            pass


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


def _compound(machine: Machine, node: cst.BaseCompoundStatement, state: State, frame: Frame) -> None:
    match node:
        case cst.If():
            run_if(machine, node, state, frame)
        case cst.For():
            run_for(machine, node, state, frame)
        case cst.While():
            run_while(machine, node, state, frame)
        case cst.Try() | cst.TryStar():
            run_try(machine, node, state, frame)
        case cst.With(items=items, body=body):
            rejects = any(_is_rejection(machine, item.item) for item in items)
            outside = state.environment
            patched = [patch(machine, item.item, state, frame) for item in items]
            for item in items:
                value = machine.enter(machine.evaluate(item.item, state, frame), state, frame)
                if item.asname is not None:
                    assign(machine, item.asname.name, value, state, frame)
            machine.shared.muted += rejects
            run_block(machine, block_of(body), state, frame)
            machine.shared.muted -= rejects
            if any(patched):
                state.environment = outside
        case cst.FunctionDef(name=cst.Name(value=name)):
            state.names[name] = define_function(machine, node, state, frame)
        case cst.ClassDef(name=cst.Name(value=name)):
            state.names[name] = _define_class(machine, node, state, frame)
        case cst.Match():
            run_match(machine, node, state, frame)
        case _:
            pass


def _is_rejection(machine: Machine, node: cst.BaseExpression) -> bool:
    """Recognise a block in which an error is expected (`pytest.raises`): what is wrong there is meant to be."""
    return isinstance(node, cst.Call) and _dotted(node.func).rpartition(".")[2] in machine.catalogue.rejections


def patch(machine: Machine, node: cst.BaseExpression, state: State, frame: Frame) -> bool:
    """Run `patch.dict(os.environ, {...})`, which holds in its block or function only; tell whether it was one."""
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
    environment.patch(machine, {str(name): value for name, value in items.items()}, machine.place(node, frame), state)
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
    simple = [small for line in block_of(node.body) if isinstance(line, cst.SimpleStatementLine) for small in line.body]
    return [item.name.value for small in simple if isinstance(small, cst.Nonlocal) for item in small.names]


def _define_class(machine: Machine, node: cst.ClassDef, state: State, frame: Frame) -> Value:
    info = ClassInfo(
        node.name.value, machine.source.path, frame.chunk, tuple(_dotted(b.value) for b in node.bases), (), {}, {}
    )
    info.decorators = decorator_names(node)
    info.evaluated = True
    info.closure = () if frame.is_module() else tuple({**frame.closure, **state.names}.items())
    for statement in block_of(node.body):
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
