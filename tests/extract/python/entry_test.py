"""Where a program starts, and whether it asks there who it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.python.read import extract
from credlint.linter.project import Disk, FileProject
from credlint.model.facts import EntryKind, EntryPoint
from credlint.model.project import Settings

MAKES = "import boto3\ns3 = boto3.client('s3')\n"
GUARD = "if __name__ == '__main__':\n    s3.list_buckets()\n"
SESSION = "return boto3.Session()"
ASKS = "import boto3\n\ndef ask():\n    return boto3.client('sts').get_caller_identity()\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the empty root of a project, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    return tmp_path


def entry(text: str, path: str = "main.py") -> EntryPoint | None:
    return extract(path, text, load_catalogue(), FileProject(path, Disk()), Settings()).entry


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (MAKES + GUARD, [EntryKind.SCRIPT]),
        (MAKES + "if '__main__' == __name__:\n    pass\n", [EntryKind.SCRIPT]),
        (MAKES + "import flask\napp = flask.Flask('x')\n", [EntryKind.APPLICATION]),
        (MAKES + "from flask import Flask as Web\napp = Web('x')\n", [EntryKind.APPLICATION]),
        (MAKES + "import falcon.asgi\napp = falcon.asgi.App()\n", [EntryKind.APPLICATION]),
        (MAKES + f"def lambda_handler(event, context): {SESSION}\n", [EntryKind.HANDLER]),
        (
            MAKES + f"from flask import Flask\ndef handler(event, context): {SESSION}\napp = Flask('x')\n{GUARD}",
            [EntryKind.HANDLER, EntryKind.SCRIPT, EntryKind.APPLICATION],
        ),
    ],
)
def test_kinds(text: str, kinds: list[EntryKind], project: Path) -> None:
    found = entry(text)
    assert found == EntryPoint(tuple(kinds), checked=False, anonymous=False)


@pytest.mark.parametrize(
    "text",
    [
        MAKES,
        GUARD,
        MAKES + "from flask import Flask\n",
        MAKES + "from flask import Flask\ndef make() -> Flask: ...\n",
        MAKES + "from .flask import Flask\napp = Flask('x')\n",
        MAKES + "from another import Flask\napp = Flask('x')\n",
        MAKES + "print(__name__)\n",
        MAKES + "class A:\n    main = __name__ == '__main__'\n",
    ],
)
def test_what_is_no_start(text: str, project: Path) -> None:
    assert entry(text) is None


def test_a_test_is_no_start(project: Path) -> None:
    assert entry(MAKES + GUARD, "test_main.py") is None


@pytest.mark.parametrize(
    "imports",
    [
        "import identity\n",
        "from identity import ask\n",
        "from identity import *\n",
        "def main():\n    import identity\n",
        "import package.identity\n",
        "import package.identity as own\n",
        "from package import identity\n",
        "from package.identity import ask\n",
        "import middle\n",
        "from middle import something\n",
        "import circle\n",
    ],
)
def test_a_module_of_the_project_asks(imports: str, project: Path) -> None:
    (project / "package").mkdir()
    (project / "package" / "__init__.py").write_text("")
    (project / "package" / "identity.py").write_text(ASKS)
    (project / "identity.py").write_text(ASKS)
    (project / "middle.py").write_text("from package.identity import ask\n")
    (project / "circle.py").write_text("import circle, middle\n")
    deep = imports == "import circle\n"
    found = entry(imports + MAKES + GUARD)
    assert found
    assert found.checked is not deep


def test_a_relative_import(project: Path) -> None:
    (project / "package").mkdir()
    (project / "package" / "__init__.py").write_text("")
    (project / "package" / "identity.py").write_text(ASKS)
    for text in ("from . import identity\n", "from .identity import ask\n"):
        found = entry(text + MAKES + GUARD, "package/main.py")
        assert found
        assert found.checked


@pytest.mark.parametrize("text", ["x = (\n", "import os, json, requests\n", "from .. import nothing\n"])
def test_a_module_that_does_not_ask(text: str, project: Path) -> None:
    (project / "helper.py").write_text(text)
    found = entry("import helper\n" + MAKES + GUARD)
    assert found
    assert not found.checked


def test_so_many_modules_are_looked_at(project: Path) -> None:
    names = [f"part{number}" for number in range(60)]
    for name in names:
        (project / f"{name}.py").write_text("")
    (project / f"{names[-1]}.py").write_text(ASKS)
    found = entry(f"import {', '.join(names)}\n" + MAKES + GUARD)
    assert found
    assert not found.checked


@pytest.mark.parametrize("word", ["ExpectedBucketOwner", "get_caller_identity"])
def test_the_module_itself_asks(word: str, project: Path) -> None:
    found = entry(f"{MAKES}s3.x({word}=1)\n{GUARD}")
    assert found
    assert found.checked


def test_nobody_signs(project: Path) -> None:
    found = entry(f"from botocore import UNSIGNED\n{MAKES}{GUARD}")
    assert found
    assert found.anonymous
