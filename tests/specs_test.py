"""tests/specs: every section is linted, and what is found is exactly what its comments say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from credlint.catalogue.load import rule_names
from credlint.catalogue.load_deployments import load_deployments
from tests.mdspec.lint import lint
from tests.mdspec.match import mismatches, read_expected
from tests.mdspec.parse import Spec, parse

FOLDER = Path(__file__).parent / "specs"
FILES = sorted(FOLDER.glob("*.md"))
OF_THE_CATALOGUE = {"catalogue-alibaba", "catalogue-aws", "catalogue-storage"}


def specs() -> Iterator[tuple[str, Spec]]:
    """Give all specs with the name of their file."""
    for path in FILES:
        for spec in parse(path.read_text(encoding="utf-8"), path.name):
            yield path.name, spec


SPECS = list(specs())


@pytest.mark.parametrize(("name", "spec"), SPECS, ids=[spec.title for _, spec in SPECS])
def test_spec(name: str, spec: Spec, tmp_path: Path) -> None:
    files = {file.path: file.text for file in spec.files}
    found, problems = lint(tmp_path, files, spec.configuration, rule=name.removesuffix(".md"))
    expected = [one for file in spec.files for one in read_expected(file.path, file.text)]
    starts = ", ".join(f"{file.path} begins at {name}:{file.line}" for file in spec.files)
    assert mismatches(expected, found) == [], starts
    assert problems == []


def test_every_file_is_named_after_a_rule_or_a_dialect() -> None:
    dialects = {dialect.name for dialect in load_deployments().dialects}
    others = {"flow", "interplay", "linking", "modules", "scripts", "settings"}
    known = {*rule_names(), *dialects, *OF_THE_CATALOGUE, *others}
    assert {path.stem for path in FILES} <= known


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.stem not in OF_THE_CATALOGUE], ids=lambda path: path.stem
)
def test_silent_specs_outnumber_those_that_find(path: Path) -> None:
    found = [
        any(list(read_expected(file.path, file.text)) for file in spec.files)
        for spec in parse(path.read_text(encoding="utf-8"), path.name)
    ]
    assert found.count(False) > found.count(True)
