"""The frozen types of operations that return credentials, and what limits them."""

from __future__ import annotations

from credlint.catalogue.callables import Shape
from credlint.model.records import dataclass
from credlint.model.values import Cloud


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What an operation takes as one parameter: so many characters, all of an alphabet (the body of a character class).

    `form` is a pattern that the whole text matches, where it has a structure. `room` is how many characters a name that
    is put together from it leaves for the name of a role, so that usual names fit in.
    """

    minimum: int | None
    maximum: int | None
    alphabet: str | None
    form: str | None
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A service that the credentials of an operation cannot be used for: all of it, or some methods of its client.

    `unless` is the parameter of the operation that lifts it.
    """

    service: str
    methods: tuple[str, ...]
    unless: str | None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that returns credentials or limits a session; limits are in seconds, None where there is none.

    `parameters` maps parameter roles to the keyword of the request. `model` names (service, operation, member) in
    botocore's service model, where the limits are checked. `unsigned` operations are never role chaining. `fields` are
    the rules of its other parameters, by role. `long_lived_caller` tells that temporary credentials cannot ask for it,
    `refused` what its credentials cannot be used for, `scoped_by` which parameters narrow what they may do.
    """

    id: str
    name: str
    cloud: Cloud
    service: str
    methods: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]
    minimum: int | None
    maximum: int | None
    chained_maximum: int | None
    default: int | None
    unsigned: bool
    shape: Shape | None
    model: tuple[str, str, str] | None = None
    source: str = ""
    fields: tuple[tuple[str, FieldRule], ...] = ()
    long_lived_caller: bool = False
    refused: tuple[Refusal, ...] = ()
    scoped_by: tuple[str, ...] = ()

    def parameter(self, role: str) -> str | None:
        """Give the keyword of a parameter role, or None."""
        return dict(self.parameters).get(role)
