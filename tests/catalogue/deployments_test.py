"""rules/deployments, rules/actions and rules/commands: what is there, and what their schema refuses."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from credlint.catalogue import read_deployments as reader
from credlint.catalogue.build_deployments import dialect
from credlint.catalogue.build_programs import action_entry, command_entry, version_numbers
from credlint.catalogue.load import load_catalogue, rules_folder
from credlint.catalogue.load_deployments import assembled, load_deployments
from credlint.catalogue.yamlfile import Entry, read_documents
from credlint.model.problem import FatalError
from tests.tree import ROOT


def entry(tmp_path: Path, text: str) -> Entry:
    path = tmp_path / "x.yaml"
    path.write_text(f"schema: 1\n{text}")
    return next(read_documents(path, "rules/x.yaml"))


def test_what_is_there() -> None:
    found = load_deployments()
    assert {one.name for one in found.dialects} >= {"kubernetes", "compose", "github-workflow", "github-action"}
    assert found.actions
    assert found.commands
    assert found.shells.names


def test_names_lead_somewhere() -> None:
    """Every operation, family and input that the files name exists."""
    found, catalogue = load_deployments(), load_catalogue()
    operations = {form.operation for command in found.commands.values() for form in command.requests}
    operations |= {mode.operation for action in found.actions.values() for mode in action.modes if mode.operation}
    assert operations | {found.profiles.operation} <= set(catalogue.operations)
    assert {name for action in found.actions.values() for name in action.exports} <= {
        one.name for one in catalogue.families
    }


HEAD = "dialect: x\ntitle: X\nrecognise: [{has: [a]}]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEAD}documents: []\nshapes: {{}}\nother: 1", "x.yaml:7: other: unknown key"),
        (f"{HEAD}documents: [{{scopes: [{{at: a, shape: b}}]}}]\nshapes: {{}}", "no shape is called b"),
        (
            f"{HEAD}documents: []\nshapes: {{a: {{title: t, environment: [{{at: e, forms: [tables]}}]}}}}",
            "must be one of",
        ),
        (f"{HEAD}documents: []\nshapes: {{a: {{}}}}", "lacks title"),
        ("dialect: x", "lacks"),
    ],
)
def test_dialects_are_closed(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FatalError, match=message):
        dialect(entry(tmp_path, text))


def test_actions_and_commands_are_closed(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match="unknown key"):
        action_entry(entry(tmp_path, "action: a\ncloud: aws\ninputs: {key: x}"))
    with pytest.raises(FatalError, match="do you mean requests"):
        command_entry(entry(tmp_path, "command: a\nrequest: []"))


def test_defaults(tmp_path: Path) -> None:
    action = action_entry(entry(tmp_path, "action: A/B\ncloud: aws\ninputs: {}"))
    assert (action.name, action.takes_token, action.modes, action.outputs) == ("a/b", True, (), ())
    assert command_entry(entry(tmp_path, "command: [a, b]")).names == ("a", "b")


@pytest.mark.parametrize(
    ("text", "expected"), [("v6.1.0", (6, 1, 0)), ("4", (4,)), ("main", ()), ("", ()), ("0" * 40, ())]
)
def test_versions(text: str, expected: tuple[int, ...]) -> None:
    assert version_numbers(text) == expected


def test_profiles_must_be_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("deployments", "actions", "commands"):
        (tmp_path / part).mkdir()
        for path in (rules_folder() / part).glob("*.yaml"):
            if path.stem != "profiles":
                (tmp_path / part / path.name).write_text(path.read_text())
    monkeypatch.setattr(reader, "rules_folder", lambda: tmp_path)
    with pytest.raises(FatalError, match="profiles"):
        reader.read_deployments()


def test_a_dialect_may_be_based_on_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("deployments", "actions", "commands"):
        (tmp_path / part).mkdir()
        for path in (rules_folder() / part).glob("*.yaml"):
            (tmp_path / part / path.name).write_text(path.read_text())
    text = "schema: 1\ndialect: fresh\ntitle: t\nbase: {}\nrecognise: [{{has: [fresh]}}]\ndocuments: []\n"
    (tmp_path / "deployments" / "fresh.yaml").write_text(text.format("kubernetes"))
    (tmp_path / "deployments" / "broken.yaml").write_text(text.format("nothing").replace("fresh", "broken"))
    monkeypatch.setattr(reader, "rules_folder", lambda: tmp_path)
    found = assembled(*reader.read_deployments())
    assert [one.recognise[0].has for one in found.known if one.name == "fresh"] == [("fresh",)]
    assert found.read("fresh").shapes == found.read("kubernetes").shapes
    assert found.read("fresh") is found.read("fresh")
    with pytest.raises(FatalError, match=r"broken\.yaml:4: base: no dialect is called nothing"):
        found.read("broken")


def schema_keys() -> set[str]:
    """Give every key that the builders allow."""
    found: set[str] = set()
    for module in ("build_deployments", "build_programs"):
        tree = ast.parse((ROOT / "credlint" / "catalogue" / f"{module}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
            name = (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) if named else ""
            if name in {"Fields", "sub"}:
                found.update(
                    word for one in node.args[1:2] if isinstance(one, ast.Constant) for word in one.value.split()
                )
    return found


def test_the_page_names_every_key() -> None:
    text = (ROOT / "docs" / "deployments.md").read_text(encoding="utf-8")
    keys = schema_keys()
    assert len(keys) > 60
    assert {key for key in keys if not re.search(rf"\b{key}\b", text)} == set()


def test_the_example_of_the_page_is_a_dialect(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "deployments.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0].removeprefix("schema: 1\n")
    assert dialect(entry(tmp_path, example)).name == "stack"
