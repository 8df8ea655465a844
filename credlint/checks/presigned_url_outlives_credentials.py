"""presigned-url-outlives-credentials: a signed URL is given a lifetime that it cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Confidence, Draft
from credlint.model.lasting import SignedUrl
from credlint.model.units import SignedUrlUnit
from credlint.model.values import Step


def check(unit: SignedUrlUnit) -> Iterator[Draft]:
    """Draft a finding for a URL that lives longer than its signature version allows, or than what signs it."""
    url = unit.url
    if url.maximum is not None and url.seconds > url.maximum:
        message = f"{url.sink} is given {url.seconds} seconds; signature version 4 allows {url.maximum} at most"
        yield _draft(url, "above-maximum", message)
        return
    shorter = [session for session in unit.sessions if session.seconds < url.seconds]
    if shorter:
        worst = min(shorter, key=lambda session: session.seconds)
        message = (
            f"{url.sink} is given {url.seconds} seconds, but the credentials of {worst.name} that sign the URL end "
            f"after {worst.seconds}"
        )
        every = unit.every and len(shorter) == len(unit.sessions)
        step = Step(worst.location, f"{worst.name} gives credentials for {worst.seconds} seconds")
        yield _draft(url, "outlives-session", message, step, Confidence.HIGH if every else Confidence.MEDIUM)
    elif url.platform_seconds is not None and url.seconds > url.platform_seconds:
        message = (
            f"{url.sink} is given {url.seconds} seconds, but the credentials of {url.platform} that sign the URL last "
            f"{url.platform_seconds} at most"
        )
        yield _draft(url, "outlives-platform", message)


def _draft(
    url: SignedUrl, case: str, message: str, step: Step | None = None, certainty: Confidence = Confidence.HIGH
) -> Draft:
    return Draft(
        case=case,
        message=message,
        location=url.location,
        subject=url.location,
        certainty=certainty,
        related=(step,) if step else (),
        trace=(*((step,) if step else ()), *url.steps, Step(url.location, "signed for this time")),
        calls=url.calls,
    )
