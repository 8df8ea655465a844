"""The first and cheapest question about a file: whether it names anything that credlint knows."""

from __future__ import annotations

from credlint.catalogue.triggers import DEPLOYING, TRIGGERS

DATA_SUFFIX = ".json"
"""Of files that are data of any kind: only those are read in which something is deployed."""


def is_relevant(data: bytes, own: tuple[bytes, ...] = ()) -> bool:
    """Tell whether any trigger word of the catalogue stands in the bytes of a file (or a text encoded in UTF-16).

    `own` are the words of the user's own entries.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return True
    return any(word in data for word in TRIGGERS) or any(word in data for word in own)


def deploys(data: bytes) -> bool:
    """Tell whether the bytes of a JSON file hold a word of a dialect that is written in JSON too."""
    return any(word in data for word in DEPLOYING)
