"""The files that a process finds, as far as the run shows them: mounted Secrets and ConfigMaps, read as INI."""

from __future__ import annotations

from collections.abc import Iterable

from credlint.catalogue.chains import Chain
from credlint.catalogue.types import Catalogue
from credlint.extract.text.ini import IniEntry, IniSection, looks_like_ini, read_ini
from credlint.link.objects import Find
from credlint.model.chains import ABSENT_FILE, OPAQUE, UNKNOWN_FILE, ChainFile, ChainSection, Value, literal
from credlint.model.environments import Variable
from credlint.model.profiles import ProfileText
from credlint.model.records import dataclass, field
from credlint.model.span import Location
from credlint.model.units import ProcessUnit
from credlint.model.values import SECRET_ROLES, Literal

_HOME = "~/"


@dataclass(slots=True)
class SeenFiles:
    """What stands at which path, where each text is, and the home folder as far as a mount shows it.

    `unseen` is what stands where credentials are kept, and cannot be read.
    """

    files: dict[str, ChainFile | None] = field(default_factory=dict)
    places: dict[str, Location] = field(default_factory=dict)
    home: str = "~"
    unseen: Location | None = None

    @property
    def shown(self) -> set[str]:
        """The paths below the home folder at which something is mounted."""
        prefix = f"{self.home}/"
        return {path if path.startswith(_HOME) else _HOME + path.removeprefix(prefix) for path in self.files}

    def place(self, path: str, section: str, texts: Iterable[ProfileText]) -> Location | None:
        """Give where a section of a file stands: its header, or else the whole text."""
        where = self.places.get(path if not path.startswith(_HOME) else f"{self.home}/{path[len(_HOME) :]}")
        if where is None:
            return None
        headers = [
            one.location
            for text in texts
            for one in text.sections
            if one.name == section and _is_behind(one.location, where)
        ]
        return min(headers, key=lambda place: place.span, default=where)


def seen_files(
    unit: ProcessUnit, chains: Iterable[Chain], named: Iterable[str], find: Find, catalogue: Catalogue
) -> SeenFiles:
    """Give the files of a process; `named` are the paths of files that its variables name."""
    paths = {path for chain in chains for _, place in chain.files for path in place.paths}
    found = SeenFiles()
    for mount in unit.mounts:
        folder = mount.path.rstrip("/")
        here = {path: at for path in paths if (at := _below(path, folder)) is not None}
        found.home = next((_home(path, at) for path, at in here.items()), found.home)
        inside = [path for path in named if path == folder or path.startswith(f"{folder}/")]
        objects = find(mount.source_kind, mount.source, unit.scope)
        if objects:
            found.files.update(dict.fromkeys((*here.values(), *inside), ABSENT_FILE))
            for variable in objects[0].variables:
                _take(variable, folder, found, catalogue)
        elif here or inside:
            found.files.update(dict.fromkeys((*here.values(), *inside), UNKNOWN_FILE))
            found.unseen = mount.location
    return found


def _below(path: str, folder: str) -> str | None:
    """Give where a file of the home folder stands when a folder of its name, or it itself, is mounted."""
    parent, _, name = path.removeprefix(_HOME).rpartition("/")
    if path.startswith(_HOME) and parent and f"/{folder}".endswith(f"/{parent}"):
        return f"{folder}/{name}"
    return folder if path.startswith(_HOME) and f"/{folder}".endswith(f"/{parent}/{name}") else None


def _home(path: str, at: str) -> str:
    return at.removesuffix(path.removeprefix(_HOME)).rstrip("/")


def _take(variable: Variable, folder: str, found: SeenFiles, catalogue: Catalogue) -> None:
    """Take an entry of a mounted object: a file of its name in the folder, or the one file that is mounted."""
    path = folder if folder.endswith(f"/{variable.name}") else f"{folder}/{variable.name}"
    found.files[path] = _file(variable, catalogue)
    found.places[path] = variable.location
    if found.files[path] == UNKNOWN_FILE:
        found.unseen = variable.location


def _file(variable: Variable, catalogue: Catalogue) -> ChainFile:
    text = variable.value.text.reveal() if isinstance(variable.value, Literal) else ""
    if not looks_like_ini(text):
        return UNKNOWN_FILE
    return ChainFile(tuple(_section(section, catalogue) for section in read_ini(text)))


def _section(section: IniSection, catalogue: Catalogue) -> ChainSection:
    return ChainSection(section.name, tuple((entry.key, _value(entry, catalogue)) for entry in section.entries))


def _value(entry: IniEntry, catalogue: Catalogue) -> Value:
    """Give what a setting holds; the text of a secret is not kept, nor is one that is yet to be filled in."""
    role, _ = catalogue.slot_names.get(entry.key.lower(), (None, None))
    hidden = role in SECRET_ROLES or "{{" in entry.value or "$" in entry.value
    return OPAQUE if hidden and entry.value else literal(entry.value)


def _is_behind(inner: Location, outer: Location) -> bool:
    """Tell whether a place stands in the same document as another, and not before it."""
    one, other = inner.span, outer.span
    return inner.path == outer.path and one.chunk == other.chunk and one.line >= other.line
