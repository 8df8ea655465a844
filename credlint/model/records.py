"""`dataclass` with slots whose methods are made when they are first used, and what goes with it.

`dataclasses` writes and compiles some eight methods for each class; for all of credlint's that takes longer than many a
run, which makes few of the kinds and compares fewer. Here a class is made at once, with its slots, and each method when
it is asked for; what fills a record is compiled for the kinds alone of which a run makes many. What `dataclasses`
itself asks of a class is there as well, and imports that module.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

_ABSENT: Final = object()
# Records of a class that are filled without compiling what fills them, which takes as long as some fifty of them.
_FEW: Final = 16

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from dataclasses import dataclass, field, replace
else:

    def dataclass(*, slots: bool, frozen: bool = False, eq: bool = True, order: bool = False) -> partial[type]:
        """Decorate a class as `dataclasses.dataclass` does; there is no class here without slots."""
        assert slots
        return partial(_with_slots, frozen=frozen, eq=eq, order=order)

    def field(
        *,
        default: object = _ABSENT,
        default_factory: Callable[[], object] | None = None,
        repr: bool = True,  # noqa: A002 - it is called so
    ) -> _Given:
        """Give a field a default, or what makes one; or take it out of the text."""
        return _Given(default, default_factory, repr)

    def replace(record: object, /, **changes: object) -> object:
        """Give a record with other values in some of its fields; one that nobody can change may be the same."""
        kind = type(record)
        if kind.__setattr__ is _refuse and all(getattr(record, name) is value for name, value in changes.items()):
            return record
        for name in kind.__match_args__:
            if name not in changes:
                changes[name] = getattr(record, name)
        return kind(**changes)


__all__ = ["dataclass", "field", "names", "replace"]

_OF_DATACLASSES = ("__dataclass_fields__", "__dataclass_params__", "__repr__")
_ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_OF_OTHERS = frozenset({"__dict__", "__weakref__"})


def names(kind: type) -> tuple[str, ...]:
    """Give the names of the fields of a kind of record; none of any other class."""
    return next((tuple(_FIELDS[one]) for one in kind.__mro__ if one in _FIELDS), ())


class _Given(NamedTuple):
    """What a field is given beside its type."""

    default: object
    factory: Callable[[], object] | None
    shown: bool


class _Later:
    """Stands for one attribute in every class that has not been asked for it: makes it, and gives way to it."""

    def __init__(self, name: str, make: Callable[[type, str], object]) -> None:
        self._name = name
        self._make = make

    def __get__(self, instance: object, owner: type) -> object:
        kind = next((one for one in owner.__mro__ if vars(one).get(self._name) is self), None)
        if kind is None:
            return getattr(owner if instance is None else instance, self._name)  # another thread has made it
        made = self._make(kind, self._name)
        setattr(kind, self._name, made)
        return made.__get__(instance, owner) if hasattr(made, "__get__") else made


# Class -> its fields, those of the classes above it first, with what stands behind the `=` of each.
_FIELDS: dict[type, dict[str, object]] = {}
# Class -> the class as it was written, with its options.
_WRITTEN: dict[type, tuple[type, dict[str, bool]]] = {}


def _with_slots(written: type, *, frozen: bool, eq: bool, order: bool) -> type:
    """Give the class with slots; what it says itself stays."""
    fields: dict[str, object] = {}
    for above in reversed(written.__mro__[1:]):
        fields.update(_FIELDS.get(above, {}))
    own = [name for name in written.__annotations__ if name not in fields]
    fields.update((name, vars(written).get(name, _ABSENT)) for name in written.__annotations__)
    added: dict[str, object] = {name: _LATER[name] for name in (*_OF_DATACLASSES, "__init__")}
    added["__match_args__"] = tuple(fields)
    if frozen:
        added.update(_FROZEN)
    if eq:
        added["__eq__"] = _LATER["__eq__"]
        added["__hash__"] = _LATER["__hash__"] if frozen else None
    if order:
        added.update((name, _LATER[name]) for name in _ORDER)
    body = {name: value for name, value in vars(written).items() if name not in fields and name not in _OF_OTHERS}
    kind = type(written)(
        written.__name__,
        written.__bases__,
        {**added, **body, "__slots__": tuple(own), "__qualname__": written.__qualname__},
    )
    _FIELDS[kind] = fields
    _WRITTEN[kind] = written, {"frozen": frozen, "eq": eq, "order": order}
    return kind


def _compiled(kind: type, name: str, head: str, body: Sequence[str], known: dict[str, object]) -> object:
    """Compile a method, as `dataclasses` does: nothing else is as fast to call."""
    exec(f"def {name}({head}):\n " + "\n ".join(body or ["pass"]), known)  # noqa: S102 - of our own names alone
    made = known[name]
    made.__qualname__ = f"{kind.__qualname__}.{name}"  # type: ignore[attr-defined]
    made.__module__ = kind.__module__
    return made


def _init(kind: type, name: str) -> object:
    """Give what fills the first records of a class without being compiled, and gives way where there are many."""
    fields = [
        (key, getattr(kind, key).__set__, one if isinstance(one, _Given) else _Given(one, None, shown=True))
        for key, one in _FIELDS[kind].items()
    ]
    fills = [fill for _, fill, _ in fields]
    made = 0

    def init(self: object, *values: object, **named: object) -> None:
        nonlocal made
        made += 1
        left = dict(named)
        if made <= _FEW and len(values) <= len(fields):
            for fill, value in zip(fills, values, strict=False):
                fill(self, value)
            for key, fill, given in fields[len(values) :]:
                if key in left:
                    fill(self, left.pop(key))
                elif given.factory is not None:
                    fill(self, given.factory())
                elif given.default is not _ABSENT:
                    fill(self, given.default)
                else:
                    left[key] = _ABSENT  # which is missing
            if not left:
                return
        compiled = _compiled_init(kind, name)  # it says what is wrong with the values, too
        setattr(kind, name, compiled)
        compiled(self, *values, **named)  # type: ignore[operator]

    return init


def _compiled_init(kind: type, name: str) -> object:
    frozen = _WRITTEN[kind][1]["frozen"]
    known: dict[str, object] = {"_ABSENT": _ABSENT}
    head, body = ["self"], []
    for field_, given in _FIELDS[kind].items():
        default = given.default if isinstance(given, _Given) else given
        factory = given.factory if isinstance(given, _Given) else None
        known[f"_d_{field_}"] = _ABSENT if factory else default
        head.append(field_ if default is _ABSENT and not factory else f"{field_}=_d_{field_}")
        value = field_
        if factory:
            known[f"_f_{field_}"] = factory
            value = f"_f_{field_}() if {field_} is _ABSENT else {field_}"
        known[f"_s_{field_}"] = getattr(kind, field_).__set__
        body.append(f"_s_{field_}(self, {value})" if frozen else f"self.{field_} = {value}")
    return _compiled(kind, name, ", ".join(head), body, known)


def _tuple(kind: type, of: str) -> str:
    return "(" + "".join(f"{of}.{field_}, " for field_ in _FIELDS[kind]) + ")"


def _compare(kind: type, name: str) -> object:
    sign = _ORDER.get(name, "==")
    one, other = _tuple(kind, "self"), _tuple(kind, "other")
    body = ["if other.__class__ is self.__class__:", f" return {one} {sign} {other}", "return NotImplemented"]
    return _compiled(kind, name, "self, other", body, {})


def _hash(kind: type, name: str) -> object:
    return _compiled(kind, name, "self", [f"return hash({_tuple(kind, 'self')})"], {})


def _of_dataclasses(kind: type, name: str) -> object:
    """Give what `dataclasses` makes of the class as it was written."""
    import dataclasses

    written, options = _WRITTEN[kind]
    body = {
        key: _field(value) if isinstance(value, _Given) else value
        for key, value in vars(written).items()
        if key not in _OF_OTHERS
    }
    # A class of its own each time: `dataclasses` refuses to do its work twice.
    twin = type(written)(written.__name__, written.__bases__, body)
    return vars(dataclasses.dataclass(**options)(twin))[name]


def _field(given: _Given) -> object:
    from dataclasses import field

    if given.factory is not None:
        return field(default_factory=given.factory, repr=given.shown)
    return field(repr=given.shown) if given.default is _ABSENT else field(default=given.default, repr=given.shown)


def _refuse(self: object, name: str, *_: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot change field {name!r} of {type(self).__name__}")


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in self.__match_args__]  # type: ignore[attr-defined]


def _restore(self: object, state: Sequence[object]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):  # type: ignore[attr-defined]
        object.__setattr__(self, name, value)


_FROZEN = {"__setattr__": _refuse, "__delattr__": _refuse, "__getstate__": _state, "__setstate__": _restore}
_LATER = {
    name: _Later(name, make)
    for make, several in (
        (_of_dataclasses, _OF_DATACLASSES),
        (_init, ("__init__",)),
        (_compare, ("__eq__", *_ORDER)),
        (_hash, ("__hash__",)),
    )
    for name in several
}
