"""Whatever stands in a file, a run ends with a report whose places are in the file, and no exception."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credlint.catalogue.examples import read_examples
from credlint.catalogue.load import rule_names
from credlint.linter.gather import RunRequest
from credlint.linter.run import run
from credlint.model.finding import Report
from credlint.model.span import Region, split_lines
from credlint.report import FORMATS, RenderOptions, render
from tests.markers import render as render_markers

pytestmark = pytest.mark.property

TEXTS = [
    (path, render_markers(text))
    for rule in rule_names()
    for example in read_examples(rule)
    for files in (example.bad, example.good)
    for path, text in files
]
# What breaks texts of both languages: brackets, quotes, indentation, YAML's signs, templates, odd line ends.
SPLICES = st.sampled_from(
    [
        *"()[]{}'\"\\:,#=*&|>~\t\x0c\r\N{LINE SEPARATOR}\N{NEXT LINE}\N{GRINNING FACE}",
        *('"""', "\n", "\n  ", "\n- ", "---\n", "{{", "}}", "{% if x %}", "<<: *a", "!!x ", "&a "),
        *("lambda x: ", "await ", "async ", "yield ", "else:\n", "def f(*a, **k):\n", "import boto3\n"),
        *("# credlint: ignore", "[unused-suppression]"),
    ]
)
QUICK = settings(
    max_examples=int(os.environ.get("CREDLINT_PROPERTY_EXAMPLES", "300")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def broken_texts(draw: st.DrawFn) -> tuple[str, str]:
    """Give an example of some rule with a few splices, cuts and pieces of another example."""
    path, text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        match draw(st.integers(0, 3)):
            case 0 | 1:
                text = text[:at] + draw(SPLICES) + text[at:]
            case 2:
                text = text[:at] + text[at + draw(st.integers(1, 40)) :]
            case _:
                _, other = draw(st.sampled_from(TEXTS))
                start = draw(st.integers(0, len(other)))
                text = text[:at] + other[start : start + 120] + text[at:]
    return path, text


def regions(report: Report) -> Iterator[Region]:
    for finding in report.findings:
        yield finding.region
        yield from (place.region for place in (*finding.related, *finding.trace))


def hold(path: str, data: bytes) -> None:
    request = RunRequest(stdin=(path, data), isolated=True)
    report = run(request)
    assert report == run(request)
    keys = [finding.sort_key() for finding in report.findings]
    assert keys == sorted(set(keys))
    assert len({finding.fingerprint for finding in report.findings}) == len(keys)
    lines = split_lines(data.decode("utf-8", "replace").removeprefix("\N{BYTE ORDER MARK}"))
    for region in regions(report):
        assert 1 <= region.line <= region.end_line <= len(lines)
        assert 0 <= region.column <= len(lines[region.line - 1])
        assert 0 <= region.end_column <= len(lines[region.end_line - 1])
        assert (region.line, region.column) <= (region.end_line, region.end_column)
    for source in report.sources:
        assert [len(line) for line in source.lines] == [len(line) for line in lines]
    for problem in report.problems:
        assert 0 <= problem.line <= len(lines)
    for name in FORMATS.keys() - {"sarif"}:
        render(name, report, RenderOptions()).encode()


@QUICK
@given(broken_texts())
def test_broken_examples(tmp_path: Path, broken: tuple[str, str]) -> None:
    path, text = broken
    hold(path, text.encode("utf-8", "replace"))


@QUICK
@given(st.sampled_from(["a.py", "a.yaml", "a.ipynb"]), st.binary(max_size=200))
def test_any_bytes(path: str, data: bytes) -> None:
    hold(path, b"AWS_ACCESS_KEY_ID" + data)
