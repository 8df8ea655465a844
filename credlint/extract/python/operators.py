"""Operators: and, or, conditions, arithmetic and joining, and texts that % makes."""

from __future__ import annotations

import libcst as cst

from credlint.extract.python.domain import (
    Answer,
    Const,
    DictObject,
    ListObject,
    Ref,
    Value,
    constant,
    present,
    tag,
    text_of,
    union,
    unknown,
)
from credlint.extract.python.folding import arithmetic, truth
from credlint.extract.python.formats import percent, shuffled
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.mappings import splat
from credlint.extract.python.narrowing import narrow
from credlint.extract.python.objects import answer_field
from credlint.extract.python.state import State, join
from credlint.extract.python.timespans import combine
from credlint.model.patterns import pattern
from credlint.model.records import replace


def boolean(machine: Machine, node: cst.BooleanOperation, state: State, frame: Frame) -> Value:
    """`a or b` is a where a may be true, b where a may be false; `and` the reverse."""
    is_or = isinstance(node.operator, cst.Or)
    # what a condition around it has asked, or asks later, is the same question
    answers: dict[cst.Call, Value] = {} if frame.asked is None else frame.asked
    with frame.asking(answers):
        left = machine.evaluate(node.left, state, frame)
    verdicts = [truth(item, state) for item in left]
    staying = tuple(item for item, verdict in zip(left, verdicts, strict=True) if verdict is not (not is_or))
    leaving = [item for item, verdict in zip(left, verdicts, strict=True) if verdict is not is_or]
    if not leaving:
        return staying
    right_state = state.fork()
    right_state.branches |= frozenset.intersection(*(item.branches for item in leaving))
    with frame.asking(dict(answers)):
        narrow(machine, node.left, right_state, frame, holds=not is_or)
    if not right_state.alive:
        return staying
    right = machine.evaluate(node.right, right_state, frame)
    state.heap.update(right_state.heap)
    state.environment = right_state.environment
    if not staying:
        return right
    # what is certain stays or leaves on its own branches; what is not may do either
    key = (node, frame.calls, "or")
    stays, leaves = machine.shared.arm(key, 0), machine.shared.arm(key, 1)
    results: list[Value] = []
    for item, verdict in zip(left, verdicts, strict=True):
        if verdict is not (not is_or):
            results.append((item.tagged(stays) if verdict is None else item,))
        if verdict is not is_or:
            results.append(tag(right, item.branches | leaves if verdict is None else item.branches))
    return union(results)


def conditional(machine: Machine, node: cst.IfExp, state: State, frame: Frame) -> Value:
    """Give what `a if test else b` can be: each arm under what the test says of it there."""
    test = node.test
    answers: dict[cst.Call, Value] = {}
    with frame.asking(answers):
        machine.evaluate(test, state, frame)
    key = (node, frame.calls)
    results: list[Value] = []
    arms = []
    for index, (branch, holds) in enumerate(((node.body, True), (node.orelse, False))):
        arm = state.fork()
        with frame.asking(dict(answers)):
            narrow(machine, test, arm, frame, holds=holds)
        if not arm.alive:
            continue
        tags = machine.shared.arm(key, index)
        arm.branches |= tags
        value = machine.evaluate(branch, arm, frame)
        results.append(tag(value, arm.branches - state.branches))
        arms.append((arm, arm.branches - state.branches))
    if not results:
        return unknown("not reached here")
    merged = join(state, arms)
    merged.branches = state.branches
    state.become(merged)
    return results[0] if len(results) == 1 else union(results)


def binary(
    machine: Machine,
    operation: cst.BaseBinaryOp,
    left_node: cst.BaseExpression,
    right: Value,
    state: State,
    frame: Frame,
) -> Value:
    """Evaluate `left operation right`: numbers fold, dicts merge, texts become a Text."""
    left = machine.evaluate(left_node, state, frame)
    span = combine(machine, operation, left, right, state)
    if span is not None:
        return span
    folded = []
    for one in left:
        for other in right:
            first = one.data.value if isinstance(one.data, Const) else None
            second = other.data.value if isinstance(other.data, Const) else None
            number = arithmetic(operation, first, second)
            if number is None:
                return _other_binary(machine, operation, left, right, state, frame)
            folded.append(tag(tag(constant(number), one.branches), other.branches))
    return union(folded)


def located(value: Value, machine: Machine, node: cst.CSTNode, frame: Frame) -> Value:
    """Give folded numbers the place of the whole expression."""
    return tuple(
        replace(item, data=Const(item.data.value, machine.place(node, frame)))
        if isinstance(item.data, Const) and item.data.location is None and isinstance(item.data.value, int | float)
        else item
        for item in value
    )


def _other_binary(
    machine: Machine, operation: cst.BaseBinaryOp, left: Value, right: Value, state: State, frame: Frame
) -> Value:
    if isinstance(operation, cst.BitOr):
        items: dict[str | int, Value] = {}
        opened, began = splat(machine, left, items, state, frame)
        more, also = splat(machine, right, items, state, frame)
        return machine.new(DictObject(items, opened or more, began or also), state)
    if isinstance(operation, cst.Add):
        if len(left) == 1 and len(right) == 1:
            first, second = left[0].data, right[0].data
            if (
                isinstance(first, Const)
                and isinstance(second, Const)
                and isinstance(first.value, str)
                and isinstance(second.value, str)
            ):
                return constant(first.value + second.value, first.location)
        return text_of([left, right])
    if isinstance(operation, cst.Modulo):
        named = named_parts(left, right)
        if named is not None:
            return text_of([left, *named])
        template = left[0].data.value if len(left) == 1 and isinstance(left[0].data, Const) else None
        parts = percent(template, _given(right, state)) if isinstance(template, str) else None
        return text_of(parts) if parts is not None else shuffled(text_of([left, *_elements(right, state)]))
    return unknown("arithmetic")


_NAMED = pattern(r"%\((\w+)\)")


def named_parts(template: Value, value: Value) -> list[Value] | None:
    """Give what `"%(name)s" % mapping` shows of an answer: the named fields only; None for any other."""
    only = template[0].data if len(template) == 1 else None
    if not isinstance(only, Const) or not isinstance(only.value, str) or "%(" not in only.value:
        return None
    answers = [item for item in value if isinstance(item.data, Answer)]
    if not answers:
        return None
    return [answer_field(item, name) for item in answers for name in _NAMED.findall(only.value)]


def _given(value: Value, state: State) -> list[Value] | dict[str, Value]:
    """Give what `%` takes on its right: the items of a tuple, those of a mapping by name, or one value."""
    obj = state.only(value)
    if isinstance(obj, DictObject):
        return {str(key): present(item) for key, item in obj.items.items()}
    return list(obj.items) if isinstance(obj, ListObject) and not obj.open else [value]


def _elements(value: Value, state: State) -> list[Value]:
    if len(value) == 1 and isinstance(value[0].data, Ref):
        obj = state.heap.get(value[0].data.number)
        if isinstance(obj, ListObject):
            return list(obj.items)
        if isinstance(obj, DictObject):
            return list(obj.items.values())
    return [value]
