"""What IPython takes in a cell beside Python: magics, shell lines and help, put out of sight at the same length.

https://ipython.readthedocs.io/en/stable/interactive/magics.html and .../interactive/python-ipython-diff.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from credlint.extract.python.lines import logical_line, width
from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_CELL = pattern(r"\s*%%\s*(?P<name>[\w.]*)")
# Cells that run Python in the namespace of the notebook; all other cell magics take the text for themselves.
_PYTHON_CELLS = frozenset(
    {"capture", "local", "memit", "prun", "px", "pypy", "pyspark", "python", "python3", "time", "timeit"}
)
# Databricks and its like take the rest of the cell for another language: %md, %sh, %scala, and %sql alone on its line.
_OTHER_LANGUAGE = pattern(r"%(?:md|md-sandbox|sh|scala|r|fs)(?:\s|$)|%sql\s*$")
_TIMED = pattern(r"^(?P<margin>\s*)%time\s+(?=\S)")
_MAGIC = pattern(r"(?P<margin>\s*)[%!?]")
_HELP = pattern(r"(?P<margin>\s*)[\w.%*]+\?{1,2}\s*$")
# lines = !ls -l, data = %sql select
_ASSIGNED = pattern(r"(?P<before>\s*[\w.,\s]+?(?:\[[^\]=]*\]\s*)?=\s*)[!%]{1,2}(?=[\w/.{$\"'(~])")
# %env NAME=value and %set_env NAME value, as IPython.core.magics.osm splits them
_ENVIRONMENT = pattern(r"\s*%(?:set_)?env\s+(?P<name>[A-Za-z_]\w*)(?:\s*=\s*|\s+)(?P<value>\S.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that a magic sets; `index` is the line of the cell."""

    index: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Masked:
    """The lines of a cell with Python only; `hidden` are the 0-based indices of those that hold something else."""

    lines: tuple[str, ...]
    hidden: tuple[int, ...]
    variables: tuple[Variable, ...] = ()


def mask(lines: Sequence[str]) -> Masked:
    """Put out of sight what is not Python; a cell of another language holds nothing then."""
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        return Masked(tuple(lines), ())
    magic = _CELL.match(lines[first])
    if (magic and magic["name"] not in _PYTHON_CELLS) or _OTHER_LANGUAGE.match(lines[first]):
        return Masked(("",) * len(lines), tuple(range(len(lines))))
    return _mask_lines(list(lines), first + 1 if magic else 0, hidden=[first] if magic else [])


def _mask_lines(lines: list[str], start: int, hidden: list[int]) -> Masked:
    variables: list[Variable] = []
    for index in hidden:
        lines[index] = ""
    at = start
    while at < len(lines):
        lines[at] = line = _TIMED.sub(_untimed, lines[at])
        instead = _instead(line)
        if width(line) < 0 or instead is None:
            at = logical_line(lines, at, len(lines)).end if width(line) >= 0 else at + 1
            continue
        variable = _ENVIRONMENT.match(line)
        if variable is not None and not re.search(r"[${]", variable["value"]):
            variables.append(Variable(at, variable["name"], variable["value"]))
        end = at + 1
        while lines[end - 1].rstrip().endswith("\\") and end < len(lines):
            end += 1
        hidden.extend(range(at, end))
        lines[at:end] = [instead, *[""] * (end - at - 1)]
        at = end
    return Masked(tuple(lines), tuple(hidden), tuple(variables))


def _untimed(timed: re.Match[str]) -> str:
    """Give `0;    x = f()` for `%time x = f()`, which keeps the names that it sets."""
    return f"{timed['margin']}0;".ljust(len(timed[0]))


def _instead(line: str) -> str | None:
    """Give the statement that stands for a line that is not Python, None for one that is."""
    magic = _MAGIC.match(line) or _HELP.match(line)
    if magic is not None:
        return f"{magic['margin']}0"
    assigned = _ASSIGNED.match(line)
    return None if assigned is None else f"{assigned['before']}_"
