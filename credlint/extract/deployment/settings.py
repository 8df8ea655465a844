"""Settings of programs: mappings anywhere in which a key id and a secret stand side by side by their usual names."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from credlint.credentials.effective import address_kind, host_of
from credlint.credentials.grammar import KeyForm, is_placeholder, is_random_secret, key_form, key_grammar
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.expressions import origin_of
from credlint.extract.deployment.reading import Reading, spelled
from credlint.extract.deployment.requests import note_request
from credlint.extract.deployment.tree import Document, Entry, Mapping, Node, Scalar, Sequence, text_of
from credlint.model.facts import Client, Duration
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import PARTS, Absent, Alternative, Blank, Cloud, CredentialSet, Literal, Origin, Part, Role

_Found = dict[Role, tuple[Entry, Scalar, Cloud]]


def note_settings(documents: tuple[Document, ...], reading: Reading) -> None:
    """Note the credentials and durations of mappings that no part of a dialect holds."""
    seen = {part.location for client in reading.found.clients.values() for part in _parts_of(client)}
    timed = {one.location for request in reading.found.requests.values() for one in request.durations}
    for document in documents:
        for title, mapping in _mappings(document.root):
            _note_pair(title, mapping, seen, reading)
            _note_duration(title, mapping, timed, reading)


def _parts_of(client: Client) -> Iterator[Part]:
    for alternative in client.credentials.alternatives:
        yield from alternative.parts()


def _mappings(root: Node | None) -> Iterator[tuple[str, Mapping]]:
    """Give every mapping with the key that it stands under."""
    stack: list[tuple[str, Node]] = [("", root)] if root is not None else []
    while stack:
        title, node = stack.pop()
        if isinstance(node, Mapping):
            yield title, node
            stack += [(one.key.text, one.value) for one in node.entries if not isinstance(one.value, Scalar)]
        elif isinstance(node, Sequence):
            stack += [(title, item) for item in node.items if not isinstance(item, Scalar)]


def _note_pair(title: str, mapping: Mapping, seen: set[Location | None], reading: Reading) -> None:
    found = _found(mapping, reading)
    if found is None or Role.KEY_ID not in found or Role.SECRET not in found:
        return
    parts = {role: _part(role, found, reading) for role in PARTS}
    if any(part.location in seen for part in parts.values() if part.location) or not _tells(parts, found, reading):
        return
    key = found[Role.KEY_ID]
    reading.add_client(
        Client(
            sink=f"settings under {title}" if title else "settings of this file",
            cloud=_cloud(found, parts, reading),
            use=SinkUse.ENVIRONMENT,
            service=None,
            location=reading.location(key[0].key.extent, key[0].extent),
            credentials=CredentialSet((Alternative.of(parts),)),
            token_support=TokenSupport.OPTIONAL,
            endpoint=_endpoint(mapping, reading),
            flows=(f"settings {key[0].key.extent.start.line}",),
        )
    )


def _found(mapping: Mapping, reading: Reading) -> _Found | None:
    """Give the entries that are parts by their names; None where two are the same part."""
    found: _Found = {}
    for entry in mapping.entries:
        known = reading.role_of(entry.key.text) if isinstance(entry.value, Scalar) else None
        if known is None or not isinstance(entry.value, Scalar):
            continue
        role = Role.TOKEN if known[0] is Role.LEGACY_TOKEN else known[0]
        if role in PARTS:
            if role in found:
                return None
            found[role] = entry, entry.value, known[1]
    return found


def _part(role: Role, found: _Found, reading: Reading) -> Part:
    if role not in found:
        return Part(role, Absent(), "", None)
    entry, value, _ = found[role]
    origin: Origin = Blank() if value.is_null() else origin_of(value, None)
    return Part(role, origin, entry.key.text, reading.value_location(value, entry.extent))


def _tells(parts: dict[Role, Part], found: _Found, reading: Reading) -> bool:
    """Tell whether a literal is a part of real credentials by its form: names and stand-ins are none."""
    grammar = reading.catalogue.grammar
    tells = False
    for role, part in parts.items():
        if not isinstance(part.origin, Literal):
            continue
        text = part.origin.text.reveal()
        form = key_grammar(text, grammar)
        if is_placeholder(text, grammar, reading.settings):
            return False
        tells = tells or (form is not None and key_form(text, form) is KeyForm.RIGHT)
        tells = tells or (role is not Role.TOKEN and is_random_secret(text, found[role][2], grammar))
    for role, part in parts.items():
        if tells and isinstance(part.origin, Literal):
            reading.cover(part.origin.text.reveal(), key_id=role is Role.KEY_ID)
    return tells


def _cloud(found: _Found, parts: dict[Role, Part], reading: Reading) -> Cloud:
    for part in parts.values():
        text = part.origin.text.reveal() if isinstance(part.origin, Literal) else ""
        form = key_grammar(text, reading.catalogue.grammar)
        if form is not None:
            return form.cloud
    named = (cloud for _, _, cloud in found.values() if cloud is not Cloud.S3_COMPATIBLE)
    return next(named, Cloud.S3_COMPATIBLE)


def _endpoint(mapping: Mapping, reading: Reading) -> EndpointKind:
    words = reading.deployments.settings.endpoints
    for entry in mapping.entries:
        text = text_of(entry.value) if isinstance(entry.value, Scalar) else None
        if text and any(word in entry.key.text.lower() for word in words):
            for address in (text, f"//{text}"):
                if host_of(address):
                    return address_kind(address, reading.catalogue.grammar, reading.settings)
    return EndpointKind.ABSENT


def _note_duration(title: str, mapping: Mapping, timed: set[Location | None], reading: Reading) -> None:
    """Note the session of a role that a mapping names beside its duration."""
    form = reading.deployments.settings
    role = _named(mapping, form.role)
    duration = _named(mapping, form.duration)
    operation = form.operation(text_of(role.value) or "") if role else None
    if role is None or duration is None or operation is None or not isinstance(duration.value, Scalar):
        return
    place = reading.value_location(duration.value, duration.extent)
    if place not in timed:
        durations = (Duration(duration_of(text_of(duration.value)), place),)
        at = reading.location(role.key.extent, role.extent)
        note_request(operation, at, durations, CredentialSet(), None, f"settings {title}", reading)


def _named(mapping: Mapping, names: tuple[str, ...]) -> Entry | None:
    return next((entry for entry in mapping.entries if _is_spelled(entry.key.text, names)), None)


@functools.lru_cache(maxsize=4096)
def _is_spelled(text: str, names: tuple[str, ...]) -> bool:
    return not set(spelled(text)).isdisjoint(names)
