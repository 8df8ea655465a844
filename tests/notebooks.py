"""Notebooks for tests: the JSON around cells that are given as text."""

from __future__ import annotations

import json
from typing import NamedTuple


class Ran(NamedTuple):
    """A code cell with what it printed."""

    source: str
    printed: str


class Other(NamedTuple):
    """A cell of another kind."""

    kind: str
    source: str


def notebook(*cells: str | Ran | Other, language: str = "python", indent: int | None = 1) -> str:
    """Give a notebook of nbformat 4."""
    document = {
        "cells": [_cell(cell) for cell in cells],
        "metadata": {"kernelspec": {"language": language, "name": language}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(document, indent=indent) + "\n"


def _cell(cell: str | Ran | Other) -> dict[str, object]:
    if isinstance(cell, Other):
        return {"cell_type": cell.kind, "metadata": {}, "source": cell.source.splitlines(keepends=True)}
    source, printed = cell if isinstance(cell, Ran) else (cell, "")
    stream = {"output_type": "stream", "name": "stdout", "text": printed.splitlines(keepends=True)}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [stream] if printed else [],
        "source": source.splitlines(keepends=True),
    }
