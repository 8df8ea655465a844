"""Session requests joined with what their operation says, refusals, and settings that do not go together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.link import link
from credlint.link.endpoints import place_units
from credlint.link.requests import request_units
from credlint.link.usage import call_units, refusal
from credlint.model.facts import ClientPlace, FileFacts, Language, ServiceCall, SessionRequest, Setting
from credlint.model.secret import SecretText
from credlint.model.sinks import SinkUse
from credlint.model.units import CallUnit, PlaceUnit, RequestUnit
from credlint.model.usage import FieldFault, Mismatch, Refused
from credlint.model.values import (
    Absent,
    Blank,
    Cloud,
    CredentialSet,
    EnvironmentVariable,
    Literal,
    NoneValue,
    Parameter,
    Unknown,
)
from tests.checks.build import MODULE, ONE_ARM, OTHER_ARM, alternative, answer, at, client, request, variables

CATALOGUE = load_catalogue()
SESSION_TOKEN, FEDERATION = "aws.sts.GetSessionToken", "aws.sts.GetFederationToken"
ALIBABA = "alibaba.sts.AssumeRole"


def facts(**changes: object) -> FileFacts:
    return replace(FileFacts("upload.py", Language.PYTHON, (1,)), **changes)  # type: ignore[arg-type]


def setting(role: str, text: str | None = None, **changes: object) -> Setting:
    """Give an argument that is a constant text, or (None) not known."""
    made = Setting(role, role, Unknown("why"), at(8))
    if text is not None:
        secret = SecretText(text)
        made = replace(
            made,
            origin=Literal(secret) if text else Blank(),
            plain=text,
            pieces=(secret,),
            whole=True,
            length=len(text),
        )
    return replace(made, **changes)  # type: ignore[arg-type]


def unit(*fields: Setting, operation: str = "aws.sts.AssumeRole", **changes: object) -> RequestUnit:
    made = replace(request(), operation=operation, cloud=CATALOGUE.operation(operation).cloud, fields=fields)
    (found,) = request_units(facts(requests=(replace(made, **changes),)), CATALOGUE)  # type: ignore[arg-type]
    return found


def faults(*fields: Setting, operation: str = "aws.sts.AssumeRole") -> list[FieldFault]:
    return [breach.fault for breach in unit(*fields, operation=operation).breaches]


# Fields


@pytest.mark.parametrize(
    ("role", "text", "fault"),
    [
        ("session_name", "up", None),
        ("session_name", "a+b=c,d.e@f-g_1", None),
        ("session_name", "u", FieldFault.SHORT),
        ("session_name", "", FieldFault.SHORT),
        ("session_name", "n" + "weather-" * 8, FieldFault.LONG),
        ("session_name", "a b", FieldFault.CHARACTER),
        ("session_name", "größe", FieldFault.CHARACTER),
        ("session_name", "<your session name>", None),
        ("external_id", "a:/b", None),
        ("external_id", "a b", FieldFault.CHARACTER),
        ("role_arn", "arn:aws:iam::111122223333:role/a", None),
        ("role_arn", "arn:aws:iam::ACCOUNT:role/a", None),
        ("role_arn", "arn:aws:iam::1111222233:role/a", FieldFault.FORM),
        ("role_arn", "arn:aws:iam::111122223333:user/a", FieldFault.FORM),
        ("role_arn", "acs:ram::1111222233334444:role/a", FieldFault.CLOUD),
        ("policy", "{}", None),
        ("policy", "{" + " " * 2048, FieldFault.LONG),
        ("token_code", "12345", FieldFault.SHORT),
        ("token_code", "123456", None),
        ("token_code", "1234567", FieldFault.LONG),
        ("token_code", "12345a", FieldFault.CHARACTER),
    ],
)
def test_field(role: str, text: str, fault: FieldFault | None) -> None:
    assert faults(setting(role, text)) == ([fault] if fault else [])


def test_field_of_the_other_cloud() -> None:
    (breach,) = unit(setting("role_arn", "arn:aws:iam::111122223333:role/a"), operation=ALIBABA).breaches
    assert breach.foreign == "aws"
    assert faults(setting("session_name", "a+b"), operation=ALIBABA) == [FieldFault.CHARACTER]
    assert faults(setting("external_id", ""), operation=ALIBABA) == [FieldFault.SHORT]
    assert faults(setting("role_arn", ""), operation=ALIBABA) == []


def test_text_that_is_built() -> None:
    built = setting("session_name", pieces=(SecretText("up:"),), length=3)
    assert faults(built) == [FieldFault.CHARACTER]
    assert faults(setting("session_name", pieces=(SecretText("u"),), length=1)) == []
    assert faults(setting("policy", length=2049)) == [FieldFault.LONG]
    assert faults(setting("policy")) == []


def test_empty_text_beside_what_may_be_given() -> None:
    blank = setting("session_name", "")
    assert faults(blank, setting("session_name", origin=EnvironmentVariable("NAME"))) == []
    assert faults(blank, setting("session_name", origin=Parameter("name"))) == [FieldFault.SHORT]


def test_tests_are_not_judged() -> None:
    assert not unit(setting("session_name", "a b"), test_context=True).breaches


@pytest.mark.parametrize(
    ("fields", "changes", "unscoped"),
    [
        ((), {}, True),
        ((), {"open": True}, False),
        ((setting("policy", "{}"),), {}, False),
        ((setting("policy", origin=Absent()), setting("policy", origin=NoneValue())), {}, True),
        ((setting("policy", origin=Parameter("policy")), setting("policy", origin=NoneValue())), {}, False),
        ((setting("tags"),), {}, False),
        ((), {"operation": SESSION_TOKEN}, False),
    ],
)
def test_what_narrows_a_session(fields: tuple[Setting, ...], changes: dict[str, object], unscoped: bool) -> None:
    assert unit(*fields, **changes).unscoped is unscoped  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("operation", "issues", "long_lived"),
    [
        ("aws.sts.AssumeRole", True, False),
        (SESSION_TOKEN, True, True),
        (FEDERATION, True, True),
        ("aws.iam.CreateAccessKey", False, False),
        ("aws.s3.CreateSession", False, False),
        ("aws.iam.CreateRole", False, False),
    ],
)
def test_what_an_operation_is(operation: str, issues: bool, long_lived: bool) -> None:
    found = unit(operation=operation)
    assert (found.issues, found.long_lived_caller) == (issues, long_lived)


def test_clients_of_the_flow() -> None:
    one, other = client(alternative(*answer())), client(alternative(*answer()), flows=("another",))
    (found,) = request_units(facts(requests=(request(),), clients=(one, other)), CATALOGUE)
    assert found.clients == (one,)


# Refusals


def session(operation: str, *fields: Setting, **changes: object) -> SessionRequest:
    return replace(request(), operation=operation, fields=fields, **changes)  # type: ignore[arg-type]


def refused(*requests: SessionRequest, service: str = "iam", method: str = "", operation: str) -> Refused | None:
    credentials = CredentialSet((alternative(*answer(operation=operation)),))
    return refusal(credentials, service, method, facts(requests=requests), CATALOGUE)


CODE = setting("token_code", "123456")


@pytest.mark.parametrize(
    ("requests", "found"),
    [
        ((session(SESSION_TOKEN),), True),
        ((session(SESSION_TOKEN, setting("token_code", origin=NoneValue())),), True),
        ((session(SESSION_TOKEN, CODE),), False),
        ((session(SESSION_TOKEN, setting("token_code")),), False),
        ((session(SESSION_TOKEN), session(SESSION_TOKEN, CODE)), False),
        ((session(SESSION_TOKEN, open=True),), False),
        ((), False),
    ],
)
def test_session_without_a_code(requests: tuple[SessionRequest, ...], found: bool) -> None:
    expected = Refused("GetSessionToken", at(3), "iam", "TokenCode") if found else None
    assert refused(*requests, operation=SESSION_TOKEN) == expected


@pytest.mark.parametrize(
    ("operation", "service", "method", "found"),
    [
        (FEDERATION, "iam", "", True),
        (FEDERATION, "iam", "list_users", False),
        (FEDERATION, "sts", "assume_role", True),
        (FEDERATION, "sts", "get_caller_identity", False),
        (FEDERATION, "sts", "", False),
        (FEDERATION, "s3", "", False),
        (SESSION_TOKEN, "sts", "assume_role", False),
        ("aws.sts.AssumeRole", "iam", "", False),
        ("the platform", "iam", "", False),
    ],
)
def test_refused_services(operation: str, service: str, method: str, found: bool) -> None:
    reason = refused(session(operation), service=service, method=method, operation=operation)
    assert (reason is not None) is found
    assert reason is None or reason.lacking == ""


def test_one_of_two_sets_that_is_refused() -> None:
    sets = (alternative(*variables("KEY", "SECRET")), alternative(*answer(operation=FEDERATION)))
    reason = refusal(CredentialSet(sets), "iam", "", facts(), CATALOGUE)
    assert reason is not None
    assert not reason.certain


def test_units_of_calls() -> None:
    credentials = CredentialSet((alternative(*answer(operation=FEDERATION)),))
    call = ServiceCall("sts", "assume_role", Cloud.AWS, at(9), at(7), credentials, MODULE)
    found = facts(service_calls=(call, replace(call, method="get_caller_identity")))
    assert [one.call for one in call_units(found, CATALOGUE)] == [call]
    assert [one for one in link([found], CATALOGUE) if isinstance(one, CallUnit)]


# Endpoints

AWS_STORE = ClientPlace("boto3.client", Cloud.AWS, SinkUse.DATA, "s3", at(20), ())
OSS = ClientPlace("oss2.Bucket", Cloud.ALIBABA, SinkUse.DATA, None, at(20), ())


def kinds(place: ClientPlace, *settings: Setting) -> list[Mismatch]:
    units = place_units(facts(places=(replace(place, settings=settings),)), CATALOGUE)
    return [found.kind for one in units for found in one.mismatches]


@pytest.mark.parametrize(
    ("place", "region", "host", "kind"),
    [
        (AWS_STORE, "eu-west-1", "s3.eu-west-1.amazonaws.com", None),
        (AWS_STORE, "eu-west-1", "s3.us-east-1.amazonaws.com", Mismatch.REGION),
        (AWS_STORE, "eu-west-1", "s3.amazonaws.com", None),
        (AWS_STORE, "eu-west-1", "s3-external-1.amazonaws.com", None),
        (AWS_STORE, "cn-north-1", "s3.amazonaws.com", Mismatch.PARTITION),
        (AWS_STORE, "auto", "s3.eu-west-1.amazonaws.com", None),
        (AWS_STORE, "eu-west-1", "s3.example.com", None),
        (AWS_STORE, "eu-west-1", "sts.eu-west-1.amazonaws.com", Mismatch.SERVICE),
        (AWS_STORE, "cn-hangzhou", "oss-cn-shanghai.aliyuncs.com", Mismatch.REGION),
        (AWS_STORE, "us-east-1", "oss-cn-shanghai.aliyuncs.com", None),
        (AWS_STORE, "auto", "oss-cn-shanghai.aliyuncs.com", None),
        (OSS, "cn-hangzhou", "oss-cn-hangzhou.aliyuncs.com", None),
        (OSS, "cn-hangzhou", "oss-cn-shanghai.aliyuncs.com", Mismatch.REGION),
        (OSS, "oss-cn-hangzhou", "oss-cn-hangzhou.aliyuncs.com", Mismatch.FORM),
        (replace(OSS, use=SinkUse.UNKNOWN), "cn-hangzhou", "ecs.cn-shanghai.aliyuncs.com", None),
        (replace(OSS, use=SinkUse.IDENTITY), "cn-hangzhou", "sts.cn-shanghai.aliyuncs.com", None),
        (replace(OSS, use=SinkUse.IDENTITY), "cn-hangzhou", "oss-cn-shanghai.aliyuncs.com", Mismatch.SERVICE),
    ],
)
def test_region_and_endpoint(place: ClientPlace, region: str, host: str, kind: Mismatch | None) -> None:
    found = kinds(place, setting("region", region), setting("endpoint", host))
    assert found == ([kind] if kind else [])


def test_ending_of_another_partition_needs_no_region() -> None:
    assert kinds(AWS_STORE, setting("endpoint", "s3.cn-north-1.amazonaws.com")) == [Mismatch.PARTITION]


def test_settings_that_are_not_known() -> None:
    assert kinds(AWS_STORE, setting("region"), setting("endpoint", "s3.eu-west-1.amazonaws.com")) == []
    assert kinds(AWS_STORE, setting("region", "eu-west-1"), setting("endpoint")) == []


def test_settings_of_two_arms() -> None:
    region = setting("region", "eu-west-1", branches=ONE_ARM)
    endpoint = setting("endpoint", "s3.us-east-1.amazonaws.com", branches=OTHER_ARM)
    assert kinds(AWS_STORE, region, endpoint) == []


def test_one_region_of_two_is_not_certain() -> None:
    settings = (setting("region"), setting("region", "eu-west-1"), setting("endpoint", "s3.us-east-1.amazonaws.com"))
    (one,) = place_units(facts(places=(replace(AWS_STORE, settings=settings),)), CATALOGUE)
    assert [found.certain for found in one.mismatches] == [False]


def test_units_of_places() -> None:
    wrong = replace(AWS_STORE, settings=(setting("endpoint", "sts.amazonaws.com"),))
    found = [one for one in link([facts(places=(AWS_STORE, wrong))], CATALOGUE) if isinstance(one, PlaceUnit)]
    assert [one.client for one in found] == [wrong]


@pytest.mark.parametrize(
    ("role", "region", "found"),
    [
        (setting("role_arn", "arn:aws:iam::111122223333:role/a"), setting("region", "cn-north-1"), True),
        (setting("role_arn", "arn:aws-cn:iam::111122223333:role/a"), setting("region", "cn-north-1"), False),
        (setting("role_arn", "arn:aws:iam::111122223333:role/a"), setting("region", "auto"), False),
        (setting("role_arn", "arn:aws:iam::111122223333:role/a"), setting("region"), False),
        (setting("role_arn"), setting("region", "cn-north-1"), False),
        (
            setting("role_arn", "arn:aws:iam::111122223333:role/a", branches=ONE_ARM),
            setting("region", "cn-north-1", branches=OTHER_ARM),
            False,
        ),
    ],
)
def test_role_and_region(role: Setting, region: Setting, found: bool) -> None:
    mismatches = unit(role, settings=(region,)).mismatches
    assert bool(mismatches) is found
    assert all(one.setting == role and one.other == region.location for one in mismatches)
