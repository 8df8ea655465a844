"""A Python file as chunks that LibCST parses one by one, when asked; positions only for nodes that are reported."""

from __future__ import annotations

import libcst as cst

from credlint.extract.python.positions import Place, positions
from credlint.extract.python.screen import Chunk, ChunkKind, Table
from credlint.model.span import Location, Span

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


_NOWHERE = (0, 0, 0, 0)


class Source:
    """One module: its table, and the trees of the chunks that were asked for."""

    def __init__(self, path: str, table: Table) -> None:
        self.path = path
        self.table = table
        self._modules: dict[int, cst.Module | None] = {}
        self._positions: dict[int, dict[int, Place]] = {}
        self.unparsed: list[Chunk] = []
        self.stored: dict[int, frozenset[str]] = {}
        self._locations: dict[tuple[int, int], Location] = {}
        self.relevant: dict[tuple[int, int], frozenset[str]] = {}

    def starts(self) -> tuple[int, ...]:
        """Give the 1-based first line of every chunk, as FileFacts.chunks wants it."""
        return tuple(chunk.first_line for chunk in self.table.chunks)

    def holds(self, index: int, word: str) -> bool:
        """Tell whether a word stands anywhere in a chunk."""
        chunk = self.table.chunks[index]
        return any(word in line for line in self.table.lines[chunk.first_line - 1 : chunk.last_line])

    def statements(self, index: int) -> tuple[Statement, ...]:
        """Parse a chunk (once) and give its statements; none when LibCST cannot read it or it is too deep."""
        chunk = self.table.chunks[index]
        if index not in self._modules:
            self._modules[index] = self._parse(chunk)
        module = self._modules[index]
        if module is None:
            return ()
        body = module.body
        if chunk.owner and body and isinstance(body[0], cst.If):
            inner = body[0].body
            return tuple(node for node in inner.body if isinstance(node, Statement))
        return tuple(body)

    def _parse(self, chunk: Chunk) -> cst.Module | None:
        if chunk.kind is ChunkKind.CLASS:
            return None
        if chunk.too_deep:
            self.unparsed.append(chunk)
            return None
        # two line ends: the last line may be continued onto an empty one
        text = "\n".join(self.table.lines[chunk.first_line - 1 : chunk.last_line]) + "\n\n"
        if chunk.owner:
            # a member keeps its indentation under a header of ours: dedenting would change its multi-line strings
            text = "if 1:\n" + text
        try:
            return cst.parse_module(text)
        except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError, TypeError):
            # TypeError: https://github.com/Instagram/LibCST/issues/1061
            self.unparsed.append(chunk)
            return None

    def location(self, index: int, node: cst.CSTNode) -> Location:
        """Give the place of a node of a chunk."""
        found = self._locations.get((index, id(node)))
        if found is not None:
            return found
        if index not in self._positions:
            module = self._modules.get(index)
            self._positions[index] = positions(module) if module is not None else {}
        place = self._positions[index].get(id(node))
        found = self._located(index, place or _NOWHERE)
        if place is not None:  # the identity of a node that is none of the tree may be taken by another one
            self._locations[index, id(node)] = found
        return found

    def _located(self, index: int, place: Place) -> Location:
        line, column, end_line, end_column = place
        shift = 2 if self.table.chunks[index].owner else 1
        span = Span(index, max(line - shift, 0), column, max(end_line - shift, 0), end_column)
        return Location(self.path, span)
