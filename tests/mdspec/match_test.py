"""How comments and findings are compared."""

from __future__ import annotations

from tests.mdspec.match import Expected, Found, mismatches, read_expected

LINE = Expected("a.py", 3, "error", "rule")
FINDING = Found("a.py", 3, "error", "rule", "case", "It is wrong")


def test_comments_are_read_line_by_line() -> None:
    text = "x\ny  # error: [one] # note: [two case]\n# warning: [three]\n"
    assert list(read_expected("a.py", text)) == [
        Expected("a.py", 2, "error", "one"),
        Expected("a.py", 2, "note", "two", "case"),
        Expected("a.py", 3, "warning", "three"),
    ]


def test_other_comments_say_nothing() -> None:
    assert list(read_expected("a.py", "x  # error: rule\ny  # type: [z]\n# info: [a]")) == []


def test_nothing_is_said_when_all_agree() -> None:
    assert mismatches([LINE], [FINDING]) == []
    assert mismatches([Expected("a.py", 3, "error", "rule", "case")], [FINDING]) == []


def test_comment_without_finding() -> None:
    assert mismatches([LINE], []) == ["a.py:3: not found: error: [rule]"]


def test_finding_without_comment() -> None:
    assert mismatches([], [FINDING]) == ["a.py:3: unexpected: error: [rule case] It is wrong"]


def test_everything_that_is_compared_counts() -> None:
    for other in (
        Expected("b.py", 3, "error", "rule"),
        Expected("a.py", 4, "error", "rule"),
        Expected("a.py", 3, "warning", "rule"),
        Expected("a.py", 3, "error", "other"),
        Expected("a.py", 3, "error", "rule", "other"),
    ):
        assert len(mismatches([other], [FINDING])) == 2


def test_two_findings_need_two_comments() -> None:
    assert mismatches([LINE], [FINDING, FINDING]) == ["a.py:3: unexpected: error: [rule case] It is wrong"]
    assert mismatches([LINE, LINE], [FINDING, FINDING]) == []


def test_comment_that_names_a_case_chooses_first() -> None:
    other = Found("a.py", 3, "error", "rule", "other")
    assert mismatches([LINE, Expected("a.py", 3, "error", "rule", "case")], [FINDING, other]) == []


def test_order_is_that_of_the_file() -> None:
    said = mismatches([Expected("a.py", 9, "note", "rule")], [FINDING])
    assert [one.split(" ")[0] for one in said] == ["a.py:3:", "a.py:9:"]
