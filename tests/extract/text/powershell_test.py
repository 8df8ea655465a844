"""Statements of PowerShell."""

from __future__ import annotations

import pytest

from credlint.extract.text.powershell import Path, literal, path, read_statements

SCRIPT = """# $env:A = 'no'
$env:A = 'b # c'  # d
$x = aws sts get-session-token `
  --duration-seconds 900
if ($env:A -eq 'b') { }
Write-Host "x" ;

  $Env:B="$($x.Credentials.AccessKeyId)"
"""


def test_statements() -> None:
    found = list(read_statements(SCRIPT))
    assert [(one.name, one.environment) for one in found] == [
        ("A", True),
        ("x", False),
        ("", False),
        ("", False),
        ("B", True),
    ]
    assert [SCRIPT[one.start : one.start + len(one.name)] for one in found if one.name] == ["A", "x", "B"]
    assert all(SCRIPT.startswith(one.value, one.value_start) for one in found)
    assert found[0].value == "'b # c'"
    assert "--duration-seconds 900" in found[1].value


@pytest.mark.parametrize(
    ("value", "expected"),
    [("'a'", "a"), ("'it''s'", "it's"), ('"a"', "a"), ("''", ""), ('"a $b"', None), ("$b", None), ("a", None)],
)
def test_literals(value: str, expected: str | None) -> None:
    assert literal(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("$x", Path("x", ())),
        ("$x.Credentials.AccessKeyId", Path("x", ("Credentials", "AccessKeyId"))),
        ('"$($x.Credentials.AccessKeyId)"', Path("x", ("Credentials", "AccessKeyId"))),
        ("$env:A", Path("env:A", ())),
        ("'$x'", None),
        ("$x + 1", None),
    ],
)
def test_paths(value: str, expected: Path | None) -> None:
    assert path(value) == expected
