"""Names of the outside world are data under rules/: no string literal in credlint/ equals one of them."""

from __future__ import annotations

import ast
import builtins
import enum
import re
from collections.abc import Iterator

import pytest
import yaml

from credlint.catalogue import types
from credlint.catalogue.callables import Shape
from credlint.catalogue.entry_fields import PARAMETER_ROLES
from credlint.catalogue.load import load_catalogue
from credlint.catalogue.load_chains import load_chains
from credlint.model import chains, facts, finding, values
from tests.tree import ROOT

# (literal, module) -> why it stands there all the same.
ALLOWED: dict[tuple[str, str], str] = {
    ("check_output", "credlint.extract.python.processes"): "gives the text itself, where its siblings give an object",
    ("aws-session-token", "credlint.catalogue.examples"): "a marker of the examples",
    (
        "os.environ",
        "credlint.extract.python.notes.environment",
    ): "the name of the sink in messages; what it is, python.yaml says",
}

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in sorted((ROOT / "credlint").rglob("*.py"))
}


def shape_names(shape: Shape | None) -> Iterator[str]:
    if shape:
        yield from shape.path
        for _, names in shape.fields:
            yield from names


def outside_names() -> set[str]:
    """Give every name of a variable, callable, parameter, field, operation or action of the catalogue."""
    catalogue = load_catalogue()
    names = set(catalogue.variables) | set(catalogue.callables) | set(catalogue.types) | set(catalogue.objects)
    for entry in catalogue.callables.values():
        names |= {name.rpartition(".")[2] for name in entry.names}
        names |= {keyword for _, slot in entry.parameters for keyword in slot.keywords}
        names |= {key for _, keys in entry.options for _, found in keys for key in found}
        names |= set(shape_names(entry.shape))
    for kind in catalogue.types.values():
        names |= {name for name, _ in kind.attributes} | set(shape_names(kind.shape))
    for operation in catalogue.operations.values():
        names |= {operation.id, operation.name, *operation.methods, *(keyword for _, keyword in operation.parameters)}
        names |= set(shape_names(operation.shape))
    for path in sorted((ROOT / "rules" / "actions").glob("*.yaml")):
        action = yaml.safe_load(path.read_text(encoding="utf-8"))
        called = [action["action"]] if isinstance(action["action"], str) else action["action"]
        names |= {*called, *action["inputs"].values(), *action.get("variables", {}).values()}
    for chain in load_chains().values():
        named = [*chain.settings, *(pair for one in chain.providers for pair in (*one.variables, *one.settings))]
        names |= {name for _, found in named for name in found} | set(chain.profile) | set(dict(chain.sources))
        names |= {one.name for one in chain.providers} | {text.partition(": ")[0] for _, text in chain.errors} - vars(
            builtins
        ).keys()
        names |= {setting for one in chain.providers for _, kind in one.types for setting, _ in kind.needs}
        names |= {path.variable for _, path in chain.files} | set(chain.hosts)
    names.discard("")
    # A word in lower case alone, such as `key` or `message`, cannot be told from any other use of it.
    return {name for name in names if not re.fullmatch("[a-z]+", name)}


def own_words() -> set[str]:
    """Give the words of the model and of the schema of rules/, which the catalogue's names may happen to equal."""
    kinds = [
        kind
        for room in (chains, facts, finding, types, values)
        for kind in vars(room).values()
        if isinstance(kind, enum.EnumMeta)
    ]
    return {str(member.value) for kind in kinds for member in kind} | PARAMETER_ROLES | set(types.ProfileForm.__slots__)


OUTSIDE = outside_names() - own_words()


def literals(module: str) -> Iterator[str]:
    """Give the string literals of a module, less its docstrings and the names that it exports."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    described = {id(body.value) for body in bodies if isinstance(body, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            described |= {id(inner) for inner in ast.walk(node.value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.value


# Written from rules/, which a test of their freshness holds.
GENERATED = {
    name for name in MODULES if name.startswith(("credlint.catalogue.recognised", "credlint.catalogue.compiled."))
}


@pytest.mark.parametrize("module", sorted(MODULES.keys() - GENERATED))
def test_no_literal_is_a_name_of_the_catalogue(module: str) -> None:
    found = {literal for literal in literals(module) if literal in OUTSIDE}
    assert not {literal for literal in found if (literal, module) not in ALLOWED}


def test_every_exception_is_needed_and_has_a_reason() -> None:
    assert not {place for place in ALLOWED if place[0] not in OUTSIDE or place[0] not in literals(place[1])}
    assert all(ALLOWED.values())
