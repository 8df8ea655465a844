"""The report of a run from its parts; a run that gathered nothing for the readers needs no more than this."""

from __future__ import annotations

import os
from collections.abc import Iterable

from credlint.linter.gather import Gathered
from credlint.linter.git import work_tree
from credlint.model.finding import Finding, Report, Source, Summary
from credlint.model.problem import Problem


def assemble(
    gathered: Gathered,
    findings: tuple[Finding, ...] = (),
    problems: Iterable[Problem] = (),
    sources: tuple[Source, ...] = (),
    suppressed: int = 0,
) -> Report:
    """Give the report: problems of gathering and of reading sorted, each once, and what was looked at counted."""
    files = len(gathered.sources)
    skipped = gathered.skipped
    return Report(
        findings=findings,
        problems=tuple(sorted({*gathered.problems, *problems}, key=Problem.sort_key)),
        summary=Summary(files, files - skipped, skipped, len(findings), suppressed, gathered.not_read),
        sources=sources,
        root=os.getcwd().replace(os.sep, "/"),
        repository=repository(gathered),
    )


def repository(gathered: Gathered) -> str | None:
    """Give the repository that a run is about: that of its first file, else that of the working directory."""
    first = next((os.path.abspath(source.path) for source in gathered.sources), "")
    found = work_tree(os.path.dirname(first) if first else os.getcwd())
    return None if found is None else found.replace(os.sep, "/")
