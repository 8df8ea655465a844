"""What the names of one run stand for and the objects they point to: forks, joins, and the ways that are left."""

from __future__ import annotations

from collections.abc import Mapping

from credlint.extract.python.domain import (
    MISSING,
    Argument,
    DictObject,
    HeapObject,
    InstanceObject,
    Item,
    ListObject,
    MadeObject,
    Ref,
    Value,
    open_list,
    tag,
    union,
    unknown,
)
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import NO_BRANCH, Branches, Origin, compatible


class Heap:
    """Objects by number, as a layer of changes over a base that forks share: a fork copies the layer only."""

    __slots__ = ("base", "own")
    _MAXIMUM_LAYER = 64

    def __init__(self, base: Mapping[int, HeapObject] | None = None, own: dict[int, HeapObject] | None = None) -> None:
        self.base: Mapping[int, HeapObject] = {} if base is None else base
        self.own: dict[int, HeapObject] = {} if own is None else own

    def get(self, number: int) -> HeapObject | None:
        """Give an object, or None."""
        found = self.own.get(number)
        return self.base.get(number) if found is None else found

    def __getitem__(self, number: int) -> HeapObject:
        return self.own[number] if number in self.own else self.base[number]

    def __setitem__(self, number: int, obj: HeapObject) -> None:
        self.own[number] = obj

    def __contains__(self, number: int) -> bool:
        return number in self.own or number in self.base

    def fork(self) -> Heap:
        """Give a copy that changes independently; a thick layer becomes part of the base first."""
        if len(self.own) > self._MAXIMUM_LAYER:
            self.base = {**self.base, **self.own}
            self.own = {}
        return Heap(self.base, dict(self.own))

    def values(self) -> list[HeapObject]:
        """Give every object."""
        return [*(obj for number, obj in self.base.items() if number not in self.own), *self.own.values()]

    def adopt(self, other: Heap) -> None:
        """Take over the objects of another heap that this one lacks."""
        own, base = self.own, self.base
        for layer in (other.own,) if base is other.base else (other.base, other.own):
            for number, obj in layer.items():
                if number not in own and number not in base:
                    own[number] = obj

    def update(self, other: Heap) -> None:
        """Take over every object of another heap, changed ones included."""
        if self.base is not other.base:
            self.own.update(other.base)
        self.own.update(other.own)


MAXIMUM_WORLDS = 6
"""So many conditions that left several ways are remembered, the newest ones."""


class State:
    """What holds at one point of the program: names, heap, branches taken, origins known to be missing here.

    `worlds` are what conditions left: of each, one way at least was taken.
    """

    __slots__ = ("alive", "branches", "environment", "falsy", "heap", "names", "worlds")

    def __init__(self) -> None:
        self.names: dict[str, Value] = {}
        self.heap = Heap()
        self.environment: dict[str, tuple[Value, Location]] = {}
        self.branches: Branches = NO_BRANCH
        self.falsy: frozenset[Origin] = frozenset()
        self.worlds: tuple[frozenset[Branches], ...] = ()
        self.alive = True

    def fork(self) -> State:
        """Give a copy that changes independently."""
        other = State()
        other.names = dict(self.names)
        other.heap = self.heap.fork()
        other.environment = dict(self.environment)
        other.branches = self.branches
        other.falsy = self.falsy
        other.worlds = self.worlds
        other.alive = self.alive
        return other

    def become(self, other: State) -> None:
        """Take over everything of another state."""
        self.names, self.heap, self.environment = other.names, other.heap, other.environment
        self.branches, self.falsy, self.alive = other.branches, other.falsy, other.alive
        self.worlds = other.worlds

    def at(self, item: Item | None) -> HeapObject | None:
        """Give the object that an alternative points to, or None when it points to none."""
        return self.heap.get(item.data.number) if item is not None and isinstance(item.data, Ref) else None

    def only(self, value: Value) -> HeapObject | None:
        """Give the object of a value with one alternative, or None."""
        return self.at(value[0]) if len(value) == 1 else None

    def visible(self, value: Value) -> Value:
        """Give the alternatives that can be here, on the branches taken."""
        if not self.branches and not self.worlds:
            return value
        for item in value:
            if item.branches:
                break
        else:
            return value
        kept = tuple([item for item in value if not item.branches or self.allows(item.branches)])
        return kept or unknown("not reached here")

    def allows(self, branches: Branches) -> bool:
        """Tell whether something on these branches can be here."""
        if not compatible(branches, self.branches):
            return False
        for ways in self.worlds:
            for way in ways:
                if compatible(branches, way):
                    break
            else:
                return False
        return True

    def limit(self, ways: frozenset[Branches]) -> None:
        """Note that one of several ways led here: what stands on none of them cannot be."""
        if len(ways) > 1 and NO_BRANCH not in ways and ways not in self.worlds:
            self.worlds = (*self.worlds, ways)[-MAXIMUM_WORLDS:]


def join(before: State, arms: list[tuple[State, Branches]]) -> State:
    """Bring arms together again after a decision; each arm's own alternatives carry its branch.

    Arms that do not go on (return, raise) are left out; when one is left, its branch holds from here on.
    """
    living = [(state, branch) for state, branch in arms if state.alive]
    if not living:
        dead = before.fork()
        dead.alive = False
        return dead
    if len(living) == 1:
        return living[0][0]
    result = State()
    result.branches = frozenset.intersection(*(state.branches for state, _ in living)) | before.branches
    result.falsy = frozenset.intersection(*(state.falsy for state, _ in living))
    result.worlds = tuple(ways for ways in living[0][0].worlds if all(ways in state.worlds for state, _ in living))
    result.names = _join_values([(state.names, branch) for state, branch in living], None)
    result.heap = _join_heaps(living)
    for key in {key: None for state, _ in living for key in state.environment}:
        entries = [(state.environment.get(key), branch) for state, branch in living]
        places = [entry[1] for entry, _ in entries if entry]
        values = [tag(entry[0], branch) if entry else tag(MISSING, branch) for entry, branch in entries]
        same = all(entry is entries[0][0] for entry, _ in entries)
        first = entries[0][0]
        result.environment[key] = first if same and first else (union(values), places[0])
    return result


def _join_values(tables: list[tuple[dict[str, Value], Branches]], absent: Value | None) -> dict[str, Value]:
    joined: dict[str, Value] = {}
    first_table = tables[0][0]
    different: dict[str, None] = {}
    for other, _ in tables[1:]:
        different.update([(name, None) for name, value in other.items() if first_table.get(name) is not value])
        different.update(dict.fromkeys(first_table.keys() - other.keys()))
    for name in {**first_table, **different}:
        if name not in different:  # what no arm has touched: most names, by far
            joined[name] = first_table[name]
            continue
        found = [(table.get(name, absent), branch) for table, branch in tables]
        joined[name] = _join_value([(value, branch) for value, branch in found if value is not None])
    return joined


def _join_value(values: list[tuple[Value, Branches]]) -> Value:
    first = values[0][0]
    for value, _ in values:
        if value is not first and value != first:
            break
    else:
        return first
    common = set(first).intersection(*(value for value, _ in values))
    return union(
        tuple(item if item in common else item.tagged(branch) for item in value if compatible(item.branches, branch))
        for value, branch in values
    )


def _join_heaps(living: list[tuple[State, Branches]]) -> Heap:
    """Join only what an arm changed: what all have from a common base stays as it is."""
    heaps = [(state.heap, branch) for state, branch in living]
    first = heaps[0][0]
    common = all(heap.base is first.base for heap, _ in heaps)
    known = first.own if common else {**first.base, **first.own}
    joined = Heap(first.base, dict(known)) if common else Heap(known)  # what no arm has touched: most objects, by far
    different: set[int] = set()
    for heap, _ in heaps[1:]:
        objects = heap.own if common else {**heap.base, **heap.own}
        different.update([number for number, obj in objects.items() if known.get(number) is not obj])
        different.update(known.keys() - objects.keys())
    for number in sorted(different):
        found = [(obj, branch) for heap, branch in heaps if (obj := heap.get(number)) is not None]
        joined.own[number] = found[0][0] if len(found) == 1 else _join_objects(found)
    return joined


def _join_objects(found: list[tuple[HeapObject, Branches]]) -> HeapObject:
    first = found[0][0]
    if isinstance(first, DictObject):
        dicts = [(obj, branch) for obj, branch in found if isinstance(obj, DictObject)]
        items: dict[str | int, Value] = {}
        for key in {key: None for obj, _ in dicts for key in obj.items}:
            items[key] = _join_value([(obj.items.get(key, MISSING), branch) for obj, branch in dicts])
        places = {key: place for obj, _ in dicts for key, place in obj.places.items()}
        rest = _join_value([(obj.rest, branch) for obj, branch in dicts])
        is_open, environment = any(obj.open for obj, _ in dicts), all(obj.environment for obj, _ in dicts)
        return DictObject(items, is_open, environment, places, rest)
    if isinstance(first, InstanceObject):
        instances = [(obj, branch) for obj, branch in found if isinstance(obj, InstanceObject)]
        attributes = _join_values([(dict(obj.attributes), branch) for obj, branch in instances], MISSING)
        return replace(first, attributes=attributes, open=any(obj.open for obj, _ in instances))
    if isinstance(first, MadeObject):
        made = [(obj, branch) for obj, branch in found if isinstance(obj, MadeObject)]
        roles: dict[str, Argument] = {}
        for role in {role: None for obj, _ in made for role in obj.roles}:
            given = [obj.roles[role] for obj, _ in made if role in obj.roles]
            value = _join_value(
                [(obj.roles[role].value if role in obj.roles else MISSING, branch) for obj, branch in made]
            )
            roles[role] = replace(given[0], value=value)
        return replace(first, roles=roles, open=any(obj.open for obj, _ in made))
    lists = [(obj, branch) for obj, branch in found if isinstance(obj, ListObject)]
    if len({len(obj.items) for obj, _ in lists}) == 1:
        columns = zip(*(obj.items for obj, _ in lists), strict=True)
        branches = [branch for _, branch in lists]
        return ListObject(
            tuple(_join_value(list(zip(column, branches, strict=True))) for column in columns),
            any(obj.open for obj, _ in lists),
        )
    return open_list(value for obj, _ in lists for value in obj.items)
