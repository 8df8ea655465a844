"""Ignore comments: which findings they hold back, and which of them hold back nothing."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.load import rule_names
from credlint.linter.files import ReadFile
from credlint.linter.pages import problem_in_cell
from credlint.model.facts import Suppression
from credlint.model.finding import Confidence, Draft
from credlint.model.patterns import pattern
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.records import dataclass
from credlint.model.span import Region
from credlint.model.values import Parameter

RULE = "unused-suppression"
"""The one rule that is the engine's own: no check claims it."""

# Anything else between the brackets is no rule that was misspelt, and may be what nobody should read.
_RULE_NAME = pattern(r"[a-z]+(-[a-z]+)*")


@dataclass(frozen=True, slots=True)
class _Comment:
    """An ignore comment with the lines that it stands for."""

    suppression: Suppression
    first: int
    last: int

    def covers(self, rule: str, statement: Region) -> bool:
        """Tell whether it holds back a finding of the rule in a statement: on any line of it, or alone above it."""
        if rule not in self.suppression.rules:
            return False
        return self.suppression.whole_file or (self.first <= statement.end_line and self.last >= statement.line)


class Suppressions:
    """The ignore comments of one file. It remembers which of the rules that they name were met."""

    def __init__(self, file: ReadFile) -> None:
        self._file = file
        lines = file.lines()
        self._comments = [_comment(file, lines, each) for each in file.facts.suppressions]
        self._met: set[tuple[Suppression, str]] = set()

    def hold_back(self, rule: str, region: Region) -> bool:
        """Tell whether a finding is suppressed, and remember the comments that do it."""
        if not self._comments:
            return False
        statement = self._file.statement(region)
        holders = [comment for comment in self._comments if comment.covers(rule, statement)]
        self._met.update((comment.suppression, rule) for comment in holders)
        return bool(holders)

    def problems(self) -> Iterator[Problem]:
        """Give a problem for each comment that names no rule: it suppresses nothing."""
        message = "this ignore comment names no rule and holds back nothing; write ignore[rule] and the reason"
        for suppression in self._file.facts.suppressions:
            if not suppression.rules:
                line = self._file.region(suppression.location.span).line
                problem = Problem(self._file.path, line, ProblemKind.SUPPRESSION, ProblemSeverity.WARNING, message)
                yield problem_in_cell(problem, self._file.facts.pages)

    def unused(self, *, alone: bool) -> Iterator[Draft]:
        """Give a draft for each comment that names rules it did not meet; none where the file was not fully read.

        `alone` tells that the file was linted without those around it, which may be what the finding needs.
        """
        known = frozenset(rule_names())
        certainty = Confidence.LOW if alone and _leans_on_others(self._file) else Confidence.HIGH
        for suppression in self._file.facts.suppressions:
            strange = [name for name in suppression.rules if name not in known]
            if strange:
                words = "a rule" if len(strange) == 1 else "rules"
                names = ", ".join(name if _RULE_NAME.fullmatch(name) else "(not a name)" for name in strange)
                message = f"this comment names {words} that credlint does not have: {names}"
                yield Draft("unknown-rule", message, suppression.location, suppression.location)
            idle = [name for name in suppression.rules if name in known and (suppression, name) not in self._met]
            idle = [name for name in idle if name != RULE]
            if idle and not self._file.facts.problems:
                where = "in this file" if suppression.whole_file else "here"
                message = f"this comment holds back nothing: there is no finding of {', '.join(idle)} {where}"
                yield Draft("unused", message, suppression.location, suppression.location, certainty)


def _comment(file: ReadFile, lines: list[str], suppression: Suppression) -> _Comment:
    line = file.region(suppression.location.span).line
    return _Comment(suppression, line, _next_statement(lines, line) if suppression.alone else line)


def _next_statement(lines: list[str], line: int) -> int:
    """Give the line below a comment that has its own: further comment lines may follow, a blank one may not."""
    while line < len(lines):
        line += 1
        if not lines[line - 1].lstrip().startswith("#"):
            break
    return line


def _leans_on_others(file: ReadFile) -> bool:
    """Tell whether a finding in the file may need facts of another: a caller, a ServiceAccount, a Secret."""
    facts = file.facts
    if any(scope.service_account or scope.imports for scope in facts.scopes):
        return True
    alternatives = (alternative for client in facts.clients for alternative in client.credentials.alternatives)
    return any(isinstance(part.origin, Parameter) for alternative in alternatives for part in alternative.parts())
