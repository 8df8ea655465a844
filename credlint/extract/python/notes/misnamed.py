"""Session tokens that are put into a mapping under one name, while the reader of the mapping asks for another.

The reader takes key id and secret under the names under which they were stored. Who else gets the mapping may read the
token there, and then nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from credlint.extract.python.domain import Const, DictObject, Item, Scalar, Value
from credlint.extract.python.holders import part_role
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.state import State
from credlint.model.facts import MisnamedToken
from credlint.model.span import Location
from credlint.model.values import PARTS, Cloud, Parameter, Role, Unknown


def opened(machine: Machine, name: str, holder: Value, keys: Value, state: State) -> Value:
    """Before a part of credentials is stored in a mapping of which nothing is known: from here on it holds that part.

    `name` is the local variable that stands for the mapping. What else it holds stays what it was.
    """
    key = keys[0].data if len(keys) == 1 else None
    only = holder[0] if len(holder) == 1 else None
    if only is None or name not in state.names or not isinstance(key, Const) or not isinstance(key.value, str):
        return holder
    if not isinstance(only.data, Scalar) or not isinstance(only.data.origin, Unknown | Parameter):
        return holder
    if part_role(machine, key.value) is None:
        return holder
    state.names[name] = machine.new(DictObject({}, open=True, base=only), state)
    return state.names[name]


def note_read(machine: Machine, obj: DictObject, key: str | int, place: Location, frame: Frame) -> None:
    """Note that a part is read off a mapping under a name."""
    part = part_role(machine, key) if isinstance(key, str) and obj.places else None
    if part is None:
        return
    if key in obj.items:
        machine.shared.facts.parts_read.update(_place(obj, key))
        return
    if part[0] is not Role.TOKEN or machine.shared.muted or machine.shared.test_context:
        return
    stored = {role: [name for name in _stored(machine, obj) if _is(machine, name, role)] for role in PARTS}
    if any(len(names) != 1 for names in stored.values()):
        return
    key_id, secret, token = (stored[role][0] for role in PARTS)
    if not _is_one_cloud(machine, token, str(key)):
        return
    machine.shared.facts.misnamed.setdefault(
        obj.places[token],
        MisnamedToken(
            stored=token,
            asked=str(key),
            location=obj.places[token],
            pair=(obj.places[key_id], obj.places[secret]),
            read=place,
            flows=frame.flows,
            calls=frame.calls,
        ),
    )


def _stored(machine: Machine, obj: DictObject) -> Iterator[str]:
    """Give the names under which code has stored a part that is there."""
    for name in obj.places:
        if isinstance(name, str) and part_role(machine, name) is not None and _is_there(obj.items.get(name, ())):
            yield name


def _is_there(value: Value) -> bool:
    return bool(value) and not any(isinstance(item.data, Const) and not item.data.value for item in value)


def _is(machine: Machine, name: str, role: Role) -> bool:
    part = part_role(machine, name)
    return part is not None and part[0] is role


def _is_one_cloud(machine: Machine, *names: str) -> bool:
    parts = (part_role(machine, name) for name in names)
    return len({part[1] for part in parts if part is not None} - {Cloud.S3_COMPATIBLE}) <= 1


def _place(obj: DictObject, key: str | int) -> Iterable[Location]:
    return [obj.places[key]] if key in obj.places else []


def seen_whole(machine: Machine, items: Iterable[Item], state: State) -> None:
    """Note that mappings are handed to code that may read all that they hold."""
    for item in items:
        obj = state.at(item)
        if isinstance(obj, DictObject) and obj.places:
            machine.shared.facts.parts_read.update(obj.places.values())


def settle(machine: Machine) -> None:
    """At the end of the module: leave out tokens that somebody read, and those beside which nobody read the pair."""
    facts = machine.shared.facts
    for place, found in list(facts.misnamed.items()):
        if place in facts.parts_read or not facts.parts_read.issuperset(found.pair):
            del facts.misnamed[place]
