"""One rule, one check, one page: whatever is published about a rule is there, once, and agrees."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from credlint.catalogue import compile as triggers
from credlint.catalogue.examples import SHOWN, Example, read_examples
from credlint.catalogue.load import load_catalogue, load_rule, rule_names
from credlint.catalogue.rules import rule_url
from credlint.checks import registers
from docs.generate import PAGE, README, render_page, render_readme
from tests.oracle.sources import NOT_INSTALLED, is_unpacked
from tests.tree import ROOT

# Rules of the engine itself: documented, but no check yields them.
OF_THE_ENGINE = {"unused-suppression"}

RULES = rule_names()
CHECKED = [name for name in RULES if name not in OF_THE_ENGINE]
FOLDER = ROOT / "credlint" / "checks"

MARKER = re.compile(r"@@([^@\n]*)@@")
ANNOTATION = re.compile(r"# (?:error|warning|note): \[([a-z-]+)(?: [a-z-]+)?\]")


def module(rule: str) -> Path:
    return FOLDER / f"{rule.replace('-', '_')}.py"


def texts(example: Example) -> str:
    return "\n".join(text for _, text in (*example.bad, *example.good))


def test_every_rule_has_a_check_and_every_check_a_rule() -> None:
    assert sorted({rule for register in registers() for rule in register}) == CHECKED


def test_check_stands_in_a_module_of_the_rules_name() -> None:
    registered = {(rule, check.__module__) for register in registers() for rule, check in register.items()}
    assert registered == {(rule, f"credlint.checks.{module(rule).stem}") for rule in CHECKED}


@pytest.mark.parametrize("rule", CHECKED)
def test_check_names_the_cases_of_its_rule(rule: str) -> None:
    tree = ast.parse(module(rule).read_text(encoding="utf-8"))
    literals = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    cases = {case.name for case in load_rule(rule).cases}
    assert not cases - literals


@pytest.mark.parametrize("rule", RULES)
def test_name_is_the_bad_pattern(rule: str) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", rule)
    assert not re.match(r"(no|avoid|check|disallow|forbid|missing)-", rule)


@pytest.mark.parametrize("rule", RULES)
def test_what_is_published(rule: str) -> None:
    published = load_rule(rule)
    names = [case.name for case in published.cases]
    assert len(names) == len(set(names)) > 0
    for sentence in (published.summary, *(case.summary for case in published.cases)):
        assert re.fullmatch(r"\S[^\n]*\.", sentence), sentence
    assert published.why
    assert published.fix
    assert all(reference.startswith("https://") for reference in published.references)
    assert set(published.wins_over) <= set(RULES) - {rule}


@pytest.mark.parametrize("rule", CHECKED)
def test_every_case_cloud_and_language_has_an_example(rule: str) -> None:
    published, examples = load_rule(rule), read_examples(rule)
    assert {example.case for example in examples} == {case.name for case in published.cases}
    assert {example.language for example in examples} == set(published.languages)
    assert {example.cloud for example in examples} == {cloud.value for cloud in published.clouds}
    assert len({example.name for example in examples}) == len(examples)


@pytest.mark.parametrize("rule", CHECKED)
def test_bad_example_is_annotated_and_good_one_is_not(rule: str) -> None:
    for example in read_examples(rule):
        assert rule in ANNOTATION.findall("\n".join(text for _, text in example.bad)), example.name
        assert ANNOTATION.findall("\n".join(text for _, text in example.good)) == [], example.name
        assert {path for path, _ in example.good} >= {path for path, _ in example.bad}, example.name


@pytest.mark.parametrize("rule", RULES)
def test_markers_are_of_the_closed_set(rule: str) -> None:
    used = {mark for example in read_examples(rule) for mark in MARKER.findall(texts(example))}
    assert {re.sub(r"-\d+$", "", mark) for mark in used} <= SHOWN.keys()


def test_pages_are_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_page(), "run `make docs`"
    assert README.read_text(encoding="utf-8") == render_readme(), "run `make docs`"


def test_every_sdk_is_installed_for_the_oracles() -> None:
    described = {entry.distribution for entry in load_catalogue().callables.values()} - {"python"}
    group = re.search(r"(?ms)^sdks = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert group
    needed = {name.replace("_", "-") for name in described - set(NOT_INSTALLED) if not is_unpacked(name)}
    assert not needed - set(re.findall(r'"([a-z0-9-]+)>=', group[1]))


def test_trigger_words_are_fresh() -> None:
    assert triggers.TARGET.read_text(encoding="utf-8") == triggers.render(), "run `make docs`"


@pytest.mark.parametrize("rule", RULES)
def test_url_leads_to_the_section(rule: str) -> None:
    path, anchor = rule_url(rule).split("/blob/main/")[1].split("#")
    assert ROOT / path == PAGE
    assert f"\n## {anchor}\n" in PAGE.read_text(encoding="utf-8")


def test_page_shows_no_marker() -> None:
    assert "@@" not in PAGE.read_text(encoding="utf-8")
