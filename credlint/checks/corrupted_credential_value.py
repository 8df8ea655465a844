"""corrupted-credential-value: a value that is not what it was, or not what the next stage should make of it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.environments import CorruptionKind
from credlint.model.finding import Draft
from credlint.model.units import CorruptedUnit

_CASES = {
    CorruptionKind.QUOTES: ("quotes-kept", "keeps the quotes that stand around its value"),
    CorruptionKind.LINE_END: ("line-end-kept", "ends with a line end, which is a part of the value"),
    CorruptionKind.BLANK: ("blank-kept", "has a blank at one end, which is a part of the value"),
    CorruptionKind.BASE64: ("encoding-left", "holds base64, which nothing decodes at this place"),
    CorruptionKind.TWICE: ("encoded-twice", "is base64 once more than is decoded"),
    CorruptionKind.TEMPLATE: ("template-not-filled-in", "holds a template, which is not filled in at this place"),
    CorruptionKind.OCTAL: (
        "account-as-octal-number",
        "is an octal number to YAML, and another account when written out",
    ),
}


def check(unit: CorruptedUnit) -> Iterator[Draft]:
    """Draft a finding for a value."""
    corrupted = unit.corrupted
    known = _CASES.get(corrupted.kind)
    if known is not None:
        case, said = known
        yield Draft(case, f"{corrupted.name} {said}", corrupted.location, corrupted.location)
