"""environment-shadows-credentials: what is handed over loses to variables, or is completed by one of them."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import sink_words, trace_of
from credlint.model.finding import Confidence, Draft
from credlint.model.sinks import TokenFate
from credlint.model.units import ClientUnit, Standard
from credlint.model.values import Step


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for a client that the environment gives other credentials than the code does."""
    client = unit.client
    alternatives = client.credentials.alternatives
    if unit.preferred is not None:
        key, secret = client.environment_wins
        used = Step(unit.preferred, f"{key} is in the environment of this process")
        yield Draft(
            case="pair-of-environment",
            message=f"{sink_words(client)} signs with {key} and {secret}, not with the credentials that it is given",
            location=client.location,
            subject=client.location,
            certainty=Confidence.HIGH if client.environment_set is not None else Confidence.MEDIUM,
            related=(used,),
            trace=(used, *trace_of(alternatives[0], client, "the variables win here")),
            calls=client.calls,
        )
    elif client.token_fate is TokenFate.ENVIRONMENT and client.indirect is None:
        bare = [
            one
            for one, standard in zip(alternatives, unit.standard, strict=True)
            if one.token.is_missing() and not one.key_id.is_missing() and standard is Standard.NO
        ]
        if bare and len(bare) == len(alternatives):
            yield Draft(
                case="token-of-environment",
                message=(
                    f"{sink_words(client)} gets a temporary pair without its token, "
                    "and takes the token that the environment holds for another one"
                ),
                location=client.location,
                subject=client.location,
                certainty=Confidence.HIGH if all(one.key_id.is_given() for one in bare) else Confidence.MEDIUM,
                trace=trace_of(bare[0], client, "completed from the environment here"),
                calls=client.calls,
            )
