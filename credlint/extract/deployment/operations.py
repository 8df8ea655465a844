"""Operations of JSON Patch (RFC 6902) as documents that say the same when they are merged into their target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.deployment_documents import PatchForm
from credlint.extract.deployment.tree import (
    Entry,
    Mapping,
    Node,
    Scalar,
    get,
    items,
    meets,
    resolve,
    text_at,
    value_at,
)
from credlint.extract.deployment.tree import Sequence as SequenceNode

_DIGITS = 6
"""No list has a million items."""


def as_documents(patch: Node, base: Node, form: PatchForm) -> Iterator[Node | None]:
    """Give a patch as documents to be merged into a base: itself, or one for each of its operations.

    None stands for an operation that no such document can say.
    """
    found = resolve(patch)
    if not isinstance(found, SequenceNode):
        yield patch
        return
    for operation in found.items:
        if meets(operation, form.looks):
            continue
        pointer = text_at(operation, form.pointer) or ""
        keys = [key.replace("~1", "/").replace("~0", "~") for key in pointer.split("/")[1:]]
        yield _Operation(operation, form).at(keys, base) if keys else None


class _Operation:
    """One operation: what it puts somewhere, or that it takes away what is there."""

    def __init__(self, node: Node, form: PatchForm) -> None:
        self._node = node
        self._form = form
        self._removes = meets(node, form.removes)
        self._replaces = meets(node, form.replaces)
        self._value = None if self._removes else value_at(node, form.value)

    def at(self, keys: Sequence[str], base: Node | None) -> Node | None:
        """Give a document in which the value stands at a pointer; items have the names that they have in the base."""
        if not keys:
            return self._whole(base)
        key, rest = keys[0], keys[1:]
        if isinstance(resolve(base), SequenceNode):
            return self._item(key, rest, items(base))
        placed = get(base, key)
        inner = self.at(rest, placed.entry.value if placed is not None else None)
        return None if inner is None else self._mapping(key, inner)

    def _whole(self, base: Node | None) -> Node | None:
        """Give what stands in the place of a node; what a list held before is taken away."""
        given = items(self._value)
        if self._value is not None and not isinstance(resolve(self._value), SequenceNode):
            return self._value
        kept = {text_at(one, self._form.key) for one in given}
        names = [text_at(one, self._form.key) for one in items(base)]
        if self._value is None and (not names or None in names):
            return None
        return self._sequence(*given, *(self._erased(name) for name in names if name and name not in kept))

    def _item(self, key: str, rest: Sequence[str], listed: Sequence[Node]) -> Node | None:
        # `-` is the place behind the last one
        number = int(key) if key.isdecimal() and len(key) < _DIGITS else len(listed)
        there = listed[number] if number < len(listed) else None
        name = text_at(there, self._form.key)
        if rest:
            inner = resolve(self.at(rest, there)) if name is not None else None
            if name is None or not isinstance(inner, Mapping):
                return None
            return self._sequence(Mapping((self._entry(self._form.key, name), *inner.entries), inner.extent))
        if self._value is None:
            return self._sequence(self._erased(name)) if name is not None else None
        gone = name if self._replaces and name != text_at(self._value, self._form.key) else None
        return self._sequence(self._value, *([self._erased(gone)] if gone is not None else []))

    # -- nodes at the place of the operation

    def _sequence(self, *found: Node) -> SequenceNode:
        return SequenceNode(found, self._node.extent)

    def _mapping(self, key: str, value: Node) -> Mapping:
        return Mapping((Entry(self._scalar(key), value, self._node.extent.end),), self._node.extent)

    def _erased(self, name: str) -> Mapping:
        marks = (self._entry(key, values[0]) for key, values in self._form.erased)
        return Mapping((self._entry(self._form.key, name), *marks), self._node.extent)

    def _entry(self, key: str, text: str) -> Entry:
        return Entry(self._scalar(key), self._scalar(text), self._node.extent.end)

    def _scalar(self, text: str) -> Scalar:
        return Scalar(text, "'", self._node.extent)
