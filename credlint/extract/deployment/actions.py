"""What a step that uses a known action does: the request it sends, the keys it takes, what it sets for later steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from credlint.catalogue.build_deployments import version_numbers
from credlint.catalogue.deployments import ActionEntry, ActionUse, Caller, Dialect, Mode
from credlint.catalogue.types import Family
from credlint.credentials.effective import Environment, credential_sets
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.environments import SECRET_ROLES
from credlint.extract.deployment.expressions import origin_of, step_output
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Node, Scalar, entries, scalar, text_of, value_at
from credlint.model.facts import (
    Client,
    Duration,
    EndpointKind,
    RoleBinding,
    SessionRequest,
    SinkUse,
    TokenSupport,
    Variable,
)
from credlint.model.span import Location
from credlint.model.values import (
    Absent,
    Alternative,
    Blank,
    Branches,
    CredentialSet,
    Lifetime,
    Literal,
    NoneValue,
    Origin,
    Part,
    ResponseField,
    Role,
    Unknown,
)

_PARTS = (Role.KEY_ID, Role.SECRET, Role.TOKEN)
# uses: owner/name@<40 hex digits> # v4.0.2
_VERSION_COMMENT = re.compile(r"#\s*(?:tag=)?(v?\d+(?:\.\d+)*)\b")


class Granted(Enum):
    """Whether a permission is given to a job; UNKNOWN where whoever calls the file decides."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Input:
    """One input as it is given: by the step, or by a variable of the environment that stands in for it."""

    origin: Origin
    location: Location
    text: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What the action leaves: variables and roles for later steps, its inputs as variables, roles that it leaves unused."""

    inputs: tuple[Variable, ...] = ()
    exports: tuple[Variable, ...] = ()
    role_exports: tuple[RoleBinding, ...] = ()
    unused_roles: tuple[RoleBinding, ...] = ()
    outputs: tuple[tuple[str, Origin], ...] = ()


class ActionReader:
    """Reads one step."""

    def __init__(
        self,
        node: Node,
        use: ActionUse,
        dialect: Dialect,
        reading: Reading,
        environment: Environment,
        granted: Granted,
        outputs: dict[tuple[str, str], Origin],
        flow: str,
    ) -> None:
        self._outputs = outputs
        self._reading = reading
        self._environment = environment
        self._granted = granted
        self._flow = flow
        self._inputs: dict[str, Input] = {}
        self._uses = scalar(value_at(node, use.uses))
        name, _, version = (text_of(self._uses) or "").partition("@")
        self._action: ActionEntry | None = reading.deployments.actions.get(name.strip().lower())
        if self._action is None or self._uses is None:
            return
        self._title = name.strip()
        self._here = reading.value_location(self._uses)
        self._version = version_numbers(version) or self._comment_version(self._uses)
        self._read_inputs(value_at(node, use.inputs), dialect, self._action)

    def effect(self) -> Effect | None:
        """Give what the step does, and note its request and its client; None for an action that is not known."""
        action = self._action
        if action is None:
            return None
        mode = self._mode(action, frozenset(self._inputs))
        credentials = self._credentials(action)
        self._note_client(action, credentials)
        if mode is None:
            return Effect(inputs=self._input_variables(action))
        if mode.operation is not None:
            self._note_request(action, mode, credentials)
        parts = self._results(action, mode)
        exports = () if self._is_silent(action) else self._exports(action, parts)
        binding = self._binding(action, mode)
        return Effect(
            inputs=self._input_variables(action),
            exports=exports,
            role_exports=(binding,) if binding else (),
            unused_roles=self._unused(action, mode),
            outputs=tuple((output, parts[role]) for role, output in action.outputs if role in parts),
        )

    # -- inputs

    def _comment_version(self, uses: Scalar) -> tuple[int, ...]:
        line = self._reading.places.lines[uses.extent.end.line] if self._reading.places.lines else ""
        found = _VERSION_COMMENT.search(line, uses.extent.end.column)
        return version_numbers(found[1]) if found else ()

    def _has(self, action: ActionEntry, name: str) -> bool:
        """Tell whether the version in use knows an input or variable; a moving tag (`v4`) is the newest of its line."""
        since = dict(action.since).get(name, ())
        return not self._version or since[: len(self._version)] <= self._version

    def _read_inputs(self, node: Node | None, dialect: Dialect, action: ActionEntry) -> None:
        reading = self._reading
        for placed in entries(node):
            value = scalar(placed.entry.value)
            name = placed.entry.key.text.lower()
            if value is None or value.is_null() or not self._has(action, name):
                continue
            origin = origin_of(value, dialect)
            output = step_output(origin, dialect)
            origin = self._outputs.get(output, origin) if output else origin
            role = next((role for role, known in action.inputs if known == name), None)
            if isinstance(origin, Literal) and role in SECRET_ROLES:
                origin = Literal(reading.cover(value.text, key_id=role is Role.KEY_ID))
            self._inputs[name] = Input(origin, reading.value_location(value, placed.entry.extent), text_of(value))
        for name, variable in action.variables:
            known = self._environment.variables.get(variable, ())
            if name not in self._inputs and known and self._has(action, variable):
                last = known[-1]
                text = last.value.text.reveal() if isinstance(last.value, Literal) else None
                self._inputs[name] = Input(last.value, last.location, text)

    def _is_given(self, name: str, names: frozenset[str]) -> bool:
        known = self._inputs.get(name) if name in names else None
        if known is None or isinstance(known.origin, Blank | NoneValue):
            return False
        return (known.text or "").strip().lower() != "false"

    def _mode(self, action: ActionEntry, names: frozenset[str]) -> Mode | None:
        for mode in action.modes:
            if mode.permission and self._granted is Granted.NO:
                continue
            if all(self._is_given(name, names) for name in mode.given):
                return mode
        return None

    def _part(self, action: ActionEntry, role: Role) -> Part:
        name = action.input(role) or ""
        known = self._inputs.get(name)
        if known is None:
            return Part(role, Absent(), name, None)
        return Part(role, known.origin, name, known.location)

    def _credentials(self, action: ActionEntry) -> CredentialSet:
        key, secret, token = (self._part(action, role) for role in _PARTS)
        if key.is_missing() and secret.is_missing():
            return CredentialSet()
        return CredentialSet((Alternative(key, secret, token, Part(Role.PROFILE, Absent(), "", None)),))

    def _input_variables(self, action: ActionEntry) -> tuple[Variable, ...]:
        found = []
        for role in (*_PARTS, Role.PROFILE):
            name = action.input(role)
            known = self._inputs.get(name) if name else None
            if name and known:
                plain = known.text if role is Role.PROFILE else None
                found.append(Variable(name, known.origin, known.location, known.location, action.name, role, plain, cloud=action.cloud))
        return tuple(found)

    def _place(self, action: ActionEntry, role: Role) -> Location:
        """Give where an input is given, or the name of the action."""
        known = self._inputs.get(action.input(role) or "")
        return known.location if known else self._here

    # -- facts

    def _note_client(self, action: ActionEntry, credentials: CredentialSet) -> None:
        if not credentials.alternatives:
            return
        self._reading.add_client(
            Client(
                sink=self._title,
                cloud=action.cloud,
                use=SinkUse.ENVIRONMENT,
                service=None,
                location=self._here,
                credentials=credentials,
                token_support=TokenSupport.OPTIONAL if action.takes_token else TokenSupport.NONE,
                endpoint=EndpointKind.ABSENT,
                flows=(self._flow,),
            )
        )

    def _note_request(self, action: ActionEntry, mode: Mode, credentials: CredentialSet) -> None:
        operation = self._reading.catalogue.operation(mode.operation or "")
        given = self._inputs.get(action.input(Role.DURATION) or "")
        durations: tuple[Duration, ...] = ()
        if given is not None and not isinstance(given.origin, Blank):
            durations = (Duration(duration_of(given.text), given.location),)
        caller = credentials if mode.caller is Caller.INPUTS else self._environment_set(action)
        self._reading.found.requests.setdefault(
            (self._here, operation.id),
            SessionRequest(
                operation=operation.id,
                name=operation.name,
                cloud=operation.cloud,
                location=self._here,
                durations=durations,
                minimum=operation.minimum,
                maximum=operation.maximum,
                chained_maximum=None if operation.unsigned else operation.chained_maximum,
                caller=caller if mode.caller is not Caller.NOBODY else CredentialSet(),
                flows=(self._flow,),
                chained=self._chained(action, mode, caller),
            ),
        )

    def _environment_set(self, action: ActionEntry) -> CredentialSet:
        sets = dict(credential_sets(self._environment, self._reading.catalogue))
        return next((sets[family] for family in action.exports if family in sets), CredentialSet())

    def _chained(self, action: ActionEntry, mode: Mode, caller: CredentialSet) -> Location | None:
        """Give the proof that temporary credentials sign the request."""
        if mode.chained:
            return self._inputs[mode.given[-1]].location if mode.given[-1] in self._inputs else self._here
        if mode.caller is Caller.INPUTS:
            token = self._part(action, Role.TOKEN)
            return token.location if token.is_given() else None
        if mode.caller is Caller.ENVIRONMENT:
            return temporary_caller(caller)
        return None

    # -- what it leaves

    def _results(self, action: ActionEntry, mode: Mode) -> dict[Role, Origin]:
        if mode.operation is not None:
            return {role: ResponseField(self._here, mode.operation, role, Lifetime.TEMPORARY) for role in _PARTS}
        parts = {role: self._part(action, role).origin for role in _PARTS}
        if isinstance(parts[Role.TOKEN], Absent):
            # A token that an earlier step left is cleared; that none is given is a matter of the inputs.
            parts[Role.TOKEN] = Unknown("cleared by the action")
        return parts

    def _is_silent(self, action: ActionEntry) -> bool:
        """Tell whether the action keeps its result out of the environment."""
        for name in action.silent_when_false:
            known = self._inputs.get(name)
            if known is not None and known.text is not None:
                return known.text.strip().lower() == "false"
        return any(self._is_given(name, frozenset(self._inputs)) for name in action.silent_when_given)

    def _exports(self, action: ActionEntry, parts: dict[Role, Origin]) -> tuple[Variable, ...]:
        catalogue = self._reading.catalogue
        branches = self._environment.branches
        return tuple(
            self._export(action, family, role, origin, branches)
            for family in (catalogue.family(name) for name in action.exports)
            for role, origin in parts.items()
            if family.names(role)
        )

    def _export(self, action: ActionEntry, family: Family, role: Role, origin: Origin, branches: Branches) -> Variable:
        name = family.names(role)[0]
        own = isinstance(origin, ResponseField) and origin.request == self._here
        place = self._here if own else self._place(action, role)
        return Variable(name, origin, place, place, family.name, role, None, branches, family.cloud)

    def _binding(self, action: ActionEntry, mode: Mode) -> RoleBinding | None:
        if mode.binding is None:
            return None
        place = self._place(action, Role.ROLE_ARN)
        return RoleBinding(mode.binding, action.cloud, place, self._environment.branches)

    def _unused(self, action: ActionEntry, mode: Mode) -> tuple[RoleBinding, ...]:
        """The role that the platform's own token would have given, had no keys been named."""
        if mode.caller is not Caller.INPUTS or self._granted is not Granted.YES:
            return ()
        own = {action.input(role) for role in _PARTS}
        other = self._mode(action, frozenset(name for name in self._inputs if name not in own))
        if other is None or not other.permission:
            return ()
        binding = self._binding(action, other)
        return (binding,) if binding else ()


def temporary_caller(caller: CredentialSet) -> Location | None:
    """Give the request whose answer signs in every alternative, or None where that is not proven."""
    places = [
        alternative.key_id.origin.request
        for alternative in caller.alternatives
        if isinstance(alternative.key_id.origin, ResponseField)
        and alternative.key_id.origin.lifetime is Lifetime.TEMPORARY
    ]
    return places[0] if places and len(places) == len(caller.alternatives) and caller.complete else None
