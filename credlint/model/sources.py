"""Which source of credentials an SDK takes in a process, as it may be shown."""

from __future__ import annotations

from enum import Enum

from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import Branches, Cloud
from credlint.model.verdict import Verdict


class SourceForm(Enum):
    """What credentials come from, as it is shown: keys in variables, a profile, a role, a file of keys."""

    KEYS = "keys"
    PROFILE = "profile"
    ROLE = "role"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Source:
    """Where credentials come from: its kind, a few words for people, and the place where it is declared.

    `line` is the 1-based line of that place in its file, 0 without one. `variable` and `profile` are the names that
    decide, "" for none; `named` is where a variable names the profile.
    """

    kind: SourceForm
    words: str
    location: Location | None = None
    line: int = 0
    variable: str = ""
    profile: str = ""
    named: Location | None = None


@dataclass(frozen=True, slots=True)
class SdkAnswer:
    """What one SDK does in a process.

    `ends` are the sources that it may take, one where that is certain, none where it finds nothing; `errors` the ends
    that are errors. `shadowed` are sources that are there and not taken. `read` tells that its chain was read from the
    SDK's source and not compared with it. `why` gives the verdict's reason in a few words. `open` tells that variables
    that no file shows may change it, `proven` that the image of the process is one of this SDK.
    """

    sdk: str
    title: str
    cloud: Cloud
    verdict: Verdict
    ends: tuple[Source, ...]
    errors: tuple[str, ...] = ()
    shadowed: tuple[Source, ...] = ()
    why: str = ""
    read: bool = False
    open: bool = False
    proven: bool = False

    @property
    def winner(self) -> Source | None:
        """The source that it certainly takes, or None."""
        return self.ends[0] if len(self.ends) == 1 and not self.errors else None


@dataclass(frozen=True, slots=True)
class Reader:
    """An SDK, and which of several variables for one thing it reads; "" for none of them."""

    title: str
    variable: str


@dataclass(frozen=True, slots=True)
class SourceWorld:
    """What the SDKs do in a process where these arms are taken.

    Where a profile is named that no file shows, `with_keys` and `with_role` say what they do if it holds keys, or a
    role and the profile that signs for it, `without_profile` what they do if no file holds it. `given` are
    the families of variables of which it is supposed that the pair is there, where nobody can tell; `complete` tells
    that no world of the process is left out.
    """

    branches: Branches
    answers: tuple[SdkAnswer, ...]
    with_keys: tuple[SdkAnswer, ...] = ()
    with_role: tuple[SdkAnswer, ...] = ()
    without_profile: tuple[SdkAnswer, ...] = ()
    given: tuple[str, ...] = ()
    complete: bool = True
