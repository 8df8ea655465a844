"""session-token-dropped on facts built by hand."""

from __future__ import annotations

import pytest

from credlint.checks.session_token_dropped import check
from credlint.model.facts import Client
from credlint.model.finding import Confidence
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.units import ClientUnit, Standard
from credlint.model.values import (
    Absent,
    Blank,
    Cloud,
    EnvironmentVariable,
    Lifetime,
    NoneValue,
    Origin,
    ProviderField,
    Reference,
    ReferenceKind,
    Role,
    Step,
    Unknown,
)
from tests.checks.build import SINK, alternative, at, client, client_unit, only, provided, silent, variables

KEY, SECRET, TOKEN = provided(line=3)
OSS = variables("OSS_ACCESS_KEY_ID", "OSS_ACCESS_KEY_SECRET")
AWS = variables("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def provider_unit(**changes: object) -> ClientUnit:
    return client_unit(client(alternative(KEY, SECRET), **changes))


def chain_unit(*, standard: Standard = Standard.CHAIN, **changes: object) -> ClientUnit:
    return client_unit(client(alternative(*AWS), **changes), standard=(standard,))


def other_unit(pair: tuple[Origin, ...] = OSS, *, evidence: str | None = None, **changes: object) -> ClientUnit:
    made: dict[str, object] = {"cloud": Cloud.ALIBABA, "sink": "oss2.Auth", "service": None, **changes}
    return client_unit(client(alternative(*pair), **made), standard=(Standard.OTHER,), evidence=evidence)


# Credentials of a provider


def test_a_provider() -> None:
    draft = only(check(provider_unit(calls=(at(40),))))
    assert draft.case == "provider-credentials"
    assert draft.message == (
        "boto3.client(s3) gets key id and secret of get_credentials() without the session token of the same place"
    )
    assert draft.location == SINK
    assert draft.subject == SINK
    assert draft.certainty is Confidence.HIGH
    assert draft.related == (Step(at(3), "the key id comes from get_credentials()"),)
    assert draft.trace == (*draft.related, Step(at(40), "called here"), Step(SINK, "handed on here without the token"))
    assert draft.calls == (at(40),)


@pytest.mark.parametrize("token", [Absent(), NoneValue(), Blank()])
def test_no_token_is_missing_in_three_ways(token: Origin) -> None:
    assert only(check(client_unit(client(alternative(KEY, SECRET, token))))).case == "provider-credentials"


@pytest.mark.parametrize("lifetime", [Lifetime.TEMPORARY, Lifetime.LONG_LIVED, Lifetime.UNKNOWN])
def test_a_provider_of_another_lifetime_is_not_this_rule(lifetime: Lifetime) -> None:
    assert silent(check(client_unit(client(alternative(*provided(lifetime=lifetime)[:2])))))


def test_the_lifetime_of_the_key_id_counts() -> None:
    made = client(alternative(KEY, SECRET))
    possibly, unknown = Lifetime.POSSIBLY_TEMPORARY, Lifetime.UNKNOWN
    assert not silent(check(client_unit(made, lifetimes=((possibly, unknown, unknown),))))
    assert silent(check(client_unit(made, lifetimes=((unknown, possibly, possibly),))))


def test_parts_of_two_providers_are_not_this_rule() -> None:
    assert silent(check(client_unit(client(alternative(EnvironmentVariable("KEY"), SECRET)))))
    assert silent(check(client_unit(client(alternative(KEY, provided(line=4)[1])))))
    assert silent(check(client_unit(client(alternative(KEY, Unknown("why"))))))


def test_a_token_that_a_condition_found_missing_is_not_dropped() -> None:
    assert silent(check(provider_unit(known_missing=(TOKEN,))))
    other = ProviderField(at(3), "get_credentials()", Role.SECRET, Lifetime.POSSIBLY_TEMPORARY)
    assert not silent(check(provider_unit(known_missing=(other, EnvironmentVariable("A")))))


# The variables of the default chain


def test_variables_of_the_chain() -> None:
    draft = only(check(chain_unit()))
    assert draft.case == "standard-variables"
    assert "gets key id and secret of AWS_ACCESS_KEY_ID without the session token" in draft.message
    assert draft.location == draft.subject == SINK
    assert draft.related == ()


@pytest.mark.parametrize("endpoint", [EndpointKind.ABSENT, EndpointKind.CLOUD])
@pytest.mark.parametrize("cloud", [Cloud.AWS, Cloud.S3_COMPATIBLE])
def test_the_chain_at_the_cloud(endpoint: EndpointKind, cloud: Cloud) -> None:
    assert only(check(chain_unit(endpoint=endpoint, cloud=cloud))).case == "standard-variables"


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": EndpointKind.UNKNOWN},
        {"endpoint": EndpointKind.OTHER},
        {"endpoint": EndpointKind.LOCAL},
        {"cloud": Cloud.ALIBABA},
        {"use": SinkUse.ENVIRONMENT},
        {"use": SinkUse.UNKNOWN},
        {"use": SinkUse.SESSION},
        {"use": SinkUse.IDENTITY},
        {"use": SinkUse.CONTROL},
        {"standard": Standard.NO},
    ],
)
def test_silence_of_the_chain(changes: dict[str, object]) -> None:
    assert silent(check(chain_unit(**changes)))  # type: ignore[arg-type]


def test_a_checked_token_is_not_dropped() -> None:
    for unit in (chain_unit(), other_unit()):
        checked = client_unit(unit.client, standard=unit.standard, token_checked=True)
        assert silent(check(checked))


# Other variables


def test_other_variables_without_evidence() -> None:
    draft = only(check(other_unit()))
    assert draft.case == "variables-without-evidence"
    assert draft.message == (
        "oss2.Auth gets key id and secret of OSS_ACCESS_KEY_ID without the session token of the same place"
    )


def test_other_variables_with_evidence() -> None:
    draft = only(check(other_unit(evidence="OSS_SESSION_TOKEN is used elsewhere in this file")))
    assert draft.case == "variables-with-evidence"
    assert draft.message.endswith("of the same place: OSS_SESSION_TOKEN is used elsewhere in this file")


def test_evidence_is_said_only_where_it_is_needed() -> None:
    assert "elsewhere" not in only(check(client_unit(client(alternative(KEY, SECRET)), evidence="elsewhere"))).message


HOST = tuple(Reference(ReferenceKind.HOST_VARIABLE, name) for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"))


def test_variables_of_the_host_handed_on() -> None:
    draft = only(check(other_unit(HOST, use=SinkUse.ENVIRONMENT, endpoint=EndpointKind.UNKNOWN)))
    assert draft.case == "variables-without-evidence"
    environment = client(alternative(*HOST), use=SinkUse.ENVIRONMENT)
    assert only(check(client_unit(environment, standard=(Standard.CHAIN,)))).case == "variables-without-evidence"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"use": SinkUse.DATA, "endpoint": EndpointKind.UNKNOWN}, True),
        ({"use": SinkUse.ENVIRONMENT}, True),
        ({"use": SinkUse.ENVIRONMENT, "endpoint": EndpointKind.UNKNOWN}, False),
        ({"cloud": Cloud.S3_COMPATIBLE, "endpoint": EndpointKind.UNKNOWN}, False),
        ({"cloud": Cloud.S3_COMPATIBLE}, True),
        ({"endpoint": EndpointKind.OTHER}, False),
        ({"endpoint": EndpointKind.LOCAL}, False),
        ({"use": SinkUse.UNKNOWN}, False),
        ({"use": SinkUse.IDENTITY}, False),
    ],
)
def test_where_other_variables_matter(changes: dict[str, object], found: bool) -> None:
    assert silent(check(other_unit(**changes))) is not found  # type: ignore[arg-type]


# Sessions and holders: what their clients do decides


def holder(use: SinkUse, siblings: tuple[Client, ...]) -> ClientUnit:
    made = client(alternative(*AWS), use=use, sink="boto3.Session", service=None)
    return client_unit(made, standard=(Standard.CHAIN,), siblings=siblings)


def made_by(use: SinkUse, endpoint: EndpointKind = EndpointKind.ABSENT, line: int = 50) -> Client:
    return client(use=use, endpoint=endpoint, location=at(60), indirect=at(line))


def test_a_session_whose_client_works_with_data() -> None:
    draft = only(check(holder(SinkUse.SESSION, (made_by(SinkUse.DATA),))))
    assert draft.case == "standard-variables"
    assert draft.location == SINK


@pytest.mark.parametrize(
    "siblings",
    [
        (),
        (made_by(SinkUse.DATA, line=2),),  # of another session
        (made_by(SinkUse.DATA, EndpointKind.OTHER),),
        (made_by(SinkUse.IDENTITY),),
        (made_by(SinkUse.CONTROL), made_by(SinkUse.IDENTITY)),
        (made_by(SinkUse.UNKNOWN),),
    ],
)
def test_a_session_whose_clients_do_not(siblings: tuple[Client, ...]) -> None:
    assert silent(check(holder(SinkUse.SESSION, siblings)))


def test_a_session_of_both() -> None:
    assert not silent(check(holder(SinkUse.SESSION, (made_by(SinkUse.IDENTITY), made_by(SinkUse.DATA)))))


@pytest.mark.parametrize("use", [SinkUse.IDENTITY, SinkUse.CONTROL])
def test_a_provider_pair_for_control_clients_only(use: SinkUse) -> None:
    made = client(alternative(KEY, SECRET), use=SinkUse.SESSION)
    assert silent(check(client_unit(made, siblings=(made_by(use),))))
    assert not silent(check(client_unit(made, siblings=(made_by(use), made_by(SinkUse.UNKNOWN)))))
    assert not silent(check(client_unit(made, siblings=(made_by(use, line=2),))))
    assert silent(check(client_unit(made, siblings=(made_by(use), made_by(SinkUse.DATA, line=2)))))


# Alternatives


def test_a_path_that_passes_the_token_silences_all() -> None:
    bare, full, unknown = (alternative(KEY, SECRET, token) for token in (None, TOKEN, Unknown("why")))
    assert silent(check(client_unit(client(bare, full))))
    assert silent(check(client_unit(client(bare, unknown))))


def test_the_first_alternative_that_drops_it_is_told() -> None:
    other = alternative(Unknown("why"), Unknown("why"))
    bare = alternative(KEY, SECRET)
    draft = only(check(client_unit(client(other, bare, alternative(*provided(line=5)[:2])))))
    assert draft.case == "provider-credentials"
    assert draft.related == (Step(at(3), "the key id comes from get_credentials()"),)
    assert draft.certainty is Confidence.MEDIUM


@pytest.mark.parametrize("changes", [{"indirect": at(2)}, {"token_elsewhere": True}, {"use": SinkUse.IDENTITY}])
def test_silence(changes: dict[str, object]) -> None:
    assert silent(check(provider_unit(**changes)))
    assert silent(check(client_unit(client())))


def test_a_test_may_do_without_the_token_on_purpose() -> None:
    assert only(check(provider_unit())).certainty is Confidence.HIGH
    assert only(check(provider_unit(test_context=True))).certainty is Confidence.LOW
