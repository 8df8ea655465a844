"""The user's configuration: `[tool.credlint]` of a pyproject.toml, or credlint.toml, checked key by key.

Nearly every run finds no configuration, and a run that meets no trigger word must stay cheap; so the types here are
NamedTuples, and what only a configuration needs is imported when one is found.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from credlint.model.finding import Confidence, Persona, Severity
    from credlint.model.problem import FatalError
    from credlint.model.project import Settings

_OWN_FILE = "credlint.toml"
_SHARED_FILE = "pyproject.toml"
_TABLE = b"[tool.credlint"
_Member = TypeVar("_Member", bound=Enum)


class Config(NamedTuple):
    """What holds for the files of one folder.

    `source` is the file it was read from, as shown to people ("" for the defaults); patterns are relative to `folder`.
    None means that the user did not say: all rules, the usual excluded folders, the regular persona, no minimum.
    """

    source: str = ""
    folder: str = ""
    select: frozenset[str] | None = None
    extend_select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    per_file_ignores: tuple[tuple[str, frozenset[str]], ...] = ()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    persona: Persona | None = None
    min_severity: Severity | None = None
    min_confidence: Confidence | None = None
    local_endpoints: frozenset[str] = frozenset()
    placeholders: frozenset[str] = frozenset()

    def selects(self, rule: str) -> bool:
        """Tell whether findings of a rule are wanted."""
        if rule in self.ignore:
            return False
        return self.select is None or rule in self.select or rule in self.extend_select

    def settings(self) -> Settings:
        """Give what the readers need to know of it."""
        from credlint.model.project import Settings

        return Settings(self.local_endpoints, self.placeholders)


class Overrides(NamedTuple):
    """What the command line says over any configuration; None and empty mean that it does not say."""

    select: frozenset[str] | None = None
    extend_select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    persona: Persona | None = None
    min_severity: Severity | None = None
    min_confidence: Confidence | None = None

    def over(self, config: Config) -> Config:
        """Give the configuration with the command line's word on top.

        A selection on the command line replaces the configured one, its `ignore` included: it says what is wanted now.
        """
        if self.select is not None:
            config = config._replace(select=self.select, extend_select=frozenset(), ignore=frozenset())
        return config._replace(
            extend_select=config.extend_select | self.extend_select,
            ignore=(config.ignore - self.extend_select) | self.ignore,
            exclude=config.exclude if self.exclude is None else self.exclude,
            extend_exclude=config.extend_exclude + self.extend_exclude,
            persona=self.persona or config.persona,
            min_severity=self.min_severity or config.min_severity,
            min_confidence=self.min_confidence or config.min_confidence,
        )


class Configurations:
    """Finds the configuration of each folder: the nearest upward that has one. Every folder is looked at once."""

    def __init__(self, overrides: Overrides, *, isolated: bool = False, named: str | None = None) -> None:
        """Take `named` for every file (patterns are then relative to the working directory), or look for one.

        `isolated` looks for none. Raises FatalError when the named file is not as it should be.
        """
        self._overrides = overrides
        self._found: dict[str, Config] = {}
        here = os.getcwd()
        default = overrides.over(Config(folder=here))
        self._default = default
        self._fixed = default if isolated else None
        if named is not None and not isolated:
            self._fixed = overrides.over(read_config(named)._replace(folder=here))

    def of(self, folder: str) -> Config:
        """Give the configuration of an absolute folder; raises FatalError for one that is broken."""
        if self._fixed is not None:
            return self._fixed
        passed: list[str] = []
        config: Config | None = None
        while config is None:
            config = self._found.get(folder)
            if config is None:
                passed.append(folder)
                config = self._in(folder)
            parent = os.path.dirname(folder)
            if config is None and parent == folder:
                config = self._default
            folder = parent
        self._found.update(dict.fromkeys(passed, config))
        return config

    def _in(self, folder: str) -> Config | None:
        own = os.path.join(folder, _OWN_FILE)
        if os.path.isfile(own):
            return self._overrides.over(read_config(own))
        shared = os.path.join(folder, _SHARED_FILE)
        if os.path.isfile(shared) and _TABLE in _read(shared):
            table = _parse(shared)
            if table is not None:
                return self._overrides.over(_build(shared, table))
        return None


def read_config(path: str) -> Config:
    """Read a named configuration file, of either kind; raises FatalError that names file and line."""
    table = _parse(path)
    return _build(path, {} if table is None else table)


def nearest(word: str, known: Iterable[str]) -> str:
    """Give "; do you mean X?" for the known word that is nearest, or nothing when none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, tuple(known), 1)
    return f"; do you mean {near[0]}?" if near else ""


def check_rules(names: Iterable[str], where: str) -> frozenset[str]:
    """Give the names as a set; raises FatalError, led by `where`, for one that is no rule."""
    from credlint.catalogue.load import rule_names

    found = frozenset(names)
    known = rule_names()
    for name in sorted(found.difference(known)):
        raise _fatal(f"{where}: there is no rule {name!r}{nearest(name, known)}")
    return found


def _fatal(message: str) -> FatalError:
    from credlint.model.problem import FatalError

    return FatalError(message)


def _shown(path: str) -> str:
    inside = os.path.relpath(path) if os.path.isabs(path) else path
    return (path if inside.startswith(os.pardir) else inside).replace(os.sep, "/")


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise _fatal(f"{_shown(path)}: cannot be read: {error.strerror}") from None


def _parse(path: str) -> Mapping[str, object] | None:
    """Give the table that is credlint's, or None for a pyproject.toml without one."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    data = _read(path)
    try:
        document: Mapping[str, object] = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _fatal(f"{_shown(path)}:{line}: not UTF-8, as TOML must be") from None
    except tomllib.TOMLDecodeError as error:
        # The parser's message may quote the line; only the number is taken from it.
        number = re.search(r"at line (\d+)", str(error))
        line = int(number[1]) if number else data.count(b"\n") + 1
        raise _fatal(f"{_shown(path)}:{line}: not valid TOML") from None
    except RecursionError:
        raise _fatal(f"{_shown(path)}: not valid TOML: nested too deeply") from None
    if os.path.basename(path) != _SHARED_FILE:
        return document
    for key in ("tool", "credlint"):
        inner = document.get(key)
        if inner is None:
            return None
        if not isinstance(inner, dict):
            raise _fatal(f"{_shown(path)}:{_line_of(path, key)}: {key} must be a table")
        document = inner
    return document


def _line_of(path: str, key: str) -> int:
    """Give the line where a key is set, as well as a look at the text tells; 1 where it does not."""
    data = _read(path)
    start = max(0, data.find(_TABLE)) if os.path.basename(path) == _SHARED_FILE else 0
    word = re.escape(key.encode())
    found = re.compile(rb"""^[ \t]*(?:\[[^\n]*\.)?["']?%b["']?[ \t]*[\]=.]""" % word, re.MULTILINE).search(data, start)
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
        raise _fatal(f"{self.where}: must be a list of strings")

    def words(self) -> frozenset[str]:
        return frozenset(self.texts() or ())

    def rules(self) -> frozenset[str] | None:
        names = self.texts()
        return None if names is None else check_rules(names, self.where)

    def rules_by_pattern(self) -> tuple[tuple[str, frozenset[str]], ...]:
        table = {} if self.value is None else self.value
        if not isinstance(table, dict):
            raise _fatal(f"{self.where}: must be a table from a pattern to a list of rules")
        return tuple((pattern, self._replace(value=rules).rules() or frozenset()) for pattern, rules in table.items())

    def persona(self) -> Persona | None:
        from credlint.model.finding import Persona

        return self._member(Persona)

    def severity(self) -> Severity | None:
        from credlint.model.finding import Severity

        return self._member(Severity)

    def confidence(self) -> Confidence | None:
        from credlint.model.finding import Confidence

        return self._member(Confidence)

    def _member(self, kind: type[_Member]) -> _Member | None:
        if self.value is None:
            return None
        for member in kind:
            if member.value == self.value:
                return member
        raise _fatal(f"{self.where}: must be one of {', '.join(str(member.value) for member in kind)}")


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
    }
)


def _build(path: str, table: Mapping[str, object]) -> Config:
    for key in table:
        if key not in _KEYS:
            raise _fatal(f"{_shown(path)}:{_line_of(path, key)}: unknown key {key!r}{nearest(key, sorted(_KEYS))}")

    def at(key: str) -> _Reader:
        return _Reader(path, key, table.get(key))

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
    )
