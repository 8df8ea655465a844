"""The simulated chains beside those of the SDKs themselves: the same provider answers, or the same error ends it."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from credlint.catalogue.load_chains import load_chains
from credlint.credentials.chains import simulate
from credlint.model.chains import Answer
from tests.oracle.chains import alibaba_cases
from tests.oracle.chains.asked import ask, end, homes, python, simulated
from tests.oracle.chains.aws_cases import aws_case
from tests.oracle.chains.aws_table import ROWS
from tests.oracle.chains.case import Case
from tests.oracle.names import resolve

pytestmark = [pytest.mark.oracle]

NEWEST = Path(sys.prefix) / "chains"
"""botocore of the group `chains`."""


def botocore(cases: list[Case], folder: Path) -> list[tuple[Case, str | None, str | None]]:
    """Give what the simulation and botocore make of each case; what keys it took must be those of the profile."""
    places = homes(cases, folder)
    found = []
    for case, home, answer in zip(cases, places, ask(python("ask_botocore"), places, folder, NEWEST), strict=True):
        outcome = simulated("boto3", case, home)
        theirs = answer["error"] if "error" in answer else answer["method"]
        key = answer.get("key")
        if key and ":" in key and outcome.profile:
            assert key.endswith((f":{outcome.profile}", ":DEFAULT")), (case, answer, outcome)
        if "error" in answer and outcome.error == theirs:
            text = (answer["text"] or "").replace(str(home), "~")
            assert text.startswith(outcome.message.partition(": ")[2].replace(str(home), "~")), (text, outcome)
        found.append((case, end(outcome), theirs))
    return found


def test_rows_are_what_botocore_does(tmp_path: Path) -> None:
    answers = botocore([row.case for row in ROWS], tmp_path)
    assert [(row.title, row.botocore) for row in ROWS] == [
        (row.title, theirs) for row, (_, _, theirs) in zip(ROWS, answers, strict=True)
    ]
    assert not [(case, mine, theirs) for case, mine, theirs in answers if mine != theirs]


@pytest.mark.slow
def test_botocore_agrees_in_two_thousand_environments(tmp_path: Path) -> None:
    answers = botocore([aws_case(seed, login=True) for seed in range(2000)], tmp_path)
    assert not [(case, mine, theirs) for case, mine, theirs in answers if mine != theirs]
    seen = Counter(theirs for _, _, theirs in answers)
    assert {one.name for one in load_chains()["boto3"].providers} - {"login"} <= seen.keys(), seen


def alibaba(cases: list[Case], folder: Path) -> list[tuple[Case, str | None, str | None]]:
    """Give what the simulation and alibabacloud_credentials make of each case."""
    places = homes(cases, folder)
    found = []
    for case, home, answer in zip(cases, places, ask(python("ask_alibaba"), places, folder), strict=True):
        method = answer.get("method")
        found.append((case, end(simulated("alibaba", case, home)), method.split("/")[1] if method else None))
    return found


def test_rows_are_what_alibabacloud_credentials_does(tmp_path: Path) -> None:
    rows = alibaba_cases.ROWS
    answers = alibaba([case for _, _, case in rows], tmp_path)
    assert [(title, expected, expected) for title, expected, _ in rows] == [
        (title, mine, theirs) for (title, _, _), (_, mine, theirs) in zip(rows, answers, strict=True)
    ]


@pytest.mark.slow
def test_alibabacloud_credentials_agrees_in_three_hundred_environments(tmp_path: Path) -> None:
    answers = alibaba([alibaba_cases.alibaba_case(seed) for seed in range(300)], tmp_path)
    assert not [(case, mine, theirs) for case, mine, theirs in answers if mine != theirs]
    seen = {theirs for _, _, theirs in answers}
    assert {one.name for one in load_chains()["alibaba"].providers} <= seen, seen


OSS = [
    "OSS_ACCESS_KEY_ID",
    "OSS_ACCESS_KEY_SECRET",
    "OSS_SESSION_TOKEN",
    "OSS_SECURITY_TOKEN",
    "ALIBABA_CLOUD_ACCESS_KEY_ID",
]


@pytest.mark.parametrize(
    ("sdk", "module"), [("oss2", "oss2.credentials"), ("oss-v2", "alibabacloud_oss_v2.credentials")]
)
@pytest.mark.parametrize("texts", list(product(("text", "", None), repeat=3)))
def test_providers_of_oss_agree(
    sdk: str, module: str, texts: tuple[str | None, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    variables = {name: text for name, text in zip(OSS, texts, strict=False) if text is not None}
    for name, text in {**variables, **dict.fromkeys(OSS[3:], "other")}.items():
        monkeypatch.setenv(name, text)
    (outcome,) = simulate(Case(variables).environment(), load_chains()[sdk]).outcomes
    make = resolve(f"{module}.EnvironmentVariableCredentialsProvider")
    if outcome.answer is not Answer.YES:
        with pytest.raises(Exception, match=r"key|[Cc]redentials") as raised:
            make().get_credentials()
        assert type(raised.value).__name__ == outcome.error
        return
    token = make().get_credentials().security_token
    noted = any(ground.variable == OSS[2] for ground in outcome.grounds)
    assert (token or "") == (variables[OSS[2]] if noted else "")


def test_cli_differs_in_the_order_of_its_variables_alone() -> None:
    chains = load_chains()
    differ = {row.title for row in ROWS if results(row.case, "boto3") != results(row.case, "cli2")}
    assert differ == {"both variables of the profile", "an empty default profile"}
    assert chains["cli2"].profile == tuple(reversed(chains["boto3"].profile))
    assert {row.title for row in ROWS if results(row.case, "boto3") != results(row.case, "cli1")} == set()


def results(case: Case, sdk: str) -> object:
    return simulate(case.environment(), load_chains()[sdk]).outcomes
