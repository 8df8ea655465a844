"""Checks of session requests, of calls and of places, on units built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks import (
    foreign_key_without_endpoint,
    invalid_session_request,
    region_endpoint_mismatch,
    restricted_session_operation,
    unscoped_role_session,
    unused_assumed_role,
)
from credlint.model.facts import MODULE_FLOW, Client, ClientPlace, ServiceCall, Setting
from credlint.model.finding import Confidence
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.units import CallUnit, PlaceUnit, RequestUnit
from credlint.model.usage import Breach, EndpointMismatch, FieldFault, Mismatch, Refused
from credlint.model.values import Absent, Cloud, CredentialSet, Step, Unknown
from tests.checks.build import (
    MODULE,
    ONE_ARM,
    OTHER_ARM,
    alternative,
    answer,
    at,
    client,
    client_unit,
    only,
    provided,
    request,
    silent,
    variables,
)

NAME = Setting("session_name", "RoleSessionName", Unknown("why"), at(8))
REGION = Setting("region", "region_name", Unknown("why"), at(20), "eu-west-1")
REFUSED = Refused("GetSessionToken", at(3), "iam", "TokenCode")
CHAIN = client(alternative(Absent(), Absent()), default_chain=True)
UNUSED = RequestUnit(request(alternative(Absent(), Absent())), issues=True, clients=(CHAIN,))


# invalid-session-request


@pytest.mark.parametrize(
    ("breach", "case", "message"),
    [
        (Breach(NAME, FieldFault.SHORT, 2), "name-or-external-id", "RoleSessionName has fewer than 2 characters"),
        (Breach(NAME, FieldFault.LONG, 64), "name-or-external-id", "RoleSessionName has more than 64 characters"),
        (
            Breach(NAME, FieldFault.CHARACTER, character=":"),
            "name-or-external-id",
            "RoleSessionName holds ':', which is not allowed there",
        ),
        (
            Breach(replace(NAME, role="role_arn", name="RoleArn"), FieldFault.FORM),
            "role-arn",
            "RoleArn is not the ARN of a role",
        ),
        (
            Breach(replace(NAME, role="role_arn", name="RoleArn"), FieldFault.CLOUD, foreign="alibaba"),
            "role-arn",
            "RoleArn is one of alibaba, not of this cloud",
        ),
        (Breach(replace(NAME, role="policy", name="Policy"), FieldFault.LONG, 9), "policy-too-long", "Policy has more"),
        (Breach(replace(NAME, role="token_code"), FieldFault.SHORT, 6), "mfa-code", "RoleSessionName has fewer than 6"),
    ],
)
def test_breach(breach: Breach, case: str, message: str) -> None:
    made = replace(request(), fields=(breach.setting,))
    draft = only(invalid_session_request.check(RequestUnit(made, breaches=(breach,))))
    assert draft.case == case
    assert draft.message.startswith(message)
    assert (draft.location, draft.certainty, draft.trace) == (at(8), Confidence.HIGH, ())


def test_breach_of_one_value_of_several_is_medium_and_shows_its_way() -> None:
    setting = replace(NAME, steps=(Step(at(2), "handed over as name"),), location=None)
    made = replace(request(), fields=(setting, NAME))
    draft = only(invalid_session_request.check(RequestUnit(made, breaches=(Breach(setting, FieldFault.SHORT, 2),))))
    assert (draft.location, draft.certainty) == (made.location, Confidence.MEDIUM)
    assert [step.location for step in draft.trace] == [at(2), made.location]


def test_a_caller_that_is_a_session() -> None:
    made = replace(request(), chained=at(3))
    draft = only(invalid_session_request.check(RequestUnit(made, long_lived_caller=True)))
    assert draft.case == "temporary-caller"
    assert silent(invalid_session_request.check(RequestUnit(made)))
    assert silent(invalid_session_request.check(RequestUnit(request(), long_lived_caller=True)))


# restricted-session-operation


@pytest.mark.parametrize(
    ("refused", "case", "words"),
    [
        (REFUSED, "session-without-code", "of GetSessionToken that came without TokenCode"),
        (replace(REFUSED, lacking=""), "federation-session", "IAM refuses the credentials of GetSessionToken"),
    ],
)
def test_client_that_is_refused(refused: Refused, case: str, words: str) -> None:
    made = client(alternative(*provided()[:2]), alternative(*answer(3)))
    draft = only(restricted_session_operation.check_client(client_unit(made, refused=refused)))
    assert (draft.case, draft.location, draft.certainty) == (case, made.location, Confidence.HIGH)
    assert words in draft.message
    assert draft.trace[-1].message == "the client for IAM is made here"


def test_client_that_is_not_refused() -> None:
    assert silent(restricted_session_operation.check_client(client_unit(client(alternative(*answer())))))


def test_call_that_is_refused() -> None:
    call = ServiceCall("sts", "assume_role", Cloud.AWS, at(9), at(7), CredentialSet(), MODULE)
    refused = Refused("GetFederationToken", at(3), "sts", certain=False)
    draft = only(restricted_session_operation.check_call(CallUnit(call, refused)))
    assert draft.message == "STS refuses assume_role with the credentials of GetFederationToken"
    assert (draft.location, draft.certainty) == (at(9), Confidence.MEDIUM)
    assert [step.location for step in draft.related] == [at(3), at(7)]


def test_call_that_is_only_of_another_service() -> None:
    call = ServiceCall("s3", "sync", Cloud.AWS, at(9), at(9), CredentialSet(), MODULE)
    assert silent(restricted_session_operation.check_call(CallUnit(call, None, ("MinIO",))))


def test_request_of_a_platforms_role() -> None:
    made = replace(request(), by_platform=True)
    assert only(restricted_session_operation.check_request(RequestUnit(made, long_lived_caller=True))).case == (
        "called-by-role"
    )
    assert silent(restricted_session_operation.check_request(RequestUnit(made)))
    assert silent(restricted_session_operation.check_request(RequestUnit(request(), long_lived_caller=True)))


# unscoped-role-session


def test_answer_that_is_sent() -> None:
    served = replace(request(), served=at(30))
    draft = only(unscoped_role_session.check(RequestUnit(served, unscoped=True)))
    assert draft.location == served.location
    assert draft.related == (Step(at(30), "the credentials are sent from here"),)
    assert silent(unscoped_role_session.check(RequestUnit(served)))
    assert silent(unscoped_role_session.check(RequestUnit(request(), unscoped=True)))


# unused-assumed-role


def test_unused_answer() -> None:
    draft = only(unused_assumed_role.check(UNUSED))
    assert (draft.location, draft.subject, draft.certainty) == (
        UNUSED.request.location,
        CHAIN.location,
        Confidence.HIGH,
    )
    assert "the SDK's default chain" in draft.message


def test_client_with_keys_of_its_own_comes_first() -> None:
    own = client(alternative(*variables("KEY", "SECRET")), location=at(60))
    draft = only(unused_assumed_role.check(replace(UNUSED, clients=(CHAIN, own))))
    assert draft.subject == at(60)
    assert draft.message.endswith("is built from other credentials")


def test_what_a_module_assigns_others_may_import() -> None:
    flow = (MODULE_FLOW,)
    unit = replace(UNUSED, request=replace(UNUSED.request, flows=flow), clients=(replace(CHAIN, flows=flow),))
    assert only(unused_assumed_role.check(unit)).certainty is Confidence.MEDIUM


@pytest.mark.parametrize("change", ["used", "escapes", "deferred", "test_context"])
def test_answer_that_may_be_used(change: str) -> None:
    changed = replace(UNUSED.request, **{change: True})
    assert silent(unused_assumed_role.check(replace(UNUSED, request=changed)))


def test_answer_that_is_no_session() -> None:
    assert silent(unused_assumed_role.check(replace(UNUSED, issues=False)))


@pytest.mark.parametrize(
    "other",
    [
        replace(CHAIN, use=SinkUse.CONTROL),
        replace(CHAIN, endpoint=EndpointKind.LOCAL),
        replace(CHAIN, cloud=Cloud.ALIBABA),
        replace(CHAIN, flows=("another",)),
        replace(CHAIN, location=at(1)),
        replace(CHAIN, calls=(at(1),)),
        replace(CHAIN, open=True),
        client(alternative(Unknown("why"), Unknown("why"))),
        client(alternative(*answer())),
    ],
    ids=["control", "local", "other cloud", "other run", "before", "called before", "open", "unknown", "another role"],
)
def test_client_that_is_no_proof(other: Client) -> None:
    assert silent(unused_assumed_role.check(replace(UNUSED, clients=(other,))))


def test_client_in_the_other_arm() -> None:
    unit = replace(
        UNUSED,
        request=replace(UNUSED.request, branches=ONE_ARM),
        clients=(replace(CHAIN, branches=OTHER_ARM),),
    )
    assert silent(unused_assumed_role.check(unit))


# region-endpoint-mismatch


@pytest.mark.parametrize(
    ("kind", "case", "message"),
    [
        (Mismatch.PARTITION, "other-partition", "boto3.client(s3) is given one together with two"),
        (Mismatch.REGION, "other-region", "boto3.client(s3) is given one together with two"),
        (Mismatch.SERVICE, "other-service", "boto3.client(s3) is for one, and the endpoint is one of two"),
        (Mismatch.FORM, "region-not-bare", "boto3.client(s3) is given one as its region; the region is two"),
    ],
)
def test_mismatch_of_a_client(kind: Mismatch, case: str, message: str) -> None:
    place = ClientPlace("boto3.client", Cloud.AWS, SinkUse.DATA, "s3", at(20), (REGION,))
    found = EndpointMismatch(kind, REGION, "one", "two", at(21))
    draft = only(region_endpoint_mismatch.check(PlaceUnit(place, (found,))))
    assert (draft.case, draft.message, draft.location) == (case, message, at(20))
    assert draft.related == (Step(at(21), "two is set here"),)


def test_mismatch_of_one_value_is_medium_and_stands_at_the_client() -> None:
    place = ClientPlace("oss2.Bucket", Cloud.ALIBABA, SinkUse.DATA, None, at(22), ())
    found = EndpointMismatch(Mismatch.FORM, replace(REGION, location=None), "one", "two", certain=False)
    draft = only(region_endpoint_mismatch.check(PlaceUnit(place, (found,))))
    assert (draft.location, draft.certainty, draft.related) == (at(22), Confidence.MEDIUM, ())
    assert draft.message.startswith("oss2.Bucket is given")


def test_mismatch_of_a_request() -> None:
    found = EndpointMismatch(Mismatch.PARTITION, REGION, "a role of aws", "region cn-north-1 of aws-cn", at(2))
    draft = only(region_endpoint_mismatch.check_request(RequestUnit(request(), mismatches=(found,))))
    assert draft.message == "AssumeRole is given a role of aws together with region cn-north-1 of aws-cn"


def test_command_with_the_key_of_another_service() -> None:
    given = alternative(*answer())
    key = replace(given, key_id=replace(given.key_id, location=at(4)))
    call = ServiceCall("s3", "get_object", Cloud.AWS, at(9), at(9), CredentialSet((key,)), MODULE)
    draft = only(foreign_key_without_endpoint.check_call(CallUnit(call, None, ("MinIO",))))
    assert draft.message == "s3 get-object gets a key of MinIO and no endpoint, so that it is sent to AWS"
    assert (draft.location, draft.certainty) == (at(4), Confidence.HIGH)
    (step,) = draft.related
    assert step.location == at(9)
    in_an_arm = replace(call, branches=ONE_ARM)
    assert only(foreign_key_without_endpoint.check_call(CallUnit(in_an_arm, None, ("MinIO",)))).certainty is (
        Confidence.MEDIUM
    )
    assert silent(foreign_key_without_endpoint.check_call(CallUnit(call, None)))
    assert silent(foreign_key_without_endpoint.check_call(CallUnit(call, None, (None,))))
    nowhere = replace(call, credentials=CredentialSet((replace(key, key_id=replace(key.key_id, location=None)),)))
    assert silent(foreign_key_without_endpoint.check_call(CallUnit(nowhere, None, ("MinIO",))))
