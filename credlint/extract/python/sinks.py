"""Calls of the catalogue: what they make, what they answer, and the facts that follow from them."""

from __future__ import annotations

from credlint.catalogue.callables import CallableEntry, CallableKind, Shape
from credlint.catalogue.operations import Operation
from credlint.extract.python.binding import bind_roles, choose_entry, entry_of_method
from credlint.extract.python.domain import (
    Answer,
    Argument,
    Const,
    InstanceObject,
    Item,
    MadeObject,
    Method,
    Missing,
    Name,
    Ref,
    Scalar,
    Typed,
    Value,
    constant,
    unknown,
)
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import clients, fallbacks, inheritance, output, refreshers, requests, urls, usage
from credlint.extract.python.processes import finished
from credlint.extract.python.standard import call_standard, constant_text
from credlint.extract.python.state import State
from credlint.extract.python.uses import use_of
from credlint.model.records import replace
from credlint.model.sinks import SinkUse
from credlint.model.values import ProviderField, Step

_OWN = ("key_id", "secret", "token", "profile")


def call_entry(
    machine: Machine,
    entry: CallableEntry,
    dotted: str,
    receiver: Item | None,
    arguments: Arguments,
    site: Site,
    state: State,
    frame: Frame,
) -> Value:
    """Call a catalogued callable."""
    chosen = choose_entry(entry, arguments, state)
    if chosen is None:
        for argument in (*arguments.positional, *arguments.keywords.values()):
            requests.escape(machine, argument.value, state)
        return unknown("answer of a call that is not followed")
    entry = chosen
    roles, is_open = bind_roles(entry, arguments, state)
    match entry.kind:
        case (
            CallableKind.CLIENT
            | CallableKind.SESSION
            | CallableKind.CREDENTIALS
            | CallableKind.SIGNER
            | CallableKind.CONFIGURATION
            | CallableKind.PROVIDER
            | CallableKind.REQUEST
        ):
            return make(machine, entry, dotted, receiver, roles, site, state, frame, is_open=is_open)
        case CallableKind.OPERATION:
            return _operation(machine, entry, receiver, roles, arguments, site, state, frame)
        case CallableKind.SETTER:
            return _set(machine, entry, dotted, receiver, roles, site, state, frame)
        case CallableKind.SOURCE:
            return _source(machine, entry, receiver, site, state)
        case CallableKind.PRESIGN:
            made = state.at(receiver)
            if isinstance(made, MadeObject) and "duration" in roles:
                urls.note_url(machine, made, dotted, roles["duration"], site, state, frame)
            return unknown("signed URL")
        case CallableKind.FACTORY:
            return (Item(Name(entry.returns or "")),)
        case CallableKind.PRINT | CallableKind.LOG:
            usage.note_shown(machine, arguments, state)
            output.expose(machine, entry.kind, dotted, arguments, site, state, frame)
            return constant(None)
        case CallableKind.SUBPROCESS:
            call_standard(machine, entry, receiver, roles, arguments, site, state, frame)
            return finished(machine, dotted, roles, arguments, site, state, frame)
        case _:
            return call_standard(machine, entry, receiver, roles, arguments, site, state, frame)


def _set(
    machine: Machine,
    entry: CallableEntry,
    dotted: str,
    receiver: Item | None,
    roles: dict[str, Argument],
    site: Site,
    state: State,
    frame: Frame,
) -> Value:
    """Write fields of the receiver: by role, or (a query parameter) by the name that is given."""
    number = receiver.data.number if receiver and isinstance(receiver.data, Ref) else -1
    made = state.heap.get(number)
    if not isinstance(made, MadeObject):
        return constant(None)
    name = constant_text(roles.get("query"))
    if name is not None and "value" in roles:
        state.heap[number] = replace(made, fields={**made.fields, name: roles["value"].value})
        return constant(None)
    state.heap[number] = replace(made, roles={**made.roles, **roles})
    if entry.token is not None:
        clients.note_client(machine, MadeObject(entry, roles, site.callee, made.type), dotted, site, state, frame)
    return constant(None)


def make(
    machine: Machine,
    entry: CallableEntry,
    dotted: str,
    receiver: Item | None,
    roles: dict[str, Argument],
    site: Site,
    state: State,
    frame: Frame,
    *,
    is_open: bool,
) -> Value:
    """Make the object of a client, session, credential holder, configuration or request."""
    if entry.slot("query") is not None and entry.returns is not None:
        return _configure(machine, entry, roles, site, state)
    service = constant_text(roles.get("service")) if entry.returns == "service" else None
    made = MadeObject(
        entry=entry,
        roles=roles,
        location=site.callee,
        type=entry.returns if entry.returns and entry.returns != "service" else entry.names[0],
        open=is_open,
        service=service,
        is_service=entry.returns == "service",
        receiver=receiver,
    )
    if entry.kind is not CallableKind.REQUEST:
        clients.note_client(machine, made, dotted, site, state, frame)
        if entry.kind is CallableKind.SESSION and entry.returns is None:
            inheritance.default_session(dotted, roles, site, state)
        usage.note_place(machine, made, dotted, site, state, frame)
        refreshers.note_refresher(machine, made, dotted, site, state, frame)
        fallbacks.note_made(machine, made, dotted, site, state, frame)
        operation = machine.catalogue.operations.get(entry.operation or "")
        if operation is not None and any(role in roles for role, _ in operation.parameters):
            requests.note_request(machine, operation, roles, None, site, state, frame, is_open=is_open, deferred=True)
    if entry.kind is CallableKind.CLIENT and entry.returns is None:
        return unknown("data")
    return machine.new(made, state)


def _configure(machine: Machine, entry: CallableEntry, roles: dict[str, Argument], site: Site, state: State) -> Value:
    """Set a property of the one configuration of its type that a process has; properties of other names make none."""
    given = {role: argument for role, argument in roles.items() if role not in {"query", "value"}}
    for number in (*state.heap.own, *state.heap.base):
        made = state.heap.get(number)
        if isinstance(made, MadeObject) and made.type == entry.returns:
            # it stands where its first part of credentials does
            place = made.location if any(role in made.roles for role in _OWN) else site.callee
            state.heap[number] = replace(made, roles={**made.roles, **given}, location=place)
            break
    else:
        if given:
            machine.new(MadeObject(entry, given, site.callee, entry.returns or ""), state)
    return unknown("configuration")


def _source(machine: Machine, entry: CallableEntry, receiver: Item | None, site: Site, state: State) -> Value:
    """An object that holds credentials: those that its receiver was made from, or those that a provider finds."""
    described = machine.catalogue.types.get(entry.returns or "")
    shape = entry.shape or (described.shape if described else None)
    made = state.at(receiver)
    if receiver is not None and isinstance(receiver.data, Typed):
        if described is None:
            return (receiver,)
        return (Item(Typed(described, receiver.data.provider, receiver.data.lifetime), steps=receiver.steps),)
    if entry.part is not None and entry.shape is not None:
        place = made.location if isinstance(made, MadeObject) else site.callee
        origin = ProviderField(
            place, described.title if described else "the chain", entry.part, entry.shape.lifetime, True
        )
        return (Item(Scalar(origin)),)
    own = isinstance(made, MadeObject) and use_of(machine.catalogue, made) is not SinkUse.IDENTITY
    if isinstance(made, MadeObject) and own and shape is not None and _present(made.roles.get("key_id")):
        attributes: dict[str, Value] = {}
        for role, names in shape.fields:
            argument = made.roles.get(role.value)
            for name in names:
                attributes[name] = argument.value if argument else constant(None)
        return machine.new(InstanceObject(None, attributes, open=True), state)
    if isinstance(made, InstanceObject) and receiver is not None:
        return (receiver,)
    if described is None or shape is None:
        return unknown("object of an SDK")
    step = Step(site.callee, f"{described.title} are fetched")
    return (Item(Typed(described, site.callee, shape.lifetime), steps=(step,)),)


def _present(argument: Argument | None) -> bool:
    if argument is None:
        return False
    return any(
        not isinstance(item.data, Missing) and not (isinstance(item.data, Const) and item.data.value is None)
        for item in argument.value
    )


def call_service(
    machine: Machine,
    made: MadeObject,
    receiver: Item,
    name: str,
    arguments: Arguments,
    site: Site,
    state: State,
    frame: Frame,
) -> Value | None:
    """Call a method of a service client: an operation of the catalogue answers, any other gives unknown data."""
    usage.note_call(machine, made, name, site, state, frame)
    urls.note_method(machine, made, name, arguments, site, state, frame)
    operation = machine.catalogue.methods.get((made.service or "", name))
    if operation is None:
        for argument in (*arguments.positional, *arguments.keywords.values()):
            requests.escape(machine, argument.value, state)
        if name[:1].isupper():  # `resource.Bucket(name)` is a part of the resource, and signs as it does
            return (receiver,)
        return _login(machine, made.service or "", name, site, frame)
    roles = {
        role: arguments.keywords[keyword] for role, keyword in operation.parameters if keyword in arguments.keywords
    }
    requests.note_request(machine, operation, roles, made, site, state, frame, is_open=arguments.open_keywords)
    return answer(operation, operation.shape, site, frame)


def _login(machine: Machine, service: str, method: str, site: Site, frame: Frame) -> Value:
    """Give the answer of a method that is no operation: what another tool signs in with, or any other data."""
    found = machine.catalogue.logins.get((service, method))
    if found is None:
        return unknown("answer of a service")
    step = Step(site.callee, f"{found.title} is asked for")
    return (Item(Answer(site.callee, None, found.title, found.shape, calls=frame.calls), steps=(step,)),)


def call_request(
    machine: Machine,
    receiver: Item,
    name: str,
    arguments: Arguments,
    site: Site,
    state: State,
    frame: Frame,
) -> Value | None:
    """Call an operation on a client that is not known: its request object, or its keywords, prove what it is."""
    if isinstance(receiver.data, Method):  # of something that an unknown object holds, what is started only
        known = entry_of_method(machine.catalogue, name, arguments, state)
        started = known is not None and known.kind is CallableKind.SUBPROCESS
        return call_entry(machine, known, name, None, arguments, site, state, frame) if known and started else None
    if not isinstance(receiver.data, Scalar):
        return None
    for argument in arguments.positional:
        for item in argument.value:
            made = state.at(item)
            if isinstance(made, MadeObject) and made.entry.kind is CallableKind.REQUEST:
                entry = _sender(machine, made.entry, name)
                return call_entry(machine, entry, name, None, arguments, site, state, frame) if entry else None
    known = entry_of_method(machine.catalogue, name, arguments, state)
    if known is not None:
        return call_entry(machine, known, name, None, arguments, site, state, frame)
    for operation in machine.catalogue.operations.values():
        if name not in operation.methods:
            continue
        given = {role for role, keyword in operation.parameters if keyword in arguments.keywords}
        if {"role_arn", "session_name"} <= given:
            roles = {r: arguments.keywords[k] for r, k in operation.parameters if k in arguments.keywords}
            requests.note_request(machine, operation, roles, None, site, state, frame, is_open=arguments.open_keywords)
            return answer(operation, operation.shape, site, frame)
    return None


def _sender(machine: Machine, request: CallableEntry, name: str) -> CallableEntry | None:
    """Give the operation of that method name in the request's SDK, else in another one of its cloud."""
    found = [
        entry
        for entry in machine.catalogue.callables.values()
        if entry.kind is CallableKind.OPERATION
        and entry.cloud is request.cloud
        and any(dotted.rpartition(".")[2] == name for dotted in entry.names)
    ]
    return next((entry for entry in found if entry.distribution == request.distribution), next(iter(found), None))


def answer(operation: Operation, shape: Shape | None, site: Site, frame: Frame) -> Value:
    """Give the answer of an operation; `shape` is that of the SDK at hand where it differs from the operation's own."""
    found = shape or operation.shape
    if found is None:
        return unknown("answer of an operation")
    step = Step(site.callee, f"{operation.name} answers with credentials")
    return (Item(Answer(site.callee, operation, operation.name, found, calls=frame.calls), steps=(step,)),)


def _operation(
    machine: Machine,
    entry: CallableEntry,
    receiver: Item | None,
    roles: dict[str, Argument],
    arguments: Arguments,
    site: Site,
    state: State,
    frame: Frame,
) -> Value:
    """Send a request object, or the arguments themselves, to an operation."""
    request: MadeObject | None = None
    for item in roles["request"].value if "request" in roles else ():
        obj = state.at(item)
        if isinstance(obj, MadeObject):
            request = obj
    operation = _operation_of(machine, entry, request)
    if operation is None:
        for argument in (*arguments.positional, *arguments.keywords.values()):
            requests.escape(machine, argument.value, state)
        return unknown("answer of a service")
    made = state.at(receiver)
    caller = made if isinstance(made, MadeObject) else None
    given = {**(request.roles if request else {}), **{k: v for k, v in roles.items() if k != "request"}}
    for role, keyword in operation.parameters:
        if request is not None and keyword in request.fields and role not in given:
            given[role] = Argument(request.fields[keyword], None, keyword)
    is_open = arguments.open_keywords or (request is not None and request.open)
    requests.note_request(machine, operation, given, caller, site, state, frame, is_open=is_open)
    shape = (request.entry.shape if request and entry.operation is None else None) or entry.shape
    return answer(operation, shape, site, frame)


def _operation_of(machine: Machine, entry: CallableEntry, request: MadeObject | None) -> Operation | None:
    """Give the operation that is sent: the callable's own, the request's, or the one that a common request names."""
    operations = machine.catalogue.operations
    named = entry.operation or (request.entry.operation if request else None)
    if named is not None or request is None:
        return operations.get(named or "")
    action = constant_text(request.roles.get("name"))
    return next((o for o in operations.values() if o.name == action and o.cloud is request.entry.cloud), None)
