"""Every text of yaml-test-suite is read: facts or problems, no exception, in little time.

The suite is not part of this repository: https://github.com/yaml/yaml-test-suite, its folder `src` named by the
variable CREDLINT_YAML_TEST_SUITE.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from credlint.model.problem import ProblemKind
from tests.extract.deployment.facts import WORKFLOW, read

pytestmark = pytest.mark.external

FOLDER = os.environ.get("CREDLINT_YAML_TEST_SUITE", "")

# How the suite writes what cannot be seen.
_SIGNS = {"␣": " ", "»": "\t", "—": "", "←": "\r", "⇔": "\ufeff", "↵": "", "∎\n": "", "∎": ""}


def texts() -> Iterator[tuple[str, str]]:
    """Give every file of the suite and every document that it holds, with a name."""
    for path in sorted(Path(FOLDER).glob("*.yaml")) if FOLDER else ():
        source = path.read_text(encoding="utf-8")
        yield path.name, source
        for number, case in enumerate(yaml.safe_load(source)):
            for key in ("yaml", "dump", "emit"):
                text = case.get(key)
                if isinstance(text, str):
                    for sign, meant in _SIGNS.items():
                        text = text.replace(sign, meant)
                    yield f"{path.stem}-{number}-{key}", text


@pytest.mark.skipif(not FOLDER, reason="CREDLINT_YAML_TEST_SUITE names no folder")
def test_every_text_is_read() -> None:
    count, slowest = 0, 0.0
    in_part: set[str] = set()
    for name, text in texts():
        count += 1
        lines = text.count("\n") + text.count("\r") + 1
        for path in (WORKFLOW, "compose.yaml", "deploy/values.yaml"):
            start = time.perf_counter()
            problems = read(text, path).problems
            slowest = max(slowest, time.perf_counter() - start)
            assert {problem.kind for problem in problems} <= {ProblemKind.SYNTAX, ProblemKind.TOO_DEEP}, name
            assert all(0 < problem.line <= lines for problem in problems), name
            in_part.update([name] if problems else [])
    assert count > 300
    assert len(in_part) < count / 5  # the suite has texts that are wrong on purpose, and YAML 1.2
    assert slowest < 2
