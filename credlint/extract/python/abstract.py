"""Members that a class only asks for: what they give, a subclass decides."""

from __future__ import annotations

import libcst as cst

from credlint.extract.python.domain import FunctionInfo, Held, Item, Scalar, Value
from credlint.extract.python.holders import part_role
from credlint.extract.python.machine import Machine
from credlint.model.values import Parameter

_ABSTRACT = frozenset({"abstractmethod", "abstractproperty"})


def is_abstract(info: FunctionInfo) -> bool:
    """Tell whether a method is abstract and says nothing by itself: `super()` may well ask one that does."""
    if not any(name.rpartition(".")[2] in _ABSTRACT for name in info.decorators):
        return False
    return isinstance(info.node, cst.FunctionDef) and all(_says_nothing(one) for one in info.node.body.body)


def _says_nothing(statement: cst.BaseSmallStatement | cst.BaseStatement) -> bool:
    parts = statement.body if isinstance(statement, cst.SimpleStatementLine) else [statement]
    return all(_is_stub(one) for one in parts)


def _is_stub(statement: cst.CSTNode) -> bool:
    match statement:
        case cst.Pass() | cst.Raise() | cst.Return(value=None | cst.Name(value="None")):
            return True
        case cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString() | cst.Ellipsis()):
            return True
        case _:
            return False


def given_by_subclass(machine: Machine, info: FunctionInfo, receiver: Item) -> Value:
    """Give what an abstract property is: what a subclass gives, as a caller gives an argument."""
    name = info.node_name()
    data = Scalar(Parameter(name))
    part = part_role(machine, name)
    if part is None or info.owner is None:
        return (Item(data),)
    return (Item(data, held=Held(info.owner, receiver.data, part[0])),)
