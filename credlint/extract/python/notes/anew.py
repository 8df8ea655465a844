"""Variables of a module that each call of a handler sets anew, so that nothing lasts from one call to the next."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from credlint.extract.python.machine import Frame
from credlint.extract.python.notes.lives import users_of
from credlint.extract.python.notes.nodes import inside, targets_in
from credlint.extract.python.source import Source


def is_set_anew(source: Source, name: str, frame: Frame) -> bool:
    """Tell whether the call of a handler that runs sets `name` whatever it was: nobody asks for it first.

    The statement stands in the function on every path, and no condition on the name decides over it or over the call
    of the function that it stands in.
    """
    if not frame.platforms or frame.function is None:
        return False
    body, own = frame.function.node.body, frame.function.node_name()
    setting = [one for one in _unconditional(body) if _binds(one, name)]
    if not setting or any(_mentions(value, name) for one in setting for value in _values(one)):
        return False
    statements = (statement for index in users_of(source.table, name) for statement in source.statements(index))
    return not any(_decides(node, name, own) for statement in statements for node in inside(statement))


def _unconditional(body: cst.CSTNode) -> Iterator[cst.BaseSmallStatement]:
    """Give the statements of a body that run in every call, unless it ends before them."""
    for statement in body.children:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body
        elif isinstance(statement, cst.Try | cst.TryStar | cst.With):
            yield from _unconditional(statement.body)


def _decides(node: cst.CSTNode, name: str, function: str) -> bool:
    """Tell whether a node asks for a name and, on the answer, sets it or calls the function that does."""
    match node:
        case cst.If(test=asked) | cst.IfExp(test=asked) | cst.While(test=asked) | cst.BooleanOperation(left=asked):
            return _mentions(asked, name) and (_binds(node, name) or _mentions(node, function))
        case _:
            return False


def _binds(node: cst.CSTNode, name: str) -> bool:
    return any(isinstance(target, cst.Name) and target.value == name for target in targets_in(node))


def _values(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Give what a statement assigns."""
    return (one.value for one in inside(node) if isinstance(one, cst.Assign | cst.AnnAssign) and one.value is not None)


def _mentions(node: cst.CSTNode, name: str) -> bool:
    return any(isinstance(one, cst.Name) and one.value == name for one in inside(node))
