"""The environment in effect of a process: what overrides what, and which keys stand together in which world."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.credentials.effective import (
    Environment,
    credential_sets,
    effective,
    environment_endpoint,
    exporters_of,
    host_of,
)
from credlint.model.environments import EnvironmentImport, EnvironmentScope, Mount, RoleBinding, RoleKind, Variable
from credlint.model.project import Settings
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind
from credlint.model.span import Location, Span
from credlint.model.values import (
    NO_BRANCH,
    Absent,
    Alternative,
    Blank,
    Branches,
    Cloud,
    CredentialSet,
    Lifetime,
    Literal,
    NoneValue,
    Origin,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
    Unknown,
)

CATALOGUE = load_catalogue()
KEY, SECRET, TOKEN, LEGACY = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"
PROFILE, DEFAULT_PROFILE = "AWS_PROFILE", "AWS_DEFAULT_PROFILE"
ELSEWHERE = Unknown("given in some arms only")
ONE, OTHER = frozenset({(0, 0)}), frozenset({(0, 1)})


def at(line: int) -> Location:
    return Location("deploy.yaml", Span(0, line, 0, line, 10))


def secret(name: str) -> Reference:
    return Reference(ReferenceKind.CI_SECRET, name)


def variable(name: str, value: Origin | str = "", line: int = 0, branches: Branches = NO_BRANCH) -> Variable:
    """Give a variable; a text is a literal that may be shown."""
    entry = CATALOGUE.variable(name)
    literal = isinstance(value, str)
    return Variable(
        name=name,
        value=Literal(SecretText(value)) if literal else value,
        location=at(line),
        key_location=at(line),
        family=entry.family if entry else None,
        role=entry.role if entry else None,
        plain=value if literal else None,
        branches=branches,
        cloud=entry.cloud if entry else None,
    )


def scope(index: int, parent: int | None, *variables: Variable, **more: object) -> EnvironmentScope:
    return EnvironmentScope(
        index=index,
        parent=parent,
        dialect="test",
        process=True,
        title=f"scope {index}",
        location=at(index),
        variables=variables,
        **more,  # type: ignore[arg-type]
    )


def nothing(wanted: EnvironmentImport) -> Sequence[Variable] | None:
    return None


def values(environment: Environment) -> dict[str, list[str | Origin]]:
    return {
        name: [one.plain if one.plain is not None else one.value for one in found]
        for name, found in environment.variables.items()
    }


def role(line: int, kind: RoleKind = RoleKind.OIDC) -> RoleBinding:
    return RoleBinding(kind, Cloud.AWS, at(line))


# Scopes


def test_inner_scopes_override_outer_ones() -> None:
    scopes = (
        scope(0, None, variable("A", "outer"), variable("B", "outer")),
        scope(1, 0, variable("B", "middle"), variable("C", "middle")),
        scope(2, 1, variable("C", "inner")),
    )
    environment = effective(scopes, 2, nothing)
    assert values(environment) == {"A": ["outer"], "B": ["middle"], "C": ["inner"]}
    assert not environment.opaque


def test_the_last_of_one_scope_wins() -> None:
    environment = effective((scope(0, None, variable("A", "1"), variable("A", "2")),), 0, nothing)
    assert values(environment) == {"A": ["2"]}


def test_scopes_beside_do_not_matter() -> None:
    scopes = (scope(0, None), scope(1, 0, variable("A", "1")), scope(2, 0, variable("B", "2")))
    assert values(effective(scopes, 2, nothing)) == {"B": ["2"]}


def test_roles_mounts_and_doubt_come_from_every_scope() -> None:
    mount = Mount("/root/.aws", "secret", "keys", at(9))
    scopes = (scope(0, None, roles=(role(1),), opaque=True), scope(1, 0, roles=(role(2),), mounts=(mount,)))
    environment = effective(scopes, 1, nothing)
    assert environment.roles == (role(1), role(2))
    assert environment.mounts == (mount,)
    assert environment.opaque
    assert not effective((scope(0, None), scope(1, 0)), 1, nothing).opaque


def test_imports_come_below_the_variables_of_their_scope() -> None:
    wanted = EnvironmentImport("secret", "keys", "", False, at(5))
    scopes = (scope(0, None, variable("A", "outer"), variable("B", "outer")), scope(1, 0, variable("A", "inner")))
    scopes = (scopes[0], replace(scopes[1], imports=(wanted,)))
    found = [variable("A", "imported"), variable("B", "imported")]
    environment = effective(scopes, 1, lambda asked: found if asked is wanted else None)
    assert values(environment) == {"A": ["inner"], "B": ["imported"]}
    assert not environment.opaque


def test_an_import_that_nothing_shows_leaves_doubt() -> None:
    wanted = EnvironmentImport("secret", "keys", "", False, at(5))
    assert effective((scope(0, None, imports=(wanted,)),), 0, nothing).opaque
    assert not effective((scope(0, None, imports=(wanted,)),), 0, lambda _: []).opaque


def test_an_import_may_add_a_prefix_and_stand_in_an_arm() -> None:
    wanted = EnvironmentImport("secret", "keys", "APP_", False, at(5), branches=ONE)
    environment = effective((scope(0, None, imports=(wanted,)),), 0, lambda _: [variable("A", "1")])
    assert [(one.name, one.branches) for one in environment.variables["APP_A"]] == [("APP_A", ONE)]


# Arms


def test_what_stands_in_an_arm_replaces_only_there() -> None:
    scopes = (scope(0, None, variable("A", "always"), variable("A", "sometimes", branches=ONE)),)
    assert values(effective(scopes, 0, nothing)) == {"A": ["always", "sometimes"]}


def test_what_always_applies_replaces_what_stands_in_arms() -> None:
    scopes = (scope(0, None, variable("A", "one", branches=ONE), variable("A", "always")),)
    assert values(effective(scopes, 0, nothing)) == {"A": ["always"]}


def test_in_the_arms_of_the_process_itself_they_always_apply() -> None:
    scopes = (scope(0, None, variable("A", "outer"), variable("A", "inner", branches=ONE), branches=ONE),)
    assert values(effective(scopes, 0, nothing)) == {"A": ["inner"]}


# References to the environment itself


def reference(name: str) -> Reference:
    return Reference(ReferenceKind.ENVIRONMENT, name)


def test_a_reference_is_what_the_variable_holds() -> None:
    scopes = (scope(0, None, variable("A", "1")), scope(1, 0, variable("B", reference("A"), line=7)))
    found = effective(scopes, 1, nothing).variables["B"]
    assert [(one.name, one.plain, one.location) for one in found] == [("B", "1", at(7))]
    assert [one.value for one in found] == [Literal(SecretText("1"))]


def test_a_reference_is_resolved_before_its_target_changes() -> None:
    scopes = (scope(0, None, variable("A", "1"), variable("B", reference("A")), variable("A", "2")),)
    assert values(effective(scopes, 0, nothing)) == {"A": ["2"], "B": ["1"]}


def test_a_reference_to_nothing_is_unknown() -> None:
    found = effective((scope(0, None, variable("B", reference("A"))),), 0, nothing).variables["B"]
    assert [one.value for one in found] == [Unknown("variable of the environment", "env A")]


def test_a_reference_to_nothing_names_the_settings_of_the_platform() -> None:
    settings = {
        "A": [Reference(ReferenceKind.CI_VARIABLE, "B")], "C": [Reference(ReferenceKind.CI_VARIABLE, "my.d")],
    }  # fmt: skip
    written = Reference(ReferenceKind.ENVIRONMENT, "MY_D", "my.d")
    scopes = (scope(0, None, variable("A", reference("B")), variable("C", written), supplemented=True),)
    assert values(effective(scopes, 0, nothing)) == settings


def test_a_reference_takes_the_arms_of_its_target() -> None:
    scopes = (
        scope(
            0,
            None,
            variable("A", "one", branches=ONE),
            variable("A", "other", branches=OTHER),
            variable("B", reference("A")),
            variable("C", reference("A"), branches=ONE),
        ),
    )
    found = effective(scopes, 0, nothing).variables
    assert [(one.plain, one.branches) for one in found["B"]] == [("one", ONE), ("other", OTHER)]
    assert [(one.plain, one.branches) for one in found["C"]] == [("one", ONE)]


# What steps leave to later ones


def steps(*siblings: EnvironmentScope) -> tuple[EnvironmentScope, ...]:
    return (scope(0, None), *siblings)


def test_exports_of_earlier_siblings_apply() -> None:
    scopes = steps(
        scope(1, 0, order=1, exports=(variable("A", "first"), variable("B", "first"))),
        scope(2, 0, order=2, exports=(variable("B", "second"),)),
        scope(3, 0, variable("C", "own"), order=3),
        scope(4, 0, order=4, exports=(variable("A", "later"),)),
    )
    assert values(effective(scopes, 3, nothing)) == {"A": ["first"], "B": ["second"], "C": ["own"]}


def test_own_exports_do_not_apply_to_oneself() -> None:
    scopes = steps(scope(1, 0, order=1, exports=(variable("A", "1"),)))
    assert values(effective(scopes, 1, nothing)) == {}


def test_a_step_overrides_what_earlier_ones_left() -> None:
    scopes = steps(scope(1, 0, order=1, exports=(variable("A", "1"),)), scope(2, 0, variable("A", "2"), order=2))
    assert values(effective(scopes, 2, nothing)) == {"A": ["2"]}


def test_what_earlier_ones_left_may_be_read_last() -> None:
    scopes = steps(
        scope(1, 0, order=1, exports=(variable("A", "1"),)),
        scope(2, 0, variable("A", "2"), variable("B", "2"), order=2, exports_last=True),
    )
    assert values(effective(scopes, 2, nothing)) == {"A": ["1"], "B": ["2"]}


def test_exports_beat_the_enclosing_scopes() -> None:
    scopes = (
        scope(0, None, variable("A", "job")),
        scope(1, 0, order=1, exports=(variable("A", "step"),)),
        scope(2, 0, order=2),
    )
    assert values(effective(scopes, 2, nothing)) == {"A": ["step"]}


def test_exports_stay_in_their_job() -> None:
    scopes = (
        scope(0, None),
        scope(1, None),
        scope(2, 0, order=1, exports=(variable("A", "1"),)),
        scope(3, 1, order=2),
        scope(4, None, order=1, exports=(variable("A", "1"),)),
        scope(5, None, order=2),
    )
    assert values(effective(scopes, 3, nothing)) == {}
    assert values(effective(scopes, 5, nothing)) == {}


def test_exports_of_a_job_do_not_reach_the_steps_of_another() -> None:
    scopes = (
        scope(0, None),
        scope(1, 0, order=1, exports=(variable("A", "1"),)),
        scope(2, 0, order=2),
        scope(3, 2, order=1),
    )
    assert values(effective(scopes, 3, nothing)) == {}
    assert values(effective(scopes, 2, nothing)) == {"A": ["1"]}


def test_exports_of_an_arm_that_excludes_this_one_do_not_apply() -> None:
    def left(branches: Branches) -> tuple[EnvironmentScope, ...]:
        return steps(
            scope(1, 0, order=1, exports=(variable("A", "1"),), branches=branches),
            scope(2, 0, order=2, branches=ONE),
        )

    assert values(effective(left(OTHER), 2, nothing)) == {}
    assert values(effective(left(ONE), 2, nothing)) == {"A": ["1"]}


def test_a_role_comes_with_exported_keys_only() -> None:
    def left(*exports: Variable) -> tuple[EnvironmentScope, ...]:
        return steps(scope(1, 0, order=1, exports=exports, role_exports=(role(1),)), scope(2, 0, order=2))

    assert effective(left(variable(KEY, secret("K"))), 2, nothing).roles == (role(1),)
    assert effective(left(variable(PROFILE, "dev")), 2, nothing).roles == ()
    assert effective(left(), 2, nothing).roles == ()


def test_only_those_that_leave_something_are_asked() -> None:
    scopes = steps(
        scope(1, 0, order=1, exports=(variable("A", "1"),)),
        scope(2, 0, variable("B", "own"), order=2),
        scope(3, 0, order=3, role_exports=(role(1),)),
        scope(4, 0, order=4),
    )
    assert exporters_of(scopes) == (scopes[1], scopes[3])
    assert values(effective(scopes, 4, nothing, exporters_of(scopes))) == {"A": ["1"]}
    assert values(effective(scopes, 4, nothing, ())) == {}


# Credential sets


def sets(*variables: Variable, opaque: bool = False, branches: Branches = NO_BRANCH) -> dict[str, CredentialSet]:
    made = scope(0, None, *variables, opaque=opaque, branches=branches)
    return dict(credential_sets(effective((made,), 0, nothing), CATALOGUE))


def only(found: CredentialSet) -> Alternative:
    assert found.complete
    (alternative,) = found.alternatives
    return alternative


def test_no_key_no_set() -> None:
    assert sets(variable(TOKEN, secret("T")), variable(PROFILE, "dev"), variable("A", "1")) == {}


def test_a_pair() -> None:
    one = only(sets(variable(KEY, secret("K"), 1), variable(SECRET, secret("S"), 2))["aws"])
    assert (one.key_id.origin, one.key_id.name, one.key_id.location) == (secret("K"), KEY, at(1))
    assert (one.secret.origin, one.secret.name, one.secret.location) == (secret("S"), SECRET, at(2))
    assert (one.token.origin, one.token.name, one.token.location) == (Absent(), TOKEN, None)
    assert one.profile.origin == Absent()


def test_half_a_pair_is_a_set() -> None:
    assert only(sets(variable(SECRET, secret("S")))["aws"]).key_id.origin == Absent()


def test_a_family_without_token_and_profile() -> None:
    for opaque in (False, True):
        found = sets(variable("AWS_ACCESS_KEY", secret("K")), variable("AWS_SECRET_KEY", secret("S")), opaque=opaque)
        one = only(found["aws-short"])
        assert (one.token.name, one.profile.name) == ("", "")


@pytest.mark.parametrize(
    ("branches", "value"),
    [
        (NO_BRANCH, Unknown("variable of the environment", "env A")),
        (ONE, Literal(SecretText("one"))),
        (OTHER, Literal(SecretText("other"))),
        (frozenset({(0, 2)}), Unknown("variable of the environment", "env A")),
        (frozenset({(0, 1), (1, 1)}), Literal(SecretText("other"))),
    ],
)
def test_what_a_variable_holds_under_arms(branches: Branches, value: Origin) -> None:
    in_arms = (variable("A", "one", branches=ONE), variable("A", "other", branches=OTHER))
    assert effective((scope(0, None, *in_arms),), 0, nothing).value_of("A", branches) == value
    assert effective((scope(0, None, *in_arms),), 0, nothing).value_of("B", branches) == Unknown(
        "variable of the environment", "env B"
    )


def test_what_a_variable_holds_in_the_arms_of_the_process() -> None:
    one = variable("A", "one", branches=ONE)
    assert effective((scope(0, None, one, branches=ONE),), 0, nothing).value_of("A") == one.value
    always = (variable("A", "always"), one)
    assert effective((scope(0, None, *always),), 0, nothing).value_of("A", OTHER) == always[0].value


@pytest.mark.parametrize("value", [Blank(), NoneValue()])
def test_a_pair_without_values_is_none(value: Origin) -> None:
    assert sets(variable(KEY, value), variable(SECRET, value)) == {}


def test_families_do_not_mix() -> None:
    found = sets(variable(KEY, secret("K")), variable("OSS_ACCESS_KEY_SECRET", secret("S")))
    assert found.keys() == {"aws", "oss"}
    assert only(found["aws"]).secret.origin == Absent()


@pytest.mark.parametrize(
    ("variables", "token"),
    [
        ([variable(TOKEN, secret("T")), variable(LEGACY, secret("L"))], secret("T")),
        ([variable(LEGACY, secret("L"))], secret("L")),
        ([variable(TOKEN, Blank()), variable(LEGACY, secret("L"))], secret("L")),
        ([variable(TOKEN, Blank())], Blank()),
        ([variable(TOKEN, Blank()), variable(LEGACY, NoneValue())], Blank()),
        ([], Absent()),
    ],
)
def test_the_token_is_the_first_that_has_a_value(variables: list[Variable], token: Origin) -> None:
    pair = [variable(KEY, secret("K")), variable(SECRET, secret("S"))]
    assert only(sets(*pair, *variables)["aws"]).token.origin == token


def test_the_profile_is_the_first_that_the_sdk_tries() -> None:
    pair = [variable(KEY, secret("K")), variable(SECRET, secret("S"))]
    profiles = [variable(PROFILE, "one"), variable(DEFAULT_PROFILE, "other")]
    for order in itertools.permutations(profiles):
        assert only(sets(*pair, *order)["aws"]).profile.name == DEFAULT_PROFILE


def test_what_is_absent_where_more_may_come_is_unknown() -> None:
    one = only(sets(variable(KEY, secret("K")), variable(SECRET, secret("S")), opaque=True)["aws"])
    assert one.token.origin == Unknown("may come from elsewhere")
    assert one.token.location is None


def test_settings_of_the_platform_may_give_what_is_absent() -> None:
    pair = (variable(KEY, secret("K")), variable(SECRET, secret("S")))
    made = scope(0, None, *pair, supplemented=True)
    ((_, found),) = credential_sets(effective((made,), 0, nothing), CATALOGUE)
    assert only(found).token.origin == Unknown("may stand in the settings of the platform")
    made = scope(0, None, pair[0], supplemented=True)
    ((_, found),) = credential_sets(effective((made,), 0, nothing), CATALOGUE)
    assert not only(found).secret.is_missing()


def test_settings_of_the_platform_give_no_token_to_an_answer() -> None:
    answer = ResponseField(at(1), "aws.sts.AssumeRole", Role.KEY_ID, Lifetime.TEMPORARY)
    made = scope(0, None, variable(KEY, answer), variable(SECRET, secret("S")), supplemented=True)
    ((_, found),) = credential_sets(effective((made,), 0, nothing), CATALOGUE)
    assert only(found).token.origin == Absent()


def test_a_set_that_settings_may_replace_is_not_complete() -> None:
    pair = (replace(variable(KEY, secret("K")), outranked=True), variable(SECRET, secret("S")))
    assert [found.complete for found in sets(*pair).values()] == [False]


def test_a_blank_stays_blank_where_more_may_come() -> None:
    pair = [variable(KEY, secret("K")), variable(SECRET, secret("S"))]
    assert only(sets(*pair, variable(TOKEN, Blank()), opaque=True)["aws"]).token.origin == Blank()


def keys_and_secrets(found: CredentialSet) -> set[tuple[Origin, Origin]]:
    return {(one.key_id.origin, one.secret.origin) for one in found.alternatives}


def test_arms_do_not_mix() -> None:
    found = sets(
        variable(KEY, secret("K1"), branches=ONE),
        variable(SECRET, secret("S1"), branches=ONE),
        variable(KEY, secret("K2"), branches=OTHER),
        variable(SECRET, secret("S2"), branches=OTHER),
    )["aws"]
    assert found.complete
    known = {pair for pair in keys_and_secrets(found) if not isinstance(pair[0], Unknown)}
    assert known == {(secret("K1"), secret("S1")), (secret("K2"), secret("S2"))}
    # the decision may also go a third way, of which nothing is known
    assert keys_and_secrets(found) - known == {(ELSEWHERE, ELSEWHERE)}


def test_a_pair_in_one_arm_leaves_no_pair_in_the_other() -> None:
    found = sets(variable(KEY, secret("K"), branches=ONE), variable(SECRET, secret("S"), branches=ONE))["aws"]
    taken = {one.branches: one for one in found.alternatives}
    assert taken[ONE].key_id.origin == secret("K")
    elsewhere = [one for branches, one in taken.items() if branches != ONE]
    assert all(one.key_id.origin == ELSEWHERE for one in elsewhere)
    assert elsewhere


def test_a_token_in_one_arm_is_unknown_in_the_other() -> None:
    pair = [variable(KEY, secret("K")), variable(SECRET, secret("S"))]
    found = sets(*pair, variable(TOKEN, secret("T"), branches=ONE))["aws"]
    assert {one.token.origin for one in found.alternatives} == {secret("T"), ELSEWHERE}


def test_in_the_arm_of_the_process_there_is_one_world() -> None:
    found = sets(
        variable(KEY, secret("K1"), branches=ONE),
        variable(KEY, secret("K2"), branches=OTHER),
        variable(SECRET, secret("S")),
        branches=ONE,
    )["aws"]
    assert keys_and_secrets(found) == {(secret("K1"), secret("S"))}


def test_arms_that_change_nothing_make_no_alternatives() -> None:
    pair = [variable(KEY, secret("K")), variable(SECRET, secret("S"))]
    other = variable("AWS_REGION", "eu-west-1", branches=ONE)
    assert only(sets(*pair, other)["aws"]).branches == NO_BRANCH


def test_too_many_worlds_are_not_all_looked_at() -> None:
    arms = [variable(KEY, secret(f"K{decision}"), branches=frozenset({(decision, 0)})) for decision in range(6)]
    found = sets(*arms, variable(SECRET, secret("S")))["aws"]
    assert not found.complete
    few = sets(*arms[:5], variable(SECRET, secret("S")))["aws"]
    assert few.complete
    assert len(few.alternatives) == 6


# Endpoints


def endpoint(*variables: Variable, beside_local: bool = False, settings: Settings | None = None) -> EndpointKind:
    environment = effective((scope(0, None, *variables),), 0, nothing)
    return environment_endpoint(environment, CATALOGUE.grammar, settings or Settings(), beside_local=beside_local)


@pytest.mark.parametrize(
    ("variables", "kind"),
    [
        ([], EndpointKind.ABSENT),
        ([variable("A", "http://minio:9000")], EndpointKind.ABSENT),
        ([variable("AWS_ENDPOINT_URL", "http://localhost:4566")], EndpointKind.LOCAL),
        ([variable("AWS_ENDPOINT_URL", "http://[::1]:4566")], EndpointKind.LOCAL),
        ([variable("AWS_ENDPOINT_URL", "http://[2001:db8::1]:4566")], EndpointKind.OTHER),
        ([variable("AWS_ENDPOINT_URL_S3", "https://s3.eu-west-1.amazonaws.com")], EndpointKind.CLOUD),
        ([variable("AWS_ENDPOINT_URL", "https://storage.example.com")], EndpointKind.OTHER),
        ([variable("AWS_ENDPOINT_URL", secret("E"))], EndpointKind.UNKNOWN),
        ([variable("AWS_ENDPOINT_URL", Blank())], EndpointKind.ABSENT),
        ([variable("AWS_ENDPOINT_URL", NoneValue())], EndpointKind.ABSENT),
        ([variable("S3_ENDPOINT", "http://minio:9000")], EndpointKind.LOCAL),
        ([variable("s3_endpoint", "http://minio:9000")], EndpointKind.LOCAL),
        ([variable("S3_ENDPOINT", "https://storage.example.com")], EndpointKind.OTHER),
        ([variable("S3_ENDPOINT", "https://s3.amazonaws.com")], EndpointKind.ABSENT),
        ([variable("S3_ENDPOINT", "/health")], EndpointKind.ABSENT),
        ([variable("S3_ENDPOINT", secret("E"))], EndpointKind.ABSENT),
        (
            [variable("S3_ENDPOINT", "http://minio:9000"), variable("AWS_ENDPOINT_URL", "https://s3.amazonaws.com")],
            EndpointKind.CLOUD,
        ),
        (
            [variable("S3_ENDPOINT", "http://minio:9000"), variable("OTHER_ENDPOINT", "https://s3.amazonaws.com")],
            EndpointKind.LOCAL,
        ),
    ],
)
def test_endpoint(variables: list[Variable], kind: EndpointKind) -> None:
    assert endpoint(*variables) is kind


def test_the_last_value_of_an_endpoint_counts() -> None:
    names = ("https://s3.amazonaws.com", "http://minio:9000")
    scopes = (scope(0, None, variable("S3_ENDPOINT", names[0]), variable("S3_ENDPOINT", names[1], branches=ONE)),)
    environment = effective(scopes, 0, nothing)
    assert environment_endpoint(environment, CATALOGUE.grammar, Settings(), beside_local=False) is EndpointKind.LOCAL


def test_a_stand_in_beside_is_another_service_unless_said_otherwise() -> None:
    assert endpoint(beside_local=True) is EndpointKind.OTHER
    assert endpoint(variable("AWS_ENDPOINT_URL", "https://s3.amazonaws.com"), beside_local=True) is EndpointKind.CLOUD
    assert endpoint(variable("S3_ENDPOINT", "http://minio:9000"), beside_local=True) is EndpointKind.LOCAL


def test_endpoints_of_the_user_are_local() -> None:
    settings = Settings(local_endpoints=frozenset({"storage.example.com"}))
    assert endpoint(variable("S3_ENDPOINT", "https://storage.example.com"), settings=settings) is EndpointKind.LOCAL


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("http://user:pass@minio:9000/x", "minio"),
        ("https://S3.Amazonaws.com/bucket", "s3.amazonaws.com"),
        (" https://s3.amazonaws.com ", "s3.amazonaws.com"),
        ("minio:9000", "minio"),
        ("127.0.0.1:9000", "127.0.0.1"),
        ("http://[::1]:9000", "[::1]"),
        ("s3.amazonaws.com", None),
        ("minio", None),
        ("/path", None),
        ("", None),
        ("${ENDPOINT}", None),
        ("https://${ENDPOINT}", None),
    ],
)
def test_host(text: str, host: str | None) -> None:
    assert host_of(text) == host
