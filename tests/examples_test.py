"""The examples of rules/checks: what is found is exactly what their comments say, and the good twin is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.catalogue.examples import Example, read_examples
from credlint.catalogue.load import load_rule, rule_names
from tests.mdspec.lint import lint
from tests.mdspec.match import Found, mismatches, read_expected

EXAMPLES = [(rule, example) for rule in rule_names() for example in read_examples(rule)]
NAMES = [f"{rule}/{example.name}" for rule, example in EXAMPLES]


def findings(folder: Path, files: tuple[tuple[str, str], ...], rule: str) -> list[Found]:
    """Lint the files of an example of a rule; a problem is a failure."""
    found, problems = lint(folder, dict(files), rule=rule)
    assert problems == []
    return found


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=NAMES)
def test_bad_example_is_found(rule: str, example: Example, tmp_path: Path) -> None:
    found = findings(tmp_path, example.bad, rule)
    expected = [one for path, text in example.bad for one in read_expected(path, text)]
    assert mismatches(expected, found) == []
    assert (rule, example.case) in {(one.rule, one.case) for one in found}
    severity = load_rule(rule).case(example.case).severity.value
    assert severity in {one.severity for one in expected if one.rule == rule}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=NAMES)
def test_good_example_is_silent(rule: str, example: Example, tmp_path: Path) -> None:
    assert mismatches([], findings(tmp_path, example.good, rule)) == []


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=NAMES)
def test_good_example_repairs_the_bad_one(rule: str, example: Example) -> None:
    bad, good = dict(example.bad), dict(example.good)
    assert bad.keys() <= good.keys(), rule
    assert bad != good
    assert not [one for path, text in good.items() for one in read_expected(path, text)]
