"""parent-key-for-data-access on facts built by hand."""

from __future__ import annotations

import pytest

from credlint.checks.parent_key_for_data_access import check
from credlint.model.facts import Client, SessionRequest
from credlint.model.finding import Confidence
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.span import Location, Span
from credlint.model.units import ClientUnit
from credlint.model.values import (
    Absent,
    Alternative,
    Blank,
    Cloud,
    EnvironmentVariable,
    Literal,
    NoneValue,
    Origin,
    Parameter,
    ProfileField,
    Reference,
    ReferenceKind,
    Role,
    Step,
    Unknown,
)
from tests.checks.build import (
    ONE_ARM,
    OTHER_ARM,
    SINK,
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

KEY, SECRET = variables("PARENT_KEY", "PARENT_SECRET")
PARENT = alternative(KEY, SECRET)
REQUEST = request(PARENT)


def unit(
    *alternatives: Alternative,
    requests: tuple[SessionRequest, ...] = (REQUEST,),
    siblings: tuple[Client, ...] = (),
    **changes: object,
) -> ClientUnit:
    return client_unit(client(*alternatives, **changes), requests=requests, siblings=siblings)


def test_the_finding() -> None:
    draft = only(check(unit(PARENT, calls=(at(40),))))
    assert draft.case == "parent-key"
    assert draft.message == (
        "boto3.client(s3) is built from the key that called AssumeRole (PARENT_KEY), not from the one that it returned"
    )
    assert draft.location == at(50, 10)
    assert draft.subject == SINK
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(at(3), "AssumeRole returns the key to use"),)
    assert draft.trace == (
        Step(at(40), "called here"),
        Step(at(3), "AssumeRole is called with the same key"),
        Step(SINK, "the parent key is used here"),
    )
    assert draft.calls == (at(40),)


def test_the_way_of_the_key_begins_where_it_was_read() -> None:
    key, secret, _ = provided(line=2)
    pair = alternative(key, secret)
    draft = only(check(unit(pair, requests=(request(pair),))))
    assert draft.trace[0] == Step(at(2), "the key id comes from get_credentials()")
    assert len(draft.trace) == 3


def test_an_answer_that_called_for_the_next_is_the_parent() -> None:
    key, secret, token = answer(line=2)
    first = alternative(key, secret, token)
    draft = only(check(unit(first, requests=(request(first),))))
    assert "the key that called AssumeRole (AssumeRole)" in draft.message


def test_a_client_of_a_session_is_told_at_its_callee() -> None:
    assert only(check(unit(PARENT, indirect=at(45)))).location == SINK


def test_a_key_without_a_place_is_told_at_the_sink() -> None:
    made = alternative(Absent(), Absent(), None, Literal(SecretText("dev")))
    draft = only(check(unit(made, requests=(request(made),))))
    assert draft.location == SINK


def test_a_profile_that_called_is_the_parent() -> None:
    profile, other = (alternative(Absent(), Absent(), None, Literal(SecretText(name))) for name in ("dev", "prod"))
    draft = only(check(unit(profile, requests=(request(profile),))))
    assert "the key that called AssumeRole (a profile)" in draft.message
    assert silent(check(unit(profile, requests=(request(other),))))
    nothing = alternative(Absent(), Absent())
    assert silent(check(unit(nothing, requests=(request(nothing),))))
    assert silent(check(unit(profile, requests=(request(PARENT),))))
    assert silent(check(unit(PARENT, requests=(request(profile),))))
    both = alternative(KEY, SECRET, None, Literal(SecretText("dev")))
    assert silent(check(unit(both, requests=(request(profile),))))
    assert silent(check(unit(profile, requests=(request(both),))))


# The same key


@pytest.mark.parametrize(
    "origin",
    [
        EnvironmentVariable("A"),
        Literal(SecretText("a")),
        Parameter("key"),
        Unknown("why", "settings.KEY"),
        ProfileField("dev", Role.KEY_ID),
        answer(line=2)[0],
        provided(line=2)[0],
    ],
)
def test_a_key_that_can_be_told_to_be_the_same(origin: Origin) -> None:
    pair = alternative(origin, SECRET)
    assert not silent(check(unit(pair, requests=(request(pair),))))
    assert silent(check(unit(pair)))
    assert silent(check(unit(alternative(KEY, origin), requests=(request(alternative(KEY, Absent())),))))


@pytest.mark.parametrize(
    "origin",
    [Unknown("why"), NoneValue(), Blank(), Absent(), Reference(ReferenceKind.CI_SECRET, "A")],
)
def test_a_key_that_cannot(origin: Origin) -> None:
    for pair in (alternative(origin, SECRET), alternative(KEY, origin)):
        assert silent(check(unit(pair, requests=(request(pair),))))


def test_id_and_secret_must_both_be_the_same() -> None:
    assert silent(check(unit(alternative(KEY, EnvironmentVariable("OTHER_SECRET")))))
    assert silent(check(unit(alternative(EnvironmentVariable("OTHER_KEY"), SECRET))))


# Which request


@pytest.mark.parametrize(
    "asked",
    [
        request(PARENT, answers=False),
        request(PARENT, escapes=True),
        request(PARENT, cloud=Cloud.ALIBABA),
        request(PARENT, branches=ONE_ARM),
        request(),
    ],
)
def test_no_candidate(asked: SessionRequest) -> None:
    assert silent(check(unit(PARENT, requests=(asked,), branches=OTHER_ARM)))
    assert not silent(check(unit(PARENT, requests=(asked, REQUEST), branches=OTHER_ARM)))


def test_one_finding_for_the_first_request() -> None:
    later = request(PARENT, location=at(4), name="GetSessionToken")
    assert only(check(unit(PARENT, requests=(REQUEST, later)))).related[0].location == at(3)
    assert "GetSessionToken" in only(check(unit(PARENT, requests=(request(), later)))).message


@pytest.mark.parametrize(
    ("asked", "signing", "found"),
    [
        (Cloud.AWS, Cloud.AWS, True),
        (Cloud.ALIBABA, Cloud.ALIBABA, True),
        (Cloud.AWS, Cloud.S3_COMPATIBLE, True),
        (Cloud.S3_COMPATIBLE, Cloud.AWS, False),
        (Cloud.ALIBABA, Cloud.S3_COMPATIBLE, False),
        (Cloud.ALIBABA, Cloud.AWS, False),
        (Cloud.AWS, Cloud.ALIBABA, False),
    ],
)
def test_clouds(asked: Cloud, signing: Cloud, found: bool) -> None:
    made = unit(PARENT, requests=(request(PARENT, cloud=asked),), cloud=signing)
    assert silent(check(made)) is not found


def test_arms() -> None:
    asked = request(PARENT, branches=ONE_ARM)
    assert not silent(check(unit(PARENT, requests=(asked,), branches=ONE_ARM)))
    caller = alternative(KEY, SECRET, branches=ONE_ARM)
    for branches, found in ((ONE_ARM, True), (OTHER_ARM, False)):
        made = unit(alternative(KEY, SECRET, branches=branches), requests=(request(caller),))
        assert silent(check(made)) is not found


# Order


def place(chunk: int, line: int, column: int = 0) -> Location:
    return Location("upload.py", Span(chunk, line, column, line, column + 1))


@pytest.mark.parametrize(
    ("made", "asked", "found"),
    [
        ({"location": place(0, 2)}, {"location": place(0, 3)}, False),
        ({"location": place(0, 3, 0)}, {"location": place(0, 3, 4)}, False),
        ({"location": place(0, 3, 4)}, {"location": place(0, 3, 0)}, True),
        ({"location": place(0, 4)}, {"location": place(0, 3)}, True),
        ({"location": place(1, 2)}, {"location": place(2, 3)}, True),
        ({"location": place(0, 2), "flows": ("a", "x")}, {"location": place(0, 3), "flows": ("b", "x")}, True),
        ({"location": place(0, 2), "calls": (place(5, 0),)}, {"location": place(0, 3)}, True),
        ({"location": place(0, 2)}, {"location": place(0, 3), "calls": (place(5, 0),)}, True),
    ],
)
def test_a_client_made_before_the_request_in_one_run(
    made: dict[str, object], asked: dict[str, object], found: bool
) -> None:
    assert silent(check(unit(PARENT, requests=(request(PARENT, **asked),), **made))) is not found


# Who uses the answer


@pytest.mark.parametrize("position", [0, 1, 2])
def test_an_answer_that_somebody_uses(position: int) -> None:
    origins: list[Origin] = [KEY, SECRET, Absent()]
    origins[position] = answer(line=3)[position]
    other = client(alternative(*origins), location=at(60))
    assert silent(check(unit(PARENT, siblings=(other,))))


def test_an_answer_that_the_client_itself_uses_on_another_path() -> None:
    assert silent(check(unit(PARENT, alternative(*answer(line=3)))))


def test_another_answer_that_somebody_uses() -> None:
    other = client(alternative(*answer(line=4)), location=at(60))
    assert not silent(check(unit(PARENT, siblings=(other,))))


# Who is looked at


@pytest.mark.parametrize("use", [use for use in SinkUse if use is not SinkUse.DATA])
def test_only_data_clients(use: SinkUse) -> None:
    assert silent(check(unit(PARENT, use=use)))


@pytest.mark.parametrize("changes", [{"default_chain": True}, {"endpoint": EndpointKind.LOCAL}])
def test_silence(changes: dict[str, object]) -> None:
    assert silent(check(unit(PARENT, **changes)))
    assert silent(check(unit(PARENT, requests=())))


def test_a_client_of_a_holder_that_is_told_itself() -> None:
    def holder(use: SinkUse, line: int = 45) -> Client:
        return client(PARENT, location=at(line), use=use)

    assert silent(check(unit(PARENT, indirect=at(45), siblings=(holder(SinkUse.DATA),))))
    assert not silent(check(unit(PARENT, indirect=at(45), siblings=(holder(SinkUse.SESSION),))))
    assert not silent(check(unit(PARENT, indirect=at(45), siblings=(holder(SinkUse.DATA, 46),))))


# Alternatives


def test_on_some_path_it_is_possible() -> None:
    other = alternative(Unknown("why"), Unknown("why"))
    for alternatives in ((PARENT, other), (other, PARENT)):
        draft = only(check(unit(*alternatives)))
        assert draft.certainty is Confidence.MEDIUM
        assert "(PARENT_KEY)" in draft.message
    assert only(check(unit(PARENT, complete=False))).certainty is Confidence.MEDIUM
    assert only(check(unit(PARENT, PARENT))).certainty is Confidence.HIGH
