"""The frozen types of what keys, secrets, tokens and placeholders look like."""

from __future__ import annotations

from credlint.model.records import dataclass
from credlint.model.values import Cloud, Lifetime


@dataclass(frozen=True, slots=True)
class KeyGrammar:
    """The form of one kind of key id: prefix, lengths (whole id), alphabet of the rest as a character class body.

    `title` is what people call keys of this kind.
    """

    prefix: str
    title: str
    cloud: Cloud
    lifetime: Lifetime
    lengths: tuple[int, ...]
    minimum_length: int
    alphabet: str
    needs_token: bool
    strict: bool


@dataclass(frozen=True, slots=True)
class SecretGrammar:
    """The form of a long-lived secret of one cloud."""

    cloud: Cloud
    length: int
    alphabet: str
    minimum_entropy: float


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is known about the form of keys, secrets, tokens and placeholders."""

    key_ids: tuple[KeyGrammar, ...]
    secrets: tuple[SecretGrammar, ...]
    token_prefixes: tuple[str, ...]
    placeholders: frozenset[str]
    placeholder_patterns: tuple[str, ...]
    dummy_words: frozenset[str]
    local_hosts: tuple[str, ...]
    cloud_hosts: tuple[str, ...]
