"""What kind of work the objects that the catalogue makes are for."""

from __future__ import annotations

from credlint.catalogue.callables import CallableKind
from credlint.catalogue.types import Catalogue
from credlint.extract.python.domain import MadeObject
from credlint.model.sinks import SinkUse

CARRIERS = ("credentials", "provider", "configuration", "session", "client")
"""Parameters through which another object's credentials come."""


def use_of(catalogue: Catalogue, made: MadeObject) -> SinkUse:
    """Tell what kind of work an object does."""
    if made.entry.kind is CallableKind.PROVIDER:
        return SinkUse.IDENTITY
    if made.is_service:
        if made.service is None:
            return SinkUse.UNKNOWN
        if made.service in catalogue.identity_services:
            return SinkUse.IDENTITY
        return SinkUse.CONTROL if made.service in catalogue.control_services else SinkUse.DATA
    if made.entry.kind is CallableKind.CONFIGURATION and "role_arn" in made.roles:
        return SinkUse.IDENTITY
    return made.entry.use or SinkUse.UNKNOWN
