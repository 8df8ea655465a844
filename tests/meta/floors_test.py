"""The floors: a module imports only from lower floors or its own room; parsers are used only where trees are read."""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterator

import pytest

from tests.tree import ROOT

# Room -> floor. A module belongs to the longest name that it begins with.
FLOORS = {
    "credlint": -1,
    "credlint.model": 0,
    "credlint.catalogue": 1,
    "credlint.config": 2,
    "credlint.credentials": 2,
    "credlint.extract": 2,
    "credlint.extract.triage": 3,
    "credlint.extract.text": 3,
    "credlint.extract.python": 4,
    "credlint.extract.deployment": 4,
    "credlint.link": 5,
    "credlint.checks": 6,
    "credlint.fix": 7,
    "credlint.report": 7,
    "credlint.linter": 8,
    "credlint.server": 9,
    "credlint.cli": 10,
    "credlint.__main__": 11,
}

# Parser -> the rooms that may import it.
PARSERS = {
    "ast": {"credlint.extract.python"},
    "libcst": {"credlint.extract.python"},
    "symtable": set(),
    "tokenize": {"credlint.extract.python"},
    "yaml": {"credlint.catalogue", "credlint.extract.deployment"},
    "tomllib": {"credlint.config"},
    "tomli": {"credlint.config"},
}

# What a room of pure functions may not import: it would read files, the environment, the clock or other processes.
OUTSIDE = {"io", "os", "pathlib", "shutil", "socket", "subprocess", "sys", "tempfile", "time"}
PURE = {"credlint.model", "credlint.credentials", "credlint.checks", "credlint.link", "credlint.report"}

FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "credlint").rglob("*.py"))
}


def room(module: str) -> str:
    parts = module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next(name for name in names if name in FLOORS)


def imports(module: str) -> Iterator[str]:
    """Give every module that a module imports, inside functions too; those of credlint down to the module."""
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            source = node.module or ""
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                yield inner if inner in FILES else source


def own(module: str) -> set[str]:
    """Give the modules of credlint that a module imports."""
    return {name for name in imports(module) if name.split(".")[0] == "credlint"}


@pytest.mark.parametrize("module", FILES)
def test_module_stands_in_a_room(module: str) -> None:
    name = room(module)
    assert name == module or (ROOT / name.replace(".", "/")).is_dir(), f"{module} stands in no room"
    assert (name == "credlint") == (module == "credlint"), f"{module} stands in no room"


@pytest.mark.parametrize("module", FILES)
def test_imports_go_down(module: str) -> None:
    here = room(module)
    upward = {name for name in own(module) if room(name) != here and FLOORS[room(name)] >= FLOORS[here]}
    assert not upward


@pytest.mark.parametrize("module", FILES)
def test_imports_of_credlint_exist(module: str) -> None:
    assert own(module) <= FILES.keys()


def test_imports_have_no_cycle() -> None:
    tuple(graphlib.TopologicalSorter({module: own(module) for module in FILES}).static_order())


@pytest.mark.parametrize("module", FILES)
def test_parsers_stay_in_their_rooms(module: str) -> None:
    used = {name.split(".")[0] for name in imports(module)}
    assert not {parser for parser in used & PARSERS.keys() if room(module) not in PARSERS[parser]}


@pytest.mark.parametrize("module", [module for module in FILES if room(module) in PURE])
def test_pure_rooms_touch_nothing_outside(module: str) -> None:
    assert not {name.split(".")[0] for name in imports(module)} & OUTSIDE
