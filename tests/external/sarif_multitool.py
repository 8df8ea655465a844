"""Microsoft's SARIF validator, which also knows GitHub's rules, run on a log."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.external import npm

VERSION = "5.7.0"
PACKAGE = "@microsoft/sarif-multitool-linux"

# The package holds a program for this platform only.
SUPPORTED = sys.platform == "linux" and platform.machine() == "x86_64"


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
    folder = npm.install(PACKAGE, VERSION) / "node_modules" / PACKAGE
    (folder / "Sarif.Multitool").chmod(0o755)  # what its install script would do
    return Multitool(folder)
