"""How a text that is put together can read: on each choice of arms one text, with marks where values stand.

A mark is the number of the value between two NUL characters, which no text of a program holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from credlint.extract.python.domain import Const, Item, Missing, Value, constant, unknown
from credlint.model.patterns import pattern
from credlint.model.records import dataclass, replace
from credlint.model.span import Location
from credlint.model.values import NO_BRANCH, Branches, Origin, compatible

_MAXIMUM_READINGS = 24
"""A text that can read in more ways than these is not read."""
_MARK = pattern("\0(\\d+)\0")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one call was handed: the parts of the text in order, where the call stands, and where its arguments do."""

    parts: tuple[Value, ...]
    callee: Location
    handed: tuple[Location, ...]
    cut: bool
    flows: tuple[str, ...]
    calls: tuple[Location, ...]
    falsy: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a text can read. `starts` gives, per piece, the offset at which it begins."""

    text: str
    values: tuple[Value, ...]
    branches: Branches
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]
    only: bool

    def value(self, text: str) -> Value:
        """Give what a stretch of the text is: the value of a mark, a constant, or unknown where it is a mixture."""
        found = _MARK.fullmatch(text)
        if found is not None:
            return self.values[int(found[1])]
        return unknown("built text") if "\0" in text else constant(text)

    def piece(self, offset: int) -> Piece:
        """Give the piece in which an offset stands."""
        return self.pieces[bisect_right(self.starts, offset) - 1]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A reading while it is made. `passed` are the arms of parts that were left out."""

    text: str
    branches: Branches
    passed: frozenset[Branches]
    starts: tuple[int, ...]


def readings(pieces: Sequence[Piece], carries: Callable[[Item], bool]) -> list[Reading]:
    """Give every way in which pieces read one after the other; none where they are too many, or not in order.

    Where they are too many, what hangs on other conditions than the values that carry something is left out.
    """
    if any(piece.cut for piece in pieces):
        return []
    found = _read(pieces)
    if found:
        return found
    arms = [item.branches for piece in pieces for part in piece.parts for item in part if carries(item)]
    common = frozenset.intersection(*arms) if arms else NO_BRANCH
    return _read([replace(piece, parts=tuple(_plain(piece.parts, common, carries))) for piece in pieces])


def _plain(parts: tuple[Value, ...], common: Branches, carries: Callable[[Item], bool]) -> Iterator[Value]:
    """Give the parts of a text whose arms are taken; of the others the constants go, and the rest is not known."""
    for part in parts:
        if any(carries(item) or item.branches <= common for item in part):
            yield part
        elif not all(isinstance(item.data, Const) for item in part):
            yield unknown("part of a text")


def _read(pieces: Sequence[Piece]) -> list[Reading]:
    values: list[Value] = []
    drafts = [_Draft("", NO_BRANCH, frozenset(), ())]
    for piece in pieces:
        drafts = [_Draft(one.text, one.branches, one.passed, (*one.starts, len(one.text))) for one in drafts]
        for part in piece.parts:
            options = list(_options(part, values))
            drafts = [longer for draft in drafts for longer in _extended(draft, options)]
            if len(drafts) > _MAXIMUM_READINGS:
                return []
    whole = [one for one in drafts if all(not compatible(arms, one.branches) for arms in one.passed)]
    return [Reading(one.text, tuple(values), one.branches, tuple(pieces), one.starts, len(whole) == 1) for one in whole]


def _options(part: Value, values: list[Value]) -> Iterator[tuple[Branches, str]]:
    """Give the ways in which one part reads, each with its arms; what is no constant gets a mark."""
    others: dict[Branches, list[Item]] = {}
    for item in part:
        if isinstance(item.data, Const):
            yield item.branches, str(item.data.value)
        elif isinstance(item.data, Missing):
            yield item.branches, ""
        else:
            others.setdefault(item.branches, []).append(item)
    for branches, items in others.items():
        values.append(tuple(items))
        yield branches, f"\0{len(values) - 1}\0"


def _extended(draft: _Draft, options: list[tuple[Branches, str]]) -> Iterator[_Draft]:
    """Go on with each option that can be here; or with none, which says that other arms than theirs are taken."""
    certain = False
    passed = draft.passed
    for branches, text in options:
        certain |= branches <= draft.branches
        if not compatible(branches, draft.branches):
            continue
        if not any(arms <= branches for arms in draft.passed):
            yield _Draft(draft.text + text, draft.branches | branches, draft.passed, draft.starts)
        passed |= {branches}
    if not certain:
        yield _Draft(draft.text, draft.branches, passed, draft.starts)
