from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.model.finding import Severity
from credlint.model.span import Region
from credlint.report import RenderOptions, render
from tests.report.menagerie import MENAGERIE

BASE = replace(MENAGERIE.findings[0], region=Region("a.py", 3, 4, 3, 9), message="What is wrong", help="")


def command(**changes: object) -> str:
    return render("github", replace(MENAGERIE, findings=(replace(BASE, **changes),)), RenderOptions())


def parse(line: str) -> tuple[str, dict[str, str], str]:
    """Read a command as the runner does: https://github.com/actions/runner (ActionCommand.TryParseV2)."""
    assert line.startswith("::")
    head, _, data = line.removesuffix("\n")[2:].partition("::")
    name, _, listed = head.partition(" ")
    properties = {}
    for pair in listed.split(","):
        key, _, value = pair.partition("=")
        for escaped, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            value = value.replace(escaped, character)
        properties[key] = value
    for escaped, character in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        data = data.replace(escaped, character)
    return name, properties, data


@pytest.mark.parametrize(
    ("severity", "name"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "notice")]
)
def test_severity_is_the_command(severity: Severity, name: str) -> None:
    assert parse(command(severity=severity))[0] == name


def test_place_is_relative_to_the_repository_and_one_based() -> None:
    assert command() == (
        "::error title=credlint (static-keys-shadow-role),"
        "file=backend/a.py,line=3,endLine=3,col=5,endColumn=10"
        "::backend/a.py:3:5: static-keys-shadow-role: What is wrong\n"
    )


def test_columns_are_left_out_of_a_place_of_several_lines() -> None:
    properties = parse(command(region=Region("a.py", 3, 4, 7, 2)))[1]

    assert {key: properties[key] for key in properties if key not in ("title", "file")} == {"line": "3", "endLine": "7"}


def test_separators_in_names_and_words_arrive() -> None:
    line = command(
        region=Region("a,b:c%2C=1.py", 1, 0, 1, 1), message="100% of it::error, [x](y)", help="One.\n\nTwo, 5%."
    )
    _, properties, data = parse(line)

    assert line.count("\n") == 1
    assert properties["file"] == "backend/a,b:c%2C=1.py"
    assert data == (
        "backend/a,b:c%2C=1.py:1:1: static-keys-shadow-role: 100% of it::error, [x](y)\nhelp: One. Two, 5%."
    )


def test_no_word_of_ours_can_end_a_command() -> None:
    line = command(message="one\r\n::error file=x::two", region=Region("a\n::set-env::.py", 1, 0, 1, 1))

    assert line.splitlines() == [line.removesuffix("\n")]
    assert "\u240d\u240a" in line
