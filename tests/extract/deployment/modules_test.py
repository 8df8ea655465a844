"""Modules of Ansible: which key of a task names one, and which inputs it has in the end."""

from __future__ import annotations

import pytest

from credlint.model.facts import FileFacts
from tests.extract.deployment.facts import read, words

KEYS = "access_key: a, secret_key: b"


def play(task: str, more: str = "") -> FileFacts:
    return read(f"- hosts: all\n{more}  tasks:\n    - {task}\n", "site.yml")


def credentials(facts: FileFacts) -> list[tuple[str, ...]]:
    return [
        tuple(words(part.origin) for part in (*one.parts(), one.profile))
        for client in facts.clients
        for one in client.credentials.alternatives
    ]


@pytest.mark.parametrize(
    "task",
    [
        f"{{name: x, amazon.aws.s3_object: {{{KEYS}}}}}",
        f"{{community.aws.sns: {{{KEYS}}}, when: x}}",
        "{aws_s3: {aws_access_key: a, aws_secret_key: b}}",
        "{ec2: {ec2_access_key: a, ec2_secret_key: b}}",
        f"{{block: [{{s3_bucket: {{{KEYS}}}}}]}}",
        f"{{block: [], rescue: [{{s3_bucket: {{{KEYS}}}}}]}}",
    ],
)
def test_modules(task: str) -> None:
    assert credentials(play(task)) == [("literal", "literal", "absent", "absent")]


@pytest.mark.parametrize(
    "task",
    [
        f"{{debug: {{{KEYS}}}}}",
        f"{{amazon.aws.s3_object: {{{KEYS}}}, ignore_errors: true}}",
        f"{{amazon.aws.s3_object: {{{KEYS}}}, failed_when: result.rc > 1}}",
        "{amazon.aws.s3_object: bucket=a access_key=b}",
        "{amazon.aws.s3_object: }",
        "{amazon.aws.s3_object: [a]}",
        "text",
    ],
)
def test_tasks_without_inputs(task: str) -> None:
    assert credentials(play(task)) == []


def test_a_failure_that_is_not_tolerated() -> None:
    assert credentials(play(f"{{amazon.aws.s3_object: {{{KEYS}}}, ignore_errors: false}}"))


@pytest.mark.parametrize(
    ("defaults", "task", "expected"),
    [
        ("{group/aws: {profile: p}}", f"{{s3_bucket: {{{KEYS}}}}}", ("literal", "literal", "absent", "literal")),
        ("{s3_bucket: {profile: p}}", f"{{s3_bucket: {{{KEYS}}}}}", ("literal", "literal", "absent", "literal")),
        ("{s3_object: {profile: p}}", f"{{s3_bucket: {{{KEYS}}}}}", ("literal", "literal", "absent", "absent")),
        (
            f"{{group/aws: {{{KEYS}, session_token: c}}}}",
            "{s3_bucket: {session_token: ''}}",
            ("literal", "literal", "blank", "absent"),
        ),
        (f"{{group/aws: {{{KEYS}}}}}", "{s3_bucket: }", ("literal", "literal", "absent", "absent")),
    ],
)
def test_defaults(defaults: str, task: str, expected: tuple[str, ...]) -> None:
    assert credentials(play(task, f"  module_defaults: {defaults}\n")) == [expected]


def test_inner_defaults_win() -> None:
    task = "{module_defaults: {group/aws: {access_key: '', secret_key: ''}}, block: [{s3_bucket: }]}"
    assert credentials(play(task, f"  module_defaults: {{group/aws: {{{KEYS}}}}}\n")) == []
