"""How deep in other calls a function is still followed, and whether a call hands it anything that is worth it."""

from __future__ import annotations

from collections.abc import Sequence

from credlint.extract.python.domain import (
    Answer,
    Function,
    FunctionInfo,
    Item,
    MadeObject,
    Method,
    Partial,
    Ref,
    Scalar,
    Store,
    Text,
    Typed,
    Value,
    contents,
)
from credlint.extract.python.machine import MAXIMUM_CALL_DEPTH, Machine
from credlint.extract.python.shared import Shared
from credlint.extract.python.state import State
from credlint.model.values import EnvironmentVariable, ProviderField, ResponseField

_DEEPEST_EMPTY_HANDED = 3
"""Calls that hand over nothing of interest are followed so deep only."""
_DEEPEST_CHANGE = 3
"""Calls of methods that change an object of a class that matters are followed so deep."""
_DEEPEST_ASIDE = 1
"""Calls of functions that can lead to nothing of the catalogue (they may give a constant) are followed so deep only."""
_MOST = 60
"""One entry follows so many calls; further ones give unknown."""
_MOST_EMPTY_HANDED = 30
_LONG = 60
"""A function of another module with so many lines is followed only from the entry itself, or for what it is handed."""
_BRIEF = 10
"""One with fewer lines is followed empty-handed even where the work for other modules is spent."""
_CONTAINERS = 2
"""So deep in dicts, lists and objects parts of credentials are looked for."""


def is_followed(
    home: Machine, info: FunctionInfo, given: Sequence[Value], receiver: Item | None, state: State, depth: int
) -> bool:
    """Tell whether a call at a depth is followed into a function of the machine `home`; it counts as one."""
    shared = home.shared
    shared.followed += 1
    if info in shared.active:
        shared.work.refused = min(shared.work.refused, shared.active.index(info))
        return False
    if shared.followed > _MOST:
        return False
    if depth >= _deepest(home, info):
        return False
    lines = home.lines_elsewhere(info)
    hands_over = any(carries(value, state) for value in given)
    if lines >= _LONG and (depth or shared.summing_up) and not hands_over:
        return False
    hands_over = hands_over or (receiver is not None and carries((receiver,), state))
    if lines >= _BRIEF and shared.work.elsewhere <= 0 and not hands_over:
        return False
    if depth < _DEEPEST_ASIDE or hands_over:
        return True
    return shared.followed <= _MOST_EMPTY_HANDED and depth < _DEEPEST_EMPTY_HANDED


def is_cut_short(shared: Shared) -> bool:
    """Tell whether calls of the entry at hand may not have been followed that are followed in another one."""
    return shared.followed > _MOST_EMPTY_HANDED


def _deepest(home: Machine, info: FunctionInfo) -> int:
    if not home.is_of_interest(info):
        return 0
    if home.is_relevant(info):
        return MAXIMUM_CALL_DEPTH
    if home.changes_relevant(info):
        return _DEEPEST_CHANGE
    return 0 if home.shared.summing_up else _DEEPEST_ASIDE


def carries(value: Value, state: State, depth: int = 0) -> bool:
    """Tell whether a value is, or holds, a part of credentials, something that the catalogue makes, or a callable."""
    return any(_carries(item, state, depth) for item in value)


def _carries(item: Item, state: State, depth: int) -> bool:
    match item.data:
        case Answer() | Typed() | Store() | Partial() | Function():
            return True
        case Method(receiver=receiver):
            return carries((receiver,), state, depth)
        case Scalar(origin):
            return isinstance(origin, ResponseField | ProviderField | EnvironmentVariable)
        case Text(parts):
            return any(carries(part, state, depth) for part in parts)
        case Ref(number):
            obj = state.heap.get(number)
            if isinstance(obj, MadeObject):
                return True
            return depth < _CONTAINERS and any(carries(inner, state, depth + 1) for inner in contents(obj))
        case _:
            return False
