"""Which source of credentials the SDKs take in the processes of a run, gathered for `credlint sources`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence

from credlint.catalogue.load import load_providers
from credlint.catalogue.load_chains import load_chains
from credlint.link.processes import processes
from credlint.link.sources import merged
from credlint.linter.cover import veil
from credlint.linter.files import Files
from credlint.linter.gather import Gathered, RunRequest, gather
from credlint.linter.project import Disk
from credlint.model.problem import FatalError, Problem
from credlint.model.sources import PlacedSource, ProcessRows, SdkAnswer, SdkRow, Source, SourceTable


def source_table(request: RunRequest, sdks: Sequence[str] | None) -> SourceTable:
    """Give the table of the files that are asked for, for some SDKs by their short names, or all.

    Raises FatalError for a name of no SDK, a broken configuration or broken rule data.
    """
    if sdks is not None:
        _check(sdks)
    gathered = gather(request)
    problems = list(gathered.problems)
    found = list(_processes(request, gathered, sdks, problems)) if gathered.relevant else []
    return SourceTable(
        processes=tuple(sorted((one for one in found if one is not None), key=lambda one: one.region)),
        without=found.count(None),
        problems=tuple(sorted(set(problems), key=Problem.sort_key)),
        files=len(gathered.sources),
        not_read=gathered.not_read,
    )


def _check(sdks: Iterable[str]) -> None:
    known = load_chains()
    for name in sdks:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; do you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
            raise FatalError(f"--sdk: there is no SDK {name!r}{hint}")


def _processes(
    request: RunRequest, gathered: Gathered, sdks: Sequence[str] | None, problems: list[Problem]
) -> Iterator[ProcessRows | None]:
    """Give the rows of each process; None for one that has nothing of any cloud."""
    files = Files(Disk(dict([request.stdin]) if request.stdin else {}))
    read = files.read(gathered.relevant)
    problems.extend(problem for file in read for problem in file.facts.problems)
    hide = veil(*read).over_message
    for unit, simulated in processes([file.facts for file in read], load_providers()):
        answers = merged(simulated(sdks))
        region = files.region(unit.scope.location)
        if region is not None:
            rows = tuple(_row(answer, files, hide) for answer in answers)
            yield ProcessRows(hide(unit.scope.title), region, rows) if rows else None


def _row(answer: SdkAnswer, files: Files, hide: Callable[[str], str]) -> SdkRow:
    def placed(source: Source) -> PlacedSource:
        region = None if source.location is None else files.region(source.location)
        return PlacedSource(source.kind, hide(source.words), region)

    return SdkRow(
        sdk=answer.sdk,
        title=answer.title,
        verdict=answer.verdict,
        ends=tuple(map(placed, answer.ends)),
        errors=answer.errors,
        shadowed=tuple(map(placed, answer.shadowed)),
        why=hide(answer.why),
        read=answer.read,
    )
