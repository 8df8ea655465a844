"""Credentials and config files that a node writes: their text stands in a property, their path beside it."""

from __future__ import annotations

from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployment_sources import FileSource
from credlint.catalogue.deployments import Dialect
from credlint.extract.deployment.action_inputs import Outputs
from credlint.extract.deployment.expressions import step_output, text_origin
from credlint.extract.deployment.places import TextMap
from credlint.extract.deployment.profiles import Locate, ProfileText, note_profiles
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Extent, Node, Reached, reach, scalar, text_at, value_at
from credlint.model.environments import EnvironmentScope
from credlint.model.patterns import pattern
from credlint.model.values import Origin

# What a template fills in.
_FILLED = pattern(r"\{\{.*?\}\}")


def note_files(
    node: Node, shape: Shape, scope: EnvironmentScope, dialect: Dialect, outputs: Outputs, reading: Reading
) -> None:
    """Note the profiles of the files that a node writes to where SDKs look for them."""
    for source in shape.files:
        for reached in reach(node, source.at):
            _note(reached, source, scope, dialect, outputs, reading)


def _note(
    reached: Reached, source: FileSource, scope: EnvironmentScope, dialect: Dialect, outputs: Outputs, reading: Reading
) -> None:
    found = scalar(value_at(reached.node, source.text))
    path = text_at(reached.node, source.target) if source.target else reached.key
    if found is None or found.templated or path is None or not path.endswith(reading.deployments.profiles.paths):
        return
    text = _profile_text(found.text, dialect, outputs)
    locate = _locate(text, reading.places.text_map(found), found.extent, reading)
    note_profiles(text, reading, locate, f"{scope.index} {scope.title}", path, file=path.rpartition("/")[2])


def _profile_text(text: str, dialect: Dialect, outputs: Outputs) -> ProfileText:
    """Put marks in the place of what a template fills in; each line begins where one of the text does."""
    lines: list[str] = []
    origins: list[Origin] = []
    offsets: list[tuple[int, int]] = []
    length = start = 0
    for line in text.split("\n"):
        marked = ""
        at = 0
        for filled in _FILLED.finditer(line):
            marked += f"{line[at : filled.start()]}\0{len(origins)}\0"
            at = filled.end()
            origin = text_origin(filled.group(), dialect)
            output = step_output(origin, dialect)
            origins.append(outputs.get(output, origin) if output else origin)
        marked += line[at:]
        lines.append(marked)
        offsets.append((length, start))
        length += len(marked) + 1
        start += len(line) + 1
    return ProfileText("\n".join(lines), tuple(origins), tuple(offsets))


def _locate(text: ProfileText, text_map: TextMap, statement: Extent, reading: Reading) -> Locate:
    return lambda start, end: reading.location(text_map.extent(text.offset(start), text.offset(end)), statement)
