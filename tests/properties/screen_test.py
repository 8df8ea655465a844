"""The screen decides nothing: with no statement left out, a module has the same findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.catalogue.examples import read_examples
from credlint.catalogue.load import load_catalogue, rule_names
from credlint.checks import run_checks
from credlint.extract.python.read import read_module
from credlint.extract.triage import is_relevant
from credlint.link import link
from credlint.model.facts import FileFacts
from credlint.model.finding import Draft
from credlint.model.project import Settings
from tests.markers import render
from tests.mdspec.parse import parse
from tests.tree import ROOT

pytestmark = pytest.mark.property

CATALOGUE = load_catalogue()


def findings(path: str, text: str, *, everything: bool) -> set[tuple[str, Draft]]:
    facts: FileFacts = read_module(path, text, CATALOGUE, Settings(), everything=everything)
    return set(run_checks(link([facts], CATALOGUE)))


def hold(path: str, text: str) -> None:
    assert findings(path, text, everything=True) == findings(path, text, everything=False)


@pytest.mark.parametrize("rule", rule_names())
def test_examples(rule: str) -> None:
    for example in read_examples(rule):
        if example.language == "python":
            for path, text in (*example.bad, *example.good):
                hold(path, render(text))


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "specs").glob("*.md")), ids=lambda path: path.stem)
def test_specs(path: Path) -> None:
    for spec in parse(path.read_text(encoding="utf-8"), path.name):
        for file in spec.files:
            if file.path.endswith(".py"):
                hold(file.path, render(file.text))


@pytest.mark.parametrize("folder", ["credlint", "docs", "examples", "tests"])
def test_own_files(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if is_relevant(path.read_bytes()):
            hold(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
