"""Regular expressions that are compiled when they are first used: a run needs some of the many that modules hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

__all__ = ["pattern"]

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801 - stands for the function `re.compile`
        """What `re.compile` gives, later: its methods become those of this object as they are asked for."""

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._text = text
            self._flags = flags

        def __getattr__(self, name: str) -> object:
            # `re` keeps what it has compiled, so that the next method costs a look-up only.
            found = getattr(re.compile(self._text, self._flags), name)
            setattr(self, name, found)
            return found
