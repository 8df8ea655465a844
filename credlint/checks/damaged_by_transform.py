"""damaged-by-transform: a credential is cut, re-cased, encoded or framed on its way into the slot that takes it."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import how_sure, origin_step, role_words, sink_words, source_words, trace_of
from credlint.model.environments import CorruptionKind
from credlint.model.facts import Client
from credlint.model.finding import Draft
from credlint.model.sinks import EndpointKind
from credlint.model.units import ClientUnit, CorruptedUnit
from credlint.model.values import Cloud, Damage, DamageKind, Part, Role, Step, Unknown

_WORDS = {
    DamageKind.CUT: ("cut", "cut", "cut here"),
    DamageKind.LOWER: ("case-changed", "in lower case", "put in lower case here"),
    DamageKind.UPPER: ("case-changed", "in upper case", "put in upper case here"),
    DamageKind.CASE: ("case-changed", "with its case changed", "its case is changed here"),
    DamageKind.BASE64: ("encoded", "as base64 text", "encoded as base64 here"),
    DamageKind.PERCENT: ("encoded", "with percent encoding", "encoded for a URL here"),
    DamageKind.STORED_BASE64: ("not-decoded", "as the base64 text of the Secret", "read as base64 text here"),
    DamageKind.BYTES_TEXT: ("bytes-as-text", "as the notation of bytes (b'...')", "bytes become text here"),
    DamageKind.BLANKS: ("framed", "with a blank or line break at its end", "put together here"),
    DamageKind.QUOTES: ("framed", "in quotes", "put together here"),
}
_CERTAIN = frozenset({DamageKind.BYTES_TEXT, DamageKind.STORED_BASE64})
_CASES = frozenset({DamageKind.LOWER, DamageKind.UPPER, DamageKind.CASE})


_VALUES = {
    CorruptionKind.ECHOED: ("framed", "is encoded with the line end that echo puts behind it"),
    CorruptionKind.FRAMED: ("framed", "is encoded in quotes"),
    CorruptionKind.CUT: ("cut", "is cut"),
}


def check_value(unit: CorruptedUnit) -> Iterator[Draft]:
    """Draft a finding for what a template or script does to a value before it is stored."""
    value = unit.corrupted
    known = _VALUES.get(value.kind)
    if known is not None:
        case, said = known
        yield Draft(case, f"{value.name} {said}", value.location, value.location)


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for each thing that is done to a part so that it does not arrive as it was issued."""
    client = unit.client
    if client.indirect is not None or client.endpoint is EndpointKind.LOCAL:
        return
    alternatives = client.credentials.alternatives
    told: set[tuple[object, Damage]] = set()
    for alternative in alternatives:
        for index, part in enumerate(alternative.parts()):
            damage = part.damage
            if damage is None or not _is_harmful(part, damage, client):
                continue
            if (damage.location or part.location, damage) in told:
                continue  # a helper does the same to several parts
            told.add((damage.location or part.location, damage))
            case, how, step = _WORDS[damage.kind]
            place = damage.location or part.location or client.location
            source = "" if isinstance(part.origin, Unknown) else f" of {source_words(part.origin)}"
            everywhere = all(one.parts()[index].damage == damage for one in alternatives)
            begun = origin_step(part)
            yield Draft(
                case=case,
                message=f"{sink_words(client)} gets the {role_words(part.role)}{source} {how}",
                location=part.location or client.location,
                subject=client.location,
                certainty=how_sure(client, everywhere=everywhere),
                related=(Step(place, step),),
                trace=(
                    *((begun,) if begun else ()),
                    Step(place, step),
                    *trace_of(alternative, client, "handed over here")[-1:],
                ),
                calls=client.calls,
            )


def _is_harmful(part: Part, damage: Damage, client: Client) -> bool:
    """Tell whether the part is surely another one now."""
    if damage.kind in _CERTAIN:
        return True
    if not part.is_given() or (damage.kind in _CASES and client.endpoint is EndpointKind.OTHER):
        return False
    # key ids of AWS are in upper case anyhow
    if damage.kind is DamageKind.BLANKS and client.strips:
        return False
    return not (damage.kind is DamageKind.UPPER and part.role is Role.KEY_ID and client.cloud is not Cloud.ALIBABA)
