"""Credentials that are kept, URLs with the sessions that sign them, and what renews, retries or stands in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.types import Catalogue
from credlint.model.facts import FileFacts, SessionRequest
from credlint.model.lasting import Kept, SignedUrl
from credlint.model.span import Location
from credlint.model.units import (
    FallbackUnit,
    KeptUnit,
    RefresherUnit,
    RetriedErrorUnit,
    SignedUrlUnit,
    Unit,
    UrlSession,
)
from credlint.model.values import ResponseField


def kept_units(files: Sequence[FileFacts]) -> Iterator[KeptUnit]:
    """Give a unit per place where credentials are kept: of several modules that lead there, the one that knows most."""
    found: dict[Location, Kept] = {}
    for facts in files:
        for kept in facts.kept:
            known = found.get(kept.location)
            if known is None or len(known.lives) < len(kept.lives):
                found[kept.location] = kept
    yield from map(KeptUnit, found.values())


def lasting_units(facts: FileFacts, catalogue: Catalogue) -> Iterator[Unit]:
    """Give the units of the other facts about how long credentials live."""
    yield from (_signed_url_unit(url, facts, catalogue) for url in facts.urls)
    yield from map(RefresherUnit, facts.refreshers)
    yield from map(RetriedErrorUnit, facts.retries)
    yield from map(FallbackUnit, facts.fallbacks)


def _signed_url_unit(url: SignedUrl, facts: FileFacts, catalogue: Catalogue) -> SignedUrlUnit:
    alternatives = url.credentials.alternatives
    sessions = [_session(one.key_id.origin, facts, catalogue) for one in alternatives]
    known = tuple(dict.fromkeys(session for session in sessions if session is not None))
    every = bool(known) and None not in sessions and url.credentials.complete
    return SignedUrlUnit(url, known, every)


def _session(origin: object, facts: FileFacts, catalogue: Catalogue) -> UrlSession | None:
    """Give the longest session that a call can have given, or None where that is not known."""
    if not isinstance(origin, ResponseField):
        return None
    request = next((one for one in facts.requests if one.location == origin.request), None)
    seconds = _seconds(request, catalogue) if request is not None else None
    return UrlSession(request.name, request.location, seconds) if request is not None and seconds is not None else None


def _seconds(request: SessionRequest, catalogue: Catalogue) -> int | None:
    if not request.durations:
        return catalogue.operations[request.operation].default
    known = [duration.seconds for duration in request.durations]
    return max((one for one in known if one is not None), default=None) if None not in known else None
