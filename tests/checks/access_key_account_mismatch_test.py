"""access-key-account-mismatch on facts built by hand: what is compared, and in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks.access_key_account_mismatch import check_client, check_request
from credlint.model.facts import Setting
from credlint.model.finding import Confidence
from credlint.model.secret import SecretText
from credlint.model.units import ClientUnit, RequestUnit
from credlint.model.values import NO_BRANCH, Branches, Literal, Unknown
from tests.checks.build import ONE_ARM, OTHER_ARM, alternative, at, client, client_unit, only, request, silent

KEY = Literal(SecretText("0123456789ABCDEFGHIJ", key_id=True))
SET = alternative(KEY, Unknown("secret"))
OURS, THEIRS = "111122223333", "444455556666"


def setting(plain: str | None = THEIRS, role: str = "account", branches: Branches = NO_BRANCH) -> Setting:
    return Setting(role, "aws_account_id", Unknown("text"), at(8), plain, branches=branches)


def made(*accounts: str | None, found: Setting, sets: int = 1) -> ClientUnit:
    one = replace(client(*[SET] * sets), settings=(found,), calls=(at(2),))
    return replace(client_unit(one), accounts=accounts)


def asked(account: str | None, *fields: Setting) -> RequestUnit:
    return RequestUnit(replace(request(SET), fields=fields), (account,))


def test_words() -> None:
    draft = only(check_client(made(OURS, found=setting())))
    assert draft.case == "stated-account"
    assert draft.message == (
        "aws_account_id is of account 444455556666, the literal that ends in GHIJ of account 111122223333"
    )
    assert (draft.location, draft.calls, draft.certainty) == (at(8), (at(2),), Confidence.HIGH)
    assert [step.location for step in draft.related] == [SET.key_id.location]


def test_a_device() -> None:
    device = setting("arn:aws:iam::444455556666:mfa/me", "serial")
    draft = only(check_request(asked(OURS, device)))
    assert draft.case == "mfa-device"
    assert draft.message.startswith("the MFA device is of account 444455556666, ")
    assert silent(check_request(asked(THEIRS, device)))
    assert silent(check_request(asked(OURS, setting("GAHT12345678", "serial"))))
    assert silent(check_request(asked(OURS, setting(None, "serial"))))
    assert silent(check_request(asked(OURS, setting("arn:aws:iam::444455556666:role/me", "role_arn"))))


@pytest.mark.parametrize("accounts", [(THEIRS,), (None,), ()])
def test_nothing_to_say(accounts: tuple[str | None, ...]) -> None:
    assert silent(check_client(made(*accounts, found=setting())))


def test_another_setting() -> None:
    assert silent(check_client(made(OURS, found=setting(role="region"))))
    assert silent(check_client(made(OURS, found=setting(None))))
    assert silent(check_client(made(OURS, found=replace(setting(), location=None))))


def test_one_path_of_two() -> None:
    assert only(check_client(made(OURS, THEIRS, found=setting(), sets=2))).certainty is Confidence.MEDIUM


def test_arms_that_exclude_each_other() -> None:
    arm = replace(client(replace(SET, branches=ONE_ARM)), settings=(setting(branches=OTHER_ARM),))
    assert silent(check_client(replace(client_unit(arm), accounts=(OURS,))))


def test_a_key_that_stands_nowhere() -> None:
    part = replace(SET.key_id, location=None)
    one = replace(client(replace(SET, key_id=part)), settings=(setting(),))
    assert only(check_client(replace(client_unit(one), accounts=(OURS,)))).related == ()
