"""legacy-token-variable: AWS_SECURITY_TOKEN stands instead of AWS_SESSION_TOKEN, or against it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.sdk_words import who_reads, who_reads_token
from credlint.checks.words import source_words
from credlint.model.environments import Variable
from credlint.model.finding import Confidence, Draft
from credlint.model.units import EnvironmentUnit
from credlint.model.values import Absent, Blank, Cloud, NoneValue, Origin, Parameter, Role, Step, Unknown, compatible


def check(unit: EnvironmentUnit) -> Iterator[Draft]:
    """Draft a finding for a legacy variable beside a pair: alone, or with another value than the token."""
    environment = unit.environment
    if environment.test_context:
        return
    by_role = {role: _given(environment.variables, role) for role in (Role.LEGACY_TOKEN, Role.TOKEN, Role.KEY_ID)}
    for legacy in by_role[Role.LEGACY_TOKEN]:
        tokens = by_role[Role.TOKEN]
        if not tokens and by_role[Role.KEY_ID] and not unit.opaque:
            yield _draft(
                "legacy-alone",
                f"the session token is only in {legacy.name}: {who_reads_token(unit.token_readers)}",
                legacy,
            )
        for token in tokens:
            if compatible(legacy.branches, token.branches) and _differ(legacy.value, token.value):
                yield _draft(
                    "two-tokens",
                    f"{legacy.name} comes from {source_words(legacy.value)}, {token.name} from "
                    f"{source_words(token.value)}: {who_reads(unit.token_readers, 'take')}",
                    legacy,
                    Step(token.location, f"{token.name} is set here"),
                )


def _given(variables: tuple[Variable, ...], role: Role) -> list[Variable]:
    missing = (Absent, NoneValue, Blank)
    return [v for v in variables if v.role is role and v.cloud is Cloud.AWS and not isinstance(v.value, missing)]


def _differ(one: Origin, other: Origin) -> bool:
    """Tell whether two origins are known and are two."""
    return one != other and not isinstance(one, Unknown | Parameter) and not isinstance(other, Unknown | Parameter)


def _draft(case: str, message: str, legacy: Variable, *related: Step) -> Draft:
    return Draft(
        case=case,
        message=message,
        location=legacy.location,
        subject=legacy.location,
        certainty=Confidence.MEDIUM if legacy.branches else Confidence.HIGH,
        related=related,
    )
