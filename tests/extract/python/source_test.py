"""Chunks parsed one by one: the same trees at the same places as the whole module parsed at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import libcst as cst
import pytest
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from credlint.catalogue.examples import read_examples
from credlint.catalogue.load import rule_names
from credlint.extract.python.screen import ChunkKind, screen
from credlint.extract.python.source import Source, Statement
from credlint.model.span import Region, absolute
from tests.markers import render
from tests.tree import ROOT

# Nodes that are not code: they may belong to the statement before or after.
_BLANK = (cst.BaseParenthesizableWhitespace, cst.EmptyLine, cst.TrailingWhitespace, cst.Comment, cst.Newline)


def source(text: str) -> Source:
    return Source("a.py", screen(text))


def region(made: Source, index: int, node: cst.CSTNode) -> Region:
    return absolute(made.location(index, node), made.starts())


def names(made: Source) -> dict[str, list[tuple[int, int]]]:
    """Give (line, column) of every name of a module."""
    found: dict[str, list[tuple[int, int]]] = {}
    for chunk in made.table.chunks:
        for node in (inner for one in made.statements(chunk.index) for inner in code_of(one)):
            if isinstance(node, cst.Name):
                place = region(made, chunk.index, node)
                found.setdefault(node.value, []).append((place.line, place.column))
    return found


def code_of(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Give a node and all below it that is code, in the order of the text."""
    yield node
    for child in node.children:
        if not isinstance(child, _BLANK):
            yield from code_of(child)


# The whole module as the oracle


def pairs(made: Source, module: cst.Module) -> Iterator[tuple[int, Statement, cst.CSTNode]]:
    """Give every statement of a chunk with the statement of the whole module that it is."""
    top = iter(module.body)
    members: Iterator[cst.BaseStatement | cst.BaseSmallStatement] = iter(())
    for chunk in made.table.chunks:
        if chunk.kind is ChunkKind.CLASS:
            whole = next(top)
            assert isinstance(whole, cst.ClassDef)
            assert list(members) == []
            members = iter(whole.body.body)
            continue
        statements = made.statements(chunk.index)
        assert statements
        for statement in statements:
            yield chunk.index, statement, next(members if chunk.owner else top)
    assert list(top) == []
    assert list(members) == []


def hold_places(text: str) -> None:
    """Hold that every node of every chunk stands where LibCST's own provider sees it in the whole module."""
    made = source(text)
    module = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    places = module.resolve(PositionProvider)
    for index, statement, whole in pairs(made, module.module):
        for ours, theirs in zip(code_of(statement), code_of(whole), strict=True):
            assert type(ours) is type(theirs)
            expected = places[theirs]
            assert isinstance(expected, CodeRange)
            start, end = expected.start, expected.end
            found = region(made, index, ours)
            place = (found.line, found.column, found.end_line, found.end_column)
            assert place == (start.line, start.column, end.line, end.column), type(ours)
    assert made.unparsed == []


TEXTS = {
    "members": "class A:\n    a = 1; b = 2\n\n    # c\n    @d(\n  e\n    )\n    def f(self):\n        g(1)\n\nh = 1\n",
    "tabs": "class A:\n\ta = 1\n\tdef f(self):\n\t\tb\n",
    "deep members": "class A:\n          a = b(\n  c)\n          d = 1\n",
    "strings in members": "class A:\n    '''a\n  b\n'''\n    c = '''\nd\n''' + e\n",
    "classes in classes": "class A:\n    class B:\n        class C:\n            d = e(1)\n",
    "blank lines": "\n\n\na = b\n\n\n\nc = d\n\n",
    "wide letters": "a = 'ü😀'; b = c\nclass Ä:\n    d = '😀' + e\n",
    "form feeds": "a = 1\n\f\n\fb = c\nclass A:\n\f    d = e\n",
    "line separators": "a = '\u2028\x85\v'; b = c\n",
    "ends of other systems": "a = b\r\nclass A:\r\n    c = '''\r\n''' + d\r\n",
    "continued lines": "a = b + \\\n    c; \\\n    d\ne \\\n\nf = g\n",
    "decorators": "@a\n\n# b\n@c(\n    d\n)\n\ndef e(): f\n",
    "decorators below their signs": "@(\n    a\n)\nasync def b():\n    await c\n",
    "bodies on the line of a header": "class A(\n    B\n): c = d; e = f\nif a: b; c\nfor a in b: c\n",
    "comments at ends": "def f():\n    a  # b\n    # c\n# d\ne\n",
    "no end of the last line": "class A:\n    def f(self):\n        return a",
    "clauses of try": "try:\n    a\nexcept B as c:\n    d\nelse:\n    e\nfinally:\n    f\n",
    "clauses of if": "if g:\n    h\nelif i:\n    j\nelse:\n    k\n",
    "matching": "match a:\n    case {'b': c, **d} if e: f\n    case [g, *h] | (i as g): j\n",
    "comprehensions": "a = [b for c in d if e]; f = {**g, 'h': {i: j for k in l}}\n",
    "strings of all kinds": "a = f'{b!r:>{c}}' 'd' rb'e' and (f, *g)\nh[i:j, k] = lambda *l, m=n, **o: p\n".replace(
        " rb'e'", ""
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_places(name: str) -> None:
    hold_places(TEXTS[name])


@pytest.mark.parametrize("folder", ["credlint/model", "credlint/checks", "credlint/linter", "examples", "tests/checks"])
def test_places_of_our_own_files(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*.py")):
        hold_places(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", rule_names())
def test_places_of_examples(rule: str) -> None:
    for example in read_examples(rule):
        if example.language == "python":
            for _, text in (*example.bad, *example.good):
                hold_places(render(text))


# What is asked for


def test_columns_are_code_points() -> None:
    assert names(source("'😀ü'; a\nclass A:\n    'ü'; b\n")) == {"a": [(1, 6)], "b": [(3, 9)]}


def test_an_edit_above_changes_no_span() -> None:
    text = "a = 1\nclass A:\n    def f(self):\n        b\n"
    for before in ("", "\n\n# c\n"):
        made = source(before + text)
        (function,) = made.statements(2)
        name = next(node for node in code_of(function) if isinstance(node, cst.Name) and node.value == "b")
        span = made.location(2, name).span
        assert (span.chunk, span.line, span.column, span.end_line, span.end_column) == (2, 1, 8, 1, 9)
        assert made.location(2, name).path == "a.py"


def test_starts_are_the_first_lines_of_chunks() -> None:
    assert source("a = 1\n\n@b\ndef f():\n    c\nclass A:\n    d = 1\n").starts() == (1, 3, 6, 7)


def test_a_chunk_is_parsed_once_and_only_when_asked_for() -> None:
    made = source("a = 1\nb = 2\n")
    assert made.statements(1) is not made.statements(0)
    (first,) = made.statements(1)
    (again,) = made.statements(1)
    assert first is again


def test_a_class_has_no_statements_of_its_own() -> None:
    made = source("class A:\n    a = 1\n")
    assert made.statements(0) == ()
    assert len(made.statements(1)) == 1
    assert made.unparsed == []


def test_what_is_too_deep_is_not_parsed_but_told() -> None:
    made = source(f"a = {'-' * 500}1\nb = 2\n")
    assert made.statements(0) == ()
    assert made.statements(0) == ()
    assert made.unparsed == [made.table.chunks[0]]
    assert len(made.statements(1)) == 1


def test_what_libcst_does_not_take_is_told() -> None:
    made = source("a = 1\nb = 2\n")
    broken = Source("a.py", type(made.table)(made.table.chunks, ("a = (", "b = 2", "")))
    assert broken.statements(0) == ()
    assert broken.unparsed == [broken.table.chunks[0]]
    assert len(broken.statements(1)) == 1


@pytest.mark.parametrize("enabled", [False, True])
@pytest.mark.parametrize("line", ["a = 1", "a = ("])
def test_the_collector_is_left_as_it_was(enabled: bool, line: str) -> None:
    before = gc.isenabled()
    try:
        gc.enable() if enabled else gc.disable()
        made = source("a = 1\n")
        Source("a.py", type(made.table)(made.table.chunks, (line, ""))).statements(0)
        assert gc.isenabled() is enabled
    finally:
        gc.enable() if before else gc.disable()


def test_a_node_of_no_chunk_stands_at_its_beginning() -> None:
    made = source("a = 1\n")
    made.statements(0)
    assert region(made, 0, cst.Name("made_up")) == Region("a.py", 1, 0, 1, 0)
    assert region(source("\n\na = 1\n"), 0, cst.Name("made_up")) == Region("a.py", 3, 0, 3, 0)
