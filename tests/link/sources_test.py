"""What the SDKs do in processes of deployment files: the environment of each joined with the provider chains."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.link.processes import process_units, processes
from credlint.link.source_merging import merged
from credlint.model.sources import SdkAnswer, Source
from tests.extract.deployment.facts import WORKFLOW, read

SDKS = ("boto3", "cli2", "js3", "alibaba", "oss2")


def answers(*texts: str, path: str = "deploy.yaml", sdks: tuple[str, ...] | None = SDKS) -> dict[str, list[SdkAnswer]]:
    """Give what SDKs do, by the title of the process."""
    files = [read(text, path if number == 0 else f"{number}.yaml") for number, text in enumerate(texts)]
    return {unit.scope.title: list(merged(simulated(sdks))) for unit, simulated in processes(files, load_catalogue())}


def said(source: Source) -> str:
    return f"{source.words}:{source.line}" if source.line else source.words


def told(answer: SdkAnswer) -> str:
    """Say an answer in one line: verdict, ends, errors, what it does not take."""
    ends = " | ".join([*map(said, answer.ends), *answer.errors])
    over = f" over {', '.join(map(said, answer.shadowed))}" if answer.shadowed else ""
    return f"{answer.verdict.value}: {ends}{over}"


def rows(*texts: str, path: str = "deploy.yaml", sdks: tuple[str, ...] | None = SDKS) -> dict[str, str]:
    """Give the line of each SDK in the last process."""
    *_, found = answers(*texts, path=path, sdks=sdks).values()
    return {answer.sdk: told(answer) for answer in found}


ACCOUNT = """\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/web
"""
PAIR = """\
        - {name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: s, key: id}}}
        - {name: AWS_SECRET_ACCESS_KEY, valueFrom: {secretKeyRef: {name: s, key: secret}}}
"""


def pod(env: str = "", more: str = "", volumes: str = "") -> str:
    """Give a Pod whose `env` begins on line 10."""
    variables = f"      env:\n{env}" if env else "      env: []\n"
    mounted = f"  volumes:\n    - {volumes}\n" if volumes else ""
    return (
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  serviceAccountName: web\n  containers:\n"
        f"    - name: c\n      image: registry.example.com/c\n{variables}{more}{mounted}"
    )


def entry(name: str, value: str) -> str:
    return f"        - {{name: {name}, value: {value}}}\n"


def secret(text: str, key: str = "credentials", name: str = "files") -> str:
    lines = "".join(f"    {line}\n" for line in text.splitlines())
    return f"apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}}}\nstringData:\n  {key}: |\n{lines}"


FILE = "[default]\naws_access_key_id = @@aws-key-id@@\naws_secret_access_key = @@aws-secret@@\n"
SANDBOX = FILE.replace("default", "sandbox")
ROLE = "[profile sandbox]\nrole_arn = arn:aws:iam::111122223333:role/x\ncredential_source = EcsContainer\n"


def mount(path: str) -> str:
    return f"      volumeMounts: [{{name: v, mountPath: {path}}}]\n"


VOLUME = "{name: v, secret: {secretName: files}}"


POD_IDENTITY = """\
apiVersion: eks.services.k8s.aws/v1alpha1
kind: PodIdentityAssociation
metadata: {name: a}
spec: {serviceAccount: web, roleARN: arn:aws:iam::111122223333:role/web}
"""
RRSA = ACCOUNT.replace("eks.amazonaws.com/role-arn", "pod-identity.alibabacloud.com/role-name")
NO_ROLE = ACCOUNT.partition("  annotations")[0]
MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\ndata: {AWS_ROLE_ARN: arn:aws:iam::111122223333:role/x}\n"
OPTIONAL = PAIR.replace("}}", ", optional: true}}")
ALL = "same for all"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((pod(), ACCOUNT), {ALL: "clear: role of IRSA:6"}),
        ((pod(PAIR), ACCOUNT), {ALL: "ambiguous: keys in AWS_ACCESS_KEY_ID:10 over role of IRSA:6"}),
        # A hand-written role keeps the webhook from adding the token; what is brought in from elsewhere does not.
        (
            (pod(entry("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/x")), ACCOUNT),
            {
                "boto3": "unknown: instance role | NoCredentialsError over role of IRSA:6",
                "cli2": "unknown: instance role | NoCredentialsError over role of IRSA:6",
                "js3": "unknown: instance role | CredentialsProviderError over role of IRSA:6",
            },
        ),
        ((pod("", "      envFrom: [{configMapRef: {name: map}}]\n"), ACCOUNT, MAP), {ALL: "clear: role of IRSA:6"}),
        # The webhook prefers EKS Pod Identity.
        ((pod(), ACCOUNT, POD_IDENTITY), {ALL: "ambiguous: role of EKS Pod Identity:4 over role of IRSA:6"}),
        ((pod(entry("AWS_REGION", "x")), NO_ROLE), {"js3": "unknown: instance role | CredentialsProviderError"}),
        ((pod(entry("ALIBABA_CLOUD_PROFILE", "x")), RRSA), {"alibaba": "clear: role of RRSA:6 over profile x:10"}),
        ((pod(entry("OSS_ACCESS_KEY_ID", "x")), NO_ROLE), {"oss2": "broken: ClientError"}),
        ((pod(PAIR.partition("\n")[0] + "\n"), ACCOUNT), {
            "boto3": "broken: PartialCredentialsError over role of IRSA:6",
            "cli2": "broken: PartialCredentialsError over role of IRSA:6",
            "js3": "clear: role of IRSA:6",
        }),
        ((pod(entry("AWS_PROFILE", '""')), ACCOUNT), {
            "boto3": "broken: ProfileNotFound over role of IRSA:6",
            "js3": "clear: role of IRSA:6",
        }),
    ],
)  # fmt: skip
def test_kubernetes(texts: tuple[str, ...], expected: dict[str, str]) -> None:
    found = rows(*texts)
    if ALL in expected:
        assert set(found) == {"boto3", "cli2", "js3"}
        assert set(found.values()) == {expected[ALL]}
    else:
        assert {sdk: found[sdk] for sdk in expected} == expected


@pytest.mark.parametrize(
    ("texts", "boto3", "js3"),
    [
        (
            (pod("", mount("/root/.aws"), VOLUME), ACCOUNT, secret(FILE)),
            "ambiguous: role of IRSA:6 over profile default:6",
            "ambiguous: profile default:6 over role of IRSA:6",
        ),
        (
            (pod(entry("AWS_PROFILE", "sandbox"), mount("/srv/app/.aws"), VOLUME), ACCOUNT, secret(SANDBOX)),
            "ambiguous: role of IRSA:6 over profile sandbox:6",
            "ambiguous: profile sandbox:6 over role of IRSA:6",
        ),
        (
            (pod("", mount("/root/.aws"), VOLUME), POD_IDENTITY, secret(FILE)),
            "ambiguous: profile default:6 over role of EKS Pod Identity:4",
            "ambiguous: profile default:6 over role of EKS Pod Identity:4",
        ),
        (
            (
                pod(entry("AWS_SHARED_CREDENTIALS_FILE", "/keys/credentials"), mount("/keys/"), VOLUME),
                NO_ROLE,
                secret(FILE),
            ),
            "clear: profile default:6",
            "clear: profile default:6",
        ),
        (
            (pod("", mount("/root/.aws/credentials"), VOLUME), NO_ROLE, secret(FILE)),
            "clear: profile default:6",
            "clear: profile default:6",
        ),
        # A role without what signs for it.
        (
            (pod(entry("AWS_PROFILE", "sandbox"), mount("/root/.aws"), VOLUME), ACCOUNT, secret(ROLE, "config")),
            "broken: CredentialRetrievalError over role of IRSA:6",
            "clear: role of IRSA:6",
        ),
        # A mounted file that nobody shows, and one that is no file of profiles.
        (
            (pod("", mount("/root/.aws"), VOLUME), ACCOUNT),
            "ambiguous: profile default:10 | role of IRSA:6",
            "ambiguous: profile default:10 | role of IRSA:6",
        ),
        (
            (pod("", mount("/root/.aws"), VOLUME), ACCOUNT, secret("x", "credentials")),
            "ambiguous: profile default:5 | role of IRSA:6",
            "ambiguous: profile default:5 | role of IRSA:6",
        ),
        # Both variables name a profile that is there.
        (
            (
                pod(
                    entry("AWS_PROFILE", "sandbox") + entry("AWS_DEFAULT_PROFILE", "default"),
                    mount("/root/.aws"),
                    VOLUME,
                ),
                NO_ROLE,
                secret(FILE + SANDBOX),
            ),
            "clear: profile default:6",
            "clear: profile sandbox:9",
        ),
    ],
)
def test_files_of_profiles(texts: tuple[str, ...], boto3: str, js3: str) -> None:
    found = rows(*texts, sdks=("boto3", "js3"))
    assert (found["boto3"], found["js3"]) == (boto3, js3)


# What nobody sees

JOB = """\
on: push
permissions: {id-token: write}
jobs:
  upload:
    runs-on: ubuntu-latest
    env: {AWS_PROFILE: sandbox}
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: {role-to-assume: "arn:aws:iam::111122223333:role/web", aws-region: eu-west-1}
      - run: make upload
"""


def test_a_profile_beside_the_keys_of_a_role() -> None:
    found = rows(JOB, path=".github/workflows/upload.yml")
    assert found["boto3"] == "ambiguous: role by OIDC:9 | ProfileNotFound over profile sandbox:6"
    assert found["js3"].startswith("ambiguous: profile sandbox:6")
    assert found["js3"].endswith("over role by OIDC:9")


def why(*texts: str, sdk: str = "boto3", path: str = "deploy.yaml") -> str:
    *_, found = answers(*texts, path=path).values()
    return next(answer.why for answer in found if answer.sdk == sdk)


def test_a_profile_that_no_file_shows() -> None:
    texts = pod(entry("AWS_PROFILE", "sandbox")), ACCOUNT
    assert rows(*texts)["boto3"] == "ambiguous: profile sandbox:10 | role of IRSA:6 | ProfileNotFound"
    assert why(*texts) == "role of IRSA if the profile holds keys, profile sandbox if it holds a role"
    assert why(*texts, sdk="js3") == "profile sandbox, if the profile is there"
    elsewhere = "        - {name: AWS_PROFILE, valueFrom: {configMapKeyRef: {name: other, key: profile}}}\n"
    assert why(pod(elsewhere), ACCOUNT) == "depends on what the profile holds"
    assert why(pod(entry("AWS_PROFILE", "$(NAME)")), ACCOUNT) == "depends on whether AWS_PROFILE is set"
    assert rows(pod(elsewhere), ACCOUNT)["js3"] == "ambiguous: profile of AWS_PROFILE:10 | role of IRSA:6"


def test_an_import_that_no_file_shows() -> None:
    texts = pod("", "      envFrom: [{secretRef: {name: other}}]\n"), ACCOUNT
    assert set(rows(*texts).values()) == {"ambiguous: role of IRSA:6"}
    assert why(*texts) == "secret other may bring variables"
    texts = pod(PAIR, "      envFrom: [{secretRef: {name: other}}]\n"), NO_ROLE
    # They are asked for before all else, but not where a profile is named that is not there.
    assert set(rows(*texts).values()) == {"ambiguous: keys in AWS_ACCESS_KEY_ID:10"}
    assert rows(pod("", "      envFrom: [{secretRef: {name: other}}]\n" + mount("/x"), VOLUME), NO_ROLE) == {}


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        (OPTIONAL, "depends on whether AWS_ACCESS_KEY_ID is set"),
        ("        {{- if .Values.keys }}\n" + PAIR + "        {{- end }}\n", "depends on a condition"),
    ],
)
def test_a_pair_that_may_be_there(env: str, expected: str) -> None:
    found = rows(pod(env), ACCOUNT)["boto3"]
    assert found.startswith("ambiguous: ")
    assert {end.partition(":")[0] for end in found[11:].split(" | ")} == {"role of IRSA", "keys in AWS_ACCESS_KEY_ID"}
    assert why(pod(env), ACCOUNT) == expected


@pytest.mark.parametrize(("name", "told_of"), [("AWS_PROFILE", True), ("LEVEL", False)])
def test_more_conditions_than_are_followed(name: str, *, told_of: bool) -> None:
    arm = "        {{- if .Values.N }}\n" + entry(name, "N") + "        {{- end }}\n"
    texts = pod(PAIR + "".join(arm.replace("N ", f"n{n} ") for n in range(6))), NO_ROLE
    assert (why(*texts) == "depends on more conditions than are followed") is told_of
    assert rows(*texts)["boto3"].startswith("ambiguous: " if told_of else "clear: keys in AWS_ACCESS_KEY_ID:10")


def test_a_role_that_is_bound_elsewhere() -> None:
    assert rows(pod(entry("AWS_REGION", "x")))["boto3"] == (
        "unknown: web identity of the platform | role of the container | instance role | NoCredentialsError"
    )


# Other platforms

FUNCTION = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Upload:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables:
          NAME: x
"""
TASK = """\
{"family": "f", "taskRoleArn": "arn:aws:iam::111122223333:role/x",
 "containerDefinitions": [{"name": "c", "image": "i", "environment": [ENVIRONMENT]}]}
"""
STATIC = (
    '{"name": "AWS_ACCESS_KEY_ID", "value": "@@aws-key-id@@"}, '
    '{"name": "AWS_SECRET_ACCESS_KEY", "value": "@@aws-secret@@"}'
)
SERVICE = "services:\n  a:\n    image: x\n    environment:\n"
COMPOSE = "compose.yaml"


@pytest.mark.parametrize(
    ("text", "path", "boto3", "js3"),
    [
        (FUNCTION, "deploy.yaml", "clear: function role:3", "clear: function role:3"),
        (
            FUNCTION.replace("NAME", "AWS_PROFILE"),
            "deploy.yaml",
            "broken: ProfileNotFound over function role:3",
            "broken: CredentialsProviderError over function role:3",
        ),
        (TASK.replace("ENVIRONMENT", ""), "task.yaml", "clear: ECS task role:1", "clear: ECS task role:1"),
        (
            TASK.replace("ENVIRONMENT", STATIC),
            "task.yaml",
            "ambiguous: keys in AWS_ACCESS_KEY_ID:2 over ECS task role:1",
            "ambiguous: keys in AWS_ACCESS_KEY_ID:2 over ECS task role:1",
        ),
        (
            f'{SERVICE}      AWS_ACCESS_KEY_ID: ""\n      AWS_SECRET_ACCESS_KEY: ""\n',
            COMPOSE,
            "unknown: instance role | NoCredentialsError",
            "unknown: instance role | CredentialsProviderError",
        ),
    ],
)
def test_other_platforms(text: str, path: str, boto3: str, js3: str) -> None:
    found = rows(text, path=path, sdks=("boto3", "js3"))
    assert (found["boto3"], found["js3"]) == (boto3, js3)


def test_a_profile_that_the_host_may_name() -> None:
    found = rows(f"{SERVICE}      - AWS_PROFILE\n    volumes: ['~/.aws:/root/.aws']\n", path=COMPOSE)
    ends = "ambiguous: profile default:6 | profile of AWS_PROFILE:5 | "
    assert set(found) == {"boto3", "cli2", "js3"}
    assert all(line.startswith(ends) for line in found.values())


def test_a_folder_of_the_host() -> None:
    found = rows(f"{SERVICE}      AWS_REGION: x\n    volumes: ['~/.aws:/root/.aws']\n", path=COMPOSE)
    assert {sdk: line.partition(" |")[0] for sdk, line in found.items()} == dict.fromkeys(
        ("boto3", "cli2", "js3"), "unknown: profile default:6"
    )


STEPS = """\
on: push
permissions: {id-token: write}
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: arn:aws:iam::111122223333:role/x
          aws-region: eu-central-1
"""
KEYS_OF_STEP = "AWS_ACCESS_KEY_ID: '${{ secrets.ID }}', AWS_SECRET_ACCESS_KEY: '${{ secrets.SECRET }}'"
INPUTS = "          aws-access-key-id: ${{ secrets.ID }}\n          aws-secret-access-key: ${{ secrets.SECRET }}\n"


def test_steps() -> None:
    step = "      - run: aws s3 ls\n"
    assert set(rows(STEPS + step, path=WORKFLOW).values()) == {"clear: role by OIDC:9"}
    found = rows(f"{STEPS}{step}        env: {{{KEYS_OF_STEP}}}\n", path=WORKFLOW)
    assert set(found.values()) == {"broken: keys in AWS_ACCESS_KEY_ID:12 over role by OIDC:9"}
    found = rows(STEPS + INPUTS + step, path=WORKFLOW)
    assert set(found.values()) == {"clear: keys of AssumeRole:7"}


def test_an_action_that_is_given_keys() -> None:
    first, *_ = answers(STEPS + INPUTS, path=WORKFLOW, sdks=None).values()
    (answer,) = first
    assert (answer.sdk, told(answer)) == ("action", "ambiguous: keys in aws-access-key-id:11 over role by OIDC:9")
    without, *_ = answers(
        (STEPS + INPUTS).replace("id-token: write", "id-token: none"), path=WORKFLOW, sdks=None
    ).values()
    assert told(without[0]) == "clear: keys in aws-access-key-id:11"
    assert list(answers(STEPS + INPUTS, path=WORKFLOW).values()) == [[]]


def test_what_the_host_has() -> None:
    names = "      - AWS_ACCESS_KEY_ID\n      - AWS_SECRET_ACCESS_KEY\n      - AWS_PROFILE=sandbox\n"
    found = rows(SERVICE + names, path=COMPOSE)
    assert found["boto3"].startswith("ambiguous: profile sandbox:7 | keys in AWS_ACCESS_KEY_ID:5")
    assert found["js3"] == "ambiguous: profile sandbox:7 | CredentialsProviderError"
    assert why(SERVICE + names, path=COMPOSE) == "depends on whether AWS_ACCESS_KEY_ID is set"


def test_a_role_that_scripts_set_for_themselves() -> None:
    job = (
        "a:\n  id_tokens: {T: {aud: sts.amazonaws.com}}\n  script:\n"
        "    - export AWS_ROLE_ARN=arn:aws:iam::111122223333:role/x AWS_WEB_IDENTITY_TOKEN_FILE=/tmp/t\n"
        "    - aws s3 ls\n"
    )
    found = rows(job, path=".gitlab-ci.yml")
    assert set(found.values()) == {"clear: role by web identity:4"}
    assert why(job, path=".gitlab-ci.yml") == "nothing else is there, unless settings of the platform say otherwise"


def test_a_file_of_another_kind() -> None:
    env = entry("BOTO_CONFIG", "/etc/keys/boto.cfg") + entry("AWS_REGION", "x")
    boto = FILE.replace("default", "Credentials")
    found = rows(pod(env, mount("/etc/keys"), VOLUME), NO_ROLE, secret(boto, "boto.cfg"))
    assert found["boto3"] == "clear: keys in /etc/keys/boto.cfg:6"
    assert found["js3"] == "unknown: instance role | CredentialsProviderError"


# What checks are given


def test_only_where_sources_may_rival_there_is_a_simulation() -> None:
    def worlds(*texts: str) -> list[int]:
        files = [read(text, f"{number}.yaml") for number, text in enumerate(texts)]
        return [len(unit.worlds) for unit in process_units(files, load_catalogue())]

    assert worlds(pod(), ACCOUNT) == [0]
    assert worlds(pod(PAIR), ACCOUNT) == [1]
    assert worlds(pod(PAIR), RRSA) == [0]
    assert worlds(pod(PAIR + entry("AWS_PROFILE", "x")), NO_ROLE) == [1]


def test_an_sdk_without_such_profiles_does_what_it_does() -> None:
    env = entry("AWS_PROFILE", "sandbox") + entry("ALIBABA_CLOUD_PROFILE", "x")
    both = ACCOUNT + "    pod-identity.alibabacloud.com/role-name: web\n"
    (unit,) = process_units([read(pod(env), "a.yaml"), read(both, "b.yaml")], load_catalogue())
    (world,) = unit.worlds
    for found in (world.with_keys, world.with_role):
        assert {one.sdk: told(one) for one in found}["alibaba"].startswith("clear: role of RRSA:7")


def test_what_checks_suppose_of_a_profile() -> None:
    files = [read(pod(entry("AWS_PROFILE", "sandbox")), "a.yaml"), read(ACCOUNT, "b.yaml")]
    (unit,) = process_units(files, load_catalogue())
    (world,) = unit.worlds
    assert world.answers == ()
    keys, role = ({one.sdk: told(one) for one in found} for found in (world.with_keys, world.with_role))
    assert keys["boto3"] == "ambiguous: role of IRSA:6 over profile sandbox:10"
    assert role["boto3"] == "ambiguous: profile sandbox:10 over role of IRSA:6"
    assert keys["js3"] == role["js3"] == "ambiguous: profile sandbox:10 over role of IRSA:6"
