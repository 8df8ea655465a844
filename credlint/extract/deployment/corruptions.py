"""Values of credential variables that are not what they were: quotes, line ends, base64 and templates left in them."""

from __future__ import annotations

import base64
import binascii
import re

from credlint.catalogue.deployments import Dialect, ExpressionSyntax
from credlint.credentials.grammar import is_key_id, is_placeholder, is_random_secret, is_token
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Mapping, Node, Scalar, Sequence
from credlint.model.environments import CorruptedValue, CorruptionKind
from credlint.model.patterns import pattern
from credlint.model.span import Location
from credlint.model.values import SECRET_ROLES, Cloud, Literal, Origin, Role, Unknown

_TEXTS = frozenset({Role.SECRET, Role.TOKEN, Role.LEGACY_TOKEN, Role.PROFILE, Role.ROLE_ARN})
_NAMES = frozenset({Role.PROFILE, Role.REGION})
_WHOLE = frozenset({*_TEXTS, Role.REGION})
_ENCODED = frozenset({*_WHOLE, Role.KEY_ID})
# "x" or 'x', quotes included
_QUOTED = pattern(r"""(?P<quote>["'])(?P<inside>[^"']+)(?P=quote)""")
_BASE64 = pattern(r"[A-Za-z0-9+/]{4,}={0,2}")
_PRINTABLE = pattern(r"[\x20-\x7e]{2,}")
_ARN = pattern(r"(?:arn|acs):[\w:/.@+=,-]+")
_PROFILE = pattern(r"[A-Za-z][\w.-]*")
# {{ secrets.X }} without the dollar
_UNMARKED = pattern(r"(?<!\$)\{\{-?\s*(?P<context>\w+)\.[\w.-]+\s*-?\}\}")
# {{ .Values.secret | quote | b64enc }}, {{ .Values.token | trunc 63 | b64enc }}
_QUOTED_FIRST = pattern(r"\|\s*s?quote\s*\|\s*b64enc\b")
_CUT = pattern(r"\|\s*(?:trunc\s+-?\d+|substr\s+\d+\s+\d+)")
_TEMPLATE = pattern(r"\{\{[^{}]*\}\}")
# A number that YAML 1.1 reads as octal: twelve digits from 0 to 7, the first one 0.
_OCTAL = pattern(r"0[0-7]{11}")
# What reads these takes YAML 1.1, or makes a number of it.
_OLD_PARSERS = frozenset(
    {ExpressionSyntax.CONTAINER, ExpressionSyntax.HOST, ExpressionSyntax.JINJA, ExpressionSyntax.NONE}
)
_ACCOUNT = pattern(r"(?:^|_)account_?id$")
_WORD = pattern(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")


def note_corruption(
    name: str, origin: Origin, place: Location, dialect: Dialect, reading: Reading, *, encoded: bool = False
) -> None:
    """Note what is wrong with the value of a variable; `encoded` tells that its place holds base64, decoded by now."""
    known = reading.role_of(name)
    text = _text(origin)
    if known is None or not text or reading.test_context:
        return
    role, cloud = known
    kind = _kind(text, role, cloud, reading, encoded=encoded) or _template_kind(text, role, dialect, reading)
    if kind is not None:
        reading.found.corruptions.setdefault(place, CorruptedValue(kind, role, cloud, name, place))


def note_blank(name: str, known: tuple[Role, Cloud], place: Location, reading: Reading) -> None:
    """Note a variable whose value has a blank at an end, whatever else it holds."""
    role, cloud = known
    if role in _WHOLE and not reading.test_context:
        reading.found.corruptions.setdefault(place, CorruptedValue(CorruptionKind.BLANK, role, cloud, name, place))


def note_template_damage(name: str, raw: str, place: Location, reading: Reading) -> None:
    """Note what a template does to a part before it is put into a Secret; `raw` is the value as it is written."""
    known = reading.role_of(name)
    if known is None or known[0] not in SECRET_ROLES or reading.test_context:
        return
    kind = CorruptionKind.FRAMED if _QUOTED_FIRST.search(raw) else CorruptionKind.CUT if _CUT.search(raw) else None
    if kind is not None:
        reading.found.corruptions.setdefault(place, CorruptedValue(kind, known[0], known[1], name, place))


def _text(origin: Origin) -> str:
    match origin:
        case Literal(text):
            return text.reveal()
        case Unknown(identity=text):
            return text
        case _:
            return ""


def _kind(text: str, role: Role, cloud: Cloud, reading: Reading, *, encoded: bool) -> CorruptionKind | None:
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        filled = "$" in quoted["inside"]
        stands_in = _stands_in(quoted["inside"], role, reading)
        literal_id = role is Role.KEY_ID and not filled  # of such a key id another rule tells
        return None if stands_in or literal_id or role not in _ENCODED else CorruptionKind.QUOTES
    edge = _edge(text, role, cloud, reading)
    if edge is not None:
        return edge
    inside = _decoded(text) if role in _ENCODED else None
    if inside is not None and _fits(inside, role, cloud, reading):
        return CorruptionKind.TWICE if encoded else CorruptionKind.BASE64
    return None


def _stands_in(text: str, role: Role, reading: Reading) -> bool:
    """Tell whether a text is to be replaced; what would be one for a secret is a good name of a profile or region."""
    if "$" in text:
        return False
    if role in _NAMES:
        return "<" in text
    return is_placeholder(text, reading.catalogue.grammar, reading.settings)


def _edge(text: str, role: Role, cloud: Cloud, reading: Reading) -> CorruptionKind | None:
    """Tell what stands at an edge of a value of one line, and is taken with it: a line end, or a blank."""
    bare = text.strip()
    if role not in _WHOLE or not bare or bare == text or "\n" in bare:
        return None
    if _stands_in(text, role, reading):
        return None
    if role is Role.REGION and not _fits(bare, role, cloud, reading):
        return None  # a name of another service's regions, or several of them
    return CorruptionKind.LINE_END if text.endswith("\n") else CorruptionKind.BLANK


def _template_kind(text: str, role: Role, dialect: Dialect, reading: Reading) -> CorruptionKind | None:
    """Tell whether a mark of a template stands in the value, which the next stage leaves as it is."""
    if role not in _ENCODED:
        return None
    if dialect.syntax is ExpressionSyntax.GITHUB:
        found = _UNMARKED.search(text)
        return CorruptionKind.TEMPLATE if found and found["context"] in dict(dialect.contexts) else None
    names = reading.path.rpartition("/")[2].split(".")
    is_file = names[-1] in {"yml", "yaml"} and len(names) == 2 and "templates" not in reading.path.split("/")
    if dialect.syntax is ExpressionSyntax.HOST and is_file and _TEMPLATE.fullmatch(text.strip()):
        return CorruptionKind.TEMPLATE
    return None


def _decoded(text: str) -> str | None:
    """Give the printable text that a text is base64 of, or None."""
    bare = text.strip()
    if len(bare) % 4 or not _BASE64.fullmatch(bare):
        return None
    try:
        inside = base64.b64decode(bare, validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return inside.rstrip("\n") if _PRINTABLE.fullmatch(inside.rstrip("\n")) else None


def _fits(text: str, role: Role, cloud: Cloud, reading: Reading) -> bool:
    """Tell whether a decoded text is what the variable is for, which the encoded one cannot be."""
    catalogue, grammar = reading.catalogue, reading.catalogue.grammar
    match role:
        case Role.KEY_ID:
            return is_key_id(text, grammar)
        case Role.SECRET:
            return is_random_secret(text, cloud, grammar)
        case Role.TOKEN | Role.LEGACY_TOKEN:
            return is_token(text, grammar)
        case Role.ROLE_ARN:
            return _ARN.fullmatch(text) is not None
        case Role.REGION:
            return any(re.fullmatch(form, text, re.ASCII) for one in catalogue.partitions for form in one.regions)
        case _:
            return text in {one.default for one in catalogue.profiles} or (
                len(text) >= _LEAST and _PROFILE.fullmatch(text) is not None
            )


_LEAST = 5
"""A profile of fewer letters may be what four letters of another happen to encode."""


# -- numbers


def note_octal_accounts(root: Node, dialect: Dialect | None, reading: Reading) -> None:
    """Note the accounts that stand without quotes and are octal numbers to a parser of YAML 1.1."""
    if dialect is not None and dialect.syntax not in _OLD_PARSERS:
        return  # where values of variables may be kept as texts
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Sequence):
            stack += node.items
        elif isinstance(node, Mapping):
            for entry in node.entries:
                stack.append(entry.value)
                if isinstance(entry.value, Scalar) and _is_octal_account(entry.key.text, entry.value):
                    place = reading.value_location(entry.value, entry.extent)
                    made = CorruptedValue(CorruptionKind.OCTAL, Role.ROLE_ARN, Cloud.AWS, entry.key.text, place)
                    reading.found.corruptions.setdefault(place, made)


def _is_octal_account(name: str, value: Scalar) -> bool:
    plain = value.style == "" and value.tag is None and not value.templated
    return plain and bool(_OCTAL.fullmatch(value.text)) and bool(_ACCOUNT.search(_WORD.sub("_", name).lower()))
