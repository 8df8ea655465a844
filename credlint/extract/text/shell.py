"""Shell scripts as commands: words with their variables, substitutions and places, redirects, here-documents, branches.

Reads what a linter needs of sh, bash and zsh and never fails: what it does not know is text. Offsets are those of the
script.
"""

from __future__ import annotations

from credlint.model.records import dataclass
from credlint.model.values import NO_BRANCH, Branches


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text, quotes removed."""

    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """Either `$NAME` or `${NAME...}`; `operator` is the rest inside the braces (":-default", "[0]", "#"), often ""."""

    name: str
    operator: str


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(...)`, backticks or `<(...)`: the commands inside."""

    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`$((...))`: the text between the parentheses."""

    text: str


@dataclass(frozen=True, slots=True)
class Expression:
    """`${{ ... }}`: filled in by the CI system before the shell sees it; the text between the braces."""

    text: str


Part = Text | Variable | Substitution | Arithmetic | Expression


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its parts, and where it stands."""

    parts: tuple[Part, ...]
    start: int
    end: int

    @property
    def literal(self) -> str | None:
        """The text of a word that has nothing to be filled in, else None."""
        if len(self.parts) == 1:  # nearly every word
            part = self.parts[0]
            return part.text if isinstance(part, Text) else None
        if all(isinstance(part, Text) for part in self.parts):
            return "".join(part.text for part in self.parts if isinstance(part, Text))
        return None

    @property
    def texts(self) -> str:
        """The literal text of the word; every part to be filled in is one NUL."""
        return "".join(part.text if isinstance(part, Text) else "\0" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Redirect:
    """`>`, `>>`, `<`, `<<`, `<<<` and their like; `descriptor` is what stands before (`2>`, `&>`), mostly "".

    `body` is that of a here-document.
    """

    operator: str
    target: Word
    body: Word | None = None
    descriptor: str = ""

    @property
    def takes_output(self) -> bool:
        """Tell whether what the command prints goes elsewhere: not its errors, not to where it goes anyhow."""
        if not self.operator.startswith(">") or self.descriptor not in {"", "1", "&"}:
            return False
        target = self.target.literal
        if self.operator == ">&" and target is not None and target.isdecimal():
            return False
        return target not in {"/dev/stdout", "/dev/stderr", "/dev/tty"}


@dataclass(frozen=True, slots=True)
class Assignment:
    """`NAME=value` before a command or alone. `name_start` is where the name begins; `append` is `+=`."""

    name: str
    value: Word
    name_start: int


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command. `piped` tells that its output goes into another; `pipeline` numbers what is piped together."""

    assignments: tuple[Assignment, ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]
    piped: bool
    pipeline: int
    start: int
    end: int
    branches: Branches = NO_BRANCH

    @property
    def name(self) -> str:
        """The name of the program, without folder; "" when it is not literal or there is none."""
        literal = self.words[0].literal if self.words else None
        return literal.rpartition("/")[2] if literal else ""
