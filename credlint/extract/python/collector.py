"""The facts that an evaluation finds on its way, each once; the lower half of the evaluator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

import libcst as cst

from credlint.catalogue.types import CallableKind, Catalogue, Family, Operation
from credlint.credentials.grammar import endpoint_kind, is_placeholder
from credlint.extract.python.domain import (
    Argument,
    Const,
    DictObject,
    InstanceObject,
    Item,
    MadeObject,
    Method,
    Missing,
    Name,
    Ref,
    Scalar,
    State,
    Text,
    Value,
    union,
)
from credlint.extract.python.emission import credential_set, durations, leaks, requests_in
from credlint.extract.python.expressions import named_parts
from credlint.extract.python.machine import Arguments, Frame, Site
from credlint.extract.python.objects import is_environment, keys_of
from credlint.extract.python.sinks import CARRIERS, use_of
from credlint.extract.python.source import Source
from credlint.model.facts import (
    Client,
    ClientOrder,
    EndpointKind,
    EnvironmentWrite,
    Exposure,
    ExposureKind,
    KeyLiteral,
    LiteralContext,
    SessionRequest,
    SinkUse,
    TokenSupport,
    WriteKind,
)
from credlint.model.project import Settings
from credlint.model.secret import SecretText
from credlint.model.span import Location
from credlint.model.values import (
    NO_BRANCH,
    Alternative,
    Branches,
    Cloud,
    CredentialSet,
    EnvironmentVariable,
    Lifetime,
    Literal,
    Origin,
    Part,
    ResponseField,
    Role,
    Unknown,
)

_OWN = ("key_id", "secret", "token", "profile")
_PART_ROLES = frozenset({Role.KEY_ID, Role.SECRET, Role.TOKEN, Role.LEGACY_TOKEN})


@dataclass(slots=True)
class Facts:
    """What was found, keyed so that the same thing met twice is one fact."""

    clients: dict[object, Client] = field(default_factory=dict)
    requests: dict[object, SessionRequest] = field(default_factory=dict)
    exposures: dict[object, Exposure] = field(default_factory=dict)
    literals: dict[object, KeyLiteral] = field(default_factory=dict)
    writes: dict[object, EnvironmentWrite] = field(default_factory=dict)
    orders: dict[object, ClientOrder] = field(default_factory=dict)
    escaped: set[Location] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Carrier:
    """Where a consumer's credentials come from: the object that was given them, and its arguments."""

    made: MadeObject
    item: Item


class Collector:
    """Notes facts; while `muted` is above zero nothing is noted."""

    def __init__(self, source: Source, catalogue: Catalogue, settings: Settings) -> None:
        self.source = source
        self.catalogue = catalogue
        self.settings = settings
        self.facts = Facts()
        self.muted = 0
        self.exceptional: Branches = NO_BRANCH
        self.clock = 0
        self.test_context = False
        self.platforms: set[str] = set()
        self._token_elsewhere_at: set[Location] = set()
        self._debug_loggers: dict[Location, str] = {}
        self.called: set[cst.CSTNode] = set()
        self._consumed: set[Location] = set()
        self._answer_fields = frozenset(
            name
            for one in catalogue.operations.values()
            if one.shape
            for _, names in one.shape.fields
            for name in names
        )
        self._secret_variables = {
            name: f"the {'session token' if entry.role is not Role.SECRET else 'secret'} of the environment"
            for name, entry in catalogue.variables.items()
            if entry.role in {Role.SECRET, Role.TOKEN, Role.LEGACY_TOKEN}
        }

    # clients

    def note_client(self, made: MadeObject, dotted: str, site: Site, state: State, frame: Frame) -> None:
        """Note a sink of credentials: given its own parts, or consuming an object that was."""
        if (
            made.entry.kind is CallableKind.CLIENT
            and made.entry.default_chain
            and made.receiver is None
            and not self.muted
        ):
            order = ClientOrder(site.callee, self.clock, frame.flows, at_import=frame.is_module())
            self.facts.orders.setdefault((site.callee, frame.calls), order)
        own = any(role in made.roles for role in _OWN)
        if own or made.open:
            if made.entry.kind is CallableKind.CONFIGURATION:
                return
            self._client(made, made, dotted, use_of(self.catalogue, made), site.callee, None, state, frame)
            if own:
                return
        carriers = list(self._carriers(made, state))
        for carrier in carriers:
            holder = carrier.made
            direct = holder.entry.kind is CallableKind.CONFIGURATION
            if direct:
                self._consumed.add(holder.location)
            use = use_of(self.catalogue, made)
            if direct and use_of(self.catalogue, holder) is SinkUse.IDENTITY:
                use = SinkUse.IDENTITY
            self._client(
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
        if not (carriers or own) and made.entry.default_chain:
            self._client(made, made, dotted, use_of(self.catalogue, made), site.callee, None, state, frame)

    def _carriers(self, made: MadeObject, state: State, depth: int = 0) -> Iterator[_Carrier]:
        if depth > 4:
            return
        given: list[Value] = [made.roles[role].value for role in CARRIERS if role in made.roles]
        receiver = made.receiver
        if receiver is not None and not given:
            given = [(receiver,)]
        for value in given:
            for item in state.visible(value):
                obj = state.at(item)
                if not isinstance(obj, MadeObject) or use_of(self.catalogue, obj) is SinkUse.IDENTITY:
                    continue  # a role provider is given the parent key and hands out the role's
                if any(role in obj.roles for role in _OWN):
                    yield _Carrier(obj, item)
                else:
                    yield from self._carriers(obj, state, depth + 1)

    def _client(
        self,
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
        if self.muted:
            return
        credentials = credential_set(holder.roles, state, self.exceptional, is_open=holder.open)
        consumer = sink_made or made
        elsewhere = self._token_elsewhere(consumer, state)
        client = Client(
            sink=holder.entry.names[0] if indirect is None and sink_made is not None else dotted,
            cloud=made.entry.cloud,
            use=use,
            service=consumer.service,
            location=location,
            credentials=credentials,
            token_support=holder.entry.token or TokenSupport.OPTIONAL,
            endpoint=self._endpoint(consumer, holder, state),
            flows=frame.flows,
            calls=frame.calls,
            branches=state.branches,
            default_chain=not any(role in holder.roles for role in _OWN) and not holder.open,
            token_elsewhere=elsewhere,
            indirect=indirect,
            known_missing=tuple(sorted(state.falsy, key=repr)),
            platform=next(iter(frame.platforms), None),
            profile_raises=holder.entry.raises_on_profile_and_keys,
        )
        key = (location, frame.calls, indirect, frame.flows)
        known = self.facts.clients.get(key)
        if known is not None:
            client = _merge_clients(known, client)
        self.facts.clients[key] = client
        if indirect is None:
            self._literals_of(client)

    def _token_elsewhere(self, made: MadeObject, state: State) -> bool:
        """Tell whether a header or query argument carries the token (oss2 with x-oss-security-token)."""
        for role in ("headers", "query"):
            for item in made.roles[role].value if role in made.roles else ():
                obj = state.at(item)
                if not isinstance(obj, DictObject) or obj.open:
                    return True
                if any(str(key).lower() in self.catalogue.header_names for key in obj.items):
                    return True
        return False

    def note_method(self, receiver: Item, name: str, arguments: Arguments, state: State) -> None:
        """Note a method call that carries the token itself: in a header, in a query parameter, by a signing hook."""
        given = (*arguments.positional, *arguments.keywords.values())
        if not any(self._carries_token(item, state) for argument in given for item in argument.value):
            return
        while isinstance(receiver.data, Method):
            receiver = receiver.data.receiver
        made = state.at(receiver)
        if isinstance(made, MadeObject):
            self._token_elsewhere_at.add(made.location)
            self._token_elsewhere_at.update(carrier.made.location for carrier in self._carriers(made, state))

    def _carries_token(self, item: Item, state: State) -> bool:
        match item.data:
            case Const(str(text)):
                return text.startswith(self.catalogue.signing_hooks)
            case Ref(number):
                obj = state.heap.get(number)
                names = self.catalogue.header_names
                return isinstance(obj, DictObject) and any(str(key).lower() in names for key in obj.items)
            case _:
                return False

    def _endpoint(self, made: MadeObject, holder: MadeObject, state: State) -> EndpointKind:
        argument = made.roles.get("endpoint") or holder.roles.get("endpoint")
        if argument is None:
            return EndpointKind.UNKNOWN if made.open else EndpointKind.ABSENT
        kinds = set()
        for item in argument.value:
            kinds.add(self._endpoint_of(item))
        return kinds.pop() if len(kinds) == 1 else EndpointKind.UNKNOWN

    def _endpoint_of(self, item: Item) -> EndpointKind:
        data = item.data
        if isinstance(data, Missing) or (isinstance(data, Const) and data.value is None):
            return EndpointKind.ABSENT
        text = data.value if isinstance(data, Const) else None
        if (
            isinstance(data, Text)
            and data.parts
            and len(data.parts[0]) == 1
            and isinstance(data.parts[0][0].data, Const)
        ):
            tail = data.parts[-1][0].data if len(data.parts[-1]) == 1 else None
            ends = tail.value if isinstance(tail, Const) else ""
            text = f"{data.parts[0][0].data.value!s}x{ends!s}"
        if not isinstance(text, str):
            return EndpointKind.UNKNOWN
        try:
            host = urlsplit(text if "//" in text else f"//{text}").hostname if "[" not in text else None
        except ValueError:  # a bracket that closes nothing, or a letter that no host has
            host = None
        return endpoint_kind(host or "", self.catalogue.grammar, self.settings)

    def _literals_of(self, client: Client) -> None:
        """Note every literal that stands in a credential slot."""
        for alternative in client.credentials.alternatives:
            key, secret, token = alternative.parts()
            for part in (key, secret, token):
                if not isinstance(part.origin, Literal) or part.location is None:
                    continue
                partner = secret if part is key else key
                self._literal(client, part, partner, has_token=not token.is_missing())

    def _literal(self, client: Client, part: Part, partner: Part, *, has_token: bool) -> None:
        assert isinstance(part.origin, Literal)
        place = part.written or part.location
        assert place is not None
        self.facts.literals.setdefault(
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
                test_context=self.test_context,
                placeholder=is_placeholder(part.origin.text.reveal(), self.catalogue.grammar, self.settings),
                subject=client.location,
            ),
        )

    # requests

    def note_request(
        self,
        operation: Operation,
        roles: dict[str, Argument],
        caller: MadeObject | None,
        site: Site,
        state: State,
        frame: Frame,
    ) -> None:
        """Note a request for temporary credentials, or one that limits them."""
        if self.muted:
            return
        credentials = CredentialSet()
        default_chain = False
        if caller is not None:
            own = any(role in caller.roles for role in _OWN)
            carriers = [] if own else list(self._carriers(caller, state))
            holder = caller if own or not carriers else carriers[0].made
            credentials = credential_set(holder.roles, state, self.exceptional, is_open=holder.open)
            default_chain = not own and not carriers and caller.entry.default_chain
        chained = _temporary_caller(credentials)
        found = durations(roles["duration"], state) if "duration" in roles else ()
        request = SessionRequest(
            operation=operation.id,
            name=operation.name,
            cloud=operation.cloud,
            location=site.callee,
            durations=found,
            minimum=operation.minimum,
            maximum=operation.maximum,
            chained_maximum=None if operation.unsigned else operation.chained_maximum,
            caller=credentials,
            flows=frame.flows,
            calls=frame.calls,
            branches=state.branches,
            chained=chained,
            by_platform=default_chain and chained is None and self._on_platform(operation.cloud, frame),
            answers=operation.shape is not None,
        )
        self.facts.requests.setdefault((site.callee, frame.calls, frame.flows), request)

    def _on_platform(self, cloud: Cloud, frame: Frame) -> bool:
        """Tell whether a handler of a platform of this cloud runs here, so that the default chain is its role."""
        return any(h.platform in frame.platforms and h.cloud is cloud for h in self.catalogue.handlers)

    def escape(self, value: Value, state: State) -> None:
        """Note that a value leaves what is followed: its requests are used by code that is not seen."""
        if not self.muted:
            self.facts.escaped.update(requests_in(value, state))

    # output

    def expose(
        self, kind: CallableKind, dotted: str, arguments: Arguments, site: Site, state: State, frame: Frame
    ) -> None:
        """Note the secrets that reach an output call, but for masks, exporters and the credential_process protocol."""
        if self.muted:
            return
        given = (*arguments.positional, *arguments.keywords.values())
        for argument in given:
            texts = list(_constant_texts(argument.value, state))
            if any(word in text.lower() for text in texts for word in self.catalogue.masking_words):
                return
            if _is_process_protocol(argument.value, state):
                return
            exports = any(self._is_export(text) for text in texts)
            shown_value = argument.value
            if argument is not given[0]:
                named = named_parts(given[0].value, argument.value)
                shown_value = union(named) if named is not None else argument.value
            for leak in leaks(shown_value, state, self._secret_variables):
                shown = ExposureKind.EXPORT if exports else _OUTPUT[kind]
                self.facts.exposures.setdefault(
                    (argument.location, leak.what),
                    Exposure(
                        kind=shown,
                        what=leak.what,
                        sink=dotted,
                        location=argument.location or site.callee,
                        origin=leak.origin,
                        flows=frame.flows,
                        calls=frame.calls,
                        certain=not leak.branches - state.branches,
                        steps=leak.steps,
                    ),
                )

    def _is_export(self, text: str) -> bool:
        """Recognise a text that hands credentials on by design: assignments of variables, or JSON with their fields."""
        if any(f"{name}=" in text for name in self._secret_variables):
            return True
        return sum(f'"{name}"' in text for name in self._answer_fields) > 1

    def note_debug(self, logger: str, site: Site) -> None:
        """Note that a logger is set to DEBUG; whether it shows secrets is known at the end."""
        if not logger or logger.partition(".")[0] in self.catalogue.debug_loggers:
            self._debug_loggers.setdefault(site.callee, logger)

    def settle(self) -> None:
        """At the end of the module: tokens that travelled another way, and loggers at DEBUG that show whole answers."""
        for key, client in self.facts.clients.items():
            if client.location in self._token_elsewhere_at:
                self.facts.clients[key] = replace(client, token_elsewhere=True)
        request = next((one for one in self.facts.requests.values() if one.answers), None)
        for place, logger in self._debug_loggers.items() if request is not None else ():
            self.facts.exposures[place] = Exposure(
                kind=ExposureKind.DEBUG_LOG,
                what=f"the whole answer of {request.name} at level DEBUG" if request else "",
                sink=f"logger {logger}" if logger else "the root logger",
                location=place,
                origin=request.location if request else place,
                flows=(),
            )

    # environment

    def stored(self, holder: Value, keys: Value, value: Value, place: Location, state: State, frame: Frame) -> None:
        """Note a store by item when it is a write to the environment."""
        if any(is_environment(self.catalogue, item) for item in holder):
            for key in keys_of(keys) or ():
                self.environment_write(str(key), value, "assign", place, state, frame)

    def environment_write(
        self, name: str, value: Value, kind: str, place: Location, state: State, frame: Frame
    ) -> None:
        """Note a write of a credential variable to the environment of the process."""
        entry = self.catalogue.variable(name)
        if entry is None or self.muted:
            return
        given = state.visible(value)
        from_option = any(_is_option(item) for item in given)
        for item in given:
            text = item.data.value if isinstance(item.data, Const) and isinstance(item.data.value, str) else None
            secret = entry.role in _PART_ROLES
            origin = _scalar_origin(item)
            write = EnvironmentWrite(
                kind=WriteKind(kind),
                role=entry.role,
                name=name,
                value=origin,
                text=None if secret else text,
                location=place,
                flows=frame.flows,
                order=self.clock,
                from_option=from_option,
                test_context=self.test_context,
                branches=item.branches | state.branches,
                restores=isinstance(origin, EnvironmentVariable) and origin.name == name,
            )
            self.facts.writes.setdefault((place, text, frame.calls), write)

    def finish(self, state: State, frame: Frame) -> None:
        """At the end of an entry: what it left in the environment, and configurations that nobody consumed."""
        if self.muted:
            return
        self._environment_clients(state, frame)
        for obj in state.heap.values():
            if (
                isinstance(obj, MadeObject)
                and obj.entry.kind is CallableKind.CONFIGURATION
                and obj.location not in self._consumed
                and any(role in obj.roles for role in _OWN)
            ):
                use = use_of(self.catalogue, obj)
                self._client(obj, obj, obj.entry.names[0], use, obj.location, None, state, frame)
            if isinstance(obj, InstanceObject) and frame.owner is not None and obj.info is frame.owner:
                for value in obj.attributes.values():
                    self.escape(value, state)

    def _environment_clients(self, state: State, frame: Frame) -> None:
        written = {name: Argument(value, place, name) for name, (value, place) in state.environment.items()}
        self._environment_client(written, "os.environ", state, frame)

    def child_environment(self, argument: Argument | None, site: Site, state: State, frame: Frame) -> None:
        """Note the credentials in the environment that a child process is given."""
        for item in argument.value if argument else ():
            obj = state.at(item)
            if isinstance(obj, DictObject) and not (obj.open and not obj.environment):
                given = {
                    str(key): Argument(value, obj.places.get(key, argument.location if argument else None), str(key))
                    for key, value in obj.items.items()
                }
                self._environment_client(given, "environment of the child process", state, frame, site.callee)

    def _inherited_token(self, family: Family, given: dict[str, Argument], frame: Frame) -> str | None:
        """Give the variable that holds the platform's own token, unless the code sets or removes it."""
        for handler in self.catalogue.handlers:
            if handler.platform in frame.platforms and handler.cloud is family.cloud:
                return next((name for name in family.names(Role.TOKEN) if name not in given), None)
        return None

    def _environment_client(
        self, given: dict[str, Argument], sink: str, state: State, frame: Frame, callee: Location | None = None
    ) -> None:
        for family in self.catalogue.families:
            roles: dict[str, Argument] = {}
            for role, names in family.variables:
                if role in _PART_ROLES:
                    slot = "token" if role is Role.LEGACY_TOKEN else role.value
                    for name in names:
                        if name in given and slot not in roles:
                            roles[slot] = given[name]
            place = callee or roles["key_id"].location if "key_id" in roles else None
            if place is None or "secret" not in roles or self.muted:
                continue
            if all(isinstance(item.data, Missing) for item in roles["key_id"].value):
                continue
            client = Client(
                sink=sink,
                cloud=family.cloud,
                use=SinkUse.ENVIRONMENT,
                service=None,
                location=place,
                credentials=credential_set(roles, state, self.exceptional, is_open=False),
                token_support=TokenSupport.OPTIONAL,
                endpoint=EndpointKind.UNKNOWN,
                flows=frame.flows,
                calls=frame.calls,
                branches=state.branches,
                known_missing=tuple(sorted(state.falsy, key=repr)),
                platform=next(iter(frame.platforms), None),
                inherited_token=self._inherited_token(family, given, frame),
            )
            self.facts.clients.setdefault((place, frame.calls, sink, frame.flows), client)
            self._literals_of(client)


_OUTPUT = {CallableKind.PRINT: ExposureKind.PRINT, CallableKind.LOG: ExposureKind.LOG}


def _scalar_origin(item: Item) -> Origin:
    match item.data:
        case Scalar(origin):
            return origin
        case Const(str(text)):
            return Literal(SecretText(text))
        case Name(dotted):
            return Unknown("name", dotted)
        case _:
            return Unknown("value of another kind")


def _is_option(item: Item) -> bool:
    match item.data:
        case Scalar(Unknown(_, identity)):
            return identity.startswith("option ")
        case _:
            return False


def _merge_clients(one: Client, other: Client) -> Client:
    """Put the alternatives of one sink together that was met twice (a loop runs its body twice)."""
    alternatives: tuple[Alternative, ...] = tuple(
        dict.fromkeys((*one.credentials.alternatives, *other.credentials.alternatives))
    )
    complete = one.credentials.complete and other.credentials.complete
    return replace(one, credentials=CredentialSet(alternatives, complete))


def _temporary_caller(credentials: CredentialSet) -> Location | None:
    """Give the request that proves that temporary credentials sign, or None."""
    places = []
    for alternative in credentials.alternatives:
        origin = alternative.key_id.origin
        if isinstance(origin, ResponseField) and origin.lifetime is Lifetime.TEMPORARY:
            places.append(origin.request)
    return places[0] if places and len(places) == len(credentials.alternatives) else None


def _constant_texts(value: Value, state: State, depth: int = 0) -> Iterator[str]:
    for item in value:
        match item.data:
            case Const(str(text)):
                yield text
            case Text(parts) if depth < 4:
                for part in parts:
                    yield from _constant_texts(part, state, depth + 1)
            case _:
                pass


def _is_process_protocol(value: Value, state: State, depth: int = 0) -> bool:
    """Recognise the answer of a credential_process: a JSON object with Version 1.

    https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
    """
    for item in value:
        match item.data:
            case Text((only,)) if depth < 3:
                return _is_process_protocol(only, state, depth + 1)
            case Ref(number):
                obj = state.heap.get(number)
                if isinstance(obj, DictObject) and "Version" in obj.items:
                    version = obj.items["Version"]
                    return len(version) == 1 and isinstance(version[0].data, Const) and version[0].data.value == 1
            case _:
                pass
    return False
