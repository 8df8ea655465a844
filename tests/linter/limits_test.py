"""Files that nobody should wait for: a run over one ends soon, in bounded memory, and says what was not read."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tree import ROOT, clean_environment

resource = pytest.importorskip("resource", reason="limits of a child are set on POSIX only")

MEGABYTE = 1_000_000
SECONDS = 10

LAUGHS = "a0: &a0 {AWS_ACCESS_KEY_ID: x}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 1_200)
)
SHARED = (
    "x: &a0 {image: x, environment: {AWS_ACCESS_KEY_ID: a, AWS_PROFILE: b}}\n"
    + "".join(f"x{n}: &a{n} {{a: {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}}}\n" for n in range(1, 30))
    + "services: *a29\n"
)
CONTAINERS = (
    "apiVersion: v1\nkind: Pod\nx: &a0 [{name: c, image: x, env: [{name: AWS_PROFILE, value: x}]}]\n"
    + "".join(f"x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    + "spec: {containers: *a29}\n"
)
POD = (
    "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: c\n      image: x\n"
    "      env: [{name: AWS_PROFILE, value: x}, {name: AWS_ACCESS_KEY_ID, value: y}]\n"
)


def filled(text: str, size: int) -> Callable[[], str]:
    return lambda: text * (size // len(text))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (filled(POD, 20 * MEGABYTE), "larger than the 5 MB"),
        (filled("AWS_PROFILE: x\n", 4_900_000), "more nodes"),
        (filled(POD, 3 * MEGABYTE), "more nodes"),
        (filled("[AWS_PROFILE, ", 4_900_000), "deeper"),
        (filled("AWS_PROFILE\n", 4_900_000), ""),
        (lambda: LAUGHS, ""),
        (lambda: SHARED, ""),
        (lambda: CONTAINERS, ""),
    ],
    ids=["large", "flat", "pods", "deep", "scalar", "laughs", "merged", "listed"],
)
def test_a_run_is_bounded(tmp_path: Path, text: Callable[[], str], said: str) -> None:
    (tmp_path / "compose.yaml").write_text(text())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (500 * MEGABYTE, 500 * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    done = subprocess.run(
        [sys.executable, "-m", "credlint", "check", "--isolated", "--output-format", "concise", "compose.yaml"],
        cwd=tmp_path, env=clean_environment(measured=False, PYTHONPATH=str(ROOT)), capture_output=True, text=True,
        preexec_fn=limit, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr
    assert said in done.stdout + done.stderr
