from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from credlint.catalogue.load import load_rule, rule_names
from credlint.catalogue.rules import Rule
from credlint.model.finding import Report
from credlint.report import RenderOptions, render
from tests.external.sarif_multitool import SUPPORTED, Multitool, count_by_level, install
from tests.report.menagerie import CLEAN, MENAGERIE, RULES

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.external,
    pytest.mark.skipif(not SUPPORTED, reason="the validator is a program for Linux on x86-64"),
]


@pytest.fixture(scope="module")
def multitool() -> Multitool:
    return install()


def published_rules() -> tuple[Rule, ...]:
    return tuple(load_rule(name) for name in rule_names())


REPORTS: dict[str, Callable[[], tuple[Report, tuple[Rule, ...]]]] = {
    "menagerie": lambda: (MENAGERIE, RULES),
    "clean": lambda: (CLEAN, RULES),
    "no-repository": lambda: (replace(MENAGERIE, repository=None), RULES),
    "outside": lambda: (replace(MENAGERIE, repository="/elsewhere"), RULES),
    "no-sources": lambda: (replace(MENAGERIE, sources=()), RULES),
    "published-rules": lambda: (CLEAN, published_rules()),
}


@pytest.mark.parametrize("name", REPORTS)
def test_validator_finds_no_error_and_no_warning(name: str, multitool: Multitool, tmp_path: Path) -> None:
    report, rules = REPORTS[name]()
    log = tmp_path / "credlint.sarif"
    log.write_text(render("sarif", report, RenderOptions(rules=rules)), encoding="utf-8")

    verdicts = multitool.validate(log)

    assert count_by_level(verdicts) == Counter(), verdicts
    jsonschema.validate(json.loads(log.read_text(encoding="utf-8")), multitool.schema())


def test_validator_takes_what_the_command_writes(multitool: Multitool, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "credlint", "check", "examples/incidents", "--output-format", "sarif"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    log = tmp_path / "credlint.sarif"
    log.write_bytes(run.stdout)

    assert run.returncode == 1, run.stderr
    assert json.loads(run.stdout)["runs"][0]["results"]
    assert count_by_level(multitool.validate(log)) == Counter()
    jsonschema.validate(json.loads(run.stdout), multitool.schema())


def test_validator_finds_what_is_wrong(multitool: Multitool, tmp_path: Path) -> None:
    document = json.loads(render("sarif", MENAGERIE, RenderOptions(rules=RULES)))
    (run,) = document["runs"]
    del run["tool"]["driver"]["rules"][0]["fullDescription"]
    location = run["results"][1]["locations"][0]["physicalLocation"]
    location["region"]["endLine"] = 1
    location["artifactLocation"]["uri"] = "file:///srv/shop"
    log = tmp_path / "credlint.sarif"
    log.write_text(json.dumps(document), encoding="utf-8")

    # GitHub's for the description, SARIF's own for a region that ends before it starts and an absolute URI with a base.
    assert {rule for _, rule, _ in multitool.validate(log)} == {"GH2012", "SARIF1007", "SARIF1004"}


def test_schema_finds_what_is_wrong(multitool: Multitool) -> None:
    document = json.loads(render("sarif", MENAGERIE, RenderOptions(rules=RULES)))
    document["runs"][0]["results"][0]["level"] = "notice"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, multitool.schema())
