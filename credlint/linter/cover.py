"""Source lines as they may be shown: every secret of the file under `*` of equal width."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable

from credlint.catalogue.grammar import Grammar
from credlint.catalogue.load import load_providers
from credlint.credentials.grammar import is_random_secret, is_token
from credlint.linter.files import ReadFile
from credlint.model.finding import Source
from credlint.model.patterns import pattern
from credlint.model.span import Region, split_lines

# "..." or '...', closed or not, with escapes: "it\"s"
_QUOTED = pattern(r"""(?P<quote>["'])(?P<inside>(?:\\.|(?!(?P=quote)).)*)(?P<close>(?P=quote)?)""")
_TEXT = pattern(r"""[^\s"'(),\\]""")
# What a secret or token of no known place may be: a long run of base64.
_RUN = pattern(r"[A-Za-z0-9+/]{30,}=*")
# A key id ends at least so far behind its prefix (the shortest there are have 16 characters).
_KEY_ID_REST = "[A-Za-z0-9]{10,}"
# Shorter texts are words that stand elsewhere too ("test"); they are covered where they stand alone.
_DISTINCT = 8


class Veil:
    """Covers known secrets in texts, and whatever else has the form of a key id, a secret or a token."""

    def __init__(self, secrets: Iterable[str], grammar: Grammar, names: Collection[str] = ()) -> None:
        self._secrets = sorted(set(secrets) - {""}, key=len, reverse=True)
        self._grammar = grammar
        self._names = names
        self._key_id = _key_id(tuple(form.prefix for form in grammar.key_ids))

    def over(self, text: str) -> str:
        """Give a text of the same width without a secret."""
        for secret in self._secrets:
            if len(secret) >= _DISTINCT:
                text = text.replace(secret, "*" * len(secret))
            elif secret in text:
                alone = rf"(?<![^\W_]){re.escape(secret)}(?![^\W_])"
                text = re.sub(alone, "*" * len(secret), text)
        return _RUN.sub(self._run, self._key_id.sub(_stars, text))

    def over_message(self, text: str) -> str:
        """Give a message of ours without a secret; short ones, and pieces of usual names, are words that it may use."""
        known = [one for one in self._secrets if len(one) >= _DISTINCT and not self._is_of_a_name(one)]
        return Veil(known, self._grammar).over(text)

    def _is_of_a_name(self, secret: str) -> bool:
        return any(secret.lower() in name for name in self._names)

    def _run(self, found: re.Match[str]) -> str:
        word = found[0]
        secret = any(is_random_secret(word, form.cloud, self._grammar) for form in self._grammar.secrets)
        return "*" * len(word) if secret or is_token(word, self._grammar) else word


@functools.cache
def _key_id(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, prefixes))}){_KEY_ID_REST}")


def _stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])


def veil(*files: ReadFile) -> Veil:
    """Make a veil over the secrets of files; those of several lines are covered line by line."""
    texts = (line for file in files for secret in file.facts.secrets for line in split_lines(secret.reveal()))
    providers = load_providers()
    return Veil((text for text in texts if not text.isspace()), providers.grammar, providers.slot_names)


def cover(file: ReadFile) -> Source:
    """Give the lines of a file for display.

    A literal in a credential slot may be written with escapes or in pieces, so that its text stands nowhere: what is
    quoted within the place of such a literal is covered, whatever it is.
    """
    lines = veil(file).over("\n".join(file.lines())).split("\n")
    for literal in file.facts.literals:
        if literal.location.path == file.path:
            _cover_place(lines, file.region(literal.location.span))
    return Source(file.path, tuple(lines))


def _cover_place(lines: list[str], region: Region) -> None:
    whole = region.end_line > region.line
    for number in range(region.line, min(region.end_line, len(lines)) + 1):
        line = lines[number - 1]
        start = region.column if number == region.line else 0
        end = region.end_column if number == region.end_line else len(line)
        # A string that goes over lines has its quotes elsewhere.
        inside = _TEXT.sub("*", line[start:end]) if whole else _QUOTED.sub(_covered, line[start:end])
        lines[number - 1] = line[:start] + inside + line[end:]


def _covered(found: re.Match[str]) -> str:
    return found["quote"] + "*" * len(found["inside"]) + found["close"]
