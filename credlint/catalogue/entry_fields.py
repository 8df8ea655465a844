"""What the keys of a mapping hold, where several builders ask the same; the closed set of parameter roles."""

from __future__ import annotations

from credlint.catalogue.callables import Shape
from credlint.catalogue.yamlfile import Entry
from credlint.model.sinks import Handling, Incomplete
from credlint.model.values import Lifetime, Role

PARAMETER_ROLES = frozenset(
    {
        "key_id", "secret", "token", "profile", "service", "region", "endpoint", "configuration", "credentials",
        "provider", "session", "client", "duration", "session_name", "role_arn", "type", "account", "expiration",
        "refresher", "token_loader", "identity_token", "metadata", "options", "client_options", "request", "url",
        "protocol", "policy", "external_id", "name", "value", "section", "headers", "query", "text", "default",
        "arguments", "environment", "token_code", "serial", "mapping", "level", "seconds", "minutes", "hours", "days",
        "weeks", "principal", "signature_version", "anonymous", "api_version", "policy_arns", "tags",
        "source_identity", "ports",
    }
)  # fmt: skip
"""The closed set of what a parameter can mean."""


_SHAPE_KEYS = frozenset({"path", "fields", "lifetime"})


def required_key(entry: Entry, fields: dict[str, Entry], key: str) -> Entry:
    """Give the value of a key; raises FatalError where it is missing."""
    if key not in fields:
        raise entry.fail(f"lacks {key}")
    return fields[key]


def exactly(entry: Entry, *keys: str) -> dict[str, Entry]:
    """Read a mapping that has these keys, all of them and no others."""
    return entry.mapping(frozenset(keys), frozenset(keys))


def items_of(fields: dict[str, Entry], key: str) -> list[Entry]:
    """Give the items of the list under a key; none where it is not given."""
    return list(fields[key].items()) if key in fields else []


def optional_text(fields: dict[str, Entry], key: str) -> str | None:
    """Give the text under a key; None where it is null or not given."""
    return fields[key].text() if key in fields and not fields[key].is_null() else None


def optional_integer(fields: dict[str, Entry], key: str) -> int | None:
    """Give the whole number under a key; None where it is null or not given."""
    return fields[key].integer() if key in fields and not fields[key].is_null() else None


def flag(fields: dict[str, Entry], key: str) -> bool:
    """Give true or false under a key; false where it is not given."""
    return fields[key].boolean() if key in fields else False


def shape_of(entry: Entry) -> Shape:
    """Read where the parts stand in an answer or object."""
    fields = entry.mapping(_SHAPE_KEYS, frozenset({"fields", "lifetime"}))
    roles = fields["fields"].mapping(frozenset(role.value for role in Role))
    return Shape(
        path=fields["path"].texts() if "path" in fields else (),
        fields=tuple((Role(role), names.texts()) for role, names in roles.items()),
        lifetime=fields["lifetime"].member(Lifetime),
    )


def incomplete_of(entry: Entry) -> Incomplete:
    """Read what an SDK makes of each of the ways in which credentials are not complete."""
    found = entry.mapping(frozenset({"key_id", "secret", "token", "blank"}))
    return Incomplete(**{what: handling.member(Handling) for what, handling in found.items()})
