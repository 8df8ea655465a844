"""Files go to their readers; what a reader cannot bear is a problem of its file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.linter.files import Files
from credlint.linter.gather import RunRequest, gather
from credlint.linter.project import Disk
from credlint.model.span import Region
from tests.linter.facts import at

TEXT = "import boto3\nboto3.client('s3', aws_access_key_id='x')\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working directory with one file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(TEXT)
    return tmp_path


def test_what_a_fact_names_outside_the_run_is_read_for_its_places(tree: Path) -> None:
    files = Files(Disk())
    assert files.region(at(2, path="a.py")) == Region("a.py", 2, 0, 2, 100)
    assert files.get("a.py") is files.get("a.py")


def test_what_can_no_longer_be_read_has_no_place(tree: Path) -> None:
    (tree / "b.py").write_bytes(b"\xff")
    files = Files(Disk())
    assert files.get("nowhere.py") is None
    assert files.region(at(1, path="b.py")) is None


@pytest.mark.parametrize(("error", "kind"), [(RecursionError, "too-deep"), (MemoryError, "budget")])
def test_what_a_reader_cannot_bear_is_a_problem_of_its_file(
    tree: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception], kind: str
) -> None:
    def unbearable(*_: object) -> None:
        raise error

    monkeypatch.setattr("credlint.extract.python.read.extract", unbearable)
    (file,) = Files(Disk()).read(gather(RunRequest(("a.py",))).relevant)
    (problem,) = file.facts.problems
    assert (problem.path, problem.kind.value, problem.severity.value) == ("a.py", kind, "warning")


def test_statements_are_the_innermost(tree: Path) -> None:
    file = Files(Disk()).get("a.py")
    assert file is not None
    assert file.statement(Region("a.py", 2, 19, 2, 20)) == Region("a.py", 2, 0, 2, 41)
    assert file.statement(Region("a.py", 1, 0, 1, 1)) == Region("a.py", 1, 0, 1, 1)


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("import botocore; print(botocore.__version__)", 0),
        ("print(1)", 0),
        ("import boto3; boto3.client('s3')", 1),
        ("from boto3 import client; client('sts').assume_role()", 1),
    ],
)
def test_code_in_a_script_that_says_nothing_goes_to_no_reader(tmp_path: Path, code: str, kept: int) -> None:
    path = tmp_path / ".github" / "workflows" / "a.yml"
    path.parent.mkdir(parents=True)
    path.write_text(f'on: push\njobs:\n  a:\n    steps:\n      - run: python -c "{code}"\n', encoding="utf-8")
    found = Files(Disk()).get(str(path))
    assert found is not None
    assert len(found.facts.embedded) == kept
