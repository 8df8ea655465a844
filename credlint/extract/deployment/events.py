"""Text to documents by PyYAML's event stream, which keeps alias sites and gives what stood before an error.

Every document is parsed alone: an error costs the rest of its own document only. Messages are ours, since those of the
parser quote the line.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn, Protocol

import yaml

from credlint.extract.deployment.tree import Alias, Document, Entry, Extent, Mapping, Mark, Node, Scalar, Sequence
from credlint.model.patterns import pattern
from credlint.model.records import dataclass, field
from credlint.model.span import split_lines

MAXIMUM_DEPTH = 200
_MAXIMUM_EVENTS = 300_000
_DOCUMENT_START = pattern(r"---(?=\s|$)")
_DIRECTIVE_OR_COMMENT = pattern(r"\s*(?:#.*|%.*)?$")
# Characters that end a line for YAML 1.1 but not for Python, or that YAML does not allow; each becomes one blank, so
# that lines and columns stay what the model counts.
_UNREADABLE = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\ufeff]")
_READABLE = b"\t\n\r" + bytes(range(0x20, 0x7F))
# Marks are made by the ten thousand; this is the way that runs no Python.
_new = tuple.__new__
_PROPERTY = pattern(r"(?:[&!]\S*\s+)+")


class _Position(Protocol):
    """A mark of either loader."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a document is not whole: 1-based line, whether depth was the reason, and what is the matter in our words."""

    line: int
    too_deep: bool
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """The documents of a file with what was wrong; `template_like` tells that `{{ x }}` was read as a flow mapping."""

    documents: tuple[Document, ...]
    troubles: tuple[Trouble, ...]
    template_like: bool


def has_fast_loader() -> bool:
    """Tell whether PyYAML was built with libyaml (without it parsing takes some fifteen times as long)."""
    return hasattr(yaml, "CSafeLoader")


@functools.lru_cache(maxsize=4)
def readable(text: str) -> str:
    """Give the text with a blank for each character that YAML would not read, or would take for the end of a line.

    It is asked for by the parser, and by what tells places.
    """
    text = text.removeprefix("\ufeff")
    if text.isascii() and not text.encode("ascii").translate(None, _READABLE):
        return text
    return _UNREADABLE.sub(" ", text)


def parse(
    text: str, is_templated: Callable[[Extent], bool] | None = None, shifts: dict[int, int] | None = None
) -> Parsed:
    """Parse text into documents; never raises for any text.

    `is_templated` tells which places a template will fill, `shifts` by how many columns (0-based) lines were set in for
    the parser: places are told as if they were not.
    """
    lines = split_lines(readable(text))
    documents: list[Document] = []
    troubles: list[Trouble] = []
    template_like = False
    budget = _MAXIMUM_EVENTS
    for chunk, (first, end) in enumerate(_document_lines(lines)):
        builder = _Builder(first, lines, is_templated, shifts or {})
        if budget > 0:
            troubles += builder.run("\n".join(lines[first:end]) + "\n", budget)
            budget -= builder.events
        template_like = template_like or builder.template_like
        documents.append(Document(chunk, first, end, builder.root, tuple(builder.scalars)))
    return Parsed(tuple(documents), tuple(troubles), template_like)


def parse_block(block: Scalar, lines: list[str]) -> list[Document]:
    """Parse the documents that stand as text in a literal block scalar; their places are those of the file's lines."""
    start, end = block.extent.start.line + 1, block.extent.end.line + (1 if block.extent.end.column else 0)
    filled = next((line for line in lines[start:end] if line.strip()), "")
    indent = len(filled) - len(filled.lstrip(" "))
    inner = [line[indent:] for line in lines[start:end]]
    shifts = dict.fromkeys(range(start, end + 1), -indent)
    found = []
    for first, last in _document_lines(inner):
        builder = _Builder(start + first, lines, None, shifts)
        builder.run("\n".join(inner[first:last]) + "\n", _MAXIMUM_EVENTS)
        found.append(Document(0, start + first, start + last, builder.root, tuple(builder.scalars)))
    return found


def _document_lines(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Give (first, end) lines of each document: a `---` in column 0 begins one wherever it stands."""
    starts = [0]
    for number, line in enumerate(lines):
        if number and line.startswith("---") and _DOCUMENT_START.match(line):
            only_comments = all(_DIRECTIVE_OR_COMMENT.match(before) for before in lines[starts[-1] : number])
            if not only_comments:
                starts.append(number)
    yield from zip(starts, [*starts[1:], len(lines)], strict=True)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been seen; a mapping alternates keys and values."""

    start: Mark
    tag: str | None
    is_mapping: bool
    slot: int | None
    children: list[Node] = field(default_factory=list)


class _Builder:
    """Builds the tree of one document from its events, with a stack of its own: depth costs no recursion."""

    def __init__(
        self, first_line: int, lines: list[str], is_templated: Callable[[Extent], bool] | None, shifts: dict[int, int]
    ) -> None:
        self.root: Node | None = None
        self.scalars: list[Scalar] = []
        self.template_like = False
        self._first = first_line
        self._lines = lines
        self._is_templated = is_templated
        self._shifts = shifts
        self._stack: list[_Open] = []
        self._anchors: list[Node] = []
        self._names: dict[str, int] = {}
        self._skipped = 0
        self._too_deep: int | None = None
        self._undefined: int | None = None
        self._last: _Position | None = None
        self.events = 0

    def run(self, text: str, budget: int) -> list[Trouble]:
        """Read the events, no more than the budget, and give what is the matter; what was built before is kept."""
        trouble: Trouble | None = None
        kind: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        handlers = self._handlers()
        try:
            loader = kind(text)
            for event in iter(loader.get_event, None):
                self.events += 1
                if self.events >= budget:
                    message = "has more nodes than are read; the rest of the file is not analysed"
                    trouble = Trouble(self._line(event.start_mark), False, message)
                    break
                handle = handlers.get(event.__class__)
                if handle is not None:
                    handle(event)
                self._last = event.end_mark
        except yaml.MarkedYAMLError as error:
            # A scanner finds out at the end, perhaps that of the text; what it began to scan is what is wrong.
            scanning = (error.context or "").startswith("while scanning")
            mark = (scanning and error.context_mark) or error.problem_mark or error.context_mark
            line = min(self._line(mark), len(self._lines)) if mark is not None else self._first + 1
            trouble = Trouble(line, "depth" in (error.problem or ""), _describe(error))
        except (yaml.YAMLError, UnicodeError, RecursionError, ValueError):
            trouble = Trouble(self._first + 1, False, "cannot be read as YAML")
        while self._stack:
            self._close(self._mark(self._last))
        if self._too_deep is not None and (trouble is None or self._skipped):
            trouble = Trouble(
                self._too_deep, True, f"nests deeper than {MAXIMUM_DEPTH} levels; what is deeper is not read"
            )
        troubles = [] if trouble is None else [trouble]
        if self._undefined is not None:
            message = "refers to an anchor that nothing above it sets; what it stands for is unknown"
            troubles.append(Trouble(self._undefined, False, message))
        return troubles

    def _line(self, mark: _Position | None) -> int:
        return self._mark(mark).line + 1

    def _mark(self, mark: _Position | None) -> Mark:
        if mark is None:
            return Mark(self._first, 0)
        line = self._first + mark.line
        if self._shifts and line in self._shifts:
            return Mark(line, max(0, mark.column - self._shifts[line]))
        return _new(Mark, (line, mark.column))

    def _handlers(self) -> dict[type[yaml.Event], Callable[[NoReturn], None]]:
        return {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
        }

    def _end(self, event: yaml.CollectionEndEvent) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._close(self._mark(event.end_mark))

    def _alias(self, event: yaml.AliasEvent) -> None:
        if self._skipped:
            return
        extent = Extent(self._mark(event.start_mark), self._mark(event.end_mark))
        index = self._names.get(event.anchor or "")
        if index is None and self._undefined is None:
            self._undefined = extent.start.line + 1
        self._add(Alias(self._anchors, index, extent))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._skipped:
            return
        before, behind = event.start_mark, event.end_mark
        if self._shifts or before is None or behind is None:
            start, end = self._mark(before), self._mark(behind)
        else:  # what `_mark` gives, without a call for each of thousands
            start = _new(Mark, (self._first + before.line, before.column))
            end = _new(Mark, (self._first + behind.line, behind.column))
        if event.anchor is not None or event.tag is not None:
            start = self._behind_properties(start, end)
        extent = _new(Extent, (start, end))
        templated = self._is_templated is not None and self._is_templated(extent)
        node = Scalar(event.value, event.style or "", extent, event.tag, templated)
        self.scalars.append(node)
        if event.anchor is not None:
            self._name(event.anchor, node)
        self._add(node)

    def _behind_properties(self, start: Mark, end: Mark) -> Mark:
        if start.line >= len(self._lines):
            return start
        found = _PROPERTY.match(self._lines[start.line], start.column)
        if found is None or (start.line == end.line and found.end() > end.column):
            return start
        return Mark(start.line, found.end())

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if self._skipped or len(self._stack) >= MAXIMUM_DEPTH:
            self._skipped += 1
            if self._too_deep is None:
                self._too_deep = self._line(event.start_mark)
                self._add(Sequence((), Extent(self._mark(event.start_mark), self._mark(event.start_mark))))
            return
        above = self._stack[-1] if self._stack else None
        if is_mapping and event.flow_style and above is not None and above.is_mapping and len(above.children) % 2 == 0:
            self.template_like = True  # `{{`: a mapping as key of a mapping
        slot = None
        if event.anchor is not None:
            slot = len(self._anchors)
            self._anchors.append(Sequence((), Extent(self._mark(event.start_mark), self._mark(event.start_mark))))
            self._names[event.anchor] = slot
        self._stack.append(_Open(self._mark(event.start_mark), event.tag, is_mapping, slot))

    def _close(self, end: Mark) -> None:
        done = self._stack.pop()
        extent = Extent(done.start, end)
        node: Node
        if done.is_mapping:
            node = Mapping(tuple(_pairs(done.children, end)), extent, done.tag)
        else:
            node = Sequence(tuple(done.children), extent, done.tag)
        if done.slot is not None:
            self._anchors[done.slot] = node
        self._add(node)

    def _name(self, anchor: str, node: Node) -> None:
        self._names[anchor] = len(self._anchors)
        self._anchors.append(node)

    def _add(self, node: Node) -> None:
        if self._stack:
            self._stack[-1].children.append(node)
        elif self.root is None:
            self.root = node


def _pairs(children: list[Node], end: Mark) -> Iterable[Entry]:
    keys = children[0::2]
    values = children[1::2]
    for index, value in enumerate(values):
        key = keys[index]
        follows = keys[index + 1].extent.start if index + 1 < len(keys) else end
        name = key if isinstance(key, Scalar) else Scalar("", "?", key.extent)
        yield Entry(name, value, follows)


def _describe(error: yaml.MarkedYAMLError) -> str:
    """Say what is the matter in words of ours; the parser's problem text is matched, never shown."""
    problem = (error.problem or "").lower()
    if "depth" in problem:
        return "nests deeper than the parser goes; what is deeper is not read"
    if "tab" in problem or "\\t" in problem:
        return "has a tab where YAML wants blanks"
    if "found character that cannot start any token" in problem:
        return "has a character that cannot begin a value (a tab, `@`, a backtick or `%`)"
    if (
        "block mapping" in (error.context or "")
        or "expected key" in problem
        or "could not find expected ':'" in problem
    ):
        return "has a line that is no `key: value` of the mapping around it"
    return "is not valid YAML here"
