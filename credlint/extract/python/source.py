"""A Python file as chunks that LibCST parses one by one, when asked; positions only for nodes that are reported."""

from __future__ import annotations

import gc

import libcst as cst
from libcst.metadata import CodeRange
from libcst.metadata.position_provider import PositionProvidingCodegenState

from credlint.extract.python.screen import Chunk, ChunkKind, Table
from credlint.model.span import Location, Span

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


class _Positions:
    """All that the code generator asks of its provider: a place to write positions to."""

    def __init__(self) -> None:
        self._computed: dict[cst.CSTNode, CodeRange] = {}


class Source:
    """One module: its table, and the trees of the chunks that were asked for."""

    def __init__(self, path: str, table: Table) -> None:
        self.path = path
        self.table = table
        self._modules: dict[int, cst.Module | None] = {}
        self._positions: dict[int, dict[cst.CSTNode, Span]] = {}
        self.unparsed: list[Chunk] = []

    def starts(self) -> tuple[int, ...]:
        """Give the 1-based first line of every chunk, as FileFacts.chunks wants it."""
        return tuple(chunk.first_line for chunk in self.table.chunks)

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
        enabled = gc.isenabled()
        gc.disable()  # the parser builds millions of small objects that all stay: 5 to 15 %
        try:
            return cst.parse_module(text)
        except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError, TypeError):
            # TypeError: https://github.com/Instagram/LibCST/issues/1061
            self.unparsed.append(chunk)
            return None
        finally:
            if enabled:
                gc.enable()

    def location(self, index: int, node: cst.CSTNode) -> Location:
        """Give the place of a node of a chunk."""
        if index not in self._positions:
            self._positions[index] = self._measure(index)
        return Location(self.path, self._positions[index].get(node, Span(index, 0, 0, 0, 0)))

    def _measure(self, index: int) -> dict[cst.CSTNode, Span]:
        module = self._modules.get(index)
        if module is None:
            return {}
        chunk = self.table.chunks[index]
        provider = _Positions()
        state = PositionProvidingCodegenState(
            default_indent=module.default_indent,
            default_newline=module.default_newline,
            provider=provider,  # type: ignore[arg-type]
        )
        module._codegen(state)  # noqa: SLF001 - the only way to positions without MetadataWrapper's copy of the tree
        shift = 2 if chunk.owner else 1
        return {
            node: Span(index, place.start.line - shift, place.start.column, place.end.line - shift, place.end.column)
            for node, place in provider._computed.items()  # noqa: SLF001
        }
