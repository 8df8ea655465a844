"""Which source of credentials the SDKs take in the processes of a run, gathered for `credlint sources`."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence

from credlint.catalogue.load import load_providers
from credlint.catalogue.load_chains import load_chains
from credlint.link.processes import processes
from credlint.link.source_merging import merged
from credlint.linter.cover import veil
from credlint.linter.files import Files, ReadFile
from credlint.linter.gather import Gathered, Relevant, RunRequest, gather, second_look
from credlint.linter.project import Disk
from credlint.model.environments import EnvironmentScope
from credlint.model.facts import Language
from credlint.model.problem import FatalError, Problem
from credlint.model.source_table import PlacedSource, ProcessRows, SdkRow, SourceTable
from credlint.model.sources import SdkAnswer, Source
from credlint.model.span import Location, Region


def source_table(request: RunRequest, sdks: Sequence[str] | None) -> SourceTable:
    """Give the table of the files that are asked for, for some SDKs by their short names, or all.

    Raises FatalError for a name of no SDK, a broken configuration or broken rule data.
    """
    wanted = None if sdks is None else _known(sdks)
    gathered = gather(request)
    problems = list(gathered.problems)
    found = list(_processes(request, gathered, wanted, problems)) if gathered.relevant else []
    return SourceTable(
        processes=tuple(sorted((one for one in found if one is not None), key=lambda one: one.region)),
        without=found.count(None),
        problems=tuple(sorted(set(problems), key=Problem.sort_key)),
        files=len(gathered.sources),
        not_read=gathered.not_read,
    )


def _known(asked: Iterable[str]) -> tuple[str, ...]:
    """Give the SDKs that are asked for, in our order; the beginning of a name stands for all that begin so."""
    known = tuple(load_chains())
    found: set[str] = set()
    for name in asked:
        meant = {name} & {*known} or {one for one in known if one.startswith(name)}
        if not meant:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; do you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
            raise FatalError(f"--sdk: there is no SDK {name!r}{hint}")
        found |= meant
    return tuple(one for one in known if one in found)


def _processes(
    request: RunRequest, gathered: Gathered, sdks: Sequence[str] | None, problems: list[Problem]
) -> Iterator[ProcessRows | None]:
    """Give the rows of each process; None for one that has nothing of any cloud."""
    disk = Disk(dict([request.stdin]) if request.stdin else {})
    files = Files(disk)
    read = files.read(gathered.relevant)
    read += files.read(_named(read, gathered, disk))
    problems.extend(problem for file in read for problem in file.facts.problems)
    hide = veil(*read).over_message
    for unit, simulated in processes([file.facts for file in read], load_providers()):
        answers = merged(simulated(sdks))
        region = files.region(unit.scope.location)
        if region is not None:
            rows = tuple(_row(answer, files, hide) for answer in answers)
            yield ProcessRows(hide(_title(unit.scope)), region, rows) if rows else None


def _title(scope: EnvironmentScope) -> str:
    """Name a process; one that patches have changed, by the file that lays them over it."""
    return f"{scope.title}, patched by {scope.laid_over_by}" if scope.laid_over_by else scope.title


def _named(read: Sequence[ReadFile], gathered: Gathered, disk: Disk) -> Iterator[Relevant]:
    """Give the files without a word of the catalogue that may hold what processes bring in, by the names in them.

    That nothing is there is an answer as well.
    """
    scopes = [scope for file in read for scope in file.facts.scopes]
    names = {wanted.name for scope in scopes for wanted in scope.imports} | {scope.service_account for scope in scopes}
    words = [name.encode() for name in names if name]
    known = {file.path for file in read}
    others = [source for source in gathered.sources if source.path not in known] if words else []
    return second_look(others, Language.YAML.value, lambda data: any(word in data for word in words), disk)


def _row(answer: SdkAnswer, files: Files, hide: Callable[[str], str]) -> SdkRow:
    def region(place: Location | None) -> Region | None:
        return None if place is None else files.region(place)

    def placed(source: Source) -> PlacedSource:
        named = region(source.named) if source.named != source.location else None
        return PlacedSource(source.kind, hide(source.words), region(source.location), named)

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
