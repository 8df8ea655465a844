"""hardcoded-temporary-credentials: a temporary key, token or expiration stands as a literal and dies within hours."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.facts import LiteralContext
from credlint.model.finding import Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import LiteralForm, LiteralUnit, WriteUnit
from credlint.model.values import Lifetime, Literal, Role


def check(unit: LiteralUnit) -> Iterator[Draft]:
    """Draft a finding for a literal temporary key id, or for a literal token without a literal key id beside it."""
    literal = unit.literal
    if literal.allowed or literal.endpoint is EndpointKind.LOCAL or literal.context is LiteralContext.COMMENT:
        return
    if literal.test_context and not unit.pair_is_real:
        return
    if literal.role is Role.KEY_ID:
        if unit.lifetime is not Lifetime.TEMPORARY or unit.form is not LiteralForm.REAL:
            return
        ends = f" (ends in {literal.text.hint})" if literal.text.hint else ""
        message = f"temporary key id{ends} stands in the file and dies within hours"
        if literal.context is LiteralContext.SLOT and not literal.has_token:
            message += "; its session token is missing too"
        yield Draft("literal-temporary-key", message, literal.location, literal.subject or literal.location)
    elif literal.role is Role.TOKEN and unit.form is LiteralForm.REAL and literal.partner is None:
        message = "session token stands in the file and dies within hours"
        yield Draft("literal-token", message, literal.location, literal.location)
    elif literal.role is Role.EXPIRATION:
        yield _expiration(unit)


def _expiration(unit: LiteralUnit) -> Draft:
    message = "moment at which the credentials end stands in the file; once it has passed every call fails"
    return Draft("literal-expiration", message, unit.literal.location, unit.literal.location)


def check_write(unit: WriteUnit) -> Iterator[Draft]:
    """Draft a finding for code that writes a literal expiration into the environment."""
    write = unit.write
    if write.role is Role.EXPIRATION and isinstance(write.value, Literal) and not write.test_context:
        message = f"{write.name} is set to a moment that stands in the file; once it has passed every call fails"
        yield Draft("literal-expiration", message, write.location, write.location)
