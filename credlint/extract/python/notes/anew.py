"""What each call of a handler sets anew, in the module or a class, so that nothing lasts from one call to the next."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from credlint.extract.python.machine import Frame
from credlint.extract.python.notes.lives import users_of
from credlint.extract.python.notes.nodes import inside, path_of, targets_in
from credlint.extract.python.source import Source


def is_set_anew(source: Source, path: str, frame: Frame) -> bool:
    """Tell whether the call of a handler that runs sets a name, or an attribute, whatever it was.

    The statement stands in the function on every path, and nobody asks for what was there before: no condition on it
    decides over the statement, or over the call of the function that it stands in.
    """
    if not frame.platforms or frame.function is None:
        return False
    body, own = frame.function.node.body, frame.function.node_name()
    setting = [one for one in _unconditional(body) if _binds(one, path)]
    if not setting or any(_mentions(value, path) for one in setting for value in _values(one)):
        return False
    users = users_of(source.table, path.rpartition(".")[2])
    statements = (statement for index in users for statement in source.statements(index))
    return not any(_decides(node, path, own) for statement in statements for node in inside(statement))


def _unconditional(body: cst.CSTNode) -> Iterator[cst.BaseSmallStatement]:
    """Give the statements of a body that run in every call, unless it ends before them."""
    for statement in body.children:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body
        elif isinstance(statement, cst.Try | cst.TryStar | cst.With):
            yield from _unconditional(statement.body)


def _decides(node: cst.CSTNode, path: str, function: str) -> bool:
    """Tell whether a node asks for a name and, on the answer, sets it or calls the function that does."""
    match node:
        case cst.If(test=asked) | cst.IfExp(test=asked) | cst.While(test=asked) | cst.BooleanOperation(left=asked):
            return _mentions(asked, path) and (_binds(node, path) or _calls(node, function))
        case _:
            return False


def _binds(node: cst.CSTNode, path: str) -> bool:
    return any(path_of(target) == path for target in targets_in(node))


def _values(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Give what a statement assigns."""
    return (one.value for one in inside(node) if isinstance(one, cst.Assign | cst.AnnAssign) and one.value is not None)


def _mentions(node: cst.CSTNode, path: str) -> bool:
    return any(isinstance(one, cst.Name | cst.Attribute) and path_of(one) == path for one in inside(node))


def _calls(node: cst.CSTNode, function: str) -> bool:
    """Tell whether a function, or a method, of a name is called."""
    called = (path_of(one.func) for one in inside(node) if isinstance(one, cst.Call))
    return any(path.rpartition(".")[2] == function for path in called)
