"""The words that triage looks for: taken from rules/, and as they stand in the committed module."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import pytest
import yaml

from credlint.catalogue import compile as triggers
from credlint.catalogue import load
from credlint.catalogue.compiled import deployments, providers
from credlint.catalogue.load import is_current, load_providers, read_providers
from credlint.catalogue.load_deployments import assembled, load_deployments
from credlint.catalogue.read_deployments import read_deployments
from credlint.catalogue.triggers import TRIGGERS
from tests.tree import ROOT, copy_tree, run

PARTS = ("actions", "commands", "deployments", "providers", "sdks")


def words_of_the_rules() -> set[str]:
    files = [path for part in PARTS for path in sorted((ROOT / "rules" / part).glob("*.yaml"))]
    return {word for path in files for word in yaml.safe_load(path.read_text(encoding="utf-8")).get("triggers", ())}


def test_the_committed_module_is_fresh() -> None:
    assert triggers.TARGET.read_text(encoding="utf-8") == triggers.render()
    assert tuple(word.decode() for word in TRIGGERS) == triggers.trigger_words()


def test_the_committed_signatures_are_fresh() -> None:
    assert triggers.SIGNATURES.read_text(encoding="utf-8") == triggers.render_recognised(), "run `make docs`"


def test_the_committed_rules_are_fresh() -> None:
    written = triggers.render_compiled()
    assert {path.stem for path in triggers.COMPILED.glob("*.py")} - {"__init__"} == written.keys()
    for name, text in written.items():
        assert (triggers.COMPILED / f"{name}.py").read_text(encoding="utf-8") == text, "run `make docs`"


def test_what_is_compiled_is_what_would_be_read() -> None:
    assert providers.made() == read_providers()
    found, read = load_deployments(), assembled(*read_deployments())
    assert found.known == read.known
    assert found.actions == read.actions
    assert list(found.commands.items()) == list(read.commands.items())
    assert found.profiles == read.profiles
    assert found.dialects == read.dialects


def test_rules_that_have_changed_since_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_providers.__wrapped__() == providers.made()
    monkeypatch.setattr(providers, "STATE", 0)
    monkeypatch.setattr(deployments, "STATE", 0)
    monkeypatch.setattr(providers, "made", None)
    monkeypatch.setattr(deployments, "made", None)
    assert load_providers.__wrapped__() == read_providers()
    assert load_deployments.__wrapped__().dialects == load_deployments().dialects


def test_rules_of_an_installed_package_do_not_change(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_current(0, "providers")
    monkeypatch.setattr(load, "_INSIDE", str(load.rules_folder()))
    assert is_current(0, "providers")


def test_dialects_are_recognised_as_their_files_say() -> None:
    found = load_deployments()
    assert [(one.name, one.recognise, one.environment_file) for one in found.dialects] == [
        (one.name, one.recognise, one.environment_file) for one in found.known
    ]


def test_every_word_of_the_rules_is_found_by_one_of_them() -> None:
    words = triggers.trigger_words()
    wanted = words_of_the_rules()
    assert set(words) <= wanted
    assert all(any(word in one for word in words) for one in wanted)


def test_no_word_holds_another() -> None:
    assert not [pair for pair in itertools.permutations(TRIGGERS, 2) if pair[0] in pair[1]]
    assert list(TRIGGERS) == sorted(TRIGGERS)


def test_running_it_writes_the_module(tmp_path: Path) -> None:
    tree = copy_tree(tmp_path)
    target = tree / "credlint" / "catalogue" / "triggers.py"
    signatures = tree / "credlint" / "catalogue" / "recognised.py"
    target.write_text("TRIGGERS = ()\n", encoding="utf-8")
    signatures.write_text(signatures.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = run([sys.executable, "-m", "credlint.catalogue.compile"], tree)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert target.read_text(encoding="utf-8") == triggers.render()
    assert signatures.read_text(encoding="utf-8") == triggers.render_recognised()
    assert (tree / "credlint" / "catalogue" / "compiled" / "providers.py").is_file()
