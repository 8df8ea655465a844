"""What the checks on processes share: the key pairs in an environment, and where each is declared."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.environments import Variable
from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.units import ProcessUnit
from credlint.model.values import Alternative, Cloud, Part, ResponseField, Role


@dataclass(frozen=True, slots=True)
class Pair:
    """A key pair of one alternative: its family of variables, and the variable that holds the key id."""

    family: str
    alternative: Alternative
    variable: Variable
    certain: bool

    @property
    def cloud(self) -> Cloud | None:
        """The cloud whose keys these are."""
        return self.variable.cloud

    @property
    def is_input(self) -> bool:
        """Tell whether these are inputs of an action, which that action alone reads."""
        return not self.variable.name.isupper()

    @property
    def place(self) -> Location:
        """Where the key id is declared."""
        return self.variable.key_location


def given_pairs(unit: ProcessUnit) -> Iterator[Pair]:
    """Give the pairs of which key id and secret are surely there."""
    for family, found in unit.sets:
        for alternative in found.alternatives:
            variable = _holder(unit, alternative.key_id)
            if variable is not None and alternative.key_id.is_given() and alternative.secret.is_given():
                yield Pair(family, alternative, variable, found.complete and len(found.alternatives) == 1)


def static_pairs(unit: ProcessUnit) -> Iterator[Pair]:
    """Give the pairs that no request of this run answered: they were put there."""
    for pair in given_pairs(unit):
        if not isinstance(pair.alternative.key_id.origin, ResponseField):
            yield pair


def left_after_keys(unit: ProcessUnit, pair: Pair) -> bool:
    """Tell whether a sibling leaves a pair after another has left a key with its token, and that token stays."""
    if not isinstance(pair.alternative.token.origin, ResponseField):
        return False  # whoever takes the token away as well goes on with other keys on purpose
    left = [one for group in unit.left for one in group if one.role is Role.KEY_ID and one.family == pair.family]
    return any(one.location == pair.variable.location for one in left[1:])


def profile_variables(unit: ProcessUnit) -> Iterator[Variable]:
    """Give the variables that name a profile and surely hold a name."""
    for variable in unit.variables:
        named = variable.role is Role.PROFILE and variable.name.isupper()
        if named and variable.part(Role.PROFILE).is_given():
            yield variable


def _holder(unit: ProcessUnit, part: Part) -> Variable | None:
    found = (*unit.variables, *unit.scope.variables)
    return next((one for one in found if one.name == part.name and one.location == part.location), None)
