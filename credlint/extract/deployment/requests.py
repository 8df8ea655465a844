"""Requests for temporary credentials, with the limits of their operation."""

from __future__ import annotations

from credlint.extract.deployment.reading import Reading
from credlint.model.facts import PLATFORM_ROLE, Duration, SessionRequest, Setting
from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import CredentialSet, Lifetime, ResponseField


@dataclass(frozen=True, slots=True)
class Details:
    """What else is known of a request.

    `platform_role` is the role of the platform that signs it, in words, where nothing else does; `fields` are its other
    arguments, `settings` those of who signs it; `open` tells that more may be given.
    """

    platform_role: str = ""
    fields: tuple[Setting, ...] = ()
    settings: tuple[Setting, ...] = ()
    open: bool = False


def note_request(
    id: str,  # noqa: A002 - what the catalogue calls it
    place: Location,
    durations: tuple[Duration, ...],
    caller: CredentialSet,
    chained: Location | None,
    flow: str,
    reading: Reading,
    *,
    answers: bool = True,
    details: Details | None = None,
) -> None:
    """Note a request for the operation of an id; `answers` tells that credentials come back.

    `details` say what else is known of it.
    """
    operation = reading.catalogue.operation(id)
    known = details or Details()
    reading.found.requests.setdefault(
        (place, operation.id),
        SessionRequest(
            operation=operation.id,
            name=operation.name,
            cloud=operation.cloud,
            location=place,
            durations=durations,
            minimum=operation.minimum,
            maximum=operation.maximum,
            chained_maximum=None if operation.unsigned else operation.chained_maximum,
            caller=caller,
            flows=(flow,),
            chained=chained,
            answers=answers,
            by_platform=bool(known.platform_role) and chained is None,
            platform_role=known.platform_role or PLATFORM_ROLE,
            fields=known.fields,
            settings=known.settings,
            open=known.open,
            test_context=reading.test_context,
        ),
    )


def temporary_caller(caller: CredentialSet) -> Location | None:
    """Give the request whose answer signs in every alternative, or None where that is not proven."""
    places = [
        alternative.key_id.origin.request
        for alternative in caller.alternatives
        if isinstance(alternative.key_id.origin, ResponseField)
        and alternative.key_id.origin.lifetime is Lifetime.TEMPORARY
    ]
    return places[0] if places and len(places) == len(caller.alternatives) and caller.complete else None
