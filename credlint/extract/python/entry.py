"""Whether a module is where a program starts, and what it says there about the identity that it runs as."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.types import Catalogue
from credlint.extract.python.modules import MAXIMUM_HOPS, Found, Modules
from credlint.extract.python.screen import Chunk, ChunkKind, Import, Table
from credlint.model.facts import EntryKind, EntryPoint

_GUARD = frozenset({"__name__", "__main__"})
_MAXIMUM_MODULES = 40


def entry_point(
    path: str, table: Table, catalogue: Catalogue, modules: Modules, *, is_handler: bool
) -> EntryPoint | None:
    """Give what is known of a module where a program starts; None for one that others only import."""
    statements = [chunk for chunk in table.chunks if chunk.kind is ChunkKind.STATEMENT and not chunk.owner]
    kinds = [EntryKind.HANDLER] if is_handler else []
    if any(chunk.mentions >= _GUARD for chunk in statements):
        kinds.append(EntryKind.SCRIPT)
    made = _names_of(catalogue.applications, table)
    if any(not made.isdisjoint(chunk.mentions) and not chunk.imports for chunk in statements):
        kinds.append(EntryKind.APPLICATION)
    if not kinds:
        return None
    mentioned = frozenset[str]().union(*(chunk.mentions for chunk in table.chunks))
    checked = not catalogue.identity_words.isdisjoint(mentioned) or _imports_check(path, table, catalogue, modules)
    return EntryPoint(tuple(kinds), checked, anonymous=not catalogue.anonymous_words.isdisjoint(mentioned))


def _names_of(targets: frozenset[str], table: Table) -> set[str]:
    """Give the names by which a module may speak of some of these objects."""
    imports = [imported for chunk in table.chunks for imported in chunk.imports if not imported.level]
    found = {imported.bound for imported in imports if imported.target in targets}
    whole = {imported.target.partition(".")[0] for imported in imports if imported.whole}
    return found | {target.rpartition(".")[2] for target in targets if target.partition(".")[0] in whole}


def _imports_check(path: str, table: Table, catalogue: Catalogue, modules: Modules) -> bool:
    """Tell whether a module of the project that is imported, or one that it imports, asks for the identity."""
    words = [word.encode() for word in catalogue.identity_words]
    seen: dict[str, Found] = {}
    level = list(_imported(path, table.chunks, modules))
    for _ in range(MAXIMUM_HOPS):
        inner: list[Found] = []
        for found in level:
            if found.path in seen or len(seen) >= _MAXIMUM_MODULES:
                continue
            seen[found.path] = found
            data = modules.read(found.path) or b""
            if any(word in data for word in words):
                return True
            source = modules.source(found)
            if source is not None:
                inner += _imported(found.path, source.table.chunks, modules)
        level = inner
    return False


def _imported(path: str, chunks: tuple[Chunk, ...], modules: Modules) -> Iterator[Found]:
    """Give the modules of the project that a module imports, or imports a name from."""
    for chunk in chunks:
        for imported in (*chunk.imports, *chunk.inner_imports):
            found = _find(path, imported, modules)
            if found is not None:
                yield found


def _find(path: str, imported: Import, modules: Modules) -> Found | None:
    name = imported.loaded or imported.target
    owner = name.rpartition(".")[0]
    found = modules.find(path, imported.level, name)
    if found is None and not imported.whole and (owner or imported.level):
        found = modules.find(path, imported.level, owner)
    return found
