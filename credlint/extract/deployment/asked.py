"""What a request is asked with besides its duration: roles, names and codes, and the region of who signs it."""

from __future__ import annotations

from collections.abc import Iterable

from credlint.model.facts import Setting
from credlint.model.secret import SecretText
from credlint.model.span import Location
from credlint.model.values import Literal, Origin, Role

_SHOWN = frozenset({Role.ROLE_ARN.value, Role.REGION.value, Role.SESSION_NAME.value, "serial", "account"})


def asked(role: str, name: str, origin: Origin, place: Location) -> Setting:
    """Make a setting of a value; a text that may be secret is not shown."""
    if not isinstance(origin, Literal):
        return Setting(role, name, origin, place)
    text = origin.text.reveal()
    return Setting(
        role=role,
        name=name,
        origin=origin,
        location=place,
        plain=text if role in _SHOWN else None,
        pieces=(SecretText(text),),
        whole=True,
        length=len(text),
    )


def without_names(fields: Iterable[Setting]) -> tuple[Setting, ...]:
    """Leave out roles that are given by their name alone, where what takes them makes an ARN of it."""
    return tuple(one for one in fields if one.role != Role.ROLE_ARN.value or one.plain is None or ":" in one.plain)
