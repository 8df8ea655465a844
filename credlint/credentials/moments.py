"""Moments as the environment of a process says them."""

from __future__ import annotations

from datetime import datetime, timezone

from credlint.model.patterns import pattern

_ZULU = pattern(r"[Zz]$")


def is_past(text: str, now: datetime) -> bool:
    """Tell whether a moment in ISO 8601 is over; without a zone it is of UTC, and any other text says nothing."""
    try:
        moment = datetime.fromisoformat(_ZULU.sub("+00:00", text.strip()))
    except ValueError:
        return False
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)) < now
