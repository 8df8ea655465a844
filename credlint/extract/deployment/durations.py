"""Durations as they are written in YAML and scripts."""

from __future__ import annotations

from credlint.model.patterns import pattern

_PLAIN = pattern(r"\s*[+]?(\d{1,9})\s*")
# 1h, 1h30m0s, 500ms
_GO_UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_GO_TEXT = r"(\d{1,9}(?:\.\d{1,9})?)(ns|us|ms|s|m|h)"
_GO_PART = pattern(_GO_TEXT)
_GO = pattern(rf"(?:{_GO_TEXT})+")
# PT8H, PT90M, P1DT2H
_ISO = pattern(
    r"P(?:(?P<days>\d{1,4})D)?(?:T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)


def duration_of(text: str | None) -> int | None:
    """Give the seconds that a plain decimal number says.

    None for anything else: YAML 1.1 would read `9_00`, `0x384` and `15:00` as numbers, but what takes the value as text
    does not.
    """
    found = _PLAIN.fullmatch(text) if text else None
    return int(found[1]) if found else None


def go_duration(text: str | None) -> int | None:
    """Give the whole seconds of a duration as Go writes it (1h30m, 0); None for anything else."""
    if text == "0":
        return 0
    if not text or not _GO.fullmatch(text):
        return None
    return int(sum(float(number) * _GO_UNITS[unit] for number, unit in _GO_PART.findall(text)))


def iso_duration(text: str | None) -> int | None:
    """Give the seconds of an ISO 8601 duration of days, hours, minutes and seconds; None for anything else."""
    found = _ISO.fullmatch(text.strip()) if text else None
    parts = found.groupdict() if found else {}
    if not any(parts.values()):
        return None
    days, hours, minutes, seconds = (int(parts[name] or 0) for name in ("days", "hours", "minutes", "seconds"))
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
