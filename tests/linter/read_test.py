"""Bytes become the text that Python and YAML would read, or a problem that names the line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from credlint.linter.read import LARGEST_BYTES, bounded, decode, language_by_content, read_bytes, read_source
from credlint.model.problem import Problem

E_ACUTE = "\N{LATIN SMALL LETTER E WITH ACUTE}"


@pytest.mark.parametrize(
    ("language", "data", "text"),
    [
        ("python", b"", ""),
        ("python", b"x = 1\r\n", "x = 1\r\n"),
        ("python", f"x = '{E_ACUTE}'".encode(), f"x = '{E_ACUTE}'"),
        ("python", b"\xef\xbb\xbfx = 1", "x = 1"),
        ("python", b"# -*- coding: latin-1 -*-\nx = '\xe9'", f"# -*- coding: latin-1 -*-\nx = '{E_ACUTE}'"),
        ("python", b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'\xe9'", None),
        ("python", b"\r\n# coding: latin-1\r\n'\xe9'", f"\r\n# coding: latin-1\r\n'{E_ACUTE}'"),
        ("python", b"# coding: shift_jis\n'\x83\x65'", "# coding: shift_jis\n'\N{KATAKANA LETTER TE}'"),
        ("yaml", b"\xff\xfea\x00:\x00", "a:"),
        ("yaml", b"\xfe\xff\x00a\x00:", "a:"),
        ("yaml", b"\xef\xbb\xbfa: 1", "a: 1"),
        ("yaml", f"# coding: latin-1\na: {E_ACUTE}".encode(), f"# coding: latin-1\na: {E_ACUTE}"),
    ],
)
def test_decode(language: str, data: bytes, text: str | None) -> None:
    decoded = decode("a", language, data)
    assert isinstance(decoded, str)
    assert text is None or decoded == text


@pytest.mark.parametrize(
    ("language", "data", "line", "message"),
    [
        ("python", b"x = 1\ny = '\xe9'\n", 2, "this line holds a byte that is not UTF-8"),
        ("python", b"x = 1\ry = 2\r\ny = '\xe9'\n", 3, "this line holds a byte that is not UTF-8"),
        ("python", b"x = 1\n# coding: latin-1\ny = '\xe9'\n", 3, "this line holds a byte that is not UTF-8"),
        ("python", b"\xef\xbb\xbf# coding: latin-1\ny = '\xe9'\n", 2, "this line holds a byte that is not UTF-8"),
        ("python", b"# coding: ascii\ny = '\xe9'\n", 2, "this line holds a byte that is not ASCII"),
        ("python", b"\n# coding: klingon\ny = '\xe9'\n", 2, "Python knows no text encoding of the declared name"),
        ("python", b"# coding: rot13\ny = '\xe9'\n", 1, "Python knows no text encoding of the declared name"),
        ("python", b"# coding: punycode\ny = '\xe9'\n", 1, "Python knows no text encoding of the declared name"),
        ("python", b"# coding: utf-7\ny = '\xe9'\n", 1, "Python knows no text encoding of the declared name"),
        ("python", b"# coding: undefined\ny = '\xe9'\n", 1, "Python knows no text encoding of the declared name"),
        ("python", b"\xff\xfex\x00", 1, "it is UTF-16, which Python does not accept; save it as UTF-8"),
        ("python", b"x = 1\n\0", 2, "this line holds a NUL byte"),
        ("yaml", b"a: 1\nb: \0\n", 2, "this line holds a NUL byte"),
        ("yaml", b"a: 1\nb: \xe9\n", 2, "this line holds a byte that is not UTF-8"),
        ("yaml", b"\xff\xfea\x00:", 1, "this line holds a byte that is not UTF-16-LE"),
    ],
)
def test_undecodable(language: str, data: bytes, line: int, message: str) -> None:
    problem = decode("a", language, data)
    assert isinstance(problem, Problem)
    assert (problem.kind.value, problem.severity.value, problem.line) == ("undecodable", "warning", line)
    assert problem.message == f"not read: {message}"


@pytest.mark.parametrize(
    ("data", "language"),
    [
        (b"#!/usr/bin/env python3\n", "python"),
        (b"#!/usr/bin/python\n", "python"),
        (b"#!/bin/sh\npython x.py\n", ""),
        (b"import python\n", ""),
        (b"", ""),
    ],
)
def test_language_by_content(data: bytes, language: str) -> None:
    assert language_by_content(data) == language


def test_only_the_first_line_of_an_unknown_kind_is_read(tmp_path: Path) -> None:
    script = tmp_path / "upload"
    script.write_bytes(b"#!/usr/bin/env python\n" + b"x = 1\n" * 100)
    assert read_source(str(script), "") == script.read_bytes()
    script.write_bytes(b"\0" * (LARGEST_BYTES + 1))
    head = read_source(str(script), "")
    assert isinstance(head, bytes)
    assert len(head) < 1000


def test_a_file_beyond_the_bound_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x" * LARGEST_BYTES)
    assert isinstance(read_source(str(path), "python"), bytes)
    path.write_bytes(b"x" * (LARGEST_BYTES + 1))
    problem = read_source(str(path), "python")
    assert isinstance(problem, Problem)
    assert (problem.kind.value, problem.path) == ("too-large", str(path))
    assert "larger than the 5 MB" in problem.message
    assert isinstance(bounded("-", b"x" * (LARGEST_BYTES + 1)), Problem)


def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "nowhere", Path("/dev/null")):
        problem = read_bytes(str(path), 10)
        assert isinstance(problem, Problem)
        assert problem.kind.value == "unreadable"


def test_what_may_not_be_read_is_a_problem(ordinary_user: Path) -> None:
    path = ordinary_user / "a.py"
    path.write_text("x = 1")
    path.chmod(0)
    problem = read_source(str(path), "python")
    assert isinstance(problem, Problem)
    assert problem.message == "not read: permission denied"
