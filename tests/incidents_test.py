"""The upload service of examples/: every incident is found where it stands, and its repaired twin is silent."""

from __future__ import annotations

import json
import sys

from tests.tree import ROOT, run

# (rule, file below examples/incidents, line)
INCIDENTS = [
    ("static-keys-shadow-role", ".github/workflows/publish.yml", 20),
    ("profile-with-explicit-keys", "compose.yaml", 6),
    ("profile-with-role", "deploy/archive.yaml", 29),
    ("parent-key-for-data-access", "uploader/archive.py", 17),
    ("temporary-key-without-token", "uploader/buckets.py", 16),
    ("temporary-key-without-token", "uploader/buckets.py", 32),
    ("session-duration-too-short", "uploader/links.py", 6),
]


def check(folder: str) -> tuple[int, list[tuple[str, str, int]]]:
    """Give the exit status of `credlint check` on a folder and what it found: rule, file below the folder, line."""
    command = [sys.executable, "-m", "credlint", "check", folder, "--output-format", "json"]
    done = run(command, ROOT)
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert report["problems"] == []
    found = [(one["rule"], one["path"].removeprefix(f"{folder}/"), one["line"]) for one in report["findings"]]
    return done.returncode, found


def test_incidents_are_found() -> None:
    assert check("examples/incidents") == (1, INCIDENTS)


def test_repaired_service_is_silent() -> None:
    assert check("examples/repaired") == (0, [])


def test_both_services_have_the_same_files() -> None:
    incidents, repaired = (
        {path.relative_to(folder) for path in folder.rglob("*") if path.suffix in {".py", ".yaml", ".yml"}}
        for folder in (ROOT / "examples/incidents", ROOT / "examples/repaired")
    )
    assert incidents == repaired
