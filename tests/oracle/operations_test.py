"""Every operation of rules/providers/aws.yaml agrees with botocore's service model, Alibaba's with its own SDKs."""

from __future__ import annotations

import functools
import importlib
import inspect

import botocore.session
import botocore.utils
import pytest
from botocore import xform_name
from botocore.exceptions import ParamValidationError
from botocore.loaders import UnknownServiceError
from botocore.model import OperationModel, OperationNotFoundError, StructureShape

from credlint.catalogue.load import load_catalogue
from credlint.catalogue.operations import Operation
from credlint.model.values import Cloud, Lifetime, Role
from tests.oracle.names import resolve

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

CATALOGUE = load_catalogue()
METADATA = {operation.id for operation in CATALOGUE.operations.values() if operation.service == "metadata"}
AWS = [one.id for one in CATALOGUE.operations.values() if one.cloud is Cloud.AWS and one.id not in METADATA]
ALIBABA_STS = ["AssumeRole", "AssumeRoleWithOIDC", "AssumeRoleWithSAML"]

# Operations that came after the oldest botocore that the tests install; checked wherever the installed one has them.
YOUNG = {
    "aws.lakeformation.GetTemporaryDataLocationCredentials",
    "aws.lakeformation.GetTemporaryGlueFunctionCredentials",
    "aws.signin.CreateOAuth2Token",
    "aws.sts.GetDelegatedAccessToken",
    "aws.sts.GetScopedCredentials",
}

# The models do not state a default.
LIMITS = ("minimum", "maximum")


@functools.cache
def session() -> botocore.session.Session:
    return botocore.session.get_session()


def model_of(operation: Operation) -> OperationModel:
    try:
        return session().get_service_model(operation.service).operation_model(operation.name)
    except (UnknownServiceError, OperationNotFoundError):
        if operation.id not in YOUNG:
            raise
        pytest.skip("the installed botocore does not have it yet")


@pytest.mark.parametrize("name", AWS)
def test_methods_are_those_of_the_client(name: str) -> None:
    operation = CATALOGUE.operation(name)
    model = model_of(operation)
    assert operation.methods == (xform_name(model.name),)
    assert operation.id == f"aws.{operation.service}.{model.name}"
    assert operation.unsigned == (model.auth_type == "none")


@pytest.mark.parametrize("name", AWS)
def test_limits_are_those_of_the_model(name: str) -> None:
    operation = CATALOGUE.operation(name)
    members = model_of(operation).input_shape.members
    for _, keyword in operation.parameters:
        assert keyword in members
    duration = operation.parameter("duration")
    if duration is None:
        assert operation.model is None
        assert (operation.minimum, operation.maximum) == (None, None)
        return
    shape = members[duration]
    if operation.model is None:  # the service takes a text of ISO 8601, for which its model has no limits in seconds
        assert shape.type_name == "string"
        assert operation.source.startswith("https://docs.aws.amazon.com/")
        return
    assert operation.model == (operation.service, operation.name, duration)
    assert shape.type_name == "integer"
    assert shape.metadata == {"min": operation.minimum, "max": operation.maximum}
    assert operation.default is None or operation.minimum <= operation.default <= operation.maximum


@pytest.mark.parametrize("name", AWS)
def test_answer_has_the_parts(name: str) -> None:
    operation = CATALOGUE.operation(name)
    if operation.shape is None:
        assert operation.parameter("duration")
        return
    shape = model_of(operation).output_shape
    for step in operation.shape.path:
        shape = shape.members[step]
    assert isinstance(shape, StructureShape)
    for _, names in operation.shape.fields:
        assert set(names) <= set(shape.members)
    roles = {role for role, _ in operation.shape.fields}
    assert (Role.TOKEN in roles) == (operation.shape.lifetime is Lifetime.TEMPORARY)
    assert (Role.EXPIRATION in roles) == any("expir" in member.lower() for member in shape.members)


def test_only_assume_role_is_capped_when_chained() -> None:
    capped = {operation.id: operation.chained_maximum for operation in CATALOGUE.operations.values()}
    assert {name: limit for name, limit in capped.items() if limit} == {"aws.sts.AssumeRole": 3600}


@pytest.mark.parametrize("service", sorted(CATALOGUE.identity_services | CATALOGUE.control_services))
def test_service_exists(service: str) -> None:
    alibaba_only = {"resourcemanager"}
    assert service in alibaba_only or service in session().get_available_services()


@pytest.mark.parametrize("name", ALIBABA_STS)
def test_alibaba_request_has_the_parameters(name: str) -> None:
    operation = CATALOGUE.operation(f"alibaba.sts.{name}")
    assert operation.name == name
    request = resolve(f"aliyunsdksts.request.v20150401.{name}Request.{name}Request")()
    assert request.get_action_name() == name
    for _, keyword in operation.parameters:
        assert callable(getattr(request, f"set_{keyword}"))
    newer = resolve(f"alibabacloud_sts20150401.models.{name}Request")(duration_seconds=1, role_arn="a", policy="p")
    assert newer.to_map() == {"DurationSeconds": 1, "RoleArn": "a", "Policy": "p"}


@pytest.mark.parametrize("name", ALIBABA_STS)
def test_alibaba_answer_has_the_parts(name: str) -> None:
    shape = CATALOGUE.operation(f"alibaba.sts.{name}").shape
    assert shape
    assert shape.path == ("Credentials",)
    fields = {names[0]: role.value for role, names in shape.fields}
    answer = resolve(f"alibabacloud_sts20150401.models.{name}ResponseBody")().from_map({"Credentials": fields})
    assert answer.to_map() == {"Credentials": fields}


@pytest.mark.parametrize("operation", ["AssumeRole", "GetSessionToken", "GetFederationToken"])
def test_botocore_refuses_what_is_too_short_and_sends_what_is_too_long(operation: str) -> None:
    entry = CATALOGUE.operation(f"aws.sts.{operation}")
    assert entry.minimum
    assert entry.maximum
    names = {"RoleArn": "arn:aws:iam::111122223333:role/x", "RoleSessionName": "xx", "Name": "xx"}
    model = model_of(entry)
    required = {name: names[name] for name in model.input_shape.required_members}
    client = session().create_client("sts", "eu-west-1", aws_access_key_id="x" * 16, aws_secret_access_key="x")
    serialise = client._convert_to_request_dict  # noqa: SLF001 (validates as a call does, and sends nothing)
    with pytest.raises(ParamValidationError, match=f"valid min value: {entry.minimum}"):
        serialise({**required, "DurationSeconds": entry.minimum - 1}, model, "https://sts.eu-west-1.amazonaws.com")
    for seconds in (entry.minimum, entry.maximum + 1):
        serialise({**required, "DurationSeconds": seconds}, model, "https://sts.eu-west-1.amazonaws.com")


@pytest.mark.parametrize("seconds", [899, 3601])
def test_session_access_key_has_limits_of_its_own(seconds: int) -> None:
    signer = resolve("aliyunsdkcore.auth.signers.rsa_key_pair_signer.RsaKeyPairSigner")
    entry = CATALOGUE.operation("alibaba.sts.GenerateSessionAccessKey")
    assert (entry.minimum, entry.maximum) == (signer._MIN_SESSION_PERIOD, signer._MAX_SESSION_PERIOD)  # noqa: SLF001
    credential = resolve("aliyunsdkcore.auth.credentials.RsaKeyPairCredential")("id", "key", seconds)
    refusal = resolve("aliyunsdkcore.acs_exception.exceptions.ClientException")
    with pytest.raises(refusal):
        signer(credential, "cn-hangzhou")


def metadata_url(operation: str) -> str:
    """Give how the URL begins at which requests are known to ask for an operation."""
    entry = CATALOGUE.callables["requests.get"]
    ((_, (url,)),) = next(one.when for one in (entry, *entry.others) if one.operation == operation)
    return url


def test_aws_metadata_is_where_and_what_botocore_reads() -> None:
    fetcher = botocore.utils.InstanceMetadataFetcher
    expected = botocore.utils.METADATA_BASE_URL + fetcher._URL_PATH  # noqa: SLF001 (has no public name)
    assert metadata_url("aws.metadata.InstanceRole") == expected
    host = botocore.utils.ContainerMetadataFetcher.IP_ADDRESS
    assert metadata_url("aws.metadata.ContainerRole") == f"http://{host}"
    for name in ("aws.metadata.InstanceRole", "aws.metadata.ContainerRole"):
        shape = CATALOGUE.operation(name).shape
        assert shape
        assert [key for _, keys in shape.fields for key in keys] == fetcher._REQUIRED_CREDENTIAL_FIELDS  # noqa: SLF001


def test_alibaba_metadata_is_where_and_what_its_provider_reads() -> None:
    source = inspect.getsource(importlib.import_module("alibabacloud_credentials.provider.ecs_ram_role"))
    host, _, path = metadata_url("alibaba.metadata.InstanceRole").removeprefix("http://").partition("/")
    shape = CATALOGUE.operation("alibaba.metadata.InstanceRole").shape
    assert shape
    for text in (host, f"/{path}", *(key for _, keys in shape.fields for key in keys)):
        assert f"'{text}'" in source
