"""What platforms set in the processes that they give a role, as rules/platforms tells it."""

from __future__ import annotations

import functools
from enum import Enum
from typing import TYPE_CHECKING

from credlint.catalogue.load import rules_folder
from credlint.catalogue.schema_fields import Fields
from credlint.model.environments import RoleKind
from credlint.model.records import dataclass
from credlint.model.values import Cloud

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


class Gives(Enum):
    """How an SDK comes to the credentials of a role: from the platform, or as keys in its variables."""

    WEB_IDENTITY = "web-identity"
    CONTAINER = "container"
    INSTANCE = "instance"
    KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Platform:
    """What comes with a role of one kind.

    `variables` are set unless they are set already, each with its text ("" where it differs), or with `together` only
    where none of them is. Where this role is given, those of `instead_of` are not. `bare` tells that there are no files
    of a home folder.
    """

    role: RoleKind
    cloud: Cloud
    gives: Gives
    variables: tuple[tuple[str, str], ...] = ()
    together: bool = False
    instead_of: tuple[RoleKind, ...] = ()
    bare: bool = False
    source: str = ""


@functools.cache
def load_platforms() -> tuple[Platform, ...]:
    """Read rules/platforms; raises FatalError with file:line:key for what is not as it should be."""
    from credlint.catalogue.yamlfile import read_documents

    return tuple(
        platform
        for path in sorted((rules_folder() / "platforms").glob("*.yaml"))
        for platform in platform_document(next(read_documents(path, f"rules/platforms/{path.name}")))
    )


def platform_document(document: Entry) -> tuple[Platform, ...]:
    """Read one document of rules/platforms."""
    fields = Fields(document, "schema cloud platforms", "cloud platforms")
    cloud = fields.entries["cloud"].member(Cloud)
    return fields.each("platforms", lambda entry: _platform(entry, cloud))


def _platform(entry: Entry, cloud: Cloud) -> Platform:
    fields = Fields(entry, "role gives variables together instead_of bare source", "role gives source")
    others = fields.entries["instead_of"].items() if "instead_of" in fields.entries else ()
    return Platform(
        role=fields.entries["role"].member(RoleKind),
        cloud=cloud,
        gives=fields.entries["gives"].member(Gives),
        variables=tuple((name, text.text()) for name, text in fields.mapping("variables").items()),
        together=fields.flag("together"),
        instead_of=tuple(other.member(RoleKind) for other in others),
        bare=fields.flag("bare"),
        source=fields.text("source"),
    )
