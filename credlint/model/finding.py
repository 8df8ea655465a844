"""What a check drafts and what the engine makes of it."""

from __future__ import annotations

from enum import Enum

from credlint.model.problem import Problem
from credlint.model.records import dataclass
from credlint.model.span import Location, Page, Region
from credlint.model.values import Step


class Severity(Enum):
    """ERROR: it fails, the wrong identity signs, or a live secret stands there; WARNING: usually; NOTE: hardening."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for NOTE, 1 for WARNING, 2 for ERROR."""
        return ("note", "warning", "error").index(self.value)


class Confidence(Enum):
    """HIGH: every alternative agrees; MEDIUM: a named path does; LOW: a name or a shape suggests it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for LOW, 1 for MEDIUM, 2 for HIGH."""
        return ("low", "medium", "high").index(self.value)


class Persona(Enum):
    """Who wants to see it; each shows what the one before it shows, and more."""

    REGULAR = "regular"
    PEDANTIC = "pedantic"
    AUDITOR = "auditor"

    @property
    def rank(self) -> int:
        """0 for REGULAR, 1 for PEDANTIC, 2 for AUDITOR."""
        return ("regular", "pedantic", "auditor").index(self.value)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a check yields: no severity, confidence or persona, those belong to the case.

    `certainty` HIGH says that every alternative agrees, MEDIUM that some path does, LOW that a name suggests it; the
    engine takes the lower of it and the case's confidence. `subject` names the credential set, process or literal that
    the finding is about: of several findings about one subject the strongest rule stays (`wins_over` in rules/checks).
    `calls` is the chain of calls that leads to `location`, outermost first. `unless_read` is a name whose mention in
    the code of the project takes away the ground of the finding.
    """

    case: str
    message: str
    location: Location
    subject: Location
    certainty: Confidence = Confidence.HIGH
    related: tuple[Step, ...] = ()
    trace: tuple[Step, ...] = ()
    calls: tuple[Location, ...] = ()
    unless_read: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A region with what stands there to say."""

    region: Region
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of `region` by `text`."""

    region: Region
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A machine fix; applicability is "safe" or "unsafe"."""

    applicability: str
    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One published result. `fingerprint` does not depend on line numbers or literals."""

    rule: str
    case: str
    severity: Severity
    confidence: Confidence
    persona: Persona
    message: str
    help: str
    url: str
    region: Region
    related: tuple[Place, ...]
    trace: tuple[Place, ...]
    fixes: tuple[Fix, ...]
    fingerprint: str

    def sort_key(self) -> tuple[Page, int, int, str, str]:
        """Order by path, cell, line, column, rule, case; the output of a cell comes behind its source."""
        return self.region.page, self.region.line, self.region.column, self.rule, self.case


@dataclass(frozen=True, slots=True)
class Summary:
    """What was looked at. `not_read` counts files of kinds that credlint does not read, by suffix."""

    files: int
    analysed: int
    skipped: int
    findings: int
    suppressed: int
    not_read: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of one page for display, every secret of the file covered by `*` of equal width.

    `file_lines` holds, for a page of a notebook, the 1-based line of the file on which each of its lines stands.
    """

    path: str
    lines: tuple[str, ...]
    cell: int = 0
    output: bool = False
    file_lines: tuple[int, ...] = ()

    @property
    def page(self) -> Page:
        """Give what the lines are counted in."""
        return self.path, self.cell, self.output


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a run, sorted: what every renderer reads, and nothing else.

    `sources` holds the covered lines of every page that a finding names; `root` is the absolute folder that paths are
    relative to, `repository` the absolute root of the repository (or None).
    """

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    summary: Summary
    sources: tuple[Source, ...]
    root: str
    repository: str | None
