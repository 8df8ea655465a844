"""Durations as they are written in YAML and scripts."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"\s*[+]?(\d{1,9})\s*")
# PT8H, PT90M, P1DT2H
_ISO = re.compile(
    r"P(?:(?P<days>\d{1,4})D)?(?:T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)


def duration_of(text: str | None) -> int | None:
    """Give the seconds that a plain decimal number says.

    None for anything else: YAML 1.1 would read `9_00`, `0x384` and `15:00` as numbers, but what takes the value as text
    does not.
    """
    found = _PLAIN.fullmatch(text) if text else None
    return int(found[1]) if found else None


def iso_duration(text: str | None) -> int | None:
    """Give the seconds of an ISO 8601 duration of days, hours, minutes and seconds; None for anything else."""
    found = _ISO.fullmatch(text.strip()) if text else None
    parts = found.groupdict() if found else {}
    if not any(parts.values()):
        return None
    days, hours, minutes, seconds = (int(parts[name] or 0) for name in ("days", "hours", "minutes", "seconds"))
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
