"""Methods of what the language itself has: dicts, lists, texts, scalars, and answers that are used like dicts."""

from __future__ import annotations

import re
import string

from credlint.extract.python.domain import (
    MISSING,
    Answer,
    Const,
    DictObject,
    InstanceObject,
    Item,
    ListObject,
    MadeObject,
    Missing,
    Ref,
    Scalar,
    Store,
    Text,
    Value,
    constant,
    open_list,
    present,
    tag,
    text_of,
    union,
    unknown,
    written,
)
from credlint.extract.python.formats import cut_short, joined, shuffled
from credlint.extract.python.holders import UNWRAPPING
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.mappings import splat
from credlint.extract.python.notes import misnamed
from credlint.extract.python.objects import (
    answer_field,
    apart,
    fields_of,
    ini_section,
    read_item,
)
from credlint.extract.python.reflection import call_record_method
from credlint.extract.python.sequences import elements_of, iterate
from credlint.extract.python.state import State
from credlint.extract.python.transforms import RECASING, decoded, encoded, recased, stored_field, stripped
from credlint.model.patterns import pattern
from credlint.model.records import replace
from credlint.model.values import Lifetime, ResponseField

_KEEPING = frozenset({"strip", "decode", "encode", "rstrip", "lstrip", "removesuffix", "removeprefix"})
_STRIPPING = frozenset({"strip", "rstrip", "lstrip"})
_AWAITED = frozenset({"result", "get"})
"""What a future or the answer of a pool is asked for; without arguments no mapping is."""


def call_method(
    machine: Machine,
    receiver: Item,
    obj: object,
    name: str,
    arguments: Arguments,
    site: Site,
    state: State,
    frame: Frame,
) -> Value | None:
    """Call a method of a dict, list, string or answer; None for any other."""
    if (name in _AWAITED and not arguments.positional) or (receiver.held is not None and name in UNWRAPPING):
        return (receiver,)
    match receiver.data:
        case Answer():
            return _answer_method(machine, receiver, name, arguments, state)
        case Store(inside=True) as store if name == "get" and (key := text_argument(arguments, 0)) is not None:
            return stored_field(store, key, site.callee)
        case Ref(number):
            if isinstance(obj, DictObject):
                return _dict_method(machine, number, obj, receiver, name, arguments, site, state, frame)
            if isinstance(obj, ListObject):
                return _list_method(machine, number, obj, name, arguments, state, frame)
            if isinstance(obj, MadeObject) and name == "get" and len(arguments.positional) > 1:
                return _setting(machine, receiver, arguments, site, state, frame)
            return call_record_method(machine, obj, name, arguments, state) if isinstance(obj, InstanceObject) else None
        case Const(str()) | Text():
            return _text_method(receiver, name, arguments, site, state)
        case Scalar():
            return _scalar_method(machine, receiver, name, arguments, site, state)
        case _:
            return None


def _scalar_method(
    machine: Machine, receiver: Item, name: str, arguments: Arguments, site: Site, state: State
) -> Value | None:
    """Call a method of a text of which only the origin is known; None for any that no text has."""
    match receiver.data:
        case _ if name in _KEEPING:
            return (_kept(receiver, name, arguments),)
        case _ if name in RECASING:
            return recased(receiver, name, site.callee)
        case Scalar(ResponseField(lifetime=Lifetime.UNKNOWN)) if name == "split":  # base64 of user and password
            return machine.new(ListObject((unknown("user of a login"), (receiver,))), state)
        case _ if name in {"replace", "split", "format", "join"}:
            return text_of([(receiver,)])
        case _:
            return None


def _setting(
    machine: Machine, receiver: Item, arguments: Arguments, site: Site, state: State, frame: Frame
) -> Value | None:
    """Read `parser.get(section, name)`; None of any other object. What stands in for what is not there is left out."""
    section, name = (argument.value for argument in arguments.positional[:2])
    found = ini_section(machine, receiver, section, state)
    return read_item(machine, found, name, site.callee, state, frame) if found is not None else None


def _answer_method(machine: Machine, receiver: Item, name: str, arguments: Arguments, state: State) -> Value | None:
    key = text_argument(arguments, 0)
    if name in {"get", "pop"} and key is not None:
        return answer_field(receiver, key)
    if name in {"copy", "json", "decode", "to_map", "encode", "strip", "read"}:
        return (receiver,)
    if name in {"items", "values"}:
        fields = fields_of(receiver)
        values = tuple(fields.values())
        if name == "items":
            values = tuple(machine.new(ListObject((constant(str(key)), value)), state) for key, value in fields.items())
        return machine.new(ListObject(values, open=True), state)
    if name == "keys":
        return unknown("names of the fields of an answer")
    return None


def _dict_method(
    machine: Machine,
    number: int,
    obj: DictObject,
    receiver: Item,
    name: str,
    arguments: Arguments,
    site: Site,
    state: State,
    frame: Frame,
) -> Value | None:
    key = text_argument(arguments, 0)
    default = arguments.positional[1].value if len(arguments.positional) > 1 else constant(None)
    match name:
        case "get" | "pop" | "setdefault" if key is not None:
            value = obj.items.get(key)
            if value is None:
                known = not obj.open and not obj.environment
                read = read_item(machine, (receiver,), constant(key), site.callee, state, frame)
                result = default if known else read
            else:
                misnamed.note_read(machine, obj, key, site.callee, frame)
                lacking = [item for item in value if isinstance(item.data, Missing)]
                result = union((present(value), *(tag(default, item.branches) for item in lacking)))
            if name == "pop":
                items = {other: given for other, given in obj.items.items() if other != key}
                if obj.environment:
                    items[key] = MISSING
                state.heap[number] = replace(obj, items=items)
            elif name == "setdefault":
                state.heap[number] = replace(obj, items={**obj.items, key: result})
            return result
        case "get" if arguments.positional:
            return read_item(machine, (receiver,), arguments.positional[0].value, site.callee, state, frame)
        case "update":
            items = {}
            opened = arguments.open_keywords
            for argument in arguments.positional:
                more, _ = splat(machine, argument.value, items, state, frame)
                opened |= more
            items.update({given: argument.value for given, argument in arguments.keywords.items()})
            machine.merge(receiver, items, state, opened=opened)
            return constant(None)
        case "copy":
            misnamed.seen_whole(machine, (receiver,), state)
            return machine.new(obj, state)
        case "values" | "items" | "keys":
            misnamed.seen_whole(machine, (receiver,), state)
            return _view(machine, obj, name, state)
        case _:
            return None


def _view(machine: Machine, obj: DictObject, name: str, state: State) -> Value:
    """Give the keys, values or pairs of a dict; what some path lacks makes a list that is open."""
    known = {key: found for key, value in obj.items.items() if (found := present(value))}
    is_open = obj.open or any(len(found) < len(obj.items[key]) for key, found in known.items())
    shown: list[Value] = []
    for key, found in known.items():
        if name == "items":
            shown.append(machine.new(ListObject((constant(key), found)), state))
        else:
            shown.append(found if name == "values" else constant(key))
    return machine.new(ListObject(tuple(shown), is_open), state)


def _list_method(
    machine: Machine, number: int, obj: ListObject, name: str, arguments: Arguments, state: State, frame: Frame
) -> Value | None:
    match name:
        case "append" | "insert" | "extend" | "add" | "update" | "appendleft":
            added = tuple(argument.value for argument in arguments.positional[-1:])
            if name in {"extend", "update"}:
                known = elements_of(added[0], state) if added else None
                added = known if known is not None else tuple(iterate(machine, value, state) for value in added)
            if obj.open or frame.rolling or name not in {"append", "extend", "add"}:  # a loop may add any number
                state.heap[number] = open_list((*obj.items, *added))
            else:
                state.heap[number] = ListObject((*obj.items, *added))
            return constant(None)
        case "pop" | "popleft":
            return apart(machine, ("pop", number, obj), obj.items) if obj.items else unknown("element of a list")
        case "copy":
            return machine.new(obj, state)
        case _:
            return unknown("method of a list")


def _kept(receiver: Item, name: str, arguments: Arguments) -> Item:
    """What strip and the like leave of a constant; any other text stays what it is."""
    match receiver.data:
        case Const(str(text), place) if name in _STRIPPING and not arguments.positional:
            return replace(receiver, data=Const(getattr(text, name)(), place))
        case Const():
            return receiver
        case _ if name == "encode":
            return encoded(receiver)
        case _:
            return decoded(receiver) if name == "decode" else stripped(receiver)


def text_argument(arguments: Arguments, index: int) -> str | None:
    """Give the text of a positional argument, or None where it is not one constant text."""
    if len(arguments.positional) <= index:
        return None
    value = arguments.positional[index].value
    only = value[0].data if len(value) == 1 else None
    return only.value if isinstance(only, Const) and isinstance(only.value, str) else None


def are_keys(value: Value) -> bool:
    """Iterating an answer gives the names of its fields, no secret."""
    return bool(value) and all(isinstance(item.data, Answer) for item in value)


_INDEX = pattern("[0-9]{1,9}")


def _format_fields(template: str, arguments: Arguments) -> list[Value] | None:
    """Give what `template.format(...)` shows, in order: of an answer only the field that is named."""
    shown: list[Value] = []
    try:
        pieces = [(text, name, spec) for text, name, spec, _ in string.Formatter().parse(template)]
    except ValueError:
        return None
    index = -1
    for text, field, spec in pieces:
        if text:
            shown.append(constant(text))
        if field is None:
            continue
        index += 1
        first, *rest = re.split(r"[.\[]", field.replace("]", ""))
        if first in arguments.keywords:
            value = arguments.keywords[first].value
        else:
            position = index if not first else int(first) if _INDEX.fullmatch(first) else -1
            known = 0 <= position < len(arguments.positional)
            value = arguments.positional[position].value if known else unknown("argument")
        for name in rest:
            value = union(
                answer_field(item, name) if isinstance(item.data, Answer) else text_of([(item,)]) for item in value
            )
        shown.append(cut_short(value, spec or ""))
    return shown


def _text_method(receiver: Item, name: str, arguments: Arguments, site: Site, state: State) -> Value:
    if name in _KEEPING:
        return (_kept(receiver, name, arguments),)
    if name in RECASING:
        return recased(receiver, name, site.callee)
    if name == "format" and isinstance(receiver.data, Const):
        shown = _format_fields(str(receiver.data.value), arguments)
        if shown is not None:
            return written(text_of(shown), lambda: site.callee)
    if name == "join" and arguments.positional and are_keys(arguments.positional[0].value):
        return unknown("names of the fields of an answer")
    listed = state.only(arguments.positional[0].value) if name == "join" and arguments.positional else None
    if isinstance(listed, ListObject):
        return joined(receiver, listed)
    parts = tuple(argument.value for argument in (*arguments.positional, *arguments.keywords.values()))
    spread: list[Value] = []
    for part in parts:
        obj = state.only(part)
        spread += obj.items if isinstance(obj, ListObject) else [part]
    if name in {"startswith", "endswith", "isdigit", "find", "count", "index"}:
        return unknown("question about a text")
    if isinstance(receiver.data, Text):  # constants that are looked for in a text are not put into it
        spread = [part for part in spread if not all(isinstance(item.data, Const) for item in part)]
    return shuffled(text_of([(receiver,), *spread]))
