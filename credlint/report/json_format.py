"""The stable JSON report: version 1, positions 1-based in code points, end exclusive."""

from __future__ import annotations

import json

import credlint
from credlint.model.finding import Finding, Fix, Place, Report, Summary
from credlint.model.problem import Problem
from credlint.model.span import Region
from credlint.report.options import RenderOptions
from credlint.report.shapes import Json


def render(report: Report, _options: RenderOptions) -> str:
    """Give one JSON object; its keys and their order are published, so adding one is a change for users."""
    document: Json = {
        "version": 1,
        "tool": {"name": "credlint", "version": credlint.__version__},
        "findings": [_finding(finding) for finding in report.findings],
        "problems": [_problem(problem) for problem in report.problems],
        "summary": _summary(report.summary),
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "case": finding.case,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "persona": finding.persona.value,
        "message": finding.message,
        "help": finding.help,
        "url": finding.url,
        **_region(finding.region),
        "related": [_place(place) for place in finding.related],
        "trace": [_place(place) for place in finding.trace],
        "fixes": [_fix(fix) for fix in finding.fixes],
        "fingerprint": finding.fingerprint,
    }


def _region(region: Region) -> dict[str, Json]:
    return {
        **_page(region),
        "line": region.line,
        "column": region.column + 1,
        "end_line": region.end_line,
        "end_column": region.end_column + 1,
    }


def _place(place: Place) -> Json:
    region = place.region
    return {**_page(region), "line": region.line, "column": region.column + 1, "message": place.message}


def _page(region: Region) -> dict[str, Json]:
    """Give what the lines are counted in; outside notebooks `cell` is null."""
    return {"path": region.path, "cell": region.cell or None, "output": region.output}


def _fix(fix: Fix) -> Json:
    return {
        "applicability": fix.applicability,
        "message": fix.message,
        "edits": [{**_region(edit.region), "text": edit.text} for edit in fix.edits],
    }


def _problem(problem: Problem) -> Json:
    return {
        "kind": problem.kind.value,
        "severity": problem.severity.value,
        "path": problem.path,
        "cell": problem.cell or None,
        "line": problem.line or None,
        "message": problem.message,
    }


def _summary(summary: Summary) -> Json:
    return {
        "files": summary.files,
        "analysed": summary.analysed,
        "skipped": summary.skipped,
        "findings": summary.findings,
        "suppressed": summary.suppressed,
    }
