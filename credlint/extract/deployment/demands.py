"""What annotations and labels of a platform must be like, since anything else is passed over or refused."""

from __future__ import annotations

import re

from credlint.catalogue.deployment_documents import Demand
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Node, Scalar, reach, scalar, text_at
from credlint.model.environments import BindingGap, GapKind
from credlint.model.patterns import pattern

# What YAML 1.1 reads as true or false, and Kubernetes does not take for a text.
_BOOLEAN = pattern(r"on|off|yes|no|true|false|y|n", re.IGNORECASE)


def note_demands(root: Node, demands: tuple[Demand, ...], reading: Reading) -> None:
    """Note the values that are not what they must be; those that a template fills in are not known."""
    for demand in demands:
        for reached in reach(root, demand.at):
            value = scalar(reached.node)
            if value is None or value.templated or value.is_null() or reached.entry is None:
                continue
            if _breaks(value, demand):
                place = reading.value_location(value, reached.entry.extent)
                title = f"{text_at(root, demand.kind) or ''} {text_at(root, demand.name) or ''}".strip()
                name, detail = reached.entry.key.text, _detail(value, demand)
                gap = BindingGap(demand.gap, demand.cloud, title, name, place, detail=detail)
                reading.found.gaps.setdefault((place, demand.gap), gap)


def _detail(value: Scalar, demand: Demand) -> str:
    """Say what a number of seconds is, what it may be, and which one is taken in its place."""
    seconds = duration_of(value.text)
    if seconds is None or not demand.maximum:
        return ""
    taken = demand.lasts if seconds < demand.minimum or demand.lasts > demand.minimum else 0
    said = f"{seconds} seconds, and {demand.minimum} to {demand.maximum} are allowed"
    return f"{said}; the token lives {taken}" if taken else said


def _breaks(value: Scalar, demand: Demand) -> bool:
    if demand.gap is GapKind.NO_TEXT:
        return value.style == "" and value.tag is None and _BOOLEAN.fullmatch(value.text) is not None
    if demand.unlike:
        return re.match(demand.unlike, value.text) is not None
    seconds = duration_of(value.text)
    return seconds is not None and not demand.minimum <= seconds <= demand.maximum
