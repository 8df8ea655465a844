"""Regions, partitions and what the name of a host says about them; pure functions over the catalogue."""

from __future__ import annotations

import functools
import re

from credlint.catalogue.types import Catalogue, Partition
from credlint.model.records import dataclass
from credlint.model.sinks import SinkUse
from credlint.model.values import Cloud


@dataclass(frozen=True, slots=True)
class Host:
    """What a host of a cloud says: which partition it belongs to, which work it is for, which region it names.

    `named` is the partition of that region: it is another one where the name is put together wrongly.
    """

    cloud: Cloud
    partition: str | None
    use: SinkUse | None
    region: str | None
    named: str | None


@functools.cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def partition_of(region: str, cloud: Cloud, partitions: tuple[Partition, ...]) -> str | None:
    """Give the partition of a cloud that a region belongs to, or None for what is no region of it."""
    for one in partitions:
        if one.cloud is cloud and any(_pattern(form).fullmatch(region) for form in one.regions):
            return one.name
    return None


def partition_of_arn(arn: str, partitions: tuple[Partition, ...]) -> str | None:
    """Give the partition that an ARN names, or None."""
    return next((one.name for one in partitions if arn.startswith(one.arns)), None)


def read_host(host: str, catalogue: Catalogue) -> Host | None:
    """Read the name of a host; None for one that is of no cloud."""
    name = host.rstrip(".").lower()
    ends = [(end, one) for one in catalogue.partitions for end in one.hosts if name.endswith(f".{end}")]
    if not ends:
        return None
    longest = max(len(end) for end, _ in ends)
    owners = [one for end, one in ends if len(end) == longest]
    head = name[: -longest - 1]
    cloud = owners[0].cloud
    for form in catalogue.endpoint_forms:
        found = _pattern(form.form).fullmatch(head) if form.cloud is cloud else None
        if found is None:
            continue
        label = found["region"] or ""
        named = partition_of(label, cloud, catalogue.partitions)
        owner = next((one.name for one in owners if one.name == named), owners[0].name)
        return Host(cloud, None if label and not named else owner, form.use, label if named else None, named)
    return Host(cloud, None, None, None, None)


def region_of_host_form(text: str, cloud: Cloud, catalogue: Catalogue) -> str | None:
    """Give the region inside a text that is the beginning of a host where a region is wanted (oss-cn-hangzhou)."""
    for form in catalogue.endpoint_forms:
        found = _pattern(form.form).fullmatch(text) if form.cloud is cloud else None
        label = found["region"] if found else None
        if label and label != text and partition_of(label, cloud, catalogue.partitions):
            return label
    return None
