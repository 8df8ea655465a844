"""Units of modules where a program starts: which clients the start leads to, and what names their source."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.link.entries import entry_units
from credlint.model.facts import MODULE_FLOW, Client, EntryKind, EntryPoint, FileFacts, Language
from credlint.model.sinks import EndpointKind, SinkUse
from credlint.model.units import EntryUnit
from tests.checks.build import alternative, at, client, request, variables, write

CATALOGUE = load_catalogue()
CLIENT = client(alternative(*variables("KEY", "SECRET")), flows=(MODULE_FLOW,))


def units(*clients: Client, kind: EntryKind = EntryKind.SCRIPT, **facts: object) -> list[EntryUnit]:
    entry = EntryPoint((kind,), checked=False, anonymous=False)
    found = FileFacts("upload.py", Language.PYTHON, (1,), clients=clients, entry=entry, **facts)  # type: ignore[arg-type]
    return list(entry_units(found, CATALOGUE))


def changed(**changes: object) -> Client:
    return client(*CLIENT.credentials.alternatives, **{"flows": (MODULE_FLOW,), **changes})


def test_clients_in_the_order_of_the_file() -> None:
    first, second = changed(location=at(1)), changed(location=at(2))
    (unit,) = units(second, first)
    assert unit.clients == (first, second)
    assert (unit.names_a_role, unit.names_a_source) == (False, False)


@pytest.mark.parametrize("endpoint", [EndpointKind.ABSENT, EndpointKind.CLOUD])
def test_the_cloud_itself(endpoint: EndpointKind) -> None:
    assert units(changed(endpoint=endpoint))


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": EndpointKind.LOCAL},
        {"endpoint": EndpointKind.OTHER},
        {"endpoint": EndpointKind.UNKNOWN},
        {"use": SinkUse.IDENTITY},
        {"use": SinkUse.SESSION},
        {"location": at(1, path="other.py")},
        {"flows": ("upload",)},
    ],
)
def test_what_is_not_met(changes: dict[str, object]) -> None:
    assert units(changed(**changes)) == []


def test_a_handler_and_an_application() -> None:
    elsewhere = changed(flows=("upload",))
    assert units(elsewhere, kind=EntryKind.HANDLER) == []
    assert units(changed(flows=("handler",), platform="lambda"), kind=EntryKind.HANDLER)
    assert units(CLIENT, kind=EntryKind.HANDLER)
    assert units(elsewhere, kind=EntryKind.APPLICATION)


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"variables": ("AWS_PROFILE",)}, True),
        ({"variables": ("AWS_ACCESS_KEY_ID",)}, True),
        ({"variables": ("AWS_REGION",)}, False),
        ({"variables": ("NOBODYS_VARIABLE",)}, False),
        ({"writes": (write(8, "reports"),)}, True),
    ],
)
def test_what_names_a_source(facts: dict[str, object], named: bool) -> None:
    (unit,) = units(CLIENT, **facts)
    assert unit.names_a_source is named


def test_what_names_a_role() -> None:
    (unit,) = units(CLIENT, requests=(request(),))
    assert unit.names_a_role


def test_no_start() -> None:
    facts = FileFacts("upload.py", Language.PYTHON, (1,), clients=(CLIENT,))
    assert list(entry_units(facts, CATALOGUE)) == []
