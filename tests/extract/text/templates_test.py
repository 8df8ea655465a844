"""Template marks, covered."""

from __future__ import annotations

import pytest

from credlint.extract.text.conditions import Conditions
from credlint.extract.text.templates import Masked, has_marks, mask
from credlint.model.values import NO_BRANCH, compatible


def masked(text: str) -> Masked:
    return mask(text, Conditions())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a: {{ b }}", True), ("a: ${{ b }}", False), ("{% if x %}", True), ("a: {b: {c: 1}}", False), ("a: b", False)],
)
def test_what_has_marks(text: str, expected: bool) -> None:
    assert has_marks(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {{ b }}", "a: xxxxxxx"),
        ('a: "{{ b }}-c"', 'a: "xxxxxxx-c"'),
        ("{{- if .a }}\nb: 1\n{{- end }}", "\nb: 1\n"),
        ("a:\n  {{- toYaml .b | nindent 2 }}\nc: 1", "a:\n\nc: 1"),
        ("{{/* one\n two */}}\na: 1", "\n\na: 1"),
        ("{# note #}\na: {{ b }}", "\na: xxxxxxx"),
        ("a: |- {{ b | nindent 4 }}\nc: 1", "a: |-" + " " * 20 + "\nc: 1"),
        ("a: {{ unclosed", "a: {{ unclosed"),
    ],
)
def test_covered_text(text: str, expected: str) -> None:
    assert masked(text).text == expected


def test_an_item_that_is_continued_is_a_mapping() -> None:
    text = "a:\n  - {{ toYaml $x }}\n    {{- if y }}\n    b: 1\n    {{- end }}\n  - {{ z }}\n  - {{ w }}\nc: 1"
    covered = mask(text, Conditions())
    assert covered.text.split("\n")[1] == "  - " + "x" * 14 + ":"
    assert covered.text.split("\n")[5:7] == ["  - xxxxxxx", "  - xxxxxxx"]
    assert covered.has_insert(1, 2)
    assert not covered.has_insert(5, 7)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("labels: {{- x | nindent 2 }}\n  {{- if y }}\n  a: b", "labels: "),
        ("labels: {{- x | nindent 2 }}\n  # note\n  a: b", "labels: "),
        ("  env: {{ toYaml .x }}\n  - name: b", "  env: "),
        ("- env: {{ toYaml .x }}\n    - name: b", "- env: "),
        ("a: {{ x }}\nb: c", "a: xxxxxxx"),
        ("a: {{ x }}\n\n# d", "a: xxxxxxx"),
        ("a: {{ x }}", "a: xxxxxxx"),
        ("- a: {{ x }}\n  b: c", "- a: xxxxxxx"),
    ],
)
def test_a_value_that_goes_on_below(text: str, first: str) -> None:
    covered = mask(text, Conditions())
    assert covered.text.split("\n")[0] == first
    assert covered.has_insert(0, 1) is first.endswith(" ")


def test_arms_exclude_each_other() -> None:
    found = masked("{{ if .irsa }}\na\n{{ else if .keys }}\nb\n{{ else }}\nc\n{{ end }}\nd")
    arms = [found.branches(line, 0) for line in (1, 3, 5)]
    assert not any(compatible(one, other) for one in arms for other in arms if one is not other)
    assert found.branches(7, 0) == NO_BRANCH
    assert found.branches(0, 0) == NO_BRANCH


def test_blocks_nest() -> None:
    found = masked('{% if a %}\n{% for x in y %}\nb\n{% endfor %}\n{% endif %}\n{{ define "n" }}\nc\n{{ end }}')
    assert len(found.branches(2, 0)) == 2
    assert found.branches(6, 0) == NO_BRANCH


def test_an_end_without_a_beginning_is_nothing() -> None:
    assert masked("{{ end }}\n{{ else }}\na").branches(2, 0) == NO_BRANCH


def test_filled_places_and_inserted_lines() -> None:
    found = masked('a: {{ b }}\n{{ $x := 1 }}\n{{ include "c" . }}\n')
    assert found.is_filled((0, 3), (0, 10))
    assert found.is_filled((0, 5), (0, 6))
    assert not found.is_filled((0, 0), (0, 2))
    assert found.has_insert(2, 3)
    assert not found.has_insert(0, 2)
    assert not found.has_insert(3, 9)
