"""What is printed does not depend on the order in which Python keeps its sets."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from credlint.catalogue.examples import read_examples
from credlint.catalogue.load import rule_names
from tests.markers import render
from tests.tree import run

TWO_ANSWERS = """\
def show(client, pool, known):
    if known:
        answer = client.get_credentials_for_pool(Pool=pool, Known=known)
    else:
        answer = client.get_credentials_for_pool(Pool=pool)
    print(answer["Credentials"]["AccessKeyId"])
    print(answer["Credentials"]["SecretAccessKey"])
    print(answer["Credentials"]["SessionToken"])
"""


@pytest.mark.slow
def test_another_seed_prints_the_same(tmp_path: Path) -> None:
    for rule in rule_names():
        for number, example in enumerate(read_examples(rule)):
            for path, text in example.bad:
                target = tmp_path / rule / str(number) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(render(text))
    (tmp_path / "answers.py").write_text(TWO_ANSWERS)
    command = [sys.executable, "-m", "credlint", "check", "--isolated", "--no-cache", "--persona", "auditor"]
    first, *others = (
        run([*command, "--output-format", "json"], tmp_path, measured=False, PYTHONHASHSEED=seed).stdout
        for seed in ("1", "3", "4", "7")
    )
    assert '"answers.py"' in first
    assert [other == first for other in others] == [True] * 3
