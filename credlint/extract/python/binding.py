"""Which entry of the catalogue a call is, and which argument plays which role in it."""

from __future__ import annotations

from credlint.catalogue.callables import CallableEntry, CallableKind
from credlint.catalogue.types import Catalogue
from credlint.extract.python.domain import (
    MISSING,
    Argument,
    Const,
    DictObject,
    Item,
    Name,
    Text,
    Value,
    tag,
    union,
    unknown,
)
from credlint.extract.python.machine import Arguments
from credlint.extract.python.standard import constant_text
from credlint.extract.python.state import State
from credlint.model.records import replace

_PARTS = frozenset({"key_id", "secret", "token"})
_PROPERTIES = _PARTS | {"endpoint"}
_GIVEN = {CallableKind.SUBPROCESS: frozenset({"environment"})}


def choose_entry(entry: CallableEntry, arguments: Arguments, state: State) -> CallableEntry | None:
    """Give the entry whose conditions hold, or None.

    Where the text that decides is not known, it is the first one that is given a key id and a secret.
    """
    if not entry.when:
        return entry
    possible = []
    for one in (entry, *entry.others):
        roles, _ = bind_roles(one, arguments, state)
        holds = _holds(one, roles)
        if holds:
            return one
        if holds is None and {"key_id", "secret"} <= roles.keys():
            possible.append(one)
    return possible[0] if possible else None


def entry_of_method(catalogue: Catalogue, name: str, arguments: Arguments, state: State) -> CallableEntry | None:
    """Give the entry that a method of an unknown object is by its name and arguments: one that is given parts.

    A process is given an environment, in which they may be.
    Of properties that are set one by one, the endpoint belongs to them.
    """
    for dotted in catalogue.any_receiver.get(name, ()):
        entry = catalogue.callables.get(dotted)
        chosen = choose_entry(entry, arguments, state) if entry else None
        if chosen is None:
            continue
        parts = _PROPERTIES if chosen.slot("query") is not None else _GIVEN.get(chosen.kind, _PARTS)
        if chosen.kind is CallableKind.ENCODED_STORE or not parts.isdisjoint(bind_roles(chosen, arguments, state)[0]):
            return chosen
    return None


def _holds(entry: CallableEntry, roles: dict[str, Argument]) -> bool | None:
    """Tell whether the texts begin as the entry says; None where that is not known."""
    results = {_begins(roles[role].value, words) if role in roles else None for role, words in entry.when}
    if False in results:
        return False
    return None if None in results else True


def _begins(value: Value, words: tuple[str, ...]) -> bool | None:
    results = {_item_begins(item, words) for item in value}
    if True in results:
        return True
    return None if None in results else False


def _item_begins(item: Item, words: tuple[str, ...]) -> bool | None:
    """Tell whether a text begins with one of some words; what ends in a slash must go on behind it."""
    match item.data:
        case Const(str(text)):
            return any(text.startswith(word) and not (text == word and word.endswith("/")) for word in words)
        case Const():
            return False
        case Name(dotted):
            return True if dotted.startswith(words) else None
        case Text(((Item(Const(str(text))),), *_)):
            if any(text.startswith(word) for word in words):
                return True
            return None if any(word.startswith(text) for word in words) else False
        case _:
            return None


def bind_roles(entry: CallableEntry, arguments: Arguments, state: State) -> tuple[dict[str, Argument], bool]:
    """Give the arguments by parameter role, and whether more may have been given by `*` or `**` of unknown content."""
    roles: dict[str, Argument] = {}
    for role, slot in entry.parameters:
        named = next((arguments.keywords[k] for k in slot.keywords if k in arguments.keywords), None)
        if named is not None:
            roles[role] = named
        elif slot.position is not None and slot.position < len(arguments.positional):
            given = arguments.positional[slot.position]
            roles[role] = replace(given, name=given.name or (slot.keywords[0] if slot.keywords else role))
    is_open = arguments.open_keywords or arguments.open_positional or _has_token_of_another_release(entry, arguments)
    for parameter, keys in entry.options:
        holder = roles.get(parameter)
        if parameter == "query":
            _bind_property(keys, roles)
        elif holder is not None:
            is_open = _bind_options(holder, keys, roles, state) or is_open
    return roles, is_open


def _has_token_of_another_release(entry: CallableEntry, arguments: Arguments) -> bool:
    """Tell whether a token is handed over under a name that the described release does not take."""
    known = {keyword for _, slot in entry.parameters for keyword in slot.keywords}
    return any("token" in keyword.lower() for keyword in arguments.keywords.keys() - known)


def _bind_property(keys: tuple[tuple[str, tuple[str, ...]], ...], roles: dict[str, Argument]) -> None:
    """Bind the value of a property that is set by its name."""
    name = constant_text(roles.get("query"))
    for role, names in keys:
        if name in names and "value" in roles:
            roles[role] = replace(roles["value"], name=name)


def _bind_options(
    holder: Argument, keys: tuple[tuple[str, tuple[str, ...]], ...], roles: dict[str, Argument], state: State
) -> bool:
    """Bind what a mapping holds; tell whether it may hold more. One that is not there on some path lacks its keys."""
    mappings = [(item, _mapping(item, state)) for item in holder.value]
    for role, names in keys:
        if role in roles:
            continue
        found: list[Value] = []
        used = ""
        for item, mapping in mappings:
            name = next((name for name in names if mapping is not None and name in mapping.items), None)
            if mapping is not None and name is not None:
                used = used or name
                found.append(tag(mapping.items[name], item.branches))
            elif mapping is not None and not mapping.open:
                found.append(tag(MISSING, item.branches))
            elif not _is_nothing(item):
                found.append(tag(unknown("option"), item.branches))
            else:
                found.append(tag(MISSING, item.branches))
        if used:
            roles[role] = Argument(union(found), holder.location, used)
    return any(not _is_nothing(item) and (mapping is None or mapping.open) for item, mapping in mappings)


def _mapping(item: Item, state: State) -> DictObject | None:
    """Give the mapping that an alternative is, also as the JSON text of one."""
    found = state.at(item)
    if isinstance(found, DictObject):
        return found
    match item.data:
        case Text(((only,),)):
            return _mapping(only, state)
        case _:
            return None


def _is_nothing(item: Item) -> bool:
    return isinstance(item.data, Const) and item.data.value is None
