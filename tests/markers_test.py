"""The made-up keys: of the form of real ones, the same in every run, and another for every number."""

from __future__ import annotations

import base64
import math
import re
from collections import Counter

import pytest

from credlint.catalogue.examples import SHOWN
from credlint.credentials.account import account_of_key
from tests.markers import NAMES, render

FORMS = [
    ("aws-key-id", r"AKIA[Q-Z2-7][A-Z2-7]{15}"),
    ("aws-temporary-key-id", r"ASIA[Q-Z2-7][A-Z2-7]{15}"),
    ("aws-secret", r"[A-Za-z0-9+/]{40}"),
    ("aws-session-token", r"IQoJb3JpZ2luX2Vj[A-Za-z0-9+/]{304}"),
    ("alibaba-key-id", r"LTAI[A-Za-z0-9]{20}"),
    ("alibaba-temporary-key-id", r"STS\.[A-Za-z0-9]{24}"),
    ("alibaba-secret", r"[A-Za-z0-9]{30}"),
    ("alibaba-security-token", r"CAIS[A-Za-z0-9+/]{240}"),
]


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_form(name: str, form: str) -> None:
    first, second = render(f"@@{name}@@ @@{name}-2@@").split(" ")
    assert re.fullmatch(form, first)
    assert re.fullmatch(form, second)
    assert first != second
    assert first == render(f"@@{name}@@") == render(f"@@{name}-1@@")


@pytest.mark.parametrize(("name", "bits"), [("aws-secret", 4.25), ("alibaba-secret", 3.9)])
def test_secret_looks_like_one(name: str, bits: float) -> None:
    secret = render(f"@@{name}@@")
    shares = [count / len(secret) for count in Counter(secret).values()]
    assert -sum(share * math.log2(share) for share in shares) >= bits


def test_encoded() -> None:
    plain = render("@@aws-key-id@@")
    assert base64.b64decode(render("@@aws-key-id-encoded@@")).decode() == plain
    assert base64.b64decode(render("@@aws-key-id-line-encoded@@")).decode() == f"{plain}\n"


def test_account_of_the_made_up_key() -> None:
    for kind in ("aws", "aws-temporary"):
        for number in ("", "-2", "-3"):
            account = render(f"@@{kind}-account-id{number}@@")
            assert account == account_of_key(render(f"@@{kind}-key-id{number}@@"))


def test_given_keys_take_the_place_of_made_up_ones() -> None:
    keys = {"aws-secret": "first", "aws-secret-2": "second"}
    assert render("@@aws-secret@@ @@aws-secret-2@@", keys) == "first second"
    assert base64.b64decode(render("@@aws-secret-encoded@@", keys)) == b"first"


def test_marker_that_does_not_exist() -> None:
    with pytest.raises(KeyError, match="gcp-key"):
        render("@@gcp-key@@")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_marker_has_a_value(name: str) -> None:
    assert "@@" not in render(f"@@{name}@@")


def test_documented_keys() -> None:
    assert render("@@aws-documented-key-id@@").endswith("EXAMPLE")
    assert len(render("@@aws-documented-secret@@")) == 40


def test_what_may_stand_in_an_example_may_stand_in_a_test() -> None:
    assert SHOWN.keys() <= NAMES
