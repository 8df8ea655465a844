"""Calls that hand over nothing of interest and led to nothing are not made twice within one file.

What such a call gives, and what it leaves in the objects that it was handed, is the same for its like: what is handed
over stands in the place of what was.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Reversible
from itertools import islice
from typing import TypeVar

import libcst as cst

from credlint.extract.python.domain import (
    Bounded,
    Class,
    Const,
    DictObject,
    Function,
    Getter,
    HeapObject,
    InstanceObject,
    Item,
    ListObject,
    Method,
    Missing,
    ModuleObject,
    Name,
    Ref,
    Scalar,
    Text,
    Value,
    contents,
)
from credlint.extract.python.following import is_cut_short
from credlint.extract.python.holders import part_role
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.notes import texts
from credlint.extract.python.shared import MAXIMUM_ACTIVE, Answered, Shared
from credlint.extract.python.state import Heap, State
from credlint.model.records import dataclass, replace
from credlint.model.span import Location
from credlint.model.values import NO_BRANCH, Branches, Parameter, Unknown

_Noted = TypeVar("_Noted")
_DEEPEST = 4
"""So deep what is handed over is looked into; what holds more is not compared."""


class _Interesting(Exception):
    """What is handed over, or given, may matter: the call is made each time."""


_Leaf = tuple[object, ...]


@dataclass(slots=True)
class Question:
    """A call before it is made; `key` is what it has in common with its like.

    `leaves` are the values that it hands over, `objects` the numbers of the objects, each in the order in which they
    are met. The rest is how things were before it was made.
    """

    key: Hashable
    leaves: dict[_Leaf, Item]
    objects: dict[int, int]
    kept: list[HeapObject]
    heap: Heap
    number: int
    followed: int
    marks: tuple[int, ...]
    texts: int
    shown: int
    refused: int = MAXIMUM_ACTIVE


def question(home: Machine, function: Function, inner: State, state: State) -> Question | None:
    """Give what tells a call from others, before it is made: None where it must be made each time."""
    shared = home.shared
    if function.closure or state.environment or not isinstance(function.info.node, cst.FunctionDef):
        return None
    likeness = _Likeness(home, inner.heap)
    try:
        given = tuple([(name, likeness.of(value, 0)) for name, value in inner.names.items()])
    except _Interesting:
        return None
    kept = _changed_since(home.module_state.heap, state.heap)
    changes = tuple([id(obj) for obj in kept])
    key = (function.info, shared.muted > 0, shared.summing_up, state.falsy, len(shared.writers), given, changes)
    return Question(
        key,
        likeness.leaves,
        likeness.objects,
        kept,
        state.heap,
        shared.last_number,
        shared.followed,
        shared.marks(),
        len(shared.texts),
        len(shared.answers_shown),
    )


def _changed_since(module: Heap, heap: Heap) -> list[HeapObject]:
    """Give the objects of a module that are not what they were when it had run."""
    found: list[HeapObject] = []
    for layer in (module.own,) if module.base is heap.base else (module.own, module.base):
        for number, obj in layer.items():
            now = heap.get(number)
            if now is not obj and now is not None:
                found.append(now)
    return found


class _Likeness:
    """What values have in common with others that lead to the same where they lead to nothing."""

    def __init__(self, machine: Machine, heap: Heap) -> None:
        self._machine = machine
        self._heap = heap
        self.leaves: dict[_Leaf, Item] = {}
        self.objects: dict[int, int] = {}
        self._places: dict[_Leaf, int] = {}

    def of(self, value: Value, depth: int) -> Hashable:
        return tuple([self._of_item(item, depth) for item in value])

    def _of_item(self, item: Item, depth: int) -> Hashable:
        data = item.data
        kind = type(data)
        if item.held is not None or item.damage is not None:
            raise _Interesting
        if kind is Scalar or kind is Const:
            leaf = _leaf(item)
            place = self._places.setdefault(leaf, len(self._places))
            self.leaves.setdefault(leaf, item)
            if kind is Const:
                return (place, item.given, item.raw, type(data.value), data.value)  # type: ignore[union-attr]
            if isinstance(data.origin, Unknown | Parameter):  # type: ignore[union-attr]
                return (place, item.given, item.raw)
        elif isinstance(data, Ref):
            place = self.objects.get(data.number, -1)
            if place >= 0:
                return (kind, place)
            self.objects[data.number] = len(self.objects)
            return self._of_object(self._heap.get(data.number), depth)
        elif isinstance(data, Method):
            return (kind, data.dotted, self._of_item(data.receiver, depth))
        elif isinstance(data, Text):
            return (kind, data.cut, data.place, tuple([self.of(part, depth) for part in data.parts]))
        elif isinstance(data, Missing | Name | Class | ModuleObject | Getter | Bounded):
            return data
        raise _Interesting

    def _of_object(self, obj: HeapObject | None, depth: int) -> Hashable:
        if depth >= _DEEPEST:
            raise _Interesting
        depth += 1
        match obj:
            case InstanceObject(info, attributes, is_open, shows):
                inner = tuple([(name, self.of(value, depth)) for name, value in attributes.items()])
                return (InstanceObject, info, is_open, shows, inner)
            case DictObject(items, is_open, environment, places, rest, profile, base):
                if any(isinstance(name, str) and part_role(self._machine, name) is not None for name in places):
                    raise _Interesting  # who reads it is noted
                held = tuple([(key, self.of(value, depth)) for key, value in items.items()])
                began = None if base is None else self._of_item(base, depth)
                return (DictObject, is_open, environment, profile, held, self.of(rest, depth), began)
            case ListObject(items, is_open):
                return (ListObject, is_open, tuple([self.of(value, depth) for value in items]))
            case _:
                raise _Interesting


def _leaf(item: Item) -> _Leaf:
    return (item.data, item.steps, item.unnamed)


def begin(home: Machine, asked: Question) -> None:
    """Begin a call that may be remembered."""
    asked.refused, home.shared.work.refused = home.shared.work.refused, MAXIMUM_ACTIVE


def remember(home: Machine, asked: Question, value: Value, frame: Frame, state: State) -> None:
    """Keep what a call has given and left in what it was handed, where that is all that it did."""
    shared = home.shared
    refused = shared.work.refused
    shared.work.refused = min(refused, asked.refused)
    if shared.marks() != asked.marks:
        shared.work.noting.add(frame.calls)
    if (
        refused < len(shared.active)  # a function around it was not followed again: elsewhere it may be
        or frame.calls in shared.work.noting  # the same again: what it noted is known by now
        or state.environment
        or any(texts.tells(home, *group) for group in _newest(shared.texts.items(), len(shared.texts) - asked.texts))
        or _shows_of_others(shared, asked, value, frame)
    ):
        return
    changed = list(_changed(asked, home, state.heap))
    if not all(number in asked.objects for number, _ in changed):
        return
    try:
        objects = _reached(asked, value, changed, state.heap)
    except _Interesting:
        return
    shared.work.answered[asked.key] = Answered(
        value,
        tuple((asked.objects[number], obj) for number, obj in changed),
        objects,
        tuple(asked.leaves),
        tuple(asked.objects),
        state.alive,
        frame.calls,
        asked.followed,
        is_cut_short(shared),
        tuple(asked.kept),
    )


def _newest(values: Reversible[_Noted], count: int) -> Iterable[_Noted]:
    return islice(reversed(values), count)


def _shows_of_others(shared: Shared, asked: Question, value: Value, frame: Frame) -> bool:
    """Tell whether answers were shown in a call that came from elsewhere, or that others see as well."""
    calls = frame.calls
    shown = [unnamed for _, unnamed in _newest(shared.answers_shown, len(shared.answers_shown) - asked.shown)]
    return bool(shown) and (
        any(one.calls[: len(calls)] != calls for one in shown)
        or any(item.unnamed is not None and item.unnamed.calls[: len(calls)] == calls for item in value)
    )


def _changed(asked: Question, home: Machine, after: Heap) -> Iterator[tuple[int, HeapObject]]:
    """Give the objects that were there before a call and are not what they were."""
    before, own = asked.heap, home.module_state.heap
    for layer in (after.own,) if after.base is before.base else (after.own, after.base):
        for number, obj in layer.items():
            if number <= asked.number and before.get(number) is not obj and own.get(number) is not obj:
                yield number, obj


def _reached(
    asked: Question, value: Value, changed: list[tuple[int, HeapObject]], heap: Heap
) -> dict[int, HeapObject | None]:
    """Give the objects that a call made and left behind; raises _Interesting where it gives something that matters."""
    found: dict[int, HeapObject | None] = {}
    waiting = [value, *(one for _, obj in changed for one in _values(obj))]
    while waiting:
        for item in waiting.pop():
            number = _number(item)
            if item.held is not None or (item.steps and _leaf(item) not in asked.leaves):
                raise _Interesting
            if isinstance(item.data, Text):
                waiting += item.data.parts
            elif number is not None:
                if number not in found and number not in asked.objects:
                    found[number] = obj = heap.get(number)
                    if number > asked.number:
                        waiting += _values(obj)
            elif isinstance(item.data, Method):
                waiting.append((item.data.receiver,))
            elif isinstance(item.data, Scalar):
                if not isinstance(item.data.origin, Unknown | Parameter):
                    raise _Interesting
            elif not isinstance(item.data, Const | Missing | Name | Class | ModuleObject | Bounded | Getter):
                raise _Interesting
    return {
        number: obj if number > asked.number else None if number in asked.heap else obj for number, obj in found.items()
    }


def _values(obj: HeapObject | None) -> list[Value]:
    if not isinstance(obj, DictObject | ListObject | InstanceObject):
        raise _Interesting
    if isinstance(obj, DictObject):
        return [*contents(obj), obj.rest, () if obj.base is None else (obj.base,)]
    return contents(obj)


def _number(item: Item) -> int | None:
    return item.data.number if isinstance(item.data, Ref) else None


def recall(home: Machine, asked: Question, calls: tuple[Location, ...], state: State) -> Value | None:
    """Give what the like of a call gave, as this call gives it; None where none was made yet, or only a deeper one."""
    shared = home.shared
    known = shared.work.answered.get(asked.key)
    if known is None or len(known.calls) > len(calls) or (known.cut_short and known.begun > shared.followed):
        return None
    state.alive = known.alive
    again = _Again(home, asked, known, calls, state)
    objects = list(asked.objects)
    for place, obj in known.changed:
        state.heap[objects[place]] = again.object(obj)
    return again.value(known.value)


class _Again:
    """What a call gave, as another call gives it."""

    def __init__(
        self, home: Machine, asked: Question, known: Answered, calls: tuple[Location, ...], state: State
    ) -> None:
        self._home = home
        self._known = known
        self._calls = calls
        self._state = state
        self._leaves = dict(zip(known.leaves, asked.leaves.values(), strict=True))
        self._numbers = dict(zip(known.handed, asked.objects, strict=True))
        self._arms: dict[Branches, Branches] = {NO_BRANCH: NO_BRANCH}
        self._key = (asked.key, calls)

    def value(self, value: Value) -> Value:
        return tuple([self._item(item) for item in value])

    def _item(self, item: Item) -> Item:
        branches = item.branches if self._known.calls == self._calls else self._elsewhere(item.branches)
        leaf = self._leaves.get(_leaf(item))
        if leaf is not None:
            return replace(leaf, branches=branches, given=item.given, raw=item.raw, damage=item.damage)
        unnamed, before = item.unnamed, self._known.calls
        if unnamed is not None and unnamed.calls[: len(before)] == before:
            unnamed = replace(unnamed, calls=(*self._calls, *unnamed.calls[len(before) :]))
        data = item.data
        if isinstance(data, Ref):
            data = Ref(self._number(data.number))
        elif isinstance(data, Text):
            data = replace(data, parts=tuple([self.value(part) for part in data.parts]))
        elif isinstance(data, Method):
            data = Method(data.dotted, self._item(data.receiver))
        return replace(item, data=data, branches=branches, unnamed=unnamed)

    def _elsewhere(self, branches: Branches) -> Branches:
        """Give branches that stand for those of a call that another way led to."""
        if branches not in self._arms:
            self._arms[branches] = self._home.shared.arm(self._key, len(self._arms))
        return self._arms[branches]

    def _number(self, number: int) -> int:
        """Give the number of an object: of its like among those handed over, of a copy, or of itself."""
        if number not in self._numbers:
            obj = self._known.objects[number]
            if obj is None:
                self._numbers[number] = number
            elif number in self._home.module_state.heap:
                self._numbers[number] = number
                self._state.heap.adopt(self._home.module_state.heap)
            else:
                self._numbers[number] = self._home.shared.number()
                self._state.heap[self._numbers[number]] = self.object(obj)
        return self._numbers[number]

    def object(self, obj: HeapObject) -> HeapObject:
        """Give an object with what it holds put in its place."""
        match obj:
            case InstanceObject(attributes=attributes):
                return replace(obj, attributes={name: self.value(value) for name, value in attributes.items()})
            case DictObject(items=items, rest=rest, base=base):
                return replace(
                    obj,
                    items={name: self.value(value) for name, value in items.items()},
                    rest=self.value(rest),
                    base=None if base is None else self._item(base),
                )
            case ListObject(items=items):
                return replace(obj, items=tuple([self.value(value) for value in items]))
            case _:
                return obj
