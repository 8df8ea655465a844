"""Scripts that stand as lists of lines or pieces: joined, every character with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployment_sources import ScriptForm, ScriptSource
from credlint.extract.deployment.places import Places, TextMap
from credlint.extract.deployment.tree import Mark, Node, Scalar, Sequence, items, reach, resolve, scalar

_MAXIMUM_LINES = 5_000
_MAXIMUM_DEPTH = 10
_FILLED = "${_}"


Holders = tuple[Node, ...]
"""A node and, nearest first, those of the same file that it takes from what it lacks."""


def joined_script(root: Node, holders: Holders, source: ScriptSource, places: Places) -> tuple[str, TextMap] | None:
    """Join the lines of all parts of a script; None where there is none.

    Each part is that of the first of its paths (`a|b`) that is there; one that begins with `^` is seen from the root.
    """
    lines = ((line.text, places.text_map(line)) for line in _lines(root, holders, source))
    return _joined("\n", lines)


def _joined(separator: str, pieces: Iterable[tuple[str, TextMap]]) -> tuple[str, TextMap] | None:
    """Join texts, of which each comes with its places; None where there is none."""
    texts: list[str] = []
    offsets: list[int] = []
    marks: list[Mark] = []
    length = 0
    for text, text_map in islice(pieces, _MAXIMUM_LINES):
        offsets += [length + offset for offset in text_map.offsets]
        marks += text_map.marks
        texts.append(text)
        length += len(text) + len(separator)
    return (separator.join(texts), TextMap(tuple(offsets), tuple(marks), length)) if texts else None


def joined_pieces(node: Node, at: str, places: Places) -> Iterator[tuple[str, TextMap]]:
    """Join the pieces at a path, `[separator, [piece, ...]]`; a function among them is a variable."""
    for reached in reach(node, at):
        parts = items(reached.node)
        separator = scalar(parts[0]) if len(parts) == 2 else None
        if separator is None:
            continue
        joined = _joined(separator.text, (_piece(piece, places) for piece in items(parts[1])))
        if joined is not None:
            yield joined


def _piece(node: Node, places: Places) -> tuple[str, TextMap]:
    line = scalar(node)
    if line is None or line.tag is not None:
        return _FILLED, TextMap((0,), (node.extent.start,), len(_FILLED))
    return line.text, places.text_map(line)


def has_unseen_lines(root: Node, holders: Holders, shape: Shape, *, foreign: bool) -> bool:
    """Tell whether a script of lines takes some from elsewhere (`!reference`): what these set is not known.

    `foreign` tells that a node of another file gives what all of these lack.
    """
    sources = [source for source in shape.scripts if source.form is ScriptForm.LINES]
    if foreign and any(_first(root, holders, part.partition("|")[0]) == [] for one in sources for part in one.at):
        return True
    return any(_is_unseen(reached) for source in sources for reached in _parts(root, holders, source))


def _parts(root: Node, holders: Holders, source: ScriptSource) -> Iterator[Node]:
    for part in source.at:
        for path in part.split("|"):
            found = _first(root, holders, path)
            if found:
                yield from found
                break


def _first(root: Node, holders: Holders, path: str) -> list[Node]:
    """Give what stands at a path of the first holder that has something there."""
    for holder in (root,) if path.startswith("^") else holders:
        found = [reached.node for reached in reach(holder, path.removeprefix("^"))]
        if found:
            return found
    return []


def _lines(root: Node, holders: Holders, source: ScriptSource) -> Iterator[Scalar]:
    for part in _parts(root, holders, source):
        yield from _flat(part, 0)


def _flat(node: Node, depth: int) -> Iterator[Scalar]:
    found = resolve(node)
    if isinstance(found, Scalar):
        if not found.is_null():
            yield found
    elif isinstance(found, Sequence) and found.tag is None and depth < _MAXIMUM_DEPTH:
        for item in found.items:
            yield from _flat(item, depth + 1)


def _is_unseen(node: Node, depth: int = 0) -> bool:
    found = resolve(node)
    if isinstance(found, Sequence):
        if found.tag is not None or depth >= _MAXIMUM_DEPTH:
            return True
        return any(_is_unseen(item, depth + 1) for item in found.items)
    return isinstance(found, Scalar) and found.templated
