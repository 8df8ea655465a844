"""Callables that are handed to code which is not followed, but calls them: executors, pools, threads, event loops."""

from __future__ import annotations

from credlint.extract.python.domain import (
    Argument,
    Class,
    Const,
    DictObject,
    Function,
    Getter,
    Method,
    Partial,
    Value,
    unknown,
)
from credlint.extract.python.machine import MAXIMUM_CALL_DEPTH, Arguments, Frame, Machine, Site
from credlint.extract.python.sequences import call_sequence, elements_of
from credlint.extract.python.state import State
from credlint.model.records import replace

_EXECUTOR_SECOND = "run_in_executor"
_MAPPING = frozenset({"map", "imap", "imap_unordered", "map_async"})
_APPLYING = frozenset({"apply", "apply_async"})
_ENTERING = frozenset({"enter_context", "enter_async_context"})
_FINISHING = frozenset({"run_until_complete", "run_coroutine_threadsafe"})
_TARGET = "target"


def is_callable(value: Value) -> bool:
    """Tell whether a value is a function or method that can be called later."""
    return any(isinstance(item.data, Function | Method | Partial | Getter) for item in value)


def call_handed(
    machine: Machine, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value | None:
    """Call what is handed over to something that is not followed, and give what comes back; None when nothing is."""
    given = arguments.positional
    if frame.depth >= MAXIMUM_CALL_DEPTH or not (given or arguments.keywords):
        return None
    method = dotted.rpartition(".")[2]
    first = given[0].value if given else ()
    if method in _ENTERING and len(given) == 1:
        return machine.enter(first, state, frame)
    if method == _EXECUTOR_SECOND and len(given) > 1 and is_callable(given[1].value):
        return machine.call(given[1].value, replace(arguments, positional=given[2:]), site, state, frame)
    if method in _MAPPING and len(given) > 1 and is_callable(first):
        return call_sequence(machine, "map", replace(arguments, positional=given[:2]), site, state, frame)
    if method in _APPLYING and is_callable(first):
        return machine.call(first, _spread(arguments, given[1:], state), site, state, frame)
    if method in _FINISHING and given and not is_callable(first) and _is_followed(first):
        return first
    target = arguments.keywords.get(_TARGET)
    if target is not None and is_callable(target.value):
        machine.call(target.value, _spread(arguments, (), state), site, state, frame)
        return unknown("thread")
    if is_callable(first):
        callee = tuple(item for item in first if isinstance(item.data, Function | Method | Partial | Getter))
        return machine.call(callee, replace(arguments, positional=given[1:]), site, state, frame)
    return None


def _is_followed(value: Value) -> bool:
    return not any(isinstance(item.data, Const | Class) for item in value)


def _spread(arguments: Arguments, rest: tuple[Argument, ...], state: State) -> Arguments:
    """Give the arguments of `apply(f, args, kwds)` and `Thread(target=f, args=..., kwargs=...)`."""
    row = rest[0] if rest else arguments.keywords.get("args")
    mapping = rest[1] if len(rest) > 1 else arguments.keywords.get("kwds") or arguments.keywords.get("kwargs")
    elements = elements_of(row.value, state) if row is not None else ()
    named = state.only(mapping.value) if mapping is not None else DictObject({})
    keywords = {}
    if isinstance(named, DictObject):
        keywords = {str(name): Argument(value, None, str(name)) for name, value in named.items.items()}
    return Arguments(
        tuple(Argument(value, row.location if row else None, "") for value in elements or ()),
        keywords,
        open_positional=elements is None,
        open_keywords=not isinstance(named, DictObject) or named.open,
    )
