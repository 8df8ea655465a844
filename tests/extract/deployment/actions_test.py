"""Steps that use an action that gives or takes credentials."""

from __future__ import annotations

import pytest

from credlint.model.facts import FileFacts
from tests.extract.deployment.facts import WORKFLOW, clients, durations, line, read, words

AWS = "aws-actions/configure-aws-credentials@v4"
ALIYUN = "aliyun/configure-aliyun-credentials-action@v1"
ROLE = "role-to-assume: arn:aws:iam::111122223333:role/publish"
KEYS = "aws-access-key-id: '${{ secrets.ID }}', aws-secret-access-key: '${{ secrets.KEY }}'"


def job(*steps: str, permission: str = "id-token: write", on: str = "push", env: str = "") -> FileFacts:
    listed = "\n".join(f"      - {step}" for step in steps)
    return read(
        f"on: {on}\npermissions: {{{permission}}}\njobs:\n  a:\n    env: {{{env}}}\n    steps:\n{listed}\n", WORKFLOW
    )


def step(inputs: str, uses: str = AWS, more: str = "") -> str:
    return f"{{uses: '{uses}', with: {{{inputs}}}{more}}}"


def exports(facts: FileFacts, index: int = 2) -> dict[str, str]:
    return {one.name: words(one.value) for one in facts.scopes[index].exports}


@pytest.mark.parametrize(
    ("inputs", "permission", "operation", "chained"),
    [
        (ROLE, "id-token: write", "AssumeRoleWithWebIdentity", False),
        (ROLE, "contents: read", "AssumeRole", False),
        (f"{ROLE}, {KEYS}", "id-token: write", "AssumeRole", False),
        (f"{ROLE}, {KEYS}, aws-session-token: '${{{{ secrets.T }}}}'", "contents: read", "AssumeRole", True),
        (f"{ROLE}, role-chaining: true", "id-token: write", "AssumeRole", True),
        (f"{ROLE}, role-chaining: false", "id-token: write", "AssumeRoleWithWebIdentity", False),
        (f"{ROLE}, force-skip-oidc: true", "id-token: write", "AssumeRoleWithWebIdentity", False),
        (f"{ROLE}, web-identity-token-file: /x", "contents: read", "AssumeRoleWithWebIdentity", False),
    ],
)
def test_what_is_asked_for(inputs: str, permission: str, operation: str, chained: bool) -> None:
    (request,) = job(step(inputs), permission=permission).requests
    assert (request.name, request.chained is not None) == (operation, chained)
    assert request.chained_maximum == (3600 if operation == "AssumeRole" else None)


def test_options_of_later_versions_count_from_their_version() -> None:
    newer = AWS.replace("v4", "v6.2.3")
    assert job(step(f"{ROLE}, force-skip-oidc: true", newer)).requests[0].name == "AssumeRole"
    pinned = f"{{uses: '{AWS.replace('v4', '0' * 40)}', with: {{{ROLE}, force-skip-oidc: true}}}} # v5.0.0"
    assert job(pinned).requests[0].name == "AssumeRole"
    assert exports(job(step(f"{ROLE}, aws-profile: x"))) != {}
    assert exports(job(step(f"{ROLE}, aws-profile: x", newer))) == {}
    assert exports(job(step(f"{ROLE}, aws-profile: x, output-env-credentials: true", newer))) != {}
    assert exports(job(step(f"{ROLE}, output-env-credentials: false"))) == {}


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_an_action_that_a_block_at_the_end_names(end: str) -> None:
    name = AWS.removesuffix("@v4")
    text = f"on: push\njobs:\n  a:\n    steps:\n      - with: {{{ROLE}}}\n        uses: |-\n          {name}{end}"
    assert [request.name for request in read(text, WORKFLOW).requests] == ["AssumeRole"]


def test_the_role_is_exported() -> None:
    facts = job(step(ROLE))
    assert exports(facts) == {
        "AWS_ACCESS_KEY_ID": "AssumeRoleWithWebIdentity key_id",
        "AWS_SECRET_ACCESS_KEY": "AssumeRoleWithWebIdentity secret",
        "AWS_SESSION_TOKEN": "AssumeRoleWithWebIdentity token",
    }
    assert [one.kind.value for one in facts.scopes[2].role_exports] == ["OIDC"]


def test_keys_are_handed_on() -> None:
    facts = job(step(KEYS), "run: 'true'")
    assert exports(facts) == {
        "AWS_ACCESS_KEY_ID": "secret ID", "AWS_SECRET_ACCESS_KEY": "secret KEY", "AWS_SESSION_TOKEN": "unknown",
    }  # fmt: skip
    assert facts.scopes[2].role_exports == ()
    assert clients(facts) == {
        "aws-actions/configure-aws-credentials": ["secret ID | secret KEY | absent"],
        "environment of step 2 of job a": ["secret ID | secret KEY | unknown"],
    }


def test_keys_leave_the_role_of_oidc_unused_where_it_could_be_had() -> None:
    assert [one.kind.value for one in job(step(f"{ROLE}, {KEYS}")).scopes[2].roles] == ["OIDC"]
    assert job(step(f"{ROLE}, {KEYS}"), permission="contents: read").scopes[2].roles == ()
    assert job(step(KEYS)).scopes[2].roles == ()


@pytest.mark.parametrize(
    ("permission", "on", "expected"),
    [
        ("id-token: write", "push", ["OIDC"]),
        ("id-token: read", "push", []),
        ("", "push", []),
        ("contents: read", "workflow_call", []),
    ],
)
def test_permissions(permission: str, on: str, expected: list[str]) -> None:
    facts = job(step(ROLE), permission=permission, on=on)
    assert [one.kind.value for one in facts.scopes[2].role_exports] == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("on: push\npermissions: write-all\n", True),
        ("on: push\npermissions: read-all\n", False),
        ("on: push\n", False),
        ("on: workflow_call\n", True),
        ("on: [push, workflow_call]\n", True),
        ("on: {workflow_call: {}}\n", True),
    ],
)
def test_permissions_of_the_whole_file(head: str, expected: bool) -> None:
    facts = read(f"{head}jobs:\n  a:\n    steps:\n      - {step(ROLE)}\n", WORKFLOW)
    assert bool(facts.scopes[2].role_exports) is expected


def test_a_job_has_its_own_permissions() -> None:
    text = f"on: push\njobs:\n  a:\n    permissions: {{id-token: write}}\n    steps:\n      - {step(ROLE)}\n"
    assert read(text, WORKFLOW).scopes[2].role_exports != ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [("300", 300), ("'900'", 900), ("${{ inputs.x }}", None), ("1h", None), ("9_00", None), ("''", "nothing")],
)
def test_durations(value: str, expected: object) -> None:
    found = durations(
        job(step(f"{ROLE}, role-duration-seconds: {value}".replace("${{ inputs.x }}", "'${{ inputs.x }}'")))
    )
    assert found == ([] if expected == "nothing" else [("AssumeRoleWithWebIdentity", expected)])


def test_the_environment_stands_in_for_inputs() -> None:
    facts = job(step("aws-region: x"), env=f"ROLE_TO_ASSUME: {ROLE.partition(': ')[2]}, ROLE_DURATION_SECONDS: 300")
    assert durations(facts) == [("AssumeRoleWithWebIdentity", 300)]
    old = step("aws-region: x", AWS.replace("v4", "v2"))
    assert job(old, env="ROLE_TO_ASSUME: x, ROLE_DURATION_SECONDS: 300").requests == ()


def test_outputs_of_a_step() -> None:
    facts = job(
        step(f"{ROLE}, output-credentials: true", more=", id: role"),
        "{run: 'true', env: {AWS_ACCESS_KEY_ID: '${{ steps.role.outputs.aws-access-key-id }}',"
        " AWS_SECRET_ACCESS_KEY: '${{ steps.role.outputs.aws-secret-access-key }}', AWS_SESSION_TOKEN: ''}}",
    )
    assert clients(facts)["environment of step 2 of job a"] == [
        "AssumeRoleWithWebIdentity key_id | AssumeRoleWithWebIdentity secret | blank"
    ]
    other = job("{run: 'true', env: {AWS_ACCESS_KEY_ID: '${{ steps.x.outputs.y }}'}}")
    assert clients(other) == {}


def test_outputs_as_inputs() -> None:
    outputs = "aws-access-key-id: '${{ steps.role.outputs.aws-access-key-id }}', aws-secret-access-key: x"
    facts = job(step(ROLE, more=", id: role"), step(outputs))
    assert clients(facts)["aws-actions/configure-aws-credentials"] == [
        "AssumeRoleWithWebIdentity key_id | literal | absent"
    ]


def test_variables_as_inputs() -> None:
    names = (
        "aws-access-key-id: '${{ env.AWS_ACCESS_KEY_ID }}', aws-secret-access-key: '${{ env.AWS_SECRET_ACCESS_KEY }}'"
    )
    facts = job(step(ROLE), step(f"{names}, {ROLE}"))
    assert clients(facts)["aws-actions/configure-aws-credentials"] == [
        "AssumeRoleWithWebIdentity key_id | AssumeRoleWithWebIdentity secret | absent"
    ]
    assert clients(job(step(names)))["aws-actions/configure-aws-credentials"] == ["unknown | unknown | absent"]


def test_a_step_after_a_role_signs_with_it() -> None:
    facts = job(step(ROLE), step(f"{ROLE}, role-chaining: true, role-duration-seconds: 7200"))
    assert [line(facts, one.chained) for one in facts.requests if one.chained] == [8]
    facts = job(step(ROLE), step(ROLE, AWS.replace("v4", "v6")), permission="contents: read")
    assert facts.requests[1].caller.alternatives[0].token.is_given()
    assert facts.requests[1].chained is not None


def test_the_action_of_alibaba() -> None:
    inputs = "role-to-assume: acs:ram::1:role/x, role-session-expiration: 600"
    facts = job(step(f"{inputs}, oidc-provider-arn: y", ALIYUN))
    assert durations(facts) == [("AssumeRoleWithOIDC", 600)]
    assert set(exports(facts)) == {
        "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN",
        "ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY", "ALICLOUD_SECURITY_TOKEN",
    }  # fmt: skip
    assert durations(job(step(inputs, ALIYUN))) == [("AssumeRole", 600)]


def test_wrappers_are_known_by_their_inputs() -> None:
    facts = job(step(f"{ROLE}, role-duration-seconds: 60", "./"))
    assert durations(facts) == [("AssumeRoleWithWebIdentity", 60)]
    assert facts.scopes[2].exports == ()
    assert job(step("role-duration-seconds: 60", "./")).requests == ()


def test_other_actions_and_empty_ones() -> None:
    assert job("uses: actions/checkout@v4", "{uses: }", step("aws-region: x")).requests == ()


def test_steps_under_exclusive_conditions_do_not_mix() -> None:
    oidc = step(ROLE, more=", if: \"inputs.oidc == 'true'\"")
    keys = (
        "{run: 'true', if: \"inputs.oidc != 'true'\", "
        "env: {AWS_ACCESS_KEY_ID: '${{ secrets.A }}', AWS_SECRET_ACCESS_KEY: '${{ secrets.B }}'}}"
    )
    assert clients(job(oidc, keys))["environment of step 2 of job a"] == ["secret A | secret B | absent"]


@pytest.mark.parametrize(
    ("inputs", "env", "uses", "raises"),
    [
        (KEYS, "AWS_PROFILE: p", AWS, True),
        (KEYS, "AWS_PROFILE: ''", AWS, False),
        (KEYS, "AWS_REGION: r", AWS, False),
        (f"{KEYS}, output-env-credentials: false", "AWS_PROFILE: p", AWS, False),
        (f"{KEYS}, aws-profile: p", "AWS_PROFILE: p", AWS.replace("v4", "v6.2.3"), False),
    ],
)
def test_a_profile_in_the_place_of_the_keys(inputs: str, env: str, uses: str, raises: bool) -> None:
    client = next(one for one in job(step(inputs, uses), env=env).clients if one.sink.startswith("aws-actions"))
    assert client.profile_raises is raises
    assert client.credentials.alternatives[0].profile.is_given() is raises


@pytest.mark.parametrize(
    ("inputs", "version", "expected"),
    [
        (f"{ROLE}, {KEYS}", "v1", [("AssumeRole", 21600)]),
        (f"{ROLE}, {KEYS}", "v2.2.0", [("AssumeRole", 21600)]),
        (f"{ROLE}, {KEYS}, role-duration-seconds: 900", "v2", [("AssumeRole", 900)]),
        (f"{ROLE}, {KEYS}", "v3", []),
        (f"{ROLE}, {KEYS}", "main", []),
        (f"{ROLE}, {KEYS}, aws-session-token: '${{{{ secrets.T }}}}'", "v2", []),
        (ROLE, "v1", []),
        (f"{ROLE}, role-duration-seconds: '${{{{ 600 }}}}'", "v4", [("AssumeRoleWithWebIdentity", 600)]),
        (f"{ROLE}, role-duration-seconds: '${{{{ env.S }}}}'", "v4", [("AssumeRoleWithWebIdentity", 600)]),
        (f"{ROLE}, role-duration-seconds: '${{{{ inputs.S || 600 }}}}'", "v4", [("AssumeRoleWithWebIdentity", None)]),
    ],
)
def test_how_long_is_asked_for(inputs: str, version: str, expected: list[tuple[str, int | None]]) -> None:
    assert durations(job(step(inputs, AWS.replace("v4", version)), env="S: 600")) == expected
