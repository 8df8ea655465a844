"""Processes with what the other files of the run say, and the checks on them."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.checks import profile_with_explicit_keys, profile_with_role, static_keys_shadow_role
from credlint.link.processes import process_units
from credlint.model.units import ProcessUnit
from tests.extract.deployment.facts import WORKFLOW, read, words


def units(*texts: str, path: str = "deploy.yaml") -> list[ProcessUnit]:
    facts = [read(text, path if number == 0 else f"{number}.yaml") for number, text in enumerate(texts)]
    return list(process_units(facts, load_catalogue()))


def pod(env: str = "", more: str = "", account: str = "web", namespace: str = "shop") -> str:
    return (
        f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p, namespace: {namespace}}}\n"
        f"spec:\n  serviceAccountName: {account}\n  containers:\n"
        f"    - name: c\n      image: x\n      env: [{env}]\n      {more}\n"
    )


def account(annotation: str = "eks.amazonaws.com/role-arn", namespace: str = "shop") -> str:
    metadata = f"{{name: web, namespace: {namespace}, annotations: {{{annotation}: x}}}}"
    return f"apiVersion: v1\nkind: ServiceAccount\nmetadata: {metadata}\n"


def namespace(label: str) -> str:
    metadata = f"{{name: shop, labels: {{pod-identity.alibabacloud.com/injection: '{label}'}}}}"
    return f"apiVersion: v1\nkind: Namespace\nmetadata: {metadata}\n"


KEYS = (
    "{name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: s, key: id}}}, "
    "{name: AWS_SECRET_ACCESS_KEY, valueFrom: {secretKeyRef: {name: s, key: secret}}}"
)
ALIBABA = KEYS.replace("AWS_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_ID").replace(
    "AWS_SECRET_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"
)
RRSA = "pod-identity.alibabacloud.com/role-name"


def secret(key_id: str, value: str, name: str = "s") -> str:
    head = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: shop}}\n"
    return f"{head}stringData: {{id: '{key_id}', secret: '{value}'}}\n"


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([account()], ["IRSA"]),
        ([account(namespace="other")], []),
        ([account().replace(", namespace: shop", "")], ["IRSA"]),
        ([account(RRSA)], ["RRSA"]),
        ([account(RRSA), namespace("on")], ["RRSA"]),
        ([account(RRSA), namespace("off")], []),
        ([], []),
    ],
)
def test_roles_of_the_service_account(others: list[str], expected: list[str]) -> None:
    (unit,) = units(pod(), *others)
    assert [role.kind.value for role in unit.roles] == expected


def test_roles_that_variables_declare() -> None:
    (unit,) = units(pod("{name: AWS_ROLE_ARN, value: x}, {name: AWS_WEB_IDENTITY_TOKEN_FILE, value: y}"))
    assert [role.kind.value for role in unit.roles] == ["IRSA"]
    (unit,) = units(pod("{name: AWS_ROLE_ARN, value: x}, {name: AWS_WEB_IDENTITY_TOKEN_FILE}"))
    assert unit.roles == ()


def test_what_a_secret_brings() -> None:
    (unit,) = units(pod(KEYS), secret("@@aws-key-id@@", "@@aws-secret@@"))
    ((family, found),) = unit.sets
    assert (family, [words(part.origin) for part in found.alternatives[0].parts()]) == (
        "aws", ["literal", "literal", "absent"],
    )  # fmt: skip
    (unit,) = units(pod(KEYS), secret("<id>", "<secret>"))
    assert [words(part.origin) for part in unit.sets[0][1].alternatives[0].parts()] == ["unknown", "unknown", "absent"]
    (unit,) = units(pod(KEYS), secret("x", "y").replace("id:", "other:"))
    assert words(unit.sets[0][1].alternatives[0].key_id.origin) == "Kubernetes Secret s.id"


def test_imports_of_other_files() -> None:
    settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\ndata: {AWS_PROFILE: x}\n"
    (unit,) = units(pod(more="envFrom: [{configMapRef: {name: c}}]"), settings)
    assert ([one.name for one in unit.variables], unit.opaque) == (["AWS_PROFILE"], False)
    (unit,) = units(pod(more="envFrom: [{configMapRef: {name: missing}}]"), settings)
    assert unit.opaque
    reference = "{name: AWS_PROFILE, valueFrom: {configMapKeyRef: {name: c, key: AWS_PROFILE}}}"
    (unit,) = units(pod(reference), settings)
    assert unit.variables[0].plain == "x"


def cases(found: list[ProcessUnit]) -> list[tuple[str, str]]:
    checks = (static_keys_shadow_role.check, profile_with_explicit_keys.check_process, profile_with_role.check)
    return [(draft.case, draft.certainty.value) for unit in found for check in checks for draft in check(unit)]


def templated(env: str, condition: str = ".x") -> str:
    inside = "\n".join(f"        - {one}" for one in env.split(", {name"))
    listed = inside.replace("- :", "- {name:")
    return pod("").replace("      env: []\n", f"      env:\n{{{{ if {condition} }}}}\n{listed}\n{{{{ end }}}}\n")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([pod(KEYS), account()], [("keys-beside-role", "high")]),
        ([pod(KEYS), account(RRSA)], []),
        ([pod(ALIBABA), account(RRSA)], [("keys-beside-role", "high")]),
        ([pod(KEYS), account(), secret("minioadmin", "minioadmin")], []),
        ([pod(f"{KEYS}, {{name: AWS_ENDPOINT_URL, value: 'http://minio:9000'}}"), account()], []),
        ([pod(f"{KEYS}, {{name: S3_ENDPOINT, value: 'https://storage.example'}}"), account()], []),
        ([pod(KEYS.replace("key: id", "key: id, optional: true")), account()], []),
        ([pod("{name: AWS_ACCESS_KEY_ID}, {name: AWS_SECRET_ACCESS_KEY}"), account()], []),
        ([pod(KEYS.partition("}, ")[0] + "}"), account()], []),
        ([templated(KEYS), account()], [("keys-beside-role-by-template", "medium")]),
        ([templated(KEYS), "{{ if not .x }}\n" + account() + "{{ end }}\n"], []),
        ([templated(KEYS), "{{ if .y }}\n" + account() + "{{ end }}\n"], [("keys-beside-role-by-template", "low")]),
        ([templated(KEYS), "{{ if .x }}\n" + account() + "{{ end }}\n"], [("keys-beside-role", "medium")]),
        ([pod("{name: AWS_PROFILE, value: x}"), account()], [("aws-profile-with-role", "high")]),
        ([pod("{name: AWS_PROFILE, value: ''}"), account()], []),
        ([templated("{name: AWS_PROFILE, value: x}"), account()], [("aws-profile-with-role", "medium")]),
        ([pod("{name: ALIBABA_CLOUD_PROFILE, value: x}"), account(RRSA)], [("alibaba-profile-ignored", "high")]),
        ([pod("{name: ALIBABA_CLOUD_PROFILE, value: x}"), account()], []),
        ([pod(f"{ALIBABA}, {{name: ALIBABA_CLOUD_PROFILE, value: x}}")], [("alibaba-profile-ignored", "high")]),
        ([pod(f"{KEYS}, {{name: AWS_PROFILE, value: x}}")], [("profile-beside-environment-keys", "high")]),
        (
            [
                pod(f"{KEYS}, {{name: AWS_PROFILE, value: x}}, {{name: AWS_ENDPOINT_URL, value: 'http://minio:1'}}"),
                account(),
            ],
            [],
        ),
    ],
)
def test_kubernetes(texts: list[str], expected: list[tuple[str, str]]) -> None:
    assert cases(units(*texts)) == expected


def test_arms_of_one_file_exclude_each_other() -> None:
    whole = "{{ if .irsa }}\n" + account() + "{{ end }}\n---\n" + templated(KEYS, "not .irsa")
    (unit,) = units(whole, path="chart/templates/x.yaml")
    assert ([role.kind.value for role in unit.roles], cases([unit])) == (["IRSA"], [])


def service(*environment: str) -> str:
    listed = "".join(f"      - {one}\n" for one in environment)
    return f"services:\n  a:\n    image: x\n    environment:\n{listed}"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (("AWS_PROFILE=x", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), ["profile-beside-environment-keys"]),
        (("AWS_PROFILE", "AWS_ACCESS_KEY_ID=${A}", "AWS_SECRET_ACCESS_KEY=${B}"), []),
        (("AWS_PROFILE=${P}", "AWS_ACCESS_KEY_ID=@@aws-key-id@@", "AWS_SECRET_ACCESS_KEY=${B}"),
         ["profile-beside-environment-keys"]),
        (("AWS_PROFILE=${P:-x}", "AWS_ACCESS_KEY_ID=${A}", "AWS_SECRET_ACCESS_KEY=${B}"), []),
        (("AWS_PROFILE=x", "ALIBABA_CLOUD_ACCESS_KEY_ID=${A}", "ALIBABA_CLOUD_ACCESS_KEY_SECRET=${B}"), []),
        (("ALIBABA_CLOUD_PROFILE=x", "OSS_ACCESS_KEY_ID=${A}", "OSS_ACCESS_KEY_SECRET=${B}"), []),
        (("ALIBABA_CLOUD_PROFILE", "ALIBABA_CLOUD_ACCESS_KEY_ID=${A}", "ALIBABA_CLOUD_ACCESS_KEY_SECRET=${B}"), []),
    ],
)  # fmt: skip
def test_compose(environment: tuple[str, ...], expected: list[str]) -> None:
    assert [case for case, _ in cases(units(service(*environment), path="compose.yaml"))] == expected


ACTION = "uses: aws-actions/configure-aws-credentials@v6"
ROLE = "role-to-assume: x"
PAIR = "{AWS_ACCESS_KEY_ID: '${{ secrets.A }}', AWS_SECRET_ACCESS_KEY: '${{ secrets.B }}'}"


def workflow(*steps: str, env: str = "{}") -> str:
    listed = "".join(f"      - {{{step}}}\n" for step in steps)
    return f"on: push\npermissions: {{id-token: write}}\njobs:\n  a:\n    env: {env}\n    steps:\n{listed}"


def after(env: str) -> str:
    return f"run: x, env: {env}"


KEY_INPUTS = "aws-access-key-id: '${{ secrets.A }}', aws-secret-access-key: '${{ secrets.B }}'"
SAME = "{AWS_ACCESS_KEY_ID: '${{ env.AWS_ACCESS_KEY_ID }}', AWS_SECRET_ACCESS_KEY: '${{ env.AWS_SECRET_ACCESS_KEY }}'}"
OTHER = "{ALIBABA_CLOUD_ACCESS_KEY_ID: '${{ secrets.A }}', ALIBABA_CLOUD_ACCESS_KEY_SECRET: x}"
PROFILE = "{AWS_PROFILE: p}"


def assume(more: str = "", before: str = "") -> str:
    return f"{ACTION}, {before}with: {{{ROLE}{more}}}"


@pytest.mark.parametrize(
    ("steps", "env", "expected"),
    [
        ((assume(), after(PAIR)), "{}", ["keys-after-oidc-step"]),
        ((after(PAIR), assume()), "{}", []),
        ((assume(), "run: x"), PAIR, ["keys-before-oidc-step"]),
        ((assume(", aws-profile: p"), "run: x"), PAIR, ["profile-output-beside-keys"]),
        ((assume(", output-env-credentials: false"), "run: x"), PAIR, ["profile-output-beside-keys"]),
        ((assume(", output-env-credentials: false"), after(PAIR)), "{}", []),
        ((assume(before=f"env: {PAIR}, "),), "{}", []),
        ((assume(f", {KEY_INPUTS}"),), "{}", ["keys-disable-oidc"]),
        ((assume(), after(PROFILE)), "{}", ["aws-profile-with-role"]),
        ((assume(", aws-profile: p, output-env-credentials: true"), after(PROFILE)), "{}", []),
        ((assume(), after(SAME)), "{}", []),
        ((assume(before="if: inputs.oidc, "), f"if: '!inputs.oidc', {after(PAIR)}"), "{}", []),
        ((assume(before="if: inputs.oidc, "), "run: x"), PAIR, ["keys-before-oidc-step"]),
        ((assume(), after(OTHER)), "{}", []),
    ],
)
def test_github(steps: tuple[str, ...], env: str, expected: list[str]) -> None:
    assert [case for case, _ in cases(units(workflow(*steps, env=env), path=WORKFLOW))] == expected
