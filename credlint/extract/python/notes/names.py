"""Names that are put together from the name of a role: how much of them is taken before that name is known."""

from __future__ import annotations

from credlint.credentials.account import ACCOUNT_LENGTH, begins_account, begins_role
from credlint.extract.python.domain import Const, Item, Scalar, Text, Value
from credlint.model.values import Unknown


def beside_role(item: Item, arn: Value) -> int | None:
    """Count the characters of a name beside that of the role, which the ARN that is asked for ends in.

    An account of that ARN has its known length, anything else may be blank. None where the name of the role is not
    part of the name, or not the same on every path.
    """
    counts = {_beside(item, one) for one in arn}
    return counts.pop() if len(counts) == 1 else None


def _beside(item: Item, arn: Item) -> int | None:
    if not isinstance(item.data, Text) or not isinstance(arn.data, Text) or item.data.cut or arn.data.cut:
        return None
    accounts, role = _values_of(arn.data)
    if role is None or not any(_is_same(part, role) for part in item.data.parts):
        return None
    return sum(_length(part, accounts) for part in item.data.parts if not _is_same(part, role))


def _values_of(arn: Text) -> tuple[list[Value], Value | None]:
    """Give the values that stand for the account of an ARN, and the one that stands for the role at its end."""
    before = ""
    accounts: list[Value] = []
    for part in arn.parts:
        text = _constant(part)
        if text is None and begins_account(before):
            accounts.append(part)
        before = "" if text is None else before + text
    last = arn.parts[-1] if arn.parts else ()
    head = _constant(arn.parts[-2]) if len(arn.parts) > 1 else None
    return accounts, last if head is not None and _constant(last) is None and begins_role(head) else None


def _constant(part: Value) -> str | None:
    only = part[0].data if len(part) == 1 else None
    return str(only.value) if isinstance(only, Const) else None


def _length(part: Value, accounts: list[Value]) -> int:
    if any(_is_same(part, account) for account in accounts):
        return ACCOUNT_LENGTH
    return len(_constant(part) or "")


def _is_same(one: Value, other: Value) -> bool:
    """Tell whether two parts are one value; of two that nothing is known of that cannot be told."""
    if len(one) != 1 or len(other) != 1 or one[0].data != other[0].data:
        return False
    match one[0].data:
        case Scalar(Unknown(_, identity)):
            return bool(identity)
        case Const():
            return False
        case _:
            return True
