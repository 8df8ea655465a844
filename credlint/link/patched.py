"""Documents that a patch of another file adds to: what is lacking there is not known to be lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from credlint.model.environments import EnvironmentScope, PatchedDocument
from credlint.model.facts import Client, FileFacts
from credlint.model.records import replace
from credlint.model.sinks import SinkUse
from credlint.model.span import Location
from credlint.model.values import Absent, Alternative, Part, Unknown

_OBJECTS = frozenset({"configmap", "secret"})


def patched_documents(files: Iterable[FileFacts]) -> frozenset[PatchedDocument]:
    """Give the documents of a run to which patches may add variables or files."""
    return frozenset(one for facts in files for one in facts.patched)


def is_patched(
    scopes: Sequence[EnvironmentScope], scope: EnvironmentScope, patched: Collection[PatchedDocument]
) -> bool:
    """Tell whether a patch may add to the environment of a scope, or to an object that it takes variables from."""
    if not patched:
        return False
    names: set[str] = set() if scope.laid_over_by else {""}  # patches are part of it already
    at: EnvironmentScope | None = scope
    while at is not None:
        names |= {one.name for one in at.imports if one.resource in _OBJECTS}
        at = scopes[at.parent] if at.parent is not None else None
    return any(_document(scope.location, name) in patched for name in names)


def with_patches(client: Client, patched: Collection[PatchedDocument]) -> Client:
    """Give a client of a declared environment with its absent parts unknown where a patch may add them."""
    if client.use is not SinkUse.ENVIRONMENT or _document(client.location, "") not in patched:
        return client
    alternatives = tuple(_opened(one) for one in client.credentials.alternatives)
    return replace(client, credentials=replace(client.credentials, alternatives=alternatives))


def _document(location: Location, name: str) -> PatchedDocument:
    return PatchedDocument(location.path, location.span.chunk, name)


def _opened(one: Alternative) -> Alternative:
    return replace(one, key_id=_unknown(one.key_id), secret=_unknown(one.secret), token=_unknown(one.token))


def _unknown(part: Part) -> Part:
    return replace(part, origin=Unknown("added by a patch")) if isinstance(part.origin, Absent) else part
