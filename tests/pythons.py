"""The Pythons of the machine, each with what credlint needs to run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.tree import clean_environment

OLDEST = (3, 10)
_REQUIREMENTS = ["libcst>=1.8", "pyyaml>=6.0.2", "tomli>=2; python_version<'3.11'"]


def other_pythons() -> dict[str, str]:
    """Give the interpreters of versions other than this one that credlint supports, by version ("3.12")."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    found: dict[str, str] = {}
    for path in (*_on_path(), *_of_pyenv()):
        version = _version(path)
        if version and version != here:
            found.setdefault(version, path)
    return dict(sorted(found.items(), key=lambda item: int(item[0].split(".")[1])))


def equip(python: str, folder: Path) -> str | None:
    """Make an environment for an interpreter and install what credlint needs; None where that is impossible."""
    own = str(folder / "bin" / "python")
    install = [own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *_REQUIREMENTS]
    for command in ([python, "-m", "venv", str(folder)], install):
        if subprocess.run(command, capture_output=True, check=False, env=clean_environment()).returncode != 0:
            return None
    return own


def _on_path() -> list[str]:
    names = (f"python3.{minor}" for minor in range(OLDEST[1], 20))
    return [path for path in map(shutil.which, names) if path]


def _of_pyenv() -> list[str]:
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    return [str(path) for path in sorted(root.glob("versions/3.*/bin/python"))]


def _version(path: str) -> str | None:
    """Give major and minor version of an interpreter that credlint supports and that starts; a shim may not."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.fullmatch(r"Python (\d+)\.(\d+)\.\S+\s*", done.stdout)
    if done.returncode != 0 or found is None or (int(found[1]), int(found[2])) < OLDEST:
        return None
    return f"{found[1]}.{found[2]}"
