"""conflicting-profiles: two variables name different profiles for one process."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from credlint.model.environments import Variable
from credlint.model.finding import Confidence, Draft
from credlint.model.units import EnvironmentUnit
from credlint.model.values import Cloud, Role, Step, compatible


def check(unit: EnvironmentUnit) -> Iterator[Draft]:
    """Draft a finding per pair of profile variables of AWS with different values, at the one that boto3 takes."""
    if unit.environment.test_context:
        return
    profiles = [one for one in unit.environment.variables if one.role is Role.PROFILE and one.cloud is Cloud.AWS]
    for pair in combinations(profiles, 2):
        if _conflict(*pair):
            winner, loser = sorted(pair, key=lambda one: unit.profile_order.index(one.name))
            yield Draft(
                case="different-profiles",
                message=(
                    f"{winner.name} is {winner.plain} and {loser.name} is {loser.plain} for {unit.environment.title}: "
                    f"boto3 takes {winner.name}, the AWS CLI, JavaScript and Go take {loser.name}"
                ),
                location=winner.location,
                subject=winner.location,
                certainty=Confidence.MEDIUM if winner.branches | loser.branches else Confidence.HIGH,
                related=(Step(loser.location, f"{loser.name} is {loser.plain} here"),),
            )


def _conflict(one: Variable, other: Variable) -> bool:
    values = one.plain, other.plain
    different = all(values) and one.plain != other.plain and one.name != other.name and one.family == other.family
    return different and compatible(one.branches, other.branches)
