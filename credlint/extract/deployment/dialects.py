"""Which dialect a document is written in, by the path of its file and by what it holds."""

from __future__ import annotations

import functools

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployments import Deployments, Dialect, Signature
from credlint.extract.deployment.tree import MERGE_KEY, Mapping, Node, meets, reach, text_of, value_at
from credlint.model.globs import fits


def dialect_of(root: Node | None, path: str, deployments: Deployments) -> Dialect | None:
    """Give the dialect of a document, or None; a signature with a path counts first, then one with values."""
    if root is None:
        return None
    keys = _keys(root)
    for signature, name in _candidates(path, deployments):
        if (keys is None or signature.first_keys <= keys) and _has(root, signature):
            return deployments.read(name)
    return None


@functools.lru_cache(maxsize=64)
def _candidates(path: str, deployments: Deployments) -> tuple[tuple[Signature, str], ...]:
    """Give the signatures that a path fits, with the names of their dialects, in the order in which they count."""
    ranked: list[list[tuple[Signature, str]]] = [[], [], []]
    for dialect in deployments.known:
        for signature in dialect.recognise:
            if fits_path(signature, path):
                ranked[0 if signature.paths else 1 if signature.values else 2].append((signature, dialect.name))
    return tuple(one for group in ranked for one in group)


def _keys(root: Node) -> frozenset[str] | None:
    """Give the keys of a document, None where they do not tell what it has."""
    if not isinstance(root, Mapping):
        return None
    keys = frozenset(entry.key.text for entry in root.entries)
    return None if MERGE_KEY in keys else keys


def fits_path(signature: Signature, path: str) -> bool:
    """Tell whether a path fits a signature; a glob without `/` is for the name of the file alone."""
    whole = f"/{path.removeprefix('./').lstrip('/')}"
    name = whole.rpartition("/")[2]
    return not signature.paths or any(fits(whole if "/" in glob else name, glob) for glob in signature.paths)


def _has(root: Node, signature: Signature) -> bool:
    if not all(any(True for _ in reach(root, pattern)) for pattern in signature.has):
        return False
    if any(value_at(root, path) is not None for path in signature.lacks):
        return False
    for pattern, globs in signature.values:
        texts = (text_of(reached.node) or "" for reached in reach(root, pattern))
        if not any(fits(text, glob) for text in texts for glob in globs):
            return False
    return True


def form_of(root: Node, dialect: Dialect) -> DocumentForm | None:
    """Give what a document of a dialect holds, or None for a kind that is not described."""
    for form in dialect.documents:
        if meets(root, form.when):
            return form
    return None
