"""The step that uses an action: which one in which version, and the inputs that it is given."""

from __future__ import annotations

from credlint.catalogue.build_programs import version_numbers
from credlint.catalogue.deployments import Dialect
from credlint.catalogue.programs import ActionEntry
from credlint.credentials.effective import Environment
from credlint.extract.deployment.expressions import origin_of, step_output
from credlint.extract.deployment.reading import Input, Reading
from credlint.extract.deployment.tree import Placed, Scalar, scalar, text_of
from credlint.extract.deployment.uses import Used
from credlint.model.environments import Variable
from credlint.model.patterns import pattern
from credlint.model.records import dataclass, replace
from credlint.model.span import Location
from credlint.model.values import (
    PARTS,
    SECRET_ROLES,
    Absent,
    Alternative,
    Blank,
    CredentialSet,
    Literal,
    NoneValue,
    Origin,
    Part,
    Reference,
    ReferenceKind,
    Role,
    Unknown,
)
from credlint.model.values import (
    Step as Stop,
)

_OTHER = ReferenceKind.ENVIRONMENT
# No key has such a form: some actions take the name of the variable that holds it.
_VARIABLE_NAME = pattern(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
# uses: owner/name@<40 hex digits> # v4.0.2
_VERSION_COMMENT = pattern(r"#\s*(?:tag=)?(v?\d+(?:\.\d+)*)\b")

Outputs = dict[tuple[str, str], Origin]
"""The known outputs of the steps so far: (id of the step, name of the output) to what it holds."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that uses a known action. `named` is False for one that is only known by the inputs it takes."""

    action: ActionEntry
    named: bool
    title: str
    location: Location
    inputs: dict[str, Input]
    version: tuple[int, ...] = ()

    def is_given(self, name: str, among: frozenset[str] | None = None) -> bool:
        """Tell whether an input is given, is not blank and does not say false."""
        known = self.inputs.get(name) if among is None or name in among else None
        if known is None or isinstance(known.origin, Blank | NoneValue):
            return False
        return (known.text or "").strip().lower() != "false"

    def place(self, role: Role) -> Location:
        """Give where the input of a role is given, or the name of the action."""
        known = self.inputs.get(self.action.input(role) or "")
        return known.location if known else self.location

    def part(self, role: Role) -> Part:
        """Give the input of a role as a part of credentials."""
        name = self.action.input(role) or ""
        known = self.inputs.get(name)
        return Part(role, known.origin, name, known.location) if known else Part(role, Absent(), name, None)

    def credentials(self) -> CredentialSet:
        """Give the credentials among the inputs; no alternative where there are none."""
        key, secret, token = (self.part(role) for role in PARTS)
        if key.is_missing() and secret.is_missing():
            return CredentialSet()
        host = isinstance(key.origin, Reference) and key.origin.kind is ReferenceKind.HOST_VARIABLE
        if self.action.finds_token and host and isinstance(token.origin, Absent):
            token = replace(token, origin=Unknown("found where the key id is"))
        profile = self.part(Role.PROFILE) if self.action.refuses_profile else Part(Role.PROFILE, Absent(), "", None)
        return CredentialSet((Alternative(key, secret, token, self._met(profile, key)),))

    def _met(self, profile: Part, key: Part) -> Part:
        """Put a profile where it meets the keys: one that is a default for many steps, at the keys of this one."""
        place, own = profile.location, key.location
        if place is None or own is None or not place < self.location < own:
            return profile
        return replace(profile, location=own, steps=(Stop(place, "the profile that is given by default"),))

    def variables(self) -> tuple[Variable, ...]:
        """Give the inputs that are parts or a profile as variables of the action's own family."""
        found = []
        for role in (*PARTS, Role.PROFILE):
            name = self.action.input(role)
            known = self.inputs.get(name) if name else None
            if name and known:
                plain = known.text if role is Role.PROFILE else None
                family, cloud = self.action.name, self.action.cloud
                found.append(
                    Variable(name, known.origin, known.location, known.location, family, role, plain, cloud=cloud)
                )
        return tuple(found)


def read_step(
    used: Used, dialect: Dialect, environment: Environment, outputs: Outputs, reading: Reading
) -> Step | None:
    """Read a step; None for an action that is not known."""
    actions = reading.deployments.actions
    named = reading.deployments.action(used.name.lower())
    given = used.given(named.groups if named else ())
    names = {placed.entry.key.text.lower() for placed in given}
    action = named or next((one for one in actions.values() if one.resembles and names.issuperset(one.resembles)), None)
    if action is None:
        return None
    numbers = version_numbers(used.version) or _comment_version(used.scalar, reading)
    inputs: dict[str, Input] = {}
    for placed in given:
        key = placed.entry.key.text.lower()
        key = dict(action.aliases).get(key, key)
        is_name = key in action.named
        role = next((role for role, known in action.inputs if known == key and not is_name), None)
        found = read_input(placed, role, dialect, environment, outputs, reading)
        if found is not None and is_name and isinstance(found.origin, Literal):
            found = replace(found, origin=_variable(Reference(_OTHER, found.origin.text.reveal()), environment))
        if found is not None and _has(action, key, numbers):
            inputs[key] = found
    for key, variable in action.variables:
        known = environment.variables.get(variable, ())
        if key not in inputs and known and _has(action, variable, numbers):
            inputs[key] = _stand_in(known[-1])
    return Step(action, named is not None, used.name, reading.value_location(used.scalar), inputs, numbers)


def _comment_version(uses: Scalar, reading: Reading) -> tuple[int, ...]:
    """Give the version that the comment behind a hash says; a block scalar ends on the next line, where none stands."""
    end = uses.extent.end
    found = _VERSION_COMMENT.search(reading.places.lines[end.line], end.column) if end.column else None
    return version_numbers(found[1]) if found else ()


def _has(action: ActionEntry, name: str, version: tuple[int, ...]) -> bool:
    """Tell whether a version has an input or variable; a moving tag (`v4`) is the newest of its line."""
    since = dict(action.since).get(name, ())
    return not version or since[: len(version)] <= version


def read_input(
    placed: Placed, role: Role | None, dialect: Dialect, environment: Environment, outputs: Outputs, reading: Reading
) -> Input | None:
    """Read one input, with outputs of steps and variables of the environment as what they hold; None without value."""
    value = scalar(placed.entry.value)
    if value is None or value.is_null():
        return None
    origin = origin_of(value, dialect)
    output = step_output(origin, dialect)
    origin = outputs.get(output, origin) if output else origin
    if isinstance(origin, Reference) and origin.kind is ReferenceKind.INPUT and origin.name.lower() in reading.inputs:
        return _handed(reading.inputs[origin.name.lower()], role, reading)
    if isinstance(origin, Reference) and origin.kind is ReferenceKind.ENVIRONMENT:
        origin = _variable(origin, environment)
    if isinstance(origin, Literal) and role in SECRET_ROLES:
        text = origin.text.reveal()
        if _VARIABLE_NAME.fullmatch(text):
            unknown = Unknown("name of a variable", text)
            origin = _variable(Reference(_OTHER, text), environment) if environment.supplemented else unknown
        else:
            origin = Literal(reading.cover(text, key_id=role is Role.KEY_ID))
    filled = origin.text.reveal() if isinstance(origin, Literal) and role not in SECRET_ROLES else text_of(value)
    choices = () if reading.choices is None or isinstance(origin, Literal) else reading.choices.of(value)
    return Input(origin, reading.value_location(value, placed.entry.extent), filled, choices)


def _handed(given: Input, role: Role | None, reading: Reading) -> Input:
    """Give what a caller hands on as the input of a role."""
    return replace(given, origin=reading.covered(given.origin, role))


def _variable(reference: Reference, environment: Environment) -> Origin:
    """Give what a variable holds; one that no file sets comes from the settings of a platform that has such."""
    if environment.supplemented and reference.name not in environment.variables:
        return Reference(ReferenceKind.CI_VARIABLE, reference.field or reference.name)
    return environment.value_of(reference.name)


def _stand_in(variable: Variable) -> Input:
    text = variable.value.text.reveal() if isinstance(variable.value, Literal) else None
    return Input(variable.value, variable.location, text)
