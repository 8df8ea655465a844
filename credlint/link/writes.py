"""Writes of a profile to the environment, with what else their flow does."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.model.environments import EnvironmentWrite
from credlint.model.facts import MODULE_FLOW, FileFacts
from credlint.model.units import WriteUnit
from credlint.model.values import Role, compatible


def write_units(facts: FileFacts) -> Iterator[WriteUnit]:
    """Give a unit per write of a profile variable, or of a moment when credentials end."""
    profiles = [write for write in facts.writes if write.role is Role.PROFILE]
    # a function that the module itself calls runs then, and not after its last statement
    called = {write.location for write in facts.writes if MODULE_FLOW in write.flows}
    keys = [write for write in facts.writes if write.role is Role.KEY_ID]
    for write in (*profiles, *(one for one in facts.writes if one.role is Role.EXPIRATION)):
        # a write that is met again, by another call of its function, only says what it said the first time
        alike = (one for one in facts.writes if one.location == write.location and _same_flow(one, write))
        first = min(one.order for one in alike)
        yield WriteUnit(
            write=write,
            others=tuple(other for other in profiles if other is not write),
            clients_before=tuple(
                order.location
                for order in facts.client_orders
                if order.order < first
                and compatible(order.branches, write.branches)
                and (
                    (order.at_import and (MODULE_FLOW in write.flows or write.location not in called))
                    or not set(order.flows).isdisjoint(write.flows)
                )
            ),
            keys_set=next((key.location for key in keys if _same_flow(key, write)), None),
        )


def _same_flow(one: EnvironmentWrite, other: EnvironmentWrite) -> bool:
    return not set(one.flows).isdisjoint(other.flows)
