"""Bad input, on every Python of the machine: a clear message, no crash, an end in ten seconds, the rest is linted."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.pythons import equip, other_pythons
from tests.tree import ROOT, clean_environment, commit_all

SECONDS = 10
"""Of the processor: the clock also counts what else the machine does."""
HANGING = 120
RULE = "temporary-key-without-token"
INCIDENT = """\
import boto3

found = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::123456789012:role/a", RoleSessionName="me")["Credentials"]
boto3.client("s3", aws_access_key_id=found["AccessKeyId"], aws_secret_access_key=found["SecretAccessKey"])
"""
OTHERS = other_pythons()


class Report(NamedTuple):
    """What a run printed, as far as it matters here."""

    status: int
    findings: set[tuple[str, str, int]]
    problems: list[tuple[str, str, int]]
    err: str

    def of(self, path: str) -> list[tuple[str, int]]:
        """Give kind and line of the problems of a file."""
        return [(kind, line) for where, kind, line in self.problems if where == path]


@pytest.fixture(scope="session", params=[None, *OTHERS], ids=lambda version: version or "this")
def python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give an interpreter that can run credlint."""
    if request.param is None:
        return sys.executable
    found = equip(OTHERS[request.param], tmp_path_factory.mktemp("python") / request.param)
    if found is None:
        pytest.skip(f"Python {request.param} could not be given libcst and PyYAML")
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a folder with a good file that has one finding, beside which the bad one is put."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "incident.py").write_text(INCIDENT)
    return folder


def lint(python: str, folder: Path, *paths: str, **variables: str) -> Report:
    """Run the command on paths of a folder, and hold what holds for every input."""
    before = snapshot(folder)
    home = folder.parent / "home"
    home.mkdir(exist_ok=True)
    places = {name: str(home) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    environment = clean_environment(PYTHONPATH=str(ROOT), PYTHONWARNINGS="error", **places, **variables)
    command = [python, "-m", "credlint", "check", *(paths or (".",)), "--output-format", "json"]
    start = seconds_of_children()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        timeout=HANGING,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert seconds_of_children() - start < SECONDS
    out, err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode in (0, 1, 2), f"ended by {done.returncode}: {err}"
    assert "Traceback" not in err
    assert "internal error" not in err
    assert snapshot(folder) == before
    assert list(home.iterdir()) == []
    report = json.loads(out) if out else {"findings": [], "problems": []}
    findings = {(one["rule"], one["path"], one["line"]) for one in report["findings"]}
    problems = [(one["path"], one["kind"], one["line"] or 0) for one in report["problems"]]
    for one in report["problems"]:
        place = f"{one['path']}:{one['line']}" if one["line"] else one["path"]
        assert f"{one['severity']}: {place}: {one['message']}\n" in err
    return Report(done.returncode, findings, problems, err)


def seconds_of_children() -> float:
    """Give the seconds of a processor that the children so far took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def snapshot(folder: Path) -> dict[str, tuple[int, int, float]]:
    """Give what there is below a folder: any write changes it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        found[str(path)] = (status.st_mode, status.st_size, status.st_mtime)
    return found


def lint_beside_the_incident(python: str, tree: Path, **bad: bytes) -> Report:
    """Put `name_py=data` beside the incident as name.py, and hold that the incident is found all the same."""
    files = {name.replace("_", "."): data for name, data in bad.items()}
    for name, data in files.items():
        (tree / name).write_bytes(data)
    report = lint(python, tree)
    assert (RULE, "incident.py", 4) in report.findings
    assert {path for path, _, _ in report.problems} <= files.keys()
    return report


# Python that is read whatever its bytes: the finding stands on its line.

E_ACUTE = b"\xe9"
ODD_BUT_READ = {
    "byte order mark": (b"\xef\xbb\xbf" + INCIDENT.encode(), 4),
    "CRLF": (INCIDENT.replace("\n", "\r\n").encode(), 4),
    "CR": (INCIDENT.replace("\n", "\r").encode(), 4),
    "form feed": (b"\x0c\n" + INCIDENT.encode(), 5),
    "form feed in a line": (INCIDENT.replace("found =", "x = '\f'; found =").encode(), 4),
    "line separator": (b"x = '\xe2\x80\xa8\xc2\x85\x1c'\n" + INCIDENT.encode(), 5),
    "declared encoding": (b"# coding: latin-1\nx = '" + E_ACUTE + b"'\n" + INCIDENT.encode(), 6),
    "no end of the last line": (INCIDENT.rstrip().encode(), 4),
    "tabs": (b"if 1:\n" + b"".join(b"\t" + line + b"\n" for line in INCIDENT.encode().split(b"\n")), 5),
}


@pytest.mark.parametrize("name", ODD_BUT_READ)
def test_odd_bytes_are_read(tree: Path, name: str) -> None:
    data, line = ODD_BUT_READ[name]
    report = lint_beside_the_incident(sys.executable, tree, bad_py=data)
    assert report.problems == []
    assert (RULE, "bad.py", line) in report.findings


# Python that is not read, or not all of it: what is said, and where.

UNREAD = {
    "undecodable": (b"import boto3\nx = '\xff'\n", [("undecodable", 2)]),
    "unknown encoding": (b"# coding: klingon\nx = '\xff'\nimport boto3\n", [("undecodable", 1)]),
    "NUL": (b"import boto3\nx = '\0'\n", [("undecodable", 2)]),
    "UTF-16": ("import boto3\n".encode("utf-16"), [("undecodable", 1)]),
    "20 MB": (INCIDENT.encode() + b"x = 1\n" * 3_500_000, [("too-large", 0)]),
    "Python 2": (b"import boto3\nprint 'uploading'\nboto3.client('s3')\n", [("syntax", 2)]),
    "half-typed": (b"import boto3\ns3 = boto3.client('s3',\n", [("syntax", 2)]),
    "half a string": (b"import boto3\ns3 = boto3.client('s3\n", [("syntax", 2)]),
    "odd indentation": (b"import boto3\n  x = 1\n", [("syntax", 2)]),
    "mixed indentation": (b"import boto3\nif 1:\n        x = 1\n\ty = 1\n", [("syntax", 4)]),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_is_not_read_is_told(tree: Path, name: str) -> None:
    data, problems = UNREAD[name]
    assert lint_beside_the_incident(sys.executable, tree, bad_py=data).of("bad.py") == problems


def test_odd_python_all_at_once(python: str, tree: Path) -> None:
    odd = {f"odd{at}_py": data for at, (data, _) in enumerate(ODD_BUT_READ.values())}
    unread = {f"unread{at}_py": data for at, (data, _) in enumerate(UNREAD.values())}
    report = lint_beside_the_incident(python, tree, **odd, **unread)
    for at, (name, (_, line)) in enumerate(ODD_BUT_READ.items()):
        assert (RULE, f"odd{at}.py", line) in report.findings, name
        assert report.of(f"odd{at}.py") == [], name
    for at, (name, (_, problems)) in enumerate(UNREAD.items()):
        assert report.of(f"unread{at}.py") == problems, name


def test_empty_files_are_nothing(tree: Path) -> None:
    report = lint_beside_the_incident(sys.executable, tree, empty_py=b"", empty_yaml=b"")
    assert report.problems == []
    assert report.status == 1


# Python that kills a parser. Some Pythons read some of them, in time; nobody may crash, and silence is not an answer
# when the statement was not analysed.


def deep(expression: str) -> bytes:
    """Give the incident, with a statement that matters and holds the expression."""
    return f"{INCIDENT}secret = {expression}\nboto3.client('s3', None, True, None, None, None, 'x', secret)\n".encode()


DEEP = {
    "2,000 nested parentheses": deep("(" * 2000 + "1" + ")" * 2000),
    "2,000 nested lists": deep("[" * 2000 + "]" * 2000),
    "a sum of 5,000 terms": deep(" + ".join(["found"] * 5000)),
    "a sum of 8,000 terms": deep(" + ".join(["1"] * 8000)),
    "3,000 calls in a chain": deep("found" + ".b(c)" * 3000),
    "3,000 lambdas": deep("lambda: " * 3000 + "1"),
    "3,000 negations": deep("not " * 3000 + "1"),
    "3,000 signs": deep("-" * 3000 + "1"),
    "5,000 joined strings": deep("(" + " 'a'" * 5000 + ")"),
    "3,000 conditions": deep("1 if x else " * 3000 + "2"),
    "3,000 subscripts": deep("found" + "[0]" * 3000),
    "90 nested functions": INCIDENT.encode()
    + b"".join(b" " * at + b"def f():\n" for at in range(90))
    + b" " * 90
    + b"boto3",
    "3,000 branches": INCIDENT.encode()
    + b"if x:\n    boto3.client('s3')\n"
    + b"elif y:\n    boto3.client('s3')\n" * 3000,
    "a list of 10,000": deep("[" + "'a', " * 10000 + "]"),
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_kills_nobody(python: str, tree: Path, name: str) -> None:
    report = lint_beside_the_incident(python, tree, bad_py=DEEP[name])
    assert {kind for kind, _ in report.of("bad.py")} <= {"syntax", "too-deep", "budget"}
    assert (RULE, "bad.py", 4) in report.findings or report.of("bad.py")


# YAML

POD = b"""\
apiVersion: v1
kind: Pod
metadata:
  name: upload
spec:
  containers:
    - name: upload
      image: registry.example.com/upload:1
      env:
        - name: AWS_PROFILE
          value: sandbox
        - name: AWS_ACCESS_KEY_ID
          valueFrom: {secretKeyRef: {name: keys, key: id}}
        - name: AWS_SECRET_ACCESS_KEY
          valueFrom: {secretKeyRef: {name: keys, key: secret}}
"""
LAUGHS = b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b", ".join([b"*%c" % (letter - 1) if letter > 97 else b"lol"] * 9))
    for letter in range(97, 97 + 12)
)
ODD_YAML = {
    "tabs": POD + b"\tbad: 1\n",
    "tab as indentation": b"env:\n\tAWS_PROFILE: x\n",
    "duplicate anchors": POD + b"---\na: &x 1\nb: &x 2\nc: *x\nd: AWS_PROFILE\n",
    "unknown alias": POD + b"---\na: *nowhere\nb: AWS_PROFILE\n",
    "recursive alias": POD + b"---\na: &a\n  b: *a\n  env: *a\nAWS_PROFILE: *a\n",
    "recursive list": POD + b"---\n&a [*a, AWS_PROFILE, *a]\n",
    "a billion laughs": LAUGHS + b"env: {AWS_PROFILE: *l, AWS_ACCESS_KEY_ID: *l}\n",
    "laughs in an environment": LAUGHS + b"services: {a: {image: x, environment: *l}}\nAWS_PROFILE: *l\n",
    "merged laughs": b"a: &a {AWS_PROFILE: x}\n"
    + b"".join(
        b"b%d: &b%d {<<: [*%s, *%s]}\n" % (i, i, p, p) for i in range(40) for p in [b"b%d" % (i - 1) if i else b"a"]
    ),
    "unknown tags": POD + b"---\nAWS_PROFILE: !Sub x\nb: !<tag:x> [1]\nc: !!python/object:os.system x\n",
    "Go templates": b"{{- if .Values.keys }}\n" + POD + b'{{- end }}\n{{ include "x" . | nindent 4 }}\n',
    "only a template": b"{{ AWS_PROFILE }}\n",
    "deep flow": b"AWS_PROFILE: " + b"[" * 5000 + b"]" * 5000 + b"\n",
    "deep flow mapping": b"AWS_PROFILE: " + b"{a: " * 3000 + b"1" + b"}" * 3000 + b"\n",
    "deep blocks": b"AWS_PROFILE:\n" + b"".join(b" " * at + b"a:\n" for at in range(1, 2000)),
    "open flow": POD + b"---\nAWS_PROFILE: [\n",
    "open string": POD + b"---\nAWS_PROFILE: 'x\n",
    "duplicate keys": b"env:\n  AWS_PROFILE: a\n  AWS_PROFILE: b\n",
    "strange keys": b"? [AWS_PROFILE, b]\n: 1\n? {a: b}\n: 2\n1: 2\nnull: 3\n",
    "control characters": b"AWS_PROFILE: \x07\n",
    "no mapping": b"- AWS_PROFILE\n--- 1\n--- AWS_PROFILE\n---\n",
    "directives": b"%YAML 9.9\n---\nAWS_PROFILE: x\n",
    "byte order mark": b"\xef\xbb\xbf" + POD,
    "UTF-16": POD.decode().encode("utf-16"),
    "CRLF": POD.replace(b"\n", b"\r\n"),
    "line separators": POD + b"    # \xe2\x80\xa8 \xc2\x85\n",
    "documents of one line": b"--- {AWS_PROFILE: a}\n" * 2000,
    "20 MB": POD + b"# AWS\n" * 3_500_000,
    "undecodable": b"AWS_PROFILE: \xff\n",
    "NUL": b"AWS_PROFILE: \0\n",
}
UNREAD_YAML = {
    "tab as indentation": ("syntax", 2),
    "open flow": ("syntax", None),
    "open string": ("syntax", None),
    "20 MB": ("too-large", 0),
    "undecodable": ("undecodable", 1),
    "NUL": ("undecodable", 1),
}


def hold_yaml(report: Report, path: str, name: str) -> None:
    """Hold what was said of one of the odd files."""
    told = report.of(path)
    assert {kind for kind, _ in told} <= {"syntax", "too-deep", "budget", "too-large", "undecodable"}, name
    if name in UNREAD_YAML:
        kind, line = UNREAD_YAML[name]
        assert kind in {one for one, _ in told}, name
        assert line is None or (kind, line) in told, name
    if ODD_YAML[name].startswith((POD, b"\xef\xbb\xbf", b"\xff\xfe")) and name != "20 MB":
        # What stands before the fault is analysed.
        assert ("profile-with-explicit-keys", path) in {found[:2] for found in report.findings}, name


@pytest.mark.parametrize("name", ODD_YAML)
def test_yaml_kills_nobody(tree: Path, name: str) -> None:
    hold_yaml(lint_beside_the_incident(sys.executable, tree, bad_yaml=ODD_YAML[name]), "bad.yaml", name)


def test_odd_yaml_all_at_once(python: str, tree: Path) -> None:
    files = {f"bad{at}_yaml": data for at, data in enumerate(ODD_YAML.values())}
    report = lint_beside_the_incident(python, tree, **files)
    for at, name in enumerate(ODD_YAML):
        hold_yaml(report, f"bad{at}.yaml", name)


# Files, folders, git and configuration


def test_files_and_folders_of_all_kinds(python: str, tree: Path) -> None:
    (tree / "x.py").mkdir()
    (tree / "x.py" / "inner.py").write_text(INCIDENT)
    (tree / "loop").symlink_to(tree)
    (tree / "self.py").symlink_to("self.py")
    (tree / "broken.py").symlink_to("nowhere.py")
    os.mkfifo(tree / "pipe.py")
    report = lint(python, tree, ".", "nowhere.py", "x.py", "self.py", "broken.py", "/dev/zero")
    assert report.status == 2
    assert report.findings == {(RULE, "incident.py", 4), (RULE, "x.py/inner.py", 4)}
    assert sorted(report.problems) == [
        ("/dev/zero", "unreadable", 0),
        ("broken.py", "missing", 0),
        ("nowhere.py", "missing", 0),
        ("pipe.py", "unreadable", 0),
        ("self.py", "unreadable", 0),
    ]


def test_broken_configuration_ends_it_before_linting(python: str, tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[tool.credlint]\nselect = [\n")
    report = lint(python, tree)
    assert (report.status, report.findings) == (2, set())
    assert report.err == "error: pyproject.toml:3: not valid TOML\n"


def test_a_folder_without_git_is_walked_without_a_word(python: str, tree: Path) -> None:
    assert lint(python, tree).problems == []


def test_dubious_ownership_means_a_walk_and_one_notice(python: str, tree: Path) -> None:
    commit_all(tree)
    report = lint(python, tree, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert report.problems == [(".", "notice", 0)]
    assert "git refuses a repository of another owner" in report.err
    assert report.findings == {(RULE, "incident.py", 4)}


def test_git_is_asked_without_being_changed(python: str, tree: Path) -> None:
    commit_all(tree)
    (tree / "incident.py").touch()
    assert lint(python, tree).problems == []
