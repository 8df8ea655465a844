"""unrefreshed-temporary-credentials: what a session gave is kept for longer than the session lasts."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Confidence, Draft
from credlint.model.lasting import Keeper, Kept
from credlint.model.span import Location
from credlint.model.units import KeptUnit
from credlint.model.values import Step

_LOOPS = {Keeper.ENDLESS_LOOP: "endless-loop", Keeper.MULTIPART_LOOP: "multipart-loop"}


def check(unit: KeptUnit) -> Iterator[Draft]:
    """Draft a finding for temporary credentials that are kept and not renewed."""
    kept = unit.kept
    yield Draft(
        case=_case(kept),
        message=_message(kept),
        location=kept.location,
        subject=kept.location,
        certainty=Confidence.HIGH if kept.certain else Confidence.MEDIUM,
        related=(*(Step(at, what) for at, what in _places(kept) if at != kept.location),),
        trace=kept.steps,
    )


def _places(kept: Kept) -> Iterator[tuple[Location, str]]:
    yield kept.origin, f"{kept.source} gives them once"
    yield kept.place, "kept here"
    yield from ((sign.location, sign.what) for sign in kept.lives[:2])


def _case(kept: Kept) -> str:
    if kept.keeper in _LOOPS:
        return _LOOPS[kept.keeper]
    if kept.copied:
        return "copied-from-provider"
    return "long-process" if kept.lives else "kept-without-evidence"


def _message(kept: Kept) -> str:
    what = "temporary credentials" if kept.proven else "credentials that it takes for temporary"
    if kept.keeper in _LOOPS:
        return f"{kept.name} works in every round of a loop with {what} from {kept.source} that nothing renews"
    why = f": {kept.lives[0].what}" if kept.lives else ""
    return f"{kept.name} ({kept.keeper.value}) keeps {what} from {kept.source} that nothing renews{why}"
