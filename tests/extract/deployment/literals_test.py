"""Key literals and comments."""

from __future__ import annotations

import pytest

from credlint.model.facts import KeyLiteral, LiteralContext
from credlint.model.values import Role
from tests.extract.deployment.facts import WORKFLOW, line, read


def key_ids(text: str, path: str = "config.yaml") -> list[tuple[str, str]]:
    found = [one for one in read(text, path).literals if one.role is Role.KEY_ID]
    return [(one.context.value, one.name) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("accessKeyId: @@alibaba-key-id@@", [("assigned", "accessKeyId")]),
        ("aws: {access_key_id: '@@aws-key-id@@'}", [("assigned", "access_key_id")]),
        ("note: see @@aws-key-id@@ for more", [("text", "note")]),
        ("url: aws://@@aws-key-id@@:secret@host", [("text", "url")]),
        ("- @@aws-key-id@@", [("text", "")]),
        ("a: b # @@aws-key-id@@", [("comment", "")]),
        ("a: 'x # @@aws-key-id@@'", [("text", "a")]),
        ("a: |\n  x\n  @@alibaba-temporary-key-id@@\n", [("text", "a")]),
        ("url: https://x/?X-Amz-Credential=@@aws-temporary-key-id@@%2F2024", []),
        ("url: 'https://x/?OSSAccessKeyId=@@alibaba-key-id@@&y'", []),
        ("blob: abc@@aws-key-id@@", []),
        ("blob: a/@@aws-key-id@@", []),
        ("blob: @@aws-key-id@@+/x", []),
        ("AWS_ACCESS_KEY_ID: 'name of a variable'", []),
        ("a: 1\nb: @x\nc: @@aws-key-id@@\nd: https://x?Y-Credential=@@aws-key-id@@", [("text", "")]),
        ("a: @@aws-key-id@@\nb: @x", [("text", "a")]),
        ("@x # @@aws-key-id@@", [("comment", "")]),
    ],
)
def test_where_key_ids_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert key_ids(text) == expected


def by_name(text: str, path: str = "compose.yaml") -> dict[str, KeyLiteral]:
    return {one.name: one for one in read(text, path).literals}


SERVICE = "services:\n  a:\n    image: x\n    environment:\n      AWS_ACCESS_KEY_ID: '@@aws-key-id@@'\n"


def test_a_pair_in_an_environment() -> None:
    found = by_name(f"{SERVICE}      AWS_SECRET_ACCESS_KEY: '@@aws-secret@@'\n      AWS_SESSION_TOKEN: ${{T}}\n")
    key, secret = found["AWS_ACCESS_KEY_ID"], found["AWS_SECRET_ACCESS_KEY"]
    assert (key.context, secret.context) == (LiteralContext.SLOT, LiteralContext.SLOT)
    assert (key.partner, secret.partner) == (secret.text, key.text)
    assert key.has_token
    assert key.subject == secret.subject
    assert "AWS_SESSION_TOKEN" not in found


def test_a_secret_alone_and_a_moment() -> None:
    found = by_name(
        "services:\n  a:\n    image: x\n    environment:\n      AWS_SECRET_ACCESS_KEY: '@@aws-secret@@'\n"
        "      AWS_CREDENTIAL_EXPIRATION: '2031-01-01T00:00:00Z'\n"
    )
    assert {name: one.role for name, one in found.items()} == {
        "AWS_SECRET_ACCESS_KEY": Role.SECRET, "AWS_CREDENTIAL_EXPIRATION": Role.EXPIRATION,
    }  # fmt: skip


def test_endpoints_of_a_unit() -> None:
    found = by_name(f"{SERVICE}      AWS_SECRET_ACCESS_KEY: x\n      S3_ENDPOINT: http://user:pass@minio:9000/x\n")
    assert found["AWS_ACCESS_KEY_ID"].endpoint.value == "local"


@pytest.mark.parametrize("comment", ["# pragma: allowlist secret", "# gitleaks:allow"])
def test_allow_comments(comment: str) -> None:
    allowed = SERVICE.rstrip() + f"  {comment}\n"
    assert by_name(allowed)["AWS_ACCESS_KEY_ID"].allowed
    assert not by_name(SERVICE)["AWS_ACCESS_KEY_ID"].allowed


@pytest.mark.parametrize(
    ("path", "expected"), [("tests/compose.yaml", True), ("fixtures/a/x.yaml", True), ("contest.yaml", False)]
)
def test_paths_of_tests(path: str, expected: bool) -> None:
    assert by_name(SERVICE, path)["AWS_ACCESS_KEY_ID"].test_context is expected


def test_stand_ins() -> None:
    found = by_name(SERVICE.replace("@@aws-key-id@@", "<your-key-id>"))
    assert found["AWS_ACCESS_KEY_ID"].placeholder


def test_a_blank_around_an_expression() -> None:
    text = "on: push\nenv:\n  AWS_ACCESS_KEY_ID: ' ${{ secrets.A }}'\n  OTHER: ' ${{ secrets.A }}'\njobs: {}\n"
    assert key_ids(text, WORKFLOW) == [("slot", "AWS_ACCESS_KEY_ID")]


def test_the_secret_beside_an_assigned_key() -> None:
    key, secret = read("oss:\n  accessKeyId: @@alibaba-key-id@@\n  accessKeySecret: @@alibaba-secret@@\n").literals
    assert key.partner is not None
    assert secret.partner is not None
    (key,) = read("oss:\n  accessKeyId: @@alibaba-key-id@@\n  accessKeySecret: [x]\n").literals
    assert key.partner is None


def suppressed(text: str) -> list[tuple[int, tuple[str, ...], bool, bool]]:
    facts = read(text)
    return [(line(facts, one.location), one.rules, one.whole_file, one.alone) for one in facts.suppressions]


def test_ignore_comments() -> None:
    text = (
        "# credlint: ignore-file[a]\n"
        "x: 1 # credlint: ignore[b, c] reason\n"
        "  # credlint: ignore\n"
        "y: 'text # credlint: ignore[d]'\n"
        "z: |  # credlint: ignore[e]\n"
        "  run # credlint: ignore[f]\n"
        "  # credlint: ignore[g]\n"
        "w: >\n"
        "  folded\n"
        "v: 'over\n"
        "  lines # credlint: ignore[h]\n"
        "  more' # credlint: ignore[i]\n"
        "---\n"
        "u: 1 # note # credlint: ignore[j]\n"
    )
    assert suppressed(text) == [
        (1, ("a",), True, True),
        (2, ("b", "c"), False, False),
        (3, (), False, True),
        (5, ("e",), False, False),
        (6, ("f",), False, False),
        (7, ("g",), False, True),
        (12, ("i",), False, False),
        (14, ("j",), False, False),
    ]
