"""The published hook under the real pre-commit: it stops a bad commit, and passes a good one and this repository."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tree import clean_environment, commit_all, copy_tree, run

pytestmark = [pytest.mark.precommit, pytest.mark.slow]

PRE_COMMIT = [sys.executable, "-m", "pre_commit"]

BAD = """\
import boto3

answer = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::111122223333:role/upload", RoleSessionName="upload")
keys = answer["Credentials"]
s3 = boto3.client("s3", aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"])
s3.upload_file("report.csv", "reports", "report.csv")
"""
GOOD = BAD.replace('["SecretAccessKey"]', '["SecretAccessKey"], aws_session_token=keys["SessionToken"]')

CONFIGURATION = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: credlint
        exclude: ^examples/incidents/
      - id: credlint-all
        args: [--extend-exclude, examples/incidents]
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with this tree committed, and the commit: what users name in their configuration."""
    folder = copy_tree(tmp_path_factory.mktemp("published"))
    return folder, commit_all(folder)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of hook environments that the tests share."""
    return str(tmp_path_factory.mktemp("home"))


def project(folder: Path, source: str, *, published: tuple[Path, str]) -> Path:
    """Make a repository that uses the hook; its source file is new and staged."""
    folder.mkdir()
    repository, revision = published
    configuration = CONFIGURATION.format(repository=repository, revision=revision)
    (folder / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
    commit_all(folder)
    (folder / "upload.py").write_text(source, encoding="utf-8")
    run(["git", "add", "upload.py"], folder).check_returncode()
    return folder


def test_try_repo(tmp_path: Path, published: tuple[Path, str]) -> None:
    # try-repo builds a hook environment of its own each time, so the two run side by side.
    command = [*PRE_COMMIT, "try-repo", str(published[0]), "credlint", "--ref", published[1], "--all-files"]
    started = [
        subprocess.Popen(
            command,
            cwd=project(tmp_path / name, source, published=published),
            env=clean_environment(TMPDIR=str(tmp_path)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, source in (("bad", BAD), ("good", GOOD))
    ]
    (bad, _), (good, _) = (process.communicate(timeout=300) for process in started)
    assert [process.returncode for process in started] == [1, 0], bad + good
    assert "[temporary-key-without-token]" in bad
    assert "upload.py:5:6" in bad
    assert "credlint" in good
    assert "Passed" in good


def test_git_hook_stops_the_commit(tmp_path: Path, published: tuple[Path, str], home: str) -> None:
    folder = project(tmp_path / "project", BAD, published=published)
    run([*PRE_COMMIT, "install"], folder, PRE_COMMIT_HOME=home).check_returncode()
    before = run(["git", "rev-parse", "HEAD"], folder).stdout

    stopped = run(["git", "commit", "-m", "Upload"], folder, PRE_COMMIT_HOME=home)
    assert stopped.returncode == 1
    assert "[temporary-key-without-token]" in stopped.stdout + stopped.stderr
    assert run(["git", "rev-parse", "HEAD"], folder).stdout == before

    (folder / "upload.py").write_text(GOOD, encoding="utf-8")
    run(["git", "add", "upload.py"], folder).check_returncode()
    run(["git", "commit", "-m", "Upload"], folder, PRE_COMMIT_HOME=home).check_returncode()
    assert run(["git", "rev-parse", "HEAD"], folder).stdout != before


@pytest.mark.parametrize("stage", [["credlint"], ["credlint-all", "--hook-stage", "manual"]])
def test_hook_passes_on_this_repository(
    tmp_path: Path, published: tuple[Path, str], home: str, stage: list[str]
) -> None:
    repository, revision = published
    configuration = tmp_path / "configuration.yaml"
    configuration.write_text(CONFIGURATION.format(repository=repository, revision=revision), encoding="utf-8")
    command = [*PRE_COMMIT, "run", "--all-files", "--config", str(configuration), *stage]
    done = run(command, repository, PRE_COMMIT_HOME=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


@pytest.mark.parametrize("file", ["manifest", "config"])
def test_pre_commit_accepts_our_files(file: str, published: tuple[Path, str]) -> None:
    name = {"manifest": ".pre-commit-hooks.yaml", "config": ".pre-commit-config.yaml"}[file]
    done = run([*PRE_COMMIT, f"validate-{file}", name], published[0])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
