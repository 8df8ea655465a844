"""Which file an import means, and what is looked at on the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from credlint.config import Overrides
from credlint.extract.python.modules import Found, Modules
from credlint.linter.gather import RunRequest
from credlint.linter.project import Disk, FileProject
from credlint.linter.run import run
from credlint.model.project import Reads

ROLES = """\
import boto3


def assume(role):
    return boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="up")["Credentials"]
"""
STORE = """\
import boto3


def connect(key, secret, token=None):
    return boto3.Session(key, secret, token)
"""
UPLOADS = """\
from roles import assume
from store import connect

c = assume("arn:aws:iam::123456789012:role/a")
connect(c["AccessKeyId"], c["SecretAccessKey"])
"""


class Files:
    """A Project of files in memory."""

    def __init__(self, paths: str, root: str = "") -> None:
        self._paths = set(paths.split())
        self.root = root
        self.looked: list[str] = []

    def read(self, path: str) -> bytes | None:
        self.looked.append(path)
        return b"" if path in self._paths else None

    def reads(self) -> Reads:
        return Reads((), ())


@pytest.mark.parametrize(
    ("paths", "importer", "level", "dotted", "expected"),
    [
        ("a.py b.py", "a.py", 0, "b", Found("b.py", "b")),
        ("a.py b/__init__.py", "a.py", 0, "b", Found("b/__init__.py", "b")),
        ("a.py b/c.py", "a.py", 0, "b.c", Found("b/c.py", "b.c")),
        ("a.py b/c.py", "a.py", 0, "b", None),
        ("a.py src/b.py", "a.py", 0, "b", Found("src/b.py", "b")),
        ("jobs/a.py b.py", "jobs/a.py", 0, "b", Found("b.py", "b")),
        ("jobs/a.py jobs/b.py b.py", "jobs/a.py", 0, "b", Found("jobs/b.py", "b")),
        ("p/__init__.py p/a.py p/b.py", "p/a.py", 0, "b", None),
        ("p/__init__.py p/a.py p/b.py", "p/a.py", 0, "p.b", Found("p/b.py", "p.b")),
        ("p/__init__.py p/a.py p/b.py", "p/a.py", 1, "b", Found("p/b.py", "p.b")),
        ("p/__init__.py p/a.py", "p/a.py", 1, "", Found("p/__init__.py", "p")),
        ("p/__init__.py p/q/__init__.py p/q/a.py p/b.py", "p/q/a.py", 2, "b", Found("p/b.py", "p.b")),
        ("p/__init__.py p/q/__init__.py p/q/a.py p/b.py", "p/q/a.py", 0, "p.b", Found("p/b.py", "p.b")),
        ("a.py json.py", "a.py", 0, "json", None),
        ("p/a.py p/json.py", "p/a.py", 1, "json", Found("p/json.py", "json")),
        ("a.py ../b.py", "a.py", 2, "b", Found("../b.py", "b")),
        ("../a.py ../b.py", "../a.py", 0, "b", Found("../b.py", "b")),
    ],
)
def test_import_means(paths: str, importer: str, level: int, dotted: str, expected: Found | None) -> None:
    assert Modules(Files(paths)).find(importer, level, dotted) == expected


def test_import_is_looked_for_once() -> None:
    files = Files("a.py")
    modules = Modules(files)
    modules.find("a.py", 0, "b")
    looked = list(files.looked)
    assert modules.find("c.py", 0, "b") is None
    assert files.looked == looked


def test_without_project_nothing_is_found() -> None:
    assert Modules(None).find("a.py", 0, "b") is None


def check(*paths: str) -> list[tuple[str, int, str, list[str]]]:
    report = run(RunRequest(paths=paths, overrides=Overrides(), isolated=True))
    return [
        (one.region.path, one.region.line, one.rule, sorted({step.region.path for step in one.trace}))
        for one in report.findings
    ]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {"roles.py": ROLES, "store.py": STORE, "uploads.py": UPLOADS, "pyproject.toml": ""}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


ALL = ["roles.py", "store.py", "uploads.py"]


@pytest.mark.usefixtures("tree")
def test_one_finding_where_all_files_are_in_the_run() -> None:
    assert check("roles.py", "store.py", "uploads.py") == [("store.py", 5, "temporary-key-without-token", ALL)]


@pytest.mark.usefixtures("tree")
def test_sink_in_a_file_that_was_not_asked_for() -> None:
    assert check("uploads.py") == [("uploads.py", 5, "temporary-key-without-token", ALL)]


@pytest.mark.usefixtures("tree")
def test_files_that_are_wrong_only_together() -> None:
    assert check("roles.py", "store.py") == []


def test_files_are_read_and_missed_as_the_project_says(tree: Path) -> None:
    (tree / "uploads.py").write_text("import boto3\n", encoding="utf-8")
    project = FileProject("uploads.py", Disk())
    modules = Modules(project)
    assert modules.find("uploads.py", 0, "roles") == Found("roles.py", "roles")
    assert modules.find("uploads.py", 0, "lost") is None
    reads = project.reads()
    assert "roles.py" in reads.found
    assert {"lost.py", "lost/__init__.py", "src/lost.py"} <= set(reads.missing)


def test_nothing_outside_the_project_is_read(tree: Path) -> None:
    inside = tree / "inside"
    inside.mkdir()
    (inside / "pyproject.toml").write_text("", encoding="utf-8")
    (inside / "uploads.py").write_text(UPLOADS.replace("from ", "from .."), encoding="utf-8")
    assert check("inside/uploads.py") == []


def test_no_link_leads_out_of_the_project(tree: Path) -> None:
    inside = tree / "inside"
    inside.mkdir()
    (inside / "pyproject.toml").write_text("", encoding="utf-8")
    (inside / "uploads.py").write_text(UPLOADS, encoding="utf-8")
    for name in ("roles.py", "store.py"):
        os.symlink(tree / name, inside / name)
    assert check("inside/uploads.py") == []


def test_module_that_is_no_python_is_unknown(tree: Path) -> None:
    (tree / "roles.py").write_text(ROLES + "print 'done'\n", encoding="utf-8")
    assert check("uploads.py") == []
    (tree / "roles.py").write_bytes(b"# \xff\n" + ROLES.encode())
    assert check("uploads.py") == []


@pytest.mark.parametrize(
    ("filler", "share", "found"),
    [
        (0, 10, True),
        (20, 10, True),
        (0, 10**9, True),
        (20, 10**9, False),
    ],
    ids=["brief", "long", "brief and nothing left", "long and nothing left"],
)
def test_long_functions_elsewhere_have_a_share_of_the_work(
    filler: int, share: int, found: bool, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("credlint.extract.python.shared._SHARE_ELSEWHERE", share)
    arn = '"arn:aws:iam::123456789012:role/a"'
    roles = ROLES.replace("assume(role)", "assume()").replace("=role", f"={arn}")
    roles = roles.replace("    return", "    print()\n" * filler + "    return")
    (tree / "roles.py").write_text(roles, encoding="utf-8")
    (tree / "uploads.py").write_text(UPLOADS.replace(arn, ""), encoding="utf-8")
    assert bool(check("uploads.py")) is found
