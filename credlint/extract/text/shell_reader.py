"""The reader that makes commands of a shell script (see `shell`): one pass, bounded depth, no failure."""

from __future__ import annotations

import re
from collections.abc import Callable

from credlint.extract.text.shell import Arithmetic, Assignment, Command, Part, Redirect, Substitution, Text, Word
from credlint.extract.text.shell_words import WordScanner, arithmetic_end
from credlint.model.patterns import pattern
from credlint.model.records import dataclass, field, replace
from credlint.model.values import Branches

_MAXIMUM_DEPTH = 12
_ASSIGNMENT = pattern(r"([A-Za-z_]\w*(?:\[[^\]\n]*\])?)\+?=")
_PATTERN = pattern(r"\s{0,300}\(?[^()\n]{0,300}\)")
_REDIRECT = pattern(r"(\d*|&)(<<<|<<-|<<|>>|>\||>&|<&|<>|>|<)")
_BLANKS = pattern(r"[ \t]*")
_KEYWORDS = frozenset(
    {"then", "do", "!", "time", "{", "}", "else", "if", "elif", "while", "until", "fi", "done", "esac"}
)
# What a redirect or a pipe behind the end holds for: all commands between.
_OPENING = {"{": "}", "if": "fi", "while": "done", "until": "done", "for": "done", "select": "done", "case": "esac"}
_CLOSING = frozenset({"}", "fi", "done", "esac"})


def read_script(text: str, fresh_decision: Callable[[], int]) -> tuple[Command, ...]:
    """Read a script; commands come in the order they stand.

    `fresh_decision` numbers the decisions of its `if` and `case`.
    """
    return tuple(_Reader(text, fresh_decision).commands())


def _begins_redirect(character: str) -> bool:
    return character in "<>&" or character.isdecimal()


@dataclass(slots=True)
class _Draft:
    """A command that is still being read."""

    start: int
    words: list[Word] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)

    def is_empty(self) -> bool:
        """Tell whether nothing of a command was seen yet."""
        return not (self.words or self.assignments or self.redirects)

    def is_test(self) -> bool:
        """Tell whether this is inside of `[[ ... ]]`, where `<` and `|` are words."""
        return bool(self.words) and self.words[0].literal == "[[" and self.words[-1].literal != "]]"


class _Reader:
    """Reads the commands of a script or of one substitution, up to its closing character."""

    def __init__(
        self, text: str, fresh_decision: Callable[[], int], depth: int = 0, start: int = 0, until: str = ""
    ) -> None:
        self._text = text
        self._fresh = fresh_decision
        self._depth = depth
        self._until = until
        self._words = WordScanner(text, start, until, self._nested)
        self._pipeline = 0
        self._here: list[tuple[str, bool, Word]] = []
        self._bodies: dict[int, Word] = {}
        self._arms: list[tuple[int, int]] = []
        self._found: list[Command] = []
        self._groups: list[tuple[str, int]] = []

    @property
    def position(self) -> int:
        """Where the reader stands."""
        return self._words.at

    def commands(self) -> list[Command]:
        """Read up to the closing character, or to the end of the text."""
        words = self._words
        draft = _Draft(words.at)
        while words.at < len(self._text):
            character = self._text[words.at]
            if self._is_end(character):
                break
            if character in " \t\r":
                words.at += 1
            elif character == "\\" and self._text[words.at + 1 : words.at + 2] in {"\n", "\r"}:
                words.at += 2
            elif character == "#":
                end = self._text.find("\n", words.at)
                words.at = len(self._text) if end < 0 else end
            elif draft.is_test() and character in "<>&|()":
                draft.words.append(Word((Text(character),), words.at, words.at + 1))
                words.at += 1
            elif _begins_redirect(character) and (redirect := self._redirect_here()) is not None:
                self._redirect(draft, redirect)
            elif self._text.startswith("((", words.at) and (end := arithmetic_end(self._text, words.at)) > 0:
                self._arithmetic(draft, end)
            elif character in "\n;&|()":
                draft = self._separator(character, draft)
            else:
                before = words.at
                self._word(draft)
                words.at = max(words.at, before + 1)
                if draft.words[-1:] and draft.words[-1].literal == "in" and draft.words[0].literal == "case":
                    self._finish(draft, piped=False)
                    draft = self._pattern()
        self._finish(draft, piped=False)
        return [self._with_bodies(command) for command in self._found]

    def _is_end(self, character: str) -> bool:
        if not self._until or character != self._until:
            return False
        return self._until == "`" or not any(opened in {")", "esac"} for opened, _ in self._groups)

    def _nested(self, start: int, until: str) -> tuple[Substitution, int]:
        """Read a substitution; deeper than the bound its commands are not looked at."""
        if self._depth >= _MAXIMUM_DEPTH:
            end = self._text.find(until, start)
            return Substitution(()), len(self._text) if end < 0 else end + 1
        inner = _Reader(self._text, self._fresh, self._depth + 1, start, until)
        commands = inner.commands()
        return Substitution(tuple(commands)), inner.position + 1

    # -- what separates commands

    def _separator(self, character: str, draft: _Draft) -> _Draft:
        double = self._text[self._words.at : self._words.at + 2]
        piped = character == "|" and double != "||"
        self._words.at += 2 if double in {"&&", "||", ";;", "|&"} else 1
        if character == "(":
            self._groups.append((")", -1 if draft.words else len(self._found)))
        self._finish(draft, piped=piped)
        if not piped:
            self._pipeline += 1
        if double == ";;":
            self._next_arm()
            if self._groups and self._groups[-1][0] == "esac":
                return self._pattern()
        if character == ")" and self._groups and self._groups[-1][0] != "esac":  # which is the end of a pattern
            self._close(character)
        if character == "\n":
            self._read_bodies()
        return _Draft(self._words.at)

    def _pattern(self) -> _Draft:
        """Skip the pattern of an arm of `case`."""
        found = _PATTERN.match(self._text, self._words.at)
        if found is not None and not found.group().lstrip().startswith("esac"):
            self._words.at = found.end()
        return _Draft(self._words.at)

    def _close(self, word: str) -> None:
        """Close the innermost group that ends with a word; what was left open in it ends with it."""
        for depth in range(len(self._groups) - 1, -1, -1):
            if self._groups[depth][0] == word:
                first = self._groups[depth][1]
                del self._groups[depth:]
                self._close_group(first)
                return

    def _close_group(self, first: int) -> None:
        """Give redirects and pipes behind a group to each of its commands."""
        if first < 0:
            return
        draft = _Draft(self._words.at)
        while True:
            self._skip_blanks()
            redirect = self._redirect_here()
            if redirect is None:
                break
            self._redirect(draft, redirect)
        following = self._text[self._words.at : self._words.at + 2]
        piped = following.startswith("|") and following != "||"
        if draft.redirects or piped:
            for index in range(first, len(self._found)):
                old = self._found[index]
                redirects = (*old.redirects, *draft.redirects)
                pipeline = self._pipeline if piped else old.pipeline
                self._found[index] = replace(old, redirects=redirects, piped=old.piped or piped, pipeline=pipeline)

    def _finish(self, draft: _Draft, *, piped: bool) -> None:
        if draft.is_empty():
            return
        ends = [word.end for word in draft.words] + [one.value.end for one in draft.assignments]
        ends += [redirect.target.end for redirect in draft.redirects]
        self._found.append(
            Command(
                assignments=tuple(draft.assignments),
                words=tuple(draft.words),
                redirects=tuple(draft.redirects),
                piped=piped,
                pipeline=self._pipeline,
                start=draft.start,
                end=max(ends),
                branches=self._branches(),
            )
        )

    # -- branches

    def _branches(self) -> Branches:
        return frozenset(self._arms)

    def _keyword(self, word: str) -> None:
        if word in {"if", "case"}:
            self._arms.append((self._fresh(), 0))
        elif word in {"elif", "else"}:
            self._next_arm()
        elif word in {"fi", "esac"} and self._arms:
            self._arms.pop()

    def _next_arm(self) -> None:
        if self._arms:
            decision, arm = self._arms[-1]
            self._arms[-1] = (decision, arm + 1)

    # -- words and redirects

    def _word(self, draft: _Draft) -> None:
        start = self._words.at
        if draft.is_empty():
            draft.start = start
        assignment = None if draft.words else _ASSIGNMENT.match(self._text, start)
        if assignment is not None:
            self._words.at = assignment.end()
            draft.assignments.append(Assignment(assignment[1], self._words.value(), start))
            return
        word = self._words.word()
        if word.texts.endswith("=") and self._text[word.end : word.end + 1] == "(":  # export A=(b c)
            array = self._words.value()
            word = Word((*word.parts, *array.parts), start, array.end)
        literal = None if draft.words or draft.assignments else word.literal
        if literal is not None and literal == self._text[start : self._words.at]:  # no keyword has quotes
            self._keyword(literal)
            if literal in _OPENING:
                self._groups.append((_OPENING[literal], len(self._found)))
            elif literal in _CLOSING:
                self._close(literal)
            if literal in _KEYWORDS:
                return
        draft.words.append(word)

    def _arithmetic(self, draft: _Draft, end: int) -> None:
        """`((i++))`, `for ((i=0; i<3; i++))`: one word."""
        start = self._words.at
        if draft.is_empty():
            draft.start = start
        draft.words.append(Word((Arithmetic(self._text[start + 2 : end - 2].strip()),), start, end))
        self._words.at = end

    def _skip_blanks(self) -> None:
        found = _BLANKS.match(self._text, self._words.at)
        self._words.at = found.end() if found else self._words.at

    def _redirect_here(self) -> re.Match[str] | None:
        """Give the sign of a redirect; `<(...)` and `>(...)` are words."""
        found = _REDIRECT.match(self._text, self._words.at)
        is_word = found is not None and found[2] in {"<", ">"} and self._text.startswith("(", found.end())
        return None if is_word else found

    def _redirect(self, draft: _Draft, found: re.Match[str]) -> None:
        if draft.is_empty():
            draft.start = self._words.at
        descriptor, operator = found[1], found[2]
        self._words.at = found.end()
        self._skip_blanks()
        target = self._words.word()
        self._words.at = max(self._words.at, found.end())
        draft.redirects.append(Redirect(operator, target, descriptor=descriptor))
        if operator in {"<<", "<<-"}:
            quoted = any(mark in self._text[target.start : target.end] for mark in "'\"\\")
            self._here.append((target.literal or "", quoted, target))

    # -- here-documents

    def _read_bodies(self) -> None:
        """Behind the end of the line: read the bodies of the here-documents that the line began."""
        for delimiter, quoted, target in self._here:
            start = at = self._words.at
            end = after = len(self._text)
            while at <= len(self._text):
                line_end = self._text.find("\n", at)
                line_end = len(self._text) if line_end < 0 else line_end
                if self._text[at:line_end].strip() == delimiter:
                    end, after = at, min(line_end + 1, len(self._text))
                    break
                at = line_end + 1
            self._words.at = after
            self._bodies[target.start] = self._body(start, end, quoted=quoted)
        self._here.clear()

    def _body(self, start: int, end: int, *, quoted: bool) -> Word:
        if quoted:
            return Word((Text(self._text[start:end]),), start, end)
        inner = _Reader(self._text[:end], self._fresh, self._depth + 1, start)
        return Word(inner.here_text(), start, end)

    def here_text(self) -> tuple[Part, ...]:
        """Read the rest as the body of a here-document."""
        return self._words.here_text()

    def _with_bodies(self, command: Command) -> Command:
        if not any(redirect.target.start in self._bodies for redirect in command.redirects):
            return command
        redirects = tuple(replace(one, body=self._bodies.get(one.target.start)) for one in command.redirects)
        return replace(command, redirects=redirects)
