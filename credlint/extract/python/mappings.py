"""Mappings that go into others: what a key is after it, where the one that goes in may not hold it."""

from __future__ import annotations

from credlint.extract.python.domain import (
    MISSING,
    Answer,
    Const,
    DictObject,
    InstanceObject,
    Item,
    Missing,
    Value,
    present,
    tag,
    union,
    unknown,
)
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.notes import misnamed
from credlint.extract.python.objects import describe, fields_of, is_environment
from credlint.extract.python.state import State
from credlint.model.values import Branches


def splat(
    machine: Machine, value: Value, items: dict[str | int, Value], state: State, frame: Frame
) -> tuple[bool, bool]:
    """Merge a mapping into `items`; give (may hold more, is the environment)."""
    is_open = environment = False
    results: list[tuple[dict[str | int, Value], Branches]] = []
    for item in value:
        obj = state.at(item)
        misnamed.seen_whole(machine, (item,), state)
        if _may_override(machine, item, obj):
            merged = {key: _overridden(machine, item, key, old) for key, old in items.items()}
        else:
            merged = dict(items)
        if isinstance(obj, InstanceObject):
            is_open |= obj.open
            merged.update(obj.attributes)
        elif isinstance(obj, DictObject):
            is_open |= obj.open
            environment |= obj.environment
            for key, given in obj.items.items():
                merged[key] = overlay(items.get(key, MISSING), given)
        elif isinstance(item.data, Answer):
            merged.update(fields_of(item))
            is_open = True
        elif is_environment(machine.catalogue, item):
            is_open = environment = True
            for name, (written, _) in state.environment.items():
                merged[name] = written
        elif not isinstance(item.data, Missing) and not (isinstance(item.data, Const) and item.data.value is None):
            is_open = True
        results.append((merged, item.branches))
    if len(results) == 1:
        items.update(results[0][0])
    else:
        for key in {key: None for merged, _ in results for key in merged}:
            items[key] = union(tag(merged.get(key, MISSING), branches) for merged, branches in results)
    return is_open, environment


def _may_override(machine: Machine, item: Item, obj: object) -> bool:
    """Tell whether a mapping that is merged into another may hold keys that are not known."""
    if isinstance(obj, DictObject):
        return obj.open or obj.environment
    harmless = isinstance(item.data, Missing | Answer) or (isinstance(item.data, Const) and item.data.value is None)
    return not harmless and not isinstance(obj, InstanceObject)


def _overridden(machine: Machine, item: Item, key: str | int, old: Value) -> Value:
    """Give an entry that another mapping may hold too, as an alternative of its own."""
    decision = ("overridden", describe(item) or item.data)
    other = unknown("may be given by **", f"{describe(item)}[{key!r}]")
    return union((tag(old, machine.shared.arm(decision, 0)), tag(other, machine.shared.arm(decision, 1))))


def overlay(old: Value, given: Value) -> Value:
    """Where the later mapping lacks the key on some path, the earlier value shows through there."""
    lacking = [item for item in given if isinstance(item.data, Missing)]
    if not lacking:
        return given
    return union((present(given), *(tag(old, item.branches) for item in lacking)))
