"""malformed-access-key-id: a literal that is meant to be a key id and cannot be one."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.facts import LiteralContext
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import LiteralForm, LiteralUnit
from credlint.model.values import Role

_CASES = {
    LiteralForm.STRAY_CHARACTER: ("stray-character", "key id holds a blank, quote or line end that is sent with it"),
    LiteralForm.TEMPLATE_REMNANT: ("template-remnant", "key id holds what a template has left unfilled"),
    LiteralForm.ENCODED_NEWLINE: ("encoded-newline", "key id ends in a line end once it is decoded from base64"),
    LiteralForm.WRONG: ("wrong-form", "key id has the wrong length or a character that none has"),
    LiteralForm.UNUSUAL: ("unusual-length", "key id has an unusual length"),
}


def check(unit: LiteralUnit) -> Iterator[Draft]:
    """Draft a finding for a key id of wrong form; never says what it is."""
    literal = unit.literal
    if literal.role is not Role.KEY_ID or literal.allowed or literal.endpoint is EndpointKind.LOCAL:
        return
    if literal.context not in {LiteralContext.SLOT, LiteralContext.ASSIGNED} or unit.form not in _CASES:
        return
    if literal.test_context:
        return
    case, message = _CASES[unit.form]
    if unit.form is LiteralForm.UNUSUAL and (literal.context is not LiteralContext.SLOT or unit.pair_is_real):
        return  # beside a real secret it is hardcoded-access-key
    if unit.form is LiteralForm.WRONG:
        message += f" (length {len(literal.text)})"
    yield Draft(
        case=case,
        message=message,
        location=literal.location,
        subject=literal.location,
        certainty=Confidence.HIGH if literal.context is LiteralContext.SLOT else Confidence.MEDIUM,
    )
