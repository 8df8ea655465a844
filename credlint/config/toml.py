"""Reads a configuration file, key by key; whatever is not as it should be is a FatalError with file, line and key."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import Enum
from typing import NamedTuple, TypeVar

from credlint.config.types import SHARED_FILE, TABLE, Config
from credlint.model.finding import Confidence, Persona, Severity
from credlint.model.problem import FatalError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_Member = TypeVar("_Member", bound=Enum)


def find_config(path: str) -> Config | None:
    """Read a configuration file that was come upon; None for a pyproject.toml that says nothing of credlint.

    Raises FatalError that names file and line.
    """
    table = _parse(path)
    return None if table is None else _build(path, table)


def read_config(path: str) -> Config:
    """Read a named configuration file, of either kind; raises FatalError that names file and line."""
    table = _parse(path)
    return _build(path, {} if table is None else table)


def nearest(word: str, known: Iterable[str]) -> str:
    """Give "; do you mean X?" for the known word that is nearest, or nothing when none is near."""
    near = get_close_matches(word, tuple(known), 1)
    return f"; do you mean {near[0]}?" if near else ""


def check_rules(names: Iterable[str], where: str) -> frozenset[str]:
    """Give the names as a set; raises FatalError, led by `where`, for one that is no rule."""
    from credlint.catalogue.load import rule_names

    found = frozenset(names)
    known = rule_names()
    for name in sorted(found.difference(known)):
        raise FatalError(f"{where}: there is no rule {name!r}{nearest(name, known)}")
    return found


def _shown(path: str) -> str:
    inside = os.path.relpath(path) if os.path.isabs(path) else path
    return (path if inside.startswith(os.pardir) else inside).replace(os.sep, "/")


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise FatalError(f"{_shown(path)}: cannot be read: {error.strerror}") from None


def _parse(path: str) -> Mapping[str, object] | None:
    """Give the table that is credlint's, or None for a pyproject.toml without one."""
    data = _read(path)
    try:
        document: Mapping[str, object] = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FatalError(f"{_shown(path)}:{line}: not UTF-8, as TOML must be") from None
    except tomllib.TOMLDecodeError as error:
        # The parser's message may quote the line; only the number is taken from it.
        number = re.search(r"at line (\d+)", str(error))
        line = int(number[1]) if number else data.count(b"\n") + 1
        raise FatalError(f"{_shown(path)}:{line}: not valid TOML") from None
    except RecursionError:
        raise FatalError(f"{_shown(path)}: not valid TOML: nested too deeply") from None
    if os.path.basename(path) != SHARED_FILE:
        return document
    for key in ("tool", "credlint"):
        inner = document.get(key)
        if inner is None:
            return None
        if not isinstance(inner, dict):
            raise FatalError(f"{_shown(path)}:{_line_of(path, key)}: {key} must be a table")
        document = inner
    return document


def _line_of(path: str, key: str) -> int:
    """Give the line where a key is set, as well as a look at the text tells; 1 where it does not."""
    data = _read(path)
    start = max(0, data.find(TABLE)) if os.path.basename(path) == SHARED_FILE else 0
    word = re.escape(key.encode())
    found = re.compile(rb"""^[ \t]*(?:\[(?:[^\n]*\.)?)?["']?%b["']?[ \t]*[\]=.]""" % word, re.MULTILINE).search(
        data, start
    )
    return data.count(b"\n", 0, found.start()) + 1 if found else 1


class _Reader(NamedTuple):
    """One value of the table, None where it is not given, with the place that its errors name."""

    path: str
    key: str
    value: object

    @property
    def where(self) -> str:
        return f"{_shown(self.path)}:{_line_of(self.path, self.key)}: {self.key}"

    def texts(self) -> tuple[str, ...] | None:
        value = self.value
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise FatalError(f"{self.where}: must be a list of strings")

    def words(self) -> frozenset[str]:
        return frozenset(self.texts() or ())

    def rules(self) -> frozenset[str] | None:
        names = self.texts()
        return None if names is None else check_rules(names, self.where)

    def rules_by_pattern(self) -> tuple[tuple[str, frozenset[str]], ...]:
        table = {} if self.value is None else self.value
        if not isinstance(table, dict):
            raise FatalError(f"{self.where}: must be a table from a pattern to a list of rules")
        return tuple((pattern, self._replace(value=rules).rules() or frozenset()) for pattern, rules in table.items())

    def catalogue(self) -> tuple[tuple[tuple[str, str], ...], tuple[bytes, ...]]:
        """Give name and text of the user's own files, and their trigger words; what they say is checked here."""
        paths = self.texts()
        if not paths:
            return (), ()
        from credlint.catalogue.load import load_catalogue
        from credlint.config.own_catalogue import read_own

        own = read_own(paths, os.path.dirname(os.path.abspath(self.path)), self.where, _shown)
        return own, load_catalogue(own).own_triggers

    def persona(self) -> Persona | None:
        return self._member(Persona)

    def severity(self) -> Severity | None:
        return self._member(Severity)

    def confidence(self) -> Confidence | None:
        return self._member(Confidence)

    def _member(self, kind: type[_Member]) -> _Member | None:
        if self.value is None:
            return None
        for member in kind:
            if member.value == self.value:
                return member
        raise FatalError(f"{self.where}: must be one of {', '.join(str(member.value) for member in kind)}")


_KEYS = frozenset(
    {
        "select",
        "extend-select",
        "ignore",
        "per-file-ignores",
        "exclude",
        "extend-exclude",
        "persona",
        "min-severity",
        "min-confidence",
        "local-endpoints",
        "placeholders",
        "catalogue",
    }
)


def _build(path: str, table: Mapping[str, object]) -> Config:
    for key in table:
        if key not in _KEYS:
            raise FatalError(f"{_shown(path)}:{_line_of(path, key)}: unknown key {key!r}{nearest(key, sorted(_KEYS))}")

    def at(key: str) -> _Reader:
        return _Reader(path, key, table.get(key))

    catalogue, triggers = at("catalogue").catalogue()
    return Config(
        source=_shown(path),
        folder=os.path.dirname(os.path.abspath(path)),
        select=at("select").rules(),
        extend_select=at("extend-select").rules() or frozenset(),
        ignore=at("ignore").rules() or frozenset(),
        per_file_ignores=at("per-file-ignores").rules_by_pattern(),
        exclude=at("exclude").texts(),
        extend_exclude=at("extend-exclude").texts() or (),
        persona=at("persona").persona(),
        min_severity=at("min-severity").severity(),
        min_confidence=at("min-confidence").confidence(),
        local_endpoints=at("local-endpoints").words(),
        placeholders=at("placeholders").words(),
        catalogue=catalogue,
        triggers=triggers,
    )
