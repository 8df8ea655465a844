"""Durations as they are written in YAML and scripts."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"\s*[+]?(\d{1,9})\s*")


def duration_of(text: str | None) -> int | None:
    """Give the seconds that a plain decimal number says.

    None for anything else: YAML 1.1 would read `9_00`, `0x384` and `15:00` as numbers, but what takes the value as text
    does not.
    """
    found = _PLAIN.fullmatch(text) if text else None
    return int(found[1]) if found else None
