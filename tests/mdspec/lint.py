"""Writes the files of a test into a folder and runs the whole of credlint over them, in this process."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path

from credlint.catalogue.load import load_rule, rule_names
from credlint.config import Overrides
from credlint.linter.gather import RunRequest
from credlint.linter.run import run
from credlint.model.finding import Persona
from tests.markers import render
from tests.mdspec.match import Found


@functools.cache
def inventories() -> frozenset[str]:
    """Give the rules that are for the auditor alone: they list what stands in nearly every text."""
    rules = [load_rule(name) for name in rule_names()]
    return frozenset(rule.name for rule in rules if {case.persona for case in rule.cases} == {Persona.AUDITOR})


def lint(
    folder: Path, files: Mapping[str, str], configuration: str | None = None, *, rule: str = ""
) -> tuple[list[Found], list[str]]:
    """Give the findings of the auditor persona, and the problems as text; markers become keys on the way.

    Inventories say nothing but in texts about themselves: `rule` is what the text is about.
    """
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(render(text), encoding="utf-8")
    if configuration is not None:
        (folder / "credlint.toml").write_text(configuration, encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        report = run(
            RunRequest(
                paths=tuple(files),
                overrides=Overrides(ignore=inventories() - {rule}, persona=Persona.AUDITOR),
                isolated=configuration is None,
            )
        )
    finally:
        os.chdir(before)
    found = [
        Found(one.region.path, one.region.line, one.severity.value, one.rule, one.case, one.message)
        for one in report.findings
    ]
    return found, [f"{one.path}:{one.line}: {one.message}" for one in report.problems]
