"""The account that a key id of AWS carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credlint.credentials.account import account_of_arn, account_of_key

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LONG_LIVED, TEMPORARY = "AK" + "IA", "AS" + "IA"

# Ids whose account is published: https://awsteele.com/blog/2020/09/26/aws-access-key-format.html and
# https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489
PUBLISHED = [
    (TEMPORARY + "Y34FZKBOKMUTVV7A", "609629065308"),
    (TEMPORARY + "QNZGKIQY56JQ7WML", "029608264753"),
]


def encode(account: int, rest: int, generation: int = 1) -> str:
    """Give the 16 characters of an id: one bit for the generation, 40 for the account, 39 that tell nothing."""
    number = generation << 79 | account << 39 | rest
    digits = [number >> 5 * place & 31 for place in reversed(range(16))]
    return "".join(ALPHABET[digit] for digit in digits)


@pytest.mark.parametrize(("key_id", "account"), PUBLISHED)
def test_published_ids(key_id: str, account: str) -> None:
    assert account_of_key(key_id) == account


@pytest.mark.parametrize(
    "key_id",
    [
        LONG_LIVED + "IOSFODNN7EXAMPLE",  # of the generation before accounts were carried
        LONG_LIVED + "JAAAAAAAAAAAAAAA",
        TEMPORARY + "Y34FZKBOKMUTVV7",
        TEMPORARY + "Y34FZKBOKMUTVV7AA",
        TEMPORARY + "Y34FZKBOKMUTVV71",
        TEMPORARY + "y34fzkbokmutvv7a",
        TEMPORARY + "Y34FZKBOKMUTVV7 ",
        TEMPORARY,
        "",
    ],
)
def test_what_carries_no_account(key_id: str) -> None:
    assert account_of_key(key_id) is None


def test_the_prefix_tells_nothing() -> None:
    body = encode(123456789012, 0)
    assert {account_of_key(prefix + body) for prefix in (LONG_LIVED, TEMPORARY, "AROA")} == {"123456789012"}


def test_a_small_account_has_its_zeros() -> None:
    assert account_of_key(TEMPORARY + encode(1, 0)) == "000000000001"


def test_no_account_has_thirteen_digits() -> None:
    assert account_of_key(TEMPORARY + encode(10**12 - 1, 0)) == "9" * 12
    assert account_of_key(TEMPORARY + encode(10**12, 0)) is None
    assert account_of_key(TEMPORARY + encode(2**40 - 1, 2**39 - 1)) is None


@pytest.mark.property
@given(st.integers(0, 10**12 - 1), st.integers(0, 2**39 - 1))
def test_any_account_comes_back(account: int, rest: int) -> None:
    assert account_of_key(LONG_LIVED + encode(account, rest)) == f"{account:012d}"
    assert account_of_key(LONG_LIVED + encode(account, rest, generation=0)) is None


@pytest.mark.property
@given(st.text(max_size=24))
def test_any_text_is_answered(text: str) -> None:
    account = account_of_key(text)
    assert account is None or (len(account) == 12 and account.isdecimal())


@pytest.mark.oracle
@pytest.mark.parametrize("account", ["000000000000", "000000000001", "123456789012", "609629065308", "999999999999"])
@pytest.mark.parametrize("prefix", [LONG_LIVED, TEMPORARY])
def test_ids_that_moto_makes(account: str, prefix: str) -> None:
    utils = pytest.importorskip("moto.iam.utils")
    for _ in range(50):
        made = utils.generate_access_key_id_from_account_id(account, prefix)
        assert account_of_key(made) == account


@pytest.mark.parametrize(
    ("arn", "account"),
    [
        ("arn:aws:iam::111122223333:mfa/me", "111122223333"),
        ("arn:aws-cn:iam::111122223333:role/a:b", "111122223333"),
        ("arn:aws:s3:::bucket", None),
        ("arn:aws:iam::11112222333:mfa/me", None),
        ("arn:aws:iam::111122223333", None),
        ("urn:aws:iam::111122223333:mfa/me", None),
        ("", None),
    ],
)
def test_account_of_an_arn(arn: str, account: str | None) -> None:
    assert account_of_arn(arn) == account
