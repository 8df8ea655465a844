"""What an expression may stand for besides what nobody sees: the defaults and the listed values of its name."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.deployments import ChoiceForm, Dialect
from credlint.extract.deployment.expressions import context_name
from credlint.extract.deployment.tree import Node, Scalar, get, items, reach, scalar, value_at


class Choices:
    """The names of one document of which it says values itself."""

    def __init__(self, root: Node, dialect: Dialect) -> None:
        self._root = root
        self._dialect = dialect

    def of(self, value: Scalar) -> tuple[str, ...]:
        """Give the texts that the expression in a scalar may stand for; () where it is none, or none is known."""
        named = context_name(value.text) if self._dialect.choices else None
        if named is None:
            return ()
        forms = (form for form in self._dialect.choices if form.context == named[0])
        found = (one for form in forms for one in self._said(form, named[1], value))
        return tuple(dict.fromkeys(one.text for one in found if not one.is_null() and not one.templated))

    def _said(self, form: ChoiceForm, name: str, value: Scalar) -> Iterator[Scalar]:
        holders = [one.node for one in reach(self._root, form.within)] if form.within else [self._root]
        for holder in holders:
            if not (holder.extent.start <= value.extent.start and value.extent.end <= holder.extent.end):
                continue
            for reached in reach(holder, form.at):
                placed = get(reached.node, name)
                node = value_at(placed.entry.value, form.value) if placed is not None else None
                yield from (one for each in (*items(node), node) if (one := scalar(each)) is not None)
