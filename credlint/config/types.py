"""What a configuration says, and what the command line says over it.

Most runs find no configuration and meet no trigger word, and must stay cheap: the types are NamedTuples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from credlint.model.finding import Confidence, Persona, Severity
    from credlint.model.project import Settings

SHARED_FILE = "pyproject.toml"
"""The file that holds the configuration of many tools."""
TABLE = b"[tool.credlint"
"""How credlint's table in it begins."""


class Config(NamedTuple):
    """What holds for the files of one folder.

    `source` is the file it was read from, as shown to people ("" for the defaults); patterns are relative to `folder`.
    `catalogue` holds name and text of the user's own descriptions of callables, `triggers` their trigger words.
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
    catalogue: tuple[tuple[str, str], ...] = ()
    triggers: tuple[bytes, ...] = ()

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
