"""Profiles of two files as one, as each SDK reads and merges them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import cast

from credlint.catalogue.chains import Chain, ChainPath, Ini
from credlint.credentials.chains.worlds import World
from credlint.model.chains import OPAQUE, UNKNOWN_FILE, ChainFile, ChainSection, Ground, Held, Value
from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_INHERITED = "DEFAULT"
"""The section of Python's configparser whose settings all others have."""
UNSEEN = "that nobody shows"
"""What a profile is called whose name is not known."""
_HOME = pattern(r"^\$(?:HOME|\{HOME\})/")
_HEADER = pattern(r"""(?P<prefix>[\w-]+)\s(?P<quote>["'])?(?P<name>[\w\-@+.%:/]+)(?(quote)(?P=quote))""", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a file that a profile is made of."""

    file: str
    section: ChainSection


class Profile:
    """A profile: its parts, the one that counts first before the others. `open` tells that it may hold more."""

    def __init__(self, world: World, chain: Chain, name: str | None, parts: tuple[Part, ...], *, open_: bool) -> None:
        self.name = name or ""
        self.parts = parts
        self.open = open_ or any(part.section.open for part in parts)
        self._world = world
        self._strict = chain.ini is Ini.STRICT

    @property
    def title(self) -> str:
        """What it is called in a question."""
        return f"profile {self.name or UNSEEN}"

    @property
    def hidden(self) -> bool:
        """Tell whether nothing of it is in sight, but something may be there."""
        return self.open and not any(part.section.settings for part in self.parts)

    def shows(self, names: tuple[str, ...]) -> bool:
        """Tell whether one of these settings is in sight."""
        return any(key in names for part in self.parts for key, _ in part.section.settings)

    def get(self, names: tuple[str, ...], *, blank: bool = False) -> Value | None:
        """Give the first setting of these names that is there; `blank` tells that the empty string is another case."""
        for name in names:
            value = self._get(name, blank=blank)
            if value is not None:
                return value
        return None

    def _get(self, name: str, *, blank: bool) -> Value | None:
        for part in self.parts:
            for key, value in reversed(part.section.settings):
                if key != name and not (self._strict and key.lower() == name):
                    continue
                if value.held is Held.UNKNOWN:
                    return self._unseen(name, blank=blank)
                if value.held is Held.BLANK and not self._strict:
                    continue  # not read as a setting
                self._world.read.append(Ground(file=part.file, section=part.section.name, setting=key))
                return value
        return self._unseen(name, blank=blank) if self.open else None

    def _unseen(self, name: str, *, blank: bool) -> Value | None:
        options = (None, OPAQUE, Value(Held.BLANK)) if blank and self._strict else (None, OPAQUE)
        return self._world.choose(f"whether {self.title} has {name}", options)


class ProfileFiles:
    """The files of profiles of a chain, in one world; `unreadable` is the path of one that the parser gives up."""

    def __init__(self, world: World, chain: Chain) -> None:
        self.unreadable: str | None = None
        self._world = world
        self._chain = chain
        self._files = {name: self._file(place) for name, place in chain.files}

    def names(self) -> tuple[str, ...]:
        """Give the names of the profiles in sight."""
        return tuple(dict.fromkeys(name for one in self._files for name, _ in self._parts(one)))

    def names_of(self, file: str) -> tuple[str, ...]:
        """Give the names of the profiles of one file in sight."""
        return tuple(dict.fromkeys(name for name, _ in self._parts(file)))

    def top(self, file: str) -> Profile:
        """Give what stands before the first header of a file, as a profile without a name."""
        path, found = self._files[file]
        sections = found.sections if found is not None else ()
        parts = tuple(Part(path, one) for one in sections if not one.name)
        return Profile(self._world, self._chain, "", parts, open_=found is not None and not found.whole)

    def exists(self, name: str | None) -> bool:
        """Tell whether some file has a profile."""
        found = self.profile(name)
        shown = found is not None and found.parts and (self._chain.ini is Ini.STRICT or not found.hidden)
        if found is None or shown:
            return found is not None
        return self._world.choose(f"whether there is a {found.title}", (False, True))

    def profile(self, name: str | None) -> Profile | None:
        """Give a profile made of all files, the last named first; None where there certainly is none."""
        return self._profile(name, tuple(reversed(self._files)))

    def of_file(self, file: str, name: str | None) -> Profile | None:
        """Give a profile as one file alone has it; None where there certainly is none."""
        return self._profile(name, (file,))

    def sessions(self) -> tuple[tuple[str, Part], ...]:
        """Give the sign-in sessions in sight, each under its name."""
        path, file = next(iter(self._files.values()))
        ini = self._chain.ini
        named = [
            (_split(one.name, self._chain.sessions, ini), one) for one in _sections(file, strict=ini is Ini.STRICT)
        ]
        return tuple((name, Part(path, one)) for name, one in named if name is not None)

    def session(self, name: str | None) -> Profile | None:
        """Give a sign-in session of the first file, which stands there under its own prefix."""
        _, file = next(iter(self._files.values()))
        parts = tuple(part for found, part in self.sessions() if found == name)
        open_ = file is not None and not file.whole
        return Profile(self._world, self._chain, name, parts, open_=open_) if parts or open_ else None

    def _profile(self, name: str | None, files: tuple[str, ...]) -> Profile | None:
        parts = tuple(part for one in files for found, part in reversed(self._parts(one)) if found == name)
        shown = {part.file for part in parts}
        hidden = [path for path, file in (self._files[one] for one in files) if file is not None and not file.whole]
        open_ = any(path not in shown for path in hidden)
        self._world.read += [Ground(file=part.file, section=part.section.name) for part in parts]
        return Profile(self._world, self._chain, name, parts, open_=open_) if parts or open_ else None

    def _parts(self, name: str) -> tuple[tuple[str, Part], ...]:
        """Give the profiles of a file, the last of a name counting where the parser keeps one only."""
        path, file = self._files[name]
        key = (name, path, file is None)
        if key not in self._world.memory:
            self._world.memory[key] = tuple(self._merged(name, path, file))
        return cast("tuple[tuple[str, Part], ...]", self._world.memory[key])

    def _merged(self, name: str, path: str, file: ChainFile | None) -> Iterator[tuple[str, Part]]:
        strict = self._chain.ini is Ini.STRICT
        found: dict[str, list[Part]] = {}
        for section in _sections(file, strict=strict):
            profile = self._name(section.name, prefixed=name in self._chain.prefixed)
            if profile is None:
                continue
            replaces = strict or section.name != profile
            kept = [] if strict else [one for one in found.get(profile, []) if one.section.name == section.name]
            if not replaces and profile in found and not kept:
                continue  # [profile default] counts, [default] does not
            found[profile] = [*kept, Part(path, section)]
        for profile, parts in found.items():
            yield from ((profile, part) for part in parts)

    def _name(self, header: str, *, prefixed: bool) -> str | None:
        if not prefixed or header == self._chain.default:
            return header
        return _split(header, self._chain.prefix, self._chain.ini)

    def _file(self, place: ChainPath) -> tuple[str, ChainFile | None]:
        path = place.paths[0]
        default = self._world.file(path)
        value = self._variable(place.variable, hidden=default == UNKNOWN_FILE) if place.variable else None
        if value is not None and value.held is Held.OPAQUE:
            return f"${place.variable}", UNKNOWN_FILE
        file = default
        if value is not None and (value.text or self._chain.blank_counts):
            path = expanded(value.text, self._chain)
            file = self._world.file(path) if path else None
        if file is not None and not place.json and self._chain.ini is Ini.STRICT and self._is_refused(path, file):
            self.unreadable = path
            file = None
        return path, file

    def _is_refused(self, path: str, file: ChainFile) -> bool:
        key = ("refused", path)
        if key not in self._world.memory:
            self._world.memory[key] = is_refused(file)
        return bool(self._world.memory[key])

    def _variable(self, name: str, *, hidden: bool) -> Value | None:
        """Give the variable of a path. What an open environment names elsewhere is as little known as a hidden file."""
        if self._world.is_declared(name):
            return self._world.variable(name, blank=True)
        if hidden or not self._world.environment.open:
            return None
        return self._world.choose("whether the files of profiles stand elsewhere", (None, OPAQUE))


def expanded(path: str, chain: Chain) -> str:
    """Give a path with the home folder's variable replaced, where the SDK replaces variables."""
    return _HOME.sub("~/", path) if chain.expands else path


def _sections(file: ChainFile | None, *, strict: bool) -> Iterator[ChainSection]:
    """Give the sections: under a strict parser with what they inherit, under another those that hold something."""
    sections = file.sections if file is not None else ()
    inherited = [section for section in sections if strict and section.name == _INHERITED]
    common = tuple(setting for section in inherited for setting in section.settings)
    for section in sections:
        holds = strict or section.open or any(value.held is not Held.BLANK for _, value in section.settings)
        if section.name and holds and section not in inherited:
            yield ChainSection(section.name, (*common, *section.settings), section.open)


def _split(header: str, prefix: str, ini: Ini) -> str | None:
    """Give the name behind a prefix in a header, None where it has not this form."""
    if ini is Ini.LENIENT:
        match = _HEADER.fullmatch(header)
        return match["name"] if match and match["prefix"] == prefix else None
    try:
        words = shlex.split(header)
    except ValueError:
        return None
    return words[1] if header.startswith(prefix) and len(words) == 2 else None


def is_refused(file: ChainFile) -> bool:
    """Tell whether Python's parser gives a file up: something twice, or settings before the first header."""
    headers = [section.name for section in file.sections if section.name or section.settings]
    keys = [[key.lower() for key, _ in section.settings] for section in file.sections]
    return "" in headers or len(headers) != len(set(headers)) or any(len(each) != len(set(each)) for each in keys)
