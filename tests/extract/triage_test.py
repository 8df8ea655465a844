"""The first question about a file, on its bytes alone."""

from __future__ import annotations

import sys

import pytest

from credlint.catalogue.examples import read_examples
from credlint.catalogue.load import load_catalogue, rule_names
from credlint.catalogue.triggers import TRIGGERS
from credlint.extract.triage import is_relevant
from credlint.model.values import Lifetime
from tests.markers import render
from tests.tree import ROOT, run

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("word", TRIGGERS)
def test_every_word_makes_a_file_relevant(word: bytes) -> None:
    assert is_relevant(b"x" * 1000 + word + b"x")
    assert is_relevant(word)


@pytest.mark.parametrize("data", [b"", b"x = 1\n", b"print('hello')\n", b"\0\xff\xfe" * 100, b"aw\ns_", b"ASI A"])
def test_what_names_nothing_is_not_relevant(data: bytes) -> None:
    assert not is_relevant(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_of_two_bytes_per_letter_is_read_if_it_says_so(encoding: str) -> None:
    mark = b"" if encoding == "utf-16" else "\ufeff".encode(encoding)
    assert is_relevant(mark + "x = 1".encode(encoding))
    assert not is_relevant(b"x\xff\xfe")


@pytest.mark.parametrize("rule", rule_names())
def test_no_example_is_passed_over(rule: str) -> None:
    for example in read_examples(rule):
        # a file of an example may be there for another one only
        assert any(is_relevant(render(text).encode()) for _, text in example.bad), example.name


@pytest.mark.parametrize("name", [name for name, entry in CATALOGUE.callables.items() if entry.slot("key_id")])
def test_no_sink_of_the_catalogue_is_passed_over(name: str) -> None:
    slots = [slot for _, slot in CATALOGUE.callables[name].parameters]
    keywords = [word for slot in slots if slot.position is None for word in slot.keywords[:1]]
    by_keyword = CATALOGUE.callables[name].slot("key_id").position is None  # type: ignore[union-attr]
    assert is_relevant(" ".join((name, *(keywords if by_keyword else ()))).encode())


# The console's own ids, which need no token, are of no matter to any rule.
KEYS = [form for form in CATALOGUE.grammar.key_ids if form.needs_token or form.lifetime is not Lifetime.TEMPORARY]


@pytest.mark.parametrize("name", [*CATALOGUE.variables, *(form.prefix for form in KEYS)])
def test_no_variable_or_key_is_passed_over(name: str) -> None:
    assert is_relevant(name.encode())


def test_asking_needs_no_parser() -> None:
    program = "import sys; from credlint.extract.triage import is_relevant; print(*sorted(sys.modules))"
    done = run([sys.executable, "-c", program], ROOT, measured=False)
    assert done.returncode == 0
    assert not {"ast", "json", "libcst", "re", "tokenize", "yaml"} & set(done.stdout.split())
