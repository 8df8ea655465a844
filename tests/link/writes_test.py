"""Writes to the environment with what else their flow does."""

from __future__ import annotations

import pytest

from credlint.link.writes import write_units
from credlint.model.environments import EnvironmentWrite
from credlint.model.facts import ClientOrder, FileFacts, Language
from credlint.model.units import WriteUnit
from credlint.model.values import Role
from tests.checks.build import at, write


def units(*writes: EnvironmentWrite, orders: tuple[ClientOrder, ...] = ()) -> list[WriteUnit]:
    return list(write_units(FileFacts("a.py", Language.PYTHON, (1,), writes=writes, client_orders=orders)))


def unit(*writes: EnvironmentWrite, orders: tuple[ClientOrder, ...] = ()) -> WriteUnit:
    return units(*writes, orders=orders)[0]


PROFILE = write(8, "dev", flows=("a",))
KEY = write(5, None, role=Role.KEY_ID, flows=("a",))
EXPIRATION = write(9, "x", role=Role.EXPIRATION, flows=("a",))


def test_only_profiles_and_expirations_are_asked_about() -> None:
    others = [write(line, None, role=role) for line, role in enumerate(Role)]
    wanted = {Role.PROFILE, Role.EXPIRATION}
    assert {found.write.role for found in units(*others)} == wanted
    assert [found.write for found in units(EXPIRATION, KEY, PROFILE)] == [PROFILE, EXPIRATION]
    assert units() == []


def test_other_profiles_of_the_file() -> None:
    other = write(9, "prod", flows=("b",))
    first, second = units(PROFILE, other)
    assert (first.others, second.others) == ((other,), (PROFILE,))
    assert unit(PROFILE, KEY).others == ()
    assert unit(EXPIRATION, KEY).others == ()
    same = write(8, "dev", flows=("a",))
    assert unit(PROFILE, same).others == (same,)


@pytest.mark.parametrize(("flows", "place"), [(("a",), at(5)), (("b", "a"), at(5)), (("b",), None)])
def test_keys_of_the_flow(flows: tuple[str, ...], place: object) -> None:
    assert unit(PROFILE, write(5, None, role=Role.KEY_ID, flows=flows)).keys_set == place
    assert unit(PROFILE, write(5, None, role=Role.SECRET, flows=flows)).keys_set is None


def test_the_first_keys_are_named() -> None:
    assert unit(PROFILE, KEY, write(6, None, role=Role.KEY_ID, flows=("a",))).keys_set == at(5)


@pytest.mark.parametrize(
    ("order", "flows", "before"),
    [(7, ("a",), True), (7, ("b", "a"), True), (8, ("a",), False), (9, ("a",), False), (7, ("b",), False)],
)
def test_clients_made_before_in_the_flow(order: int, flows: tuple[str, ...], before: bool) -> None:
    made = ClientOrder(at(1), order, flows)
    assert unit(PROFILE, orders=(made,)).clients_before == ((at(1),) if before else ())


def test_clients_made_at_import_are_before_every_flow() -> None:
    made = ClientOrder(at(1), 2, ("b",), at_import=True)
    later = ClientOrder(at(2), 9, ("b",), at_import=True)
    assert unit(PROFILE, orders=(later, made)).clients_before == (at(1),)
