"""Where the nodes of a LibCST tree stand: what its own provider computes, without the copy of the tree and the objects.

Positions are those of `libcst.metadata.PositionProvider`; a test compares them.
"""

from __future__ import annotations

from types import TracebackType

import libcst as cst
from libcst._nodes.internal import CodegenState

Place = tuple[int, int, int, int]
"""First line (from 1), column, last line, column behind the end."""


def positions(module: cst.Module) -> dict[int, Place]:
    """Give the place of every node of a tree, by the identity of the node."""
    state = _State(module.default_indent, module.default_newline)
    module._codegen(state)  # noqa: SLF001 - the only way to positions without MetadataWrapper's copy of the tree
    return state.places


class _State(CodegenState):
    """What writes the text of a tree: here it only counts lines and columns."""

    def __init__(self, default_indent: str, default_newline: str) -> None:
        super().__init__(default_indent, default_newline)
        self.places: dict[int, Place] = {}
        self.line = 1
        self.column = 0
        self._open: list[tuple[int, int]] = []

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.column += len(token)

    def add_token(self, value: str) -> None:
        if "\n" in value or "\r" in value:
            lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self.line += len(lines) - 1
            self.column = len(lines[-1])
        else:
            self.column += len(value)

    def before_codegen(self, node: cst.CSTNode) -> None:
        self._open.append((self.line, self.column))

    def after_codegen(self, node: cst.CSTNode) -> None:
        line, column = self._open.pop()
        self.places.setdefault(id(node), (line, column, self.line, self.column))

    def record_syntactic_position(  # type: ignore[override]
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> _Recorder:
        return _Recorder(self, node, start_node, end_node)


class _Recorder:
    """Takes the place of a node while its text is written; its ends may be those of others."""

    __slots__ = ("_end", "_node", "_start", "_state", "_where")

    def __init__(self, state: _State, node: cst.CSTNode, start: cst.CSTNode | None, end: cst.CSTNode | None) -> None:
        self._state, self._node, self._start, self._end = state, node, start, end
        self._where = (state.line, state.column)

    def __enter__(self) -> None:
        self._where = (self._state.line, self._state.column)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        state = self._state
        first = self._where if self._start is None else state.places[id(self._start)][:2]
        last = (state.line, state.column) if self._end is None else state.places[id(self._end)][2:]
        state.places[id(self._node)] = (*first, *last)
