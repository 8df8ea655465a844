"""Provider chains: what decides which source of credentials an SDK takes, and what it takes.

What nobody shows is neither there nor absent: a value, a file or a service may be unknown, and an answer then is what
may be.
"""

from __future__ import annotations

from enum import Enum

from credlint.model.records import dataclass
from credlint.model.verdict import Verdict


class Held(Enum):
    """What a variable or setting holds: a text in sight, some text, the empty string, or nobody can tell.

    UNKNOWN leaves open whether it is there at all; one that is certainly not there stands nowhere.
    """

    LITERAL = "literal"
    OPAQUE = "opaque"
    BLANK = "blank"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Value:
    """What a variable or setting holds; `text` is that of a LITERAL. The text of a secret is never needed: OPAQUE."""

    held: Held
    text: str = ""

    @property
    def is_set(self) -> bool:
        """Tell whether it is some text that is not empty."""
        return self.held in {Held.LITERAL, Held.OPAQUE}


OPAQUE = Value(Held.OPAQUE)
BLANK = Value(Held.BLANK)
UNKNOWN = Value(Held.UNKNOWN)


def literal(text: str) -> Value:
    """Give the value of a text in sight."""
    return Value(Held.LITERAL, text) if text else BLANK


class Fact(Enum):
    """Whether something of the platform is so."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(frozen=True, slots=True)
class ChainSection:
    """A section of a file: its header (the text between the brackets; "" stands before the first) and its settings.

    In a config.json, a profile under its name, the settings of the top level under "". `open` tells that it may hold
    more settings than these.
    """

    name: str
    settings: tuple[tuple[str, Value], ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class ChainFile:
    """A file in sight; `whole` tells that it has no other sections than these."""

    sections: tuple[ChainSection, ...] = ()
    whole: bool = True


ABSENT_FILE = None
"""A file that is certainly not there."""
UNKNOWN_FILE = ChainFile(whole=False)
"""A file of which nothing is known, not even whether it is there."""


@dataclass(frozen=True, slots=True)
class ChainEnvironment:
    """All that decides which provider answers in one process.

    `variables` are those in effect, each name once; `open` tells that others may be set that no file shows. `files`
    gives what stands at a path, `other_files` what stands at any other; `~` and `home` begin the paths of the home
    folder. `profile` is the one that the code or the command line names, None where it names none. `container_role`,
    `web_identity` and `instance_metadata` tell whether the platform gives a role in that way (its variables need not
    be among `variables`), `signed_in` whether somebody has signed in on that machine.
    """

    variables: tuple[tuple[str, Value], ...] = ()
    open: bool = False
    files: tuple[tuple[str, ChainFile | None], ...] = ()
    other_files: ChainFile | None = UNKNOWN_FILE
    home: str = "~"
    profile: Value | None = None
    container_role: Fact = Fact.MAYBE
    web_identity: Fact = Fact.MAYBE
    instance_metadata: Fact = Fact.MAYBE
    signed_in: Fact = Fact.MAYBE


class SourceKind(Enum):
    """How a provider comes to credentials, one word for all SDKs."""

    VARIABLES = "variables"
    ROLE_PROFILE = "role-profile"
    WEB_IDENTITY = "web-identity"
    SINGLE_SIGN_ON = "single-sign-on"
    LOGIN = "login"
    PROCESS = "process"
    FILE_KEYS = "file-keys"
    KEY_FILE = "key-file"
    CONTAINER = "container"
    INSTANCE = "instance"
    PROFILE = "profile"
    TYPED_PROFILE = "typed-profile"
    ADDRESS = "address"


class Answer(Enum):
    """What a provider does: gives credentials, passes on to the next, ends the search with an error, or YES or NO."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Ground:
    """What an answer rests on: a variable, or a setting of a section of a file ("" for the section itself)."""

    variable: str = ""
    file: str = ""
    section: str = ""
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One end that the search may come to: the provider that answers (YES) or that stops it (STOP), or none (NO).

    `profile` is the profile that it took, "" for none. `error` is the name of the SDK's error, `message` its text; both
    are "" for a YES, and where an error is certain but not which.
    """

    provider: str
    answer: Answer
    kind: SourceKind | None = None
    profile: str = ""
    grounds: tuple[Ground, ...] = ()
    error: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class ChainResult:
    """What an SDK's chain comes to.

    `outcomes` are all ends that it may come to, in the order of the chain. `providers` gives the answer of each
    provider on its own; `shadowed` are those that would answer, certainly or perhaps, behind the first certain end.
    `unknowns` are the questions that nobody answers and that decide ("whether AWS_PROFILE is set"); `rivals` are the
    shadowed ones that certainly answer with another identity. `read` tells that the chain was read from the SDK's
    source and never compared with it: no ground of an error.
    """

    sdk: str
    title: str
    read: bool
    outcomes: tuple[Outcome, ...]
    providers: tuple[Outcome, ...]
    shadowed: tuple[Outcome, ...]
    rivals: tuple[Outcome, ...]
    unknowns: tuple[str, ...]
    verdict: Verdict

    @property
    def winner(self) -> Outcome | None:
        """The provider that certainly answers, or None."""
        only = self.outcomes[0] if len(self.outcomes) == 1 else None
        return only if only is not None and only.answer is Answer.YES else None

    @property
    def error(self) -> Outcome | None:
        """The error that the search certainly ends with, or None; one that no provider answers has none's name."""
        only = self.outcomes[0] if len(self.outcomes) == 1 else None
        return only if only is not None and only.answer is not Answer.YES else None
