"""The files of a run as later stages need them: facts, lines, absolute places. Each file goes to its reader once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from credlint.catalogue.load import load_catalogue, load_providers
from credlint.catalogue.types import Catalogue
from credlint.config import Config
from credlint.extract.triage import is_relevant
from credlint.linter.discover import language_of
from credlint.linter.gather import Relevant
from credlint.linter.pages import code_of_cell, problem_in_cell, region_in_cell
from credlint.linter.project import Disk, FileProject
from credlint.linter.read import decode, language_by_content
from credlint.model.facts import FileFacts, Language
from credlint.model.patterns import pattern
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.project import Settings
from credlint.model.records import replace
from credlint.model.span import Location, Region, Span, absolute, split_lines

# A module that is imported, and its version, say nothing about credentials.
_NAMES_ONLY = pattern(r"\b(?:import|from)[ \t]+[\w., \t]+|[\w.]+\.__\w+__")


class ReadFile:
    """A file with its facts and its text."""

    def __init__(self, path: str, text: str, facts: FileFacts) -> None:
        self.path = path
        self.text = text
        self.facts = facts

    def lines(self) -> list[str]:
        """Give its lines, without line ends."""
        return self._lines

    @cached_property
    def _lines(self) -> list[str]:
        return split_lines(self.text)

    @cached_property
    def _statements(self) -> Statements:
        return Statements(map(self.region, self.facts.statements))

    def region(self, span: Span) -> Region:
        """Give the absolute place of a span of this file; in a notebook that is one in the text of all cells."""
        return absolute(Location(self.path, span), self.facts.chunks)

    def shown(self, region: Region) -> Region:
        """Give a place as people are shown it: in a notebook, within its cell."""
        return region_in_cell(region, self.facts.pages)

    def is_doubtful(self, span: Span) -> bool:
        """Tell whether a place was read in a weaker way."""
        region = self.region(span)
        start = region.line, region.column
        return any(
            (stretch.line, stretch.column) <= start < (stretch.end_line, stretch.end_column)
            for stretch in map(self.region, self.facts.doubtful)
        )

    def statement(self, region: Region) -> Region:
        """Give the innermost statement or entry around the start of a place, or the place itself.

        What a cell of a notebook printed belongs to all of its code.
        """
        code = code_of_cell(region, self.facts.pages)
        if code is not None:
            return code
        return self._statements.innermost(region.line, region.column) or region


class Statements:
    """The statements of a file by their places, so that asking for one does not take as long as there are of them."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = sorted(regions, key=lambda region: (region.line, region.column))
        self._starts = [(region.line, region.column) for region in self._regions]
        # how far those up to each one reach
        self._ends = list(accumulate(((region.end_line, region.end_column) for region in self._regions), max))

    def innermost(self, line: int, column: int) -> Region | None:
        """Give the smallest statement around a place, None where there is none."""
        found: Region | None = None
        for index in range(bisect_right(self._starts, (line, column)) - 1, -1, -1):
            region = self._regions[index]
            if self._ends[index] <= (line, column):
                break
            if found is not None and line - region.line > _size(found)[0]:
                break  # from here on all are longer
            holds = (line, column) < (region.end_line, region.end_column)
            if holds and (found is None or _size(region) < _size(found)):
                found = region
        return found


def _size(region: Region) -> tuple[int, int]:
    return region.end_line - region.line, region.end_column - region.column


class Files:
    """Sends files to their readers; what a finding names outside the run is read too, for its places and secrets."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._read: dict[str, ReadFile | None] = {}

    def read(self, files: Iterable[Relevant]) -> list[ReadFile]:
        """Read the relevant files of a run."""
        read = []
        for file in files:
            path = file.source.path
            done = self._extract(path, file.language, file.text, file.source.config)
            self._read[path] = done
            read.append(done)
        return read

    def get(self, path: str) -> ReadFile | None:
        """Give a file that some fact names; None for one that can no longer be read."""
        if path not in self._read:
            self._read[path] = self._outside(path)
        return self._read[path]

    def region(self, location: Location) -> Region | None:
        """Give the absolute place of a location; None when its file can no longer be read."""
        file = self.get(location.path)
        return None if file is None else file.region(location.span)

    def _outside(self, path: str) -> ReadFile | None:
        data = FileProject(path, self._disk).read(path)
        language = language_of(path) or (language_by_content(data) if data is not None else "")
        text = None if data is None else decode(path, language or "yaml", data)
        if not isinstance(text, str):
            return None
        if not language:
            return self._env_file(path, text)
        return self._extract(path, language, text, Config())

    def _env_file(self, path: str, text: str) -> ReadFile:
        """Read a file of variables that a document names."""
        from credlint.extract.deployment.env_files import env_file_facts

        facts = env_file_facts(path, text, load_providers(), Settings(), FileProject(path, self._disk))
        return ReadFile(path, text, facts)

    def _extract(self, path: str, language: str, text: str, config: Config) -> ReadFile:
        project = FileProject(path, self._disk)
        settings = config.settings()
        try:
            match Language(language):
                case Language.PYTHON:
                    facts = self._python(path, text, load_catalogue(config.catalogue), project, settings)
                case Language.YAML:
                    facts = self._yaml(path, text, config, project, settings)
                case _:
                    text, facts = self._notebook(path, text, load_catalogue(config.catalogue), project, settings)
        except RecursionError:
            facts = _given_up(path, language, ProblemKind.TOO_DEEP, "nested too deeply to be analysed")
        except MemoryError:
            facts = _given_up(path, language, ProblemKind.BUDGET, "it takes more memory than there is to analyse it")
        return ReadFile(path, text, replace(facts, reads=project.reads()))

    def _python(
        self, path: str, text: str, catalogue: Catalogue, project: FileProject, settings: Settings
    ) -> FileFacts:
        from credlint.extract.python.read import extract

        facts = extract(path, text, catalogue, project, settings)
        # what was embedded is the file itself, as far as it could be read
        return replace(self._with_embedded(facts, catalogue, project, settings), embedded=())

    def _yaml(self, path: str, text: str, config: Config, project: FileProject, settings: Settings) -> FileFacts:
        from credlint.extract.deployment.read import extract

        facts = extract(path, text, load_providers(), project, settings)
        pieces = tuple(one for one in facts.embedded if _matters(one.text, config.triggers))
        facts = replace(facts, embedded=pieces)
        if not pieces:
            return facts
        return self._with_embedded(facts, load_catalogue(config.catalogue), project, settings)

    def _notebook(
        self, path: str, text: str, catalogue: Catalogue, project: FileProject, settings: Settings
    ) -> tuple[str, FileFacts]:
        """Read a notebook; give the text in which places are counted, and the facts."""
        from credlint.extract.python.notebook.read import read_notebook

        text, facts = read_notebook(path, text, catalogue, settings)
        facts = replace(self._with_embedded(facts, catalogue, project, settings), embedded=())
        return text, replace(facts, problems=tuple(problem_in_cell(each, facts.pages) for each in facts.problems))

    def _with_embedded(
        self, facts: FileFacts, catalogue: Catalogue, project: FileProject, settings: Settings
    ) -> FileFacts:
        """Add what the Python in a file says: one reader finds code, the reader of its language reads it."""
        for piece in facts.embedded:
            if piece.language == Language.PYTHON.value:
                from credlint.linter.embedded import lift

                facts = lift(self._python(facts.path, piece.text, catalogue, project, settings), piece, facts)
        return facts


def _matters(code: str, own: tuple[bytes, ...]) -> bool:
    """Tell whether code in a script names anything but a module and its version: reading any has its price."""
    return is_relevant(_NAMES_ONLY.sub("", code).encode("utf-8", "replace"), own)


def _given_up(path: str, language: str, kind: ProblemKind, message: str) -> FileFacts:
    problem = Problem(path, 0, kind, ProblemSeverity.WARNING, message)
    return FileFacts(path, Language(language), (1,), problems=(problem,))
