"""Marks of Go templates and Jinja in YAML: covered so that lines and columns stay; the branches that places are in."""

from __future__ import annotations

import re
from bisect import bisect_right

from credlint.extract.text.conditions import Conditions
from credlint.model.patterns import pattern
from credlint.model.records import dataclass
from credlint.model.span import split_lines
from credlint.model.values import NO_BRANCH, Branches

# `${{ x }}` is GitHub's and plain YAML; the bound keeps an unclosed mark from costing more than its surroundings.
_MARK = pattern(r"(?<!\$)(?:\{\{.{0,4000}?\}\}|\{%.{0,4000}?%\}|\{#.{0,4000}?#\})", re.DOTALL)
_CONTROL = pattern(
    r"(?P<word>if|elif|else\s+if|else|end\w*|with|range|for|define|block|macro|call|filter|raw|set)\b\s*(?P<rest>.*)",
    re.DOTALL,
)
_ASSIGNMENT = pattern(r"\$\w+\s*:?=")
_BLOCK = pattern(r":[ \t]+[|>][-+0-9]*[ \t]+$")
# An item that is nothing but a covered mark; the beginning of an entry.
_ITEM = pattern(r"(?P<head> *- +)x{4,} *")
_VALUE = pattern(r"(?P<blanks> *(?:- +)*)[\w./-]+: +x{4,} *")
_ENTRY = pattern(r"[\w\"'./-]+ *:(?: |$)")
_PLACE = tuple[int, int]


def has_marks(text: str) -> bool:
    """Tell whether the text has a template mark (an expression of GitHub is none)."""
    return ("{{" in text or "{%" in text) and _MARK.search(text) is not None


@dataclass(frozen=True, slots=True)
class Masked:
    """Text without template marks. Lines and columns are 0-based.

    `filled` holds the places (start, end) whose text a template gives, `inserted` the lines that stand for text of
    unknown form, `changes` where the branch set changes and to what.
    """

    text: str
    filled: tuple[tuple[_PLACE, _PLACE], ...]
    inserted: tuple[int, ...]
    changes: tuple[tuple[_PLACE, Branches], ...]

    def is_filled(self, start: _PLACE, end: _PLACE) -> bool:
        """Tell whether a mark stands in a stretch of the text."""
        index = bisect_right(self.filled, (start, (-1, -1)))
        if index < len(self.filled) and self.filled[index][0] < end:
            return True
        return index > 0 and self.filled[index - 1][1] > start

    def branches(self, line: int, column: int) -> Branches:
        """Give the arms that must be taken for a place to be there."""
        index = bisect_right([place for place, _ in self.changes], (line, column)) - 1
        return self.changes[index][1] if index >= 0 else NO_BRANCH

    def has_insert(self, first_line: int, end_line: int) -> bool:
        """Tell whether text of unknown form comes in on the lines from the first to before the end."""
        index = bisect_right(self.inserted, first_line - 1)
        return index < len(self.inserted) and self.inserted[index] < end_line


def mask(text: str, conditions: Conditions) -> Masked:
    """Cover the marks of a text: inside a line by letters of equal number, alone on a line by an empty line."""
    reader = _Reader(text, conditions)
    for mark in _MARK.finditer(text):
        reader.mark(mark)
    return reader.masked()


def _begins_mapping(lines: list[str], number: int) -> bool:
    """Tell whether a mark alone in an item, as in `- {{ toYaml . }}`, gives entries to which others follow."""
    item = _ITEM.fullmatch(lines[number])
    if item is None:
        return False
    follows, blanks = _following(lines, number)
    return blanks == len(item["head"]) and _ENTRY.match(follows, blanks) is not None


def _begins_value(lines: list[str], number: int) -> bool:
    """Tell whether a mark alone behind a key, as in `env: {{ toYaml . }}`, is the first part of what stands below."""
    key = _VALUE.fullmatch(lines[number])
    if key is None:
        return False
    follows, blanks = _following(lines, number)
    own = len(key["blanks"])
    if follows.startswith("- ", blanks):
        return blanks >= own
    return blanks > own and _ENTRY.match(follows, blanks) is not None


def _following(lines: list[str], number: int) -> tuple[str, int]:
    """Give the next line that is neither empty nor a comment, with the blanks that it begins with."""
    below = lines[number + 1 : number + 30]
    follows = next((line for line in below if line.strip() and not line.lstrip().startswith("#")), "")
    return follows, len(follows) - len(follows.lstrip(" "))


@dataclass(slots=True)
class _Block:
    """A control block: the arms around it, what its own arms so far exclude, and all arms taken inside it now."""

    around: Branches
    excluded: Branches
    taken: Branches
    condition: str


class _Reader:
    def __init__(self, text: str, conditions: Conditions) -> None:
        self._conditions = conditions
        self._lines = split_lines(text)
        self._starts = [0]
        for found in re.finditer("\r\n|\r|\n", text):
            self._starts.append(found.end())
        self._blocks: list[_Block] = []
        self._changes: list[tuple[_PLACE, Branches]] = []
        self._marks: list[tuple[_PLACE, _PLACE, bool]] = []

    def mark(self, mark: re.Match[str]) -> None:
        """Take in the next mark."""
        start, end = self._place(mark.start()), self._place(mark.end())
        text = mark.group()
        body = text[2:-2].strip().strip("-+~").strip()
        control = None if text.startswith("{#") or body.startswith("/*") else _CONTROL.match(body)
        if control is not None and (text.startswith("{%") or control["word"] not in {"set", "raw", "for"}):
            self._control(re.sub(r"\s+", " ", control["word"]), control["rest"], jinja=text.startswith("{%"))
            self._changes.append((end, self._taken()))
        silent = (
            control is not None or text.startswith("{#") or body.startswith("/*") or _ASSIGNMENT.match(body) is not None
        )
        self._marks.append((start, end, silent))

    def _place(self, offset: int) -> _PLACE:
        line = bisect_right(self._starts, offset) - 1
        return line, offset - self._starts[line]

    def _control(self, word: str, rest: str, *, jinja: bool) -> None:
        if word.startswith("end"):
            if self._blocks:
                self._blocks.pop()
        elif word in {"else if", "elif", "else"} and self._blocks:
            block = self._blocks[-1]
            block.excluded |= self._conditions.false(block.condition)
            block.condition = "" if word == "else" else rest
            block.taken = block.around | block.excluded | self._conditions.true(block.condition)
        elif word in {"if", "with", "range", "for"}:
            around = self._taken()
            self._blocks.append(_Block(around, NO_BRANCH, around | self._conditions.true(rest), rest))
        elif word in {"define", "block", "macro", "call", "filter", "raw"} and not (jinja and word == "define"):
            around = self._taken()
            self._blocks.append(_Block(around, NO_BRANCH, around, ""))

    def _taken(self) -> Branches:
        return self._blocks[-1].taken if self._blocks else NO_BRANCH

    def masked(self) -> Masked:
        """Give the text with all marks covered."""
        by_line: dict[int, list[tuple[int, int, bool]]] = {}
        for (first, column), (last, end), silent in self._marks:
            for number in range(first, last + 1):
                start_column = column if number == first else 0
                end_column = end if number == last else len(self._lines[number])
                by_line.setdefault(number, []).append((start_column, end_column, silent))
        lines = list(self._lines)
        filled: list[tuple[_PLACE, _PLACE]] = []
        inserted: list[int] = []
        for number, stretches in by_line.items():
            line = lines[number]
            for start, end, _ in stretches:
                # behind the header of a block scalar only blanks may stand
                filler = " " if _BLOCK.search(line, 0, start) else "x"
                line = f"{line[:start]}{filler * (end - start)}{line[end:]}"
            rest = list(lines[number])
            for start, end, _ in stretches:
                rest[start:end] = " " * (end - start)
            if "".join(rest).strip():
                lines[number] = line
                filled += [((number, start), (number, end)) for start, end, _ in stretches]
            else:
                lines[number] = ""
                if not all(silent for _, _, silent in stretches):
                    inserted.append(number)
        for number in by_line:
            if _begins_mapping(lines, number):
                lines[number] = f"{lines[number].rstrip()[:-1]}:"
                inserted.append(number)
            elif _begins_value(lines, number):
                lines[number] = lines[number].rstrip().rstrip("x")
                inserted.append(number)
        return Masked("\n".join(lines), tuple(sorted(filled)), tuple(sorted(inserted)), tuple(self._changes))
