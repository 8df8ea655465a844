"""Scripts inside YAML."""

from __future__ import annotations

import textwrap

import pytest

from credlint.model.facts import FileFacts
from tests.extract.deployment.facts import WORKFLOW, clients, durations, line, read, shown, words

ASSUME = "aws sts assume-role --role-arn $R --role-session-name deploy"
LIST = "--query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text"
PAIR = "--query 'Credentials.[AccessKeyId,SecretAccessKey]' --output text"
SET = "environment set by the script of step 1 of job a"
WHOLE = "AssumeRole key_id | AssumeRole secret | AssumeRole token"
NO_TOKEN = "AssumeRole key_id | AssumeRole secret | absent"


def text_of(script: str, *more: str, env: str = "") -> str:
    steps = [script, *more]
    text = f"on: push\njobs:\n  a:\n    env: {{{env}}}\n    steps:\n"
    for one in steps:
        text += "      - run: |\n" + textwrap.indent(one, " " * 10) + "\n"
    return text


def run(script: str, *more: str, env: str = "") -> FileFacts:
    return read(text_of(script, *more, env=env), WORKFLOW)


def field(name: str, source: str = '"$C"') -> str:
    return f"$(echo {source} | jq -r .Credentials.{name})"


KEY_ID, SECRET, TOKEN = field("AccessKeyId"), field("SecretAccessKey"), field("SessionToken")
BOTH = f"export AWS_ACCESS_KEY_ID={KEY_ID} AWS_SECRET_ACCESS_KEY={SECRET}"
PRINTED = "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s"
EVALUATED = r"export AWS_ACCESS_KEY_ID=\(.AccessKeyId)\nexport AWS_SECRET_ACCESS_KEY=\(.SecretAccessKey)"
FILED = """AWS_ACCESS_KEY_ID=$(jq -r .Credentials.AccessKeyId c.json)
AWS_SECRET_ACCESS_KEY=$(jq -r '.Credentials.SecretAccessKey' c.json)
export AWS_ACCESS_KEY_ID"""
ARRAY = "export AWS_ACCESS_KEY_ID=${C[0]} AWS_SECRET_ACCESS_KEY=${C[1]}"
PICKED = "export AWS_ACCESS_KEY_ID=$(echo $C | cut -d' ' -f1) AWS_SECRET_ACCESS_KEY=$(echo $C | awk '{print $2}')"
CREATED = """C=$(aws iam create-access-key)
export AWS_ACCESS_KEY_ID=$(echo $C | jq .AccessKey.AccessKeyId)
export AWS_SECRET_ACCESS_KEY=$(echo $C | jq .AccessKey.SecretAccessKey)"""


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (f"C=$({ASSUME})\nexport AWS_ACCESS_KEY_ID={KEY_ID}\nexport AWS_SECRET_ACCESS_KEY={SECRET}", NO_TOKEN),
        (f"C=$({ASSUME})\n{BOTH}\nexport AWS_SESSION_TOKEN={TOKEN}", WHOLE),
        (f"C=$(sudo {ASSUME})\n{BOTH}", NO_TOKEN),
        (f"{ASSUME} > c.json\n{FILED}", NO_TOKEN),
        (f"read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY <<< $({ASSUME} {PAIR})", NO_TOKEN),
        (f"read AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN < <({ASSUME} {LIST})", WHOLE),
        (f"C=$({ASSUME} {LIST})\nread AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY <<< $C", NO_TOKEN),
        (f"C=($({ASSUME} {LIST}))\n{ARRAY}", NO_TOKEN),
        (f"C=$({ASSUME} {LIST})\n{PICKED}", NO_TOKEN),
        (f'export $(printf "{PRINTED} AWS_SESSION_TOKEN=%s" $({ASSUME} {LIST}))', WHOLE),
        (f'export $(printf "{PRINTED}" $({ASSUME} {PAIR}))', NO_TOKEN),
        (f"eval $({ASSUME} | jq -r '.Credentials | \"{EVALUATED}\"')", NO_TOKEN),
        (f"eval $({ASSUME} | jq -r '.Credentials | \"export AWS_REGION=x {EVALUATED}\"')", NO_TOKEN),
        (f"K={field('AccessKeyId', f'$({ASSUME})')}\nexport AWS_ACCESS_KEY_ID=$K AWS_SECRET_ACCESS_KEY=$(echo $S)",
         "AssumeRole key_id | unknown | absent"),
        (f'C=$({ASSUME})\n{BOTH}\nif [ -n "$X" ]; then export AWS_SESSION_TOKEN=x; fi',
         "AssumeRole key_id | AssumeRole secret | literal"),
        (f"C=$({ASSUME})\n{BOTH}\nsource ./token", "AssumeRole key_id | AssumeRole secret | unknown"),
        ("export AWS_ACCESS_KEY_ID=a$B AWS_SECRET_ACCESS_KEY=${C#x}", "unknown | unknown | absent"),
        ("export AWS_ACCESS_KEY_ID='' AWS_SECRET_ACCESS_KEY=x", None),
        (CREATED, "unknown | unknown | absent"),
        (f"{ASSUME} {LIST} | while read -r a b c; do export AWS_ACCESS_KEY_ID=$a AWS_SECRET_ACCESS_KEY=$b; done",
         NO_TOKEN),
        (f"while read -r a b c; do export AWS_ACCESS_KEY_ID=$a AWS_SECRET_ACCESS_KEY=$b; done < <({ASSUME} {LIST})",
         NO_TOKEN),
        (f"C=$({ASSUME})\nset -a; . ./token; set +a\n{BOTH}", "AssumeRole key_id | AssumeRole secret | unknown"),
        (f"C=$({ASSUME})\n{BOTH} AWS_SESSION_TOKEN={TOKEN}\nunset AWS_SESSION_TOKEN", NO_TOKEN),
    ],
)  # fmt: skip
def test_credentials_that_a_script_exports(script: str, expected: str | None) -> None:
    assert clients(run(script)).get(SET, [None])[0] == expected


def test_arms_do_not_mix() -> None:
    script = (
        f'if [ "$R" ]; then\n  read AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<< $({ASSUME} {LIST})\n'
        "else\n  export AWS_ACCESS_KEY_ID=$A AWS_SECRET_ACCESS_KEY=$B\nfi"
    )
    assert clients(run(script, env="A: x, B: y"))[SET] == [WHOLE, "literal | literal | unknown"]


def test_unset_leaves_nothing() -> None:
    env = "AWS_ACCESS_KEY_ID: x, AWS_SECRET_ACCESS_KEY: y, AWS_SESSION_TOKEN: z"
    found = run("unset -v AWS_SESSION_TOKEN\nexport AWS_ACCESS_KEY_ID=$A AWS_SECRET_ACCESS_KEY=$B", env=env)
    assert clients(found)[SET] == ["unknown | unknown | absent"]


def test_variables_of_one_command() -> None:
    facts = run("AWS_ACCESS_KEY_ID=$A AWS_SECRET_ACCESS_KEY=${{ secrets.B }} /bin/tool x", env="A: '${{ secrets.A }}'")
    assert clients(facts) == {"environment of tool": ["secret A | secret B | absent"]}


def test_what_goes_to_later_steps() -> None:
    script = (
        f'C=$({ASSUME})\n{{\n  echo "AWS_ACCESS_KEY_ID={field("AccessKeyId")}"\n'
        f"  echo AWS_SECRET_ACCESS_KEY={field('SecretAccessKey')}\n}} >> $GITHUB_ENV\n"
        'cat >> "$GITHUB_ENV" <<EOF\nA=1\nnot a line\nB=$C\nEOF\necho D=2 | tee -a $GITHUB_ENV'
    )
    facts = run(script, "true")
    exports = facts.scopes[2].exports
    assert {one.name: words(one.value) for one in exports} == {
        "AWS_ACCESS_KEY_ID": "AssumeRole key_id",
        "AWS_SECRET_ACCESS_KEY": "AssumeRole secret",
        "A": "literal",
        "B": "unknown",
        "D": "literal",
    }
    assert clients(facts)["environment that step 1 of job a leaves for later steps"] == [NO_TOKEN]
    assert [line(facts, one.location) for one in exports[:2]] == [9, 10]


SET_ID, SET_SECRET = f"AWS_ACCESS_KEY_ID={KEY_ID}", f"AWS_SECRET_ACCESS_KEY={SECRET}"
SET_TOKEN = f"AWS_SESSION_TOKEN={TOKEN}"
TO = ">> $GITHUB_ENV"
FORM = r"AWS_ACCESS_KEY_ID=%s\nAWS_SECRET_ACCESS_KEY=%s\n"
ASKED = r"AWS_ACCESS_KEY_ID=\(.AccessKeyId)\nAWS_SECRET_ACCESS_KEY=\(.SecretAccessKey)"
WRITTEN = {
    f'C=$({ASSUME})\necho "{SET_ID}" | tee -a $GITHUB_ENV\n'
    f'echo "{SET_SECRET}" | tee -a "$GITHUB_ENV" > /dev/null': NO_TOKEN,
    f"{ASSUME} | jq -r '.Credentials | \"{ASKED}\"' {TO}": NO_TOKEN,
    f'printf "{FORM}" $({ASSUME} {PAIR}) {TO}': NO_TOKEN,
    f'printf "{FORM}AWS_SESSION_TOKEN=%s\\n" $({ASSUME} {LIST}) {TO}': WHOLE,
    f'echo "$(printf "{PRINTED}" $({ASSUME} {PAIR}))" {TO}': NO_TOKEN,
    f"read K S <<< $({ASSUME} {PAIR})\nprintf 'AWS_ACCESS_KEY_ID=%s\\n' $K {TO}\n"
    f'echo "AWS_SECRET_ACCESS_KEY=$S" {TO}': NO_TOKEN,
    f"C=$({ASSUME})\ncat {TO} <<EOF\n{SET_ID}\n{SET_SECRET}\n{SET_TOKEN}\nEOF": WHOLE,
    f"C=$({ASSUME})\nfor x in 1; do\necho {SET_ID}\necho {SET_SECRET}\ndone {TO}": NO_TOKEN,
    f"C=$({ASSUME})\necho {SET_ID} {TO}\necho {SET_SECRET} {TO}\n"
    f"cat token {TO}": "AssumeRole key_id | AssumeRole secret | unknown",
    f"C=$({ASSUME})\necho {SET_ID} {TO}\necho {SET_SECRET} {TO}\n"
    f"echo $(token) {TO}": "AssumeRole key_id | AssumeRole secret | unknown",
}


@pytest.mark.parametrize(("script", "expected"), WRITTEN.items())
def test_what_is_written_for_later_steps(script: str, expected: str) -> None:
    found = clients(run(script))
    assert found["environment that step 1 of job a leaves for later steps"] == [expected]


def test_more_may_be_written_than_is_known() -> None:
    assert run(f"cat x {TO}").scopes[2].exports_unknown
    assert run(f"./tool | grep A {TO}").scopes[2].exports_unknown
    assert not run(f"echo A=1 {TO}\necho {TO}").scopes[2].exports_unknown


def test_outputs_of_a_script() -> None:
    text = (
        "on: push\njobs:\n  a:\n    steps:\n      - id: role\n        run: |\n"
        f"          read K S <<< $({ASSUME} {PAIR})\n"
        '          echo "key=$K" >> $GITHUB_OUTPUT\n          echo "secret-key=$S" >> $GITHUB_OUTPUT\n'
        "      - run: aws s3 ls\n        env:\n"
        "          AWS_ACCESS_KEY_ID: ${{ steps.role.outputs.key }}\n"
        "          AWS_SECRET_ACCESS_KEY: ${{ steps.role.outputs.secret-key }}\n"
    )
    assert clients(read(text, WORKFLOW))["environment of step 2 of job a"] == [NO_TOKEN]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("docker run -e AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY image", "secret A | secret B | absent"),
        ("docker run -eAWS_ACCESS_KEY_ID --env AWS_SECRET_ACCESS_KEY --env=AWS_SESSION_TOKEN image",
         "secret A | secret B | unknown"),
        ("docker run -e AWS_ACCESS_KEY_ID=$AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY='' image",
         "secret A | blank | absent"),
        ("sudo podman exec -e AWS_ACCESS_KEY_ID=${{ env.AWS_ACCESS_KEY_ID }} -e AWS_SECRET_ACCESS_KEY=x c",
         "secret A | literal | absent"),
    ],
)  # fmt: skip
def test_what_is_handed_to_a_container(script: str, expected: str) -> None:
    env = "AWS_ACCESS_KEY_ID: '${{ secrets.A }}', AWS_SECRET_ACCESS_KEY: '${{ secrets.B }}'"
    found = clients(run(script, env=env))
    assert [parts for sink, parts in found.items() if not sink.startswith("environment")] == [[expected]]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("docker run -e A image", {}),
        ("docker run -e AWS_ACCESS_KEY_ID image", {}),
        ("docker build -e AWS_ACCESS_KEY_ID -e AWS_SECRET_ACCESS_KEY .", {}),
        ("docker run -e", {}),
    ],
)
def test_what_is_not_handed_on(script: str, expected: dict[str, list[str]]) -> None:
    assert clients(run(script)) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (f"kubectl -n x create secret generic c --from-literal={SET_ID} --from-literal={SET_SECRET}",
         {"kubectl create secret": [NO_TOKEN]}),
        (f"oc create secret generic c --from-literal {SET_ID.lower()[:18]}{KEY_ID} --from-literal={SET_SECRET}",
         {"oc create secret": [NO_TOKEN]}),
        (f"helm upgrade x y --set aws.accessKeyId={KEY_ID},aws.secretAccessKey={SECRET},aws.sessionToken={TOKEN},a=b",
         {"helm upgrade": [WHOLE]}),
        (f"helm upgrade x y --set-string aws.accessKeyId={KEY_ID} --set aws.secretAccessKey={SECRET}",
         {"helm upgrade": [NO_TOKEN]}),
        (f"helm upgrade x y --set minio.rootUser={KEY_ID},minio.rootPassword={SECRET}", {}),
        (f"env {SET_ID} {SET_SECRET} aws s3 ls", {"environment of aws": [NO_TOKEN]}),
    ],
)  # fmt: skip
def test_what_is_handed_to_other_programs(script: str, expected: dict[str, list[str]]) -> None:
    assert clients(run(f"C=$({ASSUME})\n{script}")) == expected


ALI_ID, ALI_SECRET, ALI_TOKEN = (
    f"$(echo $C | jq -r .Credentials.{name})" for name in ("AccessKeyId", "AccessKeySecret", "SecurityToken")
)


@pytest.mark.parametrize(
    ("script", "sink", "token"),
    [
        (f"aliyun configure set --profile x --access-key-id {ALI_ID} --access-key-secret {ALI_SECRET}",
         "aliyun configure set", "absent"),
        (f"aliyun configure set --access-key-id={ALI_ID} --access-key-secret={ALI_SECRET} --sts-token={ALI_TOKEN}",
         "aliyun configure set",
         "AssumeRole token"),
        (f"ossutil config -e e -i {ALI_ID} -k {ALI_SECRET}", "ossutil", "absent"),
        (f"ossutil config -e e -i {ALI_ID} -k {ALI_SECRET} -t {ALI_TOKEN}", "ossutil",
         "AssumeRole token"),
        (f"s config add --AccessKeyID {ALI_ID} --AccessKeySecret {ALI_SECRET}", "s config add",
         "absent"),
    ],
)  # fmt: skip
def test_what_is_stored_at_once(script: str, sink: str, token: str) -> None:
    found = clients(run(f"C=$(aliyun sts AssumeRole)\n{script}"))
    assert found[sink] == [f"AssumeRole key_id | AssumeRole secret | {token}"]


def test_environments_that_a_script_makes() -> None:
    script = "export AWS_PROFILE=a\nAWS_DEFAULT_PROFILE=b aws --profile c s3 ls\n"
    script += "unset AWS_PROFILE\nexport AWS_PROFILE=${P:-}"
    made = {one.title: [(each.name, each.plain) for each in one.variables] for one in run(script).environments}
    assert made == {
        "the environment of aws": [("AWS_DEFAULT_PROFILE", "b"), ("AWS_PROFILE", "a")],
        "this aws command": [("--profile", "c"), ("AWS_DEFAULT_PROFILE", "b")],
        "the script of step 1 of job a": [("AWS_PROFILE", None)],
    }
    assert run("export A=b\nC=d e").environments == ()


def test_settings_of_a_profile() -> None:
    script = (
        f"read K S T <<< $({ASSUME} {LIST})\n"
        'aws configure set aws_access_key_id "$K" --profile x\n'
        'aws configure set aws_secret_access_key "$S" --profile x\n'
        "aws configure set region eu-central-1\naws configure set"
    )
    assert clients(run(script)) == {"profile x": [NO_TOKEN]}
    whole = f'{script}\naws configure set aws_session_token "$T" --profile x'
    assert clients(run(whole)) == {"profile x": [WHOLE]}
    dotted = "aws configure set profile.y.aws_access_key_id $A\naws configure set profile.y.aws_secret_access_key $B"
    assert clients(run(dotted)) == {"profile y": ["unknown | unknown | absent"]}
    sometimes = f'{script}\nif [ "$T" ]; then aws configure set aws_session_token "$T" --profile x; fi'
    assert clients(run(sometimes)) == {}


def test_other_settings_of_a_profile() -> None:
    script = (
        "aws configure set role_arn arn:aws:iam::123456789012:role/x --profile x\n"
        "aws configure set --profile x duration_seconds 600\n"
        "aws configure set profile.x.source_profile y\n"
        "aws configure set --profile x credential_source Environment\n"
    )
    facts = run(script)
    assert durations(facts) == [("AssumeRole", 600)]
    (text,) = facts.profiles
    assert [(one.name, one.open) for one in text.sections] == [("x", True)]
    assert [one.name for one in text.sections[0].settings] == [
        "role_arn",
        "duration_seconds",
        "source_profile",
        "credential_source",
    ]
    web = f"{script}aws configure set --profile x web_identity_token_file f\n"
    assert run(web).requests == ()
    assert run("aws configure set --profile x aws_access_key_id a\naws configure set region").profiles == ()


def test_a_file_of_profiles_line_by_line() -> None:
    lines = f"read K S T <<< $({ASSUME} {LIST})\necho '[x]' > ~/.aws/credentials\n"
    lines += "echo aws_access_key_id = $K >> ~/.aws/credentials\n"
    secret = "aws_secret_access_key = $S"
    name = "profile x of ~/.aws/credentials"
    assert clients(run(f"{lines}echo {secret} >> ~/.aws/credentials")) == {name: [NO_TOKEN]}
    grouped = f"read K S T <<< $({ASSUME} {LIST})\n"
    grouped += f"{{ echo '[x]'; echo aws_access_key_id = $K; echo {secret}; }} > ~/.aws/credentials"
    assert clients(run(grouped)) == {name: [NO_TOKEN]}
    sometimes = f"{lines}if a; then echo {secret} >> ~/.aws/credentials; fi"
    assert clients(run(sometimes)) == {}
    assert [text.file for text in run(grouped).profiles] == ["credentials"]


def test_a_file_of_profiles() -> None:
    script = (
        f"read K S T <<< $({ASSUME} {LIST})\nmkdir -p ~/.aws\ncat > ~/.aws/credentials <<EOF\n[default]\n"
        "aws_access_key_id = $K\naws_secret_access_key=$S\n[other]\naws_access_key_id = a$K\nregion = x\nEOF"
    )
    facts = run(script)
    assert clients(facts) == {
        "profile default of ~/.aws/credentials": [NO_TOKEN],
        "profile other of ~/.aws/credentials": ["unknown | absent | absent"],
    }
    assert [line(facts, one.location) for one in facts.clients] == [11, 14]
    assert shown(facts, facts.clients[0].location, text_of(script)) == "aws_access_key_id"
    echo = 'echo "[default]\naws_access_key_id = $A\naws_secret_access_key = $B" > $HOME/.aws/credentials'
    assert len(run(echo).clients) == 1


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (f"{ASSUME} --duration-seconds 600 > x", [("AssumeRole", 600)]),
        (f"X=$({ASSUME} --duration-seconds=600)", [("AssumeRole", 600)]),
        (f"D=600\n{ASSUME} --duration-seconds $D > x", [("AssumeRole", 600)]),
        (f"{ASSUME} --duration-seconds $UNKNOWN > x", [("AssumeRole", None)]),
        (f"{ASSUME} --duration-seconds $FROM > x", [("AssumeRole", 7)]),
        (f"{ASSUME} --duration-seconds $((10*60)) > x", [("AssumeRole", 600)]),
        (f'M=10\n{ASSUME} --duration-seconds="$(( ${{M}} * 60 ))" > x', [("AssumeRole", 600)]),
        (f"{ASSUME} --duration-seconds $((UNKNOWN * 60)) > x", [("AssumeRole", None)]),
        (f"{ASSUME} --duration-seconds ${{D:-600}} > x", [("AssumeRole", None), ("AssumeRole", 600)]),
        (f'D="${{D:-600}}"\n{ASSUME} --duration-seconds $D > x', [("AssumeRole", None), ("AssumeRole", 600)]),
        (f"D=${{D:-600}}\nD=900\n{ASSUME} --duration-seconds $D > x", [("AssumeRole", 900)]),
        (f"{ASSUME} --duration-seconds", []),
        ("aws --profile x sts get-session-token --duration-seconds 60 > x", [("GetSessionToken", 60)]),
        ("aws iam create-role --max-session-duration 3599", [("CreateRole", 3599)]),
        ("aliyun sts AssumeRole --DurationSeconds 60 > x", [("AssumeRole", 60)]),
        ("load-test --duration-seconds 600", []),
        ('echo "aws sts assume-role --duration-seconds 600"', []),
        ("# aws sts assume-role --duration-seconds 600", []),
        ('eval "$(aws sts assume-role --duration-seconds 600)"', [("AssumeRole", 600)]),
    ],
)
def test_durations(script: str, expected: list[tuple[str, int | None]]) -> None:
    assert durations(run(script, env="FROM: 7")) == expected


def test_who_signs() -> None:
    first = (
        f'export $(printf "AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_SESSION_TOKEN=%s" $({ASSUME} {LIST}))\n'
    )
    facts = run(f"{first}{ASSUME} --duration-seconds 7200 > x\n{ASSUME} --profile y > z")
    assert [request.chained is not None for request in facts.requests] == [False, True, False]


EXPOSING = [
    ASSUME,
    f"{ASSUME} --query Credentials",
    f"{ASSUME} {LIST}",
    f"{ASSUME} || exit 1",
    "aws configure export-credentials --format env",
    f"C=$({ASSUME})\necho $C",
    f'C=$({ASSUME})\necho "secret: {field("SecretAccessKey")}" > x; echo ${{C}}',
    f"read K S <<< $({ASSUME} {PAIR})\necho $S",
    f"C=$({ASSUME})\necho $C | jq .",
    f"C=$({ASSUME})\njq .Credentials <<< $C",
    f"{ASSUME} | jq .",
    f"{ASSUME} | jq -r .Credentials.SecretAccessKey",
    f"{ASSUME} | tee x",
    f"{ASSUME} 2> errors | python3 -m json.tool",
    f"{ASSUME} 2>/dev/null",
    f"{ASSUME} >&2",
    f"{ASSUME} > x\ncat x",
]
SILENT = [
    f"{ASSUME} > x",
    f"X=$({ASSUME})",
    f"{ASSUME} | jq .AssumedRoleUser",
    f"{ASSUME} --query AssumedRoleUser.Arn",
    f"{ASSUME} --query Credentials.AccessKeyId",
    "aws sts get-caller-identity",
    "eval $(aws configure export-credentials --format env)",
    f"C=$({ASSUME})\necho $C > x\necho $C | jq .AssumedRoleUser",
    f"C=$({ASSUME})\necho $C | jq . | wc -l",
    f"{ASSUME} | tee x > /dev/null",
    f"{ASSUME} | grep Expiration",
    f"{ASSUME} {PAIR} | cut -f1",
    f"{ASSUME} >/dev/null 2>&1",
    f"{ASSUME} > x\nrm x\ncat y",
    f"{ASSUME} > x\njq -r .Credentials.Expiration x",
    f"C=$({ASSUME})\necho ::add-mask::$C\necho $C",
    f"read K S <<< $({ASSUME} {PAIR})\necho $K",
    f"read K S <<< $({ASSUME} {PAIR})\necho ${{S:0:4}} ${{#S}} ${{S:+set}}",
    "echo $OTHER ${{ secrets.OTHER }} $AWS_ACCESS_KEY_ID",
]


@pytest.mark.parametrize("script", EXPOSING)
def test_what_a_log_shows(script: str) -> None:
    (exposure,) = run(script).exposures
    assert exposure.certain


@pytest.mark.parametrize("script", SILENT)
def test_what_a_log_does_not_show(script: str) -> None:
    assert run(script).exposures == ()


@pytest.mark.parametrize("script", ["echo $AWS_SECRET_ACCESS_KEY", "printf %s ${{ secrets.AWS_SECRET_ACCESS_KEY }}"])
def test_what_the_platform_masks_is_not_certain(script: str) -> None:
    (exposure,) = run(script, env="AWS_SECRET_ACCESS_KEY: '${{ secrets.X }}'").exposures
    assert not exposure.certain


def test_only_logs_of_ci_count() -> None:
    text = f"services:\n  a:\n    image: x\n    command: {ASSUME}\n"
    facts = read(text, "compose.yaml")
    assert (facts.exposures, len(facts.requests)) == ((), 1)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("[sh, -c, 'aws sts assume-role --duration-seconds 60']", 1),
        ("['/bin/bash', '-euc', 'aws sts assume-role --duration-seconds 60', x]", 1),
        ("['aws sts assume-role --duration-seconds 60']", 1),
        ("[aws, sts, get-caller-identity]", 0),
        ("[sh, script.sh]", 0),
        ("[]", 0),
    ],
)
def test_words_of_a_container(command: str, expected: int) -> None:
    text = f"apiVersion: v1\nkind: Pod\nspec: {{containers: [{{name: a, command: {command}}}]}}\n"
    assert len(durations(read(text))) == expected


@pytest.mark.parametrize(("name", "title"), [("$TEAM", "a profile"), ("team", "profile team")])
def test_a_profile_whose_name_is_filled_in_has_none_in_messages(name: str, title: str) -> None:
    script = f"cat > ~/.aws/credentials <<EOF\n[{name}]\naws_access_key_id = $KEY\naws_secret_access_key = $S\nEOF"
    assert [client.sink for client in run(script).clients] == [f"{title} of ~/.aws/credentials"]
