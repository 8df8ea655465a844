"""Variables that stand in files of `NAME=value` lines, which documents name or people lay beside them."""

from __future__ import annotations

from bisect import bisect_right

from credlint.catalogue.deployments import Dialect
from credlint.catalogue.load_deployments import load_deployments
from credlint.catalogue.types import Catalogue
from credlint.credentials.grammar import is_placeholder
from credlint.extract.deployment.environments import Named, variable, with_value
from credlint.extract.deployment.expressions import host_variable, is_filled, text_origin
from credlint.extract.deployment.opening import beside, neighbour_text
from credlint.extract.deployment.places import Places
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Extent, Mark
from credlint.extract.text.conditions import Conditions
from credlint.extract.text.dotenv import DotEntry, read_dotenv
from credlint.model.environments import Variable
from credlint.model.facts import FileFacts, Language
from credlint.model.project import Project, Settings
from credlint.model.secret import SecretText
from credlint.model.span import split_lines
from credlint.model.values import PARTS, Blank, Literal, Origin, Reference, ReferenceKind


def variables_of(name: str, dialect: Dialect | None, reading: Reading) -> tuple[Variable, ...] | None:
    """Give the variables of a file that a document names from its folder, or None where nothing shows them."""
    if not name or is_filled(name) or "$" in name:
        return None
    path = beside(reading.path, name)
    text = neighbour_text(path, reading)
    if text is None:
        return None
    return _variables(_reading(path, text, reading.catalogue, reading.settings, reading.project), text, dialect)


class HostValues:
    """What a file beside a document sets by default for variables of the host, read when the first one is asked for."""

    def __init__(self, dialect: Dialect, reading: Reading) -> None:
        self._dialect = dialect
        self._reading = reading
        self._found: dict[str, Variable] | None = None

    def filled(self, variable: Variable) -> Variable:
        """Give a variable with its value from there, or as it is: blanks and stand-ins wait for others."""
        name = host_variable(variable.value) if self._dialect.values_file else None
        given = self._given(name) if name is not None else None
        if given is None or not isinstance(given.value, Literal):
            return variable
        grammar, settings = self._reading.catalogue.grammar, self._reading.settings
        if variable.role in PARTS and is_placeholder(given.value.text.reveal(), grammar, settings):
            return variable
        return with_value(variable, given, self._reading)

    def _given(self, name: str) -> Variable | None:
        if self._found is None:
            found = variables_of(self._dialect.values_file, self._dialect, self._reading) or ()
            self._found = {one.name: one for one in found}
        return self._found.get(name)


def env_file_facts(path: str, text: str, catalogue: Catalogue, settings: Settings, project: Project) -> FileFacts:
    """Give what must be known of such a file to show lines of it: what to cover, and where they begin."""
    reading = _reading(path, text, catalogue, settings, project)
    _variables(reading, text, None)
    return FileFacts(
        path=path,
        language=Language.YAML,
        chunks=(1,),
        statements=tuple(reading.found.statements),
        secrets=tuple(reading.found.secrets.values()),
    )


def _reading(path: str, text: str, catalogue: Catalogue, settings: Settings, project: Project) -> Reading:
    places = Places(path, split_lines(text), ())
    return Reading(places, None, Conditions(), catalogue, load_deployments(), settings, project)


def _variables(reading: Reading, text: str, dialect: Dialect | None) -> tuple[Variable, ...]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def mark(offset: int) -> Mark:
        line = bisect_right(starts, offset) - 1
        return Mark(line, offset - starts[line])

    found = []
    for entry in read_dotenv(text):
        whole = Extent(mark(entry.start), mark(max(entry.value_end, entry.start + len(entry.name))))
        key = reading.location(Extent(mark(entry.start), mark(entry.start + len(entry.name))), whole)
        place = reading.location(Extent(mark(entry.value_start), mark(entry.value_end)), whole) if entry.value else key
        found.append(variable(Named(entry.name, _origin(entry, dialect), place, key, whole), reading))
    return tuple(found)


def _origin(entry: DotEntry, dialect: Dialect | None) -> Origin:
    if entry.value is None:
        return Reference(ReferenceKind.HOST_VARIABLE, entry.name)
    if entry.fixed:
        return Literal(SecretText(entry.value)) if entry.value else Blank()
    return text_origin(entry.value, dialect)
