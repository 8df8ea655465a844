"""What is found out about session requests and about where clients send theirs, when facts are joined."""

from __future__ import annotations

from enum import Enum

from credlint.model.facts import Setting
from credlint.model.records import dataclass
from credlint.model.span import Location


class FieldFault(Enum):
    """What is wrong with a field of a request."""

    SHORT = "short"
    LONG = "long"
    CROWDED = "crowded"
    CHARACTER = "character"
    FORM = "form"
    CLOUD = "cloud"


@dataclass(frozen=True, slots=True)
class Breach:
    """A field that its operation does not take.

    `limit` is the least or the greatest length, or what is left for the name of a role; `character` one that is not
    allowed, `foreign` tells the other cloud's.
    """

    setting: Setting
    fault: FieldFault
    limit: int = 0
    character: str = ""
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A service that refuses the credentials which `operation` gave at `request`.

    `lacking` is the parameter of that operation that would have lifted it, "" where none does.
    """

    operation: str
    request: Location
    service: str
    lacking: str = ""
    certain: bool = True


class Mismatch(Enum):
    """How region, endpoint and role of a client fail to go together."""

    PARTITION = "partition"
    SERVICE = "service"
    REGION = "region"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class EndpointMismatch:
    """Two settings that do not go together, or one that does not by itself: where, what each says, in words.

    `setting` is the one to point at; `other` the second place. `certain` tells that no other values are possible.
    """

    kind: Mismatch
    setting: Setting
    one: str
    two: str
    other: Location | None = None
    certain: bool = True
