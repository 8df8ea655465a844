"""Wheel, sdist and editable, each installed into a clean environment: the command works and finds its rules."""

from __future__ import annotations

import re
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import credlint
from tests.tree import copy_tree, run

pytestmark = pytest.mark.slow

FORMS = ("wheel", "sdist", "editable")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with wheel and sdist in dist/; the wheel is made from the sdist, as `build` does."""
    folder = copy_tree(tmp_path_factory.mktemp("source"))
    done = run([sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist", "."], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module", params=FORMS)
def programs(request: pytest.FixtureRequest, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a clean environment into which one form was installed."""
    form = {"wheel": next(source.glob("dist/*.whl")), "sdist": next(source.glob("dist/*.tar.gz")), "editable": source}
    folder = tmp_path_factory.mktemp(request.param)
    run([sys.executable, "-m", "virtualenv", "-q", str(folder)], source).check_returncode()
    python = next(path for path in (folder / "bin/python", folder / "Scripts/python.exe") if path.exists())
    editable = ["--editable"] if request.param == "editable" else []
    done = run([str(python), "-m", "pip", "install", "-q", *editable, str(form[request.param])], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return python.parent


def test_command_finds_its_rules(programs: Path, tmp_path: Path) -> None:
    done = run([str(programs / "credlint"), "explain", "temporary-key-without-token"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "temporary-key-without-token" in done.stdout
    assert "AccessKeyId" in done.stdout


def test_module_runs(programs: Path, tmp_path: Path) -> None:
    done = run([str(programs / "python"), "-m", "credlint", "--version"], tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"credlint {credlint.__version__}\n", "")


def test_installed_command_checks(programs: Path, source: Path) -> None:
    done = run([str(programs / "credlint"), "check", "examples/incidents", "--output-format", "concise"], source)
    assert done.returncode == 1, done.stderr
    assert "[temporary-key-without-token]" in done.stdout


def test_archives_hold_what_they_should(source: Path) -> None:
    wheel = zipfile.ZipFile(next(source.glob("dist/*.whl"))).namelist()
    tops = {name.split("/")[0] for name in wheel}
    assert tops == {"credlint", f"credlint-{credlint.__version__}.dist-info"}
    assert {"credlint/py.typed", "credlint/rules/checks/temporary-key-without-token.yaml"} <= set(wheel)
    with tarfile.open(next(source.glob("dist/*.tar.gz"))) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "rules/checks/temporary-key-without-token.yaml", "tests/tree.py"} <= names
    assert not {name for name in names if re.match(r"credlint/rules/", name)}
