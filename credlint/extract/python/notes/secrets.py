"""Reads of one version of a stored secret."""

from __future__ import annotations

from credlint.extract.python.domain import Const
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.model.facts import SecretRead


def note(machine: Machine, method: str, arguments: Arguments, site: Site, frame: Frame, *, handler: bool) -> None:
    """Note a read of a version by its stage, where this is constant; `handler` tells that an exception led here."""
    entry = machine.catalogue.secret_reads.get(method)
    stage = arguments.keywords.get(entry.stage) if entry is not None else None
    if entry is None or stage is None or machine.shared.muted or entry.version in arguments.keywords:
        return
    for item in stage.value:
        if isinstance(item.data, Const) and item.data.value in entry.stale:
            chunks = machine.source.table.chunks
            read = SecretRead(
                name=method,
                stage=str(item.data.value),
                location=stage.location or site.callee,
                flows=frame.flows,
                calls=frame.calls,
                rotates=any(not chunk.mentions.isdisjoint(entry.rotation) for chunk in chunks),
                falls_back=handler,
                test_context=machine.shared.test_context,
            )
            machine.shared.facts.secret_reads.setdefault((site.callee, read.stage), read)
