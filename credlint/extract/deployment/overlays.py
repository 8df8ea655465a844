"""Processes as patches leave them: the environment that a document declares with what others lay over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.deployment_documents import PatchForm
from credlint.catalogue.deployments import Dialect
from credlint.credentials.effective import effective
from credlint.extract.deployment.clients import note_environment_client
from credlint.extract.deployment.dialects import dialect_of, form_of
from credlint.extract.deployment.operations import as_documents
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.scopes import ScopeReader
from credlint.extract.deployment.tree import (
    Mapping,
    Node,
    items,
    meets,
    resolve,
    text_at,
    value_at,
)
from credlint.model.environments import EnvironmentImport, EnvironmentScope, ProfileFiles
from credlint.model.records import dataclass, replace

_MAXIMUM_SCOPES = 200
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Laid:
    """A document that is laid over others: its root, and what it takes to read it."""

    root: Node
    reading: Reading


def note_overlay(root: Node, under: Reading, patches: Sequence[Laid | None], form: PatchForm, reading: Reading) -> None:
    """Note the processes of a document, read by `under`, as patches leave them, outer ones last; None is not seen."""
    dialect = dialect_of(root, under.path, reading.deployments)
    known = [one for one in patches if one is not None]
    documents = [(made, patch.reading) for patch in known for made in as_documents(patch.root, root, form)]
    if dialect is None or len(known) < len(patches) or any(made is None for made, _ in documents):
        return
    base = _read(root, root, dialect, under)
    layers = [_read(made, root, dialect, inner) for made, inner in documents if made is not None]
    touched = {key for layer in layers for key, (scope, node) in layer.items() if _matters(scope, node, form)}
    if not touched:
        return
    start = len(reading.found.scopes)
    merged = []
    for key, (scope, _) in base.items():
        for layer in layers:
            if key in layer:
                scope = _laid_over(scope, *layer[key], dialect, form)  # noqa: PLW2901 - one layer after the other
        merged.append(scope)
    if start + len(merged) > _MAXIMUM_SCOPES:
        return
    chosen = [scope for key, scope in zip(base, merged, strict=True) if _is_within(key, touched)]
    places = {scope.index: start + number for number, scope in enumerate(chosen)}
    for scope in chosen:
        parent = places.get(scope.parent) if scope.parent is not None else None
        reading.found.scopes.append(replace(scope, index=places[scope.index], parent=parent, laid_over_by=reading.path))
    for scope in reading.found.scopes[start:]:
        if scope.process:
            environment = effective(reading.found.scopes, scope.index, _nothing)
            note_environment_client(
                environment, None, reading, f"environment of {scope.title}", f"{scope.index} {scope.title}",
                beside_local=scope.beside_local, injected=scope.injected, closed=scope.closed,
            )  # fmt: skip


def _nothing(wanted: EnvironmentImport) -> None:
    """Within one file nothing tells what an import brings."""


def _read(node: Node, like: Node, dialect: Dialect, reading: Reading) -> dict[_Key, tuple[EnvironmentScope, Node]]:
    """Read the scopes of a document in the form of another; give them by the names of the nodes that lead to them."""
    form = form_of(like, dialect)
    if form is None or not form.scopes:
        return {}
    reader = ScopeReader(node, dialect, text_at(node, form.namespace) if form.namespace else None, reading.again())
    reader.read(form)
    found: dict[_Key, tuple[EnvironmentScope, Node]] = {}
    keys: dict[int, _Key] = {}
    for scope, at in reader.read_scopes():
        above = keys.get(scope.parent, ()) if scope.parent is not None else ()
        keys[scope.index] = (*above, text_at(at, "name") or "")
        found.setdefault(keys[scope.index], (scope, at))
    return found


def _is_within(key: _Key, touched: set[_Key]) -> bool:
    """Tell whether a scope is changed, or leads to one that is, or lies in one."""
    return any(key == one[: len(key)] or one == key[: len(one)] for one in touched)


def _matters(scope: EnvironmentScope, node: Node, form: PatchForm) -> bool:
    """Tell whether a patch says something about credentials."""
    named = any(one.role is not None for one in scope.variables)
    return bool(named or scope.imports or scope.mounts or scope.roles or any(value_at(node, one) for one in form.words))


def _laid_over(
    base: EnvironmentScope, patch: EnvironmentScope, node: Node, dialect: Dialect, form: PatchForm
) -> EnvironmentScope:
    own_account = patch.service_account not in {None, dialect.default_service_account}
    gone = set(_taken_away(node, form))
    variables = [one for one in base.variables if one.name not in gone]
    variables += [one for one in patch.variables if one.name not in gone]
    brought = ProfileFiles.BROUGHT in {base.profile_files, patch.profile_files}
    return replace(
        base,
        variables=tuple(variables),
        imports=(*base.imports, *patch.imports),
        mounts=(*base.mounts, *patch.mounts),
        roles=(*base.roles, *patch.roles),
        service_account=patch.service_account if own_account else base.service_account,
        image=patch.image or base.image,
        profile_files=ProfileFiles.BROUGHT if brought else base.profile_files,
        opaque=base.opaque or (patch.opaque and patch.image is not None),
    )


def _taken_away(node: Node, form: PatchForm) -> Iterator[str]:
    """Give the names of the items that a patch takes away."""
    found = resolve(node)
    for entry in found.entries if isinstance(found, Mapping) else ():
        for item in items(entry.value):
            name = text_at(item, form.key)
            if name and meets(item, form.erased):
                yield name
