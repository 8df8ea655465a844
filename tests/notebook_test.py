"""Notebooks, from end to end: what is found in which cell, what stays silent, and what is shown of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credlint.catalogue.load import load_rule, rule_names
from credlint.config import Overrides
from credlint.extract.triage import is_relevant
from credlint.linter.facts_json import facts_of
from credlint.linter.gather import RunRequest
from credlint.linter.run import run
from credlint.model.finding import Confidence, Persona, Report
from credlint.report import FORMATS, RenderOptions
from credlint.report import render as render_report
from tests.markers import render
from tests.notebooks import Other, Ran, notebook

EXAMPLE = "IOSFODNN7EXAMPLE"
ASSUME = """\
import boto3
r = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/a", RoleSessionName="up")"""
ANSWER = "{'Credentials': {'AccessKeyId': '@@aws-temporary-key-id@@',\n  'SecretAccessKey': '@@aws-secret@@'}}\n"


def lint(folder: Path, text: str, name: str = "a.ipynb") -> Report:
    (folder / name).write_text(render(text), encoding="utf-8")
    return run(RunRequest((str(folder / name),), overrides=Overrides(persona=Persona.PEDANTIC), isolated=True))


def found(report: Report) -> list[tuple[str, int, bool, int, int]]:
    regions = [(one.rule, one.region) for one in report.findings]
    return [(rule, region.cell, region.output, region.line, region.column) for rule, region in regions]


def test_cells_are_one_module(tmp_path: Path) -> None:
    report = lint(tmp_path, notebook(Other("markdown", "# Roles"), ASSUME, "def show(x):\n    print(x)", "\nshow(r)"))
    assert found(report) == [("logged-credentials", 3, False, 2, 10)]
    (finding,) = report.findings
    assert finding.confidence is Confidence.HIGH
    assert [(place.region.cell, place.region.line) for place in finding.related] == [(2, 2)]
    assert [(source.cell, source.output) for source in report.sources] == [(2, False), (3, False), (4, False)]
    assert report.sources[2].lines == ("", "show(r)")
    assert report.problems == ()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("%%time\nprint(r)",), ("logged-credentials", 2, False, 2, 6)),
        (("%time x = r\nprint(x)",), ("logged-credentials", 2, False, 2, 6)),
        (("!ls\nif r:\n    %timeit r\n    print(r)",), ("logged-credentials", 2, False, 4, 10)),
        (("  x = r\n  print(x)",), ("logged-credentials", 2, False, 2, 8)),
        (("await f()\nprint(r)",), ("logged-credentials", 2, False, 2, 6)),
        (("%%bash\nls", "print(r)"), ("logged-credentials", 3, False, 1, 6)),
        (("x = = 1", "print(r)"), ("logged-credentials", 3, False, 1, 6)),
        (("x = '''", "print(r)"), ("logged-credentials", 3, False, 1, 6)),
        (("print r",), ("logged-credentials", 2, False, 1, 6)),
        (("%env AWS_PROFILE=dev",), ("profile-set-in-process", 2, False, 1, 0)),
        (("if r:\n    %set_env AWS_PROFILE dev  ",), ("profile-set-in-process", 2, False, 2, 4)),
        (("import os; os.environ['AWS_PROFILE'] = 'dev'",), ("profile-set-in-process", 2, False, 1, 11)),
        (("x = = os.environ['AWS_PROFILE'] = 'dev'",), ("profile-set-in-process", 2, False, 1, 6)),
        (("%%bash\nexport AWS_ACCESS_KEY_ID=@@aws-key-id@@",), ("hardcoded-access-key", 2, False, 2, 25)),
        (("!echo @@aws-temporary-key-id@@",), ("hardcoded-temporary-credentials", 2, False, 1, 6)),
        (("k = '@@aws-temporary-key-id@@'",), ("hardcoded-temporary-credentials", 2, False, 1, 4)),
        ((Ran("r", ANSWER),), ("hardcoded-temporary-credentials", 2, True, 1, 32)),
        ((Ran("!aws sts x", "\n" + ANSWER),), ("hardcoded-temporary-credentials", 2, True, 2, 32)),
    ],
)  # fmt: skip
def test_found_behind_an_assumed_role(
    tmp_path: Path, cells: tuple[str | Ran, ...], expected: tuple[str, int, bool, int, int]
) -> None:
    assert found(lint(tmp_path, notebook(ASSUME, *cells))) == [expected]


@pytest.mark.parametrize(
    "cells",
    [
        (ASSUME, "r['ResponseMetadata']"),
        (ASSUME, "%%writefile a.py\nprint(r)"),
        (ASSUME, "%%javascript\nprint(r)"),
        (ASSUME, Other("raw", "print(r)"), Other("markdown", "print(r)")),
        (ASSUME, "print(r)  # credlint: ignore[logged-credentials] shown to me alone"),
        (ASSUME, "# credlint: ignore[logged-credentials] shown to me alone\nprint(r)"),
        ("# credlint: ignore-file[logged-credentials] mine", ASSUME, "print(r)"),
        # what a cell printed belongs to its code
        (ASSUME, Ran("# credlint: ignore[hardcoded-temporary-credentials] over by now\nr", ANSWER)),
        (ASSUME, Ran("%%bash\n# credlint: ignore[hardcoded-temporary-credentials] over by now\nx", ANSWER)),
        (Ran(ASSUME, "done"),),
        ("%env AWS_PROFILE",),
        ("%env AWS_REGION=eu-west-1",),
        (Ran("iam.list_access_keys()", "{'AccessKeyMetadata': [{'AccessKeyId': '@@aws-key-id@@'}]}"),),
        (Ran("x", f"AKIA{EXAMPLE} ASIA{EXAMPLE}"),),
        (Other("markdown", "the key @@aws-temporary-key-id@@ of last year"),),
        (ASSUME, "r = = mask(r)", "print(r)"),
    ],
)
def test_silent(tmp_path: Path, cells: tuple[str | Ran | Other, ...]) -> None:
    assert found(lint(tmp_path, notebook(*cells))) == []


def test_a_notebook_of_another_language_is_read_for_what_it_printed_only(tmp_path: Path) -> None:
    cells = ("k = '@@aws-temporary-key-id@@'", Ran("r", ANSWER))
    assert found(lint(tmp_path, notebook(*cells, language="julia"))) == [
        ("hardcoded-temporary-credentials", 2, True, 1, 32)
    ]


def test_what_was_printed_and_what_did_not_parse_is_of_medium_confidence(tmp_path: Path) -> None:
    report = lint(tmp_path, notebook(ASSUME, "print r", Ran("print(r)", ANSWER)))
    assert [one.confidence for one in report.findings] == [Confidence.MEDIUM, Confidence.HIGH, Confidence.MEDIUM]


def test_problems_name_the_cell_and_its_line(tmp_path: Path) -> None:
    cells = ("a = 1", "b = 2\nc = = 3", "print r", "d(\ne = 'f\n", "# credlint: ignore\nboto3")
    report = lint(tmp_path, notebook(*cells))
    assert [(one.cell, one.line, one.message) for one in report.problems] == [
        (2, 2, "this cell is not valid Python 3; this line was not read"),
        (3, 1, "this cell is not valid Python 3; it was read as Python 2"),
        (4, 1, "this cell is not valid Python 3; 2 of its lines were not read"),
        (5, 1, "this ignore comment names no rule and holds back nothing; write ignore[rule] and the reason"),
    ]


@pytest.mark.parametrize("text", ["", "{'cells': boto3", '{"cells": [\n<<<<<<< HEAD boto3\n'])
def test_what_is_no_json_is_a_problem(tmp_path: Path, text: str) -> None:
    report = lint(tmp_path, text + "boto3")
    (problem,) = report.problems
    assert (problem.cell, problem.message) == (0, "is not the JSON of a notebook; it was not read")


def test_fingerprints_do_not_depend_on_what_was_printed(tmp_path: Path) -> None:
    once = lint(tmp_path, notebook(ASSUME, Ran("print(r)", ANSWER)))
    again = lint(
        tmp_path, notebook(ASSUME, "", Ran("print(r)", "now:\n\n" + ANSWER.replace("'Cred", "'More': 1, 'Cred")))
    )
    never = lint(tmp_path, notebook(ASSUME, Ran("print(r)", "")))
    assert [one.fingerprint for one in once.findings] == [one.fingerprint for one in again.findings]
    assert [one.fingerprint for one in never.findings] == [once.findings[0].fingerprint]
    assert len({one.fingerprint for one in once.findings}) == 2


@pytest.mark.parametrize("name", FORMATS)
def test_lines_of_cells_are_shown_and_no_secret_and_no_json(tmp_path: Path, name: str) -> None:
    text = notebook(
        ASSUME,
        Ran("print(r)", ANSWER),
        '%env AWS_SECRET_ACCESS_KEY=@@aws-secret@@\nboto3.client("s3", aws_secret_access_key="@@aws-secret@@",\n'
        '  aws_access_key_id="@@aws-key-id@@")',
        'x = = "@@aws-temporary-key-id@@" "@@aws-secret@@"',
    )
    report = lint(tmp_path, text)
    assert len(report.findings) >= 4
    shown = render_report(name, report, RenderOptions(rules=tuple(map(load_rule, rule_names()))))
    for marker in ("@@aws-temporary-key-id@@", "@@aws-secret@@", "@@aws-key-id@@"):
        assert render(marker) not in shown
    if name == "full":
        assert ".ipynb:cell 2 output:1:33" in shown
        assert "1 | {'Credentials': {'AccessKeyId': '" in shown
        assert '\\"' not in shown


def test_facts_as_json_name_the_cell(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(render(notebook(ASSUME, Ran("print(r)", ANSWER))), encoding="utf-8")
    facts, problems = facts_of(RunRequest((str(tmp_path / "a.ipynb"),), isolated=True))
    assert problems == ()
    assert isinstance(facts, dict)
    assert facts["language"] == "notebook"
    assert facts["embedded"] == []
    places = json.dumps(facts)
    assert '"cell": 2, "output": true, "line": 1' in places
    assert render("@@aws-secret@@") not in places


def test_a_notebook_on_one_line_is_told_by_its_only_line(tmp_path: Path) -> None:
    report = lint(tmp_path, notebook(ASSUME, "print(r)", indent=None))
    assert found(report) == [("logged-credentials", 2, False, 1, 6)]
    assert "line=1,endLine=1::" in render_report("github", report, RenderOptions())


def test_trigger_words_stand_in_json_as_they_are() -> None:
    from credlint.catalogue.triggers import TRIGGERS

    for word in TRIGGERS:
        assert is_relevant(json.dumps({"source": [f'x = "{word.decode()}"']}).encode())
