"""Everything that happens before a file is understood: find, read, decode, and ask for trigger words.

Most runs end here: nothing that they were given names anything of the catalogue. So this part imports no parser and no
model, and the types are NamedTuples; tests hold its cost.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from credlint.config import Configurations, Overrides
from credlint.extract.triage import DATA_SUFFIX, deploys, is_relevant
from credlint.linter.discover import Source, discover, find_stdin
from credlint.linter.read import bounded, decode, language_by_content, read_source

if TYPE_CHECKING:
    from credlint.linter.project import Disk
    from credlint.model.problem import Problem


def _silent(_line: str) -> None:
    """Hear nothing."""


class RunRequest(NamedTuple):
    """What the user asks for. `stdin` is a file name with the content to lint under it, in place of `paths`.

    `config` names the configuration to use, `isolated` says that none is. `tell` hears which configuration each file
    has and why files were skipped.
    """

    paths: tuple[str, ...] = ()
    stdin: tuple[str, bytes] | None = None
    overrides: Overrides = Overrides()
    isolated: bool = False
    config: str | None = None
    force_exclude: bool = False
    tell: Callable[[str], None] = _silent


class Relevant(NamedTuple):
    """A file that a reader must look at."""

    source: Source
    language: str
    text: str


class Dismissed(Enum):
    """Why a file needs no reader: it names nothing that matters, it is of another kind, or it is mere data."""

    IRRELEVANT = "irrelevant"
    OTHER = "other"
    DATA = "data"


class Gathered(NamedTuple):
    """What a run has to work on. `sources` are all files of the run but mere data.

    `skipped` counts those that nobody could read.

    `plain` are the Python and YAML files that name nothing that matters: they may still call or use one that does.
    """

    relevant: tuple[Relevant, ...]
    sources: tuple[Source, ...]
    skipped: int
    not_read: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]
    plain: tuple[Source, ...] = ()


def gather(request: RunRequest) -> Gathered:
    """Find and read the files of a run; raises FatalError for a broken configuration."""
    configurations = Configurations(request.overrides, isolated=request.isolated, named=request.config)
    if request.stdin is not None:
        found = find_stdin(request.stdin[0], configurations, request.tell)
    else:
        found = discover(request.paths, configurations, request.tell, force_exclude=request.force_exclude)
    relevant: list[Relevant] = []
    plain: list[Source] = []
    problems = list(found.problems)
    skipped = 0
    sources: list[Source] = []
    for source in found.sources:
        looked = _look(source, request)
        if looked is Dismissed.DATA:
            continue
        sources.append(source)
        if isinstance(looked, Relevant):
            relevant.append(looked)
        elif looked is Dismissed.IRRELEVANT:
            if source.language in {"python", "yaml"} and request.stdin is None:
                plain.append(source)
        else:
            skipped += 1
            if looked is not Dismissed.OTHER:
                problems.append(looked)
    return Gathered(tuple(relevant), tuple(sources), skipped, found.not_read, tuple(problems), tuple(plain))


def _look(source: Source, request: RunRequest) -> Relevant | Dismissed | Problem:
    data = bounded(source.path, request.stdin[1]) if request.stdin else read_source(source.path, source.language)
    if source.path.lower().endswith(DATA_SUFFIX) and not (isinstance(data, bytes) and deploys(data)):
        if source.named:
            request.tell(f"{source.path}: skipped: JSON in which nothing is deployed")
        return Dismissed.DATA
    if not isinstance(data, bytes):
        return data
    language = source.language or language_by_content(data)
    if not language:
        request.tell(f"{source.path}: skipped: neither Python, a notebook nor YAML by its name or first line")
        return Dismissed.OTHER
    request.tell(f"{source.path}: configuration: {source.config.source or 'the defaults'}")
    text = decode(source.path, language, data)
    if not isinstance(text, str):
        return text
    return Relevant(source, language, text) if is_relevant(data, source.config.triggers) else Dismissed.IRRELEVANT


def second_look(
    sources: Iterable[Source], language: str, matters: Callable[[bytes], bool], disk: Disk
) -> Iterator[Relevant]:
    """Give the files of a language that are to be read after all: those of which `matters` says so by their bytes."""
    for source in sources:
        data = disk.read(os.path.abspath(source.path)) if source.language == language else None
        if data is not None and matters(data):
            text = decode(source.path, language, data)
            if isinstance(text, str):
                yield Relevant(source, language, text)
