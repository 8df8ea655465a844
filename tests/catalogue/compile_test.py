"""The words that triage looks for: taken from rules/, and as they stand in the committed module."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import yaml

from credlint.catalogue import compile as triggers
from credlint.catalogue.load_deployments import load_deployments
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
