"""SARIF 2.1.0 as GitHub code scanning reads it; the findings' side is here, the rules' in `sarif_rules`.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import credlint
from credlint.model.finding import Finding, Place, Report, Source
from credlint.model.problem import Problem, ProblemSeverity
from credlint.model.records import dataclass
from credlint.model.span import Page, Region
from credlint.report.options import RenderOptions
from credlint.report.pages import cell_words, file_line, lines_of, pages
from credlint.report.paths import repository_uri
from credlint.report.sarif_rules import describe_rule
from credlint.report.shapes import Json

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {ProblemSeverity.ERROR: "error", ProblemSeverity.WARNING: "warning", ProblemSeverity.NOTICE: "note"}


def render(report: Report, options: RenderOptions) -> str:
    """Give a SARIF log of one run; `options.rules` must hold every rule that a finding names, else KeyError."""
    rules = sorted(options.rules, key=lambda rule: rule.name)
    builder = _Builder(
        report,
        pages(report),
        {rule.name: index for index, rule in enumerate(rules)},
    )
    driver: Json = {
        "name": "credlint",
        "semanticVersion": credlint.__version__,
        "informationUri": "https://github.com/credlint/credlint",
        "rules": [describe_rule(rule) for rule in rules],
    }
    run: Json = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "credlint/"},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [builder.invocation()],
        "results": [builder.result(finding) for finding in report.findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class _Builder:
    """Builds the objects of one run; `sources` gives lines by page, `indices` the place of each rule in the driver."""

    report: Report
    sources: dict[Page, Source]
    indices: dict[str, int]

    def result(self, finding: Finding) -> Json:
        """Give one result; its message links to the related places."""
        return {
            "ruleId": finding.rule,
            "ruleIndex": self.indices[finding.rule],
            "level": finding.severity.value,
            "message": {"text": _message(finding)},
            "locations": [self._location(finding.region)],
            **self._related(finding.related),
            **self._flow(finding),
            "partialFingerprints": {"credlint/v1": finding.fingerprint},
            "properties": {"case": finding.case, "confidence": finding.confidence.value},
        }

    def invocation(self) -> Json:
        """Give what could not be read as notifications; the run succeeded unless a named input is not there."""
        failed = any(problem.severity is ProblemSeverity.ERROR for problem in self.report.problems)
        return {
            "executionSuccessful": not failed,
            "toolExecutionNotifications": [self._notification(problem) for problem in self.report.problems],
        }

    def _related(self, places: Sequence[Place]) -> dict[str, Json]:
        if not places:
            return {}
        return {"relatedLocations": [self._step(place, id=number) for number, place in enumerate(places, 1)]}

    def _flow(self, finding: Finding) -> dict[str, Json]:
        """Give the trace as a code flow; it must end where the finding points."""
        if not finding.trace:
            return {}
        steps = list(finding.trace)
        if steps[-1].region != finding.region:
            steps.append(Place(finding.region, finding.message))
        return {"codeFlows": [{"threadFlows": [{"locations": [{"location": self._step(step)} for step in steps]}]}]}

    def _step(self, place: Place, **extra: int) -> Json:
        return {**extra, **self._location(place.region), "message": {"text": place.message}}

    def _location(self, region: Region) -> dict[str, Json]:
        if region.cell:
            return self._in_cell(region)
        shown = _snippet(lines_of(self.sources, region), region)
        place: Json = {
            "startLine": region.line,
            "startColumn": region.column + 1,
            "endLine": region.end_line,
            "endColumn": region.end_column + 1,
            **({"snippet": {"text": shown}} if shown else {}),
        }
        return {"physicalLocation": {"artifactLocation": self._artifact(region.path), "region": place}}

    def _in_cell(self, region: Region) -> dict[str, Json]:
        """Give the lines of the notebook's JSON, whole, and the place in the cell as its logical location (§3.33)."""
        first, last = (file_line(self.sources, region, line) for line in (region.line, region.end_line))
        words = cell_words(region.cell, output=region.output)
        name = f"{words}:{region.line}:{region.column + 1}"
        return {
            "physicalLocation": {
                "artifactLocation": self._artifact(region.path),
                "region": {"startLine": first, "endLine": last},
            },
            "logicalLocations": [{"name": words, "fullyQualifiedName": name}],
        }

    def _artifact(self, path: str) -> Json:
        uri = repository_uri(self.report, path)
        return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _ROOT}

    def _notification(self, problem: Problem) -> Json:
        region: dict[str, Json] = {"region": {"startLine": problem.line}} if problem.line and not problem.cell else {}
        place: dict[str, Json] = {"physicalLocation": {"artifactLocation": self._artifact(problem.path), **region}}
        if problem.cell:
            words = cell_words(problem.cell, output=False)
            place["logicalLocations"] = [{"name": words, "fullyQualifiedName": f"{words}:{problem.line}"}]
        return {
            "descriptor": {"id": problem.kind.value},
            "level": _LEVELS[problem.severity],
            "message": {"text": problem.message},
            "locations": [place],
        }


def _message(finding: Finding) -> str:
    if not finding.related:
        return finding.message
    end = "" if finding.message.endswith(".") else "."
    return f"{finding.message}{end} See {', '.join(_links(finding.related))}."


def _links(places: Sequence[Place]) -> Iterator[str]:
    """Give embedded links (SARIF §3.11.6), whose text must have its brackets escaped."""
    for number, place in enumerate(places, 1):
        text = place.message.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        yield f"[{text}]({number})"


def _snippet(lines: tuple[str, ...], region: Region) -> str:
    """Give the covered text of the region, or "" where its lines are not known."""
    if region.end_line > len(lines):
        return ""
    if region.line == region.end_line:
        return lines[region.line - 1][region.column : region.end_column]
    first, *middle, last = lines[region.line - 1 : region.end_line]
    return "\n".join([first[region.column :], *middle, last[: region.end_column]])
