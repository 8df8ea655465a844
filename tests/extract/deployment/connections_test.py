"""Connections in variables: what parts of them are, in an address and in JSON."""

from __future__ import annotations

import json

import pytest

from credlint.model.facts import Client
from credlint.model.sinks import EndpointKind, TokenSupport
from tests.extract.deployment.facts import read, words

EXTRA = {"aws_access_key_id": "@@aws-key-id@@", "aws_secret_access_key": "x", "aws_session_token": "y"}


def clients(value: str, name: str = "AIRFLOW_CONN_AWS") -> tuple[Client, ...]:
    text = json.dumps({"services": {"a": {"image": "x", "environment": {name: value}}}})
    return tuple(one for one in read(text, "compose.yaml").clients if "connection" in one.sink)


def parts(value: str) -> tuple[str, ...]:
    (client,) = clients(value)
    (alternative,) = client.credentials.alternatives
    return tuple(words(part.origin) for part in (*alternative.parts(), alternative.profile))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("aws://@@aws-key-id@@:x@/", ("literal", "literal", "absent", "absent")),
        ("aws://@@aws-key-id@@:x@/?aws_session_token=y", ("literal", "literal", "literal", "absent")),
        ("aws://@@aws-key-id@@:x@/?aws_session_token=", ("literal", "literal", "blank", "absent")),
        ("aws://@@aws-key-id@@:x@/?profile_name=p", ("literal", "literal", "absent", "literal")),
        (
            "aws://@@aws-key-id@@:x@/?__extra__=%7B%22aws_session_token%22%3A%20%22y%22%7D",
            ("literal", "literal", "literal", "absent"),
        ),
        (json.dumps({"conn_type": "aws", "login": "a", "password": "b"}), ("literal", "literal", "absent", "absent")),
        (json.dumps({"conn_type": "aws", "extra": EXTRA}), ("literal", "literal", "literal", "absent")),
        (json.dumps({"conn_type": "aws", "extra": json.dumps(EXTRA)}), ("literal", "literal", "literal", "absent")),
    ],
)
def test_parts(value: str, expected: tuple[str, ...]) -> None:
    assert parts(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "postgres://a:b@c/d",
        "aws://?role_arn=x",
        "aws://[a",
        "{",
        "[]",
        '{"conn_type": "aws", "extra": "no JSON"}',
        '{"conn_type": "aws", "extra": [1]}',
        '{"conn_type": "oss", "login": "a", "password": "b"}',
        "{" * 3000,
        "",
    ],
)
def test_what_holds_no_key(value: str) -> None:
    assert clients(value) == ()


def test_other_variables_are_none() -> None:
    assert clients("aws://@@aws-key-id@@:x@/", "CONN_AWS") == ()


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [("http://minio:9000", EndpointKind.LOCAL), ("x", EndpointKind.UNKNOWN), ("", EndpointKind.ABSENT)],
)
def test_endpoints(endpoint: str, expected: EndpointKind) -> None:
    (client,) = clients(f"aws://@@aws-key-id@@:x@/?endpoint_url={endpoint}")
    assert client.endpoint is expected


def test_a_type_without_a_token() -> None:
    extra = {"access_key_id": "@@alibaba-key-id@@", "access_key_secret": "x"}
    (client,) = clients(json.dumps({"conn_type": "oss", "extra": extra}))
    assert client.token_support is TokenSupport.NONE


@pytest.mark.parametrize(("value", "expected"), [(300, 300), ("900", 900), ("soon", None)])
def test_durations(value: object, expected: int | None) -> None:
    extra = {"role_arn": "x", "assume_role_kwargs": {"DurationSeconds": value}}
    connection = json.dumps({"conn_type": "aws", "extra": extra})
    text = json.dumps({"services": {"a": {"image": "x", "environment": {"AIRFLOW_CONN_AWS": connection}}}})
    (request,) = read(text, "compose.yaml").requests
    assert [duration.seconds for duration in request.durations] == [expected]
