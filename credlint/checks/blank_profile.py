"""blank-profile: a profile variable is set to the empty text, which names no profile."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.environments import WriteKind
from credlint.model.finding import Confidence, Draft
from credlint.model.span import Location
from credlint.model.units import EnvironmentUnit, ImageSeen, WriteUnit
from credlint.model.values import BLANK_DEFAULT, Blank, Cloud, Reference, Role


def check(unit: EnvironmentUnit) -> Iterator[Draft]:
    """Draft a finding per profile variable that a child process gets with no text; writes are told by themselves."""
    environment = unit.environment
    if not environment.child or environment.test_context or unit.image is ImageSeen.OTHER:
        return
    # Whether the host has one and what reads it are two things that nobody sees.
    sure = Confidence.LOW if unit.image is ImageSeen.NO else Confidence.HIGH
    for one in environment.variables:
        if one.role is not Role.PROFILE or one.cloud is not Cloud.AWS:
            continue
        if isinstance(one.value, Blank):
            yield _draft(one.name, environment.title, one.location, certain=not one.branches)
        elif isinstance(one.value, Reference) and one.value.field == BLANK_DEFAULT:
            yield _draft(one.name, environment.title, one.location, certain=False, sure=sure)


def check_write(unit: WriteUnit) -> Iterator[Draft]:
    """Draft a finding for a write of no text to a profile variable of AWS."""
    write = unit.write
    blank = write.role is Role.PROFILE and write.cloud is Cloud.AWS and isinstance(write.value, Blank)
    if blank and not write.test_context and write.kind is not WriteKind.PUTENV:
        yield _draft(write.name, "this process", write.location, certain=write.certain)


def _draft(name: str, title: str, place: Location, *, certain: bool, sure: Confidence = Confidence.HIGH) -> Draft:
    words = "is" if certain else "may be"
    return Draft(
        case="blank" if certain else "may-be-blank",
        message=f'{name} {words} set to "" for {title}: boto3 and the AWS CLI look for a profile of that name',
        location=place,
        subject=place,
        certainty=sure,
    )
