"""The words of a shell script (see `shell`): quotes, variables, substitutions and expressions, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Callable

from credlint.extract.text.shell import Arithmetic, Expression, Part, Substitution, Text, Variable, Word
from credlint.model.patterns import pattern

_NAME = pattern(r"[A-Za-z_]\w*|[0-9?#@*!$-]")
_BRACED = pattern(r"([!#]?)([A-Za-z_]\w*|[0-9@*])")
_PLAIN = pattern(r"[^\s\\'\"`$;&|<>(){}#]+")
_DOUBLE = pattern(r"[^\\\"`$]+")
_HERE_PLAIN = pattern(r"[^\\`$]+")
_ENDS = ";&|<>()"
_PARENTHESES = pattern(r"[()]")
_LONGEST_ARITHMETIC = 400


class WordScanner:
    """A place in a script from which words are read.

    `until` ends the substitution that is being read ("" at the top); `nested` reads an inner one up to its end.
    """

    def __init__(self, text: str, at: int, until: str, nested: Callable[[int, str], tuple[Substitution, int]]) -> None:
        self.text = text
        self.at = at
        self.until = until
        self._nested = nested

    def word(self) -> Word:
        """Read a word; it may be empty where none begins."""
        start = self.at
        parts: list[Part] = []
        while self.at < len(self.text):
            character = self.text[self.at]
            if character.isspace() or character in _ENDS or character == self.until:
                if character in "<>" and self.text[self.at + 1 : self.at + 2] == "(" and not parts:
                    parts.append(self._substitution(2, ")"))
                    continue
                break
            self._part(parts, character)
        return Word(_joined(parts), start, self.at)

    def value(self) -> Word:
        """Read the value of an assignment; an array is one word with the parts of its items."""
        if self.text[self.at : self.at + 1] != "(":
            return self.word()
        start = self.at
        self.at += 1
        parts: list[Part] = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            if self.text[self.at].isspace():
                self.at += 1
                continue
            before = self.at
            parts += self.word().parts
            self.at = max(self.at, before + 1)
        self.at = min(self.at + 1, len(self.text))
        return Word(tuple(parts), start, self.at)

    def here_text(self) -> tuple[Part, ...]:
        """Read the rest as the body of a here-document."""
        parts: list[Part] = []
        self._quoted(parts, _HERE_PLAIN, "")
        return _joined(parts)

    def _part(self, parts: list[Part], character: str) -> None:
        plain = _PLAIN.match(self.text, self.at)
        if plain is not None:
            parts.append(Text(plain.group()))
            self.at = plain.end()
        elif character == "\\":
            following = self.text[self.at + 1 : self.at + 2]
            if following not in {"\n", "\r"}:
                parts.append(Text(following))
            self.at += 2
        elif character == "'":
            self._single(parts)
        elif character == '"':
            self.at += 1
            parts.append(Text(""))
            self._quoted(parts, _DOUBLE, '"')
        elif character in "$`":
            self._dollar(parts)
        else:
            parts.append(Text(character))
            self.at += 1

    def _single(self, parts: list[Part]) -> None:
        end = self.text.find("'", self.at + 1)
        end = len(self.text) if end < 0 else end
        inner = self.text[self.at + 1 : end]
        at = 0
        while (begin := inner.find("${{", at)) >= 0 and (close := inner.find("}}", begin)) >= 0:
            parts += [Text(inner[at:begin]), Expression(inner[begin + 3 : close].strip())]
            at = close + 2
        parts.append(Text(inner[at:]))
        self.at = end + 1

    def _quoted(self, parts: list[Part], plain: re.Pattern[str], end: str) -> None:
        """Read up to an unescaped closing quote ("" reads to the end of the text)."""
        while self.at < len(self.text):
            character = self.text[self.at]
            if end and character == end:
                self.at += 1
                return
            if character == "`" == self.until:
                return
            run = plain.match(self.text, self.at)
            if run is not None:
                parts.append(Text(run.group()))
                self.at = run.end()
            elif character == "\\":
                following = self.text[self.at + 1 : self.at + 2]
                kept = following if following in '"\\$`' else f"\\{following}"
                parts.append(Text("" if following == "\n" else kept))
                self.at += 2
            else:
                self._dollar(parts)

    def _dollar(self, parts: list[Part]) -> None:
        text, at = self.text, self.at
        if text[at] == "`":
            parts.append(self._substitution(1, "`"))
        elif text.startswith("${{", at):
            end = text.find("}}", at)
            end = len(text) if end < 0 else end
            parts.append(Expression(text[at + 3 : end].strip()))
            self.at = end + 2
        elif text.startswith("$((", at):
            end = arithmetic_end(text, at + 1)
            if end < 0:  # $( (a) )
                parts.append(self._substitution(2, ")"))
                return
            parts.append(Arithmetic(text[at + 3 : end - 2].strip()))
            self.at = end
        elif text.startswith("$(", at):
            parts.append(self._substitution(2, ")"))
        elif text.startswith("${", at):
            self._braces(parts)
        elif text.startswith("$'", at):
            self.at += 1
            self._single(parts)
        elif (name := _NAME.match(text, at + 1)) is not None:
            parts.append(Variable(name.group(), ""))
            self.at = name.end()
        else:
            parts.append(Text("$"))
            self.at += 1

    def _substitution(self, skip: int, until: str) -> Substitution:
        found, self.at = self._nested(self.at + skip, until)
        return found

    def _braces(self, parts: list[Part]) -> None:
        level, end = 0, self.at + 1
        while end < len(self.text):
            level += {"{": 1, "}": -1}.get(self.text[end], 0)
            if level == 0:
                break
            end += 1
        inner = self.text[self.at + 2 : end]
        name = _BRACED.match(inner)
        parts.append(Variable(name[2], name[1] + inner[name.end() :]) if name else Variable("", inner))
        self.at = end + 1


def arithmetic_end(text: str, at: int) -> int:
    """Give where `((...))` ends that begins at a place; -1 where it is two parentheses of something else, or open."""
    level = 0
    for found in _PARENTHESES.finditer(text, at, at + _LONGEST_ARITHMETIC):
        level += 1 if found.group() == "(" else -1
        if level == 0:
            return found.end() if text[found.start() - 1] == ")" else -1
    return -1


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + part.text)
        else:
            joined.append(part)
    return tuple(joined)
