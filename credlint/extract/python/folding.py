"""Constants fold: literals, arithmetic, comparison, and the truth of a value."""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable
from functools import lru_cache

import libcst as cst

from credlint.extract.python.domain import (
    Answer,
    Class,
    Const,
    DictObject,
    Function,
    Item,
    ListObject,
    MadeObject,
    Missing,
    Ref,
    Scalar,
    Text,
    Typed,
)
from credlint.extract.python.state import State
from credlint.model.values import ResponseField

_MAXIMUM_TEXT = 20_000
_CACHE = 4096

_ARITHMETIC: dict[type[cst.BaseBinaryOp], Callable[[float, float], float]] = {
    cst.Add: operator.add,
    cst.Subtract: operator.sub,
    cst.Multiply: operator.mul,
    cst.Divide: operator.truediv,
    cst.FloorDivide: operator.floordiv,
    cst.Modulo: operator.mod,
}


def literal_string(node: cst.SimpleString | cst.ConcatenatedString) -> str | bytes | None:
    """Give what a string literal holds, or None when it is not a plain one (f-string parts, too long)."""
    if isinstance(node, cst.ConcatenatedString):
        left = literal_string(node.left) if isinstance(node.left, cst.SimpleString) else None
        right = (
            literal_string(node.right) if isinstance(node.right, cst.SimpleString | cst.ConcatenatedString) else None
        )
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        if isinstance(left, bytes) and isinstance(right, bytes):
            return left + right
        return None
    if len(node.value) > _MAXIMUM_TEXT:
        return None
    value = _evaluated(node.value)
    return value if isinstance(value, str | bytes) else None


def literal_number(text: str) -> int | float | None:
    """Give what a number literal is, or None for one that is not of use (complex, huge)."""
    if len(text) > 40:
        return None
    value = _evaluated(text)
    return value if isinstance(value, int | float) and math.isfinite(value) else None


def whole_number(value: object) -> int | None:
    """Give a number without a fraction as an int, or None for anything else."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


@lru_cache(maxsize=_CACHE)
def _evaluated(text: str) -> object:
    if text.isascii() and text.isdigit() and (text[0] != "0" or text == "0"):
        return int(text)
    if text[:1] in {'"', "'"} and text[0] not in text[1:-1] and "\\" not in text and text[-1] == text[0]:
        return text[1:-1]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python warns of a backslash that escapes nothing
            return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError):
        return None


def arithmetic(operation: cst.BaseBinaryOp, left: object, right: object) -> int | float | None:
    """Fold a binary operation on two numbers, or give None."""
    function = _ARITHMETIC.get(type(operation))
    numbers = (int, float)
    if function is None or not isinstance(left, numbers) or not isinstance(right, numbers):
        return None
    if isinstance(left, bool) or isinstance(right, bool) or max(abs(left), abs(right)) > 1e15:
        return None
    try:
        return function(left, right)
    except ZeroDivisionError:
        return None


def truth(item: Item, state: State) -> bool | None:
    """Tell whether an alternative is true as a condition, or None when that is not known."""
    if item.given:
        return True
    match item.data:
        case Const(value):
            return bool(value)
        case Scalar(ResponseField()):
            return True
        case Scalar(origin):
            return False if origin in state.falsy else None
        case Missing():
            return False
        case Answer() | Typed() | Function() | Class():
            return True
        case Text(parts):
            return True if any(_surely_text(part[0]) for part in parts if len(part) == 1) else None
        case Ref(number):
            return _object_truth(state.heap.get(number))
        case _:
            return None


def _surely_text(item: Item) -> bool:
    match item.data:
        case Const(str(text)):
            return bool(text)
        case Scalar(ResponseField()):
            return True
        case _:
            return False


def _object_truth(obj: object) -> bool | None:
    match obj:
        case DictObject(items, is_open):
            if any(not any(isinstance(one.data, Missing) for one in value) for value in items.values()):
                return True
            return None if is_open or items else False
        case ListObject(items, is_open):
            return True if items and not is_open else None if is_open else False
        case MadeObject():
            return True
        case _:
            return None
