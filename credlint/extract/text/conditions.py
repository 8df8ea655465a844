"""Conditions as branches: the arms of one condition, and of its negation and its equalities, exclude each other.

The same text is the same decision, in every file of a run, so that blocks under `x` and under `not x` never mix.
"""

from __future__ import annotations

import re
from itertools import count
from zlib import crc32

from credlint.model.patterns import pattern
from credlint.model.values import NO_BRANCH, Branches

_BLANKS = pattern(r"\s+")
_PREFIX_EQUAL = pattern(r"(eq|ne)\s+(\S+)\s+(\"[^\"]*\"|'[^']*'|\S+)$")
_INFIX_EQUAL = pattern(r"([\w.\-$]+)\s*(==|!=)\s*(\"[^\"]*\"|'[^']*'|[\w.\-]+)$")
_SIMPLE = pattern(r"[\w.$\-]+$")
_MAXIMUM_OPERANDS = 8
_SHARED = 1 << 32


class Conditions:
    """Numbers the decisions of one file."""

    def __init__(self) -> None:
        self._numbers = count()

    def fresh(self) -> int:
        """Give a decision of its own."""
        return next(self._numbers)

    def true(self, condition: str) -> Branches:
        """Give the arms that are taken when the condition holds; none for an empty one."""
        text = _normalise(condition)
        if not text:
            return NO_BRANCH
        operands = _operands(text)
        if len(operands) > 1:
            return frozenset().union(*(self._atom(operand, holds=True) for operand in operands)) | {self._of(text, 0)}
        return self._atom(text, holds=True)

    def false(self, condition: str) -> Branches:
        """Give the arms that are taken when the condition does not hold."""
        text = _normalise(condition)
        if not text:
            return NO_BRANCH
        if len(_operands(text)) > 1:
            return frozenset({self._of(text, 1)})
        return self._atom(text, holds=False)

    @staticmethod
    def _of(text: str, arm: int) -> tuple[int, int]:
        """Give an arm of the decision of a text: the same number in every file, beyond those of `fresh`."""
        return _SHARED + crc32(text.encode("utf-8", "replace")), arm

    def _atom(self, text: str, *, holds: bool) -> Branches:
        while text.startswith(("!", "not ")) and not text.startswith("!="):
            text = _unwrap(text.removeprefix("!").removeprefix("not ").strip())
            holds = not holds
        prefix = _PREFIX_EQUAL.match(text)
        equal = prefix or _INFIX_EQUAL.match(text)
        if equal is None:
            return frozenset({self._of(text, 0 if holds else 1)})
        subject, relation = (equal[2], equal[1]) if prefix else (equal[1], equal[2])
        value = equal[3].strip("'\"")
        holds = holds if relation in {"eq", "=="} else not holds
        arms = {self._of(f"{subject} == {value}", 0 if holds else 1)}
        if value in {"true", "false"}:
            arms.add(self._of(subject, 0 if holds == (value == "true") else 1))
        elif holds:
            arms.add(self._of(f"value of {subject}", crc32(value.encode("utf-8", "replace"))))
        return frozenset(arms)


def _normalise(condition: str) -> str:
    text = _BLANKS.sub(" ", condition).strip()
    if text.startswith("${{") and text.endswith("}}"):
        text = text[3:-2].strip()
    return _unwrap(text)


def _unwrap(text: str) -> str:
    while text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip()
    return text


def _operands(text: str) -> list[str]:
    """Split a conjunction of simple operands; anything else is one operand."""
    if "||" in text or " or " in text or "(" in text:
        return [text]
    if text.startswith("and "):
        words = text.split(" ")[1:]
        return words[:_MAXIMUM_OPERANDS] if all(_SIMPLE.match(word) for word in words) else [text]
    parts = re.split(r"\s*&&\s*|\s+and\s+", text)
    return parts[:_MAXIMUM_OPERANDS]
