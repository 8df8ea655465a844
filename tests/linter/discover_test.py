"""Which files a run looks at: named ones, git's list, or a walk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from credlint.config import Configurations, Overrides
from credlint.linter.discover import Found, discover, find_stdin
from tests.tree import commit_all, run


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder that is the working directory."""
    folder = tmp_path / "tree"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def write(folder: Path, *paths: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x = 1\n")


def find(*paths: str, force_exclude: bool = False, **overrides: tuple[str, ...]) -> tuple[Found, list[str]]:
    told: list[str] = []
    configurations = Configurations(Overrides(**overrides))
    return discover(paths, configurations, told.append, force_exclude=force_exclude), told


def paths_of(found: Found) -> list[str]:
    return [source.path for source in found.sources]


# Walks


def test_walk_gives_python_and_yaml_in_order(tree: Path) -> None:
    write(tree, "b.py", "a/z.pyi", "a/y.yml", "a/x.yaml", "c.txt", "README", "A.PY")
    assert paths_of(find(".")[0]) == ["A.PY", "a/x.yaml", "a/y.yml", "a/z.pyi", "b.py"]


def test_paths_stay_as_they_were_given(tree: Path) -> None:
    write(tree, "src/a.py")
    assert paths_of(find("src")[0]) == ["src/a.py"]
    assert paths_of(find("./src/")[0]) == ["./src/a.py"]
    assert paths_of(find(str(tree))[0]) == [f"{tree}/src/a.py"]
    assert paths_of(find("../tree/src/a.py")[0]) == ["../tree/src/a.py"]


def test_walk_leaves_the_usual_folders_out(tree: Path) -> None:
    write(tree, ".venv/a.py", "node_modules/b/c.py", "src/__pycache__/d.py", "build/e.py", "dist/f.py", "src/g.py")
    found, told = find(".")
    assert paths_of(found) == ["src/g.py"]
    assert "node_modules: skipped: excluded" in told


def test_a_file_is_looked_at_once(tree: Path) -> None:
    write(tree, "src/a.py")
    assert paths_of(find(".", "src", "src/a.py", "./src/../src/a.py")[0]) == ["src/a.py"]


def test_links_are_not_followed(tree: Path) -> None:
    write(tree, "src/a.py", "else/b.py")
    (tree / "src/loop").symlink_to(tree / "src")
    (tree / "src/self.py").symlink_to("self.py")
    (tree / "src/b.py").symlink_to(tree / "else/b.py")
    found, told = find("src")
    assert paths_of(found) == ["src/a.py"]
    assert found.problems == ()
    assert sorted(told) == ["src/b.py: skipped: a symbolic link", "src/self.py: skipped: a symbolic link"]


def test_named_links_are_followed(tree: Path) -> None:
    write(tree, "src/a.py")
    (tree / "link").symlink_to("src")
    (tree / "b.py").symlink_to("src/a.py")
    assert paths_of(find("link")[0]) == ["link/a.py"]
    assert paths_of(find("b.py")[0]) == ["b.py"]


def test_a_folder_named_like_a_file_is_a_folder(tree: Path) -> None:
    write(tree, "x.py/a.py")
    assert paths_of(find(".")[0]) == ["x.py/a.py"]
    assert paths_of(find("x.py")[0]) == ["x.py/a.py"]


def test_kinds_that_are_not_read_are_counted(tree: Path) -> None:
    write(tree, "a.tfvars", "b/c.tfvars", ".env", ".env.local", "prod.env", "main.tf", "Dockerfile", "run.sh", "x.txt")
    found, _ = find(".", "b")
    assert found.not_read == ((".env", 3), (".sh", 1), (".tf", 1), (".tfvars", 2), ("Dockerfile", 1))


def test_a_pipe_is_a_problem_and_is_not_opened(tree: Path) -> None:
    os.mkfifo(tree / "a.py")
    for path in (".", "a.py"):
        (problem,) = find(path)[0].problems
        assert (problem.path, problem.kind.value) == ("a.py", "unreadable")
        assert problem.message == "not read: it is not a regular file"


# What is named


def test_named_files_are_taken_whatever_their_folder(tree: Path) -> None:
    write(tree, "node_modules/a.py", "notes.txt")
    found, _ = find("node_modules/a.py", "notes.txt")
    assert [(source.path, source.language, source.named) for source in found.sources] == [
        ("node_modules/a.py", "python", True),
        ("notes.txt", "", True),
    ]


def test_force_exclude_leaves_them_out(tree: Path) -> None:
    write(tree, "node_modules/a.py", "b.py")
    found, told = find("node_modules/a.py", "b.py", force_exclude=True)
    assert paths_of(found) == ["b.py"]
    assert told == ["node_modules/a.py: skipped: excluded"]


@pytest.mark.parametrize("path", ["nowhere.py", "a.py/b.py", "nul\0.py"])
def test_a_path_that_is_not_there_is_an_error_and_the_rest_runs(tree: Path, path: str) -> None:
    write(tree, "a.py")
    found, _ = find(path, "a.py")
    assert paths_of(found) == ["a.py"]
    (problem,) = found.problems
    assert (problem.kind.value, problem.severity.value, problem.path) == ("missing", "error", path)


def test_a_circle_of_links_is_a_problem(tree: Path) -> None:
    (tree / "a.py").symlink_to("b.py")
    (tree / "b.py").symlink_to("a.py")
    (problem,) = find("a.py")[0].problems
    assert problem.kind.value == "unreadable"


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({"extend_exclude": ("src",)}, ["a.py"]),
        ({"extend_exclude": ("src/*.py",)}, ["a.py"]),
        ({"exclude": ("a.py",)}, ["node_modules/c.py", "src/b.py"]),
        ({"extend_exclude": ("*.py",)}, []),
    ],
)
def test_patterns_leave_out(tree: Path, overrides: dict[str, tuple[str, ...]], expected: list[str]) -> None:
    write(tree, "a.py", "src/b.py", "node_modules/c.py")
    assert paths_of(find(".", **overrides)[0]) == expected


def test_a_named_folder_is_entered_whatever_its_name(tree: Path) -> None:
    write(tree, "build/a.py", "build/venv/b.py")
    assert paths_of(find("build")[0]) == ["build/a.py"]


def test_excludes_of_a_configuration_hold_below_it(tree: Path) -> None:
    write(tree, "a/skip/x.py", "b/skip/y.py")
    (tree / "a/credlint.toml").write_text('extend-exclude = ["skip"]\n')
    assert paths_of(find(".")[0]) == ["b/skip/y.py"]


def test_standard_input_has_configuration_and_excludes(tree: Path) -> None:
    (tree / "credlint.toml").write_text('exclude = ["skip"]\n')
    told: list[str] = []
    configurations = Configurations(Overrides())
    found = find_stdin("a.yaml", configurations, told.append)
    assert [(source.path, source.language, source.config.source) for source in found.sources] == [
        ("a.yaml", "yaml", "credlint.toml")
    ]
    assert find_stdin("skip/a.py", configurations, told.append).sources == ()
    assert told == ["skip/a.py: skipped: excluded"]


# Git


def test_git_gives_tracked_and_new_files_but_not_ignored_ones(tree: Path) -> None:
    write(tree, "tracked.py", "deploy/build/a.yaml", "ignored.py", "out/b.py")
    (tree / ".gitignore").write_text("ignored.py\nout/\n")
    commit_all(tree)
    write(tree, "new.py", "build/committed.py")
    assert paths_of(find(".")[0]) == ["build/committed.py", "deploy/build/a.yaml", "new.py", "tracked.py"]
    assert paths_of(find("deploy")[0]) == ["deploy/build/a.yaml"]


def test_the_usual_folders_are_left_out_of_gits_list_too(tree: Path) -> None:
    write(tree, "node_modules/a.py", ".venv/b.py", "c.py")
    commit_all(tree)
    assert paths_of(find(".")[0]) == ["c.py"]


def test_an_ignored_folder_that_is_named_is_walked(tree: Path) -> None:
    write(tree, "out/a.py", "b.py")
    (tree / ".gitignore").write_text("out/\n")
    commit_all(tree)
    found, _ = find("out")
    assert paths_of(found) == ["out/a.py"]
    assert found.problems == ()


def test_deleted_entries_and_links_fall_away(tree: Path) -> None:
    write(tree, "a.py", "gone.py")
    (tree / "link.py").symlink_to("a.py")
    commit_all(tree)
    (tree / "gone.py").unlink()
    found, _ = find(".")
    assert paths_of(found) == ["a.py"]
    assert found.problems == ()


def test_unmerged_entries_are_looked_at_once(tree: Path) -> None:
    write(tree, "a.py")
    commit_all(tree)
    run(["git", "checkout", "-q", "-b", "other"], tree).check_returncode()
    (tree / "a.py").write_text("x = 2\n")
    run(["git", "commit", "-q", "-a", "-m", "Two"], tree).check_returncode()
    run(["git", "checkout", "-q", "-"], tree).check_returncode()
    (tree / "a.py").write_text("x = 3\n")
    run(["git", "commit", "-q", "-a", "-m", "Three"], tree).check_returncode()
    assert run(["git", "merge", "other"], tree).returncode != 0
    assert paths_of(find(".")[0]) == ["a.py"]


def test_other_repositories_inside_are_not_entered(tree: Path) -> None:
    write(tree, "a.py", "module.py/b.py", "nested/c.py")
    commit_all(tree / "module.py")
    commit_all(tree / "nested")
    run(["git", "init", "-q"], tree).check_returncode()
    run(["git", "add", "a.py", "module.py"], tree).check_returncode()
    found, _ = find(".")
    assert paths_of(found) == ["a.py"]
    assert paths_of(find("nested")[0]) == ["nested/c.py"]


def test_variables_of_a_hook_do_not_mislead(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, "src/a.py")
    commit_all(tree)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    found, _ = find("src")
    assert paths_of(found) == ["src/a.py"]
    assert found.problems == ()


def test_nothing_of_the_repository_is_run(tree: Path) -> None:
    write(tree, "a.py")
    commit_all(tree)
    program = tree.parent / "monitor"
    program.write_text(f"#!/bin/sh\ntouch {tree.parent}/ran\n")
    program.chmod(0o755)
    run(["git", "config", "core.fsmonitor", str(program)], tree).check_returncode()
    assert paths_of(find(".")[0]) == ["a.py"]
    assert not (tree.parent / "ran").exists()


def test_without_git_the_folders_are_walked_with_one_notice(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, "src/a.py", "lib/b.py")
    commit_all(tree)
    monkeypatch.setenv("PATH", str(tree))
    found, _ = find("src", "lib")
    assert paths_of(found) == ["src/a.py", "lib/b.py"]
    (notice,) = found.problems
    assert (notice.kind.value, notice.severity.value, notice.path) == ("notice", "notice", "src")
    assert notice.message.startswith("git is not installed; the folders were walked")


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ('echo "fatal: detected dubious ownership" >&2; exit 128', "git refuses a repository of another owner"),
        ("exit 3", "git could not list the files (exit status 3)"),
        (None, "git could not be started"),
    ],
)
def test_any_failure_of_git_means_a_walk(
    tree: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, message: str
) -> None:
    write(tree, "a.py")
    commit_all(tree)
    git = tree.parent / "bin" / "git"
    git.parent.mkdir()
    git.write_text("no program" if script is None else f"#!/bin/sh\n{script}\n")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", str(git.parent))
    found, _ = find(".")
    assert paths_of(found) == ["a.py"]
    (notice,) = found.problems
    assert notice.message.startswith(message)


def test_git_is_not_waited_for_without_end(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, "a.py")
    commit_all(tree)
    git = tree.parent / "bin" / "git"
    git.parent.mkdir()
    git.write_text("#!/bin/sh\nexec sleep 30\n")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}:{os.environ['PATH']}")
    monkeypatch.setattr("credlint.linter.git._TIMEOUT_SECONDS", 0.2)
    found, _ = find(".")
    assert paths_of(found) == ["a.py"]
    assert found.problems[0].message.startswith("git took longer than")


def test_a_broken_repository_means_a_walk(tree: Path) -> None:
    write(tree, "a.py")
    (tree / ".git").write_text("gitdir: nowhere\n")
    found, _ = find(".")
    assert paths_of(found) == ["a.py"]
    assert [problem.kind.value for problem in found.problems] == ["notice"]


def test_folders_that_git_could_not_open_are_problems(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, "a.py")
    commit_all(tree)
    git = tree.parent / "bin" / "git"
    git.parent.mkdir()
    git.write_text(
        "#!/bin/sh\necho \"warning: could not open directory 'shut/': Permission denied\" >&2\nprintf 'a.py\\0'\n"
    )
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}:{os.environ['PATH']}")
    found, _ = find(".")
    assert paths_of(found) == ["a.py"]
    assert [(problem.path, problem.kind.value) for problem in found.problems] == [("shut", "unreadable")]


def test_folders_that_cannot_be_opened_are_problems(ordinary_user: Path) -> None:
    write(ordinary_user, "a.py", "shut/b.py")
    (ordinary_user / "shut").chmod(0)
    found, _ = find(".")
    assert paths_of(found) == ["a.py"]
    (problem,) = found.problems
    assert (problem.path, problem.kind.value, problem.message) == ("shut", "unreadable", "not read: permission denied")
