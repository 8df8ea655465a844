"""hardcoded-access-key: a long-lived key id or secret stands as a literal."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import role_words
from credlint.model.facts import LiteralContext
from credlint.model.finding import Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import LiteralForm, LiteralUnit
from credlint.model.values import Lifetime, Role

_KEPT = frozenset({LiteralContext.SLOT, LiteralContext.ASSIGNED})
_OF_THE_CLOUD = frozenset({EndpointKind.ABSENT, EndpointKind.CLOUD})


def check(unit: LiteralUnit) -> Iterator[Draft]:
    """Draft a finding for a literal long-lived key; of a pair, for its key id only."""
    literal = unit.literal
    if literal.allowed or literal.endpoint is EndpointKind.LOCAL or literal.context not in _KEPT:
        return
    if literal.role is Role.KEY_ID:
        if unit.lifetime is not Lifetime.LONG_LIVED or unit.form not in {LiteralForm.REAL, LiteralForm.UNUSUAL}:
            return
        if unit.form is LiteralForm.UNUSUAL and not unit.pair_is_real:
            return
        ends = f" (ends in {literal.text.hint})" if literal.text.hint else ""
        message = f"long-lived key id{ends} stands in the file"
    elif literal.role is Role.SECRET and literal.context is LiteralContext.SLOT:
        if unit.form is not LiteralForm.REAL or unit.pair_is_real or _told_by_key_id(unit):
            return
        message = f"{role_words(literal.role)} of a long-lived key stands in the file"
    else:
        return
    in_tests = literal.test_context and not unit.pair_is_real
    yield Draft(
        case="in-tests" if in_tests else "literal-key",
        message=message,
        location=literal.location,
        subject=literal.location,
    )


def _told_by_key_id(unit: LiteralUnit) -> bool:
    """A literal key id beside the secret is reported already, unless it looks like none and the cloud gets it."""
    if unit.partner_unknown and unit.literal.endpoint in _OF_THE_CLOUD:
        return False
    return unit.literal.partner is not None
