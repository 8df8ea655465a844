"""Which attributes of an instance a method can ask for, and which ones a method stores: told by words alone."""

from __future__ import annotations

from credlint.extract.python.domain import ClassInfo, FunctionInfo
from credlint.extract.python.machine import Machine
from credlint.extract.python.records import lineage
from credlint.extract.python.source import Source
from credlint.model.patterns import pattern

_STORE = pattern(r"self\.\w+\b(?!\()[^=\n]*(?<![!<>])=(?!=)")
_OWN = pattern(r"self\.(\w+)")
_BARE = pattern(r"\bself\b(?!\.)")
_HARMLESS = pattern(r"super\([\w.]+, *self\)|\b(?:type|isinstance|id|str|repr)\(self\b")


def attributes_stored(source: Source, index: int) -> frozenset[str]:
    """Give the attributes that a chunk stores in what it calls self."""
    if index not in source.stored:
        chunk = source.table.chunks[index]
        lines = source.table.lines[chunk.first_line - 1 : chunk.last_line]
        stores = (found.group() for line in lines if "self." in line for found in _STORE.finditer(line))
        source.stored[index] = frozenset(name for store in stores for name in _OWN.findall(store))
    return source.stored[index]


def attributes_asked(machine: Machine, info: ClassInfo, entry: FunctionInfo) -> frozenset[str] | None:
    """Give the attributes that a method, and the methods of its class that it names, can ask an instance for.

    None stands for any: the instance goes where it cannot be told.
    """
    if info.nodes:  # a class inside a function: its methods are no chunks
        return None
    members: dict[str, list[tuple[Source, int]]] = {}
    for one in lineage(machine, info):
        source = machine.home(one.path).source
        for name, indexes in one.members.items():
            members.setdefault(name, []).extend((source, index) for index in indexes)
    waiting = [(machine.source, entry.chunk)]
    seen = set()
    asked: set[str] = set()
    while waiting:
        source, index = waiting.pop()
        if (source.path, index) in seen:
            continue
        seen.add((source.path, index))
        if _hands_on(source, index):
            return None
        chunk = source.table.chunks[index]
        asked |= chunk.attributes
        for name in members.keys() & chunk.mentions:
            waiting += members[name]
    return frozenset(asked)


def _hands_on(source: Source, index: int) -> bool:
    """Tell whether a method does more with the instance than to read and store its attributes."""
    chunk = source.table.chunks[index]
    text = "\n".join(source.table.lines[chunk.first_line - 1 : chunk.last_line])
    return len(_BARE.findall(_HARMLESS.sub("", text))) > 1  # the first one is the parameter
