"""Texts of YAML opened for reading, and the other files of the project that a document names.

Nothing is opened unless something names it. What a reader finds in another file stays there: that file tells of itself
when the run is asked about it.
"""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable

from credlint.catalogue.load_deployments import load_deployments
from credlint.catalogue.types import Catalogue
from credlint.extract.deployment.events import Parsed, parse, readable
from credlint.extract.deployment.places import Places
from credlint.extract.deployment.reading import Opened, Reading
from credlint.extract.deployment.tree import Extent
from credlint.extract.text.conditions import Conditions
from credlint.extract.text.templates import Masked, has_marks, mask
from credlint.model.project import Project, Settings
from credlint.model.records import replace
from credlint.model.span import split_lines


def open_text(
    path: str, text: str, conditions: Conditions, catalogue: Catalogue, settings: Settings, project: Project
) -> tuple[Reading, Parsed]:
    """Open the text of a file."""
    parsed, masked = _parse(text, conditions)
    places = Places(path, split_lines(readable(text)), parsed.documents)
    return Reading(places, masked, conditions, catalogue, load_deployments(), settings, project), parsed


def neighbour_text(path: str, reading: Reading) -> str | None:
    """Give the text of another file of the project; None where it is not there, not inside, or no text."""
    content = reading.project.read(path)
    try:
        return None if content is None else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def open_neighbour(path: str, reading: Reading) -> Opened | None:
    """Open another YAML file of the project, once for each file that is read; None where that cannot be."""
    if path == reading.path:
        return None
    if path not in reading.opened:
        text = neighbour_text(path, reading)
        reading.opened[path] = None if text is None else _opened(path, text, reading)
    return reading.opened[path]


def _opened(path: str, text: str, reading: Reading) -> Opened:
    other, parsed = open_text(path, text, reading.conditions, reading.catalogue, reading.settings, reading.project)
    other.opened, other.calls = reading.opened, reading.calls
    return Opened(other, parsed.documents)


def beside(path: str, name: str) -> str:
    """Give the path of a file that a document in the file of `path` names from its own folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), name))


def from_root(name: str, reading: Reading) -> str:
    """Give the path of a file that is named from the root of the project."""
    return posixpath.normpath(posixpath.join(reading.project.root, name))


def _parse(text: str, conditions: Conditions) -> tuple[Parsed, Masked | None]:
    """Parse as it is where that works, else with the marks of templates covered."""
    parsed = _parse_plain(text)
    if not (parsed.troubles or parsed.template_like) or not has_marks(text):
        return _parse_unwrapped(text, parsed), None
    masked = mask(readable(text), conditions)
    is_templated: Callable[[Extent], bool] = lambda extent: masked.is_filled(extent.start, extent.end)  # noqa: E731
    return parse(masked.text, is_templated), masked


@functools.lru_cache(maxsize=8)
def _parse_plain(text: str) -> Parsed:
    """Parse a text as it is; one that files of a run call is parsed once for all of them, and for itself."""
    return parse(text)


def _parse_unwrapped(text: str, parsed: Parsed) -> Parsed:
    """Read a text that is not whole again with its wrapped base64 set in; what is the matter with it stays said."""
    if not parsed.troubles:
        return parsed
    from credlint.extract.deployment.wrapping import unwrap

    unwrapped = unwrap(split_lines(readable(text)))
    if unwrapped is None:
        return parsed
    lines, shifts = unwrapped
    again = parse("\n".join(lines), shifts=shifts)
    return replace(again, troubles=parsed.troubles)
