"""INI text as the SDKs read it: sections and `key = value` lines with their offsets. Anything else is stepped over."""

from __future__ import annotations

from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_SECTION = pattern(r"[ \t]*\[(?P<name>[^\]\n]*)\]")
_ENTRY = pattern(r"[ \t]*(?P<key>[A-Za-z_][\w.\-]*)[ \t]*[=:][ \t]*(?P<value>[^\n]*)")


@dataclass(frozen=True, slots=True)
class IniEntry:
    """One `key = value` line; offsets are those of the text. The value has no blanks around it."""

    key: str
    value: str
    key_start: int
    value_start: int

    @property
    def key_end(self) -> int:
        """The offset behind the key."""
        return self.key_start + len(self.key)

    @property
    def value_end(self) -> int:
        """The offset behind the value."""
        return self.value_start + len(self.value)


@dataclass(frozen=True, slots=True)
class IniSection:
    """A section; `name` is the text between the brackets, "" for what stands before the first."""

    name: str
    start: int
    entries: tuple[IniEntry, ...]

    def get(self, key: str) -> IniEntry | None:
        """Give the last entry of a key, or None."""
        for entry in reversed(self.entries):
            if entry.key.lower() == key:
                return entry
        return None


def read_ini(text: str) -> tuple[IniSection, ...]:
    """Read all sections; comments begin with `#` or `;`, entries of nested settings count as well."""
    sections: list[IniSection] = []
    name, start = "", 0
    found: list[IniEntry] = []
    offset = 0
    for line in text.split("\n"):
        section = _SECTION.match(line)
        entry = None if section else _ENTRY.match(line)
        if section is not None:
            if found or name:
                sections.append(IniSection(name, start, tuple(found)))
            name, start, found = section["name"].strip(), offset, []
        elif entry is not None and not line.lstrip().startswith(("#", ";")):
            value = entry["value"].rstrip()
            found.append(IniEntry(entry["key"], value, offset + entry.start("key"), offset + entry.start("value")))
        offset += len(line) + 1
    if found or name:
        sections.append(IniSection(name, start, tuple(found)))
    return tuple(sections)


def looks_like_ini(text: str) -> bool:
    """Tell whether a text has a section header and an entry."""
    return "[" in text and any(section.name and section.entries for section in read_ini(text))
