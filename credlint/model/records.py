"""`dataclass` with slots whose methods are made when the first of a kind is: a run makes few of the kinds it knows.

`dataclasses` writes and compiles some eight methods for each class; for all of credlint's that takes longer than many a
run. Here a class is made at once, with its slots. The first use of anything `dataclasses` would have added adds it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import dataclass
else:

    def dataclass(*, slots: bool, frozen: bool = False, eq: bool = True, order: bool = False) -> partial[type]:
        """Decorate a class as `dataclasses.dataclass` does; there is no class here without slots."""
        assert slots
        return partial(_with_slots, frozen=frozen, eq=eq, order=order)


__all__ = ["dataclass"]

_ALWAYS = ("__dataclass_fields__", "__dataclass_params__", "__match_args__", "__init__", "__repr__")
_FROZEN = ("__setattr__", "__delattr__", "__getstate__", "__setstate__")
_ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
_UNUSED = frozenset({"__dict__", "__weakref__"})


class _Later:
    """Stands for one attribute in every class whose methods are not made yet: asking for it makes them all."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type) -> object:
        kind = next((one for one in owner.__mro__ if vars(one).get(self._name) is self), None)
        if kind is not None:
            _make(kind)
        made = getattr(owner, self._name) if kind is None else vars(kind)[self._name]
        return made.__get__(instance, owner) if hasattr(made, "__get__") else made


_LATER = {name: _Later(name) for name in (*_ALWAYS, *_FROZEN, *_ORDER, "__eq__", "__hash__")}
# Class -> the class as it was written, its options, and the names of what is to be made.
_PENDING: dict[type, tuple[type, dict[str, bool], Sequence[str]]] = {}


def _with_slots(written: type, *, frozen: bool, eq: bool, order: bool) -> type:
    """Give the class with slots; what it says itself stays."""
    fields = written.__annotations__
    above = {name for one in written.__mro__[1:] for name in vars(one).get("__slots__", ())}
    body = {name: value for name, value in vars(written).items() if name not in fields and name not in _UNUSED}
    wanted = [*_ALWAYS, *(_FROZEN if frozen else ()), *(_ORDER if order else ()), *(("__eq__",) if eq else ())]
    wanted += ["__hash__"] if eq and frozen else []
    names = [name for name in wanted if name not in body]
    body.update((name, _LATER[name]) for name in names)
    body["__slots__"] = tuple(name for name in fields if name not in above)
    body["__qualname__"] = written.__qualname__
    kind = type(written)(written.__name__, written.__bases__, body)
    _PENDING[kind] = written, {"frozen": frozen, "eq": eq, "order": order}, names
    return kind


def _make(kind: type) -> None:
    """Make the methods of a class; another thread may be about the same, and then both make the same ones."""
    import dataclasses

    written, options, names = _PENDING[kind]
    # A class of its own each time: `dataclasses` refuses to do its work twice.
    body = {name: value for name, value in vars(written).items() if name not in _UNUSED}
    twin = type(written)(written.__name__, written.__bases__, body)
    made = vars(dataclasses.dataclass(**options)(twin)) | {"__getstate__": _state, "__setstate__": _restore}
    for name in names:
        setattr(kind, name, made[name])


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in self.__dataclass_fields__]  # type: ignore[attr-defined]


def _restore(self: object, state: Sequence[object]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):  # type: ignore[attr-defined]
        object.__setattr__(self, name, value)
