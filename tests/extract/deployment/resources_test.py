"""Objects that others refer to."""

from __future__ import annotations

import base64
import textwrap

import pytest

from credlint.model.facts import FileFacts, LiteralContext
from tests.extract.deployment.facts import clients, durations, line, read, shown, words
from tests.markers import render


def encoded(text: str) -> str:
    return base64.b64encode(render(text).encode()).decode()


def secret(data: str, kind: str = "Secret", part: str = "data") -> FileFacts:
    head = f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: keys, namespace: shop}}\n{part}:\n"
    return read(f"{head}{textwrap.indent(data, '  ')}\n")


def test_data_is_decoded() -> None:
    facts = secret(
        f"AWS_ACCESS_KEY_ID: {encoded('@@aws-key-id@@')}\n"
        f"AWS_SECRET_ACCESS_KEY: '{encoded('@@aws-secret@@')}'\nOTHER: {encoded('x')}"
    )
    (resource,) = facts.resources
    assert (resource.kind, resource.name, resource.namespace) == ("secret", "keys", "shop")
    assert [(one.name, words(one.value)) for one in resource.variables] == [
        ("AWS_ACCESS_KEY_ID", "literal"), ("AWS_SECRET_ACCESS_KEY", "literal"), ("OTHER", "literal"),
    ]  # fmt: skip
    assert clients(facts) == {"secret keys": ["literal | literal | absent"]}
    literals = {one.name: one for one in facts.literals}
    assert literals["AWS_ACCESS_KEY_ID"].text.reveal() == render("@@aws-key-id@@")
    assert literals["AWS_ACCESS_KEY_ID"].encoded
    assert line(facts, literals["AWS_SECRET_ACCESS_KEY"].location) == 6
    hidden = {one.reveal() for one in facts.secrets}
    assert {encoded("@@aws-secret@@"), render("@@aws-secret@@"), render("@@aws-key-id@@")} <= hidden


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("not base64!", "unknown"),
        ("''", "blank"),
        ("", "none"),
        ("/w==", "unknown"),
        ("[a]", None),
        ('"{{ x }}"', "unknown"),
    ],
)
def test_what_does_not_decode(value: str, expected: str | None) -> None:
    found = secret(f"AWS_ACCESS_KEY_ID: {value}").resources[0].variables
    assert [words(one.value) for one in found] == ([expected] if expected else [])


def test_usual_names_make_a_set() -> None:
    facts = secret("access-key: a\nsecretKey: b\nsession_token: c", part="stringData")
    assert clients(facts) == {"secret keys": ["literal | literal | literal"]}
    assert clients(secret("secret-key: b", part="stringData")) == {}


def test_wrapped_base64() -> None:
    long = encoded("@@aws-session-token@@")
    text = "\n".join(textwrap.wrap(long, 60))
    facts = secret("AWS_SESSION_TOKEN: |\n" + textwrap.indent(text, "  "))
    assert [words(one.value) for one in facts.resources[0].variables] == ["literal"]
    assert set(text.split("\n")) <= {one.reveal() for one in facts.secrets}


INI = """\
[default]
aws_access_key_id = @@aws-temporary-key-id@@
aws_secret_access_key = @@aws-secret@@
[profile role]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = sso
duration_seconds = 600
[profile sso]
sso_session = corp
[profile web]
role_arn = x
web_identity_token_file = /token
duration_seconds = 60
"""


@pytest.mark.parametrize("part", ["stringData", "data"])
def test_profiles_in_a_secret(part: str) -> None:
    data = f"credentials: {encoded(INI)}" if part == "data" else "credentials: |\n" + textwrap.indent(INI, "  ")
    facts = secret(data, part=part)
    assert clients(facts) == {"profile default of credentials of secret keys": ["literal | literal | absent"]}
    assert durations(facts) == [("AssumeRole", 600)]
    assert facts.requests[0].chained is not None
    first, second = (
        sorted(facts.literals, key=lambda one: one.location) if part == "stringData" else (facts.literals * 2)[:2]
    )
    assert line(facts, first.location) == (7 if part == "stringData" else 5)
    assert first.context is second.context is LiteralContext.SLOT
    assert first.encoded is (part == "data")


def test_places_in_a_profile() -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  config: |\n" + textwrap.indent(INI, "    ")
    facts = read(text)
    assert shown(facts, facts.clients[0].location, text) == "aws_access_key_id"
    duration = facts.requests[0].durations[0].location
    assert duration is not None
    assert shown(facts, duration, text) == "600"


CHAIN = "[profile a]\nrole_arn = x\nduration_seconds = 7200\nsource_profile = "


@pytest.mark.parametrize(
    ("text", "chained"),
    [
        (f"{CHAIN}b\n[profile b]\nrole_arn = y\n", True),
        (f"{CHAIN}b\n[profile b]\naws_access_key_id = y\n", False),
        (f"{CHAIN}a\n", False),
        (f"{CHAIN}c\n", False),
    ],
)
def test_a_source_that_is_temporary_itself(text: str, chained: bool) -> None:
    facts = secret("config: |\n" + textwrap.indent(text, "  "), part="stringData")
    assert [one.chained is not None for one in facts.requests] == [chained]


def test_profiles_of_alibaba() -> None:
    text = "[default]\ntype = access_key\naccess_key_id = @@alibaba-temporary-key-id@@\naccess_key_secret = x\n"
    facts = secret("credentials.ini: |\n" + textwrap.indent(text, "  "), part="stringData")
    assert [one.cloud.value for one in facts.clients] == ["alibaba"]


def test_a_config_map_is_not_decoded() -> None:
    facts = secret(f"AWS_ACCESS_KEY_ID: {encoded('@@aws-key-id@@')}\nAWS_PROFILE: x", kind="ConfigMap")
    assert [one.plain for one in facts.resources[0].variables][1] == "x"
    assert not any(one.encoded for one in facts.literals)


def test_key_ids_in_decoded_text() -> None:
    facts = secret(
        f"script: {encoded('export K=@@aws-key-id@@ # x')}\n"
        f"credentials: {encoded('@@aws-temporary-key-id@@tail@@aws-secret@@')}\n"
        f"blob: {encoded('nothing')}"
    )
    assert [(one.name, one.context, len(one.text)) for one in facts.literals] == [
        ("script", LiteralContext.TEXT, 20), ("credentials", LiteralContext.ASSIGNED, 64),
    ]  # fmt: skip


TEMPORARY = "@@aws-temporary-key-id@@"


@pytest.mark.parametrize(
    ("text", "token"),
    [
        (f"{TEMPORARY}@@aws-secret@@", False),
        (f"{TEMPORARY}\n@@aws-secret@@\n", False),
        (f"AWS_ACCESS_KEY_ID={TEMPORARY}\nAWS_SECRET_ACCESS_KEY=@@aws-secret@@\n", False),
        (f"export access_key='{TEMPORARY}'\nexport secret_key='@@aws-secret@@'\n", False),
        (f"access_key: {TEMPORARY}\nsecret_key: @@aws-secret@@\nsession_token: @@aws-session-token@@", True),
        (f"AWS_ACCESS_KEY_ID={TEMPORARY}\nAWS_SECRET_ACCESS_KEY=@@aws-secret@@\nAWS_SECURITY_TOKEN=x", True),
    ],
)
def test_pairs_in_decoded_text(text: str, token: bool) -> None:
    facts = secret(f"credentials: {encoded(text)}")
    (literal,) = facts.literals
    assert literal.text.reveal() == render(TEMPORARY)
    assert literal.partner is not None
    assert literal.partner.reveal() == render("@@aws-secret@@")
    assert (literal.context, literal.has_token, literal.encoded) == (LiteralContext.SLOT, token, True)
    assert render("@@aws-secret@@") in {one.reveal() for one in facts.secrets}


@pytest.mark.parametrize(
    "text",
    [
        f"{TEMPORARY}0123456789",
        f"{TEMPORARY}@@aws-secret@@tail",
        f"AWS_ACCESS_KEY_ID={TEMPORARY}",
        f"mode: x\naccess_key: {TEMPORARY}\nsecret: x",
    ],
)
def test_decoded_text_without_a_pair(text: str) -> None:
    (literal,) = secret(f"credentials: {encoded(text)}").literals
    assert literal.partner is None
    assert literal.context is not LiteralContext.SLOT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metadata: {name: a, annotations: {eks.amazonaws.com/role-arn: x}}", ["IRSA"]),
        ("metadata: {name: a, annotations: {eks.amazonaws.com/role-arn: ''}}", []),
        ("metadata: {name: a, annotations: {eks.amazonaws.com/role-arn: }}", []),
        ("metadata: {name: a, annotations: {pod-identity.alibabacloud.com/role-name: x}}", ["RRSA"]),
        ("metadata: {name: a, annotations: {other: x}}", []),
        ("metadata: {name: a}", []),
    ],
)
def test_roles_of_service_accounts(text: str, expected: list[str]) -> None:
    (resource,) = read(f"apiVersion: v1\nkind: ServiceAccount\n{text}\n").resources
    assert [one.kind.value for one in resource.roles] == expected


@pytest.mark.parametrize(("label", "expected"), [("'on'", True), ("'off'", False), ("'yes'", True)])
def test_namespaces(label: str, expected: bool) -> None:
    labels = f"{{pod-identity.alibabacloud.com/injection: {label}}}"
    text = f"apiVersion: v1\nkind: Namespace\nmetadata: {{name: a, labels: {labels}}}"
    assert bool(read(text).resources[0].roles) is expected


def test_an_association_binds_a_role_from_outside() -> None:
    head = "apiVersion: eks.services.k8s.aws/v1alpha1\nkind: PodIdentityAssociation\n"
    text = f"{head}spec: {{namespace: n, serviceAccount: a, roleARN: x}}"
    (resource,) = read(text).resources
    assert (resource.kind, resource.name, resource.namespace) == ("serviceaccount", "a", "n")
    assert [one.kind.value for one in resource.roles] == ["EKS Pod Identity"]
