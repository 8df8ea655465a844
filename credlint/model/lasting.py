"""Facts about how long credentials live: what keeps them, renews them, signs with them, and what stands in for them."""

from __future__ import annotations

from enum import Enum

from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import NO_BRANCH, Branches, Cloud, CredentialSet, Step


class Keeper(Enum):
    """What holds credentials beyond the call that fetched them; the value is what people call it.

    ENDLESS_LOOP uses in every round what was fetched before it, MULTIPART_LOOP sends the parts of one upload so.
    """

    MODULE = "module variable"
    CLASS = "class attribute"
    DEFAULT = "default argument"
    CLOSURE = "closure"
    CACHE = "cache"
    MAPPING = "mapping"
    INSTANCE = "attribute of an object"
    APPLICATION = "state of the application"
    CONTAINER = "environment of a container"
    ENDLESS_LOOP = "endless loop"
    MULTIPART_LOOP = "loop over the parts of an upload"


@dataclass(frozen=True, slots=True)
class LongLife:
    """A sign that the process lives long: `what` in words ("flask is imported"), and where it stands."""

    what: str
    location: Location


@dataclass(frozen=True, slots=True)
class Kept:
    """Temporary credentials, or something that signs with them, held beyond the call that fetched them.

    `location` is where they are fetched, when that is in the run of what keeps them, else where they are kept, `place`.
    `name` is what they are kept under, `source` where they come from in words, fetched at `origin`. `certain` tells
    that every alternative of the value is temporary; `proven` that they are temporary by proof, and not by the kind of
    object that takes them; `copied` that they are parts read off a provider, which alone would have renewed them.
    `lives` are the signs that the process lives long.
    """

    keeper: Keeper
    name: str
    source: str
    location: Location
    place: Location
    origin: Location
    flows: tuple[str, ...]
    certain: bool = True
    proven: bool = True
    copied: bool = False
    steps: tuple[Step, ...] = ()
    lives: tuple[LongLife, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedUrl:
    """A URL that is signed for others, with one lifetime that it can be given.

    `credentials` sign it. `maximum` is the longest lifetime that signature version 4 allows, in seconds, where it is
    proven that this version signs, else None. `platform` names the platform whose own credentials sign it, which last
    `platform_seconds` at most.
    """

    sink: str
    cloud: Cloud
    seconds: int
    location: Location
    credentials: CredentialSet
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()
    branches: Branches = NO_BRANCH
    steps: tuple[Step, ...] = ()
    maximum: int | None = None
    platform: str | None = None
    platform_seconds: int | None = None


class RefreshFault(Enum):
    """Why a refresh callable does not refresh; the value is the case of the rule."""

    CAPTURED_PARTS = "captured-parts"
    CAPTURED_TOKEN = "captured-token"
    CAPTURED_CALLER = "captured-caller"
    WRONG_NAMES = "wrong-names"
    WRONG_EXPIRY = "wrong-expiry"


@dataclass(frozen=True, slots=True)
class Refresher:
    """A refresh callable with a fault: `location` is where it shows, `origin` where what it reuses was made.

    `sink` is what takes the callable, `what` names what is wrong: an operation, a variable, the fields.
    """

    fault: RefreshFault
    sink: str
    what: str
    location: Location
    origin: Location
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class RetriedError:
    """An error that only new credentials cure, after which the same call is made again.

    `location` is where the error is told apart, `loop` what makes the call again.
    """

    code: str
    location: Location
    loop: Location
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()


class FallbackKind(Enum):
    """What stands in for the source that failed; the value is the words for it."""

    DEFAULT_CHAIN = "the default chain"
    PROFILE = "another profile"
    KEYS = "other keys"
    PARENT_KEY = "the key that asked for them"


@dataclass(frozen=True, slots=True)
class Fallback:
    """Another source of credentials that stands in for one that failed, and nobody is told.

    `intended` names the source that was meant, at `intended_at`; `location` is where the other one is taken. `certain`
    tells that every way to the failure takes it.
    """

    kind: FallbackKind
    intended: str
    intended_at: Location
    sink: str
    location: Location
    flows: tuple[str, ...]
    calls: tuple[Location, ...] = ()
    certain: bool = True
