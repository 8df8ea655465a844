"""Questions to the tree alone: what stands within a node, what it binds, how a chain of attributes reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import libcst as cst

_LAYOUT = ("whitespace", "lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "leading_lines", "lines_after")
_LAYOUT_NAMES = frozenset({"comma", "semicolon", "equal", "header", "footer", "trailing_whitespace", "first_line"})


def inside(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Give a node and all within it, functions and classes included; spaces and punctuation are left out."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        for name in _fields(type(one)):
            value = getattr(one, name)
            if isinstance(value, cst.CSTNode):
                waiting.append(value)
            elif isinstance(value, list | tuple):
                waiting += [element for element in value if isinstance(element, cst.CSTNode)]


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """Give the fields of a kind of node that can hold more than spaces and punctuation."""
    return tuple(
        field.name for field in fields(kind) if not field.name.startswith(_LAYOUT) and field.name not in _LAYOUT_NAMES
    )


def path_of(node: cst.BaseExpression) -> str:
    """Give a name, or a chain of attributes of one, as it is written; a "?" stands for any other expression."""
    match node:
        case cst.Attribute(value=inner, attr=cst.Name(value=name)):
            return f"{path_of(inner)}.{name}"
        case cst.Name(value=name):
            return name
        case _:
            return "?"


def targets_in(body: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """Give what the statements of a body bind."""
    for node in inside(body):
        match node:
            case (
                cst.AssignTarget(target=target)
                | cst.AnnAssign(target=target)
                | cst.NamedExpr(target=target)
                | cst.For(target=target)
                | cst.AsName(name=target)
            ):
                yield target
            case _:
                pass


def bound_in(body: cst.CSTNode) -> set[str]:
    """Give the names in all that a body binds."""
    return {inner.value for target in targets_in(body) for inner in inside(target) if isinstance(inner, cst.Name)}


def reads(function: cst.FunctionDef, name: str) -> bool:
    """Tell whether a name in a function is that of the module: no parameter, and not bound here unless by `global`."""
    found = list(inside(function))
    if any(isinstance(node, cst.Param) and node.name.value == name for node in found):
        return False
    # the names of attributes and keywords are none of the module's
    other = [n.attr for n in found if isinstance(n, cst.Attribute)]
    other += [n.keyword for n in found if isinstance(n, cst.Arg) and n.keyword is not None]
    if sum(isinstance(n, cst.Name) and n.value == name for n in found) == sum(n.value == name for n in other):
        return False
    shared = any(isinstance(n, cst.Global) and any(item.name.value == name for item in n.names) for n in found)
    return shared or name not in bound_in(function.body)
