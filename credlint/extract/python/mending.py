"""Text that Python rejects, made into text that it takes: statements that can be read stay where they are.

What is written in Python 2 is written anew, what no reading takes is left out by statement, the smallest that can be
cut. A name that such a statement would have set is unknown afterwards, so that an earlier value does not outlive it.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence

from credlint.extract.python.lines import indentation, logical_line, width
from credlint.extract.python.python2 import modernise
from credlint.model.patterns import pattern
from credlint.model.records import dataclass

# a clause of a compound statement: except Error, e:
_CLAUSE = pattern(r"[ \t\f]*(?:elif|else|except|finally)\b")
_HEADER = pattern(r"[ \t\f]*(?:async\s+)?(?P<word>class|def|if|elif|else|for|while|with|try|except|finally)\b")
# Headers that say nothing, for those that nobody can read.
_HEADERS = {
    "class": "class _:", "def": "def _(*_):", "try": "try:", "except": "except:", "finally": "finally:",
    "else": "else:", "elif": "elif _:",
}  # fmt: skip
# a line of a template's control statement, or of a merge conflict
_FOREIGN = pattern(r"\s*\{[%#].*[%#]\}\s*|(?:<{7}|={7}|>{7})(?: .*)?")
_CLOSING = pattern(r"\s*(?:[\])}]|'''|\"{3})")
# print statements that are an expression of Python 3: print >>out, "text" and print ("%s") % secret
_OLD_PRINT = pattern(r"\s*print\s*(?:>>|\()")
# name = ..., self.name = ..., name["key"] = ...
_ASSIGNED = pattern(r"\s*(?P<target>[A-Za-z_][\w.]*(?:\[[^\]=]*\])?)\s*=(?!=)")
_LEAVES = pattern(r"\s*(?P<word>return|raise)\b")
_DEFINITION = pattern(r"\s*(?:@|(?:def|class|async)\b)")
_UNKNOWN = "_"
_LONGEST_PRINT = 50
_BUDGET = 40
"""So many times its own length may be parsed to mend a text; what is left then is left out."""


@dataclass(frozen=True, slots=True)
class Mended:
    """Lines that parse, as many as there were; `lost` are the 0-based indices of those that hold nothing now.

    `shifts` says for each line how much further right its code stood before.
    """

    lines: tuple[str, ...]
    lost: tuple[int, ...]
    shifts: tuple[int, ...]

    @property
    def lost_lines(self) -> tuple[int, ...]:
        """Give the lines that hold nothing now as a person counts them, from 1."""
        return tuple(index + 1 for index in self.lost)


def mend(lines: Sequence[str]) -> Mended:
    """Mend the lines of a text that `ast` rejects."""
    mender = _Mender(["" if _FOREIGN.fullmatch(line) else line for line in lines])
    mender.block(0, len(lines), 0)
    return mender.mended()


def parses(text: str) -> bool:
    """Tell whether a text is a module of this Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


class _Mender:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._lost: set[int] = set()
        self._shifts = [0] * len(lines)
        self._left = _BUDGET * (sum(map(len, lines)) + 1)
        self._even_indentation()
        self._modernise_prints()

    def mended(self) -> Mended:
        """Give what came out."""
        return Mended(tuple(self._lines), tuple(sorted(self._lost)), tuple(self._shifts))

    def _even_indentation(self) -> None:
        """Write tabs as the blanks that Python 2 takes them for, where both kinds are used."""
        kinds = {indentation(line)[:1] for line in self._lines} - {""}
        if len(kinds) == 1 and not any(" \t" in indentation(line) for line in self._lines):
            return
        for number, line in enumerate(self._lines):
            blanks = indentation(line)
            if "\t" in blanks:
                even = blanks.expandtabs(8)
                self._lines[number] = even + line[len(blanks) :]
                self._shifts[number] = len(blanks) - len(even)

    def _modernise_prints(self) -> None:
        for number, line in enumerate(self._lines):
            if _OLD_PRINT.match(line):
                logical = logical_line(self._lines, number, min(number + _LONGEST_PRINT, len(self._lines)))
                if logical.closed:
                    self._modernise(number, logical.end)

    def block(self, start: int, end: int, level: int) -> None:
        """Mend statements that stand one below the other, `level` columns to the right."""
        at = start
        while at < end:
            column = width(self._lines[at])
            if column < 0:
                at += 1
            elif column == level:
                at = self._statement(at, end, level)
            else:
                stop = min(self._behind(at, end), end)
                self._lose(at, stop, None)
                at = stop

    def _statement(self, start: int, end: int, level: int) -> int:
        """Mend one statement with all that belongs to it; give the line behind it."""
        stop = self._extent(start, end, level)
        if self._takes(start, stop):
            return stop
        head = self._heading(start, stop)
        clauses = self._clauses(head, stop, level)
        if not clauses:
            return self._simple(start, head, stop)
        before, lost = self._lines[start:stop], set(self._lost)
        for first, last in clauses:
            self._modernise(first, last)
        bounds = [*(first for first, _ in clauses[1:]), stop]
        for (_, body), bound in zip(clauses, bounds, strict=True):
            self.block(body, bound, next(width(line) for line in self._lines[body:bound] if width(line) >= 0))
        if self._takes(start, stop) or self._takes_without_headers(start, stop, clauses):
            return stop
        self._lines[start:stop], self._lost = before, lost
        # a stray quote may have taken in what comes next
        cut = next((at for at in range(head + 1, stop) if self._defines(at, level)), stop)
        self._lose(start, cut, self._margin(start))
        return cut

    def _takes_without_headers(self, start: int, stop: int, headers: Sequence[tuple[int, int]]) -> bool:
        """Put headers that say nothing in the place of those of a statement, and tell whether it parses then."""
        alone = headers[0] if len(headers) == 1 and self._lines[headers[0][0]].lstrip().startswith("try") else None
        for first, last in headers:
            found = _HEADER.match(self._lines[first])
            instead = _HEADERS.get(found["word"]) if found and (first, last) != alone else None
            self._lost.update(range(first, last))
            self._lines[first:last] = [self._margin(first) + (instead or "if _:"), *[""] * (last - first - 1)]
        decorators = range(start, headers[0][0])
        self._lost.update(decorators)
        self._lines[start : decorators.stop] = [""] * len(decorators)
        return self._takes(start, stop)

    def _extent(self, start: int, end: int, level: int) -> int:
        """Give where a statement ends: before the next line as far left that does not go on with it."""
        at = self._behind(start, end)
        decorated = self._lines[start].lstrip().startswith("@")
        while at < end:
            column = width(self._lines[at])
            if 0 <= column <= level:
                if column < level or not (decorated or _CLAUSE.match(self._lines[at])):
                    break
                decorated = decorated and self._lines[at].lstrip().startswith("@")
            at = at + 1 if column < 0 else self._behind(at, end)
        return at

    def _behind(self, at: int, end: int) -> int:
        """Give the line behind a logical one; of one that never ends, the next."""
        logical = logical_line(self._lines, at, end)
        return logical.end if logical.closed else at + 1

    def _heading(self, start: int, stop: int) -> int:
        """Give the line of the statement itself, below its decorators."""
        while start < stop and (width(self._lines[start]) < 0 or self._lines[start].lstrip().startswith("@")):
            start = logical_line(self._lines, start, stop).end if width(self._lines[start]) >= 0 else start + 1
        return start

    def _clauses(self, start: int, stop: int, level: int) -> list[tuple[int, int]]:
        """Give (first line, line behind) of the headers of a compound statement; none for a simple one."""
        found: list[tuple[int, int]] = []
        at = start
        while at < stop:
            behind = self._behind(at, stop)
            if width(self._lines[at]) == level:
                header_end = self._header_end(at, stop)
                if header_end is not None and self._goes_deeper(header_end, stop, level):
                    found.append((at, header_end))
                    behind = header_end
                elif not found:
                    return []
            at = behind
        return found

    def _header_end(self, at: int, stop: int) -> int | None:
        """Give the line behind the header of a compound statement or clause; None where there is none."""
        logical = logical_line(self._lines, at, stop)
        if logical.closed and self._lines[logical.end - 1][: logical.code_end].endswith(":"):
            return logical.end
        line = self._lines[at].rstrip()
        return at + 1 if line.endswith(":") and _HEADER.match(line) else None

    def _goes_deeper(self, start: int, stop: int, level: int) -> bool:
        return next((width(line) > level for line in self._lines[start:stop] if width(line) >= 0), False)

    def _simple(self, start: int, head: int, stop: int) -> int:
        """Mend a statement of one logical line, or cut it; what stands deeper below it belongs to nothing."""
        logical = logical_line(self._lines, min(head, stop - 1), stop)
        if logical.closed and head == start and (self._takes(start, logical.end) or self._rewrites(start, logical.end)):
            return logical.end
        # a stray quote or bracket takes in what follows: begin anew at the next line that looks like a statement
        level = width(self._lines[start])
        cut = next((at for at in range(head + 1, logical.end) if self._begins(at, level)), logical.end)
        self._lose(start, cut, self._margin(start))
        return cut

    def _begins(self, at: int, level: int) -> bool:
        line = self._lines[at]
        return 0 <= width(line) <= level and not _CLOSING.match(line)

    def _defines(self, at: int, level: int) -> bool:
        return 0 <= width(self._lines[at]) <= level and _DEFINITION.match(self._lines[at]) is not None

    def _modernise(self, start: int, stop: int) -> None:
        self._lines[start:stop] = modernise("\n".join(self._lines[start:stop])).split("\n")

    def _rewrites(self, start: int, stop: int) -> bool:
        """Write a statement anew where that makes it readable."""
        before = self._lines[start:stop]
        self._modernise(start, stop)
        if self._takes(start, stop):
            return True
        self._lines[start:stop] = before
        return False

    def _takes(self, start: int, stop: int) -> bool:
        """Tell whether lines parse by themselves."""
        text = "\n".join(self._lines[start:stop])
        self._left -= len(text)
        if self._left < 0:
            return False
        indented = next((width(line) > 0 for line in self._lines[start:stop] if width(line) >= 0), False)
        return parses("if 1:\n" + text if indented else text)

    def _margin(self, at: int) -> str:
        return indentation(self._lines[at])

    def _lose(self, start: int, stop: int, margin: str | None) -> None:
        """Leave lines out; where a margin is given, a statement makes the names unknown that they would set."""
        self._lost.update(at for at in range(start, stop) if self._lines[at].strip())
        lines = self._lines[start:stop]
        instead = "" if margin is None else margin + _instead(lines)
        self._lines[start:stop] = [instead, *[""] * (stop - start - 1)]


def _instead(lines: Sequence[str]) -> str:
    """Give the statement that stands for lines that were left out."""
    leaves = _LEAVES.match(lines[0])
    if leaves is not None:
        return f"{leaves['word']} {_UNKNOWN}"
    if _DEFINITION.match(lines[0]):
        return "pass"
    targets = dict.fromkeys(found["target"] for found in map(_ASSIGNED.match, lines) if found is not None)
    statement = " = ".join((*targets, _UNKNOWN))
    return statement if targets and parses(statement) else "pass"
