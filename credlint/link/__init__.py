"""Facts of the run joined into the units that checks see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.types import Catalogue
from credlint.link.accounts import key_accounts
from credlint.link.clients import client_units
from credlint.link.literals import literal_units
from credlint.link.processes import process_units
from credlint.link.writes import write_units
from credlint.model.facts import FileFacts
from credlint.model.units import ExposureUnit, RequestUnit, Unit


def link(files: Sequence[FileFacts], catalogue: Catalogue) -> Iterator[Unit]:
    """Give every unit of the run; the order of files does not matter to what a unit holds."""
    for facts in files:
        yield from client_units(facts, catalogue)
        for request in facts.requests:
            yield RequestUnit(request, key_accounts(request.caller, facts, catalogue))
        yield from (ExposureUnit(exposure) for exposure in facts.exposures)
        yield from literal_units(facts, catalogue)
        yield from write_units(facts)
    yield from process_units(files, catalogue)
