"""Callables, types and texts of rules/sdks, each entry to its frozen type."""

from __future__ import annotations

from credlint.catalogue.callables import CallableEntry, CallableKind, Slot, TypeEntry
from credlint.catalogue.entry_fields import (
    PARAMETER_ROLES,
    flag,
    incomplete_of,
    optional_text,
    required_key,
    shape_of,
)
from credlint.catalogue.types import PostForm, TextForm
from credlint.catalogue.yamlfile import Entry
from credlint.model.sinks import NOT_KNOWN, SinkUse, TokenFate, TokenSupport
from credlint.model.values import Cloud, DamageKind, Role

CALLABLE_KEYS = frozenset(
    {
        "names", "kind", "cloud", "use", "parameters", "token", "returns", "operation", "shape", "options",
        "default_chain", "asynchronous", "raises_on_profile_and_keys", "part", "signature", "note", "same_as",
        "when", "any_receiver", "words", "incomplete", "token_by_type", "drops", "environment_first", "form",
        "reads", "strips",
    }
)  # fmt: skip


_TYPE_KEYS = frozenset({"names", "shape", "title", "shows_secrets", "refreshable", "attributes"})


def _slot(entry: Entry) -> Slot:
    """[position, keyword, ...]: null for no position, no keyword for positional only."""
    first, keywords = entry.headed("[position, keyword, ...]")
    position = None if first.is_null() else first.integer()
    if position is not None and position < 0:
        raise first.fail("must be 0 or more, or null")
    return Slot(position, tuple(keyword.text() for keyword in keywords))


def callable_entry(entry: Entry, cloud: Cloud, distribution: str, known: dict[str, CallableEntry]) -> CallableEntry:
    """Read a callable; `known` are those that stand above it, for `same_as`."""
    fields = entry.mapping(CALLABLE_KEYS, frozenset({"names"}))
    base: CallableEntry | None = None
    if "same_as" in fields:
        base = known.get(fields["same_as"].text())
        if base is None:
            raise fields["same_as"].fail("is not described above")
    parameters = base.parameters if base else ()
    if "parameters" in fields:
        parameters = tuple((role, _slot(slot)) for role, slot in fields["parameters"].mapping(PARAMETER_ROLES).items())
    options = base.options if base else ()
    if "options" in fields:
        options = tuple(
            (
                parameter,
                tuple((role, names.texts()) for role, names in keys.mapping(PARAMETER_ROLES).items()),
            )
            for parameter, keys in fields["options"].mapping(PARAMETER_ROLES).items()
        )
    when = base.when if base else ()
    if "when" in fields:
        when = tuple((role, texts.texts()) for role, texts in fields["when"].mapping(PARAMETER_ROLES).items())
    return CallableEntry(
        names=fields["names"].texts(),
        kind=base.kind if base and "kind" not in fields else required_key(entry, fields, "kind").member(CallableKind),
        cloud=fields["cloud"].member(Cloud) if "cloud" in fields else cloud,
        distribution=distribution,
        use=fields["use"].member(SinkUse) if "use" in fields else (base.use if base else None),
        parameters=parameters,
        token=fields["token"].member(TokenSupport) if "token" in fields else (base.token if base else None),
        returns=optional_text(fields, "returns") or (base.returns if base else None),
        operation=optional_text(fields, "operation") or (base.operation if base else None),
        shape=shape_of(fields["shape"]) if "shape" in fields else (base.shape if base else None),
        options=options,
        default_chain=flag(fields, "default_chain") or (base.default_chain if base else False),
        asynchronous=flag(fields, "asynchronous"),
        raises_on_profile_and_keys=flag(fields, "raises_on_profile_and_keys"),
        part=fields["part"].member(Role) if "part" in fields else None,
        signature=optional_text(fields, "signature"),
        note=optional_text(fields, "note") or "",
        when=when,
        any_receiver=flag(fields, "any_receiver") or (base.any_receiver if base else False),
        words=fields["words"].texts() if "words" in fields else (base.words if base else ()),
        incomplete=incomplete_of(fields["incomplete"])
        if "incomplete" in fields
        else (base.incomplete if base else NOT_KNOWN),
        token_by_type=tuple((name, fate.member(TokenFate)) for name, fate in fields["token_by_type"].mapping().items())
        if "token_by_type" in fields
        else (),
        drops=fields["drops"].texts() if "drops" in fields else (),
        environment_first=optional_text(fields, "environment_first"),
        reads=optional_text(fields, "reads"),
        strips=flag(fields, "strips") or (base.strips if base else False),
        form=fields["form"].member(DamageKind) if "form" in fields else None,
    )


def post_form(entry: Entry, cloud: Cloud) -> PostForm:
    """Read a form that a browser posts."""
    keys = frozenset({"name", "key_id", "token", "requires"})
    fields = entry.mapping(keys, keys)
    return PostForm(
        name=fields["name"].text(),
        cloud=cloud,
        key_id=fields["key_id"].text(),
        token=fields["token"].text(),
        requires=fields["requires"].texts(),
    )


def text_form(entry: Entry, cloud: Cloud, distribution: str) -> TextForm:
    """Read how a text carries credentials."""
    keys = frozenset({"name", "cloud", "use", "token", "within", "parts"})
    fields = entry.mapping(keys, keys - {"cloud"})
    roles = fields["parts"].mapping(frozenset(role.value for role in Role))
    return TextForm(
        name=fields["name"].text(),
        cloud=fields["cloud"].member(Cloud) if "cloud" in fields else cloud,
        distribution=distribution,
        use=fields["use"].member(SinkUse),
        token=fields["token"].member(TokenSupport),
        within=fields["within"].text(),
        parts=tuple((Role(role), found.texts()) for role, found in roles.items()),
    )


def type_entry(entry: Entry, cloud: Cloud, distribution: str) -> TypeEntry:
    """Read a type."""
    fields = entry.mapping(_TYPE_KEYS, frozenset({"names"}))
    names = fields["names"].texts()
    attributes = fields["attributes"].mapping(PARAMETER_ROLES) if "attributes" in fields else {}
    return TypeEntry(
        names=names,
        cloud=cloud,
        distribution=distribution,
        shape=shape_of(fields["shape"]) if "shape" in fields else None,
        title=optional_text(fields, "title") or names[0].rpartition(".")[2],
        shows_secrets=flag(fields, "shows_secrets"),
        refreshable=flag(fields, "refreshable"),
        attributes=tuple((name, role) for role, found in attributes.items() for name in found.texts()),
    )
