"""Diagnostics for editors: PublishDiagnosticsParams of the Language Server Protocol, one per file or cell.

Positions are 0-based and in UTF-16 code units, whatever an editor could negotiate with a server.
https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#publishDiagnosticsParams
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from credlint.model.finding import Finding, Place, Report, Severity, Source
from credlint.model.records import dataclass
from credlint.model.span import Page, Region
from credlint.report.options import RenderOptions
from credlint.report.pages import lines_of, pages
from credlint.report.paths import file_uri
from credlint.report.shapes import Json
from credlint.report.text import one_line

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.NOTE: 3}


def render(report: Report, _options: RenderOptions) -> str:
    """Give a JSON array of PublishDiagnosticsParams, in the order in which the files come in the report."""
    builder = _Builder(report, pages(report))
    by_uri: dict[str, list[Json]] = {}
    for finding in report.findings:
        by_uri.setdefault(builder.uri(finding.region), []).append(builder.diagnostic(finding))
    documents = [{"uri": uri, "diagnostics": group} for uri, group in by_uri.items()]
    return json.dumps(documents, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class _Builder:
    """Builds diagnostics; `sources` gives the lines that positions are converted with.

    Covered lines serve as well as the real ones: a secret is covered character by character, and one that holds
    characters outside the Basic Multilingual Plane (two UTF-16 units, where `*` has one) is no key of any cloud.
    """

    report: Report
    sources: dict[Page, Source]

    def diagnostic(self, finding: Finding) -> Json:
        """Give one Diagnostic; the cure is part of its message, since the protocol has no other place for it."""
        message = f"{finding.message}\n{one_line(finding.help)}" if finding.help else finding.message
        return {
            "range": self._range(finding.region),
            "severity": _SEVERITIES[finding.severity],
            "code": finding.rule,
            "codeDescription": {"href": finding.url},
            "source": "credlint",
            "message": message,
            "relatedInformation": [self._related(place) for place in _places(finding)],
        }

    def uri(self, region: Region) -> str:
        """Give the URI of the document: a cell of a notebook is one of its own, as it is in an editor."""
        part = f"#cell{region.cell}{'-output' if region.output else ''}" if region.cell else ""
        return file_uri(self.report, region.path) + part

    def _related(self, place: Place) -> Json:
        location: Json = {"uri": self.uri(place.region), "range": self._range(place.region)}
        return {"location": location, "message": place.message}

    def _range(self, region: Region) -> Json:
        lines = lines_of(self.sources, region)
        return {
            "start": _position(lines, region.line, region.column),
            "end": _position(lines, region.end_line, region.end_column),
        }


def _places(finding: Finding) -> Iterator[Place]:
    """Give the related places, then those of the trace that name another place."""
    seen = {finding.region}
    for place in finding.related:
        seen.add(place.region)
        yield place
    for place in finding.trace:
        if place.region not in seen:
            seen.add(place.region)
            yield place


def _position(lines: tuple[str, ...], line: int, column: int) -> Json:
    text = lines[line - 1] if line <= len(lines) else ""
    return {"line": line - 1, "character": column + sum(character > "\uffff" for character in text[:column])}
