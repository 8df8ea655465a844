"""temporary-key-without-token on facts built by hand."""

from __future__ import annotations

import pytest

from credlint.checks.temporary_key_without_token import check
from credlint.model.finding import Confidence
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.values import Absent, Blank, Lifetime, NoneValue, Origin, Parameter, Step, Unknown
from tests.checks.build import ONE_ARM, SINK, alternative, answer, at, client, client_unit, only, provided, silent

KEY, SECRET, TOKEN = answer(line=3)
BARE = alternative(KEY, SECRET)


def test_the_finding() -> None:
    draft = only(check(client_unit(client(BARE, calls=(at(40),)))))
    assert draft.case == "token-missing"
    assert draft.message == "boto3.client(s3) gets the temporary key from AssumeRole without its session token"
    assert draft.location == SINK
    assert draft.subject == SINK
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(at(3), "the key id comes from AssumeRole"),)
    assert draft.trace == (
        Step(at(3), "the key id comes from AssumeRole"),
        Step(at(40), "called here"),
        Step(SINK, "used here without the token"),
    )
    assert draft.calls == (at(40),)


@pytest.mark.parametrize("token", [Absent(), NoneValue()])
def test_absent_and_none_are_missing(token: Origin) -> None:
    assert only(check(client_unit(client(alternative(KEY, SECRET, token))))).case == "token-missing"


def test_a_blank_token_is_its_own_case() -> None:
    draft = only(check(client_unit(client(alternative(KEY, SECRET, Blank())))))
    assert draft.case == "token-blank"
    assert draft.message == "boto3.client(s3) gets the temporary key from AssumeRole with a blank session token"


@pytest.mark.parametrize("token", [Absent(), Blank()])
def test_a_sink_that_can_carry_none(token: Origin) -> None:
    made = client(alternative(KEY, SECRET, token), sink="oss2.Auth", service=None, token_support=TokenSupport.NONE)
    draft = only(check(client_unit(made)))
    assert draft.case == "sink-without-token"
    assert draft.message == "oss2.Auth gets the temporary key from AssumeRole and has no way to carry its session token"


@pytest.mark.parametrize("use", list(SinkUse))
def test_every_use_of_the_key_needs_the_token(use: SinkUse) -> None:
    assert only(check(client_unit(client(BARE, use=use)))).case == "token-missing"


@pytest.mark.parametrize("kind", [kind for kind in EndpointKind if kind is not EndpointKind.LOCAL])
def test_every_service_but_a_local_one_refuses(kind: EndpointKind) -> None:
    assert only(check(client_unit(client(BARE, endpoint=kind)))).case == "token-missing"


def test_a_provider_is_named() -> None:
    key, secret, _ = provided(line=4, lifetime=Lifetime.TEMPORARY)
    draft = only(check(client_unit(client(alternative(key, secret)))))
    assert "the temporary key from get_credentials() without" in draft.message
    assert draft.related == (Step(at(4), "the key id comes from get_credentials()"),)


def test_a_key_whose_way_is_not_known_has_no_related_place() -> None:
    unit = client_unit(client(alternative(Unknown("why"), SECRET)), temporary=(True,))
    draft = only(check(unit))
    assert draft.related == ()
    assert draft.trace == (Step(SINK, "used here without the token"),)
    assert "from elsewhere" in draft.message


@pytest.mark.parametrize("good", [alternative(KEY, SECRET, TOKEN), alternative(KEY, SECRET, Unknown("why"))])
def test_on_some_alternative_it_is_possible(good: object) -> None:
    for alternatives in ((BARE, good), (good, BARE)):
        draft = only(check(client_unit(client(*alternatives))))  # type: ignore[arg-type]
        assert draft.certainty is Confidence.MEDIUM
        assert draft.case == "token-missing"


def test_on_every_alternative_it_is_certain() -> None:
    other = alternative(*answer(line=4)[:2], branches=ONE_ARM)
    draft = only(check(client_unit(client(BARE, other))))
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(at(3), "the key id comes from AssumeRole"),)


def test_what_was_cut_is_not_certain() -> None:
    assert only(check(client_unit(client(BARE, complete=False)))).certainty is Confidence.MEDIUM


@pytest.mark.parametrize("secret", [SECRET, Unknown("why"), provided()[1]])
def test_the_secret_may_be_any(secret: Origin) -> None:
    assert only(check(client_unit(client(alternative(KEY, secret))))).case == "token-missing"


@pytest.mark.parametrize(
    "made",
    [
        client(),
        client(alternative(KEY, SECRET, TOKEN)),
        client(alternative(KEY, SECRET, Unknown("why"))),
        client(alternative(KEY, SECRET, Parameter("token"))),
        client(alternative(KEY, Absent())),
        client(alternative(KEY, answer(line=4)[1])),  # mixed-credential-parts
        client(alternative(*answer(lifetime=Lifetime.LONG_LIVED)[:2])),
        client(alternative(*provided()[:2])),
        client(BARE, indirect=at(2)),  # reported where the parts were handed over
        client(BARE, token_elsewhere=True),
        client(BARE, endpoint=EndpointKind.LOCAL),
    ],
)
def test_silence(made: object) -> None:
    assert silent(check(client_unit(made)))  # type: ignore[arg-type]
