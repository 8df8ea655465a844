"""The accounts of literal key ids, and which ids tell none."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.link.accounts import key_accounts
from credlint.model.facts import FileFacts, KeyLiteral, Language, LiteralContext
from credlint.model.secret import SecretText
from credlint.model.values import Cloud, CredentialSet, Literal, Origin, Role, Unknown
from tests.checks.build import alternative, at, variables
from tests.markers import render

KEY, ACCOUNT = render("@@aws-key-id@@"), render("@@aws-account-id@@")


def accounts(*keys: Origin, **literal: bool) -> tuple[str | None, ...]:
    """Give the accounts of sets with these key ids, in a file that says this of its literal key ids."""
    found = tuple(
        KeyLiteral(Role.KEY_ID, Cloud.AWS, key.text, LiteralContext.SLOT, "name", at(7), **literal)  # type: ignore[arg-type]
        for key in keys
        if isinstance(key, Literal)
    )
    facts = FileFacts("a.py", Language.PYTHON, (1,), literals=found)
    sets = CredentialSet(tuple(alternative(key, Unknown("secret")) for key in keys))
    return key_accounts(sets, facts, load_catalogue())


def literal(text: str) -> Literal:
    return Literal(SecretText(text, key_id=True))


def test_one_for_each_alternative() -> None:
    assert accounts(literal(KEY), *variables("KEY"), literal(KEY)) == (ACCOUNT, None, ACCOUNT)
    assert accounts() == ()


@pytest.mark.parametrize("text", ["@@alibaba-key-id@@", "@@aws-documented-key-id@@", "@@aws-secret@@", "hunter2", ""])
def test_what_carries_none(text: str) -> None:
    assert accounts(literal(render(text))) == (None,)


@pytest.mark.parametrize("fact", ["placeholder", "test_context"])
def test_what_is_made_up(fact: str) -> None:
    assert accounts(literal(KEY), **{fact: True}) == (None,)
