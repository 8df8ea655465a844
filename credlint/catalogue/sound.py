"""What a described callable must say so that it means something; the schema alone does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from credlint.catalogue.callables import CallableEntry, CallableKind
from credlint.catalogue.types import Catalogue, TextForm
from credlint.model.patterns import pattern
from credlint.model.sinks import TokenSupport
from credlint.model.values import Role

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry

_DOTTED = pattern(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_HOLDERS = frozenset({CallableKind.CREDENTIALS, CallableKind.PROVIDER, CallableKind.CONFIGURATION})


def check_names(entry: Entry, names: tuple[str, ...]) -> None:
    """Raise FatalError for a list of names that is empty, or holds one that no import can give."""
    if not names:
        raise entry.fail("must name at least one")
    for name in names:
        if not _DOTTED.fullmatch(name):
            raise entry.fail(f"{name!r} is no dotted name, as in module.Class.method")


def check_callables(described: Iterable[tuple[Entry, CallableEntry]], catalogue: Catalogue) -> None:
    """Raise FatalError for a callable that could never lead to anything, or that refers to what is not there."""
    for item, entry in described:
        what = _lacks(entry, catalogue)
        if what:
            raise item.fail(what)


def _lacks(entry: CallableEntry, catalogue: Catalogue) -> str:
    """Say what is wrong with a callable, or "" where nothing is."""
    if entry.operation is not None and entry.operation not in catalogue.operations:
        near = get_close_matches(entry.operation, catalogue.operations, 1)
        return f"there is no operation {entry.operation}" + (f"; do you mean {near[0]}?" if near else "")
    taken = {role for role, _ in entry.parameters} | {role for _, keys in entry.options for role, _ in keys}
    if "key_id" in taken:
        if entry.token is None:
            return "takes a key_id, so it must say `token`: optional, required or none"
        if ("token" in taken) != (entry.token is not TokenSupport.NONE):
            return f"`token: {entry.token.value}` and whether there is a parameter `token` must agree"
    if entry.kind is CallableKind.CLIENT and entry.use is None and entry.slot("service") is None:
        return "a client must say its `use`, or which parameter names the `service`"
    if entry.kind in _HOLDERS and (entry.use is None or entry.returns is None):
        return f"kind {entry.kind.value} must say `use` and `returns`"
    if entry.kind is CallableKind.SOURCE:
        given = catalogue.types.get(entry.returns or "")
        shape = entry.shape or (given.shape if given else None)
        if given is None or shape is None or shape.path:
            return "a source must say in `returns` which of the `types` it gives, with a `shape` that has no `path`"
    return ""


def check_texts(described: Iterable[tuple[Entry, TextForm]]) -> None:
    """Raise FatalError for the form of a text whose patterns are none, or do not say where the value stands."""
    for item, form in described:
        for text, groups in ((form.within, None), *((one, 1) for _, found in form.parts for one in found)):
            try:
                compiled = re.compile(text)
            except re.error as error:
                raise item.fail(f"{text!r} is no regular expression: {error}") from None
            if groups is not None and compiled.groups != groups:
                raise item.fail(f"{text!r} must have one group, the value")
        roles = {role for role, _ in form.parts}
        if not {Role.KEY_ID, Role.SECRET} <= roles:
            raise item.fail("must say where key_id and secret stand")
        if (Role.TOKEN in roles) != (form.token is not TokenSupport.NONE):
            raise item.fail(f"`token: {form.token.value}` and whether there is a part `token` must agree")
