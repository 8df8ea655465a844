"""What an SDK makes of what it is given: parts that it ignores, objects that it drops, variables that it prefers."""

from __future__ import annotations

from collections.abc import Mapping

from credlint.catalogue.callables import CallableEntry, CallableKind
from credlint.catalogue.types import Family
from credlint.extract.python.domain import Argument, Const, MadeObject, Missing, Ref, Value, present
from credlint.extract.python.machine import Machine
from credlint.extract.python.notes.settings import settings
from credlint.extract.python.state import State
from credlint.model.facts import Client, Setting
from credlint.model.records import replace
from credlint.model.sinks import NOT_KNOWN, TokenFate
from credlint.model.span import Location
from credlint.model.values import Role

_FURTHER = ("options", "anonymous")
_ENDPOINT = Role.ENDPOINT.value


def handled(machine: Machine, client: Client, holder: MadeObject, consumer: MadeObject, state: State) -> Client:
    """Add to a client what its SDK does with what `holder` was given and `consumer` works with."""
    wins, written = _environment_first(machine, consumer, state)
    # what nobody has taken yet may be filled in elsewhere
    open_ended = holder is consumer and holder.entry.kind is CallableKind.CONFIGURATION
    fate = _token_fate(holder)
    return replace(
        client,
        incomplete=NOT_KNOWN if open_ended else holder.entry.incomplete,
        token_fate=fate if fate is TokenFate.DROPPED or not open_ended else TokenFate.SENT,
        dropped=_dropped(machine, holder, state),
        environment_wins=wins,
        environment_set=written,
        configured=any(_is_given(consumer.roles.get(role)) for role in _FURTHER),
        test_context=machine.shared.test_context,
        takes_endpoint=_takes_endpoint(consumer.entry),
        reads=consumer.entry.reads,
        strips=holder.entry.strips,
    )


def _takes_endpoint(entry: CallableEntry) -> bool:
    nested = (role for _, keys in entry.options for role, _ in keys)
    return entry.slot(_ENDPOINT) is not None or _ENDPOINT in nested


def _is_given(argument: Argument | None) -> bool:
    return argument is not None and not all(_is_nothing(item.data) for item in argument.value)


def _is_nothing(data: object) -> bool:
    return isinstance(data, Missing) or (isinstance(data, Const) and data.value is None)


def _token_fate(holder: MadeObject) -> TokenFate:
    kinds = dict(holder.entry.token_by_type)
    argument = holder.roles.get("type")
    only = argument.value[0].data if argument and len(argument.value) == 1 else None
    return kinds.get(str(only.value), TokenFate.SENT) if isinstance(only, Const) else TokenFate.SENT


def _dropped(machine: Machine, holder: MadeObject, state: State) -> Setting | None:
    """Give a credential object that is certainly given, and is not looked at beside a key id."""
    for role in holder.entry.drops:
        argument = holder.roles.get(role)
        if argument is not None and all(isinstance(item.data, Ref) for item in argument.value):
            return settings(machine, {role: argument}, (role,), state)[0]
    return None


def _environment_first(machine: Machine, made: MadeObject, state: State) -> tuple[tuple[str, ...], Location | None]:
    """Give the variables whose pair is taken first, and where code sets them; nothing where code removes one."""
    if made.entry.environment_first is None or _is_given(made.roles.get("key_id")):
        return (), None
    if not _is_given(made.roles.get("credentials")):
        return (), None
    family = machine.catalogue.family(made.entry.environment_first)
    names = (*family.names(Role.KEY_ID)[:1], *family.names(Role.SECRET)[:1])
    written = [state.environment[name] for name in names if name in state.environment]
    if any(not present(value) or _may_be_missing(value) for value, _ in written):
        return (), None
    return names, written[0][1] if len(written) == len(names) else None


def _may_be_missing(value: Value) -> bool:
    return len(present(value)) < len(value)


def unread_token(machine: Machine, family: Family, given: Mapping[str, Argument], state: State) -> Setting | None:
    """Give a variable that is written beside a pair and taken for the token's, which the SDK does not read."""
    for name in family.unread:
        argument = given.get(name)
        if argument is not None and _is_given(argument) and not _is_of_another_set(machine, name, given):
            return settings(machine, {Role.TOKEN.value: argument}, (Role.TOKEN.value,), state)[0]
    return None


def _is_of_another_set(machine: Machine, name: str, given: Mapping[str, Argument]) -> bool:
    """Tell whether a token's variable stands beside the key id that it belongs to."""
    entry = machine.catalogue.variable(name)
    return entry is not None and any(key in given for key in machine.catalogue.family(entry.family).names(Role.KEY_ID))
