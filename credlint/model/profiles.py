"""Profiles: what is written as a credentials or config file of an SDK, and what can be wrong with it."""

from __future__ import annotations

from enum import Enum

from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import (
    Cloud,
    Role,
)


@dataclass(frozen=True, slots=True)
class ProfileSetting:
    """One setting of a profile. `text` is None where it is not known; that of a credential is its form, never itself.

    `role` is that of a credential part, None for any other setting; `cloud` the one whose name it is, if it is of one
    cloud.
    """

    name: str
    text: str | None
    location: Location
    role: Role | None = None
    cloud: Cloud | None = None


@dataclass(frozen=True, slots=True)
class ProfileSection:
    """A section of a credentials or config file; `name` is the text between the brackets, None where it is not known.

    `open` tells that it may hold more settings than these.
    """

    name: str | None
    location: Location
    settings: tuple[ProfileSetting, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class ProfileText:
    """What is written as a credentials or config file of an SDK.

    `file` is the name by which the catalogue knows the file, None where the path is not known; `whole` tells that the
    file has no other sections than these.
    """

    file: str | None
    sections: tuple[ProfileSection, ...]
    whole: bool
    flows: tuple[str, ...]
    test_context: bool = False


class ProfileFaultKind(Enum):
    """What can be wrong with a profile."""

    ROLE_WITHOUT_SOURCE = "role-without-source"
    ROLE_WITH_TWO_SOURCES = "role-with-two-sources"
    WRONG_CASE = "wrong-case"
    UNKNOWN_CREDENTIAL_SOURCE = "unknown-credential-source"
    UNKNOWN_PROFILE = "unknown-profile"
    LOOP = "loop"
    FOREIGN_HEADER = "foreign-header"
    UNKNOWN_TYPE = "unknown-type"
    HALF_PAIR = "half-pair"
    IGNORED_DURATION = "ignored-duration"


@dataclass(frozen=True, slots=True)
class ProfileFault:
    """One fault of a profile: where, and in words. `other` is a place that belongs to it."""

    kind: ProfileFaultKind
    message: str
    location: Location
    other: Location | None = None
