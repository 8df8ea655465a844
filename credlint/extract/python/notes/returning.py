"""Answers that a function gives back: anybody may take them, but for a function that the module keeps to itself."""

from __future__ import annotations

from credlint.extract.python.domain import FunctionInfo, Value
from credlint.extract.python.emission import requests_in
from credlint.extract.python.machine import Machine, Site
from credlint.extract.python.state import State
from credlint.model.patterns import pattern
from credlint.model.span import Location


def note_return(machine: Machine, info: FunctionInfo, value: Value, state: State) -> None:
    """Note which answers a function gives back that anybody may call."""
    if machine.shared.muted:
        return
    found = requests_in(value, state)
    if found:
        machine.shared.facts.returned.append((info, found))


def note_call(machine: Machine, info: FunctionInfo, value: Value, site: Site, state: State) -> None:
    """Note which answers a call that was followed took from a function."""
    if not machine.shared.muted and _is_own(info):
        calls = machine.shared.facts.received.setdefault(info.node, {})
        calls.setdefault(site.callee, set()).update(requests_in(value, state))


def finish(machine: Machine) -> None:
    """Let the answers go that are given back to somebody who was not followed."""
    for info, found in machine.shared.facts.returned:
        calls = machine.shared.facts.received.get(info.node, {})
        kept = set.intersection(*calls.values()) if _is_own(info) and _are_all(machine, info, calls) else set()
        machine.shared.facts.escaped.update(found - kept)


def _is_own(info: FunctionInfo) -> bool:
    name = info.node_name()
    return name.startswith("_") and not name.startswith("__") and not info.decorators


def _are_all(machine: Machine, info: FunctionInfo, calls: dict[Location, set[Location]]) -> bool:
    """Tell whether the module names a function nowhere but in its definition and in these calls."""
    named = pattern(rf"\b{info.node_name()}\b( ?\()?")
    found = [call for line in machine.source.table.lines for call in named.findall(line)]
    own = [place for place in calls if place.path == machine.source.path]
    return all(found) and bool(own) and len(own) == len(calls) == len(found) - 1
