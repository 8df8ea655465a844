"""Documents of other files over which a document lays patches, as Kustomize does, so that they are not all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from credlint.catalogue.deployment_documents import PatchForm
from credlint.extract.deployment.events import parse, parse_block
from credlint.extract.deployment.opening import beside, neighbour_text, open_neighbour
from credlint.extract.deployment.overlays import Laid, note_overlay
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Document, Node, reach, scalar, text_at, text_of, value_at
from credlint.model.environments import PatchedDocument
from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_MAXIMUM_FILES = 200
_WORD = pattern(r"\w+")


@dataclass(frozen=True, slots=True)
class _Patch:
    """What is patched: objects of a kind and name, expressions that may be left open; and by what, if that is seen."""

    kind: str | None
    name: str | None
    laid: Laid | None

    def is_for(self, kind: str | None, name: str | None) -> bool:
        """Tell whether an object of a kind and name is patched."""
        return _fits(self.kind, kind) and _fits(self.name, name)


def note_patches(root: Node, form: PatchForm, reading: Reading) -> None:
    """Note the documents, in files that this one takes its objects from, to which a patch may give credentials.

    Their processes are noted as all patches leave them, those of the files that objects are taken from included.
    """
    patches = list(_patches(root, form, reading, set()))
    merged = list(dict.fromkeys(_merged(root, form)))
    if not patches and not merged:
        return
    found = reading.found.patched
    inner = list(_inner_patches(root, form, reading, set()))
    for path in list(dict.fromkeys(_files(root, form, reading, set())))[:_MAXIMUM_FILES]:
        opened = open_neighbour(path, reading)
        for document in opened.documents if opened is not None else ():
            kind, name = _named(document.root, form)
            if any(one.is_for(kind, name) for one in patches):
                found[PatchedDocument(path, document.chunk)] = None
                laid = [one.laid for one in (*inner, *patches) if one.is_for(kind, name)]
                if opened is not None and document.root is not None:
                    note_overlay(document.root, opened.reading, laid, form, reading)
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
            yield from _made_of(reached.node, form, reading)
    for other, inner in _others(root, form.parts, form, reading, seen):
        yield from _patches(other, form, inner, seen)


def _inner_patches(root: Node, form: PatchForm, reading: Reading, seen: set[str]) -> Iterator[_Patch]:
    """Give what is patched by the files that objects are taken from, innermost first; components are parts of each."""
    for other, inner in _others(root, form.bases, form, reading, seen):
        yield from _inner_patches(other, form, inner, seen)
        yield from (one for at in form.at for each in reach(other, at) for one in _made_of(each.node, form, inner))


def _made_of(node: Node, form: PatchForm, reading: Reading) -> Iterator[_Patch]:
    """Give what one patch is for, for each of its documents."""
    written = scalar(value_at(node, form.text)) or scalar(node)
    text = text_of(written) or ""
    alone = scalar(node) is not None and "\n" not in text  # as an item of a list it is the name of a file
    file = text_at(node, form.file) or (text if alone else "")
    documents: Sequence[Document]
    if file:
        path = beside(reading.path, file)
        text = neighbour_text(path, reading) or ""
        opened = open_neighbour(path, reading) if _speaks(text, form, reading) else None
        documents, laid_by = (opened.documents, opened.reading) if opened is not None else ((), None)
    elif written is not None and written.style == "|":
        documents, laid_by = parse_block(written, reading.places.lines), reading
    else:
        documents, laid_by = parse(text).documents, None
    if not _speaks(text, form, reading):
        return
    target = value_at(node, form.target)
    if target is not None and not documents:
        documents = (Document(0, 0, 0, None),)
    for document in documents:
        kind, name = _named(document.root, form)
        laid = Laid(document.root, laid_by) if document.root is not None and laid_by is not None else None
        if target is not None:
            yield _Patch(text_at(target, form.target_kind), text_at(target, form.target_name), laid)
        elif kind and name:
            yield _Patch(kind, name, laid)


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
