"""Python that does not parse, from end to end: what is found, where, how sure, and what is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.config import Overrides
from credlint.linter.gather import RunRequest
from credlint.linter.run import run
from credlint.model.finding import Confidence, Persona, Report
from tests.markers import render

EXAMPLE = "IOSFODNN7EXAMPLE"
ASSUMED = """\
import boto3
r = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/a", RoleSessionName="up")
"""


def lint(folder: Path, text: str, name: str = "main.py") -> Report:
    (folder / name).write_text(render(text), encoding="utf-8")
    return run(RunRequest((str(folder / name),), overrides=Overrides(persona=Persona.PEDANTIC), isolated=True))


def found(report: Report) -> list[tuple[str, int, int]]:
    return [(one.rule, one.region.line, one.region.column) for one in report.findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ASSUMED + "print r\n", [("logged-credentials", 3, 6)]),
        (ASSUMED + "print 'got', r['Credentials']  # why\n", [("logged-credentials", 3, 13)]),
        (ASSUMED + "try:\n\tpass\nexcept E, e:\n        x\n        print r\n", [("logged-credentials", 7, 14)]),
        (ASSUMED + "if r:\n    if r:\n\tprint r\n", [("logged-credentials", 5, 7)]),
        (ASSUMED + "print >>sys.stderr, r\nprint 1\n", [("logged-credentials", 3, 20)]),
        (ASSUMED + "x = = 1\nprint(r)\n", [("logged-credentials", 4, 6)]),
        ("x = ((\n" + ASSUMED + "print(r)\n", [("logged-credentials", 4, 6)]),
        ("f(\n  aws_access_key_id=@@aws-key-id@@,\n  aws_secret_access_key=@@aws-secret@@)\n",
         [("hardcoded-access-key", 2, 20)]),
        ("print 'a'\nkey = '@@aws-temporary-key-id@@'\n", [("hardcoded-temporary-credentials", 2, 6)]),
        ("import os\nos.environ['AWS_PROFILE'] = 'dev' 'x\n", [("profile-set-in-process", 2, 0)]),
        ("import os\nos.environ['AWS_PROFILE'] = 'dev'\nprint 1\n", [("profile-set-in-process", 2, 0)]),
    ],
)  # fmt: skip
def test_found_at_medium_confidence(tmp_path: Path, text: str, expected: list[tuple[str, int, int]]) -> None:
    report = lint(tmp_path, text)
    assert found(report) == expected
    assert {one.confidence for one in report.findings} == {Confidence.MEDIUM}
    assert len(report.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        ASSUMED + "print r['ResponseMetadata']\n",
        ASSUMED + "print >>out, r\nprint 1\n",
        ASSUMED + "print 'r'\n",
        ASSUMED + "print\nprint 1\n",
        # what was lost may have set it
        ASSUMED + "r = `mask(r)`\nprint r\n",
        ASSUMED + "r = mask(r,\nprint r\n",
        f"x = = 1\nkey = 'AKIA{EXAMPLE}'\n",
        f"x = = 'AKIA{EXAMPLE}'\n",
        "# aws_access_key_id=@@aws-key-id@@ aws_secret_access_key\nprint 1\n",
        "print 'https://x/@@aws-key-id@@'\n",
        "x = = os.environ['AWS_PROFILE']\n",
        ASSUMED + "print r  # credlint: ignore[logged-credentials] one time\n",
        "f(  # credlint: ignore[hardcoded-access-key] one time\n  AWS_ACCESS_KEY_ID=@@aws-key-id@@ 1)\n",
        "a b  # credlint: ignore[logged-credentials] may be of use to what was not read\n",
    ],
)
def test_silent(tmp_path: Path, text: str) -> None:
    report = lint(tmp_path, text)
    assert found(report) == []
    assert len(report.problems) == 1


def test_in_tests_nothing_is_meant(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    assert found(lint(tmp_path / "tests", "x = = os.environ['AWS_PROFILE'] = 'a'\n")) == []


def test_a_python_that_parses_is_as_sure_as_ever(tmp_path: Path) -> None:
    assert [one.confidence for one in lint(tmp_path, ASSUMED + "print(r)\n").findings] == [Confidence.HIGH]


def test_python_2_in_yaml_is_read_too(tmp_path: Path) -> None:
    script = "".join(f"          {line}\n" for line in (*ASSUMED.splitlines(), "print r"))
    text = f"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - shell: python\n        run: |\n{script}"
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    report = lint(tmp_path / ".github" / "workflows", text, "ci.yml")
    assert found(report) == [("logged-credentials", 10, 16)]
    assert [one.confidence for one in report.findings] == [Confidence.MEDIUM]
    assert [(one.line, one.message) for one in report.problems] == [
        (10, "is not valid Python 3; it was read as Python 2")
    ]
