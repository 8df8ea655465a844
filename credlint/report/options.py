"""What a caller can ask of a renderer beside the report itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from credlint.catalogue.rules import Rule


class RenderOptions(NamedTuple):
    """A NamedTuple, since every run imports it and `dataclasses` costs as much as Python itself.

    `color` and `width` (terminal columns) shape text for people; `quiet` leaves the last line of a text out.

    `rules` are the published rules, at least those that the report names; only formats that describe rules read them.
    """

    color: bool = False
    width: int = 100
    rules: tuple[Rule, ...] = ()
    quiet: bool = False
