"""Facts of a notebook: its code cells are one module in their order, embedded for the reader of Python.

Places are counted in a text of ours: the lines of all code cells, then those of the outputs in which a key stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from credlint.catalogue.types import Catalogue
from credlint.extract.python.comments import suppressions
from credlint.extract.python.fallback import profile_writes, without
from credlint.extract.python.lines import indentation
from credlint.extract.python.literals import bare_literals
from credlint.extract.python.mending import mend, parses
from credlint.extract.python.notebook.document import Cell, Document, Lines, NotJsonError, read_document
from credlint.extract.python.notebook.magics import Variable, mask
from credlint.extract.python.read import is_test_context, with_surroundings
from credlint.extract.python.screen import Table
from credlint.model.facts import Embedded, FileFacts, Language, NotebookPage
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.project import Settings
from credlint.model.records import dataclass, field
from credlint.model.span import Span

_CODE = "code"
# Names of kernels' languages that mean Python: python, ipython, pyspark, xpython.
_PYTHON = ("python", "ipython", "pyspark", "xpython")
_MODULE = "_os"


def read_notebook(path: str, text: str, catalogue: Catalogue, settings: Settings) -> tuple[str, FileFacts]:
    """Read a notebook; give the text in which places are counted, and the facts."""
    try:
        document = read_document(text)
    except NotJsonError as error:
        problem = _problem(path, error.line, "is not the JSON of a notebook; it was not read")
        return "", FileFacts(path, Language.NOTEBOOK, (1,), problems=(problem,))
    module = _Module(path, catalogue)
    for cell in document.cells:
        if cell.kind == _CODE and _is_python(cell, document):
            module.add_code(cell)
    for cell in document.cells:
        for output in cell.outputs:
            if _holds_a_key(path, output, catalogue, settings):
                module.add_output(cell, output)
    return "\n".join(module.lines), module.facts(settings)


def _is_python(cell: Cell, document: Document) -> bool:
    """Tell whether a code cell is Python: what it says itself, else what the kernel is, else yes."""
    language = cell.language or document.language
    return not language or language.startswith(_PYTHON)


def _holds_a_key(path: str, output: Lines, catalogue: Catalogue, settings: Settings) -> bool:
    table = Table((), output.texts)
    numbers = range(1, len(output.texts) + 1)
    return bool(bare_literals(path, table, numbers, catalogue, settings, test_context=False))


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem(path, line, ProblemKind.SYNTAX, ProblemSeverity.WARNING, message)


@dataclass(slots=True)
class _Module:
    """The text in the making: `lines` as they are shown, `code` as Python reads them.

    `hidden` are the 1-based lines that Python does not see, `rewritten` those that it sees in other words.
    """

    path: str
    catalogue: Catalogue
    lines: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    rewritten: list[tuple[int, int, int]] = field(default_factory=list)
    pages: list[NotebookPage] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add_code(self, cell: Cell) -> None:
        """Add a code cell; what is no Python is hidden from the reader."""
        first = self._add_page(cell.number, cell.source, output=False)
        margin = _common_margin(cell.source.texts)
        masked = mask([line.removeprefix(margin) for line in cell.source.texts])
        lines = list(masked.lines)
        hidden = set(masked.hidden)
        shifts: Sequence[int] = [len(margin)] * len(lines)
        for variable in masked.variables:
            line = cell.source.texts[variable.index]
            lines[variable.index] = indentation(lines[variable.index]) + self._assignment(variable)
            self.rewritten.append((len(self.code) + variable.index, len(indentation(line)), len(line.rstrip())))
            hidden.remove(variable.index)
        if not parses("\n".join(lines)):
            mended = mend(lines)
            lines = list(mended.lines)
            shifts = [len(margin) + shift for shift in mended.shifts]
            hidden.update(mended.lost)
            self._tell(first, mended.lost_lines)
            self.doubtful.append(Span(0, first - 1, 0, len(self.lines), 0))
        self.code += lines
        self.shifts += shifts
        self.hidden += sorted(first + index for index in hidden)

    def add_output(self, cell: Cell, output: Lines) -> None:
        """Add what a cell printed."""
        first = self._add_page(cell.number, output, output=True)
        self.hidden += range(first, len(self.lines) + 1)
        self.doubtful.append(Span(0, first - 1, 0, len(self.lines), 0))

    def _add_page(self, cell: int, lines: Lines, *, output: bool) -> int:
        """Add lines as they are shown; give the 1-based number of the first."""
        first = len(self.lines) + 1
        self.pages.append(NotebookPage(cell, output, first, lines.file_lines))
        self.lines += lines.texts
        return first

    def _assignment(self, variable: Variable) -> str:
        """Give Python that does what `%env NAME=value` does."""
        names = (name for name, kind in self.catalogue.objects.items() if kind == "environment")
        module, _, attribute = next(names).rpartition(".")
        return f"import {module} as {_MODULE}; {_MODULE}.{attribute}[{variable.name!r}] = {variable.value!r}"

    def _tell(self, first: int, lost: tuple[int, ...]) -> None:
        line = first + lost[0] - 1 if lost else first
        count = f"{len(lost)} of its lines were" if len(lost) > 1 else "this line was"
        rest = f"{count} not read" if lost else "it was read as Python 2"
        self.problems.append(_problem(self.path, line, f"this cell is not valid Python 3; {rest}"))

    def facts(self, settings: Settings) -> FileFacts:
        """Give the facts of the lines that are hidden from Python, and the Python embedded in them."""
        table = Table((), tuple(self.lines))
        test_context = is_test_context(self.path, table, self.catalogue)
        hidden = frozenset(self.hidden)
        comments = Table((), tuple(line if number in hidden else "" for number, line in enumerate(self.lines, 1)))
        literals = bare_literals(self.path, table, self.hidden, self.catalogue, settings, test_context=test_context)
        writes = tuple(profile_writes(self.path, table.lines, self.hidden, self.catalogue, test_context=test_context))
        code = "\n".join(without(self.code, writes))
        lines = tuple(enumerate(self.shifts, 1))
        return with_surroundings(
            FileFacts(
                path=self.path,
                language=Language.NOTEBOOK,
                chunks=(1,),
                literals=literals,
                writes=writes,
                suppressions=suppressions(self.path, comments),
                problems=tuple(self.problems),
                doubtful=tuple(self.doubtful),
                pages=tuple(self.pages),
                embedded=(Embedded(code, Language.PYTHON.value, lines, tuple(self.rewritten)),),
            ),
            table,
        )


def _common_margin(lines: Sequence[str]) -> str:
    """Give the blanks that IPython takes off every line: those of the first."""
    return next((indentation(line) for line in lines if line.strip()), "")
