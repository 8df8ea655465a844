"""Credentials that a script encodes together with the line end that `echo` puts behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from credlint.extract.deployment.reading import Reading
from credlint.extract.text.shell import Command, Expression, Substitution, Text, Variable, Word
from credlint.model.environments import CorruptedValue, CorruptionKind
from credlint.model.patterns import pattern
from credlint.model.span import Location
from credlint.model.values import SECRET_ROLES

_ENCODER = "base64"
_DECODING = frozenset({"-d", "-D", "--decode"})
# AWS_SECRET_ACCESS_KEY: "…  or  --from-literal=AWS_SECRET_ACCESS_KEY=…
_NAME = pattern(r"""([A-Za-z][\w.\-]*)["']?\s*[:=]\s*["']?$""")


class LineEnds:
    """Looks for parts that are given what `echo` and an encoder make of a value, at once or by a variable."""

    def __init__(self, reading: Reading, place: Callable[[int, int, Command], Location]) -> None:
        self._reading = reading
        self._place = place
        self._held: dict[str, Location] = {}

    def command(self, command: Command) -> None:
        """Look at one command, after those before it."""
        for name in _assigned(command):
            self._held.pop(name, None)
        for name, start, part in _named(command):
            if isinstance(part, Variable):
                held = self._held.get(part.name) if not part.operator else None
                if held is not None:
                    self._note(name, held)
            elif _is_echoed(part.commands):
                at = self._place(start, start + 1, command)
                self._held[name] = at
                self._note(name, at)

    def _note(self, name: str, at: Location) -> None:
        known = self._reading.role_of(name)
        if known is not None and known[0] in SECRET_ROLES and not self._reading.test_context:
            made = CorruptedValue(CorruptionKind.ECHOED, known[0], known[1], name, at)
            self._reading.found.corruptions.setdefault(at, made)


def _assigned(command: Command) -> Iterator[str]:
    """Give the variables that a command sets, by itself or as `export NAME=value`."""
    for assignment in command.assignments:
        yield assignment.name
    for word in command.words:
        first = word.parts[0] if word.parts else None
        if isinstance(first, Text) and "=" in first.text:
            yield first.text.partition("=")[0]


def _named(command: Command) -> Iterator[tuple[str, int, Substitution | Variable]]:
    """Give the substitutions and variables of a command with the name that each is given to, and where."""
    for assignment in command.assignments:
        for part in assignment.value.parts[:1]:
            if isinstance(part, Substitution | Variable):
                yield assignment.name, assignment.name_start, part
    bodies = [redirect.body for redirect in command.redirects if redirect.body is not None]
    for word in (*command.words, *bodies):
        yield from _inside(word)


def _inside(word: Word) -> Iterator[tuple[str, int, Substitution | Variable]]:
    before = ""
    for part in word.parts:
        if isinstance(part, Text):
            before += part.text
            continue
        found = _NAME.search(before[before.rfind("\n") + 1 :])
        if isinstance(part, Substitution | Variable) and found is not None:
            begun = part.commands if isinstance(part, Substitution) else ()
            yield found[1].rpartition("=")[2], begun[0].start if begun else word.start, part
        before += "\0"


def _is_echoed(commands: tuple[Command, ...]) -> bool:
    """Tell whether a value goes from `echo`, with its line end, straight into the encoder."""
    if len(commands) < len(_PIPE) or [one.name for one in commands[:2]] != [_PIPE[0], _ENCODER]:
        return False
    echo, encoder = commands[:2]
    flags = {word.literal for word in echo.words[1:2]}
    if any(flag and flag.startswith("-") and "n" in flag for flag in flags):
        return False
    if not _DECODING.isdisjoint({word.literal for word in encoder.words[1:]}):
        return False
    return any(isinstance(part, Variable | Expression) for word in echo.words[1:] for part in word.parts)


_PIPE = ("echo", _ENCODER)
