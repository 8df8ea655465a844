"""What callables give holds the parts where the catalogue says, and shows them in print where it says so."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
from collections.abc import Callable
from types import MappingProxyType
from typing import NamedTuple

import pytest

from credlint.catalogue.callables import CallableKind, Shape
from credlint.catalogue.load import load_catalogue
from credlint.model.values import Role
from tests.oracle.callables_test import CALLABLES as INSTALLED
from tests.oracle.names import parameters, resolve

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

CATALOGUE = load_catalogue()
KEY_ID, SECRET, TOKEN = "key-id-of-this-test", "secret-of-this-test", "token-of-this-test"
PARTS = MappingProxyType({Role.KEY_ID: KEY_ID, Role.SECRET: SECRET, Role.TOKEN: TOKEN})
LATER = dt.datetime(2099, 1, 1, tzinfo=dt.timezone.utc)


def make(name: str, *more: object) -> object:
    """Call a callable with the three parts where its entry says that they stand."""
    entry = CATALOGUE.callables[name]
    by_keyword = {role.value: text for role, text in PARTS.items()}
    given = {slot.keywords[0]: by_keyword[role] for role, slot in entry.parameters if role in by_keyword}
    return resolve(name)(**given, **dict(zip(("expiry_time", "refresh_using", "method"), more, strict=False)))


def refreshable(package: str, prefix: str) -> object:
    return make(f"{package}.credentials.{prefix}RefreshableCredentials", LATER, lambda: None, "test")


def sts_answer(operation: str) -> object:
    credentials = {"AccessKeyId": KEY_ID, "AccessKeySecret": SECRET, "SecurityToken": TOKEN}
    answer = resolve(f"alibabacloud_sts20150401.models.{operation}Response")()
    return answer.from_map({"statusCode": 200, "body": {"Credentials": credentials}})


def ram_role() -> object:
    return resolve("oss2.credentials.EcsRamRoleCredential")(KEY_ID, SECRET, TOKEN, 4102444800, 3600)


def plain(name: str) -> Callable[[], object]:
    def make_it() -> object:
        return resolve(name)()

    return make_it


# Every type of the catalogue -> one of its objects, made with the three parts if it holds any.
OBJECTS: dict[str, Callable[[], object]] = {
    "aiobotocore.credentials.AioCredentials": lambda: make("aiobotocore.credentials.AioCredentials"),
    "aiobotocore.session.AioSession": plain("aiobotocore.session.AioSession"),
    "alibabacloud_credentials.models.Config": lambda: make("alibabacloud_credentials.models.Config"),
    "alibabacloud_credentials.models.CredentialModel": lambda: make("alibabacloud_credentials.models.CredentialModel"),
    "alibabacloud_oss_v2.config.Config": plain("alibabacloud_oss_v2.config.Config"),
    "alibabacloud_oss_v2.types.Credentials": lambda: make("alibabacloud_oss_v2.types.Credentials"),
    "alibabacloud_sts20150401.models.AssumeRoleRequest": plain("alibabacloud_sts20150401.models.AssumeRoleRequest"),
    "alibabacloud_sts20150401.models.AssumeRoleResponse": lambda: sts_answer("AssumeRole"),
    "alibabacloud_sts20150401.models.AssumeRoleWithOIDCRequest": plain(
        "alibabacloud_sts20150401.models.AssumeRoleWithOIDCRequest"
    ),
    "alibabacloud_sts20150401.models.AssumeRoleWithOIDCResponse": lambda: sts_answer("AssumeRoleWithOIDC"),
    "alibabacloud_sts20150401.models.AssumeRoleWithSAMLRequest": plain(
        "alibabacloud_sts20150401.models.AssumeRoleWithSAMLRequest"
    ),
    "alibabacloud_sts20150401.models.AssumeRoleWithSAMLResponse": lambda: sts_answer("AssumeRoleWithSAML"),
    "alibabacloud_tea_openapi.models.Config": lambda: make("alibabacloud_tea_openapi.models.Config"),
    "botocore.credentials.Credentials": lambda: make("botocore.credentials.Credentials"),
    "botocore.credentials.ReadOnlyCredentials": lambda: make("botocore.credentials.ReadOnlyCredentials"),
    "botocore.credentials.RefreshableCredentials": lambda: refreshable("botocore", ""),
    "botocore.session.Session": plain("botocore.session.Session"),
    "minio.credentials.credentials.Credentials": lambda: make("minio.credentials.Credentials"),
    "oss2.credentials.Credentials": lambda: make("oss2.credentials.Credentials"),
    "oss2.credentials.EcsRamRoleCredential": ram_role,
    "oss2.credentials.StaticCredentialsProvider": lambda: make("oss2.credentials.StaticCredentialsProvider"),
}


class Call(NamedTuple):
    """How a source is called without a network: its receiver, and variables that it reads."""

    receiver: Callable[[], object]
    variables: tuple[str, ...] = ()


AWS_VARIABLES = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
OSS_VARIABLES = ("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET", "OSS_SESSION_TOKEN")


def alibaba_client() -> object:
    configuration = resolve("alibabacloud_credentials.models.Config")(
        type="sts", access_key_id=KEY_ID, access_key_secret=SECRET, security_token=TOKEN
    )
    return resolve("alibabacloud_credentials.client.Client")(configuration)


def oss_v2_function() -> object:
    made = make("alibabacloud_oss_v2.types.Credentials")
    return resolve("alibabacloud_oss_v2.credentials.CredentialsProviderFunc")(lambda: made)


OSS_V2 = "alibabacloud_oss_v2.credentials.provider_impl."
SOURCES: dict[str, Call] = {
    "aioboto3.session.Session.get_credentials": Call(lambda: make("aioboto3.session.Session")),
    "aiobotocore.credentials.AioCredentials.get_frozen_credentials": Call(
        OBJECTS["aiobotocore.credentials.AioCredentials"]
    ),
    "aiobotocore.credentials.AioRefreshableCredentials.get_frozen_credentials": Call(
        lambda: refreshable("aiobotocore", "Aio")
    ),
    "aiobotocore.session.AioSession.get_credentials": Call(plain("aiobotocore.session.AioSession"), AWS_VARIABLES),
    "alibabacloud_credentials.client.Client.get_credential": Call(alibaba_client),
    "alibabacloud_credentials.client.Client.get_credential_async": Call(alibaba_client),
    f"{OSS_V2}CredentialsProviderFunc.get_credentials": Call(oss_v2_function),
    f"{OSS_V2}EnvironmentVariableCredentialsProvider.get_credentials": Call(
        plain(f"{OSS_V2}EnvironmentVariableCredentialsProvider"), OSS_VARIABLES
    ),
    f"{OSS_V2}StaticCredentialsProvider.get_credentials": Call(lambda: make(f"{OSS_V2}StaticCredentialsProvider")),
    "boto3.session.Session.get_credentials": Call(lambda: make("boto3.session.Session")),
    "botocore.credentials.Credentials.get_frozen_credentials": Call(OBJECTS["botocore.credentials.Credentials"]),
    "botocore.credentials.RefreshableCredentials.get_frozen_credentials": Call(
        OBJECTS["botocore.credentials.RefreshableCredentials"]
    ),
    "botocore.session.Session.get_credentials": Call(plain("botocore.session.Session"), AWS_VARIABLES),
    "minio.credentials.providers.EnvAWSProvider.retrieve": Call(
        plain("minio.credentials.EnvAWSProvider"), AWS_VARIABLES
    ),
    "oss2.credentials.EnvironmentVariableCredentialsProvider.get_credentials": Call(
        plain("oss2.credentials.EnvironmentVariableCredentialsProvider"), OSS_VARIABLES
    ),
    "oss2.credentials.StaticCredentialsProvider.get_credentials": Call(
        lambda: make("oss2.credentials.StaticCredentialsProvider")
    ),
}

# Roles of parameters that say who asks, not what for.
CALLER = {
    "endpoint",
    "key_id",
    "options",
    "profile",
    "provider",
    "region",
    "request",
    "secret",
    "session",
    "token",
    "type",
    "url",
}

# Sources that ask a service over the network; what they return is checked as a type.
OVER_THE_NETWORK = {
    "minio.credentials.providers.AWSConfigProvider.retrieve",  # reads a file, by the same class
    "minio.credentials.providers.AssumeRoleProvider.retrieve",
    "minio.credentials.providers.CertificateIdentityProvider.retrieve",
    "minio.credentials.providers.ClientGrantsProvider.retrieve",
    "minio.credentials.providers.IamAwsProvider.retrieve",
    "minio.credentials.providers.LdapIdentityProvider.retrieve",
    "minio.credentials.providers.WebIdentityProvider.retrieve",
    "oss2.credentials.EcsRamRoleCredentialsProvider.get_credentials",
}


def part(found: object, name: str) -> object:
    """Read a step of a path or a field: an item of a mapping, an attribute of anything else."""
    return found[name] if isinstance(found, dict) else getattr(found, name)


def parts(found: object, shape: Shape) -> dict[Role, list[object]]:
    for step in shape.path:
        found = part(found, step)
    return {role: [part(found, name) for name in names] for role, names in shape.fields}


def assert_parts(found: object, shape: Shape) -> None:
    held = parts(found, shape)
    assert {role: held[role] for role in PARTS} == {role: [text] for role, text in PARTS.items()}


def test_every_type_has_an_object() -> None:
    assert set(OBJECTS) == set(CATALOGUE.types)


@pytest.mark.parametrize("name", OBJECTS)
def test_type_is_the_one_that_is_named(name: str) -> None:
    assert isinstance(OBJECTS[name](), resolve(name))


@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.types.items() if entry.shape])
def test_type_holds_the_parts(name: str) -> None:
    shape = CATALOGUE.types[name].shape
    assert shape
    assert_parts(OBJECTS[name](), shape)


@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.types.items() if entry.attributes])
def test_type_has_the_attributes(name: str) -> None:
    made = OBJECTS[name]()
    for attribute, _ in CATALOGUE.types[name].attributes:
        setattr(made, attribute, getattr(made, attribute))


@pytest.mark.parametrize("name", OBJECTS)
def test_text_shows_secrets_where_it_is_said(name: str) -> None:
    assert (SECRET in str(OBJECTS[name]())) == CATALOGUE.types[name].shows_secrets


def test_every_source_is_called() -> None:
    sources = {name for name, entry in CATALOGUE.callables.items() if entry.kind is CallableKind.SOURCE}
    parts = {name for name in sources if CATALOGUE.callables[name].part is not None}
    assert sources - parts == set(SOURCES) | OVER_THE_NETWORK


@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.callables.items() if entry.part])
def test_source_of_one_part_gives_that_part(name: str) -> None:
    entry = CATALOGUE.callables[name]
    assert entry.shape
    assert entry.part
    answer = getattr(alibaba_client(), name.rpartition(".")[2])()
    if inspect.isawaitable(answer):
        answer = asyncio.run(awaited(answer))
    assert answer == PARTS[entry.part]


@pytest.mark.parametrize("name", SOURCES)
def test_source_gives_the_parts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry, call = CATALOGUE.callables[name], SOURCES[name]
    for variable, text in zip(call.variables, PARTS.values(), strict=False):
        monkeypatch.setenv(variable, text)
    answer = getattr(call.receiver(), name.rpartition(".")[2])()
    if entry.asynchronous:
        answer = asyncio.run(awaited(answer))
    assert entry.shape
    assert entry.returns
    assert_parts(answer, entry.shape)
    assert isinstance(answer, resolve(entry.returns))


async def awaited(answer: object) -> object:
    assert inspect.isawaitable(answer)
    return await answer


@pytest.mark.parametrize("name", sorted(OVER_THE_NETWORK))
def test_source_over_the_network_gives_a_type_with_the_parts(name: str) -> None:
    entry = CATALOGUE.callables[name]
    assert entry.shape
    assert_parts(OBJECTS[entry.returns or ""](), entry.shape)


@pytest.mark.parametrize(
    "name", [name for name in INSTALLED if CATALOGUE.callables[name].returns not in {None, "service"}]
)
def test_returned_type_exists(name: str) -> None:
    entry, made = CATALOGUE.callables[name], resolve(name)
    kind = resolve(entry.returns or "")
    assert isinstance(kind, type)
    if isinstance(made, type):
        assert issubclass(made, kind) or issubclass(kind, made) or entry.kind is CallableKind.PROVIDER
    known = entry.returns in CATALOGUE.types or entry.returns in CATALOGUE.callables
    assert known or entry.distribution == "python"  # a class of which only methods matter


@pytest.mark.parametrize("name", [name for name in INSTALLED if CATALOGUE.callables[name].operation])
def test_operation_is_listed(name: str) -> None:
    entry = CATALOGUE.callables[name]
    operation = CATALOGUE.operation(entry.operation or "")
    listed = {role for role, _ in operation.parameters}
    assert {role for role, _ in entry.parameters} - CALLER <= listed


def test_metadata_is_what_botocore_reads() -> None:
    name = "botocore.credentials.RefreshableCredentials.create_from_metadata"
    keys = {role: found for _, roles in CATALOGUE.callables[name].options for role, found in roles}
    values = {"key_id": KEY_ID, "secret": SECRET, "token": TOKEN, "expiration": LATER.isoformat()}
    metadata = {keys[role][0]: text for role, text in values.items()}
    made = resolve(name)(metadata, lambda: metadata, "test")
    assert made.get_frozen_credentials()[:3] == (KEY_ID, SECRET, TOKEN)


def test_file_system_takes_the_parts_in_client_kwargs() -> None:
    entry = CATALOGUE.callables["s3fs.core.S3FileSystem"]
    ((_, roles),) = entry.options
    names = {found.name for found in parameters("aiobotocore.session.AioSession._create_client")}
    assert {key for _, keys in roles for key in keys} <= names
