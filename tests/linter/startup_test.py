"""A run that meets no trigger word stays cheap: what it imports is held here, and what it costs within wide bounds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.tree import ROOT, clean_environment, run

# Each costs milliseconds that nothing in such a run needs.
HEAVY = {"libcst", "yaml", "json", "tomllib", "tomli", "subprocess", "logging", "dataclasses", "credlint.model.finding"}

SCRIPT = """
import sys
from credlint.cli import main
status = main(sys.argv[1:])
print(*sorted(sys.modules))
sys.exit(status)
"""


def imported(folder: Path, *arguments: str, options: tuple[str, ...] = ()) -> set[str]:
    done = run(
        [sys.executable, *options, "-c", SCRIPT, "check", *arguments], folder, measured=False, PYTHONPATH=str(ROOT)
    )
    assert (done.returncode, done.stderr) == (0, "")
    return set(done.stdout.split("\n")[-2].split())


@pytest.mark.parametrize("name", ["a.py", "a.yaml"])
def test_a_file_without_trigger_words_imports_no_parser_and_no_model(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x: 1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    # Without the packages of the environment: a coverage tool that starts with Python has imports of its own.
    assert not imported(tmp_path, name, options=("-S",)) & HEAVY


def test_json_in_which_nothing_is_deployed_imports_no_parser_and_no_model(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"AWS_ACCESS_KEY_ID": "x"}')
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert not imported(tmp_path, "a.json", options=("-S",)) & HEAVY


@pytest.mark.parametrize("text", ["", "catalogue = []\n", 'ignore = ["logged-credentials"]\n'])
def test_a_configuration_without_own_descriptions_imports_no_yaml(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "credlint.toml").write_text(text)
    modules = imported(tmp_path, "a.py")
    assert "credlint.config.toml" in modules
    assert not {"yaml", "libcst", "credlint.catalogue.build"} & modules


def test_python_alone_does_not_need_the_parser_of_yaml_events(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import boto3\n")
    modules = imported(tmp_path, "a.py")
    assert not [name for name in modules if name.startswith("credlint.extract.deployment")]


def test_yaml_alone_needs_neither_the_parser_of_python_nor_dataclasses(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("services:\n  a:\n    image: a\n    environment: {AWS_PROFILE: dev}\n")
    modules = imported(tmp_path, "a.yaml")
    assert "credlint.extract.deployment.read" in modules
    assert not {"libcst", "dataclasses", "inspect"} & modules
    # What rules/ say of deployments is compiled.
    assert not {"credlint.catalogue.build", "credlint.catalogue.read_deployments"} & modules


def test_checks_of_kinds_that_nothing_is_of_are_not_imported(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("services:\n  a:\n    image: a\n    environment: {AWS_PROFILE: dev}\n")
    modules = imported(tmp_path, "a.yaml")
    assert "credlint.checks.conflicting_profiles" in modules
    assert "credlint.checks.presigned_url_outlives_credentials" not in modules


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the processor time of one child is known on POSIX only")
def test_a_file_without_trigger_words_costs_little_over_python_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1\n" * 1000)
    bare = min(_milliseconds("-c", "pass") for _ in range(5))
    whole = min(_milliseconds("-m", "credlint", "check", str(path)) for _ in range(5))
    # 30 ms over Python's own 10 where this was written; the bar is 60 in all, and machines differ.
    assert whole - bare < 5 * bare


def _milliseconds(*arguments: str) -> float:
    """Give the processor time of a run of Python, user and system."""
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, *arguments],
        clean_environment(measured=False, PYTHONPATH=str(ROOT)),
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    assert status == 0
    return (usage.ru_utime + usage.ru_stime) * 1000
