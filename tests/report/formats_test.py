from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest

import credlint
from credlint.model.finding import Finding, Place, Report, Summary
from credlint.model.span import Region
from credlint.report import FORMATS, RenderOptions, render
from tests.report.menagerie import CLEAN, MENAGERIE, RULES
from tests.report.snapshot import assert_snapshot

SUFFIXES = {
    "full": "full.txt",
    "concise": "concise.txt",
    "json": "json",
    "sarif": "sarif",
    "github": "github.txt",
    "lsp": "lsp.json",
}
OPTIONS = RenderOptions(width=100, rules=RULES)


def test_every_format_has_a_snapshot() -> None:
    assert set(SUFFIXES) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("title", "report"), [("menagerie", MENAGERIE), ("clean", CLEAN)], ids=["menagerie", "clean"])
def test_report_looks_as_it_did(name: str, title: str, report: Report) -> None:
    text = render(name, report, OPTIONS)

    assert_snapshot(f"{title}.{SUFFIXES[name]}", text.replace(f'"{credlint.__version__}"', '"@@version@@"'))


@pytest.mark.parametrize("name", FORMATS)
def test_text_ends_with_one_line_end(name: str) -> None:
    for report in (MENAGERIE, CLEAN):
        text = render(name, report, OPTIONS)
        assert not text or (text.endswith("\n") and not text.endswith("\n\n"))


def _with_odd_names(report: Report) -> Report:
    """Give the report as it is for a file whose name and words hold what neither a terminal nor UTF-8 takes."""
    odd = "a\udcff\x1b[31m\n\u202e\ud800b.py"

    def rename(finding: Finding) -> Finding:
        region = replace(finding.region, path=odd)
        return replace(finding, region=region, related=(Place(region, odd),), trace=(Place(region, odd),), message=odd)

    return replace(report, findings=tuple(map(rename, report.findings)))


@pytest.mark.parametrize("name", FORMATS)
def test_output_is_utf8_without_control_characters(name: str) -> None:
    text = render(name, _with_odd_names(MENAGERIE), OPTIONS)

    assert text.encode("utf-8")
    assert {unicodedata.category(character) for character in text if character != "\n"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )


@pytest.mark.parametrize("name", ["json", "sarif", "lsp"])
def test_json_formats_are_json_without_findings(name: str) -> None:
    assert json.loads(render(name, CLEAN, OPTIONS)) is not None


_PROBE = """
import sys
from credlint.report import RenderOptions, render
from tests.report.menagerie import {report}
sys.modules.pop("json", None)
render({name!r}, {report}, RenderOptions())
print("json" in sys.modules, *(name for name in sys.modules if name.startswith("credlint.report.")))
"""


@pytest.mark.parametrize("name", ["full", "concise"])
@pytest.mark.parametrize("report", ["MENAGERIE", "CLEAN"])
def test_text_formats_import_neither_json_nor_other_renderers(name: str, report: str) -> None:
    probe = _PROBE.format(name=name, report=report)
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    has_json, *modules = run.stdout.split()
    assert has_json == "False"
    assert set(modules) & set(FORMATS.values()) == {FORMATS[name]}
    assert ("credlint.report.block" in modules) == (name == "full" and report == "MENAGERIE")


def test_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        render("xml", CLEAN, OPTIONS)


def test_places_without_sources_do_not_disturb() -> None:
    bare = replace(MENAGERIE, sources=())

    for name in FORMATS:
        assert render(name, bare, OPTIONS)


def test_region_behind_the_end_of_its_file_does_not_disturb() -> None:
    finding = MENAGERIE.findings[0]
    behind = Region(finding.region.path, 1000, 500, 1001, 3)
    report = replace(MENAGERIE, findings=(replace(finding, region=behind),), summary=Summary(1, 1, 0, 1, 0))

    for name in FORMATS:
        assert "1000" in render(name, report, OPTIONS) or name == "lsp"
