"""Ignore comments: `# credlint: ignore[rule, rule] reason` and `# credlint: ignore-file[rule]`, in either language."""

from __future__ import annotations

import re

from credlint.model.patterns import pattern
from credlint.model.records import dataclass

# Behind a "#": credlint: ignore[rule-a, rule-b] because
_COMMENT = pattern(r"#\s*credlint:\s*(?P<word>ignore-file|ignore)\b(?:\s*\[(?P<rules>[^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Ignore:
    """An ignore comment: its columns, the rules it names (none: a bare one), whether it holds for the file."""

    start: int
    end: int
    rules: tuple[str, ...]
    whole_file: bool


def find_ignore(line: str) -> Ignore | None:
    """Find an ignore comment in a line or comment; columns are those of the text given."""
    found = _COMMENT.search(line) if "credlint:" in line else None
    if found is None:
        return None
    rules = tuple(name for name in re.split(r"[\s,]+", found["rules"] or "") if name)
    return Ignore(found.start(), found.end(), rules, found["word"] == "ignore-file")
