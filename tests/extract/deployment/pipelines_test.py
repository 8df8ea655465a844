"""Scopes, scripts and steps of CI systems whose settings add variables that no file shows."""

from __future__ import annotations

import pytest

from credlint.catalogue.deployment_shapes import ActionUse
from credlint.catalogue.deployments import Dialect
from credlint.catalogue.load_deployments import load_deployments
from credlint.extract.deployment.events import parse
from credlint.extract.deployment.expressions import process_name, text_origin
from credlint.extract.deployment.tree import Node, reach
from credlint.extract.deployment.uses import used_action
from credlint.model.facts import FileFacts
from tests.extract.deployment.facts import clients, durations, line, read, variables, words

GITLAB = ".gitlab-ci.yml"
CIRCLECI = ".circleci/config.yml"
AZURE = "azure-pipelines.yml"
BITBUCKET = "bitbucket-pipelines.yml"
ASSUME = "aws sts assume-role --role-arn $R --role-session-name deploy"


def dialect(name: str) -> Dialect:
    return next(one for one in load_deployments().dialects if one.name == name)


def tree(text: str) -> Node:
    root = parse(text).documents[0].root
    assert root is not None
    return root


def processes(facts: FileFacts) -> list[str]:
    return [scope.title for scope in facts.scopes if scope.process]


# Recognition


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (".gitlab-ci.yml", "a: {script: [x]}", "gitlab"),
        ("ci/deploy.gitlab-ci.yaml", "variables: {A: b}", "gitlab"),
        (".gitlab/ci/deploy.yml", "a: {script: [x]}", "gitlab"),
        ("deploy.yml", "stages: [a]\nb: {stage: a, script: [x]}", "gitlab"),
        (".gitlab/deploy/jobs.yml", ".a: {script: [x]}", "gitlab"),
        ("ci/jobs.yml", ".a: {before_script: [x], script: [x]}", "gitlab"),
        (".circleci/config.yml", "jobs: {a: {steps: [x]}}", "circleci"),
        ("config.yml", "version: 2.1\njobs: {a: {docker: [], steps: [x]}}", "circleci"),
        ("azure-pipelines-deploy.yml", "steps: [{script: x}]", "azure-pipelines"),
        ("deploy.yml", "pool: x\nsteps: [{task: x}]", "azure-pipelines"),
        ("bitbucket-pipelines.yml", "pipelines: {}", "bitbucket"),
        ("buildspec-deploy.yml", "phases: {}", "codebuild"),
        ("deploy.yml", "version: 0.2\nphases: {build: {commands: [x]}}", "codebuild"),
        (".github/workflows/deploy.yml", "jobs: {a: {steps: [{run: x}]}}", "github-workflow"),
    ],
)
def test_a_dialect_is_known(path: str, text: str, expected: str) -> None:
    assert {scope.dialect for scope in read(text, path).scopes} == {expected}


# Values


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("gitlab", "$KEY", "environment KEY"),
        ("gitlab", "${KEY}", "environment KEY"),
        ("gitlab", "a$KEY", "unknown"),
        ("gitlab", "${KEY:-x}", "unknown"),
        ("gitlab", "plain", "literal"),
        ("circleci", "<< parameters.key >>", "unknown"),
        ("circleci", "$<< parameters.key >>", "unknown"),
        ("azure-pipelines", "$(my.key)", "environment MY_KEY.my.key"),
        ("azure-pipelines", "$[variables.key]", "environment KEY.key"),
        ("azure-pipelines", "$[ variables['my.key'] ]", "environment MY_KEY.my.key"),
        ("azure-pipelines", "${{ variables.key }}", "environment KEY.key"),
        ("azure-pipelines", "${{ parameters.key }}", "input key"),
        ("azure-pipelines", "${{ if x }}", "unknown"),
        ("azure-pipelines", "a$(key)", "unknown"),
        ("azure-pipelines", "plain", "literal"),
    ],
)
def test_origins(name: str, text: str, expected: str) -> None:
    assert words(text_origin(text, dialect(name))) == expected


def test_the_name_that_a_process_finds() -> None:
    assert process_name("my.own-name here") == "MY_OWN_NAME_HERE"


def test_variables_that_no_file_sets_are_those_of_the_settings() -> None:
    facts = read("variables: {B: $A, AWS_ACCESS_KEY_ID: $B, AWS_SECRET_ACCESS_KEY: $SECRET}\nx: {script: [y]}", GITLAB)
    assert clients(facts) == {"environment of job x": ["variable A | variable SECRET | unknown"]}
    assert [one.credentials.complete for one in facts.clients] == [False]


def test_variables_that_describe_themselves() -> None:
    facts = read("variables: {AWS_PROFILE: {value: p, expand: false}, AWS_REGION: {description: d}, X: [a]}", GITLAB)
    assert variables(facts) == {"pipeline": {"AWS_PROFILE": "p", "AWS_REGION": "unknown", "X": "unknown"}}


def test_a_list_of_mappings() -> None:
    facts = read(
        "jobs: {a: {docker: [{image: x, environment: [{AWS_PROFILE: p}, AWS_REGION=r]}], environment: [{X: $Y}],"
        " steps: [{run: z}]}}",
        CIRCLECI,
    )
    assert variables(facts) == {"job a": {"AWS_PROFILE": "p", "AWS_REGION": "r", "X": "environment Y"}}


def test_tokens_and_secrets_of_a_job() -> None:
    facts = read("a: {id_tokens: {T: {aud: x}}, secrets: {S: {vault: y}}, script: [z]}", GITLAB)
    assert variables(facts) == {"job a": {"T": "identity token T", "S": "stored secret y"}}


def test_names_in_capitals() -> None:
    facts = read("pool: x\nvariables: {aws.profile: p, AWS_REGION: r, own: o}\nsteps: [{script: x}]", AZURE)
    assert variables(facts) == {"pipeline": {"AWS_PROFILE": "p", "AWS_REGION": "r", "OWN": "literal"}}


@pytest.mark.parametrize(
    ("text", "opaque"),
    [
        ("variables: [{name: A, value: b}]", False),
        ("variables: [{group: g}]", False),
        ("variables: [{'${{ if x }}': [{name: A, value: b}]}]", True),
        ("variables: {'${{ if x }}': {A: b}}", True),
    ],
)
def test_conditions_among_variables(text: str, opaque: bool) -> None:
    facts = read(f"pool: x\n{text}\nsteps: [{{script: x}}]", AZURE)
    assert facts.scopes[0].opaque is opaque
    assert bool(facts.scopes[0].imports) is ("group" in text)


# Scripts


def test_one_shell_for_two_lists() -> None:
    text = (
        "default:\n  before_script:\n    - R=x\na:\n  script:\n    - C=$(aws\n"
        "      sts assume-role --duration-seconds 600)\n"
        "    - - export AWS_ACCESS_KEY_ID=$(echo $C | jq .AccessKeyId)\n"
        "    - export AWS_SECRET_ACCESS_KEY=$(echo $C | jq .SecretAccessKey)\n"
        "  after_script: 'aws sts get-session-token --duration-seconds 500'\n"
    )
    facts = read(text, GITLAB)
    assert durations(facts) == [("AssumeRole", 600), ("GetSessionToken", 500)]
    assert [line(facts, one.location) for one in facts.requests] == [7, 10]
    assert clients(facts) == {
        "environment set by the script of job a": ["AssumeRole key_id | AssumeRole secret | absent"]
    }
    assert [line(facts, one.location) for one in facts.clients] == [8]


@pytest.mark.parametrize(
    ("script", "opaque"),
    [("[a]", False), ("a", False), ("[!reference [.x, script]]", True), ("[[[a]]]", False), ("!reference [.x]", True)],
)
def test_lines_from_elsewhere(script: str, opaque: bool) -> None:
    assert read(f"a: {{script: {script}, variables: {{B: c}}}}", GITLAB).scopes[-1].opaque is opaque


def test_lists_that_never_end() -> None:
    deep = "[" * 40 + f"'{ASSUME} --duration-seconds 600'" + "]" * 40
    assert durations(read(f"a: {{script: {deep}}}", GITLAB)) == []
    facts = read("a: {script: [" + ", ".join(["x"] * 6_000) + f", '{ASSUME} --duration-seconds 600']}}", GITLAB)
    assert durations(facts) == []


def test_the_shell_of_a_build() -> None:
    text = f"version: 0.2\nenv: {{shell: SHELL}}\nphases: {{build: {{commands: ['{ASSUME} --duration-seconds 600']}}}}"
    assert durations(read(text.replace("SHELL", "/bin/sh"))) == [("AssumeRole", 600)]
    assert durations(read(text.replace("SHELL", "powershell.exe"))) == []


def test_a_web_identity_that_the_script_sets() -> None:
    facts = read("a: {script: [export AWS_ROLE_ARN=$R, export AWS_WEB_IDENTITY_TOKEN_FILE=$(pwd)/t]}", GITLAB)
    assert [one.name for one in facts.scopes[-1].scripted] == ["AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE"]


# Steps


@pytest.mark.parametrize(
    ("step", "use", "expected"),
    [
        ("{uses: a/b@v1, with: {c: d}}", ActionUse("uses", "with", "id"), ("a/b", "v1")),
        ("{uses: a/b}", ActionUse("uses", "with", "id"), ("a/b", "")),
        ("{run: x}", ActionUse("uses", "with", "id"), None),
        ("{pipe: a/b:1.2, variables: {c: d}}", ActionUse("pipe", "variables", "", ":"), ("a/b", "1.2")),
        ("{o/c: {d: e}}", ActionUse("", "", "", keyed=True, names="orbs"), ("n/o/c", "5.1")),
        ("o/c", ActionUse("", "", "", keyed=True, names="orbs"), ("n/o/c", "5.1")),
        ("{p/c: {d: e}}", ActionUse("", "", "", keyed=True, names="orbs"), ("p/c", "")),
        ("checkout", ActionUse("", "", "", keyed=True, names="orbs"), None),
        ("{s3_sync: {d: e}}", ActionUse("", "", "", keyed=True, names="orbs"), None),
        ("{a: b, c: d}", ActionUse("", "", "", keyed=True, names="orbs"), None),
        ("[a]", ActionUse("", "", "", keyed=True, names="orbs"), None),
    ],
)
def test_what_a_step_uses(step: str, use: ActionUse, expected: tuple[str, str] | None) -> None:
    root = tree(f"orbs: {{o: n/o@5.1, q: {{jobs: {{}}}}}}\nstep: {step}")
    used = used_action(next(reach(root, "step")).node, use, root)
    assert (used and (used.name, used.version)) == expected


def orb(inputs: str, version: str = "5.4.1", more: str = "") -> FileFacts:
    return read(
        f"version: 2.1\norbs: {{aws-cli: circleci/aws-cli@{version}}}\njobs:\n  a:\n    docker: [{{image: x}}]\n"
        f"    {more}\n    steps:\n      - aws-cli/setup: {{{inputs}}}\n      - run: x\n",
        CIRCLECI,
    )


def test_the_orb_assumes_a_role() -> None:
    facts = orb("role_arn: r, session_duration: '600'")
    assert durations(facts) == [("AssumeRoleWithWebIdentity", 600)]
    assert [one.kind.value for one in facts.scopes[2].role_exports] == ["OIDC"]
    assert clients(facts) == {
        "environment of step 2 of a": [
            "AssumeRoleWithWebIdentity key_id | AssumeRoleWithWebIdentity secret | AssumeRoleWithWebIdentity token"
        ]
    }
    assert orb("role_arn: r, set_aws_env_vars: false").scopes[2].exports == ()
    assert durations(orb("role-arn: r, session-duration: '600'", "3.2.0")) == [("AssumeRoleWithWebIdentity", 600)]
    assert durations(orb("role-arn: r, session-duration: '600'", "1.4.1")) == []


def test_the_orb_takes_names_of_variables() -> None:
    pair = "aws_access_key_id: DEV_ID, aws_secret_access_key: $DEV_SECRET"
    assert clients(orb(pair)) == {"circleci/aws-cli/setup": ["variable DEV_ID | variable DEV_SECRET | absent"]}
    known = clients(orb(pair, more="environment: {DEV_ID: $OTHER}"))
    assert known == {"circleci/aws-cli/setup": ["variable OTHER | variable DEV_SECRET | absent"]}
    # with a role they are not used
    assert "circleci/aws-cli/setup" not in clients(orb(f"{pair}, role_arn: r"))


def test_what_is_left_for_later_steps_wins_over_their_own() -> None:
    facts = read(
        "jobs:\n  a:\n    docker: [{image: x}]\n    steps:\n      - run: |\n          export AWS_PROFILE=one\n"
        '          echo "export AWS_PROFILE=two" >> "$BASH_ENV"\n'
        "      - run: {command: x, environment: {AWS_PROFILE: p}}\n",
        CIRCLECI,
    )
    assert facts.scopes[-1].exports_last


def test_steps_under_a_condition_are_alternatives() -> None:
    facts = read(
        "jobs:\n  a:\n    docker: [{image: x}]\n    steps:\n      - run: one\n      - when: {steps: [{run: two}]}\n"
        "      - unless: {steps: [{run: three}, {run: four}]}\n",
        CIRCLECI,
    )
    found = {scope.title: scope.branches for scope in facts.scopes if scope.process}
    assert list(found) == [f"step {number} of a" for number in (1, 2, 3, 4)]
    assert found["step 1 of a"] == frozenset()
    ((decision, arm),) = found["step 2 of a"]
    assert found["step 3 of a"] == found["step 4 of a"] == {(decision, arm + 1)}


def test_pipes_have_their_own_environment() -> None:
    facts = read(
        "pipelines:\n  default:\n    - step:\n        name: s\n        script:\n"
        "          - export AWS_ACCESS_KEY_ID=$A\n"
        "          - pipe: atlassian/aws-s3-deploy:1.1.0\n"
        "            variables: {AWS_ACCESS_KEY_ID: $A, AWS_SECRET_ACCESS_KEY: $B}\n          - echo\n",
        BITBUCKET,
    )
    assert processes(facts) == ["step s", "pipe atlassian/aws-s3-deploy:1.1.0"]
    assert clients(facts)["atlassian/aws-s3-deploy"] == ["variable A | variable B | absent"]


def test_jobs_and_stages_in_every_place() -> None:
    facts = read(
        "stages:\n  - stage: s\n    jobs:\n      - job: j\n        steps: [{script: a}]\n      - deployment: d\n"
        "        strategy: {runOnce: {deploy: {steps: [{bash: b}]}, on: {failure: {steps: [{bash: c}]}}}}\n",
        AZURE,
    )
    assert [scope.title for scope in facts.scopes if not scope.process] == ["pipeline", "stage s", "job j", "job d"]
    assert len(processes(facts)) == 3


# Variables of the settings in scripts


SET = "aws configure set aws_access_key_id {}\n        aws configure set aws_secret_access_key {}"


def configured(*lines: str, key: str, secret: str, path: str = AZURE) -> list[str] | None:
    script = "\n        ".join((*lines, SET.format(key, secret)))
    text = f"pool: x\nvariables: {{own.key: $(other)}}\nsteps:\n  - bash: |\n        {script}\n"
    return clients(read(text, path)).get("profile default")


@pytest.mark.parametrize(
    ("key", "secret", "expected"),
    [
        (
            "$AWS_ACCESS_KEY_ID",
            "${AWS_SECRET_ACCESS_KEY}",
            "variable AWS_ACCESS_KEY_ID | variable AWS_SECRET_ACCESS_KEY",
        ),
        (
            "$(AWS_ACCESS_KEY_ID)",
            "$(aws.secret.access.key)",
            "variable AWS_ACCESS_KEY_ID | variable aws.secret.access.key",
        ),
        ("$(own.key)", "$(whoami)", "variable other | unknown"),
        ("$(echo $A | cut -c1-3)", "$OTHER", "unknown | unknown"),
    ],
)
def test_what_nobody_sets_comes_from_the_settings(key: str, secret: str, expected: str) -> None:
    assert configured(key=key, secret=secret) == [f"{expected} | absent"]


@pytest.mark.parametrize(
    "before", ["read AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY < keys", ". ./keys.sh", 'export "$name=$value"']
)
def test_what_a_script_may_set_is_unknown(before: str) -> None:
    found = configured(before, key="$AWS_ACCESS_KEY_ID", secret="$AWS_SECRET_ACCESS_KEY")
    assert found == ["unknown | unknown | absent"]
