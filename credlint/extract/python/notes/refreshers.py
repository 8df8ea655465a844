"""Refresh callables: each is run as the SDK will run it, to see whether it gives something new that the SDK takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import libcst as cst

from credlint.catalogue.operations import Operation
from credlint.extract.python.domain import (
    Answer,
    Argument,
    DictObject,
    Function,
    FunctionInfo,
    Item,
    MadeObject,
    Partial,
    Scalar,
    Value,
)
from credlint.extract.python.emission import credential_set
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import clients
from credlint.extract.python.notes.nodes import bound_in, inside
from credlint.extract.python.state import State
from credlint.extract.python.watch import Watch
from credlint.model.lasting import Refresher, RefreshFault
from credlint.model.span import Location
from credlint.model.values import Cloud, Lifetime, ResponseField, Role

_PARTS = ("key_id", "secret", "token")


def note_refresher(machine: Machine, made: MadeObject, dotted: str, site: Site, state: State, frame: Frame) -> None:
    """Run the refresh callable that an object is given, and note its faults."""
    if machine.shared.muted or machine.shared.test_context or machine.shared.watch is not None:
        return
    loader = made.roles.get("token_loader")
    for info in _functions(loader) if loader is not None else ():
        if _gives_captured(info):
            place = loader.location if loader is not None and loader.location is not None else site.callee
            _record(machine, RefreshFault.CAPTURED_TOKEN, "the token", dotted, place, place, frame)
    argument = made.roles.get("refresher")
    for item in argument.value if argument is not None else ():
        for info in _functions_of(item):
            watch = Watch(info, (*frame.calls, site.callee))
            value, after = _run(machine, item, watch, site, state, frame)
            place = argument.location if argument is not None and argument.location is not None else site.callee
            watch.found += _faults_of(machine, made, value, after, watch, place)
            for fault, what, location, origin in watch.found:
                _record(machine, fault, what, dotted, location, origin, frame)


def _run(machine: Machine, item: Item, watch: Watch, site: Site, state: State, frame: Frame) -> tuple[Value, State]:
    inner = state.fork()
    machine.shared.muted += 1
    machine.shared.watch = watch
    try:
        value = machine.call((item,), Arguments(), Site(site.callee, None), inner, frame)
    finally:
        machine.shared.watch = None
        machine.shared.muted -= 1
    return value, inner


def _record(
    machine: Machine, fault: RefreshFault, what: str, sink: str, location: Location, origin: Location, frame: Frame
) -> None:
    refresher = Refresher(fault, sink, what, location, origin, frame.flows, frame.calls)
    machine.shared.facts.refreshers.setdefault((fault, location), refresher)


def _functions(argument: Argument) -> Iterator[FunctionInfo]:
    for item in argument.value:
        yield from _functions_of(item)


def _functions_of(item: Item) -> Iterator[FunctionInfo]:
    match item.data:
        case Function(info):
            yield info
        case Partial(target):
            for inner in target:
                yield from _functions_of(inner)
        case _:
            pass


def watch_request(
    machine: Machine,
    operation: Operation,
    roles: Mapping[str, Argument],
    caller: MadeObject | None,
    site: Site,
    state: State,
    frame: Frame,
) -> None:
    """Look at a request that a refresh callable sends: what it reuses from outside ends some day."""
    watch = machine.shared.watch
    if watch is None:
        return
    token = roles.get("identity_token")
    if token is not None and frame.function is watch.info and _is_captured(watch.info, _node_of(token, site)):
        place = token.location or site.callee
        watch.found.append((RefreshFault.CAPTURED_TOKEN, token.name, place, place))
    if caller is None or operation.unsigned:
        return
    holders = [carrier.made for carrier in clients.carriers(machine, caller, state)]
    holder = holders[0] if holders and not any(role in caller.roles for role in _PARTS) else caller
    origins = [
        one.key_id.origin
        for one in credential_set(holder.roles, state, machine.shared.exceptional, is_open=holder.open).alternatives
    ]
    old = [one for one in origins if isinstance(one, ResponseField) and _is_old(one, watch)]
    if old and len(old) == len(origins):
        watch.found.append((RefreshFault.CAPTURED_CALLER, operation.name, site.callee, old[0].request))


def _is_old(origin: ResponseField, watch: Watch) -> bool:
    return origin.lifetime is Lifetime.TEMPORARY and not watch.is_new(origin)


def _node_of(argument: Argument, site: Site) -> cst.BaseExpression | None:
    """Give the expression that an argument is, by its name."""
    given = site.call.args if site.call is not None else ()
    return next((one.value for one in given if one.keyword is not None and one.keyword.value == argument.name), None)


def _is_captured(info: FunctionInfo, node: cst.CSTNode | None) -> bool:
    """Tell whether an expression is a name that the function does not bind itself: the SDK calls it with nothing."""
    match node:
        case cst.Name(value=name):
            return name not in bound_in(info.node.body)
        case cst.Attribute(value=cst.Name(value=receiver), attr=cst.Name(value=name)):
            return _is_kept_attribute(info, receiver, name)
        case _:
            return False


def _is_kept_attribute(info: FunctionInfo, receiver: str, name: str) -> bool:
    """Tell whether an attribute of the object is not set, and nothing of the object is called, in the function."""
    owner = info.owner
    if owner is None or name in owner.members or name in owner.nodes:
        return False
    for node in inside(info.node.body):
        match node:
            case cst.Call(func=cst.Attribute(value=cst.Name(value=called))) if called == receiver:
                return False
            case cst.AssignTarget(target=cst.Attribute(attr=cst.Name(value=stored))) if stored == name:
                return False
            case _:
                pass
    return True


def _gives_captured(info: FunctionInfo) -> bool:
    """Tell whether all that a function gives is a value that it closes over."""
    if isinstance(info.node, cst.Lambda):
        return _is_captured(info, info.node.body)
    returned = [node.value for node in inside(info.node.body) if isinstance(node, cst.Return)]
    return bool(returned) and all(_is_captured(info, node) for node in returned)


def _faults_of(
    machine: Machine, made: MadeObject, value: Value, state: State, watch: Watch, place: Location
) -> Iterator[tuple[RefreshFault, str, Location, Location]]:
    """Give what is wrong with what the callable gives, in the first alternative that has a fault."""
    names = _expected(machine, made)
    for item in state.visible(value):
        found = list(_faults_of_item(machine, item, names, state, watch, place))
        if found:
            yield from found
            return


def _expected(machine: Machine, made: MadeObject) -> dict[str, str]:
    """Give the names under which the SDK looks for the parts in what the callable gives, by role."""
    for entry in machine.catalogue.callables.values():
        options = dict(entry.options).get("metadata") if entry.distribution == made.entry.distribution else None
        if options is not None:
            return {role: keys[0] for role, keys in options}
    return {}


def _faults_of_item(
    machine: Machine, item: Item, names: dict[str, str], state: State, watch: Watch, place: Location
) -> Iterator[tuple[RefreshFault, str, Location, Location]]:
    obj = state.at(item)
    match item.data, obj:
        case _, MadeObject(roles=roles):
            for role in (role for role in _PARTS if role in roles):
                old = _all_old(roles[role].value, watch)
                if old is not None:
                    yield RefreshFault.CAPTURED_PARTS, _title(old), roles[role].location or place, old.request
                    return
        case Answer(request, _, title, _), _ if names:
            yield RefreshFault.WRONG_NAMES, f"the answer of {title}", place, request
        case _, DictObject(items, is_open, _, places):
            lacking = [name for name in names.values() if name not in items]
            if lacking and not is_open:
                yield RefreshFault.WRONG_NAMES, f"no {' and no '.join(lacking)}", place, place
                return
            for role in (role for role in _PARTS if names.get(role) in items):
                old = _all_old(items[names[role]], watch)
                if old is not None:
                    # a dict that was made outside is right there, and wrong as the answer of the callable
                    wrong = place if _gives_captured(watch.info) else places.get(names[role], place)
                    yield RefreshFault.CAPTURED_PARTS, _title(old), wrong, old.request
                    return
            expiry = names.get("expiration", "")
            if _are_datetimes(machine, items.get(expiry, ())):
                yield RefreshFault.WRONG_EXPIRY, expiry, places.get(expiry, place), place
        case _:
            pass


def _title(origin: ResponseField) -> str:
    return origin.operation.rpartition(".")[2]


def _all_old(value: Value, watch: Watch) -> ResponseField | None:
    """Give the origin of a part all of whose alternatives were fetched before the callable ran, or None."""
    origins = [item.data.origin if isinstance(item.data, Scalar) else None for item in value]
    old = [one for one in origins if isinstance(one, ResponseField) and _is_old(one, watch)]
    return old[0] if old and len(old) == len(origins) else None


def _are_datetimes(machine: Machine, value: Value) -> bool:
    """Tell whether a value is the Expiration of an answer as boto3 gives it, which parses it into a datetime."""
    origins = [item.data.origin if isinstance(item.data, Scalar) else None for item in value]
    operations = machine.catalogue.operations
    return bool(origins) and all(
        isinstance(one, ResponseField)
        and one.role is Role.EXPIRATION
        and one.operation in operations
        and operations[one.operation].cloud is Cloud.AWS
        for one in origins
    )
