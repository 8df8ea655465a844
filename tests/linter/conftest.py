"""Fixtures of the linter's tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Imported before the user changes, who may not be able to read the checkout.
import credlint.linter.encoding
import credlint.linter.git
import credlint.linter.patterns  # noqa: F401

_NOBODY = 65534


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a working directory of a user whom permissions bind: the superuser may read everything."""
    folder = Path(tempfile.mkdtemp())
    monkeypatch.chdir(folder)
    superuser = os.geteuid() == 0
    if superuser:
        os.chown(folder, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    try:
        yield folder
    finally:
        if superuser:
            os.seteuid(0)
        for path in folder.rglob("*"):
            path.chmod(0o700)
        shutil.rmtree(folder)
