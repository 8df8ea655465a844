"""Markers: what stands in an example or spec for a real-looking key, and the made-up key that a test puts there.

The keys are made at run time, always the same ones, so that no file of the repository holds one.
"""

from __future__ import annotations

import base64
import hashlib
import re
import string
from collections.abc import Iterator, Mapping

from credlint.credentials.account import account_of_key

_MARKER = re.compile(r"@@([a-z-]+?)(?:-(\d+))?@@")
_BASE32 = string.ascii_uppercase + "234567"
_ALPHANUMERIC = string.ascii_letters + string.digits
_BASE64 = _ALPHANUMERIC + "+/"

# The first letter of an id of today's generation, whose account can be decoded.
_GENERATION = _BASE32[16:]


def render(text: str, keys: Mapping[str, str] | None = None) -> str:
    """Replace every marker of a text.

    `keys` gives values that take the place of the made-up ones, by the name of the marker and its number
    ("aws-key-id", "aws-key-id-2"). Raises KeyError for a marker that does not exist.
    """
    given = keys or {}
    return _MARKER.sub(lambda match: _value(match[1], match[2] or "1", given), text)


def _value(kind: str, number: str, keys: Mapping[str, str]) -> str:
    if kind in _ENCODED:
        plain, end = _ENCODED[kind]
        return base64.b64encode((_value(plain, number, keys) + end).encode()).decode()
    if kind in _ACCOUNTS:
        return account_of_key(_value(_ACCOUNTS[kind], number, keys)) or ""
    if kind in _DOCUMENTED:
        return _DOCUMENTED[kind]
    name = kind if number == "1" else f"{kind}-{number}"
    return keys[name] if name in keys else _made_up(kind, number)


def _made_up(kind: str, number: str) -> str:
    prefix, first, alphabet, length = _FORMS[kind]
    letters = _letters(f"{kind} {number}")
    chosen = [first[next(letters) % len(first)]] if first else []
    # No character twice while there are others: the entropy of a secret, and no run that looks like a placeholder.
    while len(chosen) < length:
        left = [letter for letter in alphabet if letter not in chosen] or list(alphabet)
        chosen.append(left[next(letters) % len(left)])
    return prefix + "".join(chosen)


def _letters(seed: str) -> Iterator[int]:
    """Give numbers without end, the same ones for the same seed."""
    block = seed.encode()
    while True:
        block = hashlib.sha256(block).digest()
        yield from block


# prefix, alphabet of the first character where it is another, alphabet, length after the prefix
_FORMS: dict[str, tuple[str, str, str, int]] = {
    "aws-key-id": ("AK" + "IA", _GENERATION, _BASE32, 16),
    "aws-temporary-key-id": ("AS" + "IA", _GENERATION, _BASE32, 16),
    "aws-secret": ("", "", _BASE64, 40),
    "aws-session-token": ("IQoJb3JpZ2luX2Vj", "", _BASE64, 304),
    "alibaba-key-id": ("LT" + "AI", "", _ALPHANUMERIC, 20),
    "alibaba-temporary-key-id": ("STS" + ".", "", _ALPHANUMERIC, 24),
    "alibaba-secret": ("", "", _ALPHANUMERIC, 30),
    "alibaba-security-token": ("CAIS", "", _BASE64, 240),
}

# What the documentation of AWS shows: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
_DOCUMENTED = {
    "aws-documented-key-id": "AK" + "IAIOSFODNN7EXAMPLE",
    "aws-documented-key-id-of-old": "AK" + "IAI44QH8DHBEXAMPLE",
    "aws-documented-temporary-key-id": "AS" + "IAIOSFODNN7EXAMPLE",
    "aws-documented-secret": "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY",
}

# What is encoded in base64, and what follows it within.
_ENCODED = {
    "aws-key-id-encoded": ("aws-key-id", ""),
    "aws-key-id-line-encoded": ("aws-key-id", "\n"),
    "aws-secret-encoded": ("aws-secret", ""),
}

# The account that a made-up key id carries.
_ACCOUNTS = {"aws-account-id": "aws-key-id", "aws-temporary-account-id": "aws-temporary-key-id"}

NAMES = frozenset({*_FORMS, *_ACCOUNTS, *_DOCUMENTED, *_ENCODED})
