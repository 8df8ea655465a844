"""What SDKs make of credentials that are not complete, of objects beside keys, of variables: as the catalogue says."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import quote

import boto3
import botocore.session
import pytest
from botocore.exceptions import PartialCredentialsError

from credlint.catalogue.load import load_catalogue
from credlint.model.sinks import NOT_KNOWN, Handling, TokenFate
from tests.oracle.names import resolve

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

CALLABLES = load_catalogue().callables
Parts = tuple[str | None, str | None, str | None]
GIVEN: dict[str, Parts] = {
    "key_id": ("id", None, None),
    "secret": (None, "secret", None),
    "token": (None, None, "token"),
    "blank": ("", "", None),
}
ENVIRONMENT: Parts = ("env-id", "env-secret", "env-token")
VARIABLES = {
    "AWS_ACCESS_KEY_ID": "env-id",
    "AWS_SECRET_ACCESS_KEY": "env-secret",
    "AWS_SESSION_TOKEN": "env-token",
    "ALIYUN_ACCESS_KEY_ID": "env-id",
    "ALIYUN_ACCESS_KEY_SECRET": "env-secret",
    "OSS_ACCESS_KEY_ID": "env-id",
    "OSS_ACCESS_KEY_SECRET": "env-secret",
    "OSS_SECURITY_TOKEN": "env-token",
    "ALIBABA_CLOUD_SECURITY_TOKEN": "env-token",
}
ALIBABA = {
    "environment_access_key_id": "env-id",
    "environment_access_key_secret": "env-secret",
    "environment_security_token": "env-token",
}


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in VARIABLES.items():
        monkeypatch.setenv(name, text)
    for name, text in ALIBABA.items():
        monkeypatch.setattr(f"alibabacloud_credentials.utils.auth_util.{name}", text)


def aws_parts(client: object) -> Parts:
    held = client._request_signer._credentials  # noqa: SLF001 (has no public name)
    return held.access_key, held.secret_key, held.token


def keywords(names: tuple[str, str, str], parts: Parts) -> dict[str, str]:
    return {name: part for name, part in zip(names, parts, strict=True) if part is not None}


AWS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")


def boto3_client(parts: Parts) -> Parts:
    return aws_parts(boto3.client("s3", "eu-west-1", **keywords(AWS, parts)))


def boto3_session(parts: Parts) -> Parts:
    return aws_parts(boto3.Session(**keywords(AWS, parts)).client("s3", "eu-west-1"))


def botocore_client(parts: Parts) -> Parts:
    return aws_parts(botocore.session.get_session().create_client("s3", "eu-west-1", **keywords(AWS, parts)))


def s3fs_filesystem(parts: Parts) -> Parts:
    made = resolve("s3fs.S3FileSystem")(
        **keywords(("key", "secret", "token"), parts),
        skip_instance_cache=True,
        client_kwargs={"region_name": "eu-west-1"},
    )
    made.connect()
    return aws_parts(made.s3)


def minio_client(parts: Parts) -> Parts | None:
    made = resolve("minio.Minio")("localhost", **keywords(("access_key", "secret_key", "session_token"), parts))
    if made._provider is None:  # noqa: SLF001 (has no public name)
        return None
    held = made._provider.retrieve()  # noqa: SLF001
    return held.access_key, held.secret_key, held.session_token


ALI = ("access_key_id", "access_key_secret", "security_token")


def credentials_config(parts: Parts) -> Parts:
    made = resolve("alibabacloud_credentials.models.Config")(type="sts", **keywords(ALI, parts))
    held = resolve("alibabacloud_credentials.client.Client")(made).get_credential()
    return held.access_key_id, held.access_key_secret, held.security_token


def static_provider(parts: Parts) -> Parts:
    made = resolve("alibabacloud_credentials.provider.StaticAKCredentialsProvider")(**keywords(ALI, parts))
    held = made.get_credentials()
    return held.get_access_key_id(), held.get_access_key_secret(), held.get_security_token()


def tea_config(parts: Parts) -> Parts | None:
    made = resolve("alibabacloud_tea_openapi.models.Config")(endpoint="sts.aliyuncs.com", **keywords(ALI, parts))
    client = resolve("alibabacloud_tea_openapi.client.Client")(made)
    return None if client._credential is None else (client.get_access_key_id(), None, None)  # noqa: SLF001


def acs_client(parts: Parts) -> Parts:
    made = resolve("aliyunsdkcore.client.AcsClient")(parts[0], parts[1], "cn-hangzhou")
    held = made._signer._credential  # noqa: SLF001 (has no public name)
    return held.access_key_id, held.access_key_secret, None


def oss_auth(parts: Parts) -> Parts:
    held = resolve("oss2.Auth")(parts[0], parts[1]).credentials_provider.get_credentials()
    return held.access_key_id, held.access_key_secret, None


def oss_provider(parts: Parts) -> Parts:
    held = resolve("alibabacloud_oss_v2.credentials.StaticCredentialsProvider")(parts[0], parts[1]).get_credentials()
    return held.access_key_id, held.access_key_secret, held.security_token


MAKERS: dict[str, Callable[[Parts], Parts | None]] = {
    "boto3.client": boto3_client,
    "boto3.session.Session": boto3_session,
    "botocore.session.Session.create_client": botocore_client,
    "s3fs.S3FileSystem": s3fs_filesystem,
    "minio.Minio": minio_client,
    "alibabacloud_credentials.models.Config": credentials_config,
    "alibabacloud_credentials.provider.StaticAKCredentialsProvider": static_provider,
    "alibabacloud_tea_openapi.models.Config": tea_config,
    "aliyunsdkcore.client.AcsClient": acs_client,
    "oss2.Auth": oss_auth,
    "alibabacloud_oss_v2.credentials.StaticCredentialsProvider": oss_provider,
}
# Callables that say the same as one of the makers, of a package that wraps its own.
LIKE = {
    "aioboto3.session.Session.client": "boto3.client",
    "aiobotocore.session.AioSession.create_client": "botocore.session.Session.create_client",
    "aioboto3.session.Session": "boto3.session.Session",
    "alibabacloud_credentials.provider.StaticSTSCredentialsProvider": "alibabacloud_credentials.models.Config",
}
# Callables that hand on to one of the makers.
SAME = [
    "boto3.session.Session.client",
    "boto3.session.Session.resource",
    "boto3.resource",
    "boto3.setup_default_session",
    "aioboto3.client",
    "oss2.AuthV2",
    "oss2.AuthV4",
    "oss2.make_auth",
]
CASES = [(name, what) for name in MAKERS for what in GIVEN if getattr(CALLABLES[name].incomplete, what) is not None]


@pytest.mark.parametrize(("name", "what"), CASES)
def test_what_is_made_of_parts_that_are_not_complete(name: str, what: str) -> None:
    handling, make, given = getattr(CALLABLES[name].incomplete, what), MAKERS[name], GIVEN[what]
    if handling is Handling.REFUSED:
        with pytest.raises((PartialCredentialsError, ValueError, AttributeError)):
            make(given)
        return
    made = make(given)
    if handling is Handling.KEPT:
        assert made is not None
        assert made[:2] == given[:2]
    elif handling is Handling.IGNORED:
        assert made in {None, ENVIRONMENT}
    else:
        assert made is not None
        assert "env-id" in made or "env-secret" in made


def test_every_callable_that_says_it_is_shown() -> None:
    said = {name for name, entry in CALLABLES.items() if entry.incomplete != NOT_KNOWN}
    shown = {name for one in (*MAKERS, *LIKE) for name in CALLABLES[one].names}
    assert said - shown == {name for one in SAME for name in CALLABLES[one].names}


@pytest.mark.parametrize(("name", "like"), LIKE.items())
def test_callables_of_other_packages_say_the_same(name: str, like: str) -> None:
    assert CALLABLES[name].incomplete == CALLABLES[like].incomplete


def test_the_type_decides_about_the_token() -> None:
    fates = dict(CALLABLES["alibabacloud_credentials.models.Config"].token_by_type)
    assert fates == {"access_key": TokenFate.DROPPED, "sts": TokenFate.ENVIRONMENT}
    config, client = (resolve(f"alibabacloud_credentials.{name}") for name in ("models.Config", "client.Client"))
    pair = {"access_key_id": "id", "access_key_secret": "secret"}
    assert client(config(type="access_key", security_token="token", **pair)).get_credential().security_token is None
    assert client(config(type="sts", **pair)).get_credential().security_token == "env-token"


def test_acs_client_takes_the_environment_before_the_object() -> None:
    family = load_catalogue().family(CALLABLES["aliyunsdkcore.client.AcsClient"].environment_first or "")
    assert family.name == "aliyun"
    role = resolve("aliyunsdkcore.auth.credentials.StsTokenCredential")("role", "role", "role")
    parent = resolve("aliyunsdkcore.auth.credentials.RamRoleArnCredential")("id", "secret", "acs:ram::1:role/x", "x")
    for given in (role, parent):
        made = resolve("aliyunsdkcore.client.AcsClient")(region_id="cn-hangzhou", credential=given)
        assert made._signer._credential.access_key_id == "env-id"  # noqa: SLF001 (has no public name)


def test_objects_beside_keys_are_dropped() -> None:
    assert CALLABLES["minio.Minio"].drops == ("provider",)
    provider = resolve("minio.credentials.StaticProvider")("provider", "provider", "provider")
    client = resolve("minio.Minio")("localhost", "id", "secret", credentials=provider)
    assert client._provider.retrieve().access_key == "id"  # noqa: SLF001 (has no public name)
    assert client._provider.retrieve().session_token is None  # noqa: SLF001


def test_oss_reads_one_name_of_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_catalogue().family("oss").unread == ("OSS_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN")
    names = ("oss2.credentials", "alibabacloud_oss_v2.credentials")
    for module in names:
        make = resolve(f"{module}.EnvironmentVariableCredentialsProvider")
        assert not make().get_credentials().security_token
        monkeypatch.setenv("OSS_SESSION_TOKEN", "token")
        assert make().get_credentials().security_token == "token"
        monkeypatch.delenv("OSS_SESSION_TOKEN")


@pytest.mark.parametrize(
    "damage",
    [str.lower, lambda text: text[:16], lambda text: f"{text}\n", lambda text: str(text.encode()), quote],
)
def test_sdks_sign_with_what_they_are_given(damage: Callable[[str], str]) -> None:
    text = damage("Ab+/cdefghijklmnopqrst")
    assert text != "Ab+/cdefghijklmnopqrst"
    assert boto3_client(("id", text, None)) == ("id", text, None)


def test_base64_bytes_are_no_text() -> None:
    assert str(base64.b64encode(b"secret")).startswith("b'")


def test_positions_behind_the_service() -> None:
    with pytest.raises(Exception, match=r"region|secret"):
        boto3.client("s3", "key_id", "secret")
    client = resolve("s3fs.S3FileSystem")("key_id", "secret", skip_instance_cache=True)
    assert (client.anon, client.endpoint_url, client.key) == ("key_id", "secret", None)


def test_who_strips_the_parts() -> None:
    said = {entry.names[0] for entry in CALLABLES.values() if entry.strips}
    assert said == {CALLABLES[f"oss2.{name}"].names[0] for name in ("Auth", "AuthV2", "AuthV4", "make_auth")}
    for name in ("Auth", "AuthV2", "AuthV4", "make_auth"):
        held = resolve(f"oss2.{name}")(" id", "secret\n").credentials_provider.get_credentials()
        assert (held.access_key_id, held.access_key_secret) == ("id", "secret")
    kept = vars(resolve("oss2.StsAuth")(" id", "secret\n", "token"))[
        "_StsAuth__auth"
    ].credentials_provider.get_credentials()
    assert (kept.access_key_id, kept.access_key_secret) == (" id", "secret\n")
