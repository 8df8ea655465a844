"""Which action a step names, in which version and with which inputs, in whichever way its dialect writes that."""

from __future__ import annotations

from credlint.catalogue.deployment_shapes import ActionUse
from credlint.extract.deployment.tree import Node, Placed, Scalar, entries, get, scalar, text_at, text_of, value_at
from credlint.model.globs import fits
from credlint.model.records import dataclass


@dataclass(frozen=True, slots=True)
class Used:
    """An action as a step names it: its name, the version behind it, the scalar that says so, and the inputs.

    `defaults` are mappings of names of actions and groups to inputs, outer before inner.
    """

    name: str
    version: str
    scalar: Scalar
    inputs: Node | None
    defaults: tuple[Node, ...] = ()

    def given(self, groups: tuple[str, ...]) -> list[Placed]:
        """Give the inputs in effect: own ones, and those of the nearest default for the action or one of its groups."""
        found = {placed.entry.key.text: placed for placed in entries(self.inputs)}
        for default in reversed(self.defaults):
            for name in (self.name, *groups):
                placed = get(default, name)
                for one in entries(placed.entry.value) if placed else ():
                    found.setdefault(one.entry.key.text, one)
        return list(found.values())


def used_action(node: Node, use: ActionUse, root: Node, defaults: tuple[Node, ...] = ()) -> Used | None:
    """Give the action that a step uses, or None for a step that uses none, or is meant to fail."""
    if use.among:
        return _among(node, use, defaults)
    found, inputs = _keyed(node) if use.keyed else (scalar(value_at(node, use.uses)), value_at(node, use.inputs))
    text = text_of(found)
    if found is None or text is None:
        return None
    short, slash, rest = text.partition("/")
    if use.keyed and not slash:
        return None  # a command of the file's own, or of the platform
    listed = get(value_at(root, use.names), short) if use.names and slash else None
    whole = text_of(listed.entry.value) if listed else None
    if whole is not None:
        name, _, version = whole.partition(use.separator)
        return Used(f"{name.strip()}/{rest}", version, found, inputs)
    name, _, version = text.partition(use.separator)
    return Used(name.strip(), version, found, inputs)


def _keyed(node: Node) -> tuple[Scalar | None, Node | None]:
    """`- name` or `- name: {input: value}`."""
    alone = scalar(node)
    if alone is not None:
        return alone, None
    given = entries(node)
    return (given[0].entry.key, given[0].entry.value) if len(given) == 1 else (None, None)


def _among(node: Node, use: ActionUse, defaults: tuple[Node, ...]) -> Used | None:
    """`name: {input: value}` among other properties of a step."""
    if any((text_at(node, path) or "false").lower() != "false" for path in use.tolerant):
        return None
    for placed in entries(node):
        name = placed.entry.key.text
        if any(fits(name, glob) for glob in use.among):
            return Used(name, "", placed.entry.key, placed.entry.value, defaults)
    return None
