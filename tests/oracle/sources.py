"""Signatures read from the source of SDKs that are unpacked but not imported, because they need too much else.

`make test` unpacks the packages of the group `sources`, without their dependencies, into the folder `sources` of the
environment; nothing there is on the path of any import.
"""

from __future__ import annotations

import ast
import functools
import inspect
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.tree import ROOT as PROJECT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(sys.prefix) / "sources"

NOT_INSTALLED = {
    "pyspark": "brings all of Spark (400 MB); https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/",
}
"""Distributions of rules/sdks that are neither installed nor unpacked, and why."""

_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_SUFFIXES = ("/__init__.py", ".py", "/__init__.pyi", ".pyi", ".pyx")
_STUB = re.compile(r"^    def __init__\((?P<parameters>.*?)\):$", re.MULTILINE | re.DOTALL)


@functools.cache
def unpacked() -> frozenset[str]:
    """Give the distributions of the group `sources`."""
    listed = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["sources"]
    return frozenset(re.split(r"[>=<]", one)[0] for one in listed)


def is_unpacked(distribution: str) -> bool:
    """Tell whether a distribution is of the group `sources`."""
    return distribution.replace("_", "-") in unpacked()


@dataclass(frozen=True)
class Found:
    """A definition, the module that holds it, and the class whose member it is."""

    node: _DEFINITION
    module: str
    owner: ast.ClassDef | None = None


@functools.cache
def module(name: str) -> ast.Module | None:
    """Parse a module, or None where there is none of that name."""
    for suffix in _SUFFIXES:
        path = ROOT / (name.replace(".", "/") + suffix)
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # escapes of other people's strings
                return ast.parse(_cython(text) if suffix == ".pyx" else text)
    return None


def _cython(text: str) -> str:
    """Give the classes of a Cython module with their constructors, which are plain Python."""
    classes = re.split(r"^cdef class |^class ", text, flags=re.MULTILINE)[1:]
    bodies = []
    for one in classes:
        found = _STUB.search(one)
        name = re.match(r"\w+", one)
        if found and name:
            plain = re.sub(r"\bbint ", "", found["parameters"])
            bodies.append(f"class {name.group()}:\n    def __init__({plain}): ...\n")
    return "".join(bodies)


def find(name: str) -> Found | None:
    """Find a definition by its qualified name, through what modules import and classes inherit."""
    parts = name.split(".")
    for end in range(len(parts) - 1, 0, -1):
        holder = ".".join(parts[:end])
        if module(holder) is not None:
            return _member(holder, parts[end:], frozenset())
    return None


def _member(holder: str, parts: list[str], seen: frozenset[tuple[str, str]]) -> Found | None:
    tree = module(holder)
    if tree is None or (holder, parts[0]) in seen:
        return None
    seen |= {(holder, parts[0])}
    for node in _statements(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() if node.name == parts[0]:
                return _inside(Found(node, holder), parts[1:], seen)
            case ast.ImportFrom():
                for alias in node.names:
                    source = _imported(holder, node)
                    if (alias.asname or alias.name) == parts[0]:
                        if module(f"{source}.{alias.name}") is not None and len(parts) > 1:
                            return _member(f"{source}.{alias.name}", parts[1:], seen)
                        return _member(source, [alias.name, *parts[1:]], seen)
                    if alias.name == "*" and (found := _member(source, parts, seen)):
                        return found
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Name(id=value)) if target == parts[0]:
                return _member(holder, [value, *parts[1:]], seen)
            case _:
                pass
    return None


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Give the statements of a module, those in `if` and `try` included; later definitions first."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.If | ast.Try):
            waiting += node.body


def _imported(holder: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    is_package = any((ROOT / (holder.replace(".", "/") + suffix)).is_file() for suffix in _SUFFIXES[::2][:2])
    parts = holder.split(".")
    parts = parts[: len(parts) - node.level + is_package]
    return ".".join([*parts, *([node.module] if node.module else [])])


def _inside(found: Found, parts: list[str], seen: frozenset[tuple[str, str]]) -> Found | None:
    if not parts:
        return found
    if not isinstance(found.node, ast.ClassDef):  # a function inside a function
        inner = (node for node in found.node.body if isinstance(node, ast.FunctionDef) and node.name == parts[0])
        return next((Found(node, found.module) for node in inner), None)
    for node in reversed(found.node.body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == parts[0]:
            return Found(node, found.module, found.node)
    for base in found.node.bases:
        inherited = _member(found.module, ast.unparse(base).partition("[")[0].split("."), seen)
        if inherited and (member := _inside(inherited, parts, seen)):
            return member
    return None


def parameters(name: str) -> list[inspect.Parameter]:
    """Give the parameters of a function, method or class (its constructor), the receiver left out."""
    found = find(name)
    assert found, f"{name} is not there"
    if isinstance(found.node, ast.ClassDef):
        constructor = _inside(found, ["__init__"], frozenset()) or _inside(found, ["__new__"], frozenset())
        if constructor is None:
            return _fields(found.node)
        found = constructor
    node = found.node
    assert not isinstance(node, ast.ClassDef)
    given = [
        *(inspect.Parameter(one.arg, inspect.Parameter.POSITIONAL_ONLY) for one in node.args.posonlyargs),
        *(inspect.Parameter(one.arg, inspect.Parameter.POSITIONAL_OR_KEYWORD) for one in node.args.args),
        *([inspect.Parameter(node.args.vararg.arg, inspect.Parameter.VAR_POSITIONAL)] if node.args.vararg else []),
        *(inspect.Parameter(one.arg, inspect.Parameter.KEYWORD_ONLY) for one in node.args.kwonlyargs),
        *([inspect.Parameter(node.args.kwarg.arg, inspect.Parameter.VAR_KEYWORD)] if node.args.kwarg else []),
    ]
    is_static = any(ast.unparse(one) == "staticmethod" for one in node.decorator_list)
    return given[1:] if found.owner and not is_static else given


def fields(name: str) -> set[str]:
    """Give the annotated fields of a class, whatever its constructor; a function has none."""
    found = find(name)
    assert found, f"{name} is not there"
    return {one.name for one in _fields(found.node)} if isinstance(found.node, ast.ClassDef) else set()


def attributes(name: str) -> set[str]:
    """Give the attributes that the methods of a class assign."""
    found = find(name)
    assert found, f"{name} is not there"
    return {
        one.attr for one in ast.walk(found.node) if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store)
    }


def quoted(name: str) -> set[str]:
    """Give the texts that a module holds as constants."""
    tree = module(name)
    assert tree, f"{name} is not there"
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _fields(node: ast.ClassDef) -> list[inspect.Parameter]:
    """Give the annotated fields of a record (a TypedDict, a dataclass)."""
    return [
        inspect.Parameter(one.target.id, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        for one in node.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    ]
