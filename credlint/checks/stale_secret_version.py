"""stale-secret-version: a stored secret is read in a version that is no more, or not yet, in use."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Draft
from credlint.model.units import ProcessUnit, SecretCopyUnit, SecretReadUnit
from credlint.model.values import Step


def check(unit: SecretReadUnit) -> Iterator[Draft]:
    """Draft a finding for a stage that is not the current one, unless code rotates secrets or falls back."""
    read = unit.read
    if read.rotates or read.falls_back or read.test_context:
        return
    yield Draft(
        case="other-stage",
        message=f"{read.name} reads the version {read.stage}, which is not the one in use",
        location=read.location,
        subject=read.location,
        calls=read.calls,
    )


def check_copy(unit: SecretCopyUnit) -> Iterator[Draft]:
    """Draft a finding for a copy that is never made anew, or less often than what it holds lasts."""
    copy, lasting = unit.copy, unit.lasting
    if copy.test_context:
        return
    if copy.interval == 0:
        yield Draft(
            case="never-refreshed",
            message=f"{copy.title} copies credentials once; after the next rotation they are no longer the ones in use",
            location=copy.location,
            subject=copy.location,
        )
    elif copy.interval is not None and lasting is not None and copy.interval > lasting.seconds:
        yield Draft(
            case="refreshed-too-late",
            message=(
                f"{copy.title} is made anew after {copy.interval} seconds, but the session in it lasts "
                f"{lasting.seconds}"
            ),
            location=copy.location,
            subject=copy.location,
            related=(Step(lasting.location, "how long the session lasts"),),
        )


def check_process(unit: ProcessUnit) -> Iterator[Draft]:
    """Draft a finding for keys of a version that is not in use, and for a single file of a mounted Secret."""
    for variable, stage in () if unit.scope.test_context else unit.stale:
        yield Draft(
            case="other-stage",
            message=f"{variable.name} of {unit.scope.title} is the version {stage}, which is not the one in use",
            location=variable.key_location,
            subject=variable.key_location,
        )
    for mount in unit.mounts:
        if mount.part and mount.is_credentials_file and mount.source_kind == "secret":
            yield Draft(
                case="single-file-mount",
                message=(
                    f"{unit.scope.title} mounts {mount.path} by subPath; when Secret {mount.source} changes, the file "
                    "stays what it was"
                ),
                location=mount.location,
                subject=mount.location,
            )
