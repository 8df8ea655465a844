"""What botocore takes from a refresh callable, which version signs a URL, and how long its lifetime may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.credentials import (
    AssumeRoleWithWebIdentityCredentialFetcher,
    DeferredRefreshableCredentials,
    RefreshableCredentials,
)
from botocore.exceptions import CredentialRetrievalError

from credlint.catalogue.load import load_catalogue
from tests.oracle.names import parameters

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

CATALOGUE = load_catalogue()
END = dt.datetime(2999, 1, 1, tzinfo=dt.timezone.utc)
PARTS: dict[str, object] = {"access_key": "id", "secret_key": "secret", "token": "token"}
WEEK = 7 * 24 * 3600


def key_id(renew: Callable[[], object]) -> str:
    """Give the key id that botocore signs with after it has asked for new credentials."""
    found: str = DeferredRefreshableCredentials(renew, "test").get_frozen_credentials().access_key
    return found


def test_text_of_the_end_is_taken() -> None:
    assert key_id(lambda: {**PARTS, "expiry_time": END.isoformat()}) == "id"
    assert key_id(lambda: {**PARTS, "expiry_time": str(END)}) == "id"


def test_datetime_is_refused_at_the_first_renewal() -> None:
    with pytest.raises(TypeError, match="not datetime"):
        key_id(lambda: {**PARTS, "expiry_time": END})
    with pytest.raises(TypeError, match="not datetime"):
        RefreshableCredentials.create_from_metadata({**PARTS, "expiry_time": END}, dict, "test")


@pytest.mark.parametrize("lacking", [*PARTS, "expiry_time"])
def test_every_name_is_needed(lacking: str) -> None:
    given = {name: value for name, value in {**PARTS, "expiry_time": END.isoformat()}.items() if name != lacking}
    with pytest.raises(CredentialRetrievalError, match=lacking):
        key_id(lambda: given)


def test_answer_of_the_service_is_refused() -> None:
    answer = {"AccessKeyId": "id", "SecretAccessKey": "secret", "SessionToken": "token", "Expiration": END}
    with pytest.raises(CredentialRetrievalError, match="access_key"):
        key_id(lambda: answer)


def test_names_of_the_catalogue_are_those_that_botocore_asks_for() -> None:
    options = dict(CATALOGUE.callables["botocore.credentials.RefreshableCredentials.create_from_metadata"].options)
    assert {name for _, names in options["metadata"] for name in names} == {*PARTS, "expiry_time"}


def test_fetcher_calls_its_loader_for_every_request() -> None:
    tokens = iter(["first", "second"])
    sent: list[object] = []

    class Sts:
        def __getattr__(self, _: str) -> Callable[..., object]:
            def ask(**given: object) -> object:
                sent.append(given["WebIdentityToken"])
                parts = {"AccessKeyId": "id", "SecretAccessKey": "secret", "SessionToken": "token"}
                return {"Credentials": {**parts, "Expiration": END}}

            return ask

    fetcher = AssumeRoleWithWebIdentityCredentialFetcher(
        client_creator=lambda *_, **__: Sts(), web_identity_token_loader=lambda: next(tokens), role_arn="role"
    )
    fetcher._get_credentials()  # noqa: SLF001 (what fetch_credentials calls when its cache is old)
    fetcher._get_credentials()  # noqa: SLF001
    assert sent == ["first", "second"]


def is_version_4(client: object) -> bool:
    url = client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}, ExpiresIn=60)  # type: ignore[attr-defined]
    return "X-Amz-Signature" in parse_qs(urlsplit(url).query)


def s3(region: str, **given: object) -> object:
    return boto3.client("s3", region, aws_access_key_id="id", aws_secret_access_key="secret", **given)  # type: ignore[call-overload]


@pytest.mark.parametrize("region", sorted(CATALOGUE.presigning.regions))
def test_version_4_signs_in_these_regions(region: str) -> None:
    assert is_version_4(s3(region))


@pytest.mark.parametrize("region", ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1"])
def test_version_2_signs_in_others(region: str) -> None:
    assert region not in CATALOGUE.presigning.regions
    assert not is_version_4(s3(region))


def test_endpoint_of_ones_own_gets_version_2() -> None:
    assert not is_version_4(s3("us-east-1", endpoint_url="https://storage.example.com"))


def test_setting_decides() -> None:
    assert is_version_4(s3("us-east-1", config=Config(signature_version="s3v4")))
    assert not is_version_4(s3("eu-central-1", config=Config(signature_version="s3")))


def test_longer_lifetimes_are_signed_all_the_same() -> None:
    client = s3("eu-central-1")
    url = client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}, ExpiresIn=WEEK + 1)  # type: ignore[attr-defined]
    assert parse_qs(urlsplit(url).query)["X-Amz-Expires"] == [str(WEEK + 1)]
    assert CATALOGUE.presigning.maximum == WEEK


@pytest.mark.parametrize("method", sorted(CATALOGUE.presigning.methods))
def test_lifetime_stands_where_the_catalogue_says(method: str) -> None:
    position, keyword = CATALOGUE.presigning.methods[method]
    given = parameters(f"botocore.signers.{method}")[1:]  # a function that becomes a method
    assert position is not None
    assert given[position].name == keyword
