"""Connections that stand in variables, as an address or as JSON: their frozen types, and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credlint.catalogue.schema_fields import Fields, roles
from credlint.model.records import dataclass
from credlint.model.values import Cloud, Role

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


@dataclass(frozen=True, slots=True)
class ConnectionType:
    """What the types of connections hold of a cloud's credentials.

    `parts` maps roles to names of extra fields; with `login` user and password are key id and secret where these are
    not given. The connection asks for a session by `operation`, whose duration stands at the path `duration`.
    """

    types: tuple[str, ...]
    cloud: Cloud
    login: bool
    takes_token: bool
    parts: tuple[tuple[Role, str], ...]
    operation: str
    duration: str


@dataclass(frozen=True, slots=True)
class ConnectionForm:
    """Variables of a program that hold connections.

    `type`, `user`, `password` and `extra` are its fields in JSON; in an address extra fields are the query, or JSON in
    the query's field `nested`.
    """

    title: str
    variables: tuple[str, ...]
    type: str
    user: str
    password: str
    extra: str
    nested: str
    types: tuple[ConnectionType, ...]


def connection_form(entry: Entry) -> ConnectionForm:
    """Read a form of connections."""
    fields = Fields(
        entry,
        "schema connections triggers variables type user password extra nested types",
        "connections variables types",
    )
    return ConnectionForm(
        title=fields.text("connections"),
        variables=fields.texts("variables"),
        type=fields.text("type"),
        user=fields.text("user"),
        password=fields.text("password"),
        extra=fields.text("extra"),
        nested=fields.text("nested"),
        types=fields.each("types", _type),
    )


def _type(entry: Entry) -> ConnectionType:
    fields = Fields(entry, "types cloud login takes_token parts operation duration", "types cloud parts")
    return ConnectionType(
        types=fields.texts("types"),
        cloud=fields.entries["cloud"].member(Cloud),
        login=fields.flag("login"),
        takes_token=fields.flag("takes_token", default=True),
        parts=roles(fields, "parts"),
        operation=fields.text("operation"),
        duration=fields.text("duration"),
    )
