"""What commands of a script print as `NAME=value` lines: words put together, formats filled, answers taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.extract.deployment.script_texts import SHOWING, split_lines
from credlint.extract.deployment.shell_values import Evaluator, split_word
from credlint.extract.text.shell import Command, Part, Substitution, Text, Variable, Word
from credlint.extract.text.shell_reader import read_script
from credlint.model.patterns import pattern
from credlint.model.records import dataclass
from credlint.model.values import Origin, Unknown

# They print nothing.
_QUIET = frozenset({"for", "case", "[", "[[", "test", "true", "false", ":", "export", "read", "cd", "set", "unset"})
_EXPORT = pattern(r"\s*(?:export|declare -x)\s+(?=\w)")
_PLACE = pattern(r"%[-+0#]*\d*(?:\.\d+)?[sqbdiu]")


@dataclass(frozen=True, slots=True)
class Line:
    """One `NAME=value` line that is printed, and the word that it comes from."""

    name: str
    origin: Origin
    word: Word


@dataclass(frozen=True, slots=True)
class Printed:
    """The lines that are known. `whole` tells that nothing else is printed."""

    lines: tuple[Line, ...]
    whole: bool


class Printer:
    """Tells what commands print; `script` is the text that the places of words count in."""

    def __init__(self, values: Evaluator, script: str) -> None:
        self._values = values
        self._script = script

    def printed(self, command: Command, feeding: Sequence[Command]) -> Printed:
        """Give what a command prints; `feeding` are the commands before it whose output it is given."""
        bodies = [redirect.body for redirect in command.redirects if redirect.body is not None]
        if bodies:
            return self._joined(self._of_word(word, command) for word in bodies)
        if command.name in SHOWING:
            return self._shown(command)
        if not command.words or command.name in _QUIET:
            return Printed((), whole=True)
        if feeding and all(one.name in SHOWING for one in feeding):
            return self._joined(map(self._shown, feeding))
        pairs = self._values.pairs((*feeding, command))
        return Printed(tuple(Line(name, origin, command.words[0]) for name, origin in pairs), whole=bool(pairs))

    def _joined(self, found: Iterator[Printed]) -> Printed:
        each = list(found)
        return Printed(tuple(line for one in each for line in one.lines), all(one.whole for one in each))

    def _shown(self, command: Command) -> Printed:
        words = [word for word in command.words[1:] if not (word.literal or "").startswith("-")]
        if command.name == "printf" and words and "%" in words[0].texts:
            return self._filled(words[0], words[1:], command)
        return self._joined(self._of_word(word, command) for word in words)

    def _of_word(self, word: Word, command: Command) -> Printed:
        only = [part for part in word.parts if not (isinstance(part, Text) and part.text == "")]
        if len(only) == 1 and isinstance(only[0], Substitution):
            pairs = self._values.pairs(only[0].commands)
            return Printed(tuple(Line(name, origin, word) for name, origin in pairs), bool(pairs))
        lines, whole = [], True
        for piece in split_lines(word, self._script):
            line = self._line(piece, command)
            if line is not None:
                lines.append(line)
            else:
                whole = whole and not any(isinstance(part, Substitution | Variable) for part in piece.parts)
        return Printed(tuple(lines), whole)

    def _line(self, piece: Word, command: Command) -> Line | None:
        first = piece.parts[0] if piece.parts else None
        begun = _EXPORT.match(first.text) if isinstance(first, Text) else None
        split = split_word(piece)
        if split is None:
            return None
        name = split[0].strip()
        if begun is not None and isinstance(first, Text):
            name = first.text[begun.end() :].partition("=")[0]
        if not name.replace("-", "_").isidentifier():
            return None
        value = split[1] if begun is None else _read_later(split[1])
        return Line(name, self._values.origin(value, command.branches), piece)

    def _filled(self, form: Word, arguments: Sequence[Word], command: Command) -> Printed:
        """Fill a format of `printf`; an answer as an argument is as many as it has fields."""
        given: list[Origin] = []
        for word in arguments:
            fields = self._values.fields_of(word)
            given += fields or [self._values.origin(word, command.branches)]
        lines = []
        for piece in split_lines(form, self._script):
            count = len(_PLACE.findall(piece.texts))
            split = split_word(piece)
            values, given = given[:count], given[count:]
            if split is None or not split[0].strip().replace("-", "_").isidentifier():
                continue
            origin: Origin = Unknown("text put together in a script")
            if _PLACE.fullmatch(split[1].texts.strip("'\"")):
                origin = values[0] if values else Unknown("nothing to fill in")
            elif not count:
                origin = self._values.origin(split[1], command.branches)
            lines.append(Line(split[0].strip(), origin, piece))
        return Printed(tuple(lines), not given)


def _read_later(word: Word) -> Word:
    """Give the word of a value that a shell will read again: quotes and variables in what is text now."""
    if word.literal is None:
        parts: list[Part] = [Text(part.text.strip("\"'")) if isinstance(part, Text) else part for part in word.parts]
        return Word(tuple(part for part in parts if part != Text("")), word.start, word.end)
    decisions = iter(range(1 << 30))
    commands = read_script(f"A={word.literal}", lambda: -1 - next(decisions))
    assignments = commands[0].assignments if commands else ()
    return Word(assignments[0].value.parts, word.start, word.end) if assignments else word
