"""What is said of an environment: who wins, what it hides, what nobody knows. Oracles ask the SDKs themselves."""

from __future__ import annotations

import pytest

from credlint.catalogue.load_chains import load_chains
from credlint.credentials.chains import simulate
from credlint.model.chains import (
    BLANK,
    OPAQUE,
    UNKNOWN,
    UNKNOWN_FILE,
    Answer,
    ChainEnvironment,
    ChainFile,
    ChainResult,
    ChainSection,
    Fact,
    Ground,
    Value,
    Verdict,
    literal,
)
from tests.oracle.chains import alibaba_cases
from tests.oracle.chains.asked import end
from tests.oracle.chains.aws_cases import aws_case
from tests.oracle.chains.aws_table import ROWS, Row

KEYS = {"AWS_ACCESS_KEY_ID": OPAQUE, "AWS_SECRET_ACCESS_KEY": OPAQUE}
WEB = {"AWS_WEB_IDENTITY_TOKEN_FILE": OPAQUE, "AWS_ROLE_ARN": OPAQUE}
PAIR = {"aws_access_key_id": OPAQUE, "aws_secret_access_key": OPAQUE}
CONFIG, CREDENTIALS = "~/.aws/config", "~/.aws/credentials"
NOWHERE = Fact.NO


def section(name: str, settings: dict[str, Value], *, open_: bool = False) -> ChainSection:
    return ChainSection(name, tuple(settings.items()), open_)


def file(*sections: ChainSection, whole: bool = True) -> ChainFile:
    return ChainFile(sections, whole)


def ask(
    sdk: str,
    variables: dict[str, Value] | None = None,
    files: dict[str, ChainFile | None] | None = None,
    *,
    others: ChainFile | None = None,
    open_: bool = False,
    profile: Value | None = None,
    container: Fact = NOWHERE,
    web: Fact = NOWHERE,
    machine: Fact = NOWHERE,
    signed_in: Fact = NOWHERE,
    home: str = "~",
) -> ChainResult:
    environment = ChainEnvironment(
        tuple((variables or {}).items()),
        open_,
        tuple((files or {}).items()),
        others,
        home,
        profile,
        container,
        web,
        machine,
        signed_in,
    )
    return simulate(environment, load_chains()[sdk])


def ends(result: ChainResult) -> list[tuple[str, str]]:
    return [(one.provider, one.answer.value) for one in result.outcomes]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_rows_of_aws(row: Row) -> None:
    (outcome,) = simulate(row.case.environment(), load_chains()["boto3"]).outcomes
    assert end(outcome) == row.botocore
    if row.javascript != "":
        (outcome,) = simulate(row.case.environment(), load_chains()["js3"]).outcomes
        assert (outcome.error or end(outcome)) == row.javascript


@pytest.mark.parametrize("row", alibaba_cases.ROWS, ids=lambda row: row[0])
def test_rows_of_alibaba(row: tuple[str, str | None, alibaba_cases.Case]) -> None:
    (outcome,) = simulate(row[2].environment(), load_chains()["alibaba"]).outcomes
    assert end(outcome) == row[1]


def test_keys_win_over_web_identity_and_rival_it() -> None:
    result = ask("boto3", {**KEYS, **WEB}, machine=Fact.YES)
    assert result.winner is not None
    assert result.error is None
    assert result.winner.provider == "env"
    assert result.winner.grounds == (Ground("AWS_ACCESS_KEY_ID"), Ground("AWS_SECRET_ACCESS_KEY"))
    assert [one.provider for one in result.shadowed] == ["assume-role-with-web-identity", "iam-role"]
    assert [one.provider for one in result.rivals] == ["assume-role-with-web-identity"]
    assert result.verdict is Verdict.AMBIGUOUS


def test_the_machine_is_nobodys_rival() -> None:
    result = ask("boto3", WEB, machine=Fact.YES)
    assert result.verdict is Verdict.CLEAR
    assert [one.provider for one in result.shadowed] == ["iam-role"]


def test_what_signs_for_the_winner_is_not_its_rival() -> None:
    role = {"role_arn": literal("arn"), "credential_source": literal("EcsContainer")}
    uri = {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": literal("/x")}
    result = ask("boto3", uri, {CONFIG: file(section("default", role))}, container=Fact.YES)
    assert [one.provider for one in result.shadowed] == ["container-role"]
    assert result.verdict is Verdict.CLEAR


def test_a_profile_that_is_not_there_says_what_it_hides() -> None:
    result = ask("boto3", {**KEYS, "AWS_PROFILE": literal("ghost")})
    assert result.winner is None
    assert result.error is not None
    assert result.error.message == "ProfileNotFound: The config profile (ghost) could not be found"
    assert result.error.grounds == (Ground("AWS_PROFILE"),)
    assert [one.provider for one in result.shadowed] == ["env"]
    assert result.verdict is Verdict.BROKEN


def test_nothing_at_all_is_an_error() -> None:
    result = ask("boto3")
    assert result.error is not None
    assert (result.error.answer, result.error.error) == (Answer.NO, "NoCredentialsError")
    assert result.verdict is Verdict.BROKEN


def test_grounds_name_the_file_the_section_and_the_setting() -> None:
    sections = file(section("x", {**PAIR, "aws_session_token": OPAQUE}))
    files = {"/root/.aws/credentials": sections}
    result = ask("boto3", {"AWS_PROFILE": literal("x")}, files, home="/root")
    assert result.winner is not None
    assert (result.winner.provider, result.winner.profile) == ("shared-credentials-file", "x")
    assert result.winner.grounds == (
        Ground("AWS_PROFILE"),
        Ground(file=CREDENTIALS, section="x"),
        Ground(file=CREDENTIALS, section="x", setting="aws_access_key_id"),
        Ground(file=CREDENTIALS, section="x", setting="aws_secret_access_key"),
    )


def test_what_nobody_shows_is_neither_there_nor_absent() -> None:
    result = ask("boto3", {"AWS_ACCESS_KEY_ID": UNKNOWN, "AWS_SECRET_ACCESS_KEY": OPAQUE}, machine=Fact.YES)
    assert ends(result) == [("env", "yes"), ("iam-role", "yes")]
    assert result.unknowns == ("whether AWS_ACCESS_KEY_ID is set",)
    assert result.winner is None
    assert result.error is None
    assert result.verdict is Verdict.AMBIGUOUS


def test_where_nothing_is_in_sight_nothing_is_said() -> None:
    result = ask("boto3", others=UNKNOWN_FILE, container=Fact.MAYBE, machine=Fact.MAYBE)
    assert result.verdict is Verdict.UNKNOWN
    assert ask("alibaba", others=UNKNOWN_FILE, machine=Fact.MAYBE).verdict is Verdict.UNKNOWN
    assert ask("js3", others=UNKNOWN_FILE, machine=Fact.MAYBE, web=Fact.MAYBE).verdict is Verdict.UNKNOWN


def test_all_that_may_come_may_be_an_error() -> None:
    result = ask("boto3", {"AWS_ACCESS_KEY_ID": UNKNOWN})
    assert ends(result) == [("env", "stop"), ("", "no")]
    assert result.verdict is Verdict.BROKEN


def test_a_role_of_the_platform_is_there_where_it_is_not_declared() -> None:
    result = ask("boto3", web=Fact.YES)
    assert ends(result) == [("assume-role-with-web-identity", "yes")]
    assert ends(ask("boto3", {"AWS_ROLE_ARN": OPAQUE}, web=Fact.YES, machine=Fact.YES)) == [("iam-role", "yes")]
    assert ends(ask("js3", container=Fact.YES)) == [("fromHttp", "yes")]


def test_chains_that_were_read_only() -> None:
    chains = load_chains()
    assert {sdk for sdk, chain in chains.items() if chain.read} == {"java2", "go2", "aliyun"}
    named = {**KEYS, "AWS_PROFILE": literal("sandbox")}
    files: dict[str, ChainFile | None] = {CREDENTIALS: file(section("sandbox", PAIR))}
    assert ends(ask("java2", named, files)) == ends(ask("go2", named, files)) == [("environment", "yes")]
    role = {CONFIG: file(section("profile r", {"role_arn": OPAQUE, "credential_source": literal("Environment")}))}
    beside = {**WEB, "AWS_PROFILE": literal("r")}
    assert ends(ask("java2", beside, role)) == ends(ask("go2", beside, role)) == [("web-identity", "yes")]
    assert ends(ask("go2", KEYS, files, profile=literal("sandbox"))) == [("profile of the code", "yes")]
    assert ends(ask("go2", {"AWS_PROFILE": literal("ghost")})) == [("", "stop")]
    hidden = {CREDENTIALS: file(section("x", {}, open_=True))}
    assert ends(ask("go2", {**KEYS, "AWS_PROFILE": literal("x")}, hidden)) == [("", "stop"), ("environment", "yes")]
    assert ends(ask("go2", {"AWS_WEB_IDENTITY_TOKEN_FILE": OPAQUE}, machine=Fact.YES)) == [("web-identity", "stop")]
    config = file(section("", {"current": literal("x")}), section("x", {"mode": literal("EcsRamRole")}))
    pair = {"ALICLOUD_ACCESS_KEY_ID": OPAQUE, "ALICLOUD_ACCESS_KEY_SECRET": OPAQUE}
    assert ends(ask("aliyun", pair, {"~/.aliyun/config.json": config})) == [("variables", "yes")]


def test_too_many_worlds_say_nothing() -> None:
    profile = {"role_arn": literal("x"), "source_profile": OPAQUE, "credential_source": UNKNOWN}
    sections = [
        section(f"profile {name}", profile | {"sso_session": UNKNOWN}, open_=True) for name in "abcdefghijklmnopqrst"
    ]
    plain = [section(name, dict.fromkeys(PAIR, UNKNOWN) | {"x": OPAQUE}) for name in "abcdefghijklmnopqrst"]
    result = ask("boto3", {"AWS_PROFILE": OPAQUE}, {CONFIG: file(*sections), CREDENTIALS: file(*plain)})
    assert result.verdict is Verdict.AMBIGUOUS
    assert {one.answer for one in result.providers} == {Answer.MAYBE}
    assert {one.answer for one in result.outcomes} == {Answer.YES, Answer.STOP, Answer.NO}


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("default", True),
        ("profile default", True),
        ('profile "default"', True),
        ("profile", False),
        ('profile "', False),
    ],
)
def test_headers_of_the_config_file(header: str, found: bool) -> None:
    result = ask("boto3", {}, {CONFIG: file(section(header, PAIR))})
    assert (result.winner is not None) == found


def test_a_file_that_the_parser_gives_up() -> None:
    twice = file(section("default", PAIR), section("default", PAIR))
    result = ask("boto3", KEYS, {CREDENTIALS: twice})
    assert result.error is not None
    assert result.error.error == "ConfigParseError"
    assert ends(ask("js3", {}, {CREDENTIALS: twice})) == [("fromIni", "yes")]
    assert ends(ask("boto3", {"BOTO_CONFIG": literal("/b")}, {"/b": twice})) == [("boto-config", "stop")]
    ini = {"~/.alibabacloud/credentials.ini": twice}
    assert ends(ask("alibaba", {}, ini, machine=Fact.YES)) == [("ecs_ram_role", "yes")]


@pytest.mark.parametrize("sdk", ["boto3", "js3"])
def test_a_login_of_which_nobody_knows(sdk: str) -> None:
    files: dict[str, ChainFile | None] = {CONFIG: file(section("default", {"login_session": OPAQUE}))}
    found = ask(sdk, {}, files, signed_in=Fact.MAYBE)
    assert [one.answer.value for one in found.outcomes] == ["yes", "stop"]
    assert found.unknowns == ("whether somebody has signed in",)


def test_files_of_long_ago_are_asked_for_where_somebody_names_them() -> None:
    assert ends(ask("boto3", {"BOTO_CONFIG": OPAQUE})) == [
        ("boto-config", "yes"),
        ("boto-config", "stop"),
        ("", "no"),
    ]
    assert ends(ask("boto3", {"BOTO_CONFIG": BLANK})) == [("", "no")]
    half = {"/b": file(section("Credentials", {"aws_access_key_id": OPAQUE}))}
    assert ends(ask("boto3", {"BOTO_CONFIG": literal("/b")}, half)) == [("boto-config", "stop")]
    assert ends(ask("boto3", {"BOTO_CONFIG": literal("/b")}, {"/b": file()})) == [("", "no")]
    half = {"/e": file(section("", {"AWSAccessKeyId": OPAQUE}))}
    result = ask("boto3", {"AWS_CREDENTIAL_FILE": literal("/e")}, half)
    assert result.error is not None
    assert result.error.message == "KeyError: 'AWSSecretKey'"


def test_a_profile_of_the_code_may_be_unknown() -> None:
    files: dict[str, ChainFile | None] = {CREDENTIALS: file(section("default", PAIR))}
    assert ends(ask("boto3", KEYS, files, profile=UNKNOWN)) == [
        ("", "stop"),
        ("env", "yes"),
        ("shared-credentials-file", "yes"),
    ]


def test_a_path_that_nobody_shows() -> None:
    result = ask("boto3", {"AWS_CONFIG_FILE": OPAQUE, "AWS_PROFILE": literal("x")}, machine=Fact.YES)
    assert {("", "stop"), ("assume-role", "yes"), ("iam-role", "yes")} <= set(ends(result))


def test_an_open_environment_may_name_other_files() -> None:
    result = ask("boto3", KEYS, open_=True)
    assert ends(result) == [("", "stop"), ("env", "yes")]
    assert result.unknowns[0] == "whether the files of profiles stand elsewhere"


def test_an_address_may_be_unknown() -> None:
    uri = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": OPAQUE}
    assert ends(ask("boto3", uri, container=Fact.YES)) == [("container-role", "yes"), ("container-role", "stop")]
    assert ask("boto3", {"AWS_CONTAINER_CREDENTIALS_FULL_URI": literal("http://[")}).error is not None
    assert ends(ask("js3", uri, container=Fact.NO)) == [
        ("fromHttp", "stop"),
        ("fromHttp", "stop"),
        ("", "no"),
    ]


def test_the_switch_may_be_unknown() -> None:
    result = ask("boto3", {"AWS_EC2_METADATA_DISABLED": OPAQUE}, machine=Fact.YES)
    assert ends(result) == [("iam-role", "yes"), ("", "no")]


@pytest.mark.parametrize("sdk", ["boto3", "cli2", "js3", "alibaba"])
def test_what_is_known_wholly_has_one_end(sdk: str) -> None:
    cases = [
        alibaba_cases.alibaba_case(seed) if sdk == "alibaba" else aws_case(seed, login=True) for seed in range(200)
    ]
    for case in cases:
        result = simulate(case.environment(), load_chains()[sdk])
        assert len(result.outcomes) == 1
        assert not result.unknowns
        assert (result.winner is None) != (result.error is None)
        assert all(one.answer is not Answer.MAYBE for one in result.providers)


ROLE = {"role_arn": literal("arn")}
SSO = {name: literal("s") for name in ("sso_start_url", "sso_region", "sso_account_id", "sso_role_name")}
SESSION = section("sso-session s", {"sso_start_url": OPAQUE, "sso_region": literal("s")})


@pytest.mark.parametrize(
    ("sdk", "config", "expected"),
    [
        # A role with another profile behind it, of which not all is in sight.
        ("boto3", file(section("default", ROLE | {"source_profile": literal("x")}), whole=False), {"yes", "stop"}),
        ("js3", file(section("default", ROLE | {"source_profile": literal("x")}), whole=False), {"yes", "no", "stop"}),
        ("js3", file(section("default", ROLE | {"source_profile": OPAQUE}), section("profile x", PAIR)), {"yes", "no"}),
        ("boto3", file(section("default", ROLE | {"source_profile": OPAQUE})), {"stop"}),
        ("boto3", file(section("default", ROLE | {"credential_source": OPAQUE})), {"stop"}),
        ("js3", file(section("default", ROLE | {"credential_source": OPAQUE})), {"no"}),
        ("boto3", file(section("default", ROLE, open_=True)), {"yes", "no", "stop"}),
        ("boto3", file(section("default", {"source_profile": UNKNOWN, **ROLE})), {"stop"}),
        # A sign-on with a session, of which not all is in sight.
        ("boto3", file(section("default", SSO | {"sso_session": literal("s")}), SESSION), {"yes", "stop"}),
        ("boto3", file(section("default", SSO | {"sso_session": OPAQUE}), SESSION), {"yes", "stop"}),
        ("boto3", file(section("default", SSO | {"sso_session": literal("x")}), whole=False), {"yes", "stop"}),
        ("js3", file(section("default", SSO | {"sso_session": literal("s")}), SESSION), {"stop"}),
        ("boto3", file(section("default", SSO, open_=True)), {"yes", "stop"}),
        # One profile written twice.
        ("js3", file(section("profile default", {"region": OPAQUE}), section("default", PAIR)), {"no"}),
        ("js3", file(section("default", PAIR), section("profile default", {"region": OPAQUE})), {"no"}),
        ("js3", file(section("profile x", PAIR), section("default", {"aws_access_key_id": BLANK})), {"no"}),
    ],
)
def test_config_files_of_which_not_all_is_in_sight(sdk: str, config: ChainFile, expected: set[str]) -> None:
    assert {one.answer.value for one in ask(sdk, {}, {CONFIG: config}).outcomes} == expected


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"mode": OPAQUE}, {"yes", "no"}),
        ({"mode": literal("AK"), **dict.fromkeys(("access_key_id", "access_key_secret"), OPAQUE)}, {"yes"}),
        ({"mode": literal("EcsRamRole")}, {"no"}),
        ({"mode": literal("OAuth")}, {"yes", "no"}),
        ({"mode": literal("External"), "process_command": BLANK}, {"no"}),
        ({"mode": literal("ChainableRamRoleArn"), "ram_role_arn": OPAQUE}, {"no"}),
        ({"mode": literal("ChainableRamRoleArn"), "ram_role_arn": OPAQUE, "source_profile": literal("x")}, {"no"}),
        ({"mode": literal("OIDC"), "oidc_provider_arn": OPAQUE}, {"no"}),
    ],
)
def test_profiles_of_the_alibaba_cli(settings: dict[str, Value], expected: set[str]) -> None:
    config = file(section("", {"current": literal("x")}), section("x", settings))
    result = ask("alibaba", {}, {"~/.aliyun/config.json": config}, signed_in=Fact.MAYBE)
    assert {one.answer.value for one in result.outcomes} == expected


@pytest.mark.parametrize("seconds", [OPAQUE, literal("900")])
def test_a_session_of_the_alibaba_cli_may_be_too_short(seconds: Value) -> None:
    role = {"mode": literal("RamRoleArn"), "access_key_id": OPAQUE, "access_key_secret": OPAQUE, "ram_role_arn": OPAQUE}
    config = file(section("", {"current": OPAQUE}), section("x", role | {"expired_seconds": seconds}))
    result = ask("alibaba", {}, {"~/.aliyun/config.json": config})
    assert {one.answer.value for one in result.outcomes} == {"yes", "no"}
