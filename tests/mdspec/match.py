"""Compares findings with the comments that say what is to be found: exactly, line by line, both ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# One, or several in a row: `# error: [rule] # warning: [rule case]`.
_ANNOTATION = re.compile(r"# (error|warning|note): \[([a-z0-9-]+)(?: ([a-z0-9-]+))?\]")


@dataclass(frozen=True, slots=True, order=True)
class Expected:
    """What a comment says about its line; `case` is "" where it does not name one."""

    path: str
    line: int
    severity: str
    rule: str
    case: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A finding, as far as it is compared."""

    path: str
    line: int
    severity: str
    rule: str
    case: str
    message: str = ""

    def answers(self, expected: Expected) -> bool:
        """Tell whether this is what a comment speaks of."""
        here = (self.path, self.line, self.severity, self.rule)
        there = (expected.path, expected.line, expected.severity, expected.rule)
        return here == there and expected.case in ("", self.case)


def read_expected(path: str, text: str) -> Iterator[Expected]:
    """Give what the comments of a file say."""
    for number, line in enumerate(text.split("\n"), 1):
        for severity, rule, case in _ANNOTATION.findall(line):
            yield Expected(path, number, severity, rule, case)


def mismatches(expected: Iterable[Expected], found: Iterable[Found]) -> list[str]:
    """Give a line of text for every comment without its finding and every finding without its comment, in order."""
    left = Counter(found)
    missing: list[Expected] = []
    # Comments that name a case choose first, so that one without does not take theirs.
    for one in sorted(expected, key=lambda comment: (comment.case == "", comment)):
        answer = next((finding for finding in sorted(left) if left[finding] and finding.answers(one)), None)
        if answer is None:
            missing.append(one)
        else:
            left[answer] -= 1
    said = [(one.path, one.line, f"not found: {_shown(one.severity, one.rule, one.case)}") for one in missing]
    said += [
        (one.path, one.line, f"unexpected: {_shown(one.severity, one.rule, one.case)} {one.message}".rstrip())
        for one in left.elements()
    ]
    return [f"{path}:{line}: {text}" for path, line, text in sorted(said)]


def _shown(severity: str, rule: str, case: str) -> str:
    return f"{severity}: [{f'{rule} {case}'.rstrip()}]"
