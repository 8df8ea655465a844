"""The form of key ids, secrets, tokens and hosts, and what is a stand-in instead."""

from __future__ import annotations

import dataclasses
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credlint.catalogue.load import load_catalogue
from credlint.credentials.grammar import (
    KeyForm,
    cloud_of_key,
    endpoint_kind,
    entropy,
    is_key_id,
    is_placeholder,
    is_random_secret,
    is_secret,
    is_sequence,
    is_token,
    key_form,
    key_grammar,
    lifetime_of_key,
    needs_token,
    secret_grammar,
    shortest,
)
from credlint.model.project import Settings
from credlint.model.sinks import EndpointKind
from credlint.model.values import Cloud, Lifetime, Role
from tests.markers import render

GRAMMAR = load_catalogue().grammar
SETTINGS = Settings()

AWS = render("@@aws-key-id@@")
AWS_TEMPORARY = render("@@aws-temporary-key-id@@")
ALIBABA = render("@@alibaba-key-id@@")
ALIBABA_TEMPORARY = render("@@alibaba-temporary-key-id@@")
CONSOLE = "TMP" + "." + ALIBABA_TEMPORARY[4:]
AWS_SECRET = render("@@aws-secret@@")
ALIBABA_SECRET = render("@@alibaba-secret@@")
AWS_TOKEN = render("@@aws-session-token@@")
ALIBABA_TOKEN = render("@@alibaba-security-token@@")

KEYS = [
    (AWS, Cloud.AWS, Lifetime.LONG_LIVED, False),
    (AWS_TEMPORARY, Cloud.AWS, Lifetime.TEMPORARY, True),
    (ALIBABA, Cloud.ALIBABA, Lifetime.LONG_LIVED, False),
    (ALIBABA_TEMPORARY, Cloud.ALIBABA, Lifetime.TEMPORARY, True),
    (CONSOLE, Cloud.ALIBABA, Lifetime.TEMPORARY, False),
]


@pytest.mark.parametrize(
    ("text", "bits"),
    [("", 0.0), ("a", 0.0), ("aaaa", 0.0), ("ab", 1.0), ("aabb", 1.0), ("abcd", 2.0), ("aab", 0.918)],
)
def test_entropy(text: str, bits: float) -> None:
    assert entropy(text) == pytest.approx(bits, abs=0.001)


@pytest.mark.property
@given(st.text())
def test_entropy_is_between_none_and_that_of_different_letters(text: str) -> None:
    assert -1e-9 <= entropy(text) <= max(len(text), 1).bit_length()
    assert entropy(text) == pytest.approx(entropy(text[::-1]))


@pytest.mark.parametrize(
    ("text", "sequence"),
    [
        ("1234567890ABCDEF", True),
        ("ABCDEFGHIJKLMNOP", True),
        ("AAAABBBBCCCC", True),
        ("AACE", False),  # one of three steps is no half
        ("ABXY", True),  # two of three are
        ("ABD", False),  # half is not more than half
        ("AB", True),
        ("FEDCBA", False),
        ("ZX", False),
        ("A", False),
        ("", False),
        (AWS[4:], False),
        (ALIBABA[4:], False),
    ],
)
def test_sequence(text: str, sequence: bool) -> None:
    assert is_sequence(text) is sequence


@pytest.mark.parametrize(("text", "cloud", "lifetime", "token"), KEYS)
def test_a_key_of_each_kind(text: str, cloud: Cloud, lifetime: Lifetime, token: bool) -> None:
    assert is_key_id(text, GRAMMAR)
    assert cloud_of_key(text, GRAMMAR) is cloud
    assert lifetime_of_key(text, GRAMMAR) is lifetime
    assert needs_token(text, GRAMMAR) is token
    assert not is_placeholder(text, GRAMMAR, SETTINGS)


@pytest.mark.parametrize(("text", "cloud", "lifetime", "token"), KEYS)
def test_blanks_around_a_key_hide_nothing_but_its_form(
    text: str, cloud: Cloud, lifetime: Lifetime, token: bool
) -> None:
    padded = f" {text}\n"
    assert not is_key_id(padded, GRAMMAR)
    assert cloud_of_key(padded, GRAMMAR) is cloud
    assert lifetime_of_key(padded, GRAMMAR) is lifetime
    assert needs_token(padded, GRAMMAR) is token


@pytest.mark.parametrize("text", ["", "A", "akia" + AWS[4:], "X" + AWS, AWS_SECRET, "hunter2"])
def test_what_is_no_key(text: str) -> None:
    assert key_grammar(text, GRAMMAR) is None
    assert not is_key_id(text, GRAMMAR)
    assert cloud_of_key(text, GRAMMAR) is None
    assert lifetime_of_key(text, GRAMMAR) is Lifetime.UNKNOWN
    assert not needs_token(text, GRAMMAR)


def test_the_longest_prefix_wins() -> None:
    short, other = GRAMMAR.key_ids[0], GRAMMAR.key_ids[1]
    longer = dataclasses.replace(other, prefix=f"{short.prefix}X")
    for forms in ((short, longer), (longer, short)):
        grammar = dataclasses.replace(GRAMMAR, key_ids=forms)
        assert key_grammar(f"{short.prefix}X1", grammar) is longer
        assert key_grammar(f"{short.prefix}Y1", grammar) is short


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (AWS, KeyForm.RIGHT),
        (AWS[:-1], KeyForm.WRONG),
        (AWS + "A", KeyForm.WRONG),
        (AWS[:-1] + "1", KeyForm.WRONG),  # base32 has neither 0, 1, 8 nor 9
        (AWS[:-1] + "a", KeyForm.WRONG),
        (ALIBABA, KeyForm.RIGHT),
        (ALIBABA[:16], KeyForm.RIGHT),
        (ALIBABA[:17], KeyForm.UNUSUAL),
        (ALIBABA[:-1] + "-", KeyForm.UNUSUAL),
        (ALIBABA_TEMPORARY, KeyForm.RIGHT),
        (ALIBABA_TEMPORARY[:20], KeyForm.RIGHT),
        (ALIBABA_TEMPORARY[:19], KeyForm.UNUSUAL),
        (ALIBABA_TEMPORARY + "/", KeyForm.UNUSUAL),
    ],
)
def test_form(text: str, form: KeyForm) -> None:
    known = key_grammar(text, GRAMMAR)
    assert known is not None
    assert key_form(text, known) is form
    assert is_key_id(text, GRAMMAR) is (form is KeyForm.RIGHT)


def test_a_key_of_wrong_form_says_nothing_of_its_lifetime() -> None:
    assert lifetime_of_key(AWS_TEMPORARY + "A", GRAMMAR) is Lifetime.UNKNOWN
    assert lifetime_of_key(ALIBABA_TEMPORARY[:19], GRAMMAR) is Lifetime.TEMPORARY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        '""',
        "aaaa",
        "abab-abab",  # four different characters are no secret
        "changeme",
        "minioadmin",
        "TEST",
        "CHANGEME",
        "<your-key>",
        "${AWS_ACCESS_KEY_ID}",
        render("@@aws-documented-key-id@@"),
        f" {render('@@aws-documented-key-id@@')} ",
        f"'{render('@@aws-documented-secret@@')}'",
        AWS[:4] + "A" * 16,
        AWS[:4] + "CAFH" * 4,
        AWS[:4] + "BCDEF" * 3 + "G",
        "FOOBARKEY",
        AWS[:4] + "1234567890ABCDEF",
        ALIBABA[:4] + "xxxxxxxxxxxxxxxx",
    ],
)
def test_placeholder(text: str) -> None:
    assert is_placeholder(text, GRAMMAR, SETTINGS)


@pytest.mark.parametrize(
    "text", [AWS_SECRET, ALIBABA_SECRET, "hunter2-is-it", "qwert", AWS[:4] + "ABCDE" + "ECBAD" + "ACEBDA"]
)
def test_no_placeholder(text: str) -> None:
    assert not is_placeholder(text, GRAMMAR, SETTINGS)


def test_placeholders_of_the_user() -> None:
    assert is_placeholder(AWS, GRAMMAR, Settings(placeholders=frozenset({AWS})))
    assert is_placeholder(f'"{AWS}"', GRAMMAR, Settings(placeholders=frozenset({AWS})))
    assert not is_placeholder(AWS, GRAMMAR, Settings(placeholders=frozenset({ALIBABA})))


@pytest.mark.parametrize(
    ("cloud", "length"),
    [(Cloud.AWS, 40), (Cloud.ALIBABA, 30), (Cloud.S3_COMPATIBLE, 40)],
)
def test_form_of_a_secret_by_cloud(cloud: Cloud, length: int) -> None:
    form = secret_grammar(cloud, GRAMMAR)
    assert form is not None
    assert form.length == length


@pytest.mark.parametrize(
    ("text", "cloud", "secret"),
    [
        (AWS_SECRET, Cloud.AWS, True),
        (AWS_SECRET, Cloud.S3_COMPATIBLE, True),
        (AWS_SECRET, Cloud.ALIBABA, False),
        (AWS_SECRET[:-1], Cloud.AWS, False),
        (AWS_SECRET + "a", Cloud.AWS, False),
        (AWS_SECRET[:-1] + "-", Cloud.AWS, False),
        (AWS_SECRET[:-1] + "\n", Cloud.AWS, False),
        ("0123456789abcdef" * 2 + "01234567", Cloud.AWS, False),  # the hash of a commit
        (ALIBABA_SECRET, Cloud.ALIBABA, True),
        (ALIBABA_SECRET, Cloud.AWS, False),
        (ALIBABA_SECRET[:-1] + "/", Cloud.ALIBABA, False),
    ],
)
def test_secret(text: str, cloud: Cloud, secret: bool) -> None:
    assert is_secret(text, cloud, GRAMMAR) is secret


def test_a_secret_without_entropy_is_no_random_one() -> None:
    dull = "AbCd" * 10
    assert is_secret(dull, Cloud.AWS, GRAMMAR)
    assert not is_random_secret(dull, Cloud.AWS, GRAMMAR)
    assert is_random_secret(AWS_SECRET, Cloud.AWS, GRAMMAR)
    assert is_random_secret(ALIBABA_SECRET, Cloud.ALIBABA, GRAMMAR)
    assert not is_random_secret(AWS_SECRET, Cloud.ALIBABA, GRAMMAR)


def test_entropy_at_the_bound_is_enough() -> None:
    form = secret_grammar(Cloud.AWS, GRAMMAR)
    assert form is not None
    text = (string.ascii_uppercase + string.ascii_lowercase)[:20] * 2
    for bound, random in ((entropy(text), True), (entropy(text) + 0.01, False)):
        grammar = dataclasses.replace(GRAMMAR, secrets=(dataclasses.replace(form, minimum_entropy=bound),))
        assert is_random_secret(text, Cloud.AWS, grammar) is random


def test_a_cloud_without_form_has_no_secrets() -> None:
    grammar = dataclasses.replace(GRAMMAR, secrets=())
    assert secret_grammar(Cloud.AWS, grammar) is None
    assert not is_secret(AWS_SECRET, Cloud.AWS, grammar)
    assert not is_random_secret(AWS_SECRET, Cloud.AWS, grammar)


@pytest.mark.parametrize(
    ("text", "token"),
    [
        (AWS_TOKEN, True),
        (AWS_TOKEN[:60], True),
        (AWS_TOKEN[:59], False),
        (ALIBABA_TOKEN, True),
        (AWS_TOKEN + "%3D", True),
        (AWS_TOKEN + " ", False),
        ("x" + AWS_TOKEN, False),
        (AWS_SECRET * 3, False),
        ("", False),
    ],
)
def test_token(text: str, token: bool) -> None:
    assert is_token(text, GRAMMAR) is token


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("", EndpointKind.UNKNOWN),
        (".", EndpointKind.UNKNOWN),
        ("localhost", EndpointKind.LOCAL),
        ("LOCALHOST", EndpointKind.LOCAL),
        ("localhost.", EndpointKind.LOCAL),
        ("s3.localhost", EndpointKind.LOCAL),
        ("store.local", EndpointKind.LOCAL),
        ("127.0.0.1", EndpointKind.LOCAL),
        ("127.8.0.1", EndpointKind.LOCAL),
        ("0.0.0.0", EndpointKind.LOCAL),  # noqa: S104
        ("::1", EndpointKind.LOCAL),
        ("minio", EndpointKind.LOCAL),
        ("minio-0", EndpointKind.LOCAL),
        ("minio.storage.svc", EndpointKind.LOCAL),
        ("localstack", EndpointKind.LOCAL),
        ("s3.minio.example.com", EndpointKind.OTHER),  # a name below somebody's domain
        ("minioserver.example.com", EndpointKind.OTHER),
        ("amazonaws.com", EndpointKind.CLOUD),
        ("s3.eu-west-1.amazonaws.com", EndpointKind.CLOUD),
        ("s3.cn-north-1.amazonaws.com.cn", EndpointKind.CLOUD),
        ("oss-cn-hangzhou.aliyuncs.com", EndpointKind.CLOUD),
        ("notamazonaws.com", EndpointKind.OTHER),
        ("amazonaws.com.example.com", EndpointKind.OTHER),
        ("10.0.0.1", EndpointKind.OTHER),
        ("storage.example.com", EndpointKind.OTHER),
        ("localhost.example.com", EndpointKind.LOCAL),
    ],
)
def test_endpoint(host: str, kind: EndpointKind) -> None:
    assert endpoint_kind(host, GRAMMAR, SETTINGS) is kind


def test_endpoints_of_the_user() -> None:
    settings = Settings(local_endpoints=frozenset({"storage.example.com"}))
    assert endpoint_kind("storage.example.com", GRAMMAR, settings) is EndpointKind.LOCAL
    assert endpoint_kind("other.example.com", GRAMMAR, settings) is EndpointKind.OTHER


@pytest.mark.parametrize("text", [AWS, AWS_TEMPORARY, ALIBABA])
def test_no_key_id_is_shorter_than_the_shortest(text: str) -> None:
    least = shortest(Role.KEY_ID, GRAMMAR)
    assert least is not None
    assert least <= len(text)


def test_only_parts_have_a_least_length() -> None:
    assert shortest(Role.SECRET, GRAMMAR) == min(len(AWS_SECRET), len(ALIBABA_SECRET))
    for role in (Role.TOKEN, Role.LEGACY_TOKEN):
        least = shortest(role, GRAMMAR)
        assert least is not None
        assert least <= len(AWS_TOKEN)
    assert shortest(Role.REGION, GRAMMAR) is None
