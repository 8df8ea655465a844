"""profile-with-explicit-keys: a profile and keys for one client, or in one environment."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import sink_words, source_words
from credlint.model.finding import Confidence, Draft
from credlint.model.units import ClientUnit
from credlint.model.values import Alternative


def check_client(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a call that is given both, on one path and both for certain."""
    client = unit.client
    if client.indirect is not None:
        return
    alternatives = client.credentials.alternatives
    bad = [one for one in alternatives if _has_both(one)]
    if not bad:
        return
    worst = bad[0]
    if client.profile_raises:
        case, message = "sdk-raises", f"{sink_words(client)} gets a profile and keys, and raises"
    else:
        case = "profile-and-keys-in-call"
        message = (
            f"{sink_words(client)} gets keys ({source_words(worst.key_id.origin)}) and a profile: the keys sign, "
            "the profile must exist all the same and only gives the region"
        )
    yield Draft(
        case=case,
        message=message,
        location=worst.profile.location or client.location,
        subject=client.location,
        certainty=Confidence.HIGH if len(bad) == len(alternatives) else Confidence.MEDIUM,
        calls=client.calls,
    )


def _has_both(alternative: Alternative) -> bool:
    return alternative.profile.is_given() and alternative.key_id.is_given()
