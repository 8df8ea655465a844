"""refresher-does-not-refresh: a refresh callable gives what it had, or what the SDK does not take."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.finding import Draft
from credlint.model.lasting import Refresher, RefreshFault
from credlint.model.units import RefresherUnit
from credlint.model.values import Step

_CASES = {
    RefreshFault.CAPTURED_PARTS: "captured-parts",
    RefreshFault.CAPTURED_TOKEN: "captured-token",
    RefreshFault.CAPTURED_CALLER: "captured-caller",
    RefreshFault.WRONG_NAMES: "wrong-names",
    RefreshFault.WRONG_EXPIRY: "wrong-expiry",
}


def check(unit: RefresherUnit) -> Iterator[Draft]:
    """Draft a finding for the fault of a refresh callable."""
    refresher = unit.refresher
    elsewhere = refresher.origin != refresher.location
    yield Draft(
        case=_CASES[refresher.fault],
        message=_message(refresher),
        location=refresher.location,
        subject=refresher.location,
        related=(Step(refresher.origin, "fetched here, once"),) if elsewhere else (),
    )


def _message(refresher: Refresher) -> str:
    what = refresher.what
    match refresher.fault:
        case RefreshFault.CAPTURED_PARTS:
            return f"the callable that refreshes gives parts of {what} that were fetched before it runs"
        case RefreshFault.CAPTURED_TOKEN:
            return f"the callable that refreshes sends a {what} that was read before it runs, and ends like all tokens"
        case RefreshFault.CAPTURED_CALLER:
            return f"the callable that refreshes calls {what} with temporary credentials that nothing refreshes"
        case RefreshFault.WRONG_NAMES:
            return f"the callable that refreshes gives {what}, which {refresher.sink} does not take"
        case RefreshFault.WRONG_EXPIRY:
            return f"the callable that refreshes gives a datetime as {what}, which is parsed as text"
