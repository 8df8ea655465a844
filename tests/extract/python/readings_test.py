"""How texts that are put together can read."""

from __future__ import annotations

from credlint.extract.python.domain import MISSING, Item, Scalar, Value, constant, tag
from credlint.extract.python.readings import Piece, readings
from credlint.model.values import EnvironmentVariable
from tests.checks.build import ONE_ARM, OTHER_ARM, at

KEY: Value = (Item(Scalar(EnvironmentVariable("KEY"))),)


def piece(*parts: Value, line: int = 1, cut: bool = False) -> Piece:
    return Piece(parts, at(line), (), cut, ("a",), (), ())


def carries(item: Item) -> bool:
    return isinstance(item.data, Scalar)


def texts(*pieces: Piece) -> list[str]:
    return sorted(reading.text.replace("\0", "|") for reading in readings(pieces, carries))


def test_one_way() -> None:
    (reading,) = readings([piece(constant("key="), KEY), piece(constant(";end"), line=2)], carries)
    assert reading.text == "key=\0" + "0\0;end"
    assert reading.only
    assert reading.value("\0" + "0\0") == KEY
    assert reading.value("end") == constant("end")
    assert reading.value("") == constant("")
    assert reading.value("a\0" + "0\0") != KEY
    assert [reading.piece(offset).callee for offset in (0, 6, 7)] == [at(1), at(1), at(2)]


def test_arms_exclude_each_other() -> None:
    ends = (tag(constant(""), ONE_ARM), tag(constant(";token"), OTHER_ARM))
    assert texts(piece(constant("key"), *ends)) == ["key", "key;token"]
    assert texts(piece(constant("key"), (*ends[0], *ends[1]))) == ["key", "key;token"]
    assert not any(reading.only for reading in readings([piece(constant("key"), *ends)], carries))


def test_what_stands_in_one_arm_alone_is_there() -> None:
    assert texts(piece(constant("key")), piece(tag(constant(";token"), ONE_ARM))) == ["key;token"]


def test_what_is_lacking_reads_as_nothing() -> None:
    assert texts(piece(constant("key"), MISSING)) == ["key"]


def test_alternatives_without_arms_are_ways_of_their_own() -> None:
    assert texts(piece((*constant("a"), *constant("b")))) == ["a", "b"]


def test_parts_in_no_known_order_are_not_read() -> None:
    assert readings([piece(KEY, cut=True)], carries) == []


def test_of_too_many_ways_those_of_other_conditions_are_left_out() -> None:
    arms = [(frozenset({(decision, 0)}), frozenset({(decision, 1)})) for decision in range(6)]
    others = [(*tag(constant("a"), one), *tag(constant("b"), other)) for one, other in arms]
    assert texts(piece(constant("key="), KEY, *others)) == ["key=|0|"]


def test_too_many_ways_are_not_read() -> None:
    either = (*constant("a"), *constant("b"))
    assert texts(piece(*[either] * 6)) == []
