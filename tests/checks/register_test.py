"""The register: every check sees the units that it is for, under its rule's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from credlint.checks import registers, run_checks
from credlint.model.environments import (
    BindingGap,
    CorruptedValue,
    CorruptionKind,
    GapKind,
    InheritedKey,
    JobTime,
    Mount,
    ProfileFiles,
    RepeatedVariable,
    RoleKind,
)
from credlint.model.facts import (
    ClientPlace,
    Duration,
    EntryKind,
    EntryPoint,
    ExposureKind,
    LiteralContext,
    RoleWay,
    SecretRead,
    Setting,
)
from credlint.model.lasting import (
    Fallback,
    FallbackKind,
    Keeper,
    Kept,
    LongLife,
    Refresher,
    RefreshFault,
    RetriedError,
    SignedUrl,
)
from credlint.model.profiles import ProfileFault, ProfileFaultKind, ProfileText
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind, Handling, Incomplete, SinkUse
from credlint.model.units import (
    CorruptedUnit,
    EntryUnit,
    FallbackUnit,
    GapUnit,
    InheritedKeyUnit,
    JobTimeUnit,
    KeptUnit,
    LiteralForm,
    Misspelling,
    PlaceUnit,
    ProfileUnit,
    RefresherUnit,
    RepeatUnit,
    RequestUnit,
    RetriedErrorUnit,
    SecretReadUnit,
    SignedUrlUnit,
    Unit,
)
from credlint.model.usage import EndpointMismatch, Mismatch
from credlint.model.values import (
    Absent,
    Blank,
    Cloud,
    Damage,
    DamageKind,
    Lifetime,
    Literal,
    Reference,
    ReferenceKind,
    Role,
)
from tests.checks.build import (
    alternative,
    answer,
    at,
    client,
    client_unit,
    environment_unit,
    exposure_unit,
    literal_unit,
    process_set,
    process_unit,
    provided,
    request,
    role,
    variable,
    variables,
    write,
    write_unit,
)
from tests.mdspec.lint import inventories

PARENT = alternative(*variables("PARENT_KEY", "PARENT_SECRET"))
VALUE = Reference(ReferenceKind.CI_SECRET, "NAME")
KEY = variable("AWS_ACCESS_KEY_ID", Role.KEY_ID, VALUE, 10)
SECRET = variable("AWS_SECRET_ACCESS_KEY", Role.SECRET, VALUE, 11)
STORED_KEY = replace(KEY, value=Reference(ReferenceKind.KUBERNETES_SECRET, "upload", "id"))
PROFILE = variable("AWS_PROFILE", Role.PROFILE, VALUE, 12)

ON_THE_CHAIN = client(alternative(Absent(), Absent()), default_chain=True)
STARTED = EntryPoint((EntryKind.SCRIPT,), checked=False, anonymous=False)

# One unit for which a rule fires.
UNITS: dict[str, Unit] = {
    "temporary-key-without-token": client_unit(client(alternative(*answer()[:2]))),
    "session-token-dropped": client_unit(client(alternative(*provided()[:2]))),
    "mixed-credential-parts": client_unit(client(alternative(*provided(refreshable=True)))),
    "parent-key-for-data-access": client_unit(client(PARENT), requests=(request(PARENT),)),
    "damaged-by-transform": client_unit(
        client(replace(PARENT, secret=replace(PARENT.secret, damage=Damage(DamageKind.BASE64, at(8)))))
    ),
    "swapped-credential-parts": client_unit(client(PARENT), roles=((Role.SECRET, None, None),)),
    "partial-credentials": client_unit(
        client(alternative(*variables("PARENT_KEY"), Absent()), incomplete=Incomplete(key_id=Handling.REFUSED))
    ),
    "ignored-session-token": client_unit(
        client(alternative(*variables("PARENT_KEY", "PARENT_SECRET", "AWS_SECURITY_TOKEN"))),
        legacy="AWS_SECURITY_TOKEN",
    ),
    "environment-shadows-credentials": client_unit(
        client(PARENT, environment_wins=("ALIYUN_ACCESS_KEY_ID", "ALIYUN_ACCESS_KEY_SECRET")), preferred=at(8)
    ),
    "foreign-key-without-endpoint": client_unit(client(PARENT, takes_endpoint=True), foreign=("MinIO",)),
    "session-duration-too-short": RequestUnit(request(durations=(Duration(1, None),))),
    "session-duration-too-long": RequestUnit(request(durations=(Duration(10**6, None),))),
    "invalid-session-request": RequestUnit(replace(request(), chained=at(3)), long_lived_caller=True),
    "restricted-session-operation": RequestUnit(replace(request(), by_platform=True), long_lived_caller=True),
    "unscoped-role-session": RequestUnit(replace(request(), served=at(9)), unscoped=True),
    "unused-assumed-role": RequestUnit(request(), issues=True, clients=(ON_THE_CHAIN,)),
    "region-endpoint-mismatch": PlaceUnit(
        ClientPlace("boto3.client", Cloud.AWS, SinkUse.DATA, "s3", at(9), ()),
        (EndpointMismatch(Mismatch.REGION, Setting("region", "region_name", VALUE, at(9)), "one", "two"),),
    ),
    "logged-credentials": exposure_unit(),
    "hardcoded-access-key": literal_unit(Role.KEY_ID, lifetime=Lifetime.LONG_LIVED),
    "hardcoded-temporary-credentials": literal_unit(Role.KEY_ID, lifetime=Lifetime.TEMPORARY),
    "malformed-access-key-id": literal_unit(Role.KEY_ID, LiteralForm.WRONG),
    "access-key-account-mismatch": client_unit(
        client(
            alternative(VALUE, VALUE, VALUE),
            settings=(Setting("account", "aws_account_id", VALUE, at(8), "444455556666"),),
        ),
        accounts=("111122223333",),
    ),
    "implicit-credential-source": EntryUnit(STARTED, (ON_THE_CHAIN,), names_a_role=True, names_a_source=False),
    "unchecked-startup-identity": EntryUnit(STARTED, (ON_THE_CHAIN,), names_a_role=False, names_a_source=True),
    "key-inventory": literal_unit(Role.KEY_ID, lifetime=Lifetime.LONG_LIVED, context=LiteralContext.TEXT),
    "profile-set-in-process": write_unit(write(8, "dev")),
    "blank-profile": write_unit(write(8, "", value=Blank())),
    "conflicting-profiles": environment_unit(
        variable("AWS_PROFILE", Role.PROFILE, VALUE, 10, plain="one"),
        variable("AWS_DEFAULT_PROFILE", Role.PROFILE, VALUE, 11, plain="two"),
    ),
    "legacy-token-variable": environment_unit(KEY, variable("AWS_SECURITY_TOKEN", Role.LEGACY_TOKEN, VALUE, 13)),
    "misspelled-credential-variable": environment_unit(
        misspelled=(Misspelling(KEY, "AWS_ACCESS_KEY_ID", Role.KEY_ID),)
    ),
    "credentials-in-command-line": exposure_unit(ExposureKind.COMMAND_LINE),
    "unrefreshed-temporary-credentials": KeptUnit(
        Kept(Keeper.MODULE, "s3", "AssumeRole", at(8), at(9), at(8), ("a",), lives=(LongLife("flask", at(1)),))
    ),
    "presigned-url-outlives-credentials": SignedUrlUnit(
        SignedUrl("sign", Cloud.AWS, 700_000, at(8), process_set(KEY, SECRET), ("a",), maximum=604_800), ()
    ),
    "refresher-does-not-refresh": RefresherUnit(
        Refresher(RefreshFault.CAPTURED_PARTS, "RefreshableCredentials", "AssumeRole", at(8), at(3), ("a",))
    ),
    "retried-credential-error": RetriedErrorUnit(RetriedError("ExpiredToken", at(8), at(6), ("a",))),
    "silent-credential-fallback": FallbackUnit(
        Fallback(FallbackKind.DEFAULT_CHAIN, "profile one", at(6), "boto3.Session", at(8), ("a",))
    ),
    "broken-profile": ProfileUnit(
        ProfileText(None, (), False, ("a",)), (ProfileFault(ProfileFaultKind.LOOP, "round and round", at(8)),)
    ),
    "credentials-set-in-process": InheritedKeyUnit(
        InheritedKey("AWS_ACCESS_KEY_ID", at(8), "AssumeRole", at(9), ("a",))
    ),
    "stale-secret-version": SecretReadUnit(SecretRead("get_secret_value", "AWSPREVIOUS", at(8), ("a",))),
    "static-keys-shadow-role": process_unit(
        [KEY, SECRET], [("aws", process_set(KEY, SECRET))], roles=(role(RoleKind.IRSA),)
    ),
    "profile-with-role": process_unit([PROFILE], roles=(role(RoleKind.IRSA),)),
    "profile-with-explicit-keys": process_unit([KEY, SECRET, PROFILE], [("aws", process_set(KEY, SECRET))]),
    "profile-without-config-file": process_unit(
        [PROFILE], scope=replace(process_unit([PROFILE]).scope, profile_files=ProfileFiles.ABSENT)
    ),
    "credentials-file-shadows-role": process_unit(
        [],
        mounts=(Mount("/root/.aws", "secret", "aws", at(30), holds_profiles=True),),
        roles=(role(RoleKind.TASK_ROLE),),
    ),
    "static-keys-where-role-possible": client_unit(
        client(alternative(VALUE, VALUE), role_way=RoleWay("a role", at(8)), endpoint=EndpointKind.ABSENT)
    ),
    "incomplete-role-binding": GapUnit(BindingGap(GapKind.NO_PERMISSION, Cloud.AWS, "step", "", at(8))),
    "duplicate-credential-variable": RepeatUnit(RepeatedVariable("AWS_PROFILE", at(9), VALUE, at(8), VALUE)),
    "corrupted-credential-value": CorruptedUnit(
        CorruptedValue(CorruptionKind.QUOTES, Role.SECRET, Cloud.AWS, "AWS_SECRET_ACCESS_KEY", at(8))
    ),
    "job-outlives-session": JobTimeUnit(JobTime("job", 7200, at(8), 3600, at(9))),
    "unpinned-secret-version": process_unit(
        [], scope=replace(process_unit([]).scope, variables=(STORED_KEY,), unpinned=True)
    ),
}


def test_every_rule_with_a_check_is_tried() -> None:
    assert UNITS.keys() == {rule for register in registers() for rule in register}


@pytest.mark.parametrize("rule", UNITS)
def test_a_check_runs_under_its_own_name(rule: str) -> None:
    found = [name for name, _ in run_checks([UNITS[rule]])]
    assert [name for name in found if name == rule or name not in inventories()] == [rule]


def test_a_rule_may_look_at_two_kinds_of_units() -> None:
    both = alternative(*variables("KEY", "SECRET"), None, Literal(SecretText("dev")))
    found = run_checks([client_unit(client(both))])
    assert [name for name, _ in found] == ["profile-with-explicit-keys"]
    expiration = write(8, "2024-01-01T00:00:00Z", role=Role.EXPIRATION)
    assert [name for name, _ in run_checks([write_unit(expiration)])] == ["hardcoded-temporary-credentials"]


def test_units_are_checked_one_after_the_other() -> None:
    seen: list[int] = []

    def units() -> Iterator[Unit]:
        for number in range(3):
            seen.append(number)
            yield exposure_unit()

    found = run_checks(units())
    assert seen == []
    next(found)
    assert seen == [0]
    assert len(list(found)) == 2
    assert list(run_checks([])) == []


def test_tables_hold_functions_of_their_rooms() -> None:
    for register in registers():
        for rule, check in register.items():
            assert check.__module__ == f"credlint.checks.{rule.replace('-', '_')}"
