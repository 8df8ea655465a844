"""Arithmetic with spans of time (datetime.timedelta): sums, multiples, and their quotients, which are numbers."""

from __future__ import annotations

import libcst as cst

from credlint.catalogue.callables import CallableKind
from credlint.extract.python.domain import Const, MadeObject, Value, constant, unknown
from credlint.extract.python.folding import arithmetic, whole_number
from credlint.extract.python.machine import Machine
from credlint.extract.python.state import State
from credlint.model.records import replace

_TOTAL = "total"
_NUMBERS = (cst.Divide, cst.FloorDivide)


def combine(machine: Machine, operation: cst.BaseBinaryOp, left: Value, right: Value, state: State) -> Value | None:
    """Fold an operation in which a span of time takes part; None for any other."""
    one, other = _span(left, state), _span(right, state)
    if one is None and other is None:
        return None
    first, second = _seconds(one, left), _seconds(other, right)
    number = arithmetic(operation, first, second)
    if number is None:
        return unknown("span of time")
    if one is not None and other is not None and isinstance(operation, _NUMBERS):
        return constant(number)
    made = one or other
    assert made is not None
    whole = whole_number(number)
    value = unknown("span of time") if whole is None else constant(whole, made.location)
    return machine.new(replace(made, fields={_TOTAL: value, "seconds": value}), state)


def _span(value: Value, state: State) -> MadeObject | None:
    obj = state.only(value)
    return obj if isinstance(obj, MadeObject) and obj.entry.kind is CallableKind.DURATION else None


def _seconds(span: MadeObject | None, value: Value) -> object:
    if span is not None:
        value = span.fields.get(_TOTAL, ())
    only = value[0].data if len(value) == 1 else None
    return only.value if isinstance(only, Const) else None
