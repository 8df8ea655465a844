"""conflicting-profiles: two variables, or a variable and an option, name different profiles for one process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from credlint.checks.sdk_words import who_reads
from credlint.model.environments import Variable
from credlint.model.finding import Confidence, Draft
from credlint.model.span import Location
from credlint.model.units import EnvironmentUnit, ProcessUnit
from credlint.model.values import Cloud, Role, Step, compatible


def check(unit: EnvironmentUnit) -> Iterator[Draft]:
    """Draft a finding per pair of profiles of AWS with different names that code gives to one process."""
    if not unit.environment.test_context and not unit.declared:
        yield from _drafts(unit.environment.variables, unit, unit.environment.title)


def check_process(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft the same for a process of a deployment, and for a profile that a file names otherwise."""
    yield from _drafts(unit.variables, unit, unit.scope.title)
    for variable, name in unit.strangers:
        yield Draft(
            case="profile-of-another-environment",
            message=(
                f"{variable.name} names the profile {name}, which by its name is for another environment than "
                f"{unit.scope.title}"
            ),
            location=variable.location,
            subject=variable.location,
            certainty=Confidence.LOW,
        )
    for winner, loser in unit.overridden:
        if winner.role is Role.PROFILE and winner.plain and loser.plain and winner.plain != loser.plain:
            yield Draft(
                case="file-beside-variable",
                message=(
                    f"{winner.name} is {winner.plain} for {unit.scope.title}, and {loser.plain} in a file that it "
                    f"reads: the environment wins"
                ),
                location=winner.location,
                subject=winner.location,
                certainty=Confidence.MEDIUM if winner.branches else Confidence.HIGH,
                related=(Step(loser.location, f"{loser.name} is {loser.plain} here"),),
            )


def _drafts(variables: Iterable[Variable], unit: EnvironmentUnit | ProcessUnit, title: str) -> Iterator[Draft]:
    order = unit.profile_order
    profiles = [one for one in variables if one.role is Role.PROFILE and one.cloud is Cloud.AWS]
    for pair in combinations(profiles, 2):
        if not _conflict(*pair):
            continue
        option = next((one for one in pair if one.name not in order), None)
        if option is not None:
            yield _beside_option(option, pair[1] if option is pair[0] else pair[0], title)
            continue
        winner, loser = sorted(pair, key=lambda one: order.index(one.name))
        yield Draft(
            case="different-profiles",
            message=(
                f"{winner.name} is {winner.plain} and {loser.name} is {loser.plain} for {title}: "
                f"{who_reads(unit.profile_readers, 'take')}"
            ),
            location=_place(winner),
            subject=_place(winner),
            certainty=Confidence.MEDIUM if winner.branches | loser.branches else Confidence.HIGH,
            related=(Step(loser.location, f"{loser.name} is {loser.plain} here"),),
        )


def _place(variable: Variable) -> Location:
    """Give where a variable is set: its value, or the name of the other file that this stands in."""
    elsewhere = variable.location.path != variable.key_location.path
    return variable.key_location if elsewhere else variable.location


def _beside_option(option: Variable, variable: Variable, title: str) -> Draft:
    """Draft a finding at an option: it wins, but whoever reads the variable looks at another account."""
    return Draft(
        case="option-beside-variable",
        message=(
            f"{option.name} {option.plain} wins over {variable.name}={variable.plain} for {title}; "
            f"the commands around it work with {variable.plain}"
        ),
        location=option.location,
        subject=option.location,
        certainty=Confidence.MEDIUM if option.branches | variable.branches else Confidence.HIGH,
        related=(Step(variable.location, f"{variable.name} is {variable.plain} here"),),
    )


def _conflict(one: Variable, other: Variable) -> bool:
    values = one.plain, other.plain
    different = all(values) and one.plain != other.plain and one.name != other.name and one.family == other.family
    return different and compatible(one.branches, other.branches)
