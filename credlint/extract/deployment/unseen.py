"""Whether a node may have variables that are not seen: from elsewhere, by a template, or under a condition."""

from __future__ import annotations

from credlint.catalogue.deployment_shapes import Shape
from credlint.extract.deployment.inheriting import Inherited
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.script_lines import has_unseen_lines
from credlint.extract.deployment.script_sources import ScriptTexts
from credlint.extract.deployment.tree import Entry, Node, entries, get, items, scalar, value_at


def may_have_others(
    node: Node, root: Node, shape: Shape, inherited: Inherited, texts: ScriptTexts, reading: Reading
) -> bool:
    """Tell whether a template, or a property such as `extends`, brings in variables that are not seen."""
    if any(value_at(node, path) is not None for path in shape.opaque):
        return True
    if shape.complete and value_at(node, shape.complete) is None:
        return True
    foreign = any(other is not root for other in inherited.roots)
    if has_unseen_lines(root, texts.holders(node), shape, foreign=foreign):
        return True
    for source in shape.environment:
        placed = get(node, source.at.partition(".")[0])
        if placed is None:
            continue
        entry = placed.entry
        found = scalar(entry.value)
        # in `run.environment` a scalar at `run` is a script, not variables from elsewhere
        is_source = found is not None and not found.is_null() and (found.templated or "." not in source.at)
        if is_source or _has_conditional(entry.value):
            return True
        if reading.has_insert(entry.key.extent.start.line, _end_of(entry)):
            return True
    return False


def _has_conditional(node: Node) -> bool:
    """Tell whether keys such as `${{ if … }}` decide what is there."""
    each = [*items(node), node]
    return any("{{" in placed.entry.key.text for one in each for placed in entries(one))


def _end_of(entry: Entry) -> int:
    """Give the line behind an entry: where the next one begins."""
    follows = entry.follows.line
    return follows if follows > entry.key.extent.start.line else entry.extent.end.line + 1
