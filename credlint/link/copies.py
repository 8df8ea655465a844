"""Copies of secrets with what makes the credentials in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.link.objects import Objects
from credlint.model.facts import FileFacts
from credlint.model.units import SecretCopyUnit


def copy_units(files: Sequence[FileFacts]) -> Iterator[SecretCopyUnit]:
    """Give a unit per copy, with the time for which the credentials of its maker last."""
    objects = Objects(files)
    for facts in files:
        for copy in facts.copies:
            made = objects.named(*copy.maker, copy.namespace, facts.path) if copy.maker else []
            lasting = [one.lasting for one in made if one.lasting is not None]
            yield SecretCopyUnit(copy, lasting[0] if lasting else None)
