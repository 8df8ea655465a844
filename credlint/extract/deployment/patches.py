"""Documents of other files over which a document lays patches, as Kustomize does, so that they are not all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from credlint.catalogue.deployment_documents import PatchForm
from credlint.extract.deployment.events import parse
from credlint.extract.deployment.opening import beside, neighbour_text, open_neighbour
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Node, reach, text_at, text_of, value_at
from credlint.model.environments import PatchedDocument
from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_MAXIMUM_FILES = 200
_WORD = pattern(r"\w+")


@dataclass(frozen=True, slots=True)
class _Patch:
    """What is patched: objects of a kind and name, expressions that may be left open."""

    kind: str | None
    name: str | None


def note_patches(root: Node, form: PatchForm, reading: Reading) -> None:
    """Note the documents, in files that this one takes its objects from, to which a patch may give credentials."""
    patches = list(dict.fromkeys(_patches(root, form, reading, set())))
    merged = list(dict.fromkeys(_merged(root, form)))
    if not patches and not merged:
        return
    found = reading.found.patched
    for path in list(dict.fromkeys(_files(root, form, reading, set())))[:_MAXIMUM_FILES]:
        opened = open_neighbour(path, reading)
        for document in opened.documents if opened is not None else ():
            kind, name = _named(document.root, form)
            if any(_fits(one.kind, kind) and _fits(one.name, name) for one in patches):
                found[PatchedDocument(path, document.chunk)] = None
            found.update((PatchedDocument(path, document.chunk, one), None) for one in merged)


def _fits(wanted: str | None, text: str | None) -> bool:
    """Tell whether a kind or name is meant: a target gives expressions for the whole of it, or leaves it open."""
    if wanted is None or wanted == text:
        return True
    try:
        return re.fullmatch(wanted, text or "") is not None
    except re.error:
        return True


def _named(root: Node | None, form: PatchForm) -> tuple[str | None, str | None]:
    return (text_at(root, form.kind), text_at(root, form.name)) if root is not None else (None, None)


def _patches(root: Node, form: PatchForm, reading: Reading, seen: set[str]) -> Iterator[_Patch]:
    """Give what is patched, by the components as well, where a patch speaks of credentials."""
    for at in form.at:
        for reached in reach(root, at):
            node = reached.node
            text = text_of(node) or text_at(node, form.text) or ""
            file = text if "\n" not in text else ""
            file = text_at(node, form.file) or file
            if file:
                text = neighbour_text(beside(reading.path, file), reading) or ""
            if not _speaks(text, form, reading):
                continue
            target = value_at(node, form.target)
            if target is not None:
                yield _Patch(text_at(target, form.target_kind), text_at(target, form.target_name))
            else:
                named = (_named(document.root, form) for document in parse(text).documents)
                yield from (_Patch(kind, name) for kind, name in named if kind and name)
    for other, inner in _others(root, form.parts, form, reading, seen):
        yield from _patches(other, form, inner, seen)


def _speaks(text: str, form: PatchForm, reading: Reading) -> bool:
    words = _WORD.findall(text)
    return any(word in form.words or reading.catalogue.variable(word) is not None for word in words)


def _merged(root: Node, form: PatchForm) -> Iterator[str]:
    """Give the names of objects that are generated into ones of the same name."""
    for reached in (one for at in form.merged for one in reach(root, at)):
        name = text_at(reached.node, form.merged_name)
        if name and value_at(reached.node, form.merges) is not None:
            yield name


def _files(root: Node, form: PatchForm, reading: Reading, seen: set[str]) -> Iterator[str]:
    """Give the files that objects are taken from, through folders that name others."""
    for at in form.bases:
        for reached in reach(root, at):
            name = text_of(reached.node) or ""
            if name and "://" not in name:
                yield beside(reading.path, name)
    for other, inner in _others(root, form.bases, form, reading, seen):
        yield from _files(other, form, inner, seen)


def _others(
    root: Node, paths: tuple[str, ...], form: PatchForm, reading: Reading, seen: set[str]
) -> Iterator[tuple[Node, Reading]]:
    """Give the documents of the same sort in the folders that are named, each once: `seen` takes them up."""
    for reached in (one for at in paths for one in reach(root, at)):
        name = text_of(reached.node) or ""
        if not name or "://" in name:
            continue
        for file in form.names:
            path = beside(reading.path, f"{name}/{file}")
            if path in seen or len(seen) >= _MAXIMUM_FILES:
                continue
            seen.add(path)
            opened = open_neighbour(path, reading)
            for document in opened.documents if opened is not None else ():
                if document.root is not None and opened is not None:
                    yield document.root, opened.reading
