"""Files of variables that a document names: shown, but for what is secret in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.linter.gather import RunRequest
from credlint.linter.run import run
from tests.markers import render

COMPOSE = """services:
  upload:
    image: registry.example/upload:3
    env_file: upload.env
    environment:
      AWS_PROFILE: sandbox
    volumes: ["~/.aws:/root/.aws:ro"]
"""


def test_secrets_of_a_file_of_variables_are_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "compose.yaml").write_text(COMPOSE, encoding="utf-8")
    key, secret = render("@@aws-key-id@@"), render("@@aws-secret@@")
    lines = f"# keys\nAWS_ACCESS_KEY_ID={key}\nexport AWS_SECRET_ACCESS_KEY='{secret}'\n"
    (tmp_path / "upload.env").write_text(lines, encoding="utf-8")
    report = run(RunRequest(paths=(".",), isolated=True))
    (found,) = [one for one in report.findings if one.rule == "profile-with-explicit-keys"]
    assert (found.region.path, found.region.line) == ("compose.yaml", 4)
    places = {(one.region.path, one.region.line) for one in (*found.related, *found.trace)}
    assert places & {("upload.env", 2), ("compose.yaml", 6)}
    shown = repr(report)
    assert secret not in shown
    assert key not in shown


def test_a_finding_names_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "compose.yaml").write_text(COMPOSE.replace("AWS_PROFILE: sandbox", "AWS_REGION: x"), encoding="utf-8")
    key = render("@@aws-temporary-key-id@@")
    (tmp_path / "upload.env").write_text(f"AWS_ACCESS_KEY_ID={key}\nAWS_SECRET_ACCESS_KEY=$S\n", encoding="utf-8")
    report = run(RunRequest(paths=("compose.yaml",), isolated=True))
    (found,) = [one for one in report.findings if one.rule == "temporary-key-without-token"]
    assert (found.region.path, found.region.line) == ("compose.yaml", 4)
    assert ("upload.env", 1) in {(one.region.path, one.region.line) for one in (*found.related, *found.trace)}
    assert key not in repr(report)
