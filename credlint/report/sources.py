"""The sources that the SDKs take, process by process, as text, JSON or tables of Markdown."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence

import credlint
from credlint.model.sources import PlacedSource, ProcessRows, SdkRow, SourceTable
from credlint.report.json_parts import problem_json, region_json
from credlint.report.pages import position
from credlint.report.shapes import Json
from credlint.report.summary import count_words, not_read_words, problem_words
from credlint.report.tables import code, markdown_table
from credlint.report.text import display_width, visible

_WIDTH = 100
_HEAD = ("SDK", "verdict", "signs with", "instead of", "why")
_READ = "* known from the SDK's source only"


def render_sources(table: SourceTable, output_format: str) -> str:
    """Give the table in one of the formats text, json, markdown."""
    return _FORMATS[output_format](table)


def _text(table: SourceTable) -> str:
    lines = [line for group in _groups(table) for line in _block(group)]
    return "".join(f"{line}\n" for line in [*lines, _last_line(table)])


def _groups(table: SourceTable) -> list[list[ProcessRows]]:
    """Put processes of one file together in which the SDKs do the same."""
    groups: dict[object, list[ProcessRows]] = {}
    for one in table.processes:
        groups.setdefault((one.region.path, one.rows), []).append(one)
    return list(groups.values())


def _title(group: Sequence[ProcessRows]) -> str:
    others = len(group) - 1
    return group[0].title + (f" and {count_words(others, 'other')} alike" if others else "")


def _block(group: Sequence[ProcessRows]) -> Iterator[str]:
    first = group[0]
    yield visible(f"{_title(group)} ({position(first.region)})")
    numbers = _numbers(first.rows)
    for source, number in numbers.items():
        place = f"  {position(source.region)}" if source.region is not None else ""
        yield visible(f"  [{number}] {source.words}{place}")
    yield ""
    cells = [_HEAD, *(_cells(row, numbers) for row in first.rows)]
    widths = [max(display_width(row[column]) for row in cells) for column in range(len(_HEAD) - 1)]
    for row in cells:
        yield from _lines(row, widths)
    if any(row.read for row in first.rows):
        yield f"  {_READ}"
    yield ""


def _numbers(rows: Sequence[SdkRow]) -> dict[PlacedSource, int]:
    """Number the sources in the order of their places; those without a place come last."""
    found = dict.fromkeys(source for row in rows for source in (*row.ends, *row.shadowed))
    ordered = sorted(found, key=lambda one: (one.region is None, *_place(one)))
    return {source: number for number, source in enumerate(ordered, 1)}


def _place(source: PlacedSource) -> tuple[str, int, int]:
    return (source.region.path, source.region.line, source.region.column) if source.region else ("", 0, 0)


def _cells(row: SdkRow, numbers: dict[PlacedSource, int]) -> tuple[str, str, str, str, str]:
    over = " ".join(f"[{numbers[one]}]" for one in row.shadowed)
    sdk = f"{row.sdk}*" if row.read else row.sdk
    return sdk, row.verdict.value, _signs(row, numbers), over or "-", row.why


def _signs(row: SdkRow, numbers: dict[PlacedSource, int]) -> str:
    """Name what it signs with: one source in words, several by their numbers."""
    if len(row.ends) == 1:
        return _or_error(f"[{numbers[row.ends[0]]}] {row.ends[0].words}", row)
    return _or_error(" or ".join(f"[{numbers[one]}]" for one in row.ends), row)


def _or_error(sources: str, row: SdkRow) -> str:
    """Add that it may fail as well; where it must, name the error."""
    if sources:
        return f"{sources} or an error" if row.errors else sources
    return row.errors[0] if row.errors else "nothing"


def _lines(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Give one row; the last cell goes on below itself where the line is too short for it."""
    padded = (cell + " " * (width - display_width(cell) + 2) for cell, width in zip(row, widths, strict=False))
    start = "  " + "".join(padded)
    room = max(_WIDTH - display_width(start), 24)
    first, *rest = textwrap.wrap(visible(row[-1]), room) or [""]
    yield f"{visible(start)}{first}".rstrip()
    yield from (" " * display_width(start) + line for line in rest)


def _last_line(table: SourceTable) -> str:
    files = count_words(table.files, "file")
    if table.processes:
        found = f"{len(table.processes)} {'process' if len(table.processes) == 1 else 'processes'} in {files}"
    else:
        found = f"Nothing to report: no process in {files} has credentials" if table.files else "No files looked at"
    rest = [f"{table.without} without credentials"] if table.without and table.processes else []
    return "; ".join([found, *rest, *problem_words(table.problems), *not_read_words(table.not_read)])


def _markdown(table: SourceTable) -> str:
    parts = [_section(group) for group in _groups(table)]
    return "\n".join([*parts, f"{_last_line(table)}\n"])


def _section(group: Sequence[ProcessRows]) -> str:
    def shown(source: PlacedSource) -> str:
        place = f" {code(visible(position(source.region)))}" if source.region is not None else ""
        return visible(source.words) + place

    rows = [
        (
            row.title,
            row.verdict.value,
            _or_error(" or ".join(map(shown, row.ends)), row),
            ", ".join(map(shown, row.shadowed)),
            visible(row.why),
        )
        for row in group[0].rows
    ]
    title = f"**{visible(_title(group))}** ({code(visible(position(group[0].region)))})"
    return f"{title}\n\n{markdown_table(_HEAD, rows)}"


def _json(table: SourceTable) -> str:
    document: Json = {
        "schema": 1,
        "tool": {"name": "credlint", "version": credlint.__version__},
        "processes": [
            {"title": one.title, **region_json(one.region), "sdks": [_row_json(row) for row in one.rows]}
            for one in table.processes
        ],
        "without": table.without,
        "problems": [problem_json(problem) for problem in table.problems],
        "files": table.files,
    }
    return json.dumps(document, indent=2) + "\n"


def _row_json(row: SdkRow) -> Json:
    certain = len(row.ends) == 1 and not row.errors
    return {
        "sdk": row.sdk,
        "title": row.title,
        "verdict": row.verdict.value,
        "winner": _source_json(row.ends[0]) if certain else None,
        "possible": [_source_json(one) for one in row.ends],
        "errors": list(row.errors),
        "shadowed": [_source_json(one) for one in row.shadowed],
        "why": row.why,
        "read_from_source": row.read,
    }


def _source_json(source: PlacedSource) -> Json:
    place = region_json(source.region) if source.region is not None else None
    return {"kind": source.kind, "words": source.words, "place": place}


_FORMATS: dict[str, Callable[[SourceTable], str]] = {"text": _text, "json": _json, "markdown": _markdown}
