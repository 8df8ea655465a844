"""key-inventory on facts built by hand: what is listed, and in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks.key_inventory import check
from credlint.model.facts import LiteralContext
from credlint.model.sinks import EndpointKind
from credlint.model.units import LiteralForm, LiteralUnit
from credlint.model.values import Cloud, Lifetime, Role
from tests.checks.build import literal_unit, only, silent


def key(form: LiteralForm = LiteralForm.REAL, **changes: object) -> LiteralUnit:
    return literal_unit(Role.KEY_ID, form, **{"lifetime": Lifetime.LONG_LIVED, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("context", LiteralContext)
def test_words(context: LiteralContext) -> None:
    draft = only(check(key(context=context)))
    assert draft.case == "key-id"
    assert draft.message == "long-lived key id of AWS that ends in GHIJ"
    assert draft.location == draft.subject


def test_more_words() -> None:
    unit = replace(key(LiteralForm.UNUSUAL, lifetime=Lifetime.TEMPORARY, test_context=True), account="111122223333")
    unit = replace(unit, literal=replace(unit.literal, cloud=Cloud.ALIBABA))
    assert only(check(unit)).message == (
        "temporary key id of Alibaba Cloud that ends in GHIJ, of account 111122223333, in a test"
    )


def test_a_short_id_shows_nothing_of_itself() -> None:
    assert only(check(key(text="0123456789"))).message == "long-lived key id of AWS"


@pytest.mark.parametrize("form", [form for form in LiteralForm if form not in {LiteralForm.REAL, LiteralForm.UNUSUAL}])
def test_what_is_no_key_id(form: LiteralForm) -> None:
    assert silent(check(key(form)))


def test_a_word_of_prose_is_no_key_id_of_unusual_length() -> None:
    assert silent(check(key(LiteralForm.UNUSUAL, context=LiteralContext.COMMENT)))


def test_a_key_of_a_stand_in_of_the_cloud() -> None:
    assert silent(check(key(endpoint=EndpointKind.LOCAL)))


@pytest.mark.parametrize("role", [Role.SECRET, Role.TOKEN, Role.EXPIRATION])
def test_another_part(role: Role) -> None:
    assert silent(check(literal_unit(role)))
