"""Asks an SDK in a process of its own what its chain comes to, and holds the simulation beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from credlint.catalogue.load_chains import load_chains
from credlint.credentials.chains import simulate
from credlint.model.chains import Answer, Outcome
from tests.oracle.chains.case import Case

TOLD = "told.json"
PROCESS = json.dumps({"Version": 1, "AccessKeyId": "id-process", "SecretAccessKey": "secret"})
EXTERNAL = json.dumps({"mode": "AK", "access_key_id": "id-external", "access_key_secret": "secret"})


def homes(cases: Sequence[Case], folder: Path) -> list[Path]:
    """Write each case into a home folder of its own."""
    found = []
    for index, case in enumerate(cases):
        home = folder / f"home{index}"
        home.mkdir()
        (home / "token").write_text("token", encoding="utf-8")
        (home / "process.json").write_text(PROCESS, encoding="utf-8")
        (home / "external.json").write_text(EXTERNAL, encoding="utf-8")
        (home / TOLD).write_text(json.dumps(case.write(home)), encoding="utf-8")
        found.append(home)
    return found


def ask(
    command: Sequence[str | Path], places: Sequence[Path], folder: Path, path: Path | None = None
) -> list[dict[str, str | None]]:
    """Run a program that answers all cases of a file at once; `path` is put before what it imports."""
    told = folder / "cases.json"
    told.write_text(f"[{','.join((home / TOLD).read_text(encoding='utf-8') for home in places)}]", encoding="utf-8")
    environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    run = subprocess.run([*command, told], env=environment, capture_output=True, text=True, check=False, timeout=500)
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout)


def python(name: str) -> list[str | Path]:
    """Give the command that runs a program beside this module."""
    return [sys.executable, Path(__file__).with_name(f"{name}.py")]


def simulated(sdk: str, case: Case, home: Path) -> Outcome:
    """Give the one end that the simulation sees in a case of which all is known."""
    (outcome,) = simulate(case.environment(str(home)), load_chains()[sdk]).outcomes
    return outcome


def end(outcome: Outcome) -> str | None:
    """Give the provider that answers, the error that ends the search, or None."""
    return outcome.error if outcome.answer is Answer.STOP else outcome.provider or None
