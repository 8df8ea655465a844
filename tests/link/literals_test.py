"""What the form of a literal says."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.credentials.account import account_of_key
from credlint.link.literals import literal_units
from credlint.model.facts import FileFacts, KeyLiteral, Language, LiteralContext
from credlint.model.secret import SecretText
from credlint.model.units import LiteralForm, LiteralUnit
from credlint.model.values import Cloud, Lifetime, Role
from tests.checks.build import at
from tests.markers import render

AWS = render("@@aws-key-id@@")
AWS_TEMPORARY = render("@@aws-temporary-key-id@@")
ALIBABA = render("@@alibaba-key-id@@")
AWS_SECRET = render("@@aws-secret@@")
ALIBABA_SECRET = render("@@alibaba-secret@@")
TOKEN = render("@@aws-session-token@@")


def unit(role: Role, text: str, cloud: Cloud = Cloud.AWS, partner: str | None = None, **more: bool) -> LiteralUnit:
    literal = KeyLiteral(
        role,
        cloud,
        SecretText(text),
        LiteralContext.SLOT,
        "name",
        at(7),
        partner=None if partner is None else SecretText(partner),
        **more,  # type: ignore[arg-type]
    )
    (found,) = literal_units(FileFacts("a.py", Language.PYTHON, (1,), literals=(literal,)), load_catalogue())
    assert found.literal is literal
    return found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (AWS, LiteralForm.REAL),
        (AWS_TEMPORARY, LiteralForm.REAL),
        (ALIBABA, LiteralForm.REAL),
        ("hunter2", LiteralForm.OTHER),
        ("", LiteralForm.OTHER),
        (AWS[:-1], LiteralForm.WRONG),
        (AWS + "AAAA", LiteralForm.WRONG),
        (AWS[:-1] + " ", LiteralForm.WRONG),  # neither is right: the length says more
        (ALIBABA + "x7", LiteralForm.UNUSUAL),
        (AWS + " ", LiteralForm.STRAY_CHARACTER),
        (" " + AWS, LiteralForm.STRAY_CHARACTER),
        (AWS + "\n", LiteralForm.STRAY_CHARACTER),
        (f'"{AWS}"', LiteralForm.STRAY_CHARACTER),
        (f"'{ALIBABA}'", LiteralForm.STRAY_CHARACTER),
        (ALIBABA + "x7\n", LiteralForm.STRAY_CHARACTER),
        (AWS[:12] + "{{ x }}", LiteralForm.TEMPLATE_REMNANT),
        (AWS + "}}", LiteralForm.TEMPLATE_REMNANT),
        (AWS + "{% x %}", LiteralForm.TEMPLATE_REMNANT),
        (AWS + "<% x %>", LiteralForm.TEMPLATE_REMNANT),
        ("{{ key }}", LiteralForm.OTHER),
        ("{{ key", LiteralForm.OTHER),
        (" ${{ secrets.KEY }}", LiteralForm.STRAY_CHARACTER),
        ("${{ secrets.KEY }}\n", LiteralForm.STRAY_CHARACTER),
        ("${{ secrets.KEY }}", LiteralForm.OTHER),
        ("x${{ secrets.KEY }} ", LiteralForm.OTHER),
    ],
)
def test_key_id(text: str, form: LiteralForm) -> None:
    assert unit(Role.KEY_ID, text).form is form


def test_a_placeholder_has_no_form_but_may_have_a_remnant() -> None:
    assert unit(Role.KEY_ID, AWS, placeholder=True).form is LiteralForm.PLACEHOLDER
    assert unit(Role.KEY_ID, AWS[:-1], placeholder=True).form is LiteralForm.PLACEHOLDER
    assert unit(Role.KEY_ID, AWS + "}}", placeholder=True).form is LiteralForm.TEMPLATE_REMNANT
    assert unit(Role.KEY_ID, " ${{ secrets.KEY }}", placeholder=True).form is LiteralForm.STRAY_CHARACTER
    assert unit(Role.SECRET, AWS_SECRET, placeholder=True).form is LiteralForm.PLACEHOLDER
    assert unit(Role.TOKEN, TOKEN, placeholder=True).form is LiteralForm.PLACEHOLDER
    assert unit(Role.EXPIRATION, "x", placeholder=True).form is LiteralForm.PLACEHOLDER


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (AWS + "\n", LiteralForm.ENCODED_NEWLINE),
        (AWS + "\r\n", LiteralForm.ENCODED_NEWLINE),
        (AWS + " ", LiteralForm.STRAY_CHARACTER),
        ("\n" + AWS, LiteralForm.STRAY_CHARACTER),
        (AWS, LiteralForm.REAL),
    ],
)
def test_decoded_from_base64(text: str, form: LiteralForm) -> None:
    assert unit(Role.KEY_ID, text, encoded=True).form is form


@pytest.mark.parametrize(
    ("role", "text", "cloud", "form"),
    [
        (Role.SECRET, AWS_SECRET, Cloud.AWS, LiteralForm.REAL),
        (Role.SECRET, AWS_SECRET, Cloud.ALIBABA, LiteralForm.OTHER),
        (Role.SECRET, ALIBABA_SECRET, Cloud.ALIBABA, LiteralForm.REAL),
        (Role.SECRET, "hunter2", Cloud.AWS, LiteralForm.OTHER),
        (Role.TOKEN, TOKEN, Cloud.AWS, LiteralForm.REAL),
        (Role.TOKEN, "hunter2", Cloud.AWS, LiteralForm.OTHER),
        (Role.EXPIRATION, "2024-01-01T00:00:00Z", Cloud.AWS, LiteralForm.REAL),
    ],
)
def test_other_parts(role: Role, text: str, cloud: Cloud, form: LiteralForm) -> None:
    assert unit(role, text, cloud).form is form


@pytest.mark.parametrize(
    ("role", "text", "lifetime"),
    [
        (Role.KEY_ID, AWS, Lifetime.LONG_LIVED),
        (Role.KEY_ID, AWS_TEMPORARY, Lifetime.TEMPORARY),
        (Role.KEY_ID, f" {AWS_TEMPORARY}\n", Lifetime.TEMPORARY),
        (Role.KEY_ID, "hunter2", Lifetime.UNKNOWN),
        (Role.SECRET, AWS, Lifetime.UNKNOWN),
        (Role.TOKEN, AWS_TEMPORARY, Lifetime.UNKNOWN),
    ],
)
def test_lifetime(role: Role, text: str, lifetime: Lifetime) -> None:
    assert unit(role, text).lifetime is lifetime


# Pairs

DULL = "AbCdE" * 8
DOCUMENTED = render("@@aws-documented-secret@@")


@pytest.mark.parametrize(
    ("key", "secret", "cloud", "real"),
    [
        (AWS, AWS_SECRET, Cloud.AWS, True),
        (AWS_TEMPORARY, AWS_SECRET, Cloud.AWS, True),
        (ALIBABA, ALIBABA_SECRET, Cloud.ALIBABA, True),
        (ALIBABA + "x7", ALIBABA_SECRET, Cloud.ALIBABA, True),  # of an unusual length, but a pair
        (AWS, ALIBABA_SECRET, Cloud.AWS, False),
        (AWS, "hunter2", Cloud.AWS, False),
        (AWS, DULL, Cloud.AWS, False),
        (AWS, DOCUMENTED, Cloud.AWS, False),
        (AWS[:-1], AWS_SECRET, Cloud.AWS, False),
        ("hunter2", AWS_SECRET, Cloud.AWS, False),
        (render("@@aws-documented-key-id@@"), AWS_SECRET, Cloud.AWS, False),
    ],
)
def test_pair(key: str, secret: str, cloud: Cloud, real: bool) -> None:
    assert unit(Role.KEY_ID, key, cloud, partner=secret).pair_is_real is real
    told_by_secret = unit(Role.SECRET, secret, cloud, partner=key)
    # a secret that has not even the form of one says nothing of a pair
    assert told_by_secret.pair_is_real is (real and told_by_secret.form is LiteralForm.REAL)


def test_alone_there_is_no_pair() -> None:
    assert not unit(Role.KEY_ID, AWS).pair_is_real
    assert not unit(Role.SECRET, AWS_SECRET).pair_is_real


def test_a_placeholder_is_no_half_of_a_real_pair() -> None:
    assert not unit(Role.KEY_ID, AWS, partner=AWS_SECRET, placeholder=True).pair_is_real


def test_account_of_a_key_id() -> None:
    assert unit(Role.KEY_ID, AWS).account == account_of_key(AWS) is not None
    assert unit(Role.KEY_ID, ALIBABA, Cloud.ALIBABA).account is None
    assert unit(Role.KEY_ID, f"{AWS} ").account is None
    assert unit(Role.SECRET, AWS_SECRET).account is None
