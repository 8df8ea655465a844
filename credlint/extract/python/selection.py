"""Which chunks of a module matter: those that name what the catalogue knows, and what they lead to or need."""

from __future__ import annotations

from collections.abc import Callable

from credlint.catalogue.types import Catalogue
from credlint.credentials.spelling import almost_names
from credlint.extract.python.domain import ClassInfo, FunctionInfo
from credlint.extract.python.screen import Chunk, ChunkKind
from credlint.extract.python.source import Source
from credlint.model.patterns import pattern

_SHORT_LINES = 60
_SHORT_LINES_ASIDE = 30
"""A function that names nothing of the catalogue can give a constant, which takes few lines."""
_SELF_STORE = pattern(r"self\.\w+\b(?!\()[^=\n]*(?<![!<>])=(?!=)")


class Selection:
    """What matters of one module, told by its words alone: nothing is evaluated, and each answer is kept.

    `hops` is how many imports away from the file at hand it is; `imported` gives the relevant names of a module of the
    project that an import means (by its leading dots and dotted name), None where that cannot matter.
    """

    def __init__(
        self,
        source: Source,
        catalogue: Catalogue,
        hops: int,
        imported: Callable[[int, str], frozenset[str] | None],
    ) -> None:
        self._source = source
        self._catalogue = catalogue
        self._hops = hops
        self._imported = imported
        self._words: frozenset[str] | None = None
        self._relevant_chunks: frozenset[int] | None = None
        self._relevant_classes: dict[ClassInfo, bool] = {}

    def _matters(self, chunk: Chunk) -> bool:
        """Tell whether a statement names what matters; an everyday word does where it is read off something."""
        words = self.words()
        return not (words.isdisjoint(chunk.mentions) and self._catalogue.everyday_words.isdisjoint(chunk.attributes))

    def words(self) -> frozenset[str]:
        """Give the words that make a statement matter: of the catalogue, and what relevant modules define."""
        if self._words is None:
            self._words = self._catalogue.words - self._catalogue.everyday_words  # what a cycle of imports sees
            mentions = set().union(*(chunk.mentions for chunk in self._source.table.chunks))
            self._words |= self._foreign_words() | almost_names(mentions, self._catalogue)
        return self._words

    def _foreign_words(self) -> set[str]:
        """Give the imported names that stand for something of the catalogue, or do so in another module."""
        found = self._names_of_others()
        for chunk in self._source.table.chunks:
            for imported in (*chunk.imports, *chunk.inner_imports):
                if imported.target.rpartition(".")[2] in self._catalogue.words:  # under another name it is as good
                    found.add(imported.bound)
        return found

    def _names_of_others(self) -> set[str]:
        """Give the imported names that take parts of credentials in another module, or lead to them."""
        found: set[str] = set()
        for chunk in self._source.table.chunks:
            for imported in (*chunk.imports, *chunk.inner_imports):
                owner, _, name = imported.target.rpartition(".")
                target = imported.loaded or imported.target
                whole = self._imported(imported.level, target) if imported.bound != "*" else None
                if whole is not None:
                    found |= whole
                elif owner or imported.level:
                    names = self._imported(imported.level, owner) or frozenset()
                    found |= names if name == "*" else {imported.bound} if name in names else set()
        return found

    def relevant_names(self) -> frozenset[str]:
        """Give the names of the module that take parts of credentials, or lead to them: worth an importer's look."""
        key = relevant_key(self._hops, self._catalogue)
        if key not in self._source.relevant:
            self._source.relevant[key] = frozenset()  # what a cycle of imports sees
            words = self._catalogue.part_words | self._names_of_others()
            chunks = [chunk for chunk in self._source.table.chunks if not chunk.owner]
            found = {name for chunk in chunks if not words.isdisjoint(chunk.mentions) for name in chunk.binds}
            more = found
            while more:
                more = {
                    name for chunk in chunks if not found.isdisjoint(chunk.mentions) for name in chunk.binds
                } - found
                found |= more
            self._source.relevant[key] = frozenset(found)
        return self._source.relevant[key]

    def select(self, *, everything: bool) -> frozenset[int]:
        """Give the chunks that matter: those that mention a word of the catalogue, or the name of such a one."""
        chunks = self._source.table.chunks
        if everything:
            return frozenset(range(len(chunks)))
        selected = {c.index for c in chunks if not only_imports(c, self._catalogue) and self._matters(c)}
        by_class = {chunk.name: chunk for chunk in chunks if chunk.kind is ChunkKind.CLASS}
        while True:
            names: set[str] = set()
            for index in tuple(selected):
                chunk = chunks[index]
                if chunk.owner:
                    owner = by_class[chunk.owner]
                    selected.update((owner.index, *owner.members))
                elif chunk.kind is ChunkKind.CLASS:
                    selected.update(chunk.members)
                names |= chunk.binds
            names |= {by_class[chunks[i].owner].name for i in selected if chunks[i].owner}
            more = {c.index for c in chunks if c.index not in selected and not names.isdisjoint(c.mentions | c.touches)}
            if not more:
                return frozenset(selected | self._needed(selected))
            selected |= more

    def _needed(self, selected: set[int]) -> set[int]:
        """Give the module statements that bind or change a name used by the selected chunks or functions they name."""
        chunks = self._source.table.chunks
        top = [c for c in chunks if c.kind is ChunkKind.STATEMENT and not c.owner]
        top = [c for c in top if not only_imports(c, self._catalogue)]
        reached = set(selected)
        found: set[int] = set()
        while True:
            names = set().union(*(chunks[index].mentions for index in reached | found))
            more = {c.index for c in chunks if c.kind is not ChunkKind.STATEMENT and not c.owner and c.name in names}
            for index in tuple(more):
                more.update(chunks[index].members)
            wanted = {c.index for c in top if not names.isdisjoint(c.binds | c.touches)}
            if more <= reached and wanted <= found:
                return found
            reached |= more
            found |= wanted

    def _close_over_names(self) -> frozenset[int]:
        """Give the functions that mention a word of the catalogue, or a function that does."""
        functions = [c for c in self._source.table.chunks if c.kind is ChunkKind.FUNCTION]
        relevant = {c.index for c in functions if self._matters(c)}
        while True:
            names = {self._source.table.chunks[index].name for index in relevant}
            more = {c.index for c in functions if c.index not in relevant and not names.isdisjoint(c.mentions)}
            if not more:
                return frozenset(relevant)
            relevant |= more

    def is_relevant(self, info: FunctionInfo) -> bool:
        """Tell whether following a function can lead to anything of the catalogue."""
        if self._relevant_chunks is None:
            self._relevant_chunks = self._close_over_names()
        return (
            info.chunk in self._relevant_chunks or self._source.table.chunks[info.chunk].kind is not ChunkKind.FUNCTION
        )

    def is_of_interest(self, info: FunctionInfo) -> bool:
        """Tell whether a call from another module is worth following: for parts of credentials, or for a constant.

        What else happens there, this module's own file tells when it is read.
        """
        chunk = self._source.table.chunks[info.chunk]
        most = _SHORT_LINES if self.is_relevant(info) else _SHORT_LINES_ASIDE
        short = chunk.last_line - chunk.first_line < most
        return not self._hops or short or info.qualified_name.partition(".")[0] in self.relevant_names()

    def lines_elsewhere(self, info: FunctionInfo) -> int:
        """Give the lines of a function of another module, whose own file tells of it; 0 for one of this file."""
        chunk = self._source.table.chunks[info.chunk]
        return chunk.last_line - chunk.first_line if self._hops else 0

    def changes_relevant(self, info: FunctionInfo) -> bool:
        """Tell whether a method changes an object whose class can lead to something of the catalogue."""
        owner = info.owner
        if owner is None or not owner.members or self.is_relevant(info):
            return False
        if owner not in self._relevant_classes:
            chunks = {index for indexes in owner.members.values() for index in indexes}
            self._relevant_classes[owner] = not chunks.isdisjoint(self._relevant_chunks or ())
        return self._relevant_classes[owner] and stores_attributes(self._source, info.chunk)


def relevant_key(hops: int, catalogue: Catalogue) -> tuple[int, int]:
    """Give the key under which a source keeps its relevant names; what is so many imports away sees less."""
    return hops, id(catalogue)


def stores_attributes(source: Source, index: int) -> bool:
    """Tell whether a chunk stores an attribute of what it calls self."""
    chunk = source.table.chunks[index]
    return _SELF_STORE.search("\n".join(source.table.lines[chunk.first_line - 1 : chunk.last_line])) is not None


def only_imports(chunk: Chunk, catalogue: Catalogue) -> bool:
    """Tell whether a statement does nothing but import; an `if` or `try` that holds an import may do more."""
    if not chunk.imports or chunk.kind is not ChunkKind.STATEMENT:
        return False
    if chunk.mentions & catalogue.words and chunk.first_line != chunk.last_line:
        return False
    # a statement may stand behind the import on its line
    return not chunk.touches and chunk.binds == {imported.bound for imported in chunk.imports}
