"""Parts of rules/deployments that are no dialects: connections, settings, functions; names that they hold lead on."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.catalogue import read_deployments as reader
from credlint.catalogue.connections import connection_form
from credlint.catalogue.deployment_sources import DurationForm
from credlint.catalogue.load import load_catalogue, rules_folder
from credlint.catalogue.load_deployments import load_deployments
from credlint.catalogue.settings import settings_form
from credlint.catalogue.yamlfile import Entry, read_documents
from credlint.model.problem import FatalError


def entry(tmp_path: Path, text: str) -> Entry:
    path = tmp_path / "x.yaml"
    path.write_text(f"schema: 1\n{text}")
    return next(read_documents(path, "rules/x.yaml"))


def test_operations_exist() -> None:
    found, catalogue = load_deployments(), load_catalogue()
    named = {request.operation for dialect in found.dialects for shape in dialect.shapes for request in shape.requests}
    named |= {kind.operation for form in found.connections for kind in form.types if kind.operation}
    named |= {operation for _, operation in found.settings.operations}
    assert named
    assert named <= set(catalogue.operations)


def test_reserved_and_injected_variables_are_known() -> None:
    catalogue = load_catalogue()
    shapes = [shape for dialect in load_deployments().dialects for shape in dialect.shapes]
    names = {name for shape in shapes for name in (*shape.reserved, *shape.injected)}
    assert names
    assert {name for name in names if catalogue.variable(name) is None} == set()


def test_durations_of_another_form() -> None:
    shapes = [shape for dialect in load_deployments().dialects for shape in dialect.shapes]
    forms = {request.form for shape in shapes for request in shape.requests}
    assert forms == set(DurationForm)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("connections: x\nvariables: [a]\ntypes: []\nother: 1", "unknown key"),
        ("connections: x\nvariables: [a]\ntypes: [{types: [a], cloud: b, parts: {}}]", "must be one of"),
        ("connections: x\nvariables: [a]\ntypes: [{types: [a], cloud: aws, parts: {keyid: a}}]", "keyid"),
        ("connections: x", "lacks"),
    ],
)
def test_connections_are_closed(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FatalError, match=message):
        connection_form(entry(tmp_path, text))


def test_settings_are_closed(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match="unknown key"):
        settings_form(entry(tmp_path, "settings: x\nendpoints: []\nroles: a"))


def test_operation_of_a_role() -> None:
    settings = load_deployments().settings
    assert settings.operation("arn:aws:iam::111122223333:role/a") == "aws.sts.AssumeRole"
    assert settings.operation("arn:aws-cn:iam::111122223333:role/a") == "aws.sts.AssumeRole"
    assert settings.operation("acs:ram::1:role/a") == "alibaba.sts.AssumeRole"
    assert settings.operation("role/a") is None


def test_actions_by_globs() -> None:
    found = load_deployments()
    named, general = found.action("amazon.aws.sts_assume_role"), found.action("amazon.aws.s3_object")
    assert named is not None
    assert general is not None
    assert named.outputs
    assert not general.outputs
    assert found.action("community.general.nmap") is None


def test_settings_must_be_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("deployments", "actions", "commands"):
        (tmp_path / part).mkdir()
        for path in (rules_folder() / part).glob("*.yaml"):
            if path.stem != "settings":
                (tmp_path / part / path.name).write_text(path.read_text())
    monkeypatch.setattr(reader, "rules_folder", lambda: tmp_path)
    with pytest.raises(FatalError, match="settings of programs"):
        reader.read_deployments()
