"""The tree of one YAML document: nodes with exact marks, aliases where they are used, merge keys resolved on demand.

Nodes are never changed; they are not frozen, since freezing triples what it costs to make one of the thousands. Nothing
here expands an alias into a copy: look-ups walk by reference and count their steps.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from credlint.catalogue.deployment_sources import Conditions
from credlint.model.patterns import pattern
from credlint.model.records import dataclass, field

MERGE_KEY = "<<"
_MAXIMUM_ALIAS_DEPTH = 20
_MAXIMUM_MERGED_ENTRIES = 2_000
_MAXIMUM_REACHED = 5_000
# behind a key of a pattern: [] or [0]
_ITEMS = pattern(r"\[(\d{0,3})\]$")


class Mark(NamedTuple):
    """A place in the file: 0-based line and 0-based code-point column (a tuple, since there are two per scalar)."""

    line: int
    column: int


class Extent(NamedTuple):
    """A stretch of the file, the end exclusive."""

    start: Mark
    end: Mark


@dataclass(slots=True, eq=False)
class Scalar:
    """A scalar. `style` is "", "'", '"', "|" or ">"; `extent` begins behind anchor and tag.

    `templated` tells that a template mark stands in it, so that `text` is not what will be deployed.
    """

    text: str
    style: str
    extent: Extent
    tag: str | None = None
    templated: bool = False

    def is_null(self) -> bool:
        """Tell whether YAML reads it as null."""
        return self.style == "" and self.tag is None and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(slots=True, eq=False)
class Sequence:
    """A sequence."""

    items: tuple[Node, ...]
    extent: Extent
    tag: str | None = None


@dataclass(slots=True, eq=False)
class Entry:
    """A key with its value. `follows` is where the next entry, or what comes after the mapping, begins."""

    key: Scalar
    value: Node
    follows: Mark

    @property
    def extent(self) -> Extent:
        """From the key to the end of the value; a block scalar ends with its last line, not at the next."""
        return Extent(self.key.extent.start, max(self.key.extent.end, _inner_end(self.value)))


@dataclass(slots=True, eq=False)
class Mapping:
    """A mapping; `entries` hold merge keys as they stand. A key that is no scalar has the text of none."""

    entries: tuple[Entry, ...]
    extent: Extent
    tag: str | None = None


@dataclass(slots=True, eq=False)
class Alias:
    """The use of an anchor. `anchors` is the document's table, in which the target may still be missing."""

    anchors: list[Node]
    index: int | None
    extent: Extent


Node = Scalar | Sequence | Mapping | Alias


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its chunk number, the 0-based lines it stands on, and its root (None where it is empty)."""

    chunk: int
    first_line: int
    end_line: int
    root: Node | None
    scalars: tuple[Scalar, ...] = field(default=(), repr=False)


def _inner_end(node: Node) -> Mark:
    if isinstance(node, Mapping) and node.entries:
        return _inner_end(node.entries[-1].value)
    if isinstance(node, Sequence) and node.items and node.extent.end.column == 0:
        return _inner_end(node.items[-1])
    return node.extent.end


def resolve(node: Node | None) -> Scalar | Sequence | Mapping | None:
    """Follow aliases to the node they stand for; None for an undefined or endless one."""
    for _ in range(_MAXIMUM_ALIAS_DEPTH):
        if not isinstance(node, Alias):
            return node
        node = node.anchors[node.index] if node.index is not None and node.index < len(node.anchors) else None
    return None


@dataclass(slots=True, eq=False)
class Placed:
    """An entry as a reader meets it: `site` is the alias that brought it, None where it stands by itself."""

    entry: Entry
    site: Extent | None


def entries(node: Node | None) -> list[Placed]:
    """Give the entries in effect of a mapping: own ones, and merged ones that no nearer one overrides."""
    found: dict[str, Placed] = {}
    budget = [_MAXIMUM_MERGED_ENTRIES]
    _collect(node, None, found, budget, set(), 0)
    return list(found.values())


def _collect(
    node: Node | None, site: Extent | None, found: dict[str, Placed], budget: list[int], seen: set[int], depth: int
) -> None:
    if depth > _MAXIMUM_ALIAS_DEPTH:
        return
    if isinstance(node, Alias):
        site = site or node.extent
    mapping = resolve(node)
    if not isinstance(mapping, Mapping) or id(mapping) in seen:
        return  # what is merged twice brings nothing the second time
    seen.add(id(mapping))
    own: dict[str, Placed] = {}
    merged: list[Node] = []
    for entry in mapping.entries:
        budget[0] -= 1
        if budget[0] < 0:
            return
        if entry.key.text == MERGE_KEY and entry.key.style == "":
            merged.append(entry.value)
        else:
            own[entry.key.text] = Placed(entry, site)  # of two equal keys the last one counts
    for key, placed in own.items():
        found.setdefault(key, placed)
    for value in merged:
        sources = resolve(value)
        each = sources.items if isinstance(sources, Sequence) else (value,)
        for source in each:
            _collect(source, site, found, budget, seen, depth + 1)


def get(node: Node | None, key: str) -> Placed | None:
    """Give the entry of a key, merges included."""
    mapping = resolve(node)
    if not isinstance(mapping, Mapping):
        return None
    merges = False
    for entry in reversed(mapping.entries):
        text = entry.key.text
        merges = merges or text == MERGE_KEY
        if text == key and not (text == MERGE_KEY and entry.key.style == ""):
            return Placed(entry, node.extent if isinstance(node, Alias) else None)
    if not merges:
        return None
    for placed in entries(node):
        if placed.entry.key.text == key:
            return placed
    return None


def value_at(node: Node | None, path: str) -> Node | None:
    """Follow a path of keys (see `split_path`); "" is the node itself."""
    for key in split_path(path):
        placed = get(node, key)
        if placed is None:
            return None
        node = placed.entry.value
    return node


@functools.lru_cache(maxsize=4096)
def split_path(path: str) -> tuple[str, ...]:
    """Split a path of the catalogue at its dots; one behind a backslash belongs to its key."""
    return tuple(part.replace("\0", ".") for part in path.replace("\\.", "\0").split(".")) if path else ()


def items(node: Node | None) -> tuple[Node, ...]:
    """Give the items of a sequence; () for others."""
    sequence = resolve(node)
    return sequence.items if isinstance(sequence, Sequence) else ()


def scalar(node: Node | None) -> Scalar | None:
    """Give the scalar that a node is, or None."""
    found = resolve(node)
    return found if isinstance(found, Scalar) else None


def text_of(node: Node | None) -> str | None:
    """Give the text of a scalar that is a literal: None for null, for a templated one and for other nodes."""
    found = scalar(node)
    return None if found is None or found.templated or found.is_null() else found.text


def text_at(node: Node | None, path: str) -> str | None:
    """Give the literal text at a path of keys, or None."""
    return text_of(value_at(node, path))


def meets(node: Node | None, when: Conditions) -> bool:
    """Tell whether every path has one of the values named."""
    return all(text_at(node, path) in values for path, values in when)


@dataclass(slots=True, eq=False)
class Reached:
    """A node that a pattern reached, with the key of its entry, or its index in a sequence as text."""

    node: Node
    key: str
    entry: Entry | None


def reach(node: Node | None, pattern: str) -> Iterator[Reached]:
    """Give the nodes at a pattern: keys separated by dots.

    A `*` in a key stands for any text, a trailing `[]` for every item, `[0]` for the first one; `**` for the node
    itself and every mapping below it.
    """
    if node is None:
        return
    frontier = [Reached(node, "", None)]
    for part in split_path(pattern):
        ending = _ITEMS.search(part)
        key = part[: ending.start()] if ending else part
        following: list[Reached] = []
        for reached in frontier:
            for next_one in _step(reached, key):
                found = _each_item(next_one) if ending else [next_one]
                following += found[int(ending[1]) :][:1] if ending and ending[1] else found
            if len(following) > _MAXIMUM_REACHED:
                break
        frontier = following
    yield from frontier


def _mappings(top: Reached) -> list[Reached]:
    """Give a node and the mappings in the mappings below it, outer ones first; what an alias brings is met once."""
    found = [top]
    seen: set[int] = set()
    for reached in found:
        if len(found) > _MAXIMUM_REACHED:
            break
        for placed in entries(reached.node):
            inner = resolve(placed.entry.value)
            if isinstance(inner, Mapping) and id(inner) not in seen:
                seen.add(id(inner))
                found.append(Reached(placed.entry.value, placed.entry.key.text, placed.entry))
    return found


def _each_item(reached: Reached) -> list[Reached]:
    return [Reached(item, str(index), None) for index, item in enumerate(items(reached.node))]


def _step(reached: Reached, key: str) -> list[Reached]:
    if key == "":
        return [reached]
    if key == "**":
        return _mappings(reached)
    if "*" in key:
        each = [Reached(one.entry.value, one.entry.key.text, one.entry) for one in entries(reached.node)]
        if key == "*":
            return each
        wanted = re.compile(".*".join(map(re.escape, key.split("*"))), re.DOTALL)
        return [one for one in each if wanted.fullmatch(one.key)]
    placed = get(reached.node, key)
    return [] if placed is None else [Reached(placed.entry.value, key, placed.entry)]
