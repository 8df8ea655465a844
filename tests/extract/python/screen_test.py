"""The table of a module: where its statements stand, what they bind, touch and mention, and which are too deep."""

from __future__ import annotations

import io
import subprocess
import sys
import tokenize
import warnings

import pytest

from credlint.extract.python.screen import (
    MAXIMUM_DEPTH,
    Chunk,
    ChunkKind,
    Import,
    SyntaxProblem,
    Table,
    screen,
)
from tests.tree import ROOT

# Chunks as (kind, owner, first line, last line).
Shape = list[tuple[str, str, int, int]]


def shape(text: str) -> Shape:
    return [(chunk.kind.value, chunk.owner, chunk.first_line, chunk.last_line) for chunk in screen(text).chunks]


def chunk(text: str) -> Chunk:
    """Give the only chunk of a text."""
    (found,) = screen(text).chunks
    return found


SHAPES: dict[str, tuple[str, Shape]] = {
    "nothing": ("", []),
    "comments": ("# a\n\n# b\n", []),
    "statements": ("a = 1\n\nb = (\n    2\n)\n", [("statement", "", 1, 1), ("statement", "", 3, 5)]),
    "no end of the last line": ("a = 1", [("statement", "", 1, 1)]),
    "compound statements": ("if a:\n    b\nelse:\n    c\nd\n", [("statement", "", 1, 4), ("statement", "", 5, 5)]),
    "functions": (
        "def f():\n    a\nasync def g():\n    b\n",
        [("function", "", 1, 2), ("function", "", 3, 4)],
    ),
    "one line": ("a; b; c\nd\n", [("statement", "", 1, 1), ("statement", "", 2, 2)]),
    "a line that another begins": ("a = (\n    1\n); b = 2; c = (\n    3\n)\n", [("statement", "", 1, 5)]),
    "a continued line": ("a; \\\n    b\nc\n", [("statement", "", 1, 2), ("statement", "", 3, 3)]),
    "a backslash before an empty line": ("a \\\n\nb\n", [("statement", "", 1, 1), ("statement", "", 3, 3)]),
    "decorators": ("@a\n@b(\n    c\n)\ndef f():\n    d\n", [("function", "", 1, 6)]),
    "a decorator below its sign": ("@(\n    a\n)\ndef f():\n    d\n", [("function", "", 1, 5)]),
    "a decorator on a continued line": (
        "x\n@\\\na\ndef f():\n    d\n",
        [("statement", "", 1, 1), ("function", "", 2, 5)],
    ),
    "a decorated class": (
        "@a\nclass A:\n    @b\n    def f(self):\n        c\n",
        [("class", "", 1, 5), ("function", "A", 3, 5)],
    ),
    "members": (
        "class A:\n    '''a\n    b'''\n    c = 1; d = 2\n\n    def f(self):\n        e\n\ng\n",
        [
            ("class", "", 1, 7),
            ("statement", "A", 2, 3),
            ("statement", "A", 4, 4),
            ("function", "A", 6, 7),
            ("statement", "", 9, 9),
        ],
    ),
    "a class in a class": (
        "class A:\n    class B:\n        a = 1\n",
        [("class", "", 1, 3), ("statement", "A", 2, 3)],
    ),
    "a body on the header's line": (
        "class A: a = 1\nclass B(A): pass; b = 2\n",
        [("statement", "", 1, 1), ("statement", "", 2, 2)],
    ),
    "a body on the header's last line": ("class A(\n    B,\n): a = 1\n", [("statement", "", 1, 3)]),
    "a body on the last line of a keyword": ("class A(B, metaclass=M\n): ...\n", [("statement", "", 1, 2)]),
    "a header on several lines": (
        "class A(\n    B,\n):\n    a = 1\n",
        [("class", "", 1, 4), ("statement", "A", 4, 4)],
    ),
    "a body on a continued line": ("class A: \\\n    a = 1\n", [("class", "", 1, 2), ("statement", "A", 2, 2)]),
    "letters before a body": ("class Ä(\n    B\n): ä = 1\n", [("statement", "", 1, 3)]),
    "form feeds": ("a = 1\n\f\n\fb = 2\n", [("statement", "", 1, 1), ("statement", "", 3, 3)]),
    "line separators": ("a = '\u2028\x85\x1c'\nb = 2\n", [("statement", "", 1, 1), ("statement", "", 2, 2)]),
    "ends of other systems": (
        "a = 1\r\nb = '''\r\n'''\rc = 3",
        [("statement", "", 1, 1), ("statement", "", 2, 3), ("statement", "", 4, 4)],
    ),
    "a class behind another statement": ("a; x = lambda: 1\n", [("statement", "", 1, 1)]),
}


@pytest.mark.parametrize("name", SHAPES)
def test_chunks(name: str) -> None:
    text, expected = SHAPES[name]
    assert shape(text) == expected


def test_members_follow_their_class() -> None:
    chunks = screen("class A(B.C, D(1), metaclass=M):\n    a = 1\n    def f(self): pass\n\nb = 2\n").chunks
    assert [one.index for one in chunks] == [0, 1, 2, 3]
    assert chunks[0].members == (1, 2)
    assert chunks[0].bases == ("B.C", "D")
    assert chunks[0].binds == {"A"}
    assert [one.name for one in chunks] == ["A", "", "f", ""]
    assert [one.owner for one in chunks] == ["", "A", "A", ""]
    assert {"a", "f", "B", "C", "D", "M"} <= chunks[0].mentions
    assert "b" not in chunks[0].mentions


@pytest.mark.parametrize(
    ("text", "decorators"),
    [
        ("@a\ndef f(): pass\n", ("a",)),
        ("@a.b(1)\n@c\ndef f(): pass\n", ("a.b", "c")),
        ("@a().b\n@c[0]\n@(lambda f: f)\ndef f(): pass\n", ()),
        ("@a\nclass A: b = 1\n", ()),
        ("@a\nx = 1\n", None),
        ("@a\nclass A:\n    pass\n", ("a",)),
    ],
)
def test_decorators(text: str, decorators: tuple[str, ...] | None) -> None:
    if decorators is None:
        with pytest.raises(SyntaxProblem):
            screen(text)
    else:
        assert screen(text).chunks[0].decorators == decorators


@pytest.mark.parametrize(
    ("text", "binds"),
    [
        ("a = b = 1", {"a", "b"}),
        ("a, (b, *c) = d", {"a", "b", "c"}),
        ("a: int = 1", {"a"}),
        ("a += 1", {"a"}),
        ("del a", {"a"}),
        ("a.b = c[0] = 1", set()),
        ("(a := 1)", {"a"}),
        ("for a, b in c: d = 1", {"a", "b", "d"}),
        ("with a as b, c as (d, e): f = 1", {"b", "d", "e", "f"}),
        ("try: a\nexcept E as b: c = 1\nexcept F: pass", {"b", "c"}),
        (
            "match a:\n    case {'b': c, **d}: e = 1\n    case [f, *g] | (f as g): pass\n    case _: pass",
            {"c", "d", "e", "f", "g"},
        ),
        ("match a:\n    case {'b': 1} | [*_] | A(1): pass", set()),
        ("if a:\n    def f():\n        b = 1\n    class C:\n        d = 1", {"f", "C"}),
        ("a = lambda b: (c := b)", {"a"}),
        ("import a, b.c, d.e as f", {"a", "b", "f"}),
        ("from a import b, c as d", {"b", "d"}),
        ("global a", set()),
    ],
)
def test_names_that_a_statement_binds(text: str, binds: set[str]) -> None:
    assert chunk(text).binds == binds


@pytest.mark.parametrize(
    ("text", "touches"),
    [
        ("a.b = 1", {"a"}),
        ("a['b'] = 1", {"a"}),
        ("a.b['c'].d += 1", {"a"}),
        ("del a['b']", {"a"}),
        ("a().b = 1", {"a"}),
        ("a.b(c)", {"a", "c"}),
        ("a(b, *c, d=e, f=g.h, **i)", {"a", "b", "e", "i"}),
        ("a.b.c(d).e(f)", {"a", "d", "f"}),
        ("[][0].a = 1", set()),
        ("a.b", set()),
        ("(lambda: a.b())", set()),
        ("def f(): a.b()", set()),
        ("if a:\n    b[0] = 1", {"b"}),
    ],
)
def test_names_whose_parts_a_statement_may_change(text: str, touches: set[str]) -> None:
    assert chunk(text).touches == touches


@pytest.mark.parametrize(
    ("text", "imports"),
    [
        ("import a", [Import("a", "a", 0, whole=True)]),
        ("import a.b", [Import("a", "a", 0, whole=True, loaded="a.b")]),
        ("import a.b as c", [Import("c", "a.b", 0, whole=True)]),
        ("from a.b import c, d as e", [Import("c", "a.b.c", 0, whole=False), Import("e", "a.b.d", 0, whole=False)]),
        ("from . import a", [Import("a", "a", 1, whole=False)]),
        ("from ..a import b", [Import("b", "a.b", 2, whole=False)]),
        ("from a import *", [Import("*", "a.*", 0, whole=False)]),
        ("try:\n    import a\nexcept ImportError:\n    a = None", [Import("a", "a", 0, whole=True)]),
        ("def f():\n    import a", []),
    ],
)
def test_imports(text: str, imports: list[Import]) -> None:
    assert list(chunk(text).imports) == imports


def test_mentions_are_everything_that_a_search_could_want() -> None:
    found = chunk("def f(a, *b, c=d.e, **g) -> h:\n    i['j'] = k(l='m', n=f'{o}p')\n    from q.r import s as t\n")
    wanted = set("abcdefghijklmnopst") - {"b", "g"}
    assert wanted - {"t"} <= found.mentions
    assert {"a", "b", "c", "g", "q.r"} <= found.mentions
    assert found.binds == {"f"}


def test_long_strings_are_not_mentioned() -> None:
    assert chunk(f"a = '{'b' * 64}'").mentions == {"a", "b" * 64}
    assert chunk(f"a = '{'b' * 65}'").mentions == {"a"}
    assert chunk("a = b'b' + 1").mentions == {"a"}


# What `ast` does not take


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nprint 'x'\n", 2),
        ("a = (\n", 1),
        ("if a:\nb\n", 2),
        ("a = 1\n  b = 2\n", 2),
        ("a = '\n", 1),
        ("a = 1\0", 0),
        ("a = '\ud800'", 0),
    ],
)
def test_what_is_no_python(text: str, line: int) -> None:
    with pytest.raises(SyntaxProblem) as problem:
        screen(text)
    assert problem.value.line in {line, 0, 1}
    assert not problem.value.too_deep
    assert problem.value.__suppress_context__


def test_warnings_about_the_text_are_silenced() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert screen("a = '\\d'\nb = 1 is 1\nassert (a, 'b')\n").chunks
    assert caught == []
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # as a test run of the user's may have it
        assert screen("a = '\\d'\n").chunks


# Every line belongs somewhere

SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def lines_with_code(text: str) -> set[int]:
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SILENT:
            found.update(range(token.start[0], token.end[0] + 1))
    return found


def hold_cover(text: str) -> Table:
    """Hold that chunks stand in order, do not overlap, and that every line with code is in one."""
    table = screen(text)
    covered: dict[int, int] = {}
    for one in table.chunks:
        inside = range(one.first_line, one.last_line + 1)
        if one.kind is ChunkKind.CLASS:
            members = [table.chunks[index] for index in one.members]
            assert all(one.first_line < member.first_line for member in members)
            assert max(member.last_line for member in members) == one.last_line
            inside = range(one.first_line, members[0].first_line)
        for line in inside:
            assert line not in covered, f"line {line} is in two chunks"
            covered[line] = one.index
    assert lines_with_code(text) <= covered.keys()
    starts = [one.first_line for one in table.chunks]
    assert starts == sorted(starts)
    return table


@pytest.mark.parametrize("folder", ["credlint", "tests", "docs", "examples"])
def test_every_line_of_our_own_files_is_in_a_chunk(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*.py")):
        hold_cover(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SHAPES)
def test_every_line_is_in_a_chunk(name: str) -> None:
    hold_cover(SHAPES[name][0].replace("\r\n", "\n").replace("\r", "\n"))


# Depth

DEEP = {
    "nested parentheses": "(" * 2000 + "1" + ")" * 2000,
    "nested lists": "[" * 2000 + "]" * 2000,
    "a sum of 5,000 terms": " + ".join(["x"] * 5000),
    "a sum of 8,000 terms": " + ".join(["1"] * 8000),
    "a chain of 3,000 calls": "a" + ".b(c)" * 3000,
    "3,000 lambdas": "lambda: " * 3000 + "1",
}
PROGRAM = """
import sys
from credlint.extract.python.screen import SyntaxProblem, screen
from credlint.extract.python.source import Source
try:
    table = screen("before = 1\\nx = " + sys.stdin.read() + "\\nafter = 2\\n")
except SyntaxProblem as problem:
    print("refused")
else:
    source = Source("a.py", table)
    print(*(len(source.statements(chunk.index)) for chunk in table.chunks), len(source.unparsed))
"""


def screened_apart(expression: str, program: str = PROGRAM) -> str:
    """Screen a statement in a process of its own, which may not die of it, and give what it says."""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, input=expression, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("name", DEEP)
def test_what_is_too_deep_never_reaches_the_parser(name: str) -> None:
    # Some Pythons refuse the whole text; where they do not, the statement alone is left out.
    assert screened_apart(DEEP[name]) in {"refused\n", "1 0 1 1\n"}


def nested(depth: int) -> str:
    """Give a statement whose tree is so deep: the statement, the expressions, the innermost name."""
    return "-" * (depth - 2) + "a"


def test_the_bound_itself_is_read() -> None:
    assert not chunk(nested(MAXIMUM_DEPTH)).too_deep
    assert chunk(nested(MAXIMUM_DEPTH + 1)).too_deep


def test_brackets_count_as_signs_do() -> None:
    assert chunk("[--" * 180 + "1" + "]" * 180).too_deep
    assert not chunk("[" * 180 + "1" + "]" * 180).too_deep


def test_a_text_that_is_too_deep_for_python_itself() -> None:
    with pytest.raises(SyntaxProblem) as problem:
        screen("-" * 20_000 + "1")
    assert problem.value.too_deep


def test_only_the_deep_statement_is_left_out() -> None:
    found = screen(f"class A:\n    a = 1\n    b = {nested(500)}\n\nc = 2\n").chunks
    assert [one.too_deep for one in found] == [False, False, True, False]


def test_the_root_of_a_long_chain_is_not_sought_to_the_end() -> None:
    found = chunk("a" + ".b(c)" * 300)
    assert found.too_deep
    assert found.touches == {"a", "c"}
    assert chunk("a" + "[0]" * MAXIMUM_DEPTH + "[0].b = 1").touches == set()


def test_long_is_not_deep() -> None:
    flat = f"a = [{', '.join(['b'] * 20_000)}]\n"
    assert not chunk(flat).too_deep
