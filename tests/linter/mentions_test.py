"""A variable that the project's own code reads is no misspelling, and its token is not ignored."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from credlint.cli import main
from credlint.linter import mentions
from credlint.linter.mentions import Mentions
from credlint.linter.project import Disk

COMPOSE = """services:
  upload:
    image: registry.example.org/upload
    command: sh bin/start.sh
    environment:
      OSS_ACCESS_KEY_ID: ${UPLOAD_KEY_ID}
      OSS_SECRET_ACCESS_KEY: ${UPLOAD_SECRET}
"""


@pytest.mark.parametrize(
    ("name", "text", "status"),
    [
        ("upload.go", 'os.Getenv("OSS_SECRET_ACCESS_KEY")', 0),
        ("bin/upload.sh", "upload --secret $OSS_SECRET_ACCESS_KEY", 0),
        ("bin/other.sh", "upload --secret $OSS_SECRET_ACCESS_KEY", 1),
        ("upload.go", 'os.Getenv("OSS_SECRET_ACCESS_KEY_FILE")', 1),
        ("README.md", "Set OSS_SECRET_ACCESS_KEY.", 1),
        ("node_modules/upload.js", "process.env.OSS_SECRET_ACCESS_KEY", 1),
    ],
)
def test_own_names(name: str, text: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "compose.yaml").write_text(COMPOSE, encoding="utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "start.sh").write_text(". bin/upload.sh", encoding="utf-8")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["check", "--isolated", "--select", "misspelled-credential-variable", "compose.yaml"]) == status


@pytest.mark.parametrize(("name", "status"), [("OSS_SECURITY_TOKEN", 0), ("OSS_SESSION_TOKEN", 1)])
def test_a_token_that_the_program_reads(
    name: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = COMPOSE.replace("OSS_SECRET_ACCESS_KEY", "OSS_ACCESS_KEY_SECRET")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "compose.yaml").write_text(f"{compose}      OSS_SECURITY_TOKEN: ${{UPLOAD_TOKEN}}\n", encoding="utf-8")
    (tmp_path / "upload.py").write_text(f'import os\n\nTOKEN = os.environ["{name}"]\n', encoding="utf-8")
    assert main(["check", "--isolated", "--select", "ignored-session-token", "compose.yaml"]) == status


def test_what_is_looked_at_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.py").write_text("ONE_NAME", encoding="utf-8")
    (tmp_path / "b.py").write_text("OTHER_NAME" + " " * 100, encoding="utf-8")
    (tmp_path / "c.py").symlink_to(tmp_path / "nowhere")
    path = str(tmp_path / "compose.yaml")
    found = Mentions(Disk())
    assert [found.mentions(path, name) for name in ("ONE_NAME", "OTHER_NAME", "THIRD_NAME")] == [True, True, False]
    monkeypatch.setattr(mentions, "_MAXIMUM_SIZE", 100)
    assert not Mentions(Disk()).mentions(path, "OTHER_NAME")
    monkeypatch.setattr(mentions, "_MAXIMUM_FILES", 0)
    assert not Mentions(Disk()).mentions(path, "ONE_NAME")


def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.py").write_text("ONE_NAME", encoding="utf-8")

    def refuse(path: object, *_: object) -> int:
        raise PermissionError(path)

    monkeypatch.setattr(os, "open", refuse)
    assert not Mentions(Disk()).mentions(str(tmp_path / "compose.yaml"), "ONE_NAME")
