"""implicit-credential-source and unchecked-startup-identity on facts built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks import implicit_credential_source, unchecked_startup_identity
from credlint.model.facts import Client, EntryKind, EntryPoint
from credlint.model.secret import SecretText
from credlint.model.units import EntryUnit
from credlint.model.values import Absent, Literal, NoneValue, Origin, ProfileField, Role, Unknown
from tests.checks.build import alternative, answer, at, client, only, silent, variables

implicit = implicit_credential_source.check
unchecked = unchecked_startup_identity.check

ON_THE_CHAIN = client(alternative(Absent(), Absent()), default_chain=True, calls=(at(2),))
PROFILE = alternative(Absent(), Absent(), None, Unknown("an argument"))


def unit(*clients: Client, kind: EntryKind = EntryKind.SCRIPT, **changes: bool) -> EntryUnit:
    entry = EntryPoint((kind,), changes.pop("checked", False), changes.pop("anonymous", False))
    return replace(EntryUnit(entry, clients, names_a_role=False, names_a_source=False), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "words"), [(EntryKind.SCRIPT, "a script"), (EntryKind.APPLICATION, "an application")])
def test_words_about_the_source(kind: EntryKind, words: str) -> None:
    draft = only(implicit(unit(ON_THE_CHAIN, kind=kind)))
    assert draft.case == "default-chain"
    assert draft.message == f"boto3.client(s3) of {words} takes the first credentials that the default chain finds"
    assert (draft.location, draft.subject, draft.calls) == (at(50), at(50), ())


def test_every_client_on_the_chain_is_told() -> None:
    given = client(alternative(*variables("KEY", "SECRET")))
    assert len(list(implicit(unit(ON_THE_CHAIN, given, ON_THE_CHAIN)))) == 2


def test_a_source_that_is_named_or_the_only_one() -> None:
    assert silent(implicit(unit(ON_THE_CHAIN, kind=EntryKind.HANDLER)))
    assert silent(implicit(unit(ON_THE_CHAIN, names_a_source=True)))
    assert silent(implicit(unit(ON_THE_CHAIN, anonymous=True)))
    assert silent(implicit(unit()))


def test_words_about_the_identity() -> None:
    draft = only(unchecked(unit(ON_THE_CHAIN, ON_THE_CHAIN, kind=EntryKind.HANDLER)))
    assert draft.case == "never-asked"
    assert draft.message == "nothing checks, where the program starts, which account boto3.client(s3) works in"
    assert (draft.location, draft.subject, draft.calls) == (at(50), at(50), ())


@pytest.mark.parametrize(
    "found",
    [
        ON_THE_CHAIN,
        client(alternative(*variables("KEY", "SECRET"))),
        client(alternative(ProfileField("reports", Role.KEY_ID), ProfileField("reports", Role.SECRET))),
        client(PROFILE),
    ],
)
def test_credentials_of_any_account(found: Client) -> None:
    assert only(unchecked(unit(client(alternative(*answer())), found))).location == at(50)


@pytest.mark.parametrize("profile", [None, NoneValue()])
@pytest.mark.parametrize("key", [Literal(SecretText("key")), Unknown("an argument"), answer()[0]])
def test_credentials_that_tell_nothing(key: Origin, profile: Origin | None) -> None:
    assert silent(unchecked(unit(client(alternative(key, key, None, profile)))))


@pytest.mark.parametrize("fact", ["checked", "anonymous", "names_a_role"])
def test_who_asks(fact: str) -> None:
    assert silent(unchecked(unit(ON_THE_CHAIN, **{fact: True})))
