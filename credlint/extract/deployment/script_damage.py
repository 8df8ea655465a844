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


def note_encoded_line_ends(command: Command, reading: Reading, place: Callable[[int, int, Command], Location]) -> None:
    """Note the parts that are given what `echo` and an encoder make of a value."""
    for name, start, inner in _named(command):
        known = reading.role_of(name)
        if known is not None and known[0] in SECRET_ROLES and _is_echoed(inner) and not reading.test_context:
            at = place(start, start + 1, command)
            made = CorruptedValue(CorruptionKind.ECHOED, known[0], known[1], name, at)
            reading.found.corruptions.setdefault(at, made)


def _named(command: Command) -> Iterator[tuple[str, int, tuple[Command, ...]]]:
    """Give the substitutions of a command with the name that each is given to."""
    for assignment in command.assignments:
        for part in assignment.value.parts[:1]:
            if isinstance(part, Substitution):
                yield assignment.name, assignment.name_start, part.commands
    bodies = [redirect.body for redirect in command.redirects if redirect.body is not None]
    for word in (*command.words, *bodies):
        yield from _inside(word)


def _inside(word: Word) -> Iterator[tuple[str, int, tuple[Command, ...]]]:
    before = ""
    for part in word.parts:
        if isinstance(part, Text):
            before += part.text
            continue
        found = _NAME.search(before[before.rfind("\n") + 1 :])
        if isinstance(part, Substitution) and found is not None:
            first = part.commands[0].start if part.commands else word.start
            yield found[1].rpartition("=")[2], first, part.commands
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
