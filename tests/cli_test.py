"""The command as people and scripts use it: output, streams, exit statuses, mistakes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from credlint import __version__, cli
from credlint.catalogue.load import rule_names
from credlint.cli import arguments as choices
from credlint.cli import commands
from credlint.model.finding import Confidence, Persona, Severity
from credlint.report import FORMATS
from tests.markers import render
from tests.tree import ROOT, clean_environment, commit_all

RULE = "temporary-key-without-token"
BAD = """\
import boto3

found = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/a", RoleSessionName="me")["Credentials"]
boto3.client("s3", aws_access_key_id=found["AccessKeyId"], aws_secret_access_key=found["SecretAccessKey"])
"""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working directory with one bad file and one good one, and an environment without wishes."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "bad.py").write_text(BAD)
    (tmp_path / "good.py").write_text("x = 1\n")
    return tmp_path


class Done(NamedTuple):
    """What a command line came to."""

    status: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def credlint(capfd: pytest.CaptureFixture[str]) -> Command:
    """Give a function that runs a command line in this process."""

    def call(*arguments: str) -> Done:
        status = cli.main(arguments)
        return Done(status, *capfd.readouterr())

    return call


def process(*arguments: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own."""
    environment = clean_environment(PYTHONPATH=str(ROOT), **how.pop("variables", {}))
    command = [sys.executable, "-m", "credlint", *arguments]
    return subprocess.run(command, env=environment, check=False, capture_output=True, **how)


# Output and exit status


def test_findings_exit_with_one(tree: Path, credlint: Command) -> None:
    done = credlint("check")
    assert done.status == 1
    assert done.out.startswith(f"error[{RULE}]: ")
    assert done.out.endswith("1 finding in 1 of 2 files\n")
    assert done.err == ""


def test_a_clean_run_exits_with_zero(tree: Path, credlint: Command) -> None:
    done = credlint("check", "good.py")
    assert (done.status, done.out, done.err) == (0, "No findings in 1 file\n", "")


def test_both_ways_to_the_last_line_say_the_same(tree: Path, credlint: Command) -> None:
    (tree / "a.tf").write_text("{}")
    (tree / "bad.py").unlink()
    cheap = credlint("check").out
    (tree / "good.py").write_text("import boto3\n")
    assert credlint("check").out == cheap == "No findings in 1 file; not read: 1 .tf\n"


@pytest.mark.parametrize("name", choices.FORMATS)
def test_every_format(tree: Path, credlint: Command, name: str) -> None:
    done = credlint("check", "--output-format", name)
    assert done.status == 1
    assert RULE in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    ("name", "out"), [("concise", ""), ("github", ""), ("lsp", "[]\n"), ("full", "No findings in 1 file\n")]
)
def test_formats_of_a_clean_run(tree: Path, credlint: Command, name: str, out: str) -> None:
    done = credlint("check", "good.py", "--output-format", name)
    assert (done.status, done.out) == (0, out)


def test_choices_are_those_of_the_model() -> None:
    assert set(choices.FORMATS) == FORMATS.keys()
    assert list(choices.PERSONAS) == [member.value for member in Persona]
    assert list(choices.SEVERITIES) == [member.value for member in Severity]
    assert list(choices.CONFIDENCES) == [member.value for member in Confidence]


def test_json_has_the_published_keys(tree: Path, credlint: Command) -> None:
    (tree / "gone").mkdir()
    report = json.loads(credlint("check", ".", "nowhere", "--output-format", "json").out)
    assert list(report) == ["version", "tool", "findings", "problems", "summary"]
    (finding,) = report["findings"]
    assert (finding["path"], finding["line"], finding["column"]) == ("bad.py", 4, 1)
    assert report["summary"] == {"files": 2, "analysed": 2, "skipped": 0, "findings": 1, "suppressed": 0}
    (problem,) = report["problems"]
    assert (problem["kind"], problem["severity"], problem["path"]) == ("missing", "error", "nowhere")


def test_a_path_that_is_not_there_exits_with_two_and_the_rest_runs(tree: Path, credlint: Command) -> None:
    done = credlint("check", "nowhere.py", "bad.py")
    assert done.status == 2
    assert done.err == "error: nowhere.py: there is no such file or folder\n"
    assert RULE in done.out
    assert credlint("check", "nowhere.py", "--exit-zero").status == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 0),
        (("--strict",), 1),
        (("--strict", "--exit-zero"), 0),
    ],
)
def test_problems_fail_a_strict_run(tree: Path, credlint: Command, arguments: tuple[str, ...], status: int) -> None:
    (tree / "bad.py").write_bytes(b"boto3 \xff")
    done = credlint("check", *arguments)
    assert done.status == status
    assert done.err == "warning: bad.py:1: not read: this line holds a byte that is not UTF-8\n"
    assert done.out == "No findings in 2 files; 1 problem\n"


def test_exit_zero_shows_findings(tree: Path, credlint: Command) -> None:
    done = credlint("check", "--exit-zero")
    assert done.status == 0
    assert RULE in done.out


def test_quiet_leaves_summary_and_notices_out(tree: Path, credlint: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_all(tree)
    monkeypatch.setenv("PATH", "")
    assert credlint("check", "good.py", "--quiet").out == ""
    loud = credlint("check")
    assert loud.err.startswith("notice: .: git is not installed")
    quiet = credlint("check", "--quiet")
    assert quiet.err == ""
    assert "finding in" not in quiet.out
    assert quiet.status == 1
    assert credlint("check", "--strict", "good.py").status == 0


def test_verbose_says_what_holds_and_what_is_skipped(tree: Path, credlint: Command) -> None:
    (tree / "notes.txt").write_text("x")
    (tree / "credlint.toml").write_text('extend-exclude = ["good.py"]\n')
    done = credlint("check", ".", "notes.txt", "--verbose")
    assert done.err.split("\n") == [
        "good.py: skipped: excluded",
        "bad.py: configuration: credlint.toml",
        "notes.txt: skipped: neither Python, a notebook nor YAML by its name or first line",
        "",
    ]


@pytest.mark.parametrize(("name", "stream"), [("full", "out"), ("concise", "out"), ("json", "err")])
def test_statistics_count_the_findings_of_each_rule(tree: Path, credlint: Command, name: str, stream: str) -> None:
    done = credlint("check", "--statistics", "--output-format", name)
    assert getattr(done, stream).endswith(f"     1 {RULE}\n")


# Selection


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--select", RULE), True),
        (("--select", "logged-credentials"), False),
        (("--select", f"logged-credentials, {RULE}"), True),
        (("--select", "logged-credentials", "--extend-select", RULE), True),
        (("--ignore", RULE), False),
        (("--min-severity", "error"), True),
        (("--min-confidence", "high"), True),
        (("--exclude", "bad.py"), False),
        (("--extend-exclude", "good.py,b*.py"), False),
        (("--persona", "auditor"), True),
        (("--no-cache", "--isolated"), True),
    ],
)
def test_selection(tree: Path, credlint: Command, arguments: tuple[str, ...], found: bool) -> None:
    done = credlint("check", "--output-format", "concise", *arguments)
    assert (done.status, RULE in done.out) == ((1, True) if found else (0, False))


def test_force_exclude_holds_for_named_files(tree: Path, credlint: Command) -> None:
    assert credlint("check", "bad.py", "--extend-exclude", "bad.py").status == 1
    assert credlint("check", "bad.py", "--extend-exclude", "bad.py", "--force-exclude").out == "No files checked\n"


def test_a_named_configuration_and_none(tree: Path, credlint: Command) -> None:
    (tree / "credlint.toml").write_text(f'ignore = ["{RULE}"]\n')
    (tree / "other.toml").write_text("")
    assert credlint("check").status == 0
    assert credlint("check", "--isolated").status == 1
    assert credlint("check", "--config", "other.toml").status == 1


# Standard input


def test_standard_input_has_the_name_that_it_is_given(tree: Path) -> None:
    done = process("check", "-", "--stdin-filename", "src/a.py", "--output-format", "concise", input=BAD.encode())
    assert done.returncode == 1
    assert done.stdout.decode().startswith(f"src/a.py:4:1: error[{RULE}] ")


def test_standard_input_of_another_kind_is_skipped(tree: Path) -> None:
    done = process("check", "-", "--stdin-filename", "a.txt", input=BAD.encode())
    assert (done.returncode, done.stdout) == (0, b"No findings in 1 file\n")


@pytest.mark.parametrize("arguments", [("-",), ("--stdin-filename", "a.py"), ("-", "a.py", "--stdin-filename", "a.py")])
def test_standard_input_and_its_name_go_together(tree: Path, credlint: Command, arguments: tuple[str, ...]) -> None:
    done = credlint("check", *arguments)
    assert done.status == 2
    assert done.err.startswith("error: `-` reads one file from standard input")


# Mistakes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "--select", "hardcoded-key"), "--select: there is no rule 'hardcoded-key'; do you mean"),
        (("check", "--config", "nowhere.toml"), "nowhere.toml: cannot be read: No such file or directory"),
        (("check", "--extend-exclude", "[z-a]"), "'[z-a]' is not a file pattern"),
        (("explain", "temporary-key-without-tokn"), f"do you mean {RULE}?"),
        (("facts", "nowhere.py"), "nowhere.py: there is no such file or folder"),
        (("facts", "."), ".: it is not one Python file, notebook or YAML file"),
    ],
)
def test_mistakes_of_users_exit_with_two(
    tree: Path, credlint: Command, arguments: tuple[str, ...], message: str
) -> None:
    done = credlint(*arguments)
    assert done.status == 2
    assert done.err.startswith("error: ")
    assert message in done.err
    assert done.out == ""


def test_a_broken_configuration_exits_with_two_before_linting(tree: Path, credlint: Command) -> None:
    (tree / "inner").mkdir()
    (tree / "inner" / "a.py").write_text(BAD)
    (tree / "inner" / "credlint.toml").write_text("select = [\n")
    done = credlint("check")
    assert (done.status, done.out) == (2, "")
    assert done.err == "error: inner/credlint.toml:2: not valid TOML\n"


@pytest.mark.parametrize(
    "arguments", [("check", "--persona", "nosy"), ("lint",), ("check", "--isolated", "--config", "x")]
)
def test_usage_errors_exit_with_two(credlint: Command, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        credlint(*arguments)
    assert caught.value.code == 2


def test_without_a_command_the_usage_is_shown(credlint: Command) -> None:
    done = credlint()
    assert done.status == 2
    assert done.err.startswith("usage: credlint")


@pytest.mark.parametrize("command", ["check", "sources", "keys"])
def test_options_are_those_of_the_command(capsys: pytest.CaptureFixture[str], command: str) -> None:
    for words in ((command, "--help"), ("--help",)):
        with pytest.raises(SystemExit) as caught:
            cli.main(words)
        assert caught.value.code == 0
    shown, commands_ = capsys.readouterr().out.split("usage: credlint [-h]")
    assert ("--sdk SDK[,SDK]" in shown) is (command == "sources")
    assert ("--persona" in shown) is (command == "check")
    assert f"\n    {command} " in commands_
    assert "--exclude" not in commands_
    assert max(map(len, shown.splitlines())) <= 100


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"credlint {__version__}\n"


def test_a_defect_of_ours_is_told_without_any_text_of_the_user(
    credlint: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_rules: object) -> str:
        raise ValueError("a-secret")

    monkeypatch.setattr("credlint.report.explain.list_rules", broken)
    done = credlint("rules")
    assert done.status == 2
    assert re.fullmatch(
        r"error: internal error, please report: ValueError at credlint/cli/commands\.py:\d+\n", done.err
    )


# Streams


def test_a_reader_that_has_seen_enough_ends_it_quietly(tree: Path) -> None:
    (tree / "bad.py").write_text(BAD + (BAD.split("\n")[3] + "\n") * 300)
    command = f"{sys.executable} -m credlint check bad.py | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], env=clean_environment(PYTHONPATH=str(ROOT)), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_output_that_cannot_be_written_is_told(tree: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        environment = clean_environment(PYTHONPATH=str(ROOT))
        done = subprocess.run(
            [sys.executable, "-m", "credlint", "check"],
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"error: the output could not be written: no space left on device\n"


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_changes_nothing_else(tree: Path, closed: str) -> None:
    number = {"stdout": 1, "stderr": 2}[closed]
    command = f"{sys.executable} -m credlint check bad.py nowhere.py {number}>&-"
    done = subprocess.run(
        ["bash", "-c", command], env=clean_environment(PYTHONPATH=str(ROOT)), capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr + done.stdout


@pytest.mark.parametrize("name", choices.FORMATS)
def test_a_terminal_of_ascii_gets_escapes(tree: Path, name: str) -> None:
    (tree / "\N{LATIN SMALL LETTER E WITH ACUTE}.py").write_text(BAD, encoding="utf-8")
    done = process("check", "--output-format", name, variables={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert done.stderr == b""
    if name in ("full", "concise"):
        assert b"\\xe9.py" in done.stdout
    elif name != "github":
        json.loads(done.stdout)


def test_a_path_that_is_not_utf_8(tree: Path) -> None:
    path = os.fsdecode(b"\xff.py")
    try:
        (tree / path).write_text(BAD)
    except OSError:
        pytest.skip("the file system takes no such name")
    for name in choices.FORMATS:
        done = process("check", path, "--output-format", name)
        assert (done.returncode, done.stderr) == (1, b"")


def test_control_characters_of_a_path_are_not_sent_to_the_terminal(tree: Path, credlint: Command) -> None:
    done = credlint("check", "no\x1b[2Jwhere.py")
    assert "\x1b" not in done.err
    assert done.status == 2


@pytest.mark.parametrize(
    ("variables", "option", "colored"),
    [
        ({}, "auto", False),
        ({}, "always", True),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "0"}, "auto", False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"FORCE_COLOR": "1"}, "never", False),
        ({"NO_COLOR": "1"}, "always", True),
    ],
)
def test_color(
    tree: Path,
    credlint: Command,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    option: str,
    colored: bool,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in credlint("check", "--color", option).out) is colored


def test_the_width_is_that_of_the_terminal(tree: Path, credlint: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "bad.py").write_text(BAD.replace('"s3"', '"s3", None, True, None, None, None' + " " * 60))
    wide = credlint("check").out
    monkeypatch.setenv("COLUMNS", "60")
    narrow = credlint("check").out
    assert max(len(line) for line in narrow.split("\n") if " | " in line) <= 60
    assert max(len(line) for line in wide.split("\n") if " | " in line) > 60


def test_an_interrupt_ends_it_with_130(credlint: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(commands.COMMANDS, "rules", interrupted)
    done = credlint("rules")
    assert (done.status, done.out, done.err) == (130, "", "")


# The other commands


@pytest.mark.parametrize("rule", rule_names())
def test_explain(credlint: Command, rule: str) -> None:
    done = credlint("explain", rule)
    assert done.status == 0
    assert done.out.startswith(f"{rule}\n")
    for heading in ("Cases", "Why", "Fix", "References"):
        assert f"\n{heading}\n" in done.out
    assert f"docs/rules.md#{rule}" in done.out
    assert "@@" not in done.out
    assert "# error: [" not in done.out


def test_explain_shows_examples(credlint: Command) -> None:
    out = credlint("explain", "hardcoded-access-key").out
    assert "\nBad: " in out
    assert "\nGood: " in out
    assert "AKIA\N{HORIZONTAL ELLIPSIS}" in out


def test_rules(credlint: Command) -> None:
    lines = credlint("rules").out.splitlines()
    assert [line.split()[0] for line in lines] == list(rule_names())
    rules = json.loads(credlint("rules", "--output-format", "json").out)
    assert [rule["name"] for rule in rules] == list(rule_names())
    assert list(rules[0]) == ["name", "summary", "url", "clouds", "languages", "cases"]
    assert list(rules[0]["cases"][0]) == ["name", "severity", "confidence", "persona", "summary"]


def test_facts_are_json_without_secrets(tree: Path, credlint: Command) -> None:
    call = 'boto3.client("s3", aws_access_key_id="@@aws-key-id@@", aws_secret_access_key="@@aws-secret@@")'
    (tree / "a.py").write_text(render(f"import boto3\ns3 = {call}\n"))
    done = credlint("facts", "a.py")
    assert done.status == 0
    facts = json.loads(done.out)
    assert (facts["path"], facts["language"]) == ("a.py", "python")
    (client,) = facts["clients"]
    assert client["location"]["line"] == 2
    (alternative,) = client["credentials"]["alternatives"]
    key_id = alternative["key_id"]["origin"]
    assert key_id == {"type": "Literal", "text": {"length": 20, "ends": render("@@aws-key-id@@")[-4:]}}
    assert alternative["secret"]["origin"]["text"] == {"length": 40, "ends": ""}
    assert render("@@aws-key-id@@") not in done.out
    assert render("@@aws-secret@@") not in done.out


def test_facts_of_a_file_that_names_nothing(tree: Path, credlint: Command) -> None:
    facts = json.loads(credlint("facts", "good.py").out)
    assert (facts["path"], facts["clients"]) == ("good.py", [])


def test_facts_tell_problems(tree: Path, credlint: Command) -> None:
    (tree / "bad.py").write_text("import boto3\ndef (:\n")
    done = credlint("facts", "bad.py")
    assert done.status == 0
    assert done.err.startswith("warning: bad.py:2: ")
