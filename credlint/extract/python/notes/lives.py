"""Signs in the names of a module: that its process lives long, that it ends by itself, that code renews credentials."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from credlint.catalogue.lasting import Lasting
from credlint.extract.python.screen import Chunk, ChunkKind, Import, Table
from credlint.extract.python.source import Source
from credlint.model.lasting import LongLife
from credlint.model.patterns import pattern
from credlint.model.span import Location, Span

_WORD = pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_MAIN = frozenset({"__name__", "__main__"})


@functools.lru_cache(maxsize=4096)
def words_of(name: str) -> frozenset[str]:
    """Give the words of a name in lower case, and the name itself: `expires_at`, `expires`, `at`."""
    return frozenset({*(word.lower() for word in _WORD.findall(name)), name.lower()})


def mentions_word(chunk: Chunk, words: frozenset[str], but: frozenset[str] = frozenset()) -> bool:
    """Tell whether a name or short text of a statement holds one of some words."""
    return any(not words.isdisjoint(words_of(name)) for name in chunk.mentions if name not in but)


def renews(table: Table, indexes: Iterable[int], lasting: Lasting) -> bool:
    """Tell whether statements renew what they keep, or look at the time when it ends."""
    return any(mentions_word(table.chunks[i], lasting.renewal_words, lasting.lifetime_names) for i in set(indexes))


def users_of(table: Table, name: str) -> list[int]:
    """Give the functions and methods that mention a name."""
    return [c.index for c in table.chunks if c.kind is ChunkKind.FUNCTION and name in c.mentions]


def is_main(table: Table) -> bool:
    """Tell whether the module can be run as a program."""
    return any(c.mentions >= _MAIN for c in table.chunks)


def is_main_part(chunk: Chunk) -> bool:
    """Tell whether a statement is what the module does as a program."""
    return chunk.mentions >= _MAIN


def is_batch(table: Table, lasting: Lasting) -> bool:
    """Tell whether a scheduler reads the module anew for every run."""
    return any(_stands_for(imported, lasting.batch_frameworks) for c in table.chunks for imported in c.imports)


def runs_once(path: str, lasting: Lasting) -> bool:
    """Tell whether a file is a program that ends by itself, or a page of a notebook, by its path."""
    folders = f"/{path}".replace("\\", "/").rpartition("/")[0] + "/"
    return path.endswith(".ipynb") or any(f"/{folder}/" in folders for folder in lasting.run_once_paths)


def frameworks(source: Source, names: tuple[str, ...]) -> Iterator[LongLife]:
    """Give the frameworks by which the program of a module lives long.

    In a module that is a program itself an import is not enough: something must be made of it, or decorated with it.
    """
    table = source.table
    strict = is_main(table)
    for chunk in table.chunks:
        for imported in (*chunk.imports, *chunk.inner_imports):
            if _stands_for(imported, names) and not (strict and not _is_used(table, imported.bound)):
                span = Span(chunk.index, 0, 0, 0, len(table.lines[chunk.first_line - 1]))
                title = (imported.loaded or imported.target).split(".")[0]
                yield LongLife(f"this module is part of a program of {title}", Location(source.path, span))


def _stands_for(imported: Import, names: tuple[str, ...]) -> bool:
    dotted = (imported.target, imported.loaded)
    return not imported.level and any(one == name or one.startswith(f"{name}.") for one in dotted for name in names)


def _is_used(table: Table, bound: str) -> bool:
    """Tell whether something is made of an imported name at the top level, decorated with it, or derived from it."""
    made = {bound}
    for chunk in table.chunks:
        if chunk.kind is ChunkKind.STATEMENT and not chunk.owner and not chunk.imports and bound in chunk.mentions:
            made |= chunk.binds
    roots = {name.partition(".")[0] for c in table.chunks for name in (*c.decorators, *c.bases)}
    return len(made) > 1 or not made.isdisjoint(roots)
