"""What the rules claim the SDKs do, seen to happen: which source wins, where a token is dropped."""

from __future__ import annotations

from pathlib import Path

import boto3
import botocore.session
import pytest
import requests_aws4auth
from botocore.exceptions import PartialCredentialsError, ProfileNotFound

from credlint.catalogue.load import load_catalogue
from credlint.model.sinks import TokenSupport
from tests.oracle.names import resolve

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

KEYS = {"aws_access_key_id": "id", "aws_secret_access_key": "secret"}
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "env", "AWS_SECRET_ACCESS_KEY": "env", "AWS_SESSION_TOKEN": "env"}
ENDPOINT, BUCKET = "https://oss-cn-hangzhou.aliyuncs.com", "bucket"
CALLABLES = load_catalogue().callables


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in ENVIRONMENT.items():
        monkeypatch.setenv(name, text)


def parts_of(client: object) -> tuple[str | None, str | None, str | None]:
    """Give what an AWS client signs with."""
    held = client._request_signer._credentials  # noqa: SLF001 (has no public name)
    return (held.access_key, held.secret_key, held.token) if held else (None, None, None)


@pytest.mark.usefixtures("environment")
def test_explicit_pair_takes_no_token_from_the_environment() -> None:
    assert parts_of(boto3.client("s3", "eu-west-1", **KEYS)) == ("id", "secret", None)
    assert parts_of(boto3.Session(**KEYS).client("s3", "eu-west-1")) == ("id", "secret", None)


def test_explicit_pair_takes_no_token_from_the_session() -> None:
    session = boto3.Session("session", "session", "session")
    assert parts_of(session.client("s3", "eu-west-1")) == ("session", "session", "session")
    assert parts_of(session.client("s3", "eu-west-1", **KEYS)) == ("id", "secret", None)


@pytest.mark.usefixtures("environment")
def test_token_alone_is_ignored() -> None:
    assert parts_of(boto3.client("s3", "eu-west-1", aws_session_token="alone")) == ("env", "env", "env")


@pytest.mark.usefixtures("environment")
def test_none_falls_back_and_blank_does_not() -> None:
    none = {"aws_access_key_id": None, "aws_secret_access_key": None}
    blank = {"aws_access_key_id": "", "aws_secret_access_key": ""}
    assert parts_of(boto3.client("s3", "eu-west-1", **none)) == ("env", "env", "env")
    assert parts_of(boto3.client("s3", "eu-west-1", **blank)) == ("", "", None)


@pytest.mark.parametrize("part", KEYS)
def test_half_a_pair_is_refused(part: str) -> None:
    with pytest.raises(PartialCredentialsError):
        boto3.client("s3", "eu-west-1", **{part: KEYS[part]})


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize("profile", ["missing", ""])
def test_profile_that_is_not_there_ends_it_even_beside_keys(profile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", profile)
    with pytest.raises(ProfileNotFound):
        boto3.client("s3", "eu-west-1")


def test_keys_win_over_the_profile_argument_which_must_exist() -> None:
    with pytest.raises(ProfileNotFound):
        boto3.Session(**KEYS, profile_name="missing")


def test_environment_keys_win_over_the_profile_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "credentials"
    file.write_text("[p]\naws_access_key_id = profile\naws_secret_access_key = profile\n")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    monkeypatch.setenv("AWS_PROFILE", "p")
    assert parts_of(boto3.Session().client("s3", "eu-west-1"))[0] == "profile"
    for name, text in ENVIRONMENT.items():
        monkeypatch.setenv(name, text)
    assert parts_of(boto3.Session().client("s3", "eu-west-1"))[0] == "env"
    assert parts_of(boto3.Session(profile_name="p").client("s3", "eu-west-1"))[0] == "profile"


def test_set_credentials_replaces_the_parts_of_a_session() -> None:
    session = botocore.session.get_session()
    session.set_credentials("id", "secret", "token")
    assert parts_of(session.create_client("s3", "eu-west-1")) == ("id", "secret", "token")


def oss_request(auth: object) -> str:
    """Give the headers and parameters of an OSS request after signing, as text."""
    request = resolve("oss2.http.Request")(
        "GET", f"{ENDPOINT}/x", params={}, headers={}, region="cn-hangzhou", product="oss"
    )
    auth._sign_request(request, BUCKET, "x")  # noqa: SLF001 (has no public name)
    return f"{dict(request.headers)} {request.params}"


@pytest.mark.parametrize("name", ["Auth", "AuthV2", "AuthV4", "make_auth"])
def test_auth_without_a_token_parameter_sends_none(name: str) -> None:
    assert CALLABLES[f"oss2.{name}"].token is TokenSupport.NONE
    assert "token" not in oss_request(resolve(f"oss2.{name}")("STS.x", "secret"))


def test_sts_auth_sends_the_token_and_silently_leaves_out_a_blank_one() -> None:
    make = resolve("oss2.StsAuth")
    assert CALLABLES["oss2.StsAuth"].token is TokenSupport.REQUIRED
    assert "'x-oss-security-token': 'the-token'" in oss_request(make("STS.x", "secret", "the-token"))
    for missing in (None, ""):
        assert "token" not in oss_request(make("STS.x", "secret", missing))
    with pytest.raises(TypeError):
        make("STS.x", "secret")


def test_minio_drops_the_provider_beside_a_key() -> None:
    provider = resolve("minio.credentials.StaticProvider")("provider", "provider", "provider")
    client = resolve("minio.Minio")("localhost", "id", "secret", credentials=provider)
    assert client._provider.retrieve().access_key == "id"  # noqa: SLF001 (has no public name)


def alibaba_parts(**configuration: str) -> tuple[str, str, str | None]:
    made = resolve("alibabacloud_credentials.models.Config")(**configuration)
    held = resolve("alibabacloud_credentials.client.Client")(made).get_credential()
    return held.access_key_id, held.access_key_secret, held.security_token


def test_type_access_key_drops_the_token() -> None:
    pair = {"access_key_id": "STS.x", "access_key_secret": "secret", "security_token": "token"}
    assert alibaba_parts(type="access_key", **pair) == ("STS.x", "secret", None)
    assert alibaba_parts(type="sts", **pair) == ("STS.x", "secret", "token")


def test_tea_configuration_prefers_its_pair() -> None:
    given = resolve("alibabacloud_credentials.client.Client")(
        resolve("alibabacloud_credentials.models.Config")(
            type="sts", access_key_id="credential", access_key_secret="x", security_token="x"
        )
    )
    configuration = resolve("alibabacloud_tea_openapi.models.Config")("id", "secret", credential=given)
    client = resolve("alibabacloud_tea_openapi.client.Client")(configuration)
    assert client.get_access_key_id() == "id"
    assert client.get_security_token() in {None, ""}


@pytest.mark.parametrize("seconds", [300, 899])
def test_alibaba_sts_requests_are_not_checked_but_providers_are(seconds: int) -> None:
    request = resolve("alibabacloud_sts20150401.models.AssumeRoleRequest")(duration_seconds=seconds)
    request.validate()
    older = resolve("aliyunsdksts.request.v20150401.AssumeRoleRequest.AssumeRoleRequest")()
    older.set_DurationSeconds(seconds)
    with pytest.raises(ValueError, match="900s"):
        resolve("alibabacloud_credentials.provider.RamRoleArnCredentialsProvider")(
            access_key_id="id", access_key_secret="secret", role_arn="acs:ram::1:role/x", duration_seconds=seconds
        )


def test_oss_v2_signs_nothing_without_a_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET"):
        monkeypatch.setenv(name, "set")
    configuration = resolve("alibabacloud_oss_v2.config.load_default")()
    assert configuration.credentials_provider is None


def test_ram_role_session_has_a_fixed_length() -> None:
    assert resolve("aliyunsdkcore.auth.signers.ram_role_arn_signer.RamRoleArnSigner")._SESSION_PERIOD == 3600  # noqa: SLF001
    assert CALLABLES["aliyunsdkcore.auth.credentials.RamRoleArnCredential"].slot("duration") is None


def test_sts_type_without_a_token_takes_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = {"access_key_id": "STS.x", "access_key_secret": "secret"}
    with pytest.raises(ValueError, match="security token"):
        alibaba_parts(type="sts", **pair)
    variables = resolve("alibabacloud_credentials.utils.auth_util")
    monkeypatch.setattr(variables, "environment_security_token", "env")  # read once, when the package is imported
    assert alibaba_parts(type="sts", **pair) == ("STS.x", "secret", "env")


def test_aws4auth_takes_parts_by_position_and_the_token_by_keyword() -> None:
    auth = requests_aws4auth.AWS4Auth("id", "secret", "eu-west-1", "es", session_token="token")
    assert (auth.access_id, auth.region, auth.service, auth.session_token) == ("id", "eu-west-1", "es", "token")
    assert requests_aws4auth.AWS4Auth("id", "secret", "eu-west-1", "es").session_token is None
    entry = CALLABLES["requests_aws4auth.AWS4Auth"]
    places = {role: (slot.position, slot.keywords) for role, slot in entry.parameters}
    assert places["key_id"] == (0, ())
    assert places["secret"] == (1, ())
    assert places["token"] == (None, ("session_token",))
    assert (places["region"][0], places["service"][0]) == (2, 3)
