"""The sources that the SDKs take, process by process, as text, JSON or tables of Markdown."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence

import credlint
from credlint.model.source_table import PlacedSource, ProcessRows, SdkRow, SourceTable
from credlint.model.verdict import Verdict
from credlint.report.json_parts import problem_json, region_json
from credlint.report.pages import position
from credlint.report.shapes import Json
from credlint.report.summary import count_words, not_read_words, problem_words
from credlint.report.tables import code, markdown_table
from credlint.report.text import display_width, visible

_WIDTH = 100
_ROOM = 28
_BELOW = " " * 6
_HEAD = ("SDK", "verdict", "signs with", "instead of", "why")
_NOT_SEEN = "not in these files"
_READ = "* known from the SDK's source only"


def render_sources(table: SourceTable, output_format: str) -> str:
    """Give the table in one of the formats text, json, markdown."""
    return _FORMATS[output_format](table)


def _text(table: SourceTable) -> str:
    groups = _groups(table)
    lines = [line for group in groups if not _is_bare(group[0]) for line in _block(group)]
    if any(row.read for group in groups if not _is_bare(group[0]) for row in group[0].rows):
        lines += [_READ, ""]
    lines += _bare([group for group in groups if _is_bare(group[0])])
    return "".join(f"{line}\n" for line in [*lines, _last_line(table)])


def _is_bare(process: ProcessRows) -> bool:
    """Tell whether no file of the run shows a source for a process."""
    return all(row.verdict is Verdict.UNKNOWN and not _ends(row) and not row.shadowed for row in process.rows)


def _bare(groups: Sequence[Sequence[ProcessRows]]) -> Iterator[str]:
    """List the processes without a source in sight by the reason, which is one for all SDKs of the first."""
    reasons: dict[str, list[Sequence[ProcessRows]]] = {}
    for group in groups:
        reasons.setdefault(group[0].rows[0].why, []).append(group)
    for why, alike in reasons.items():
        yield from textwrap.wrap(
            visible(f"{Verdict.UNKNOWN.value}, {_NOT_SEEN}: {why}"), _WIDTH, subsequent_indent="  "
        )
        for group in alike:
            yield from _placed(_title(group), position(group[0].region), "  ")
        yield ""


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
    yield from _placed(_title(group), position(first.region), "")
    numbers = _numbers(first.rows)
    for source, number in numbers.items():
        yield from _placed(f"[{number}] {source.words}", _where(source), "  ")
    yield ""
    yield from _table(_merged([_cells(row, numbers) for row in first.rows]))
    yield ""


def _where(source: PlacedSource) -> str:
    place = position(source.region) if source.region is not None else ""
    return f"{place}, named at {position(source.named)}" if source.named is not None else place


def _placed(words: str, place: str, indent: str) -> Iterator[str]:
    """Give words with a place behind them, or below where the line is too short."""
    line = visible(f"{indent}{words}  {place}".rstrip())
    if display_width(line) <= _WIDTH:
        yield line
    else:
        yield visible(f"{indent}{words}")
        yield visible(f"{indent}    {place}")


def _merged(rows: Sequence[tuple[str, ...]]) -> list[Sequence[str]]:
    """Put SDKs that do the same into one row."""
    found: dict[tuple[str, ...], list[str]] = {}
    for sdk, *rest in rows:
        found.setdefault(tuple(rest), []).append(sdk)
    return [(" ".join(sdks), *rest) for rest, sdks in found.items()]


def _numbers(rows: Sequence[SdkRow]) -> dict[PlacedSource, int]:
    """Number the sources in the order of their places; those without a place come last."""
    found = dict.fromkeys(source for row in rows for source in (*_ends(row), *row.shadowed))
    ordered = sorted(found, key=lambda one: (one.region is None, *_place(one)))
    return {source: number for number, source in enumerate(ordered, 1)}


def _place(source: PlacedSource) -> tuple[str, int, int]:
    return (source.region.path, source.region.line, source.region.column) if source.region else ("", 0, 0)


def _cells(row: SdkRow, numbers: dict[PlacedSource, int]) -> tuple[str, str, str, str, str]:
    over = " ".join(f"[{numbers[one]}]" for one in row.shadowed)
    sdk = f"{row.sdk}*" if row.read else row.sdk
    return sdk, row.verdict.value, _signs(row, numbers), over or "-", row.why


def _ends(row: SdkRow) -> tuple[PlacedSource, ...]:
    """Give what it signs with, but for what a machine may have that nobody sees."""
    guess = row.verdict is Verdict.UNKNOWN and all(one.region is None for one in row.ends)
    return () if guess else row.ends


def _signs(row: SdkRow, numbers: dict[PlacedSource, int]) -> str:
    """Name what it signs with: one source in words, several by their numbers."""
    ends = _ends(row)
    if len(ends) == 1:
        return _or_error(f"[{numbers[ends[0]]}] {ends[0].words}", row)
    return _or_error(" or ".join(f"[{numbers[one]}]" for one in ends), row)


def _or_error(sources: str, row: SdkRow) -> str:
    """Add that it may fail as well; where it must, name the error."""
    if sources:
        return f"{sources} or an error" if row.errors else sources
    if row.verdict is Verdict.UNKNOWN:
        return _NOT_SEEN
    return row.errors[0] if row.errors else "nothing"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Give the rows below their head; the reasons stand below their rows where hardly any room is left for them."""
    widths = [max(display_width(row[column]) for row in (_HEAD, *rows)) for column in range(len(_HEAD) - 1)]
    room = _WIDTH - sum(widths) - 2 * len(_HEAD)
    beside = room >= min(_ROOM, max(display_width(row[-1]) for row in rows))
    yield from _lines(_HEAD if beside else (*_HEAD[:-1], ""), widths, room if beside else 0)
    for row in rows:
        yield from _lines(row, widths, room if beside else 0)


def _lines(row: Sequence[str], widths: Sequence[int], room: int) -> Iterator[str]:
    padded = (cell + " " * (width - display_width(cell) + 2) for cell, width in zip(row, widths, strict=False))
    start = visible("  " + "".join(padded))
    if room:
        first, *rest = textwrap.wrap(visible(row[-1]), room) or [""]
        yield f"{start}{first}".rstrip()
        yield from (" " * display_width(start) + line for line in rest)
    else:
        yield start.rstrip()
        yield from textwrap.wrap(visible(row[-1]), _WIDTH, initial_indent=_BELOW, subsequent_indent=_BELOW)


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
        places = [code(visible(position(one))) for one in (source.region, source.named) if one is not None]
        return " ".join([visible(source.words), *places[:1]]) + "".join(f", named at {one}" for one in places[1:])

    rows = [
        (
            row.title,
            row.verdict.value,
            _or_error(" or ".join(map(shown, _ends(row))), row),
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
    place, named = (region_json(one) if one is not None else None for one in (source.region, source.named))
    return {"kind": source.kind.value, "words": source.words, "place": place, "named": named}


_FORMATS: dict[str, Callable[[SourceTable], str]] = {"text": _text, "json": _json, "markdown": _markdown}
