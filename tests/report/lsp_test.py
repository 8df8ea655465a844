from __future__ import annotations

import json
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from lsprotocol import types
from lsprotocol.converters import get_converter

from credlint.model.finding import Report
from credlint.report import RenderOptions, render
from tests.report.menagerie import CLEAN, MENAGERIE, NOTEBOOK, ROOT, TEXTS


def published(report: Report) -> list[types.PublishDiagnosticsParams]:
    data = json.loads(render("lsp", report, RenderOptions()))
    return get_converter().structure(data, list[types.PublishDiagnosticsParams])


def marked(where: types.Range, path: str) -> str:
    """Give the text of a range within one line, cut in UTF-16 code units."""
    assert where.start.line == where.end.line
    units = TEXTS[path].split("\n")[where.start.line].encode("utf-16-le")
    return units[where.start.character * 2 : where.end.character * 2].decode("utf-16-le")


def test_files_come_once_each_with_their_uri() -> None:
    params = published(MENAGERIE)

    paths = ["deploy/größe 1,2%.yaml", "uploader/archive.py", "uploader/long.py", "uploader/odd.py"]
    assert [param.uri for param in params[:4]] == [(PurePosixPath(ROOT) / path).as_uri() for path in paths]
    assert [len(param.diagnostics) for param in params] == [1, 1, 1, 2, 1, 1]


def test_cells_of_a_notebook_are_documents() -> None:
    code, output = published(MENAGERIE)[4:]

    notebook = (PurePosixPath(ROOT) / NOTEBOOK).as_uri()
    assert (code.uri, output.uri) == (f"{notebook}#cell4", f"{notebook}#cell4-output")
    (diagnostic,) = code.diagnostics
    # one emoji, of two units, stands before
    assert (diagnostic.range.start.line, diagnostic.range.start.character) == (1, 5)
    assert {each.location.uri for each in diagnostic.related_information} == {f"{notebook}#cell1", f"{notebook}#cell4"}


def test_positions_after_an_emoji_count_utf16_units() -> None:
    diagnostic = published(MENAGERIE)[3].diagnostics[0]

    # 27 code points stand before, one of which takes two units.
    assert (diagnostic.range.start.line, diagnostic.range.start.character) == (1, 28)
    assert marked(diagnostic.range, "uploader/odd.py") == "*" * 16
    names, old = diagnostic.related_information
    assert marked(names.location.range, "uploader/odd.py") == "name, key"
    assert marked(old.location.range, "uploader/odd.py") == "old"


def test_form_feed_and_line_separator_do_not_move_lines() -> None:
    diagnostic = published(MENAGERIE)[3].diagnostics[1]

    assert diagnostic.range.start.line == 2
    assert marked(diagnostic.range, "uploader/odd.py") == '"sand\x1b[31mbox"'


def test_diagnostic_says_rule_severity_and_cure() -> None:
    diagnostics = [diagnostic for param in published(MENAGERIE) for diagnostic in param.diagnostics]
    severities = types.DiagnosticSeverity

    assert {diagnostic.source for diagnostic in diagnostics} == {"credlint"}
    assert diagnostics[1].code == "temporary-key-without-token"
    assert diagnostics[1].code_description.href.endswith("#temporary-key-without-token")
    assert diagnostics[0].message.endswith("\nDelete both variables. Then the role is used.")
    assert diagnostics[3].message == "a key id stands in the source"
    assert [diagnostics[index].severity for index in (0, 2, 4)] == [
        severities.Error,
        severities.Warning,
        severities.Information,
    ]


def test_related_information_adds_the_trace_without_repeating_a_place() -> None:
    information = published(MENAGERIE)[1].diagnostics[0].related_information

    assert [(unquote(each.location.uri).rpartition("/")[2], each.message) for each in information] == [
        ("archive.py", "temporary key made here"),
        ("archive.py", "key id given here"),
        ("roles.py", "AssumeRole answers here"),
        ("archive.py", "its credentials are taken"),
    ]


def test_columns_stand_as_they_are_where_the_line_is_not_known() -> None:
    diagnostic = published(replace(MENAGERIE, sources=()))[3].diagnostics[0]

    assert diagnostic.range.start.character == 27


def test_clean_report_is_an_empty_list() -> None:
    assert published(CLEAN) == []
