"""The patterns of `match`: which alternatives of a subject they take, and what the names in them are bound to."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from credlint.extract.python.domain import (
    Answer,
    Class,
    Const,
    DictObject,
    InstanceObject,
    Item,
    ListObject,
    Name,
    Ref,
    Typed,
    Value,
    constant,
    tag,
    union,
    unknown,
)
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.objects import has_field, keys_of, read_item
from credlint.extract.python.sequences import elements_of, is_tuple
from credlint.extract.python.state import State

Bound = dict[str, Value]
_SINGLETONS = {"True": True, "False": False, "None": None}


def match_pattern(
    machine: Machine, pattern: cst.MatchPattern, subject: Value, state: State, frame: Frame
) -> tuple[Value, Value, Bound]:
    """Give the alternatives that a pattern may take, those that it may leave, and what its names are bound to."""
    taken: list[Item] = []
    left: list[Item] = []
    names: dict[str, list[Value]] = {}
    for item in subject:
        verdict, bound = _matches(machine, pattern, item, state, frame)
        if verdict is not False:
            taken.append(item)
            for name, value in bound.items():
                names.setdefault(name, []).append(tag(value, item.branches))
        if verdict is not True:
            left.append(item)
    return tuple(taken), tuple(left), {name: union(found) for name, found in names.items()}


def _matches(
    machine: Machine, pattern: cst.MatchPattern, item: Item, state: State, frame: Frame
) -> tuple[bool | None, Bound]:
    """Tell whether an alternative matches (None: not known), and what is bound then."""
    match pattern:
        case cst.MatchAs(pattern=inner, name=name):
            verdict, bound = _matches(machine, inner, item, state, frame) if inner is not None else (True, {})
            return verdict, {**bound, name.value: (item,)} if name is not None else bound
        case cst.MatchOr(patterns=options):
            found = [_matches(machine, option.pattern, item, state, frame) for option in options]
            possible = [one for one in found if one[0] is not False]
            first = possible[0] if possible else (False, {})
            return (True if any(verdict is True for verdict, _ in found) else first[0]), first[1]
        case cst.MatchValue(value=node):
            return _equal(item, machine.evaluate(node, state, frame)), {}
        case cst.MatchSingleton(value=cst.Name(value=name)):
            return _equal(item, constant(_SINGLETONS.get(name))), {}
        case cst.MatchMapping():
            return _mapping(machine, pattern, item, state, frame)
        case cst.MatchList(patterns=parts) | cst.MatchTuple(patterns=parts):
            return _sequence(machine, parts, item, state, frame)
        case cst.MatchClass():
            return _class(machine, pattern, item, state, frame)
        case _:
            return None, {}


def _equal(item: Item, wanted: Value) -> bool | None:
    only = wanted[0].data if len(wanted) == 1 else None
    if isinstance(only, Const) and isinstance(item.data, Const):
        return type(only.value) is type(item.data.value) and only.value == item.data.value
    return False if isinstance(only, Const) and isinstance(item.data, Answer | Ref | Typed) else None


def _all(verdicts: Sequence[bool | None]) -> bool | None:
    return False if False in verdicts else None if None in verdicts else True


def _mapping(
    machine: Machine, pattern: cst.MatchMapping, item: Item, state: State, frame: Frame
) -> tuple[bool | None, Bound]:
    obj = state.at(item)
    if isinstance(item.data, Const | Typed | Class) or isinstance(obj, ListObject | InstanceObject):
        return False, {}
    verdicts: list[bool | None] = [True if isinstance(item.data, Answer) or isinstance(obj, DictObject) else None]
    bound: Bound = {}
    for element in pattern.elements:
        keys = machine.evaluate(element.key, state, frame)
        names = keys_of(keys) or []
        there = _has(item, obj, names[0]) if len(names) == 1 else None
        value = read_item(machine, (item,), keys, machine.place(element.key, frame), state, frame)
        verdict, more = _parts(machine, element.pattern, value, state, frame)
        verdicts += [there, verdict]
        bound.update(more)
    if pattern.rest is not None:
        bound[pattern.rest.value] = unknown("rest of a mapping")
    return _all(verdicts), bound


def _has(item: Item, obj: object, key: str | int) -> bool | None:
    if isinstance(item.data, Answer):
        return True if has_field(item.data, str(key)) else None
    if isinstance(obj, DictObject):
        return key in obj.items or (None if obj.open else False)
    return None


def _parts(
    machine: Machine, pattern: cst.MatchPattern, value: Value, state: State, frame: Frame
) -> tuple[bool | None, Bound]:
    taken, left, bound = match_pattern(machine, pattern, value, state, frame)
    return (False if not taken else None if left else True), bound


def _sequence(
    machine: Machine,
    parts: Sequence[cst.MatchSequenceElement | cst.MatchStar],
    item: Item,
    state: State,
    frame: Frame,
) -> tuple[bool | None, Bound]:
    obj = state.at(item)
    named = isinstance(obj, InstanceObject) and obj.info is not None and is_tuple(obj.info)
    if isinstance(item.data, Const | Answer) or (isinstance(obj, DictObject | InstanceObject) and not named):
        return False, {}
    elements = elements_of((item,), state)
    star = next((index for index, part in enumerate(parts) if isinstance(part, cst.MatchStar)), None)
    fixed = len(parts) - (star is not None)
    if elements is not None and (len(elements) < fixed or (star is None and len(elements) != fixed)):
        return False, {}
    verdicts: list[bool | None] = [None if elements is None else True]
    bound: Bound = {}
    for index, part in enumerate(parts):
        if isinstance(part, cst.MatchStar):
            if part.name is not None:
                rest = None if elements is None else elements[index : index + len(elements) - fixed]
                bound[part.name.value] = machine.new(ListObject(rest or (), open=rest is None), state)
            continue
        position = index if star is None or index < star else index - len(parts)
        value = elements[position] if elements is not None else unknown("element of a sequence")
        verdict, more = _parts(machine, part.value, value, state, frame)
        verdicts.append(verdict)
        bound.update(more)
    return _all(verdicts), bound


def _class(
    machine: Machine, pattern: cst.MatchClass, item: Item, state: State, frame: Frame
) -> tuple[bool | None, Bound]:
    meant = machine.evaluate(pattern.cls, state, frame)
    only = meant[0].data if len(meant) == 1 else None
    verdicts: list[bool | None] = [_is_a(machine, item, state.at(item), only)]
    if verdicts[0] is False:
        return False, {}
    bound: Bound = {}
    fields = only.info.fields if isinstance(only, Class) else []
    inner = [(fields[index] if index < len(fields) else "", one.value) for index, one in enumerate(pattern.patterns)]
    inner += [(one.key.value, one.pattern) for one in pattern.kwds]
    for name, part in inner:
        value = machine.attribute((item,), name, state, frame) if name else (item,) if not fields else unknown("field")
        verdict, more = _parts(machine, part, value, state, frame)
        verdicts.append(verdict)
        bound.update(more)
    return _all(verdicts), bound


_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "bytes": (bytes,),
    "int": (int,),
    "float": (float,),
    "bool": (bool,),
}


def _is_a(machine: Machine, item: Item, obj: object, meant: object) -> bool | None:
    """Tell whether an alternative is an instance of a class of the project or of a built-in type."""
    if isinstance(meant, Class):
        if isinstance(obj, InstanceObject) and obj.info is not None:
            return _descends(machine, obj.info, meant.info) or (None if obj.info.bases else False)
        return False if isinstance(item.data, Const | Answer) or isinstance(obj, DictObject | ListObject) else None
    if not isinstance(meant, Name):
        return None
    if meant.dotted in _KINDS:
        known = isinstance(item.data, Const)
        return (
            isinstance(item.data.value, _KINDS[meant.dotted])
            if isinstance(item.data, Const)
            else (False if not known and (isinstance(item.data, Answer) or obj is not None) else None)
        )
    if meant.dotted == "dict" and (isinstance(item.data, Answer) or obj is not None):
        return isinstance(item.data, Answer) or isinstance(obj, DictObject)
    return None


def _descends(machine: Machine, info: object, wanted: object, depth: int = 0) -> bool:
    if info is wanted:
        return True
    bases = [machine.base_class(info, base) for base in info.bases] if depth < 4 else []  # type: ignore[attr-defined,arg-type]
    return any(base is not None and _descends(machine, base, wanted, depth + 1) for base in bases)
