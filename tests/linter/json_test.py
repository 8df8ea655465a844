"""JSON files: those in which something is deployed are read as YAML is, others cost a look at their bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credlint.extract.triage import deploys
from credlint.linter.gather import RunRequest, gather
from credlint.linter.read import LARGEST_BYTES
from credlint.linter.run import run
from tests.markers import render

CONTAINER = {
    "name": "web",
    "image": "registry.example/web:1",
    "environment": [
        {"name": "AWS_ACCESS_KEY_ID", "value": "${AWS_ID}"},
        {"name": "AWS_SECRET_ACCESS_KEY", "value": "x"},
    ],
    "secrets": [
        {"name": "AWS_ACCESS_KEY_ID", "valueFrom": "arn:aws:ssm:eu-central-1:111122223333:parameter/id"},
        {"name": "AWS_SECRET_ACCESS_KEY", "valueFrom": "arn:aws:ssm:eu-central-1:111122223333:parameter/secret"},
    ],
}
TASK = {
    "family": "web",
    "taskRoleArn": "arn:aws:iam::111122223333:role/web",
    "containerDefinitions": [CONTAINER],
}
DATA = {"name": "web", "keys": ["AWS_ACCESS_KEY_ID", "aws_secret_access_key"]}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_a_task_definition_is_read(tree: Path, indent: int | str | None) -> None:
    (tree / "task.json").write_text(json.dumps(TASK, indent=indent))
    report = run(RunRequest(("task.json",)))
    assert [(one.rule, one.region.path) for one in report.findings] == [("static-keys-shadow-role", "task.json")]
    assert report.problems == ()


def test_data_is_no_file_of_the_run(tree: Path) -> None:
    (tree / "data.json").write_text(json.dumps(DATA))
    (tree / "task.json").write_text(json.dumps(TASK))
    (tree / "a.py").write_text("x = 1\n")
    found = gather(RunRequest((".",)))
    assert [one.path for one in found.sources] == ["a.py", "task.json"]
    assert [one.source.path for one in found.relevant] == ["task.json"]
    assert (found.skipped, found.problems) == (0, ())


def test_data_is_never_too_large_and_never_of_a_wrong_encoding(tree: Path) -> None:
    (tree / "large.json").write_text("[" + " " * LARGEST_BYTES + "]")
    (tree / "bytes.json").write_bytes(b'{"a": "\xff\xfe"}')
    found = gather(RunRequest((".",)))
    assert (found.sources, found.problems) == ((), ())


def test_what_only_holds_a_word_of_a_template_is_data(tree: Path) -> None:
    recorded = {"Resources": [{"Type": "AWS::IAM::AccessKey", "AWS_ACCESS_KEY_ID": render("@@aws-key-id@@")}]}
    (tree / "recorded.json").write_text(json.dumps(recorded) + "}")
    report = run(RunRequest((".",)))
    assert (report.findings, report.problems) == ((), ())


def test_who_names_data_is_told(tree: Path) -> None:
    (tree / "data.json").write_text(json.dumps(DATA))
    told: list[str] = []
    gather(RunRequest(("data.json",), tell=told.append))
    assert told == ["data.json: skipped: JSON in which nothing is deployed"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b'{"Type": "AWS::IAM::Role"}', True), (b'{"containerDefinitions": []}', True), (b'{"AWS_PROFILE": ""}', False)],
)
def test_words_of_dialects_in_json(data: bytes, *, expected: bool) -> None:
    assert deploys(data) is expected
