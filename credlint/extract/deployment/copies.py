"""Copies of stored secrets that operators make in a cluster: how often, which version, and whether of credentials."""

from __future__ import annotations

from credlint.catalogue.deployment_documents import CopyForm
from credlint.extract.deployment.durations import go_duration
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Entry, Node, reach, scalar, text_at, text_of
from credlint.model.copies import SecretCopy
from credlint.model.facts import SecretRead
from credlint.model.span import Location
from credlint.model.values import SECRET_ROLES


def read_copy(root: Node, form: CopyForm, reading: Reading) -> None:
    """Note a copy of credentials, and the versions that it is made of."""
    name = text_at(root, form.name) or ""
    title = f"{text_at(root, form.kind) or ''} {name}".strip()
    maker = _maker(root, form, reading)
    if maker is None and not _holds_credentials(root, form, reading):
        return
    for path in form.versions:
        for reached in reach(root, path):
            value = scalar(reached.node)
            if value is not None and reached.entry is not None and value.text in form.stale:
                place = reading.value_location(value, reached.entry.extent)
                reading.found.secret_reads[place] = SecretRead(
                    title, value.text, place, (title,), test_context=reading.test_context
                )
    told = _interval(root, form, reading)
    if told is not None:
        seconds, place = told
        namespace = text_at(root, form.namespace)
        reading.found.copies[place] = SecretCopy(title, place, seconds, namespace, maker, reading.test_context)


def _interval(root: Node, form: CopyForm, reading: Reading) -> tuple[int | None, Location] | None:
    """Give after how many seconds a copy is made anew (0: never), and where that is said."""
    for path, words in form.once:
        for reached in reach(root, path):
            if text_of(reached.node) in words and reached.entry is not None:
                return 0, _place(reached.node, reached.entry, reading)
    for reached in reach(root, form.interval):
        if reached.entry is not None:
            return go_duration(text_of(reached.node)), _place(reached.node, reached.entry, reading)
    return None


def _place(node: Node, entry: Entry, reading: Reading) -> Location:
    value = scalar(node)
    return reading.location(entry.key.extent) if value is None else reading.value_location(value, entry.extent)


def _maker(root: Node, form: CopyForm, reading: Reading) -> tuple[str, str] | None:
    for reached in reach(root, form.maker):
        kind, name = text_at(reached.node, form.maker_kind), reading.name_at(reached.node, form.maker_name)
        if kind is not None and name is not None:
            return kind.lower(), name
    return None


def _holds_credentials(root: Node, form: CopyForm, reading: Reading) -> bool:
    """Tell whether a key of the copy is that of a part of credentials."""
    for path in form.names:
        for reached in reach(root, path):
            role = reading.role_of(reached.key if path.endswith("*") else text_of(reached.node) or "")
            if role is not None and role[0] in SECRET_ROLES:
                return True
    return False
