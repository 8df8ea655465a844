"""Scripts for PowerShell, and code of another language inside a script."""

from __future__ import annotations

import textwrap

import pytest

from credlint.model.facts import FileFacts
from tests.extract.deployment.facts import WORKFLOW, clients, durations, line, read, words

SET = "environment set by the script of step 1 of job a"
LEFT = "environment that step 1 of job a leaves for later steps"
ANSWER = "$c = aws sts assume-role --role-arn $r | ConvertFrom-Json"


def power(*lines: str) -> FileFacts:
    script = textwrap.indent("\n".join(lines), " " * 10)
    head = (
        "on: push\njobs:\n  a:\n    env: {OTHER: '${{ secrets.O }}'}\n    steps:\n      - shell: pwsh\n        run: |\n"
    )
    return read(f"{head}{script}\n", WORKFLOW)


def sets(source: str, *names: str) -> list[str]:
    return [f"$env:AWS_{name} = {source}" for name in names]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([ANSWER, "$env:AWS_ACCESS_KEY_ID = $c.Credentials.AccessKeyId",
          '$env:AWS_SECRET_ACCESS_KEY = "$($C.Credentials.SecretAccessKey)"'],
         "AssumeRole key_id | AssumeRole secret | absent"),
        ([ANSWER, "$env:AWS_ACCESS_KEY_ID = $c.Credentials.AccessKeyId",
          "$env:AWS_SECRET_ACCESS_KEY = $c.Credentials.SecretAccessKey",
          "$env:AWS_SESSION_TOKEN = $c.Credentials.SessionToken"],
         "AssumeRole key_id | AssumeRole secret | AssumeRole token"),
        (["$env:AWS_ACCESS_KEY_ID = 'a'", '$env:AWS_SECRET_ACCESS_KEY = "b"', "$env:AWS_SESSION_TOKEN = ''"],
         "literal | literal | blank"),
        (["$env:AWS_ACCESS_KEY_ID = '${{ secrets.A }}'", "$env:AWS_SECRET_ACCESS_KEY = $env:OTHER",
          "$env:AWS_SESSION_TOKEN = 'x${{ secrets.A }}'"], "secret A | secret O | unknown"),
        (["$env:AWS_ACCESS_KEY_ID = Get-Key", "$env:AWS_SECRET_ACCESS_KEY = $x", "$env:AWS_SESSION_TOKEN = $c.Other"],
         "unknown | unknown | unknown"),
    ],
)  # fmt: skip
def test_variables(lines: list[str], expected: str) -> None:
    assert clients(power(*lines)) == {SET: [expected]}


def test_a_script_with_branches_is_left_alone_but_for_its_requests() -> None:
    facts = power("if ($x) {", *sets("'a'", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"), "}",
                  "aws sts get-session-token --duration-seconds 60")  # fmt: skip
    assert clients(facts) == {}
    assert durations(facts) == [("GetSessionToken", 60)]


def test_what_is_left_for_later_steps() -> None:
    facts = power(
        ANSWER,
        '"AWS_ACCESS_KEY_ID=$($c.Credentials.AccessKeyId)" >> $env:GITHUB_ENV',
        '"AWS_SECRET_ACCESS_KEY=$($c.Credentials.SecretAccessKey)" | Out-File $env:GITHUB_ENV -Append',
        'Add-Content $env:GITHUB_ENV "OTHER=x"',
    )
    assert clients(facts) == {LEFT: ["AssumeRole key_id | AssumeRole secret | absent"]}
    exports = facts.scopes[2].exports
    assert {one.name: words(one.value) for one in exports}["OTHER"] == "literal"
    assert [line(facts, one.location) for one in exports] == [9, 10, 11]


def script(text: str, key: str = "run") -> FileFacts:
    return read(f"on: push\njobs:\n  a:\n    steps:\n      - {key}: |\n" + textwrap.indent(text, " " * 10), WORKFLOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python - <<'EOF'\nimport a\nb\nEOF\n", "import a\nb\n"),
        ("poetry run python3 <<EOF\nimport a\nEOF\n", "import a\n"),
        ("sudo /usr/bin/python3 - x <<-EOF\nimport a\nEOF\n", "import a\n"),
        ("python -u -c 'import a\nb'\n", "import a\nb"),
        ('python3 -c "import a"\n', "import a"),
        ("python - <<EOF\na = ${{ inputs.a }}\nb = '${{ inputs.b }}'\nEOF\n",
         "a = _______________\nb = '${{ inputs.b }}'\n"),
        ("python - <<EOF\nprint($A)\nEOF\n", None),
        ('python3 -c "print(\\"a\\")"\n', None),
        ("python x.py <<'EOF'\na\nEOF\n", None),
        ("python -m x\npython -c\npython", None),
        ("cat <<'EOF'\nimport a\nEOF\n", None),
        ("pip install python <<'EOF'\nimport a\nEOF\n", None),
    ],
)  # fmt: skip
def test_python_in_a_script(text: str, expected: str | None) -> None:
    found = script(text).embedded
    assert [one.text for one in found] == ([] if expected is None else [expected])
    assert all(one.language == "python" for one in found)


def test_places_of_embedded_code() -> None:
    (found,) = script("true\npython - <<'EOF'\nimport a\nb\nEOF\n").embedded
    assert found.lines == ((8, 10), (9, 10), (10, 10))


@pytest.mark.parametrize(
    ("command", "expected"),
    [("[python3, -c, 'import a']", ["import a"]), ("[python, x.py]", []), ("[/bin/python, -c]", [])],
)
def test_code_of_a_container(command: str, expected: list[str]) -> None:
    text = f"apiVersion: v1\nkind: Pod\nspec: {{containers: [{{name: a, command: {command}}}]}}\n"
    assert [one.text for one in read(text).embedded] == expected
