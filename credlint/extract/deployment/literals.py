"""Literals of key grammar wherever they stand in YAML: in credential slots, other values, decoded data, comments."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from credlint.catalogue.grammar import Grammar
from credlint.credentials.grammar import cloud_of_key, is_placeholder
from credlint.extract.deployment.corruptions import note_blank
from credlint.extract.deployment.pairs import pair_in
from credlint.extract.deployment.places import value_extent
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Document, Entry, Extent, Mapping, Mark, Node, Scalar, Sequence
from credlint.model.environments import Variable
from credlint.model.facts import Client, KeyLiteral, LiteralContext
from credlint.model.patterns import pattern
from credlint.model.records import replace
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind
from credlint.model.span import Location
from credlint.model.values import PARTS, Cloud, Literal, Part, Role

if TYPE_CHECKING:
    from credlint.extract.deployment.resources import Decoded

_WORD = pattern(r"\S{12,}\s*")
# An expression with blanks or line ends around it.
_PADDED = pattern(r"(?:\s+\$\{\{[^{}]*\}\}\s*|\$\{\{[^{}]*\}\}\s+)")
# X-Amz-Credential=ASIA… and other query parameters: a signed URL, not a key in use.
_QUERY = pattern(r"(?:Credential|[?&][\w%.\-]{1,40})=$")


@functools.cache
def _pattern(grammar: Grammar) -> re.Pattern[str]:
    """Give the pattern of a key id that begins a word; inside base64 and paths it begins none."""
    prefixes = "|".join(re.escape(form.prefix) for form in grammar.key_ids)
    return re.compile(rf"(?<![A-Za-z0-9+_%\-])(?<![A-Za-z0-9+]/)(?:{prefixes})[A-Za-z0-9]{{8,120}}(?![A-Za-z0-9+_%])")


def note_slot_literals(reading: Reading) -> None:
    """Note the literals that reached a sink, or that stand under the name of a part."""
    for client in reading.found.clients.values():
        for alternative in client.credentials.alternatives:
            for part in alternative.parts():
                if isinstance(part.origin, Literal) and part.location is not None:
                    _note_part(part, alternative.parts(), client, reading)
    for variable in _all_variables(reading):
        if isinstance(variable.value, Literal) and variable.role in {*PARTS, Role.EXPIRATION}:
            _note_variable(variable, reading)


def _all_variables(reading: Reading) -> Iterator[Variable]:
    for scope in reading.found.scopes:
        yield from scope.variables
        yield from scope.exports
    for resource in reading.found.resources:
        yield from resource.variables


def _note_part(part: Part, parts: Iterable[Part], client: Client, reading: Reading) -> None:
    if not isinstance(part.origin, Literal) or part.location is None:
        return
    by_role = {one.role: one for one in parts}
    other = by_role[Role.SECRET if part.role is Role.KEY_ID else Role.KEY_ID].origin
    text = part.origin.text.reveal()
    found = _literal(
        reading, part.role, text, part.location, LiteralContext.SLOT, part.name,
        cloud_of_key(text, reading.catalogue.grammar) or client.cloud,
    )  # fmt: skip
    _add(
        reading,
        replace(
            found,
            endpoint=client.endpoint,
            partner=other.text if isinstance(other, Literal) else None,
            has_token=not by_role[Role.TOKEN].is_missing(),
            subject=client.location,
        ),
    )


def _note_variable(variable: Variable, reading: Reading) -> None:
    entry = reading.catalogue.variable(variable.name)
    if not isinstance(variable.value, Literal) or variable.role is None:
        return
    cloud = entry.cloud if entry else variable.cloud or Cloud.AWS
    text = variable.value.text.reveal()
    _add(
        reading,
        _literal(reading, variable.role, text, variable.location, LiteralContext.SLOT, variable.name, cloud),
    )


def _literal(
    reading: Reading, role: Role, text: str, place: Location, context: LiteralContext, name: str, cloud: Cloud
) -> KeyLiteral:
    return KeyLiteral(
        role=role,
        cloud=cloud,
        text=SecretText(text, key_id=role is Role.KEY_ID),
        context=context,
        name=name,
        location=place,
        test_context=reading.test_context,
        allowed=_is_allowed(reading, place),
        encoded=place in reading.encoded,
        placeholder=is_placeholder(text, reading.catalogue.grammar, reading.settings),
    )


def _is_allowed(reading: Reading, place: Location) -> bool:
    """Tell whether a scanner's allow comment stands on the line."""
    number = reading.places.line_of(place)
    line = reading.places.lines[number] if number < len(reading.places.lines) else ""
    return any(word in line for word in reading.catalogue.allow_comments)


def _add(reading: Reading, literal: KeyLiteral) -> None:
    if literal.location in reading.own:
        literal = replace(literal, endpoint=EndpointKind.LOCAL)
    reading.found.literals.setdefault(literal.location, literal)


def note_text_literals(documents: tuple[Document, ...], reading: Reading) -> None:
    """Note key ids in values that are no slot; under a name that says so, with the secret that stands beside it."""
    pattern = _pattern(reading.catalogue.grammar)
    prefixes = tuple(form.prefix for form in reading.catalogue.grammar.key_ids)
    for document in documents:
        scalars = [one for one in document.scalars if _may_be_noted(one.text, prefixes)]
        named = dict(_holders(document.root)) if scalars else {}
        for scalar in scalars:
            for found in pattern.finditer(scalar.text):
                if not _QUERY.search(scalar.text, max(0, found.start() - 60), found.start()):
                    _note_found(found, scalar, named.get(id(scalar)), reading)
            if _PADDED.fullmatch(scalar.text) and id(scalar) in named:
                _note_padded(scalar, named[id(scalar)][0], reading)


def _may_be_noted(text: str, prefixes: tuple[str, ...]) -> bool:
    """Tell whether a key id may stand in a text, or an expression with blanks around it: most texts hold neither."""
    for prefix in prefixes:
        if prefix in text:
            return True
    return "${{" in text and _PADDED.fullmatch(text) is not None


def _note_padded(scalar: Scalar, entry: Entry, reading: Reading) -> None:
    """Note an expression with a blank around it, which is a part of the key id, or of the value of a variable."""
    role = reading.role_of(entry.key.text)
    if role is None:
        return
    place = reading.value_location(scalar, entry.extent)
    if role[0] is not Role.KEY_ID and reading.catalogue.variable(entry.key.text) is not None:
        note_blank(entry.key.text, role, place, reading)
    elif role[0] is Role.KEY_ID:
        literal = _literal(reading, Role.KEY_ID, scalar.text, place, LiteralContext.SLOT, entry.key.text, role[1])
        _add(reading, replace(literal, placeholder=False))


def _note_found(found: re.Match[str], scalar: Scalar, holder: tuple[Entry, Mapping] | None, reading: Reading) -> None:
    text = scalar.text if scalar.text.strip(" \t\r\n\"'") == found.group() else found.group()
    whole = text is scalar.text
    extent = value_extent(scalar) if whole else reading.places.text_map(scalar).extent(found.start(), found.end())
    statement = holder[0].extent if holder else scalar.extent
    place = reading.location(extent, statement)
    if any(_overlaps(place, other) for other in reading.found.literals) or _is_told(found.group(), place, reading):
        return
    name = holder[0].key.text if holder else ""
    if reading.role_of(name) is None:
        name = name.rpartition(".")[2]  # a flat key: spring.cloud.aws.credentials.access-key
    if not whole:
        name = _name_before(scalar.text, found.start()) or name
    role = reading.role_of(name) if name else None
    context = LiteralContext.ASSIGNED if role is not None and role[0] is Role.KEY_ID else LiteralContext.TEXT
    reading.cover(found.group(), key_id=True)
    cloud = cloud_of_key(found.group(), reading.catalogue.grammar) or Cloud.AWS
    literal = _literal(reading, Role.KEY_ID, text, place, context, name, cloud)
    partner = _secret_beside(holder[1], reading) if holder and context is LiteralContext.ASSIGNED else None
    _add(reading, replace(literal, partner=partner))


def _overlaps(place: Location, other: Location) -> bool:
    one, two = place.span, other.span
    if one.chunk != two.chunk:
        return False
    start, end = (one.line, one.column), (one.end_line, one.end_column)
    return start < (two.end_line, two.end_column) and (two.line, two.column) < end


def _is_told(text: str, place: Location, reading: Reading) -> bool:
    """Tell whether a key id is told of where its line names the slot that it goes to: `aws configure set NAME ID`."""
    return any(
        (other.span.chunk, other.span.line) == (place.span.chunk, place.span.line)
        and known.context is LiteralContext.SLOT
        and known.text.reveal() == text
        for other, known in reading.found.literals.items()
    )


def _secret_beside(mapping: Mapping, reading: Reading) -> SecretText | None:
    for entry in mapping.entries:
        role = reading.role_of(entry.key.text)
        if role is not None and role[0] is Role.SECRET and isinstance(entry.value, Scalar) and entry.value.text:
            return reading.cover(entry.value.text)
    return None


def _holders(root: Node | None) -> dict[int, tuple[Entry, Mapping]]:
    """Map scalars to the entries whose values they are, or in whose list they stand."""
    found: dict[int, tuple[Entry, Mapping]] = {}
    stack: list[Node] = [root] if root is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            for entry in node.entries:
                if isinstance(entry.value, Scalar):
                    found[id(entry.value)] = (entry, node)
                else:
                    stack.append(entry.value)
        elif isinstance(node, Sequence):
            stack += [item for item in node.items if not isinstance(item, Scalar)]
    return found


def note_decoded_literals(decoded: list[Decoded], reading: Reading) -> None:
    """Note key ids in the decoded data of a Secret; one that begins the value is meant to be it, whatever follows."""
    pattern = _pattern(reading.catalogue.grammar)
    for one in decoded:
        place = one.statement
        pair = pair_in(one.text, reading)
        if pair is not None and place not in reading.found.literals:
            _note_pair(pair, one, reading)
            continue
        whole = cloud_of_key(one.text, reading.catalogue.grammar) is not None and _WORD.fullmatch(one.text) is not None
        found = pattern.search(one.text)
        if place in reading.found.literals or not (whole or found):
            continue
        reading.encoded.add(place)
        text = one.text if whole or found is None else found.group()
        cloud = cloud_of_key(text, reading.catalogue.grammar) or Cloud.AWS
        named = found is not None and _is_key_id_name(_name_before(one.text, found.start()), reading)
        context = LiteralContext.ASSIGNED if whole or named else LiteralContext.TEXT
        _add(reading, _literal(reading, Role.KEY_ID, text, place, context, one.name, cloud))


def _note_pair(parts: dict[Role, str], one: Decoded, reading: Reading) -> None:
    reading.encoded.add(one.statement)
    key = parts[Role.KEY_ID]
    cloud = cloud_of_key(key, reading.catalogue.grammar) or Cloud.AWS
    literal = _literal(reading, Role.KEY_ID, key, one.statement, LiteralContext.SLOT, one.name, cloud)
    partner = reading.cover(parts[Role.SECRET])
    _add(reading, replace(literal, partner=partner, has_token=not {Role.TOKEN, Role.LEGACY_TOKEN}.isdisjoint(parts)))


# accessKeyId: "LTAI…", aws_access_key_id = AKIA…, spring.oss.access-key-id=LTAI…
_NAME_BEFORE = pattern(r"""([\w.-]+)["']?\s*[:=]\s*["']?$""")


def _name_before(text: str, start: int) -> str:
    """Give the name that a value inside a text is assigned to on its line, without what stands before its last dot."""
    found = _NAME_BEFORE.search(text[text.rfind("\n", 0, start) + 1 : start])
    return found[1].rpartition(".")[2] if found else ""


def _is_key_id_name(name: str, reading: Reading) -> bool:
    role = reading.role_of(name) if name else None
    return role is not None and role[0] is Role.KEY_ID


def note_unread_literals(unread: list[Extent], reading: Reading) -> None:
    """Note key ids in what the parser did not get to: a key that stands behind an error is no less a key."""
    pattern = _pattern(reading.catalogue.grammar)
    for extent in unread:
        for number in range(extent.start.line, extent.end.line):
            line = reading.places.lines[number]
            for found in pattern.finditer(line):
                place = reading.location(Extent(Mark(number, found.start()), Mark(number, found.end())))
                if _QUERY.search(line, max(0, found.start() - 60), found.start()):
                    continue
                if not any(_overlaps(place, other) for other in reading.found.literals):
                    named = _is_key_id_name(_name_before(line, found.start()), reading)
                    context = LiteralContext.ASSIGNED if named else LiteralContext.TEXT
                    _note_bare(found.group(), place, context, reading)


def _note_bare(text: str, place: Location, context: LiteralContext, reading: Reading) -> None:
    reading.cover(text, key_id=True)
    cloud = cloud_of_key(text, reading.catalogue.grammar) or Cloud.AWS
    _add(reading, _literal(reading, Role.KEY_ID, text, place, context, "", cloud))


def note_comment_literals(comments: list[Extent], reading: Reading) -> None:
    """Note key ids in comments."""
    pattern = _pattern(reading.catalogue.grammar)
    for comment in comments:
        for found in pattern.finditer(reading.places.raw(comment)):
            column = comment.start.column
            start, end = column + found.start(), column + found.end()
            extent = Extent(Mark(comment.start.line, start), Mark(comment.start.line, end))
            _note_bare(found.group(), reading.location(extent), LiteralContext.COMMENT, reading)
