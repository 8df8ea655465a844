"""Clients: what received credentials, and the literals in its slots."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from credlint.catalogue.callables import CallableKind
from credlint.credentials.grammar import endpoint_kind, is_placeholder
from credlint.extract.python.domain import (
    Argument,
    Const,
    DictObject,
    Item,
    MadeObject,
    Method,
    Missing,
    Ref,
    Text,
    Value,
)
from credlint.extract.python.emission import credential_set
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import inheritance, shapes
from credlint.extract.python.notes.handling import handled
from credlint.extract.python.notes.holding import held_by
from credlint.extract.python.notes.settings import client_settings
from credlint.extract.python.state import State
from credlint.extract.python.uses import CARRIERS, use_of
from credlint.model.facts import Client, ClientOrder, KeyLiteral, LiteralContext
from credlint.model.records import dataclass, replace
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import (
    Alternative,
    CredentialSet,
    Literal,
    Part,
)

_OWN = ("key_id", "secret", "token", "profile")


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where a consumer's credentials come from: the object that was given them, and its arguments."""

    made: MadeObject
    item: Item


def note_client(machine: Machine, made: MadeObject, dotted: str, site: Site, state: State, frame: Frame) -> None:
    """Note a sink of credentials: given its own parts, or consuming an object that was."""
    if (
        made.entry.kind is CallableKind.CLIENT
        and made.entry.default_chain
        and made.receiver is None
        and not machine.shared.muted
    ):
        order = ClientOrder(site.callee, machine.shared.clock, frame.flows, frame.is_module(), state.branches)
        machine.shared.facts.orders.setdefault((site.callee, frame.calls), order)
    own = any(role in made.roles for role in _OWN)
    if own or made.open:
        if made.entry.kind is CallableKind.CONFIGURATION:
            return
        client_of(machine, made, made, dotted, use_of(machine.catalogue, made), site.callee, None, state, frame)
        if own:
            return
    found = list(carriers(machine, made, state))
    for carrier in found:
        holder = carrier.made
        direct = holder.entry.kind is CallableKind.CONFIGURATION
        if direct:
            machine.shared.consumed.add(holder.location)
        use = use_of(machine.catalogue, made)
        if direct and use_of(machine.catalogue, holder) is SinkUse.IDENTITY:
            use = SinkUse.IDENTITY
        client_of(
            machine,
            holder if direct else made,
            holder,
            dotted,
            use,
            holder.location if direct else site.callee,
            None if direct else holder.location,
            state,
            frame,
            sink_made=made,
        )
    if not (found or own) and made.entry.default_chain:
        inheritance.note_client(machine, made, state, frame)
        client_of(machine, made, made, dotted, use_of(machine.catalogue, made), site.callee, None, state, frame)


def carriers(machine: Machine, made: MadeObject, state: State, depth: int = 0) -> Iterator[Carrier]:
    """Give the objects through which an object gets its credentials: those that were given parts themselves."""
    if depth > 4:
        return
    given: list[Value] = [made.roles[role].value for role in CARRIERS if role in made.roles]
    receiver = made.receiver
    if receiver is not None and not given:
        given = [(receiver,)]
    for value in given:
        for item in state.visible(value):
            obj = state.at(item)
            if not isinstance(obj, MadeObject) or use_of(machine.catalogue, obj) is SinkUse.IDENTITY:
                continue  # a role provider is given the parent key and hands out the role's
            if any(role in obj.roles for role in _OWN):
                yield Carrier(obj, item)
            else:
                yield from carriers(machine, obj, state, depth + 1)


def client_of(  # noqa: PLR0913 - machine, state and frame are handed on
    machine: Machine,
    made: MadeObject,
    holder: MadeObject,
    dotted: str,
    use: SinkUse,
    location: Location,
    indirect: Location | None,
    state: State,
    frame: Frame,
    sink_made: MadeObject | None = None,
) -> None:
    """Note that `made`, at `location`, works with the credentials that `holder` was given."""
    if machine.shared.muted:
        return
    credentials = credential_set(holder.roles, state, machine.shared.exceptional, is_open=holder.open)
    consumer = sink_made or made
    elsewhere = _token_elsewhere(machine, consumer, state)
    client = Client(
        sink=holder.entry.names[0] if indirect is None and sink_made is not None else dotted,
        cloud=made.entry.cloud,
        use=use,
        service=consumer.service,
        location=location,
        credentials=credentials,
        token_support=holder.entry.token or TokenSupport.OPTIONAL,
        endpoint=_endpoint(machine, consumer, holder, state),
        flows=frame.flows,
        calls=frame.calls,
        branches=state.branches,
        default_chain=not any(role in holder.roles for role in _OWN) and not holder.open,
        token_elsewhere=elsewhere,
        indirect=indirect,
        known_missing=tuple(sorted(state.falsy, key=repr)),
        platform=next(iter(frame.platforms), None),
        profile_raises=holder.entry.raises_on_profile_and_keys,
        settings=client_settings(machine, consumer, state),
        open=consumer.open or holder.open,
    )
    client = handled(machine, client, holder, consumer, state)
    client = held_by(machine, client, {**holder.roles, **_place_of(consumer)}, endpoint_of)
    key = (location, frame.calls, indirect, frame.flows)
    shapes.note_client(machine, key, holder.roles)
    known = machine.shared.facts.clients.get(key)
    if known is not None:
        client = merge_clients(known, client)
    machine.shared.facts.clients[key] = client
    if indirect is None:
        literals_of(machine, client)


def _place_of(made: MadeObject) -> dict[str, Argument]:
    return {"endpoint": made.roles["endpoint"]} if "endpoint" in made.roles else {}


def settle(machine: Machine) -> None:
    """At the end of the module: mark the clients whose token travelled another way."""
    clients = machine.shared.facts.clients
    for key, client in clients.items():
        if client.location in machine.shared.token_elsewhere_at:
            clients[key] = replace(client, token_elsewhere=True)


def _token_elsewhere(machine: Machine, made: MadeObject, state: State) -> bool:
    """Tell whether a header or query argument carries the token (oss2 with x-oss-security-token)."""
    for role in ("headers", "query"):
        for item in made.roles[role].value if role in made.roles else ():
            obj = state.at(item)
            if not isinstance(obj, DictObject) or obj.open:
                return True
            if any(str(key).lower() in machine.catalogue.header_names for key in obj.items):
                return True
    return False


def note_method(machine: Machine, receiver: Item, name: str, arguments: Arguments, state: State) -> None:
    """Note a method call that carries the token itself: in a header, in a query parameter, by a signing hook."""
    given = (*arguments.positional, *arguments.keywords.values())
    if not any(_carries_token(machine, item, state) for argument in given for item in argument.value):
        return
    while isinstance(receiver.data, Method):
        receiver = receiver.data.receiver
    made = state.at(receiver)
    if isinstance(made, MadeObject):
        machine.shared.token_elsewhere_at.add(made.location)
        machine.shared.token_elsewhere_at.update(carrier.made.location for carrier in carriers(machine, made, state))


def _carries_token(machine: Machine, item: Item, state: State) -> bool:
    match item.data:
        case Const(str(text)):
            return text.startswith(machine.catalogue.signing_hooks)
        case Ref(number):
            obj = state.heap.get(number)
            names = machine.catalogue.header_names
            return isinstance(obj, DictObject) and any(str(key).lower() in names for key in obj.items)
        case _:
            return False


def _endpoint(machine: Machine, made: MadeObject, holder: MadeObject, state: State) -> EndpointKind:
    argument = made.roles.get("endpoint") or holder.roles.get("endpoint")
    if argument is None:
        return EndpointKind.UNKNOWN if made.open else EndpointKind.ABSENT
    kinds = set()
    for item in argument.value:
        kinds.add(endpoint_of(machine, item))
    return kinds.pop() if len(kinds) == 1 else EndpointKind.UNKNOWN


def endpoint_of(machine: Machine, item: Item) -> EndpointKind:
    """Tell whose host an endpoint names, as far as its text is known."""
    data = item.data
    if isinstance(data, Missing) or (isinstance(data, Const) and data.value is None):
        return EndpointKind.ABSENT
    text = data.value if isinstance(data, Const) else None
    if isinstance(data, Text) and data.parts and len(data.parts[0]) == 1 and isinstance(data.parts[0][0].data, Const):
        tail = data.parts[-1][0].data if len(data.parts[-1]) == 1 else None
        ends = tail.value if isinstance(tail, Const) else ""
        text = f"{data.parts[0][0].data.value!s}x{ends!s}"
    if not isinstance(text, str):
        return EndpointKind.UNKNOWN
    try:
        host = urlsplit(text if "//" in text else f"//{text}").hostname if "[" not in text else None
    except ValueError:  # a bracket that closes nothing, or a letter that no host has
        host = None
    return endpoint_kind(host or "", machine.catalogue.grammar, machine.settings)


def literals_of(machine: Machine, client: Client) -> None:
    """Note every literal that stands in a credential slot."""
    for alternative in client.credentials.alternatives:
        key, secret, token = alternative.parts()
        for part in (key, secret, token):
            if not isinstance(part.origin, Literal) or part.location is None:
                continue
            partner = secret if part is key else key
            _literal(machine, client, part, partner, has_token=not token.is_missing())


def _literal(machine: Machine, client: Client, part: Part, partner: Part, *, has_token: bool) -> None:
    assert isinstance(part.origin, Literal)
    place = part.written or part.location
    assert place is not None
    machine.shared.facts.literals.setdefault(
        (place, part.role),
        KeyLiteral(
            role=part.role,
            cloud=client.cloud,
            text=part.origin.text,
            context=LiteralContext.SLOT,
            name=part.name,
            location=place,
            endpoint=client.endpoint,
            partner=partner.origin.text if isinstance(partner.origin, Literal) else None,
            has_token=has_token,
            test_context=machine.shared.test_context,
            placeholder=is_placeholder(part.origin.text.reveal(), machine.catalogue.grammar, machine.settings),
            subject=client.location,
        ),
    )


def merge_clients(one: Client, other: Client) -> Client:
    """Put the alternatives of one sink together that was met twice (a loop runs its body twice)."""
    alternatives: tuple[Alternative, ...] = tuple(
        dict.fromkeys((*one.credentials.alternatives, *other.credentials.alternatives))
    )
    complete = one.credentials.complete and other.credentials.complete
    return replace(one, credentials=CredentialSet(alternatives, complete))
