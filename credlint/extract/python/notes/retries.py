"""Errors that only new credentials cure, caught by code that makes the same call again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeGuard

import libcst as cst

from credlint.extract.python.domain import Const, Function, FunctionInfo, ListObject, MadeObject, Name, Scalar, Value
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.notes import lives
from credlint.extract.python.notes.nodes import inside, path_of
from credlint.extract.python.source import Statement
from credlint.extract.python.state import State
from credlint.extract.python.uses import CARRIERS
from credlint.model.lasting import RetriedError
from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import Lifetime, Origin, Parameter, ResponseField, Unknown

_SUFFIX = "Exception"
_COUNTING = frozenset({"range", "count"})
_ENDS = frozenset({"sys.exit", "exit", "quit", "os._exit"})
_MAXIMUM_HOLDERS = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """One error code, asked for where the names of a handler mean what they mean in `state`."""

    machine: Machine
    code: str
    state: State
    frame: Frame


def mark(machine: Machine) -> int:
    """Give a number that changes when credentials are fetched or something is made that works with some."""
    return len(machine.shared.taken) + len(machine.shared.sources)


def note_loop(machine: Machine, node: cst.For | cst.While, before: int, state: State, frame: Frame) -> None:
    """Note handlers in a loop that retries, after which the same call is made again."""
    lasting = machine.catalogue.lasting
    if not _is_of_interest(machine, frame.chunk) or mark(machine) != before or not _repeats(machine, node):
        return
    calls = [path_of(one.func).rpartition(".")[2] for one in inside(node.body) if isinstance(one, cst.Call)]
    if any(not lasting.remaking_words.isdisjoint(lives.words_of(name)) for name in calls):
        return
    head = machine.place(node.test if isinstance(node, cst.While) else node.iter, frame)
    for attempt, rest in _attempts(_statements(node.body)):
        codes = _cured(machine, attempt.body, (state,), frame)
        for handler in attempt.handlers:
            for code in codes:
                told = _told(_Asked(machine, code, state, frame), handler, rest)
                if told is not None:
                    _record(machine, code, machine.place(told, frame), head, frame)
                    break


def note_decorated(machine: Machine, info: FunctionInfo, state: State, frame: Frame) -> None:
    """Note a function that a decorator calls again after such an error."""
    node = info.node
    lasting = machine.catalogue.lasting
    if not isinstance(node, cst.FunctionDef) or not node.decorators or not _is_of_interest(machine, info.chunk):
        return
    calls = [path_of(one.func).rpartition(".")[2] for one in inside(node.body) if isinstance(one, cst.Call)]
    if any(not lasting.remaking_words.isdisjoint(lives.words_of(name)) for name in calls):
        return
    codes = _cured(machine, node.body, [after for _, after in frame.returns], frame)
    for decorator in node.decorators:
        for predicate, wanted in _predicates(machine, decorator.decorator, frame):
            for code in codes:
                if _answer(_Asked(machine, code, state, frame), predicate) is wanted:
                    place = machine.place(decorator.decorator, frame)
                    _record(machine, code, place, machine.place(node.name, frame), frame)
                    break


def _is_of_interest(machine: Machine, chunk: int) -> bool:
    """Tell whether a module names such an error, and the statement at hand makes no key that is not known yet."""
    if machine.shared.muted or machine.shared.test_context:
        return False
    chunks = machine.source.table.chunks
    lasting = machine.catalogue.lasting
    if not lasting.creation_methods.isdisjoint(chunks[chunk].mentions):
        return False
    path = machine.source.path
    if path not in machine.shared.names_errors:
        codes = {*lasting.error_codes, *(f"{code}{_SUFFIX}" for code in lasting.error_codes)}
        machine.shared.names_errors[path] = any(not codes.isdisjoint(one.mentions) for one in chunks)
    return machine.shared.names_errors[path]


def _cured(machine: Machine, body: cst.CSTNode, states: Sequence[State], frame: Frame) -> list[str]:
    """Give the codes that nothing but new credentials cures, for the clients that some statements call."""
    lasting = machine.catalogue.lasting
    called = [node.func.value for node in inside(body) if isinstance(node, cst.Call) and _is_method(node.func)]
    machine.shared.muted += 1
    try:
        fresh = any(
            _may_be_new(machine.evaluate(one, state.fork(), frame), state) for one in called for state in states
        )
    finally:
        machine.shared.muted -= 1
    return sorted(lasting.error_codes - lasting.new_key_codes if fresh else lasting.error_codes)


def _is_method(func: cst.BaseExpression) -> TypeGuard[cst.Attribute]:
    return isinstance(func, cst.Attribute) and "?" not in path_of(func)


def _may_be_new(value: Value, state: State, depth: int = 0) -> bool:
    """Tell whether a client signs with a key that somebody else hands over: it may have been made seconds ago."""
    if depth > _MAXIMUM_HOLDERS:
        return False
    for item in value:
        made = state.at(item)
        if not isinstance(made, MadeObject):
            continue
        if "key_id" in made.roles:
            keys = (one.data for one in made.roles["key_id"].value)
            return any(isinstance(data, Scalar) and _is_handed_over(data.origin) for data in keys)
        carried = [made.roles[role].value for role in CARRIERS if role in made.roles]
        carried += [(made.receiver,)] if made.receiver is not None else []
        if any(_may_be_new(one, state, depth + 1) for one in carried):
            return True
    return False


def _is_handed_over(origin: Origin) -> bool:
    if isinstance(origin, ResponseField):
        return origin.lifetime is Lifetime.LONG_LIVED  # that of a key which the program makes
    return isinstance(origin, Parameter | Unknown)


def _repeats(machine: Machine, node: cst.For | cst.While) -> bool:
    """Tell whether a loop tries one thing several times, rather than several things."""
    if isinstance(node, cst.While):
        return True
    counts = isinstance(node.iter, cst.Call) and path_of(node.iter.func).rpartition(".")[2] in _COUNTING
    names = lives.words_of(path_of(node.target))
    return counts or not machine.catalogue.lasting.retry_words.isdisjoint(names)


def _statements(body: cst.CSTNode) -> list[Statement]:
    found = body.body if isinstance(body, cst.IndentedBlock) else ()
    return [one for one in found if isinstance(one, Statement)]


def _attempts(statements: Sequence[Statement]) -> Iterator[tuple[cst.Try, Sequence[Statement]]]:
    """Give each `try` of a loop's body with the statements that follow it in the loop."""
    for index, statement in enumerate(statements):
        rest = statements[index + 1 :]
        match statement:
            case cst.Try():
                yield statement, rest
            case cst.With(body=body):
                yield from ((one, (*more, *rest)) for one, more in _attempts(_statements(body)))
            case _:
                pass


def _told(asked: _Asked, handler: cst.ExceptHandler, rest: Sequence[Statement]) -> cst.CSTNode | None:
    """Give where a handler tells the error apart, if the loop goes on after it; else None."""
    named = _named(handler, asked.code)
    told, ends = _outcome(asked, _statements(handler.body), named)
    if told is None or ends is False:
        return None
    goes_on = ends or _outcome(asked, rest, told)[1] is not False
    return told if goes_on else None


def _named(handler: cst.ExceptHandler, code: str) -> cst.CSTNode | None:
    """Give the exception of a handler that is named after the error: `sts.exceptions.ExpiredTokenException`."""
    node = handler.type
    nodes = [one.value for one in node.elements] if isinstance(node, cst.Tuple) else [node] if node else []
    names = {code, f"{code}{_SUFFIX}"}
    return next((one for one in nodes if path_of(one).rpartition(".")[2] in names), None)


def _outcome(
    asked: _Asked, statements: Sequence[Statement], told: cst.CSTNode | None
) -> tuple[cst.CSTNode | None, bool | None]:
    """Follow statements for one error: where it is told apart, and True for `continue`, False for an end, else None."""
    for statement in statements:
        match statement:
            case cst.SimpleStatementLine(body=body):
                for small in body:
                    if isinstance(small, cst.Continue):
                        return told, True
                    if _is_end(small):
                        return told, False
            case cst.If():
                told, ends = _branch(asked, statement, told)
                if ends is not None:
                    return told, ends
            case cst.With(body=inner) | cst.Try(body=inner):
                told, ends = _outcome(asked, _statements(inner), told)
                if ends is not None:
                    return told, ends
            case _:
                pass
    return told, None


def _is_end(small: cst.BaseSmallStatement) -> bool:
    match small:
        case cst.Raise() | cst.Return() | cst.Break():
            return True
        case cst.Expr(value=cst.Call(func=func)):
            return path_of(func) in _ENDS
        case _:
            return False


def _branch(asked: _Asked, node: cst.If, told: cst.CSTNode | None) -> tuple[cst.CSTNode | None, bool | None]:
    verdict, names_it = _truth(asked, node.test)
    now = node.test if names_it else told
    if verdict is not None:
        return _outcome(asked, _statements(node.body), now) if verdict else _otherwise(asked, node, now)
    # a condition about something else: an end on one side leaves the other
    first = _outcome(asked, _statements(node.body), now)
    return first if first[1] is not False else _otherwise(asked, node, now)


def _otherwise(asked: _Asked, node: cst.If, told: cst.CSTNode | None) -> tuple[cst.CSTNode | None, bool | None]:
    match node.orelse:
        case cst.If() as other:
            return _branch(asked, other, told)
        case cst.Else(body=body):
            return _outcome(asked, _statements(body), told)
        case _:
            return told, None


def _truth(asked: _Asked, node: cst.BaseExpression) -> tuple[bool | None, bool]:
    """Tell whether a condition holds for the error (None: it asks for something else), and whether it names it."""
    match node:
        case cst.Comparison(left=left, comparisons=[cst.ComparisonTarget(operator=operator, comparator=right)]):
            return _comparison(asked, left, operator, right)
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            verdict, names_it = _truth(asked, inner)
            return (None if verdict is None else not verdict), names_it
        case cst.BooleanOperation(left=left, operator=operator, right=right):
            one, other = _truth(asked, left), _truth(asked, right)
            verdicts = {one[0], other[0]} - {None}
            decisive = isinstance(operator, cst.Or)
            verdict = decisive if decisive in verdicts else next(iter(verdicts), None)
            return verdict, one[1] or other[1]
        case _:
            return None, False


def _comparison(
    asked: _Asked, left: cst.BaseExpression, operator: cst.BaseCompOp, right: cst.BaseExpression
) -> tuple[bool | None, bool]:
    texts = _texts(asked, left), _texts(asked, right)
    constants = texts[1] or texts[0]
    if (
        not constants
        or (texts[0] and texts[1])
        or not isinstance(operator, cst.Equal | cst.NotEqual | cst.In | cst.NotIn)
    ):
        return None, False
    names_it = asked.code in constants
    if not names_it and (texts[0] or not _is_code(left)):
        return None, False  # another text that may stand in the message, or another thing that is compared
    return names_it is not isinstance(operator, cst.NotEqual | cst.NotIn), names_it


def _is_code(node: cst.BaseExpression) -> bool:
    """Tell whether an expression is the code of an error, by its names."""
    names = [one.value for one in inside(node) if isinstance(one, cst.Name | cst.SimpleString)]
    return any("code" in lives.words_of(name.strip("\"'")) for name in names)


def _texts(asked: _Asked, node: cst.BaseExpression) -> frozenset[str]:
    """Give the constant texts that an expression is, or holds as a collection; none where anything else is in it."""
    machine = asked.machine
    state = asked.state.fork()
    machine.shared.muted += 1
    try:
        value = machine.evaluate(node, state, asked.frame)
    finally:
        machine.shared.muted -= 1
    obj = state.only(value)
    values: Sequence[Value] = (value,)
    if isinstance(obj, ListObject):
        values = obj.items
    texts: set[str] = set()
    for one in values:
        only = one[0].data if len(one) == 1 else None
        if not isinstance(only, Const) or not isinstance(only.value, str):
            return frozenset()
        texts.add(only.value)
    return frozenset(texts)


def _predicates(
    machine: Machine, node: cst.BaseExpression, frame: Frame
) -> Iterator[tuple[cst.Lambda | cst.FunctionDef, bool]]:
    """Give the functions that a decorator asks, with the answer by which the call is made again."""
    lasting = machine.catalogue.lasting
    for call in inside(node):
        if not isinstance(call, cst.Call):
            continue
        for item in machine.evaluate(call.func, machine.module_state, frame):
            if call.args and isinstance(item.data, Name) and item.data.dotted in lasting.retry_predicates:
                yield from ((one, True) for one in _functions(machine, call.args[0].value, frame))
        for argument in call.args:
            name = argument.keyword.value if argument.keyword is not None else ""
            if name in lasting.retry_refusals or name in lasting.retry_predicates:
                again = name in lasting.retry_predicates
                yield from ((one, again) for one in _functions(machine, argument.value, frame))


def _functions(machine: Machine, node: cst.BaseExpression, frame: Frame) -> Iterator[cst.Lambda | cst.FunctionDef]:
    for item in machine.evaluate(node, machine.module_state, frame):
        if isinstance(item.data, Function):
            yield item.data.info.node


def _answer(asked: _Asked, node: cst.Lambda | cst.FunctionDef) -> bool | None:
    """Give what a function answers for the error, where it is told apart."""
    if isinstance(node, cst.Lambda):
        verdict, names_it = _truth(asked, node.body)
        return verdict if names_it else None
    for one in inside(node.body):
        if isinstance(one, cst.Return) and one.value is not None:
            verdict, names_it = _truth(asked, one.value)
            if names_it:
                return verdict
    return None


def _record(machine: Machine, code: str, place: Location, loop: Location, frame: Frame) -> None:
    machine.shared.facts.retries.setdefault(place, RetriedError(code, place, loop, frame.flows, frame.calls))
