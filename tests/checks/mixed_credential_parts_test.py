"""mixed-credential-parts on facts built by hand."""

from __future__ import annotations

import pytest

from credlint.checks.mixed_credential_parts import check
from credlint.model.facts import Client
from credlint.model.finding import Confidence
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.values import (
    Absent,
    Alternative,
    Blank,
    Cloud,
    EnvironmentVariable,
    Lifetime,
    Literal,
    Origin,
    Parameter,
    Part,
    Reference,
    ReferenceKind,
    Role,
    Step,
    Unknown,
)
from tests.checks.build import (
    ONE_ARM,
    SINK,
    STS,
    alternative,
    answer,
    at,
    client,
    client_unit,
    only,
    part,
    provided,
    silent,
)

KEY, SECRET, TOKEN = answer(line=3)
OTHER_KEY, OTHER_SECRET, OTHER_TOKEN = answer(line=4)
PARENT_KEY, PARENT_SECRET = EnvironmentVariable("PARENT_KEY"), EnvironmentVariable("PARENT_SECRET")
KEY_COLUMN, SECRET_COLUMN, TOKEN_COLUMN = at(50, 10), at(50, 20), at(50, 30)


# Two answers


@pytest.mark.parametrize(
    ("origins", "place", "role"),
    [
        ((KEY, SECRET, OTHER_TOKEN), TOKEN_COLUMN, "session token"),
        ((KEY, OTHER_SECRET, TOKEN), SECRET_COLUMN, "secret"),
        ((OTHER_KEY, SECRET, TOKEN), KEY_COLUMN, "key id"),
        ((KEY, OTHER_SECRET, None), SECRET_COLUMN, "secret"),
        ((None, SECRET, OTHER_TOKEN), TOKEN_COLUMN, "session token"),
    ],
)
def test_the_part_of_another_answer_is_told(origins: tuple[Origin | None, ...], place: object, role: str) -> None:
    key, secret, token = origins
    made = alternative(key or Absent(), secret or Absent(), token)
    draft = only(check(client_unit(client(made, calls=(at(40),)))))
    assert draft.case == "two-responses"
    assert draft.location == place
    assert draft.subject == SINK
    assert draft.certainty is Confidence.HIGH
    assert draft.message.startswith(f"boto3.client(s3) gets the {role} from AssumeRole and the ")
    assert draft.message.endswith("from another AssumeRole; they were not issued together")
    assert len(draft.related) == 2
    assert {step.location for step in draft.related} == {at(3), at(4)}
    assert draft.trace[-1] == Step(SINK, "put together here")
    assert draft.calls == (at(40),)


def test_operations_are_named() -> None:
    token = answer(line=4, operation="aws.sts.GetSessionToken")[2]
    assert (
        "gets the session token from GetSessionToken and the key id from AssumeRole"
        in only(check(client_unit(client(alternative(KEY, SECRET, token))))).message
    )


def test_parts_of_one_answer_belong_together() -> None:
    assert silent(check(client_unit(client(alternative(KEY, SECRET, TOKEN)))))
    assert silent(check(client_unit(client(alternative(KEY, SECRET)))))


# Two lifetimes


@pytest.mark.parametrize(
    "other",
    [
        PARENT_SECRET,
        Literal(SecretText("x")),
        provided(line=5)[1],
        answer(line=3, lifetime=Lifetime.LONG_LIVED)[1],
        Unknown("why", "parameter secret"),
    ],
)
def test_a_parent_secret_beside_a_temporary_id(other: Origin) -> None:
    draft = only(check(client_unit(client(alternative(KEY, other, TOKEN)))))
    assert draft.case == "two-lifetimes"
    assert draft.location == SECRET_COLUMN
    assert "gets the secret from " in draft.message
    assert draft.message.endswith("AssumeRole; they were not issued together")


def test_a_parent_pair_with_the_token_of_an_answer() -> None:
    draft = only(check(client_unit(client(alternative(PARENT_KEY, PARENT_SECRET, TOKEN)))))
    assert draft.case == "two-lifetimes"
    assert draft.location == TOKEN_COLUMN
    assert draft.message == (
        "boto3.client(s3) gets the session token from AssumeRole and the key id from PARENT_KEY; "
        "they were not issued together"
    )
    assert draft.related == (Step(at(3), "the session token comes from AssumeRole"),)


def test_a_parent_secret_with_the_token_of_an_answer() -> None:
    draft = only(check(client_unit(client(alternative(Unknown("why"), PARENT_SECRET, TOKEN)))))
    assert draft.case == "two-lifetimes"
    assert draft.location == SECRET_COLUMN
    assert "the secret from PARENT_SECRET and the session token from AssumeRole" in draft.message


@pytest.mark.parametrize(
    "other", [Absent(), Blank(), Unknown("why"), Unknown("why", "settings.SECRET"), Parameter("s")]
)
def test_a_part_that_may_be_of_the_answer_is_silent(other: Origin) -> None:
    assert silent(check(client_unit(client(alternative(KEY, other, TOKEN)))))
    assert silent(check(client_unit(client(alternative(other, SECRET, TOKEN)))))


def test_a_long_lived_token_is_nobodys() -> None:
    token = answer(lifetime=Lifetime.LONG_LIVED)[2]
    assert silent(check(client_unit(client(alternative(PARENT_KEY, PARENT_SECRET, token)))))
    assert silent(check(client_unit(client(alternative(PARENT_KEY, PARENT_SECRET, Unknown("why"))))))


def test_a_temporary_literal_with_a_variable_is_not_proven_to_be_mixed() -> None:
    made = client(alternative(Literal(SecretText("x")), PARENT_SECRET))
    lifetimes = ((Lifetime.TEMPORARY, Lifetime.UNKNOWN, Lifetime.UNKNOWN),)
    assert silent(check(client_unit(made, lifetimes=lifetimes)))


# Beside a token that the platform put there


def handler(key: Origin = PARENT_KEY, token: Origin | None = None, **changes: object) -> Client:
    made: dict[str, object] = {
        "use": SinkUse.ENVIRONMENT,
        "sink": "os.environ",
        "service": None,
        "platform": "lambda",
        "inherited_token": "AWS_SESSION_TOKEN",
        **changes,
    }
    return client(alternative(key, PARENT_SECRET, token), **made)


def test_a_pair_beside_an_inherited_token() -> None:
    draft = only(check(client_unit(handler())))
    assert draft.case == "beside-inherited-token"
    assert draft.location == KEY_COLUMN
    assert draft.subject == SINK
    assert draft.message == (
        "os.environ gets a key pair beside the session token that the platform put into the environment; "
        "the token belongs to another key"
    )


@pytest.mark.parametrize(
    "made",
    [
        handler(use=SinkUse.DATA),
        handler(platform=None),
        handler(inherited_token=None),
        handler(token=Unknown("why")),
        handler(key=Unknown("why")),
        handler(key=Absent()),
        handler(key=answer(lifetime=Lifetime.LONG_LIVED)[0]),
    ],
)
def test_no_pair_beside_an_inherited_token(made: Client) -> None:
    assert silent(check(client_unit(made)))


# Providers


def test_three_reads_of_what_may_refresh() -> None:
    draft = only(check(client_unit(client(alternative(*provided(line=3, refreshable=True))))))
    assert draft.case == "refreshable-read-thrice"
    assert draft.location == KEY_COLUMN
    assert draft.message == (
        "boto3.client(s3) gets three separate reads of get_credentials(), which may be refreshed between them"
    )
    assert draft.related == (
        Step(at(3), "the key id comes from get_credentials()"),
        Step(at(3), "the secret comes from get_credentials()"),
    )


def test_three_reads_of_what_is_frozen() -> None:
    assert silent(check(client_unit(client(alternative(*provided(line=3))))))


def test_a_refreshable_one_without_its_token_is_another_rule() -> None:
    key, secret, token = provided(line=3, refreshable=True)
    assert silent(check(client_unit(client(alternative(key, secret)))))
    assert silent(check(client_unit(client(alternative(key, provided(line=3)[1], token)))))
    assert silent(check(client_unit(client(alternative(provided(line=3)[0], secret, token)))))


def test_two_calls_for_one_set() -> None:
    key, _, token = provided(line=3)
    draft = only(check(client_unit(client(alternative(key, provided(line=4)[1], token)))))
    assert draft.case == "two-calls"
    assert draft.location == SECRET_COLUMN
    assert draft.message.endswith("they were not issued together")
    assert [step.location for step in draft.related] == [at(4), at(3)]


def test_two_calls_for_a_refreshable_set() -> None:
    key, secret, _ = provided(line=3, refreshable=True)
    assert silent(check(client_unit(client(alternative(key, secret, provided(line=4, refreshable=True)[2])))))
    other = provided(line=4, refreshable=True)[1]
    token = provided(line=3, refreshable=True)[2]
    assert only(check(client_unit(client(alternative(key, other, token))))).case == "two-calls"


def test_a_provider_beside_something_else_is_silent() -> None:
    key, secret, _ = provided(line=3)
    assert silent(check(client_unit(client(alternative(key, Unknown("why"))))))
    assert silent(check(client_unit(client(alternative(PARENT_KEY, secret)))))


# References of deployments


def reference_pair(
    kind: ReferenceKind, key: str, secret: str, other: ReferenceKind | None = None, names: tuple[str, str] | None = None
) -> Alternative:
    first, second = names or ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
    return Alternative(
        part(Role.KEY_ID, Reference(kind, key), KEY_COLUMN, first),
        part(Role.SECRET, Reference(other or kind, secret), SECRET_COLUMN, second),
        part(Role.TOKEN, Absent()),
        part(Role.PROFILE, Absent()),
    )


def environment(made: Alternative) -> Client:
    return client(made, use=SinkUse.ENVIRONMENT, sink="environment of container upload", service=None)


def test_two_secrets_of_kubernetes() -> None:
    made = reference_pair(ReferenceKind.KUBERNETES_SECRET, "old", "new")
    draft = only(check(client_unit(environment(made))))
    assert draft.case == "two-secrets"
    assert draft.location == SECRET_COLUMN
    assert draft.message == (
        "environment of container upload gets the secret from Kubernetes Secret new and the key id from "
        "Kubernetes Secret old; they were not issued together"
    )


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("STAGING_AWS_ACCESS_KEY_ID", "PROD_AWS_SECRET_ACCESS_KEY"),
        ("staging-aws-access-key-id", "PROD_AWS_SECRET_ACCESS_KEY"),
        ("STAGING__AWS_ACCESS_KEY_ID", "PROD_AWS_SECRET_ACCESS_KEY"),
    ],
)
def test_two_secrets_of_ci(key: str, secret: str) -> None:
    draft = only(check(client_unit(environment(reference_pair(ReferenceKind.CI_SECRET, key, secret)))))
    assert draft.case == "two-secrets"
    assert draft.location == SECRET_COLUMN


@pytest.mark.parametrize(
    ("key", "secret", "found"),
    [
        ("staging", "production", True),
        ("staging-aws-access-key-id", "production-aws-secret-access-key", True),
        ("staging.key", "production.key", True),
        ("aws-access-key-id", "aws-secret-access-key", False),  # one Secret per part
        ("upload-access-key", "upload-secret-key", False),
        ("Upload--Access.Key", "upload-secret-key", False),
        ("upload", "aws-secret-access-key", False),
        ("aws-access-key-id", "upload", False),
    ],
)
def test_secrets_of_kubernetes_that_are_named_by_their_part(key: str, secret: str, found: bool) -> None:
    made = reference_pair(ReferenceKind.KUBERNETES_SECRET, key, secret)
    assert silent(check(client_unit(environment(made)))) is not found


def test_two_settings_of_a_ci() -> None:
    made = reference_pair(ReferenceKind.CI_VARIABLE, "STAGING_AWS_ACCESS_KEY_ID", "PROD_AWS_SECRET_ACCESS_KEY")
    assert only(check(client_unit(environment(made)))).case == "two-secrets"


def test_two_secrets_for_the_inputs_of_an_action() -> None:
    names = ("aws-access-key-id", "aws-secret-access-key")
    first, second = "STAGING_AWS_ACCESS_KEY_ID", "PROD_AWS_SECRET_ACCESS_KEY"
    made = reference_pair(ReferenceKind.CI_SECRET, first, second, names=names)
    assert only(check(client_unit(environment(made)))).case == "two-secrets"


@pytest.mark.parametrize(
    "made",
    [
        reference_pair(ReferenceKind.KUBERNETES_SECRET, "keys", "keys"),
        reference_pair(ReferenceKind.CI_SECRET, "PROD_AWS_ACCESS_KEY_ID", "PROD_AWS_SECRET_ACCESS_KEY"),
        reference_pair(ReferenceKind.CI_SECRET, "prod-aws-access-key-id", "PROD_AWS_SECRET_ACCESS_KEY"),
        reference_pair(ReferenceKind.CI_SECRET, "AWS_ACCESS_KEY_ID", "PROD_AWS_SECRET_ACCESS_KEY"),
        reference_pair(ReferenceKind.CI_SECRET, "STAGING_AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        reference_pair(ReferenceKind.CI_SECRET, "STAGING__AWS_ACCESS_KEY_ID", "STAGING_AWS_SECRET_ACCESS_KEY"),
        reference_pair(ReferenceKind.CI_SECRET, "STAGING_KEY", "PROD_SECRET"),  # the stem cannot be told
        reference_pair(ReferenceKind.CI_SECRET, "STAGING_CREDENTIALS_OF_UPLOAD", "PROD_CREDENTIALS_OF_THE_UPLOAD"),
        alternative(Unknown("why"), Reference(ReferenceKind.KUBERNETES_SECRET, "new")),
        alternative(Reference(ReferenceKind.KUBERNETES_SECRET, "old"), Unknown("why")),
        reference_pair(ReferenceKind.CI_SECRET, "STAGING_KEY", "PROD_SECRET", names=("", "")),
        reference_pair(ReferenceKind.CI_VARIABLE, "PROD_AWS_ACCESS_KEY_ID", "PROD_AWS_SECRET_ACCESS_KEY"),
        reference_pair(ReferenceKind.INPUT, "STAGING_AWS_ACCESS_KEY_ID", "PROD_AWS_SECRET_ACCESS_KEY"),
        reference_pair(ReferenceKind.KUBERNETES_SECRET, "old", "new", ReferenceKind.CONFIG_MAP),
        reference_pair(ReferenceKind.CI_SECRET, "STAGING_AWS_ACCESS_KEY_ID", "x", ReferenceKind.KUBERNETES_SECRET),
    ],
)
def test_references_that_may_belong_together(made: Alternative) -> None:
    assert silent(check(client_unit(environment(made))))


# Alternatives and places


def test_only_the_first_mixed_alternative_is_told() -> None:
    good = alternative(KEY, SECRET, TOKEN, branches=ONE_ARM)
    draft = only(
        check(client_unit(client(good, alternative(KEY, SECRET, OTHER_TOKEN), alternative(OTHER_KEY, SECRET))))
    )
    assert draft.location == TOKEN_COLUMN
    assert draft.certainty is Confidence.MEDIUM


def test_what_was_cut_is_not_certain() -> None:
    draft = only(check(client_unit(client(alternative(KEY, SECRET, OTHER_TOKEN), complete=False))))
    assert draft.certainty is Confidence.MEDIUM


def test_a_part_without_a_place_is_told_at_the_sink() -> None:
    made = Alternative(
        Part(Role.KEY_ID, KEY, "", None),
        Part(Role.SECRET, OTHER_SECRET, "", None),
        Part(Role.TOKEN, Absent(), "", None),
        Part(Role.PROFILE, Absent(), "", None),
    )
    assert only(check(client_unit(client(made)))).location == SINK


def test_the_strongest_case_is_told() -> None:
    token = answer(line=4, operation=STS)[2]
    draft = only(check(client_unit(client(alternative(KEY, PARENT_SECRET, token)))))
    assert draft.case == "two-responses"


@pytest.mark.parametrize("changes", [{"indirect": at(2)}, {"endpoint": EndpointKind.LOCAL}])
def test_silence(changes: dict[str, object]) -> None:
    assert silent(check(client_unit(client(alternative(KEY, SECRET, OTHER_TOKEN), **changes))))


@pytest.mark.parametrize("cloud", list(Cloud))
def test_every_cloud_issues_them_together(cloud: Cloud) -> None:
    assert not silent(check(client_unit(client(alternative(KEY, SECRET, OTHER_TOKEN), cloud=cloud))))
