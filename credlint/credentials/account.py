"""The AWS account id that a key id of the current generation carries, or an ARN."""

from __future__ import annotations

import re

from credlint.model.patterns import pattern

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_LENGTH = 20
_PREFIX = 4
_ROLE = "role"
_FILLED_IN = frozenset("${}<>*")
ACCOUNT_LENGTH = 12
"""An account of AWS has so many digits."""
_ACCOUNT = pattern(rf"\d{{{ACCOUNT_LENGTH}}}", re.ASCII)


def account_of_key(key_id: str) -> str | None:
    """Give the 12-digit account id of an AWS key id, or None when it does not decode.

    The 16 characters after the prefix are an 80-bit base32 number; when its top bit is set, the 40 bits below are the
    account (https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489).
    """
    if len(key_id) != _LENGTH:
        return None
    number = 0
    for character in key_id[_PREFIX:]:
        value = _ALPHABET.find(character)
        if value < 0:
            return None
        number = number * 32 + value
    if not number >> 79:
        return None
    account = number >> 39 & (1 << 40) - 1
    return f"{account:012d}" if account < 10**12 else None


def account_of_arn(arn: str) -> str | None:
    """Give the account that an ARN names, or None: `arn:partition:service:region:account:resource`."""
    parts = arn.split(":", 5)
    return parts[4] if len(parts) == 6 and parts[0] == "arn" and _ACCOUNT.fullmatch(parts[4]) else None


def role_of_arn(arn: str) -> str | None:
    """Give the name of the role that an ARN of AWS or Alibaba Cloud names; None for another one, or one with a path."""
    kind, _, name = arn.rpartition(":")[2].partition("/")
    return name if kind == _ROLE and name and "/" not in name and not _FILLED_IN.intersection(name) else None


def begins_account(text: str) -> bool:
    """Tell whether what stands before a value makes it the account of an ARN of a role."""
    return text.endswith("::")


def begins_role(text: str) -> bool:
    """Tell whether what stands before a value makes it the name of a role in an ARN, without a path."""
    return text.endswith(f":{_ROLE}/")
