"""What is said of an environment of which not all is in sight holds whatever stands behind the veil."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credlint.catalogue.load_chains import load_chains
from credlint.credentials.chains import simulate
from credlint.model.chains import (
    OPAQUE,
    UNKNOWN,
    UNKNOWN_FILE,
    Answer,
    ChainEnvironment,
    ChainFile,
    ChainSection,
    Fact,
    Held,
    Outcome,
    Value,
)
from tests.oracle.chains.alibaba_cases import alibaba_case
from tests.oracle.chains.aws_cases import aws_case

pytestmark = pytest.mark.property

CHAINS = load_chains()
KEYS = {"aws_access_key_id", "aws_secret_access_key", "aws_session_token"}
OLD = {"AWS_CREDENTIAL_FILE", "BOTO_CONFIG", "~/.boto", "~/old"}
"""Of long ago: never supposed where nobody shows them."""


def concrete(sdk: str, seed: int) -> ChainEnvironment:
    """Give an environment of which all is known. A credentials file holds keys, and what is hidden can be read."""
    case = aws_case(seed, login=True) if sdk != "alibaba" else alibaba_case(seed)
    environment = case.environment("/home/x")
    return replace(environment, files=tuple((path, tidy(path, file)) for path, file in environment.files))


def tidy(path: str, file: ChainFile | None) -> ChainFile | None:
    assert file is not None
    found: dict[str, ChainSection] = {}
    for section in file.sections:
        kept = {key.lower(): (key, value) for key, value in section.settings if not_replacing(path, key)}
        found[section.name.replace('"', "").split(" ")[-1]] = replace(section, settings=tuple(kept.values()))
    found.pop("DEFAULT", None)
    return ChainFile(tuple(found.values()))


def not_replacing(path: str, key: str) -> bool:
    return path not in {"~/.aws/credentials", "~/other"} or key.lower() in KEYS


class Veil:
    """Hides parts of an environment, by a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (the same in every run)
        self.part = self.chance.choice((0.1, 0.3))

    def hides(self) -> bool:
        return self.chance.random() < self.part

    def over(self, one: ChainEnvironment) -> ChainEnvironment:
        open_ = self.hides()
        variables = tuple(
            (name, self.value(value))
            for name, value in one.variables
            if not (open_ and name not in OLD and self.hides())
        )
        return replace(
            one,
            variables=variables,
            open=open_,
            files=tuple((path, self.file(file) if path not in OLD else file) for path, file in one.files),
            other_files=None if self.hides() else UNKNOWN_FILE,
            profile=self.profile(one.profile),
            container_role=self.fact(one.container_role),
            instance_metadata=self.fact(one.instance_metadata),
            web_identity=self.fact(one.web_identity),
            signed_in=self.fact(one.signed_in),
        )

    def fact(self, fact: Fact) -> Fact:
        return Fact.MAYBE if self.hides() else fact

    def value(self, value: Value) -> Value:
        if not self.hides():
            return value
        return UNKNOWN if value.held is Held.BLANK or self.hides() else OPAQUE

    def profile(self, value: Value | None) -> Value | None:
        if value is None:
            return UNKNOWN if self.hides() else None
        return OPAQUE if value.is_set and self.hides() else value

    def file(self, file: ChainFile | None) -> ChainFile | None:
        if self.hides() or file is None:
            return UNKNOWN_FILE
        hides = self.hides()
        sections = [self.section(one) for one in file.sections if not (hides and self.hides())]
        return ChainFile(tuple(sections), whole=not hides)

    def section(self, section: ChainSection) -> ChainSection:
        hides = self.hides()
        kept = tuple((key, self.value(value)) for key, value in section.settings if not (hides and self.hides()))
        return ChainSection(section.name, kept, open=hides)


def covers(said: Outcome, end: Outcome) -> bool:
    return (
        (said.provider, said.answer) == (end.provider, end.answer)
        and said.error in {"", end.error}
        and said.profile in {"", end.profile}
    )


@pytest.mark.parametrize("sdk", ["boto3", "js3", "alibaba", "go2"])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 100_000), veil=st.integers(0, 100_000))
def test_every_completion_is_covered(sdk: str, seed: int, veil: int) -> None:
    whole = concrete(sdk, seed)
    truth = simulate(whole, CHAINS[sdk])
    (end,) = truth.outcomes
    veiled = Veil(veil).over(whole)
    said = simulate(veiled, CHAINS[sdk])
    assert any(covers(outcome, end) for outcome in said.outcomes), (end, veiled)
    if len(said.outcomes) == 1:
        assert said.winner is None or covers(said.winner, end)
    for alone, known in zip(said.providers, truth.providers, strict=True):
        assert alone.answer in {Answer.MAYBE, known.answer}, (alone, known, veiled)
