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


_MESSAGES = {
    RefreshFault.CAPTURED_PARTS: "gives parts of {what} that were fetched before it runs",
    RefreshFault.CAPTURED_TOKEN: "sends {what} as it was read before it runs, and that token ends like any other",
    RefreshFault.CAPTURED_CALLER: "calls {what} with temporary credentials that nothing refreshes",
    RefreshFault.WRONG_NAMES: "gives {what}, which {sink} does not take",
    RefreshFault.WRONG_EXPIRY: "gives a datetime as {what}, which is parsed as text",
}


def _message(refresher: Refresher) -> str:
    what = _MESSAGES[refresher.fault].format(what=refresher.what, sink=refresher.sink)
    return f"the callable that refreshes {what}"
