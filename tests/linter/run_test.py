"""Whole runs in this process: what is published, held back, counted, and shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.config import Overrides
from credlint.extract.deployment import events
from credlint.extract.triage import is_relevant
from credlint.linter.callers import callers
from credlint.linter.gather import RunRequest, gather
from credlint.linter.project import Disk
from credlint.linter.run import run
from credlint.model.finding import Persona, Report, Severity
from credlint.model.problem import ProblemKind
from tests.markers import render
from tests.tree import commit_all

RULE = "temporary-key-without-token"
HEAD = """\
import boto3

found = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/a", RoleSessionName="me")["Credentials"]
"""
CALL = 'boto3.client("s3", aws_access_key_id=found["AccessKeyId"], aws_secret_access_key=found["SecretAccessKey"])'
BAD = f"{HEAD}{CALL}\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder that is the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(tree: Path, *paths: str, **files: str) -> Report:
    """Write `name="text"` as name.py and lint the paths (default: the folder)."""
    for name, text in files.items():
        (tree / f"{name}.py").write_text(render(text))
    return run(RunRequest(paths or (".",)))


def lines_of(report: Report) -> list[tuple[str, str, int]]:
    return [(finding.rule, finding.region.path, finding.region.line) for finding in report.findings]


def test_a_finding_has_all_that_is_published(tree: Path) -> None:
    report = lint(tree, a=BAD)
    (finding,) = report.findings
    assert (finding.rule, finding.case, finding.severity) == (RULE, "token-missing", Severity.ERROR)
    assert (finding.region.path, finding.region.line, finding.region.column) == ("a.py", 4, 0)
    assert finding.help
    assert "\n" not in finding.help
    assert finding.url.endswith(f"docs/rules.md#{RULE}")
    assert any(place.region.line == 3 for place in finding.related)
    assert len(finding.fingerprint) == 32
    assert [source.path for source in report.sources] == ["a.py"]
    assert (report.root, report.repository) == (str(tree), None)


def test_what_was_looked_at_is_counted(tree: Path) -> None:
    (tree / "notes").write_text("nothing")
    (tree / "b.py").write_bytes(b"boto3 \xff")
    (tree / "c.tf").write_text("{}")
    summary = lint(tree, ".", "notes", a=BAD, d="x = 1").summary
    assert (summary.files, summary.analysed, summary.skipped, summary.findings) == (4, 2, 2, 1)
    assert summary.not_read == ((".tf", 1),)


def test_findings_are_sorted_and_do_not_depend_on_the_order_of_paths(tree: Path) -> None:
    lint(tree, a=BAD, b=BAD)
    one, other = lint(tree, "a.py", "b.py"), lint(tree, "b.py", "a.py")
    assert one.findings == other.findings
    assert lines_of(one) == [(RULE, "a.py", 4), (RULE, "b.py", 4)]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}{CALL}  # credlint: ignore[{RULE}] told to\n",
        f"{HEAD}# credlint: ignore[{RULE}] told to\n{CALL}\n",
        f"{HEAD}# credlint: ignore[{RULE}] told to,\n# for a reason\n{CALL}\n",
        f"# credlint: ignore-file[{RULE}] told to\n{BAD}",
        f"{HEAD}{CALL}  # credlint: ignore[hardcoded-access-key, {RULE}, unused-suppression]\n",
    ],
)
def test_a_comment_holds_a_finding_back(tree: Path, text: str) -> None:
    report = lint(tree, a=text)
    assert report.findings == ()
    assert report.problems == ()
    assert report.summary.suppressed == (2 if "unused" in text else 1)


COMPOSE = """\
services:
  app:
    image: x
    environment:
      AWS_ACCESS_KEY_ID: ${AWS_ACCESS_KEY_ID}
      AWS_SECRET_ACCESS_KEY: ${AWS_SECRET_ACCESS_KEY}
      AWS_PROFILE: sandbox
"""
SCRIPT = """\
on: push
jobs:
  a:
    runs-on: x
    steps:
      - shell: python
        run: |
          import boto3
          role = "arn:aws:iam::123456789012:role/a"
          found = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="me")["Credentials"]
          # reason
          boto3.client("s3", aws_access_key_id=found["AccessKeyId"], aws_secret_access_key=found["SecretAccessKey"])
"""


@pytest.mark.parametrize(
    ("path", "text", "rule", "line"),
    [
        ("compose.yaml", COMPOSE, "profile-with-explicit-keys", 5),
        (".github/workflows/a.yml", SCRIPT, RULE, 12),
    ],
)
def test_comments_hold_in_yaml_too(tree: Path, path: str, text: str, rule: str, line: int) -> None:
    target = tree / path
    target.parent.mkdir(parents=True, exist_ok=True)
    lines = text.split("\n")
    for changed, at in (
        (text, None),
        (
            "\n".join([*lines[: line - 1], f"{lines[line - 1]}  # credlint: ignore[{rule}] told to", *lines[line:]]),
            line,
        ),
        ("\n".join([*lines[: line - 1], f"          # credlint: ignore[{rule}] told to", *lines[line - 1 :]]), line),
        (f"# credlint: ignore-file[{rule}] told to\n{text}", line),
    ):
        target.write_text(changed)
        report = run(RunRequest((path,)))
        assert report.problems == ()
        assert [found for found, _, _ in lines_of(report)] == ([rule] if at is None else [])
        assert report.summary.suppressed == (0 if at is None else 1)


def test_findings_in_scripts_stand_in_the_file_that_holds_them(tree: Path) -> None:
    (tree / ".github/workflows").mkdir(parents=True)
    (tree / ".github/workflows/a.yml").write_text(SCRIPT)
    (finding,) = run(RunRequest((".github",))).findings
    assert (finding.region.line, finding.region.column, finding.region.end_column) == (12, 10, 22)
    assert [(place.region.line, place.region.column) for place in finding.related] == [(10, 18)]


def test_a_comment_that_holds_back_nothing_is_a_finding(tree: Path) -> None:
    report = lint(tree, a="x = 1  # credlint: ignore[logged-credentials]\n", b="x = 1  # credlint: ignore[looged]\n")
    assert [(finding.case, finding.region.path, finding.region.line) for finding in report.findings] == [
        ("unused", "a.py", 1),
        ("unknown-rule", "b.py", 1),
    ]


def test_a_bare_comment_is_a_problem_and_holds_back_nothing(tree: Path) -> None:
    report = lint(tree, a=f"{HEAD}{CALL}  # credlint: ignore\n")
    assert lines_of(report) == [(RULE, "a.py", 4)]
    (problem,) = report.problems
    assert (problem.kind.value, problem.line) == ("suppression", 4)


def test_a_comment_is_of_use_although_its_rule_is_not_selected(tree: Path) -> None:
    (tree / "a.py").write_text(f"{HEAD}{CALL}  # credlint: ignore[{RULE}] told to\n")
    report = run(RunRequest(("a.py",), overrides=Overrides(ignore=frozenset({RULE}))))
    assert report.findings == ()
    assert report.summary.suppressed == 0


def test_fingerprints_stay_when_lines_move_and_literals_change(tree: Path) -> None:
    (before,) = lint(tree, a=BAD.replace('"s3"', '"s3", "eu-central-1"')).findings
    (after,) = lint(tree, a="\n\n" + BAD.replace('"s3"', '"s3", "eu-west-1"')).findings
    assert before.fingerprint == after.fingerprint
    assert before.region != after.region


def test_fingerprints_differ_and_survive_an_ignore_comment(tree: Path) -> None:
    one, other = lint(tree, a=f"{HEAD}{CALL}\n{CALL}\n").findings
    assert one.fingerprint != other.fingerprint
    (kept,) = lint(tree, a=f"{HEAD}{CALL}  # credlint: ignore[{RULE}] told to\n{CALL}\n").findings
    assert kept.fingerprint == other.fingerprint


def test_fingerprints_do_not_depend_on_the_working_directory(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "src").mkdir()
    (tree / "src" / "a.py").write_text(BAD)
    commit_all(tree)
    above = run(RunRequest(("src",)))
    monkeypatch.chdir(tree / "src")
    inside = run(RunRequest(("a.py",)))
    assert [one.fingerprint for one in above.findings] == [one.fingerprint for one in inside.findings]
    assert above.repository == inside.repository == str(tree)


def test_shown_lines_hold_no_secret(tree: Path) -> None:
    report = lint(
        tree,
        a='import boto3\ns3 = boto3.client("s3", None, True, None, None, None, "@@aws-key-id@@", "@@aws-secret@@")\n',
    )
    assert report.findings
    shown = "\n".join(line for source in report.sources for line in source.lines)
    for mark in ("@@aws-key-id@@", "@@aws-secret@@"):
        assert render(mark) not in shown
    assert len(report.sources[0].lines[1]) == len((tree / "a.py").read_text().split("\n")[1])


def test_the_files_around_are_read_but_not_reported(tree: Path) -> None:
    (tree / "pyproject.toml").write_text("")
    helper = f"{HEAD}\n\ndef client():\n    return {CALL}\n"
    report = lint(tree, "b.py", a=helper, b="import a\n\nboto3 = a.client()\n")
    assert {path for _, path, _ in lines_of(report)} <= {"b.py"}


def test_personas_and_minima_come_from_the_configuration_of_the_file(tree: Path) -> None:
    (tree / "quiet").mkdir()
    (tree / "quiet" / "credlint.toml").write_text(f'ignore = ["{RULE}"]\n')
    (tree / "quiet" / "b.py").write_text(BAD)
    assert lines_of(lint(tree, a=BAD)) == [(RULE, "a.py", 4)]


def test_patterns_of_a_configuration_are_checked(tree: Path) -> None:
    (tree / "credlint.toml").write_text(f'[per-file-ignores]\n"a.py" = ["{RULE}"]\n')
    assert lint(tree, a=BAD).findings == ()


def test_standard_input_is_linted_under_its_name(tree: Path) -> None:
    report = run(RunRequest(stdin=("src/a.py", BAD.encode())))
    assert lines_of(report) == [(RULE, "src/a.py", 4)]
    assert report.sources[0].lines[2:4] == tuple(BAD.split("\n")[2:4])


def test_an_auditor_sees_what_a_regular_user_does(tree: Path) -> None:
    (tree / "a.py").write_text(BAD)
    report = run(RunRequest(("a.py",), overrides=Overrides(persona=Persona.AUDITOR)))
    assert (RULE, "a.py", 4) in lines_of(report)


WRAPPER = """import boto3


def assume(role, base=None, seconds=3600):
    sts = (base or boto3.Session()).client("sts")
    c = sts.assume_role(RoleArn=role, RoleSessionName="copies", DurationSeconds=seconds)["Credentials"]
    return boto3.Session(c["AccessKeyId"], c["SecretAccessKey"], c["SessionToken"])
"""
PLAIN = """from sessions import assume

hub = assume("arn:aws:iam::123456789012:role/hub")
spoke = assume("arn:aws:iam::210987654321:role/spoke", base=hub, seconds=7200)
"""


def test_a_caller_without_a_word_of_the_catalogue_is_read(tree: Path) -> None:
    assert not is_relevant(PLAIN.encode())
    report = lint(tree, sessions=WRAPPER, copies=PLAIN)
    assert ("session-duration-too-long", "copies.py", 4) in lines_of(report)


@pytest.mark.parametrize(
    ("text", "read"),
    [(PLAIN, True), (PLAIN.replace("assume", "revoke"), False), (PLAIN.replace("sessions", "os"), False)],
)
def test_only_callers_of_wrappers_are_read(tree: Path, text: str, read: bool) -> None:
    (tree / "copies.py").write_text(text)
    plain = gather(RunRequest(("copies.py",))).plain
    found = callers(plain, {"sessions.py": frozenset({"assume"})}, Disk())
    assert [one.source.path for one in found] == (["copies.py"] if read else [])


def test_without_libyaml_it_is_said_once(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "a.yaml").write_text("services:\n  a: {image: x, environment: {AWS_PROFILE: y}}\n")
    (tree / "b.yaml").write_text((tree / "a.yaml").read_text())
    (tree / "c.py").write_text("import boto3\n")
    monkeypatch.delattr(events.yaml, "CSafeLoader")
    assert [(each.path, each.kind) for each in lint(tree).problems] == [("a.yaml", ProblemKind.NOTICE)]
    assert lint(tree, "c.py").problems == ()
