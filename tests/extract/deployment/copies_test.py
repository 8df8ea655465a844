"""Copies of stored secrets, and the durations in which they are made anew."""

from __future__ import annotations

import pytest

from credlint.extract.deployment.durations import go_duration
from tests.extract.deployment.facts import read

HEAD = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e, namespace: n}\n"
KEY = "data: [{secretKey: AWS_ACCESS_KEY_ID, remoteRef: {key: x}}]"
MADE = "dataFrom: [{sourceRef: {generatorRef: {kind: STSSessionToken, name: g}}}]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("0s", 0),
        ("1h", 3600),
        ("1h30m0s", 5400),
        ("1.5h", 5400),
        ("90m", 5400),
        ("500ms", 0),
        ("24", None),
        ("1d", None),
        ("h", None),
        ("-1h", None),
        ("", None),
        (None, None),
    ],
)
def test_durations_of_go(text: str | None, expected: int | None) -> None:
    assert go_duration(text) == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (f"{{refreshInterval: 1h, {KEY}}}", [(3600, None)]),
        (f"{{refreshInterval: 0, {KEY}}}", [(0, None)]),
        (f"{{refreshInterval: soon, {KEY}}}", [(None, None)]),
        (f"{{refreshInterval: [1h], {KEY}}}", [(None, None)]),
        (f"{{refreshPolicy: CreatedOnce, refreshInterval: 1h, {KEY}}}", [(0, None)]),
        (f"{{refreshPolicy: Periodic, refreshInterval: 1h, {KEY}}}", [(3600, None)]),
        (f"{{{KEY}}}", []),
        (f"{{refreshInterval: 1h, {MADE}}}", [(3600, ("stssessiontoken", "g"))]),
        (f"{{refreshInterval: 1h, {MADE.replace(', name: g', '')}}}", []),
        ("{refreshInterval: 1h, data: [{secretKey: password}]}", []),
        ("{refreshInterval: 1h, data: [{secretKey: [x]}]}", []),
        ("{refreshInterval: 1h, target: {template: {data: {AWS_SECRET_ACCESS_KEY: x}}}}", [(3600, None)]),
        ("x", []),
    ],
)
def test_copies(spec: str, expected: list[tuple[int | None, tuple[str, str] | None]]) -> None:
    found = read(f"{HEAD}spec: {spec}\n").copies
    assert [(one.interval, one.maker) for one in found] == expected
    assert all((one.title, one.namespace) == ("ExternalSecret e", "n") for one in found)


@pytest.mark.parametrize(
    ("version", "expected"),
    [("AWSPREVIOUS", ["AWSPREVIOUS"]), ("AWSPENDING", ["AWSPENDING"]), ("AWSCURRENT", []), ("uuid/1", []), ("[x]", [])],
)
def test_versions(version: str, expected: list[str]) -> None:
    text = f"{HEAD}spec: {{data: [{{secretKey: AWS_ACCESS_KEY_ID, remoteRef: {{version: {version}}}}}]}}\n"
    assert [one.stage for one in read(text).secret_reads] == expected


def test_how_long_a_made_session_lasts() -> None:
    head = "apiVersion: generators.external-secrets.io/v1alpha1\nkind: STSSessionToken\nmetadata: {name: g}\n"
    cases = {
        "{}": 43200,
        "{requestParameters: {sessionDuration: 900}}": 900,
        "{requestParameters: {sessionDuration: x}}": None,
    }
    for spec, expected in cases.items():
        (resource,) = read(f"{head}spec: {spec}\n").resources
        assert (resource.lasting.seconds if resource.lasting else None) == expected
