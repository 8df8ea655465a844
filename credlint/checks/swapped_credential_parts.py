"""swapped-credential-parts: a part of known role stands in the slot of another."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.checks.words import how_sure, origin_step, role_words, sink_words, source_words, trace_of
from credlint.model.finding import Draft
from credlint.model.records import replace
from credlint.model.units import ClientUnit
from credlint.model.values import Alternative, Part, Role, Unknown, compatible

_SLOTS = (Role.KEY_ID, Role.SECRET, Role.TOKEN)


def check(unit: ClientUnit) -> Iterator[Draft]:
    """Draft a finding for the first part that stands in a wrong slot, or that a setting of the client takes in."""
    client = unit.client
    if client.indirect is not None:
        return
    alternatives = client.credentials.alternatives
    wrong = [
        (alternative, part, role) for alternative in alternatives for part, role in _wrong_parts(unit, alternative)
    ]
    if wrong:
        alternative, part, role = wrong[0]
        begun = origin_step(replace(part, role=role))
        named = part.origin.identity.rpartition(" ")[2] if isinstance(part.origin, Unknown) else ""
        yield Draft(
            case="wrong-slot",
            message=(
                f"{sink_words(client)} gets the {role_words(role)} of {named or source_words(part.origin)} "
                f"as {role_words(part.role)}"
            ),
            location=part.location or client.location,
            subject=client.location,
            certainty=how_sure(client, everywhere=len(wrong) == len(alternatives) and not named),
            related=(begun,) if begun else (),
            trace=(*((begun,) if begun else ()), *trace_of(alternative, client, "put into the wrong slot here")[-1:]),
            calls=client.calls,
        )
    elif unit.misplaced:
        setting, role = unit.misplaced[0]
        yield Draft(
            case="part-as-setting",
            message=f"{sink_words(client)} gets a {role_words(role)} by position, where it takes its {setting.name}",
            location=setting.location or client.location,
            subject=client.location,
            certainty=how_sure(client, everywhere=True),
            calls=client.calls,
        )


def _wrong_parts(unit: ClientUnit, alternative: Alternative) -> Iterator[tuple[Part, Role]]:
    """Give the first part of an alternative that is of another role than its slot.

    What is right on the same path is not told: values of a loop are not kept apart.
    """
    sets = list(zip(unit.client.credentials.alternatives, unit.roles, strict=True))
    roles = next(found for one, found in sets if one is alternative)
    for index, (part, role, slot) in enumerate(zip(alternative.parts(), roles, _SLOTS, strict=True)):
        if role is None or role is slot:
            continue
        if any(found[index] is slot and compatible(one.branches, alternative.branches) for one, found in sets):
            continue
        yield part, role
        return
