"""Shell scripts as commands."""

from __future__ import annotations

import time
from itertools import count

import pytest

from credlint.extract.text.shell import Command, Expression, Substitution, Variable
from credlint.extract.text.shell_reader import read_script


def commands(script: str) -> tuple[Command, ...]:
    return read_script(script, count().__next__)


def texts(script: str) -> list[list[str]]:
    """Give the words of each command, what is to be filled in as `_`."""
    return [[word.texts.replace("\0", "_") for word in command.words] for command in commands(script)]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("", []),
        ("a b; c", [["a", "b"], ["c"]]),
        ("a && b || c & d", [["a"], ["b"], ["c"], ["d"]]),
        ("a \\\n  b", [["a", "b"]]),
        ("a # b\nc", [["a"], ["c"]]),
        ("a#b", [["a#b"]]),
        ("'a b' \"c d\" e\\ f", [["a b", "c d", "e f"]]),
        ('"a $B c"', [["a _ c"]]),
        ("a $B ${C:-d} $1 $?", [["a", "_", "_", "_", "_"]]),
        ("a $(b c) `d`", [["a", "_", "_"]]),
        ("a $((1 + 2))", [["a", "_"]]),
        ("a $'b c'", [["a", "b c"]]),
        ("a ${{ secrets.B }} '${{ inputs.c }}'", [["a", "_", "_"]]),
        ("if a; then b; else c; fi", [["a"], ["b"], ["c"]]),
        ("for x in 1 2; do a; done", [["for", "x", "in", "1", "2"], ["a"]]),
        ("f() { a; }", [["f"], ["a"]]),
        ("(a; b)", [["a"], ["b"]]),
        ("case $x in a) b ;; c|e) d ;; esac; f", [["case", "_", "in"], ["b"], ["d"], ["f"]]),
        ("case $x in\n  a)\n    b\n    ;;\n  *) c\nesac", [["case", "_", "in"], ["b"], ["c"]]),
        ("a $(case $x in b) c ;; esac) d", [["a", "_", "d"]]),
        ("a <(b) c", [["a", "_", "c"]]),
        (
            "[[ $a < b || $c =~ ^(d|e)$ ]] && f",
            [["[[", "_", "<", "b", "|", "|", "_", "=~", "^", "(", "d", "|", "e", ")", "$", "]]"], ["f"]],
        ),
        ("((a++)); for ((i = 0; i < 3; i++)); do b; done", [["_"], ["for", "_"], ["b"]]),
        ("local a=(b c) d", [["local", "a=bc", "d"]]),
        ("a $((b * (c + 1))) $((d)) $((e); f)", [["a", "_", "_", "_"]]),
        ("'if' a; echo done", [["if", "a"], ["echo", "done"]]),
        ("a 'b\nc' \"d\ne\"\nf", [["a", "b\nc", "d\ne"], ["f"]]),
        ("a $(b $(c `d`))", [["a", "_"]]),
        ('"a\\"b\\$c\\d"', [['a"b$c\\d']]),
        ('"a\\\nb"', [["ab"]]),
        ("a $", [["a", "$"]]),
        ("unclosed 'a b", [["unclosed", "a b"]]),
        ('unclosed "a', [["unclosed", "a"]]),
        ("unclosed $(a", [["unclosed", "_"]]),
        ("unclosed ${a", [["unclosed", "_"]]),
    ],
)
def test_words(script: str, expected: list[list[str]]) -> None:
    assert texts(script) == expected


def test_assignments_stand_before_the_command() -> None:
    one, two = commands("A=1 B=$C program x\nD=(1 $(e))")
    assert [(each.name, each.value.texts) for each in one.assignments] == [("A", "1"), ("B", "\0")]
    assert one.name == "program"
    assert [each.name for each in two.assignments] == ["D"]
    assert any(isinstance(part, Substitution) for part in two.assignments[0].value.parts)


def test_program_without_its_folder() -> None:
    assert [command.name for command in commands("/usr/bin/env x\n$Y z")] == ["env", ""]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("a > b", [(">", "b")]),
        ("a >> b 2>&1", [(">>", "b"), (">&", "1")]),
        ("a &> b", [(">", "b")]),
        ("a < b", [("<", "b")]),
        ('a <<< "$B"', [("<<<", "\0")]),
        ("a < <(b)", [("<", "\0")]),
        ("a <(b)", []),
        ("while a; do b; done < c", [("<", "c")]),
        ("if a; then b; fi > c", [(">", "c")]),
        ("for a in b; do c; done >> d", [(">>", "d")]),
    ],
)
def test_redirects(script: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.operator, one.target.texts) for one in commands(script)[0].redirects] == expected


def test_here_documents() -> None:
    script = "cat > a <<EOF <<'RAW'\nx $Y $(z)\nEOF\n$raw\nRAW\nb\n"
    first, second = commands(script)
    bodies = [redirect.body for redirect in first.redirects if redirect.body]
    assert [body.texts for body in bodies] == ["x \0 \0\n", "$raw\n"]
    assert isinstance(bodies[0].parts[1], Variable)
    assert second.name == "b"


def test_an_unclosed_here_document_goes_on_to_the_end() -> None:
    (only,) = commands("cat <<EOF\nx\n")
    body = only.redirects[0].body
    assert body is not None
    assert body.texts == "x\n"


def test_pipes_and_groups() -> None:
    found = commands("{ a; b; } >> f\n(c) | d\ne | g")
    assert [(one.name, one.piped, len(one.redirects)) for one in found] == [
        ("a", False, 1), ("b", False, 1), ("c", True, 0), ("d", False, 0), ("e", True, 0), ("g", False, 0),
    ]  # fmt: skip
    assert found[4].pipeline == found[5].pipeline != found[3].pipeline


def test_a_group_is_piped_with_what_follows_it() -> None:
    first, second, tee = commands("{ a; b; } | tee -a f")
    assert first.pipeline == second.pipeline == tee.pipeline
    assert [one.piped for one in (first, second, tee)] == [True, True, False]


@pytest.mark.parametrize(
    ("redirect", "taken"),
    [
        ("> f", True), (">> f", True), ("1> f", True), ("&> f", True), (">& f", True), ("> $F", True),
        ("> /dev/null", True),
        ("2> f", False), ("2>&1", False), (">&2", False), ("> /dev/stderr", False), ("< f", False), ("<<< f", False),
    ],
)  # fmt: skip
def test_what_takes_the_output(redirect: str, taken: bool) -> None:
    (only,) = commands(f"a {redirect}")
    assert [one.takes_output for one in only.redirects] == [taken]


def test_branches_exclude_each_other() -> None:
    found = {one.name: one.branches for one in commands("if a; then b; elif c; then d; else e; fi; f")}
    (decision,) = {number for number, _ in found["b"]}
    assert [found[name] for name in "bde"] == [{(decision, arm)} for arm in (0, 1, 2)]
    assert found["f"] == frozenset()


def test_places_are_offsets_of_the_script() -> None:
    script = 'a "b c" $(d --e 5)'
    (one,) = commands(script)
    assert [script[word.start : word.end] for word in one.words] == ["a", '"b c"', "$(d --e 5)"]
    inner = one.words[2].parts[0]
    assert isinstance(inner, Substitution)
    assert script[inner.commands[0].words[2].start : inner.commands[0].words[2].end] == "5"


def test_expressions_keep_their_text() -> None:
    (one,) = commands("a x${{ secrets.B }}y")
    assert Expression("secrets.B") in one.words[1].parts
    assert one.words[1].literal is None


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        "$(",
        '"$(',
        "`",
        "${",
        "<<A\n",
        "a ",
        "<<<",
        "#",
        "if ",
        "$((",
        "${{",
        "'",
        '"',
        "case ",
        "{ ",
        "}",
        ")",
        ";;",
    ],
)
def test_anything_is_read_in_time_that_grows_with_it(piece: str) -> None:
    """Four times the text takes about four times the time; sixteen, where something looks back over all of it."""
    assert spent(piece * 8_000) < 9 * spent(piece * 2_000) + 0.1


def spent(text: str) -> float:
    """Give the seconds of the quickest of three runs: garbage of other tests is looked for in any of them."""
    taken = []
    for _ in range(3):
        begin = time.process_time()
        commands(text)
        taken.append(time.process_time() - begin)
    return min(taken)
