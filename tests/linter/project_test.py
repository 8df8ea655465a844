"""A reader may look at other files of the project, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.linter.project import Disk, FileProject
from credlint.model.project import Reads


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project with a file outside of it; the project is the working directory."""
    project = tmp_path / "project"
    (project / "src" / "inner").mkdir(parents=True)
    (project / "pyproject.toml").write_text("")
    (project / "src" / "a.py").write_text("a")
    (project / "b.py").write_text("b")
    (tmp_path / "outside.py").write_text("secret")
    (project / "link.py").symlink_to(tmp_path / "outside.py")
    monkeypatch.chdir(project)
    return project


def test_every_look_is_recorded(tree: Path) -> None:
    project = FileProject("src/a.py", Disk())
    assert project.read("b.py") == b"b"
    assert project.read("src/../b.py") == b"b"
    assert project.read("src/nowhere.py") is None
    assert project.reads() == Reads(("b.py", "src/../b.py"), ("src/nowhere.py",))


@pytest.mark.parametrize("path", ["../outside.py", "link.py", "src", "/etc/hostname"])
def test_what_is_outside_or_no_file_is_not_read(tree: Path, path: str) -> None:
    project = FileProject("src/a.py", Disk())
    assert project.read(path) is None
    assert project.reads().missing == (path,)


def test_looks_of_one_file_are_not_those_of_another(tree: Path) -> None:
    disk = Disk()
    one, other = FileProject("src/a.py", disk), FileProject("b.py", disk)
    one.read("b.py")
    (tree / "b.py").write_text("changed")
    assert other.read("b.py") == b"b"
    assert one.reads() == other.reads()
    other.read("src/a.py")
    assert one.reads() != other.reads()


def test_standard_input_stands_for_its_file(tree: Path) -> None:
    assert FileProject("b.py", Disk({"src/a.py": b"typed"})).read("src/a.py") == b"typed"


def test_a_package_is_no_root_below_another_mark(tree: Path) -> None:
    for name in ("pyproject.toml", "__init__.py"):
        (tree / "src" / "inner" / name).write_text("")
    assert FileProject("src/inner/c.py", Disk()).read("b.py") == b"b"


def test_a_package_is_the_root_where_nothing_else_is(tree: Path) -> None:
    (tree / "pyproject.toml").rename(tree / "src" / "pyproject.toml")
    (tree / "src" / "__init__.py").write_text("")
    project = FileProject("src/inner/c.py", Disk())
    assert project.read("src/a.py") == b"a"
    assert project.read("b.py") is None


def test_the_root_is_the_nearest_mark(tree: Path) -> None:
    (tree / "src" / ".git").mkdir()
    project = FileProject("src/inner/c.py", Disk())
    assert project.read("src/a.py") == b"a"
    assert project.read("b.py") is None


def test_without_a_mark_the_folder_is_the_project(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.py").write_text("a")
    (tmp_path / "b.py").write_text("b")
    project = FileProject(str(tmp_path / "x" / "c.py"), Disk())
    assert project.read(str(tmp_path / "x" / "a.py")) == b"a"
    assert project.read(str(tmp_path / "b.py")) is None
