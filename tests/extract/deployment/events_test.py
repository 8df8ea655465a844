"""Text to trees."""

from __future__ import annotations

import pytest

from credlint.extract.deployment.events import MAXIMUM_DEPTH, parse
from credlint.extract.deployment.tree import (
    Alias,
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    entries,
    get,
    items,
    reach,
    resolve,
    text_at,
    text_of,
    value_at,
)


def only(text: str) -> Document:
    parsed = parse(text)
    assert parsed.troubles == ()
    (document,) = parsed.documents
    return document


def plain(node: Node | None, depth: int = 6) -> object:
    found = resolve(node)
    if found is None or depth == 0:
        return None
    if isinstance(found, Scalar):
        return found.text
    if isinstance(found, Sequence):
        return [plain(item, depth - 1) for item in found.items]
    return {one.entry.key.text: plain(one.entry.value, depth - 1) for one in entries(found)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: [x, {c: d}]", {"a": "1", "b": ["x", {"c": "d"}]}),
        ("a: !Ref b\nc: !Sub |\n  d\n", {"a": "b", "c": "d\n"}),
        ("a: &x 1\nb: *x", {"a": "1", "b": "1"}),
        ("a: &x 1\nb: &x 2\nc: *x", {"a": "1", "b": "2", "c": "2"}),
        ("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3", {"x": {"a": "1", "b": "2"}, "y": {"b": "3", "a": "1"}}),
        ("x: &x {a: 1}\nz: &z {a: 2, c: 3}\ny: {<<: [*x, *z]}", {
            "x": {"a": "1"}, "z": {"a": "2", "c": "3"}, "y": {"a": "1", "c": "3"}}),
        ("a: 1\na: 2", {"a": "2"}),
        ("? [complex]\n: 1\na: 2", {"": "1", "a": "2"}),
        ("'<<': 1", {"<<": "1"}),
    ],
)  # fmt: skip
def test_trees(text: str, expected: object) -> None:
    assert plain(only(text).root) == expected


def test_an_alias_without_an_anchor_is_unknown() -> None:
    parsed = parse("a: 1\n---\nb: *undefined\nc: *later\nd: &later 2\ne: *later\n")
    assert plain(parsed.documents[1].root) == {"b": None, "c": None, "d": "2", "e": "2"}
    assert [(trouble.line, trouble.too_deep) for trouble in parsed.troubles] == [(3, False)]


def test_documents_are_read_each_by_itself() -> None:
    parsed = parse("a: 1\n---\nb: [\n---\nc: 3\n...\n---\n# nothing\n")
    assert [plain(document.root) for document in parsed.documents] == [{"a": "1"}, {"b": []}, {"c": "3"}, ""]
    assert [document.first_line for document in parsed.documents] == [0, 1, 3, 6]
    assert [trouble.line for trouble in parsed.troubles] == [4]


@pytest.mark.parametrize("text", ["%YAML 1.1\n---\na: 1", "# x\n\n---\na: 1", "--- # x\na: 1", "--- {a: 1}"])
def test_what_stands_before_the_first_document_is_no_document(text: str) -> None:
    assert plain(only(text).root) == {"a": "1"}


@pytest.mark.parametrize(
    ("text", "before"),
    [("a: 1\nb:\n\tc: 2", {"a": "1", "b": ""}), ("a: 1\nb: @c", {"a": "1"}), ("a: 1\n b: 2\nc", {"a": "1 b: 2"})],
)
def test_what_stands_before_an_error_is_kept(text: str, before: object) -> None:
    parsed = parse(text)
    assert len(parsed.troubles) == 1
    found = plain(parsed.documents[0].root)
    assert isinstance(found, dict)
    assert found.get("a") is not None


def test_messages_do_not_quote() -> None:
    for text in ("secret: @hunter", "secret:\n\thunter: 1", "a: b: hunter", "a: 1\nhunter", "[hunter"):
        (trouble,) = parse(text).troubles
        assert "hunter" not in trouble.message
        assert "secret" not in trouble.message


def test_characters_that_yaml_forbids_or_breaks_lines_at() -> None:
    document = only("a: x\u2028y\x00z\x0c\x85\ud800\nb: 1\r\nc: 2\rd: 3")
    assert [(one.text, one.extent.start.line) for one in document.scalars[1::2]] == [
        ("x y z", 0), ("1", 1), ("2", 2), ("3", 3),
    ]  # fmt: skip


def test_extents_begin_behind_anchor_and_tag() -> None:
    document = only("a: &x !y  value\nb: !z {c: 1}")
    assert document.scalars[1].extent.start.column == 10
    assert document.scalars[1].tag == "!y"


def test_depth_is_bounded() -> None:
    parsed = parse("[" * 5_000 + "]" * 5_000)
    assert parsed.troubles[0].too_deep
    node, depth = resolve(parsed.documents[0].root), 0
    while isinstance(node, Sequence) and node.items:
        node, depth = resolve(node.items[0]), depth + 1
    assert depth <= MAXIMUM_DEPTH


def test_recursive_aliases_end() -> None:
    document = only("a: &a [*a]\nb: &b {<<: *b, c: 1}\nd: &d {d: *d}")
    assert plain(document.root, 3) is not None
    assert [one.entry.key.text for one in entries(value_at(document.root, "b"))] == ["c"]


def test_an_alias_of_itself_is_nothing() -> None:
    anchors: list[Node] = []
    alias = Alias(anchors, 0, only("a").scalars[0].extent)
    anchors.append(alias)
    assert resolve(alias) is None


def test_a_billion_laughs_are_not_expanded() -> None:
    laughs = ["a0: &a0 {x: 1}"] + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 12)]
    document = only("\n".join(laughs))
    assert len(entries(value_at(document.root, "a11"))) <= 1
    lists = ["b0: &b0 [x]"] + [f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]" for n in range(1, 12)]
    root = only("\n".join(lists)).root
    assert sum(1 for _ in reach(root, "b11[][][][][][][]")) < 100_000


def test_paths() -> None:
    root = only("a:\n  b.c: [{d: 1}, {d: 2}]\n  e: {f: x, g: y}").root
    assert [text_of(one.node) for one in reach(root, "a.b\\.c[].d")] == ["1", "2"]
    assert [one.key for one in reach(root, "a.e.*")] == ["f", "g"]
    assert [one.key for one in reach(root, "a.b\\.c[]")] == ["0", "1"]
    assert text_at(root, "a.e.f") == "x"
    assert text_at(root, "a.e") is None
    assert value_at(root, "a.z.f") is None
    assert list(reach(None, "a")) == []
    assert items(value_at(root, "a")) == ()


def test_null_is_no_text() -> None:
    root = only("a:\nb: ~\nc: ''\nd: !x\ne: 'null'").root
    assert [text_at(root, key) for key in "abcde"] == [None, None, "", "", "null"]


def test_an_entry_ends_with_its_value() -> None:
    root = only("a:\n  b: |\n    x\n    y\n\nc: 1\n").root
    placed = get(root, "a")
    assert placed is not None
    assert (placed.entry.extent.start.line, placed.entry.extent.end.line) == (0, 5)
    assert placed.entry.follows.line == 5


def test_go_templates_look_like_flow_mappings() -> None:
    assert parse("a: {{ b }}").template_like
    assert not parse("a: {b: {c: d}}").template_like


def test_too_many_nodes_are_a_trouble() -> None:
    parsed = parse("[" + "1," * 300_100 + "]")
    assert "more nodes" in parsed.troubles[0].message


def test_empty_text() -> None:
    assert only("").root is None
    assert isinstance(only("{}").root, Mapping)
