"""What can be said of the source of credentials in a process."""

from __future__ import annotations

from enum import Enum


class Verdict(Enum):
    """One source, several that may be or that rival, an error, or nothing."""

    CLEAR = "clear"
    AMBIGUOUS = "ambiguous"
    BROKEN = "broken"
    UNKNOWN = "unknown"
