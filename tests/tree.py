"""The project's own tree for tests: its files, a copy of it, and an environment free of what is around."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Prefixes of variables that change what credlint, git or pre-commit do.
_FOREIGN = ("ALIBABA_", "AWS_", "CI", "CREDLINT_", "FORCE_COLOR", "GITHUB_", "GIT_", "NO_COLOR", "OSS_", "PRE_COMMIT")


def clean_environment(*, measured: bool = True, **more: str) -> dict[str, str]:
    """Give the variables of this process less those that change what credlint, git or pre-commit do.

    What is not `measured` also runs without coverage, which imports modules and costs time of its own.
    """
    foreign = _FOREIGN if measured else (*_FOREIGN, "COVERAGE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    git = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for person in ("AUTHOR", "COMMITTER"):
        git |= {f"GIT_{person}_NAME": "tests", f"GIT_{person}_EMAIL": "tests@localhost"}
    return kept | git | more


def tree_files() -> list[str]:
    """Give the paths of all files that git tracks or would track, sorted; those deleted in the work tree left out."""
    command = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file())


def copy_tree(target: Path) -> Path:
    """Copy those files below `target` and give it."""
    for path in tree_files():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target / path)
    return target


def run(
    command: list[str], folder: Path, *, measured: bool = True, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder with the clean environment, its output as text."""
    env = clean_environment(measured=measured, **environment)
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def commit_all(folder: Path) -> str:
    """Make a repository of a folder, commit all in it and give the commit's hash."""
    for command in (["git", "init", "-q"], ["git", "add", "-A"], ["git", "commit", "-q", "-m", "All"]):
        run(command, folder).check_returncode()
    return run(["git", "rev-parse", "HEAD"], folder).stdout.strip()
