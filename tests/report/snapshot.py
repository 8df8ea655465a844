"""Compares text with the file that holds what it should be; CREDLINT_UPDATE=1 writes that file instead."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "snapshots"


def assert_snapshot(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("CREDLINT_UPDATE") == "1":
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode(), f"{name} differs; CREDLINT_UPDATE=1 rewrites it, then read the diff"
