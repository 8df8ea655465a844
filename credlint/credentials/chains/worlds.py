"""Worlds: one consistent answer to every question that nobody answers. What is asked is asked in each of them.

Who asks does so as if all were known. Where something is not, the world chooses, remembers, and the other choices
become worlds of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar, cast

from credlint.model.chains import BLANK, OPAQUE, ChainEnvironment, ChainFile, Fact, Ground, Held, Value

_HOME = "~/"
_Option = TypeVar("_Option")


class World:
    """What a search asks about its environment. `read` collects what is set of what was asked for.

    `memory` keeps what is the same in all worlds.
    """

    def __init__(self, environment: ChainEnvironment, taken: tuple[int, ...], memory: dict[object, object]) -> None:
        self.environment = environment
        self.read: list[Ground] = []
        self.asked: dict[str, object] = {}
        self.made: list[tuple[int, int]] = []
        self.memory = memory
        self._taken = taken
        self._variables = dict(environment.variables)
        self._files = {self._path(path): file for path, file in environment.files}

    def choose(self, question: str, options: Sequence[_Option]) -> _Option:
        """Give the option that is so in this world."""
        if question not in self.asked:
            depth = len(self.made)
            index = self._taken[depth] if depth < len(self._taken) else 0
            self.made.append((index, len(options)))
            self.asked[question] = options[index]
        return cast("_Option", self.asked[question])

    @property
    def chosen(self) -> tuple[int, ...]:
        """The choices that were made."""
        return tuple(index for index, _ in self.made)

    def variable(self, name: str, *, blank: bool = False) -> Value | None:
        """Give what a variable holds, None where it is not set; `blank` tells that the empty string is another case."""
        value = self._variables.get(name)
        if value is None and not self.environment.open:
            return None
        if value is None or value.held is Held.UNKNOWN:
            value = self.choose(_question(name), (None, OPAQUE, BLANK) if blank else (None, OPAQUE))
        if value is not None:
            self.read.append(Ground(variable=name))
        return value

    def is_declared(self, name: str) -> bool:
        """Tell whether some text is shown to give a variable, be it in some case only."""
        return name in self._variables

    def is_answered(self, name: str) -> bool:
        """Tell whether a variable is declared, or has been asked for in vain."""
        return name in self._variables or _question(name) in self.asked

    def note(self, names: Sequence[str]) -> None:
        """Collect the variables of these names that are set, without asking for those of which that is not known."""
        self.read += [Ground(variable=name) for name in names if name in self._variables]

    def text(self, value: Value, what: str, candidates: Sequence[str]) -> str | None:
        """Give the text of a value: where it is not in sight, one of the candidates, or None for any other."""
        if value.held is Held.OPAQUE:
            return self.choose(f"what {what} holds", (None, *candidates))
        return value.text

    def fact(self, what: str, fact: Fact) -> bool:
        """Tell whether a fact of the platform is so."""
        return self.choose(what, (False, True)) if fact is Fact.MAYBE else fact is Fact.YES

    def file(self, path: str) -> ChainFile | None:
        """Give what stands at a path."""
        return self._files.get(self._path(path), self.environment.other_files)

    def _path(self, path: str) -> str:
        return f"{self.environment.home}/{path.removeprefix(_HOME)}" if path.startswith(_HOME) else path


def _question(name: str) -> str:
    return f"whether {name} is set"


def worlds(environment: ChainEnvironment, start: World | None = None) -> Iterator[World]:
    """Give every world, or those that begin as another did, each to be used before the next is asked for."""
    waiting = [start.chosen if start is not None else ()]
    memory: dict[object, object] = start.memory if start is not None else {}
    while waiting:
        taken = waiting.pop()
        world = World(environment, taken, memory)
        yield world
        for depth in range(len(taken), len(world.made)):
            before = tuple(index for index, _ in world.made[:depth])
            waiting += [(*before, index) for index in range(1, world.made[depth][1])]
