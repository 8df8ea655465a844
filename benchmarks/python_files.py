"""Measure what reading a Python file costs beside LibCST: `python benchmarks/python_files.py FOLDER`.

Over the files of 200 lines and more that name something of the catalogue: CPU milliseconds per 1,000 lines, with
the time inside LibCST (parsing, and generating code for positions) taken off. Imports are followed as in a run over the
whole folder. With `--sample` so many files are drawn (the same ones each time). Machines differ: compare two runs of
one session.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import libcst as cst

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.read import extract
from credlint.extract.triage import is_relevant
from credlint.linter.project import Disk, FileProject
from credlint.model.project import Settings

_LEAST_LINES = 200
_SEED = 3
_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


class _Inside:
    """Adds up the CPU seconds spent inside functions of LibCST, nested calls once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0

    def timed(self, function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
        def run(*args: _Given.args, **keywords: _Given.kwargs) -> _Result:
            self._depth += 1
            start = time.process_time()
            try:
                return function(*args, **keywords)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.process_time() - start

        return run


def _files(sample: int | None) -> list[tuple[Path, bytes]]:
    """Give the files to measure, below the working directory, with their bytes."""
    found = [(path, path.read_bytes()) for path in sorted(Path().rglob("*.py")) if path.is_file()]
    kept = [(path, data) for path, data in found if data.count(b"\n") >= _LEAST_LINES and is_relevant(data)]
    if sample is None or sample >= len(kept):
        return kept
    return sorted(random.Random(_SEED).sample(kept, sample))  # noqa: S311 - a sample, no secret


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int, metavar="N", help="measure N of the files only")
    parser.add_argument("--show", type=int, default=5, metavar="N", help="name the N dearest files")
    arguments = parser.parse_args()
    os.chdir(arguments.folder)
    inside = _Inside()
    cst.parse_module = inside.timed(cst.parse_module)
    cst.Module._codegen = inside.timed(cst.Module._codegen)  # type: ignore[method-assign] # noqa: SLF001
    catalogue = load_catalogue()
    disk = Disk()
    rows = []
    for path, data in _files(arguments.sample):
        lines = data.count(b"\n")
        name = path.as_posix()
        inside.seconds = 0.0
        start = time.process_time()
        extract(name, data.decode("utf-8", "replace"), catalogue, FileProject(name, disk), Settings())
        spent = time.process_time() - start
        rows.append(((spent - inside.seconds) * 1e6 / lines, spent * 1e3, lines, name))
    rows.sort()
    if not rows:
        parser.error("no file of 200 lines there names anything of the catalogue")
    for share in (50, 90, 95, 100):
        print(f"percentile {share}: {rows[(len(rows) - 1) * share // 100][0]:.0f} ms per 1,000 lines beside LibCST")
    total = sum(row[1] for row in rows)
    print(f"{len(rows)} files, {sum(row[2] for row in rows)} lines, {total / 1e3:.1f} s CPU in all")
    for per_line, whole, lines, name in reversed(rows[max(len(rows) - arguments.show, 0) :]):
        print(f"  {per_line:.0f} ms per 1,000 lines, {whole:.0f} ms in all, {lines} lines: {name}")


if __name__ == "__main__":
    main()
