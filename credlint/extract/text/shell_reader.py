"""The scanner that makes commands of a shell script (see `shell`): one pass, bounded depth, no failure."""

from __future__ import annotations

import re
from collections.abc import Callable

from credlint.extract.text.shell import (
    Assignment,
    Command,
    Draft,
    Expression,
    Part,
    Redirect,
    Substitution,
    Text,
    Variable,
    Word,
)
from credlint.model.values import Branches

_MAXIMUM_DEPTH = 12
_NAME = re.compile(r"[A-Za-z_]\w*|[0-9?#@*!$-]")
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)\+?=")
_REDIRECT = re.compile(r"(?:\d*|&)(<<<|<<-|<<|>>|>\||>&|<&|<>|>|<)")
_PLAIN = re.compile(r"[^\s\\'\"`$;&|<>(){}#]+")
_DOUBLE = re.compile(r"[^\\\"`$]+")
_HERE_PLAIN = re.compile(r"[^\\`$]+")
_KEYWORDS = frozenset(
    {"then", "do", "!", "time", "{", "}", "else", "if", "elif", "while", "until", "fi", "done", "esac"}
)


def read_script(text: str, fresh_decision: Callable[[], int]) -> tuple[Command, ...]:
    """Read a script; `fresh_decision` numbers the decisions of its `if` and `case`. Commands come in the order they stand."""
    return tuple(_Reader(text, fresh_decision).commands(""))


class _Reader:
    def __init__(self, text: str, fresh_decision: Callable[[], int], depth: int = 0, start: int = 0) -> None:
        self._text = text
        self._at = start
        self._until = ""
        self._fresh = fresh_decision
        self._depth = depth
        self._pipeline = 0
        self._here: list[tuple[Draft | None, str, bool, Word]] = []
        self._bodies: dict[int, Word] = {}
        self._arms: list[tuple[int, int, str]] = []

    def commands(self, until: str) -> list[Command]:
        """Read commands up to a closing character (or the end of the text)."""
        found: list[Command] = []
        groups: list[tuple[str, int]] = []
        draft = Draft(self._at)
        self._until = until
        while self._at < len(self._text):
            character = self._text[self._at]
            if until and character == until and (until == "`" or not any(opened == "(" for opened, _ in groups)):
                break
            if character in " \t\r":
                self._at += 1
            elif character == "\\" and self._text[self._at + 1 : self._at + 2] in {"\n", "\r"}:
                self._at += 2
            elif character == "#":
                self._skip_comment()
            elif character in "\n;&|()":
                redirect = _REDIRECT.match(self._text, self._at) if character == "&" else None
                if redirect is not None:
                    self._redirect(draft, redirect)
                    continue
                draft = self._separator(character, draft, found, groups)
            elif (redirect := _REDIRECT.match(self._text, self._at)) is not None:
                self._redirect(draft, redirect)
            else:
                before = self._at
                self._word(draft, found, groups)
                self._at = max(self._at, before + 1)
        self._finish(draft, found, piped=False)
        return [self._with_body(command) for command in found]

    @property
    def position(self) -> int:
        """Where the reader stands."""
        return self._at

    def here_text(self) -> tuple[Part, ...]:
        """Read the rest as the body of a here-document."""
        parts: list[Part] = []
        self._quoted(parts, _HERE_PLAIN, "")
        return _joined(parts)

    # -- what separates commands

    def _separator(self, character: str, draft: Draft, found: list[Command], groups: list[tuple[str, int]]) -> Draft:
        text = self._text
        double = text[self._at : self._at + 2]
        piped = character == "|" and double != "||"
        if double in {"&&", "||", ";;", "|&"}:
            self._at += 2
        else:
            self._at += 1
        if character == "(":
            groups.append(("(", len(found) if not draft.words else -1))
        self._finish(draft, found, piped=piped)
        if not piped:
            self._pipeline += 1
        if double == ";;":
            self._next_arm()
        if character == ")" and groups:
            self._close_group(found, groups.pop()[1])
        if character == "\n":
            self._read_bodies()
        return Draft(self._at)

    def _close_group(self, found: list[Command], first: int) -> None:
        """Redirects and pipes behind a group belong to each of its commands."""
        if first < 0:
            return
        draft = Draft(self._at)
        while (skipped := re.compile(r"[ \t]*").match(self._text, self._at)) is not None:
            self._at = skipped.end()
            redirect = _REDIRECT.match(self._text, self._at)
            if redirect is None:
                break
            self._redirect(draft, redirect)
        piped = self._text[self._at : self._at + 1] == "|" and self._text[self._at : self._at + 2] != "||"
        if not draft.redirects and not piped:
            return
        for index in range(first, len(found)):
            old = found[index]
            found[index] = Command(
                old.assignments, old.words, (*old.redirects, *draft.redirects), old.piped or piped, old.pipeline,
                old.start, old.end, old.branches,
            )  # fmt: skip

    def _finish(self, draft: Draft, found: list[Command], *, piped: bool) -> None:
        if not (draft.words or draft.assignments or draft.redirects):
            return
        ends = [word.end for word in draft.words] + [a.value.end for a in draft.assignments]
        ends += [redirect.target.end for redirect in draft.redirects]
        found.append(
            Command(
                tuple(draft.assignments), tuple(draft.words), tuple(draft.redirects), piped, self._pipeline,
                draft.start, max(ends), self._branches(),
            )
        )  # fmt: skip

    # -- branches

    def _branches(self) -> Branches:
        return frozenset((decision, arm) for decision, arm, _ in self._arms)

    def _keyword(self, word: str) -> None:
        if word == "if":
            self._arms.append((self._fresh(), 0, "if"))
        elif word in {"elif", "else"}:
            self._next_arm()
        elif word == "case":
            self._arms.append((self._fresh(), 0, "case"))
        elif word in {"fi", "esac"} and self._arms:
            self._arms.pop()

    def _next_arm(self) -> None:
        if self._arms:
            decision, arm, kind = self._arms[-1]
            self._arms[-1] = (decision, arm + 1, kind)

    # -- words

    def _word(self, draft: Draft, found: list[Command], groups: list[tuple[str, int]]) -> None:
        start = self._at
        if not draft.words and not draft.assignments:
            draft.start = start
        assignment = None if draft.words else _ASSIGNMENT.match(self._text, start)
        if assignment is not None:
            self._at = assignment.end()
            draft.assignments.append(Assignment(assignment[1], self._value(), start))
            return
        word = self._scan_word()
        literal = word.literal if not draft.words and not draft.assignments else None
        if literal in _KEYWORDS or literal == "case":
            self._keyword(literal)
            if literal == "{":
                groups.append(("{", len(found)))
            elif literal == "}" and groups:
                self._close_group(found, groups.pop()[1])
            if literal != "case":
                return
        draft.words.append(word)

    def _value(self) -> Word:
        """Read the value of an assignment; an array is one word with the parts of its items."""
        if self._text[self._at : self._at + 1] != "(":
            return self._scan_word()
        start = self._at
        self._at += 1
        parts: list[Part] = []
        while self._at < len(self._text) and self._text[self._at] != ")":
            if self._text[self._at].isspace():
                self._at += 1
                continue
            before = self._at
            parts += self._scan_word().parts
            if self._at == before:
                self._at += 1
        self._at = min(self._at + 1, len(self._text))
        return Word(tuple(parts), start, self._at)

    def _scan_word(self) -> Word:
        start = self._at
        parts: list[Part] = []
        while self._at < len(self._text):
            character = self._text[self._at]
            if character.isspace() or character in ";&|<>()" or character == self._until:
                if character in "<>" and self._text[self._at + 1 : self._at + 2] == "(" and not parts:
                    self._at += 2
                    parts.append(self._nested(")"))
                    continue
                break
            self._part(parts, character)
        return Word(_joined(parts), start, self._at)

    def _part(self, parts: list[Part], character: str) -> None:
        plain = _PLAIN.match(self._text, self._at)
        if plain is not None:
            parts.append(Text(plain.group()))
            self._at = plain.end()
        elif character == "\\":
            following = self._text[self._at + 1 : self._at + 2]
            if following not in {"\n", "\r"}:
                parts.append(Text(following))
            self._at += 2
        elif character == "'":
            self._single(parts)
        elif character == '"':
            self._at += 1
            parts.append(Text(""))
            self._quoted(parts, _DOUBLE, '"')
        elif character in "$`":
            self._dollar(parts)
        else:
            parts.append(Text(character))
            self._at += 1

    def _single(self, parts: list[Part]) -> None:
        end = self._text.find("'", self._at + 1)
        end = len(self._text) if end < 0 else end
        inner = self._text[self._at + 1 : end]
        at = 0
        while (begin := inner.find("${{", at)) >= 0 and (close := inner.find("}}", begin)) >= 0:
            parts += [Text(inner[at:begin]), Expression(inner[begin + 3 : close].strip())]
            at = close + 2
        parts.append(Text(inner[at:]))
        self._at = end + 1

    def _quoted(self, parts: list[Part], plain: re.Pattern[str], end: str) -> None:
        """Read up to an unescaped closing quote ("" reads to the end of the text)."""
        while self._at < len(self._text):
            character = self._text[self._at]
            if end and character == end:
                self._at += 1
                return
            if character == "`" == self._until:
                return
            run = plain.match(self._text, self._at)
            if run is not None:
                parts.append(Text(run.group()))
                self._at = run.end()
            elif character == "\\":
                following = self._text[self._at + 1 : self._at + 2]
                parts.append(Text(following if following in '"\\$`' else "" if following == "\n" else f"\\{following}"))
                self._at += 2
            else:
                self._dollar(parts)

    def _dollar(self, parts: list[Part]) -> None:
        text, at = self._text, self._at
        if text[at] == "`":
            self._at += 1
            parts.append(self._nested("`"))
        elif text.startswith("${{", at):
            end = text.find("}}", at)
            end = len(text) if end < 0 else end
            parts.append(Expression(text[at + 3 : end].strip()))
            self._at = end + 2
        elif text.startswith("$((", at):
            end = text.find("))", at)
            self._at = len(text) if end < 0 else end + 2
            parts.append(Variable("", "arithmetic"))
        elif text.startswith("$(", at):
            self._at += 2
            parts.append(self._nested(")"))
        elif text.startswith("${", at):
            self._braces(parts)
        elif text.startswith("$'", at):
            self._at += 1
            self._single(parts)
        elif (name := _NAME.match(text, at + 1)) is not None and text[at] == "$":
            parts.append(Variable(name.group(), ""))
            self._at = name.end()
        else:
            parts.append(Text(text[at]))
            self._at += 1

    def _braces(self, parts: list[Part]) -> None:
        level, end = 0, self._at + 1
        while end < len(self._text):
            level += {"{": 1, "}": -1}.get(self._text[end], 0)
            if level == 0:
                break
            end += 1
        inner = self._text[self._at + 2 : end]
        name = re.match(r"[!#]?([A-Za-z_]\w*|[0-9@*])", inner)
        parts.append(Variable(name[1], inner[name.end() :]) if name else Variable("", inner))
        self._at = end + 1

    def _nested(self, until: str) -> Substitution:
        """Read the commands of a substitution; deeper than the bound they are not looked at."""
        if self._depth >= _MAXIMUM_DEPTH:
            end = self._text.find(until, self._at)
            self._at = len(self._text) if end < 0 else end + 1
            return Substitution(())
        inner = _Reader(self._text, self._fresh, self._depth + 1, self._at)
        commands = inner.commands(until)
        self._at = inner.position + 1
        return Substitution(tuple(commands))

    # -- redirects and here-documents

    def _redirect(self, draft: Draft, found: re.Match[str]) -> None:
        if not draft.words and not draft.assignments and not draft.redirects:
            draft.start = self._at
        self._at = found.end()
        operator = found[1]
        blanks = re.compile(r"[ \t]*").match(self._text, self._at)
        self._at = blanks.end() if blanks else self._at
        before = self._at
        target = self._scan_word()
        if self._at == before and before < len(self._text) and self._text[before] in "<>":
            self._at += 1
        draft.redirects.append(Redirect(operator, target))
        if operator in {"<<", "<<-"}:
            quoted = any(mark in self._text[target.start : target.end] for mark in "'\"\\")
            self._here.append((draft, target.literal or "", quoted, target))

    def _read_bodies(self) -> None:
        """Behind the end of the line: the bodies of the here-documents that the line began."""
        for _, delimiter, quoted, target in self._here:
            start = self._at
            end = len(self._text)
            after = end
            at = start
            while at <= len(self._text):
                line_end = self._text.find("\n", at)
                line_end = len(self._text) if line_end < 0 else line_end
                if self._text[at:line_end].strip() == delimiter:
                    end, after = at, min(line_end + 1, len(self._text))
                    break
                at = line_end + 1
            self._at = after
            self._bodies[target.start] = self._body(start, end, quoted=quoted)
        self._here.clear()

    def _body(self, start: int, end: int, *, quoted: bool) -> Word:
        if quoted:
            return Word((Text(self._text[start:end]),), start, end)
        return Word(_Reader(self._text[:end], self._fresh, self._depth + 1, start).here_text(), start, end)

    def _with_body(self, command: Command) -> Command:
        if not any(redirect.target.start in self._bodies for redirect in command.redirects):
            return command
        redirects = tuple(
            Redirect(redirect.operator, redirect.target, self._bodies.get(redirect.target.start))
            for redirect in command.redirects
        )
        return Command(
            command.assignments, command.words, redirects, command.piped, command.pipeline, command.start, command.end,
            command.branches,
        )  # fmt: skip

    def _skip_comment(self) -> None:
        end = self._text.find("\n", self._at)
        self._at = len(self._text) if end < 0 else end


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + part.text)
        else:
            joined.append(part)
    return tuple(joined)
