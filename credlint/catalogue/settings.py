"""Settings of programs in any YAML: their frozen type, and how rules/deployments are read to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credlint.catalogue.schema_fields import Fields
from credlint.model.records import dataclass

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """What stands beside credentials in a mapping, by names in lower case.

    `endpoints` are words of keys that say where requests go. A `role` with a `duration` beside it is asked for by the
    operation of `operations` whose key begins the role's name.
    """

    endpoints: tuple[str, ...]
    role: tuple[str, ...]
    duration: tuple[str, ...]
    operations: tuple[tuple[str, str], ...]

    def operation(self, role: str) -> str | None:
        """Give the operation that asks for a role, or None."""
        return next((operation for start, operation in self.operations if role.startswith(start)), None)


def settings_form(entry: Entry) -> SettingsForm:
    """Read what stands beside credentials in settings of programs."""
    fields = Fields(entry, "schema settings triggers endpoints role duration operations", "settings endpoints")
    return SettingsForm(
        endpoints=fields.texts("endpoints"),
        role=fields.texts("role"),
        duration=fields.texts("duration"),
        operations=tuple((start, operation.text()) for start, operation in fields.mapping("operations").items()),
    )
