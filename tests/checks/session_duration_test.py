"""session-duration-too-short and session-duration-too-long on facts built by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from credlint.checks import session_duration_too_long, session_duration_too_short
from credlint.model.facts import Duration, SessionRequest
from credlint.model.finding import Confidence, Draft
from credlint.model.span import Location
from credlint.model.units import RequestUnit
from credlint.model.values import Step
from tests.checks.build import at, only, request, silent

REQUEST, NUMBER = at(3), at(3, 40)


def unit(*seconds: int | None, place: Location | None = NUMBER, **changes: object) -> RequestUnit:
    return RequestUnit(request(durations=tuple(Duration(one, place) for one in seconds), **changes))


Check = Callable[[RequestUnit], Iterator[Draft]]
short, long = session_duration_too_short.check, session_duration_too_long.check


def test_below_the_minimum() -> None:
    draft = only(short(unit(600, calls=(at(40),))))
    assert draft.case == "below-minimum"
    assert draft.message == "600 seconds are below the minimum of 900 for AssumeRole"
    assert draft.location == NUMBER
    assert draft.subject == REQUEST
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(REQUEST, "AssumeRole is asked for here"),)
    assert draft.calls == ()


def test_above_the_maximum() -> None:
    draft = only(long(unit(86400)))
    assert draft.case == "above-maximum"
    assert draft.message == "86400 seconds are above the maximum of 43200 for AssumeRole"
    assert draft.location == NUMBER
    assert draft.subject == REQUEST
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(REQUEST, "AssumeRole is asked for here"),)


@pytest.mark.parametrize(
    ("seconds", "found_short", "found_long"),
    [
        (0, True, False),
        (-1, True, False),
        (899, True, False),
        (900, False, False),
        (43200, False, False),
        (43201, False, True),
        (None, False, False),
    ],
)
def test_the_limits_themselves_are_allowed(seconds: int | None, found_short: bool, found_long: bool) -> None:
    assert silent(short(unit(seconds))) is not found_short
    assert silent(long(unit(seconds))) is not found_long


def test_a_default_is_more_than_a_role_gives() -> None:
    draft = only(long(RequestUnit(request(durations=(Duration(21600, REQUEST, by_default=True),)))))
    assert draft.case == "default-above-role-maximum"
    assert draft.message == (
        "AssumeRole is asked for 21600 seconds, as nothing else is said: more than a role gives whose maximum session "
        "duration was not raised"
    )
    assert (draft.location, draft.certainty, draft.related) == (REQUEST, Confidence.MEDIUM, ())


@pytest.mark.parametrize(("seconds", "check"), [(600, short), (86400, long)])
def test_the_minimum_in_the_place_of_what_does_not_fit(seconds: int, check: Check) -> None:
    draft = only(check(RequestUnit(request(durations=(Duration(seconds, NUMBER, lenient=True),)))))
    assert draft.case == "taken-for-minimum"
    assert draft.message.endswith("is asked for instead")
    assert draft.certainty is Confidence.HIGH


def test_an_operation_without_limits() -> None:
    made = unit(0, 10**9, minimum=None, maximum=None, chained_maximum=None, chained=at(2), by_platform=True)
    assert silent(short(made))
    assert silent(long(made))


def test_a_request_without_a_duration() -> None:
    assert silent(short(unit()))
    assert silent(long(unit(chained=at(2))))


@pytest.mark.parametrize("place", [None, REQUEST])
def test_a_number_without_a_place_is_told_at_the_request(place: Location | None) -> None:
    chain: dict[str, object] = {"chained": at(2), "maximum": None}
    for check, seconds, changes in ((short, 1, {}), (long, 10**6, {}), (long, 10**6, chain)):
        draft = only(check(unit(seconds, place=place, calls=(at(40),), **changes)))
        assert draft.location == REQUEST
        assert draft.calls == (at(40),)
        assert REQUEST not in {step.location for step in draft.related}


def test_every_bad_value_is_told() -> None:
    assert [draft.message.split()[0] for draft in short(unit(1, 3600, 2))] == ["1", "2"]
    assert [draft.message.split()[0] for draft in long(unit(50000, None, 60000))] == ["50000", "60000"]
    assert {draft.certainty for draft in short(unit(1, 3600, 2))} == {Confidence.MEDIUM}
    assert {draft.certainty for draft in long(unit(50000, None))} == {Confidence.MEDIUM}


def test_the_longest_session_of_a_role() -> None:
    role: dict[str, object] = {"answers": False, "minimum": 3600, "name": "CreateRole", "chained_maximum": None}
    draft = only(short(unit(1800, **role)))
    assert draft.case == "role-maximum-below-hour"
    assert draft.message == "1800 seconds are below the minimum of 3600 for CreateRole"
    assert only(long(unit(86400, **role))).case == "role-maximum-too-long"


# Role chaining


def chained(*seconds: int, **changes: object) -> SessionRequest:
    return unit(*seconds, chained=at(2), **changes).request


def test_role_chaining() -> None:
    draft = only(long(RequestUnit(chained(7200))))
    assert draft.case == "above-chained-maximum"
    assert draft.message == "7200 seconds are above the 3600 that role chaining allows: temporary keys call AssumeRole"
    assert draft.location == NUMBER
    assert draft.subject == REQUEST
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (
        Step(at(2), "the temporary key that signs the request comes from here"),
        Step(REQUEST, "AssumeRole is asked for here"),
    )


def test_limits_of_role_chaining() -> None:
    assert silent(long(RequestUnit(chained(3600))))
    assert silent(long(RequestUnit(chained(7200, chained_maximum=None))))
    assert only(long(RequestUnit(chained(3601)))).case == "above-chained-maximum"
    assert only(long(RequestUnit(chained(43201)))).case == "above-maximum"
    assert only(long(RequestUnit(chained(7200, maximum=None)))).case == "above-chained-maximum"
    assert {draft.certainty for draft in long(RequestUnit(chained(7200, 900)))} == {Confidence.MEDIUM}


def test_a_platform_that_signs_with_a_role() -> None:
    draft = only(long(unit(7200, by_platform=True)))
    assert draft.case == "above-chained-maximum-by-platform"
    assert draft.message == (
        "7200 seconds are above the 3600 that role chaining allows: the function's own role calls AssumeRole"
    )
    assert draft.location == NUMBER
    assert draft.certainty is Confidence.MEDIUM
    assert draft.related == (Step(REQUEST, "AssumeRole is asked for here"),)


def test_without_proof_of_chaining_there_is_silence() -> None:
    assert silent(long(unit(7200)))
    assert silent(long(unit(3600, by_platform=True)))


def test_proof_is_stronger_than_the_platform() -> None:
    assert only(long(RequestUnit(chained(7200, by_platform=True)))).case == "above-chained-maximum"
