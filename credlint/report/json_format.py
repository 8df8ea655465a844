"""The stable JSON report: version 1, positions 1-based in code points, end exclusive."""

from __future__ import annotations

import json

import credlint
from credlint.model.finding import Finding, Fix, Place, Report, Summary
from credlint.report.json_parts import problem_json, region_json, start_json
from credlint.report.options import RenderOptions
from credlint.report.shapes import Json


def render(report: Report, _options: RenderOptions) -> str:
    """Give one JSON object; its keys and their order are published, so adding one is a change for users."""
    document: Json = {
        "version": 1,
        "tool": {"name": "credlint", "version": credlint.__version__},
        "findings": [_finding(finding) for finding in report.findings],
        "problems": [problem_json(problem) for problem in report.problems],
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
        **region_json(finding.region),
        "related": [_place(place) for place in finding.related],
        "trace": [_place(place) for place in finding.trace],
        "fixes": [_fix(fix) for fix in finding.fixes],
        "fingerprint": finding.fingerprint,
    }


def _place(place: Place) -> Json:
    return {**start_json(place.region), "message": place.message}


def _fix(fix: Fix) -> Json:
    return {
        "applicability": fix.applicability,
        "message": fix.message,
        "edits": [{**region_json(edit.region), "text": edit.text} for edit in fix.edits],
    }


def _summary(summary: Summary) -> Json:
    return {
        "files": summary.files,
        "analysed": summary.analysed,
        "skipped": summary.skipped,
        "findings": summary.findings,
        "suppressed": summary.suppressed,
    }
