"""A key that code sets for its whole process."""

from __future__ import annotations

from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import ResponseField


@dataclass(frozen=True, slots=True)
class Inherited:
    """A temporary key that the default chain finds: in which name, where it was set, and whether it always is."""

    name: str
    location: Location
    origin: ResponseField
    certain: bool
