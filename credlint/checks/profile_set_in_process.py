"""profile-set-in-process: code changes the profile of its whole process."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.environments import EnvironmentWrite, WriteKind
from credlint.model.finding import Draft
from credlint.model.units import WriteUnit
from credlint.model.values import Blank, NoneValue, Role, Step, compatible


def check(unit: WriteUnit) -> Iterator[Draft]:
    """Draft a finding for a write of a profile variable, unless it is put back or a test does it."""
    write = unit.write
    if write.role is not Role.PROFILE or write.test_context or write.restores:
        return
    if isinstance(write.value, NoneValue | Blank) or any(_puts_back(other, write) for other in unit.others):
        return
    case, message, related = _case(unit)
    yield Draft(case=case, message=message, location=write.location, subject=write.location, related=related)


def _puts_back(other: EnvironmentWrite, write: EnvironmentWrite) -> bool:
    return other.name == write.name and other.restores


def _case(unit: WriteUnit) -> tuple[str, str, tuple[Step, ...]]:
    write = unit.write
    if write.kind is WriteKind.PUTENV:
        return "putenv", f"{write.name} is set by putenv, which SDKs in this process do not see", ()
    for other in unit.others:
        both = other.name == write.name and None not in (write.text, other.text) and write.text != other.text
        if both and other.kind is not WriteKind.PUTENV and compatible(other.branches, write.branches):
            message = f"{write.name} is set to {write.text} for the whole process, and elsewhere to {other.text}"
            return "two-values", message, (Step(other.location, f"{other.name} is {other.text} here"),)
    if unit.keys_set is not None:
        message = f"{write.name} is set beside environment keys, which win over it in boto3 and the AWS CLI"
        return "beside-environment-keys", message, (Step(unit.keys_set, "the keys that win are set here"),)
    if unit.clients_before:
        message = (
            f"{write.name} is set after a client of the default session was made: its key stays, its region may change"
        )
        return "after-first-client", message, (Step(unit.clients_before[0], "the default session is made here"),)
    if write.from_option:
        return "program-option", f"{write.name} is set for the whole process from an option of the program", ()
    return (
        "set-for-process",
        f"{write.name} is set for the whole process: every later client of it changes identity",
        (),
    )
