"""Each SDK reads the variables of its family, in their order, and the form of keys is the one that is issued."""

from __future__ import annotations

import importlib
import inspect
import re

import boto3
import pytest
from botocore.configprovider import BOTOCORE_DEFAUT_SESSION_VARIABLES as SESSION_VARIABLES
from botocore.credentials import AssumeRoleWithWebIdentityProvider, ContainerProvider, EnvProvider

from credlint.catalogue.load import load_catalogue
from credlint.catalogue.types import Family
from credlint.model.values import Lifetime, Role
from tests.oracle.names import resolve

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

CATALOGUE = load_catalogue()
AWS, OSS, ALIBABA, ALIYUN = (CATALOGUE.family(name) for name in ("aws", "oss", "alibaba", "aliyun"))

# Whose reader is no Python package of the tests.
READ_ELSEWHERE = {
    "alibabacloud": "the CLI, github.com/aliyun/aliyun-cli",
    "alicloud": "Terraform, github.com/aliyun/terraform-provider-alicloud",
    "django-storages": "github.com/jschneier/django-storages",
    "object-store": "Rust, github.com/apache/arrow-rs-object-store; options_test.py tries its key names",
}
TESTED = {"aliyun", "alibaba", "aws", "aws-short", "minio", "oss"}


def set_all(monkeypatch: pytest.MonkeyPatch, family: Family, *roles: Role) -> dict[str, str]:
    """Give every variable of some roles its own name as its value."""
    names = {name: name for role in roles for name in family.names(role)}
    for name in names:
        monkeypatch.setenv(name, name)
    return names


def test_every_family_is_tested() -> None:
    assert {family.name for family in CATALOGUE.families} == TESTED | set(READ_ELSEWHERE)


def test_only_the_family_of_the_default_chain_is_exact() -> None:
    assert [family.name for family in CATALOGUE.families if family.exact] == ["aws"]


def test_botocore_reads_the_aws_family() -> None:
    assert AWS.names(Role.KEY_ID) == (EnvProvider.ACCESS_KEY,)
    assert AWS.names(Role.SECRET) == (EnvProvider.SECRET_KEY,)
    assert [*AWS.names(Role.LEGACY_TOKEN), *AWS.names(Role.TOKEN)] == EnvProvider.TOKENS
    assert AWS.names(Role.EXPIRATION) == (EnvProvider.EXPIRY_TIME,)
    assert AWS.names(Role.CONTAINER_URI) == (ContainerProvider.ENV_VAR, ContainerProvider.ENV_VAR_FULL)
    assert list(AWS.names(Role.PROFILE)) == SESSION_VARIABLES["profile"][1]
    assert AWS.names(Role.CONFIG_FILE) == (SESSION_VARIABLES["config_file"][1],)
    assert AWS.names(Role.CREDENTIALS_FILE) == (SESSION_VARIABLES["credentials_file"][1],)
    assert AWS.names(Role.REGION)[0] == SESSION_VARIABLES["region"][1]
    web_identity = AssumeRoleWithWebIdentityProvider._CONFIG_TO_ENV_VAR  # noqa: SLF001 (has no public name)
    roles = (Role.WEB_IDENTITY_FILE, Role.SESSION_NAME, Role.ROLE_ARN)
    assert [AWS.names(role) for role in roles] == [(name,) for name in web_identity.values()]


def test_botocore_takes_the_legacy_token_first(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, AWS, Role.KEY_ID, Role.SECRET, Role.TOKEN, Role.LEGACY_TOKEN)
    frozen = boto3.Session().get_credentials().get_frozen_credentials()
    assert frozen[:3] == ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECURITY_TOKEN")


def test_botocore_takes_the_endpoint_of_the_service_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in reversed(AWS.names(Role.ENDPOINT)):
        url = f"http://{name.lower().replace('_', '-')}"
        monkeypatch.setenv(name, url)
        assert boto3.client("s3", "eu-west-1").meta.endpoint_url == url


@pytest.mark.parametrize(
    "provider",
    ["oss2.credentials.EnvironmentVariableCredentialsProvider",
     "alibabacloud_oss_v2.credentials.EnvironmentVariableCredentialsProvider"],
)  # fmt: skip
def test_oss_sdks_read_the_oss_family_alone(provider: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, OSS, Role.KEY_ID, Role.SECRET, Role.TOKEN)
    monkeypatch.setenv("OSS_SECURITY_TOKEN", "not read")
    set_all(monkeypatch, ALIBABA, Role.KEY_ID, Role.SECRET, Role.TOKEN)
    made = resolve(provider)().get_credentials()
    held = (made.access_key_id, made.access_key_secret, made.security_token)
    assert held == (*OSS.names(Role.KEY_ID), *OSS.names(Role.SECRET), *OSS.names(Role.TOKEN))


def test_alibabacloud_credentials_reads_the_alibaba_family() -> None:
    source = inspect.getsource(importlib.import_module("alibabacloud_credentials.utils.auth_util"))
    read = set(re.findall(r"environ\.get\('(\w+)'", source))
    listed = {name for _, names in ALIBABA.variables for name in names}
    assert listed <= read
    assert {name for name in read - listed if "KEY" in name or "TOKEN" in name or "PROFILE" in name} == {
        "ALIBABA_CLOUD_CLI_PROFILE_DISABLED"
    }


def test_acs_client_reads_the_aliyun_family_before_its_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, ALIYUN, Role.KEY_ID, Role.SECRET)
    sts = resolve("aliyunsdkcore.auth.credentials.StsTokenCredential")("given", "given", "given")
    client = resolve("aliyunsdkcore.client.AcsClient")
    held = vars(client(credential=sts)._signer)["_credential"]  # noqa: SLF001 (has no public name)
    assert held.access_key_id == "ALIYUN_ACCESS_KEY_ID"
    assert held.access_key_secret == "ALIYUN_ACCESS_KEY_SECRET"
    assert ALIYUN.names(Role.TOKEN) == ()
    explicit = vars(client("explicit", "explicit", credential=sts)._signer)["_credential"]  # noqa: SLF001 (as above)
    assert explicit.access_key_id == "explicit"


def test_minio_reads_its_own_family(monkeypatch: pytest.MonkeyPatch) -> None:
    family = CATALOGUE.family("minio")
    set_all(monkeypatch, family, Role.KEY_ID, Role.SECRET)
    made = resolve("minio.credentials.EnvMinioProvider")().retrieve()
    assert (made.access_key, made.secret_key, made.session_token) == ("MINIO_ACCESS_KEY", "MINIO_SECRET_KEY", None)
    assert family.names(Role.TOKEN) == ()


def test_minio_reads_the_short_names_of_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, CATALOGUE.family("aws-short"), Role.KEY_ID, Role.SECRET)
    made = resolve("minio.credentials.EnvAWSProvider")().retrieve()
    assert (made.access_key, made.secret_key) == ("AWS_ACCESS_KEY", "AWS_SECRET_KEY")


@pytest.mark.parametrize("lifetime", [Lifetime.LONG_LIVED, Lifetime.TEMPORARY])
def test_key_ids_have_the_form_that_moto_issues(lifetime: Lifetime) -> None:
    issue = resolve("moto.iam.utils.generate_access_key_id_from_account_id")
    grammar = next(found for found in CATALOGUE.grammar.key_ids if found.strict and found.lifetime is lifetime)
    for account in ("111122223333", "000000000000", "999999999999"):
        key_id = issue(account, prefix=grammar.prefix, total_length=20)
        assert len(key_id) in grammar.lengths
        assert re.fullmatch(f"{grammar.prefix}[{grammar.alphabet}]+", key_id)
