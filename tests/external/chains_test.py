"""The simulated chain of the JavaScript SDK beside the SDK itself, in one process of node."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from credlint.model.chains import Answer, Outcome
from tests.external import npm
from tests.oracle.chains.asked import ask, homes, simulated
from tests.oracle.chains.aws_cases import aws_case
from tests.oracle.chains.aws_table import ROWS
from tests.oracle.chains.case import Case

PACKAGE = "@aws-sdk/credential-provider-node"
VERSION = "3.972.98"

pytestmark = [
    pytest.mark.external,
    pytest.mark.skipif(not shutil.which("node"), reason="the JavaScript SDK needs node"),
]


@pytest.fixture(scope="module")
def folder() -> Path:
    return npm.install(PACKAGE, VERSION)


def keys_of(outcome: Outcome, case: Case) -> set[str]:
    """Give the key ids that a provider may answer with."""
    fixed = {
        "fromEnv": case.variables.get("AWS_ACCESS_KEY_ID", ""),
        "fromHttp": "id-container",
        "fromInstanceMetadata": "id-machine",
        "fromProcess": "id-process",
        "fromTokenFile": "id-web-identity",
    }
    if outcome.provider in fixed:
        return {fixed[outcome.provider]}
    own = {text for one in case.files.values() for _, each in one for text in dict(each).values()}
    return {text for text in own if text.startswith("id-")} | set(fixed.values()) | {"id-assumed"}


def test_javascript_agrees(folder: Path, tmp_path: Path) -> None:
    cases = [row.case for row in ROWS] + [aws_case(seed, login=True) for seed in range(1000)]
    places = homes(cases, tmp_path)
    answers = ask(["node", Path(__file__).with_name("ask_javascript.js"), folder], places, tmp_path)
    wrong, seen = [], set()
    for case, home, answer in zip(cases, places, answers, strict=True):
        outcome = simulated("js3", case, home)
        seen.add(outcome.provider)
        if outcome.answer is Answer.YES:
            agrees = answer.get("method") in keys_of(outcome, case)
        else:
            agrees = answer.get("error") == outcome.error
        wrong += [] if agrees else [(case, outcome, answer)]
    assert not wrong
    assert seen == {"", "fromEnv", "fromIni", "fromProcess", "fromTokenFile", "fromHttp", "fromInstanceMetadata"}
