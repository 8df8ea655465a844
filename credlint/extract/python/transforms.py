"""What texts go through: cutting, changing case, encoding. The origin stays, and with it what was done to it."""

from __future__ import annotations

from credlint.catalogue.callables import CallableKind
from credlint.catalogue.types import Catalogue
from credlint.credentials.grammar import shortest
from credlint.extract.python.domain import Const, Item, Scalar, Store, Text, Value, text_of, union, unknown
from credlint.extract.python.formats import HARMLESS_SLICE, shuffled
from credlint.extract.python.machine import Machine
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import (
    Damage,
    DamageKind,
    EnvironmentVariable,
    Lifetime,
    ProviderField,
    Reference,
    ReferenceKind,
    ResponseField,
    Step,
)

_RECASING = {
    "lower": DamageKind.LOWER,
    "casefold": DamageKind.LOWER,
    "upper": DamageKind.UPPER,
    "title": DamageKind.CASE,
    "capitalize": DamageKind.CASE,
    "swapcase": DamageKind.CASE,
}
RECASING = frozenset(_RECASING)
"""Methods of texts that change upper and lower case."""


def is_mask(item: Item) -> bool:
    """Tell whether so little of a value is left that showing it gives nothing away."""
    kept = item.damage.kept if item.damage else None
    return kept is not None and kept <= HARMLESS_SLICE


def stored_field(store: Store, key: str, place: Location) -> Value:
    """Give a value of a stored secret, which is base64 text there."""
    step = Step(place, f"{key} of the Secret is read, as base64 text")
    origin = Reference(ReferenceKind.KUBERNETES_SECRET, store.name, key)
    return (Item(Scalar(origin), steps=(step,), damage=Damage(DamageKind.STORED_BASE64, place)),)


def recased(item: Item, method: str, place: Location) -> Value:
    """Give a text with its case changed."""
    return text_of([(_damaged(item, Damage(_RECASING[method], place)),)])


def cut(machine: Machine, value: Value, lower: int | None, upper: int | None, place: Location) -> Value:
    """Give what a slice leaves of a text."""
    kept = _kept(lower, upper)
    results: list[Value] = []
    for item in value:
        least = _least(item, machine.catalogue)
        if least is not None and (lower or upper) and _shortens(lower, upper, kept, least):
            results.append((_damaged(item, Damage(DamageKind.CUT, place, kept)),))
        elif kept is not None and kept <= HARMLESS_SLICE:
            results.append(unknown("short slice"))
        else:
            results.append(sliced((item,)))
    return union(results)


def sliced(value: Value) -> Value:
    """Give what a slice of unknown length, or of no known part, leaves: constant text is not what it was."""
    text = text_of([value])
    return text if all(isinstance(item.data, Scalar) for item in value) else shuffled(text)


def _kept(lower: int | None, upper: int | None) -> int | None:
    """Give how many characters a slice leaves at most, None where its bounds do not tell."""
    if upper is not None and upper >= 0 and (lower or 0) >= 0:
        return max(upper - (lower or 0), 0)
    if lower is not None and lower < 0 and (upper is None or upper < 0):
        return max((upper or 0) - lower, 0)
    return None


def _shortens(lower: int | None, upper: int | None, kept: int | None, least: int) -> bool:
    """Tell whether a slice leaves less than the whole; one character off an end may be a line break or a quote."""
    if kept is not None and kept < least:
        return True
    return (lower or 0) > 1 or (upper is not None and upper < -1)


def _least(item: Item, catalogue: Catalogue) -> int | None:
    """Give how long a part of credentials is at least, None for what is no known part."""
    match item.data:
        case Scalar(ResponseField(role=role) | ProviderField(role=role)):
            return shortest(role, catalogue.grammar)
        case Scalar(EnvironmentVariable(name)):
            entry = catalogue.variable(name)
            return shortest(entry.role, catalogue.grammar) if entry else None
        case Text(((only,),)):
            return _least(only, catalogue)
        case _:
            return None


def coded(kind: CallableKind, form: DamageKind, value: Value, place: Location) -> Value:
    """Give what an encoding makes of a text, or what is left when it is undone."""
    results: list[Value] = []
    for item in value:
        if kind is CallableKind.ENCODE:
            results.append((_damaged(replace(item, raw=form is DamageKind.BASE64), Damage(form, place)),))
        else:
            results.append(_undone(item, form))
    return union(results)


def _undone(item: Item, form: DamageKind) -> Value:
    undoes = {form, DamageKind.STORED_BASE64} if form is DamageKind.BASE64 else {form}
    raw = form is DamageKind.BASE64
    inner = item.data.parts[0][0] if isinstance(item.data, Text) and _is_plain(item.data) else item
    if inner.damage is not None and inner.damage.kind in undoes:
        return (replace(inner, damage=None, raw=raw),)
    match inner.data:
        case Scalar(ResponseField(lifetime=Lifetime.UNKNOWN)):  # a login is answered in base64
            return (replace(inner, raw=raw),)
        case _:
            return tuple(replace(found, raw=raw, branches=item.branches) for found in unknown("decoded text"))


def _is_plain(text: Text) -> bool:
    return len(text.parts) == 1 and len(text.parts[0]) == 1


def encoded(item: Item) -> Item:
    """Give the bytes of a text (`.encode()`)."""
    return replace(item, raw=True) if isinstance(item.data, Scalar | Text) else item


def decoded(item: Item) -> Item:
    """Give the text of bytes (`.decode()`)."""
    return replace(item, raw=False)


def as_text(value: Value, place: Location | None) -> Value:
    """Give what a formatting makes of a value: of bytes, their notation in Python (b'...')."""
    return tuple(
        replace(_damaged(item, Damage(DamageKind.BYTES_TEXT, place)), raw=False) if item.raw else item for item in value
    )


def stripped(item: Item) -> Item:
    """Give a text without what stands around it: constant parts that are blank go."""
    if not isinstance(item.data, Text):
        return item
    parts = tuple(part for part in item.data.parts if not all(_is_blank(one) for one in part))
    return replace(item, data=Text(parts)) if parts else item


def _is_blank(item: Item) -> bool:
    return isinstance(item.data, Const) and isinstance(item.data.value, str) and not item.data.value.strip()


def framed(text: Text) -> tuple[Item, Damage | None] | None:
    """Give the one value in a text that has only blanks or quotes around it, with the damage that they do, or None."""
    values = [part for part in text.parts if not all(isinstance(item.data, Const) for item in part)]
    if len(values) != 1 or len(values[0]) != 1:
        return None
    frame = "".join(_constant(item) for part in text.parts if part is not values[0] for item in part)
    if frame.strip(" \t\r\n\"'"):
        return None
    inner = values[0][0]
    if not frame or inner.damage is not None:
        return inner, inner.damage
    return inner, Damage(DamageKind.QUOTES if frame.strip() else DamageKind.BLANKS)


def _constant(item: Item) -> str:
    return str(item.data.value) if isinstance(item.data, Const) else ""


def _damaged(item: Item, damage: Damage) -> Item:
    """Give a value with what was done to it; what was done first is what is told."""
    match item.data:
        case Scalar():
            first = item.damage or damage
            kept = damage.kept if damage.kept is not None else first.kept
            return replace(item, damage=replace(first, kept=kept))
        case Text(parts):
            inner = tuple(tuple(_damaged(one, damage) for one in part) for part in parts)
            return replace(item, data=Text(inner))
        case _:
            return item
