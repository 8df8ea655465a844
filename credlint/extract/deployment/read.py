"""From the text of a YAML file to its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credlint.catalogue.deployments import Dialect
from credlint.catalogue.types import Catalogue
from credlint.extract.deployment.comments import comments, suppressions
from credlint.extract.deployment.connections import note_connections
from credlint.extract.deployment.corruptions import note_octal_accounts
from credlint.extract.deployment.demands import note_demands
from credlint.extract.deployment.dialects import dialect_of, form_of
from credlint.extract.deployment.events import Parsed, Trouble, parse_block
from credlint.extract.deployment.gaps import note_identity_gaps, note_secret_gaps
from credlint.extract.deployment.literals import (
    note_comment_literals,
    note_decoded_literals,
    note_slot_literals,
    note_text_literals,
    note_unread_literals,
)
from credlint.extract.deployment.opening import open_text
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.scopes import ScopeReader
from credlint.extract.deployment.script_requests import settled_calls
from credlint.extract.deployment.settings import note_settings
from credlint.extract.deployment.tree import Extent, Mark, Node, items, reach, scalar, text_at, value_at
from credlint.extract.text.conditions import Conditions
from credlint.extract.triage import DATA_SUFFIX
from credlint.model.facts import FileFacts, Language
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.project import Project, Settings

if TYPE_CHECKING:
    from credlint.extract.deployment.resources import Decoded

_MAXIMUM_ITEMS = 500


def extract(path: str, text: str, catalogue: Catalogue, project: Project, settings: Settings) -> FileFacts:
    """Read one file. Any text gives facts; what could not be read of it is a problem among them."""
    reading, parsed = open_text(path, text, Conditions(), catalogue, settings, project)
    dialects = [dialect_of(document.root, path, reading.deployments) for document in parsed.documents]
    if path.lower().endswith(DATA_SUFFIX) and not any(dialects):
        return FileFacts(path, Language.YAML, chunks=(1,))
    lines = reading.places.lines
    problems = [_problem(path, trouble) for trouble in parsed.troubles]
    decoded: list[Decoded] = []
    for document, dialect in zip(parsed.documents, dialects, strict=True):
        if document.root is not None and dialect is not None and _read(document.root, dialect, reading, decoded, 0):
            message = "has more processes than are looked at; the rest is not analysed"
            problems.append(Problem(path, 0, ProblemKind.BUDGET, ProblemSeverity.WARNING, message))
        if document.root is not None:
            note_octal_accounts(document.root, dialect, reading)
        if document.root is not None and dialect is not None:
            note_identity_gaps(document.root, dialect, reading)
            note_secret_gaps(document.root, dialect, reading)
    found_comments = list(comments(lines, parsed.documents))
    note_connections(reading)
    note_settings(parsed.documents, reading)
    note_slot_literals(reading)
    note_decoded_literals(decoded, reading)
    note_text_literals(parsed.documents, reading)
    note_comment_literals(found_comments, reading)
    note_unread_literals(_unread(parsed), reading)
    return _facts(reading, parsed, found_comments, problems)


def _unread(parsed: Parsed) -> list[Extent]:
    """Give what follows the last scalar of each document that is not whole."""
    found = []
    for document in parsed.documents:
        if any(document.first_line < trouble.line <= document.end_line + 1 for trouble in parsed.troubles):
            first = document.scalars[-1].extent.end.line if document.scalars else document.first_line
            found.append(Extent(Mark(first, 0), Mark(document.end_line, 0)))
    return found


def _read(
    root: Node, dialect: Dialect, reading: Reading, decoded: list[Decoded], depth: int, *, patch: bool = False
) -> bool:
    """Read a document, or the documents that a list holds; tell whether a bound cut it short."""
    form = form_of(root, dialect)
    if form is None:
        return False
    cut = False
    if form.items and depth == 0:
        listed = items(value_at(root, form.items))
        for item in listed[:_MAXIMUM_ITEMS]:
            cut = _read(item, dialect, reading, decoded, depth + 1) or cut
        return cut or len(listed) > _MAXIMUM_ITEMS
    note_demands(root, form.demands, reading)
    if form.copy is not None:
        from credlint.extract.deployment.copies import read_copy

        read_copy(root, form.copy, reading)
    for resource in form.resources:
        from credlint.extract.deployment.resources import read_resources

        read_resources(root, resource, dialect, reading, decoded, patch=patch)
    if form.patches is not None:
        from credlint.extract.deployment.patches import note_patches

        note_patches(root, form.patches, reading)
    if depth == 0:
        for text in (reached.node for path in form.embedded for reached in reach(root, path)):
            cut = _read_embedded(text, reading, decoded) or cut
    if form.scopes:
        namespace = text_at(root, form.namespace) if form.namespace else None
        reader = ScopeReader(root, dialect, namespace, reading)
        reader.read(form)
        cut = cut or reader.is_cut
    return cut


def _read_embedded(text: Node, reading: Reading, decoded: list[Decoded]) -> bool:
    """Read the documents of a text that holds some; tell whether a bound cut it short."""
    found = scalar(text)
    cut = False
    for document in parse_block(found, reading.places.lines) if found is not None and found.style == "|" else ():
        dialect = dialect_of(document.root, "", reading.deployments)
        if document.root is not None and dialect is not None:
            cut = _read(document.root, dialect, reading, decoded, 1, patch=True) or cut
    return cut


def _problem(path: str, trouble: Trouble) -> Problem:
    kind = ProblemKind.TOO_DEEP if trouble.too_deep else ProblemKind.SYNTAX
    return Problem(path, trouble.line, kind, ProblemSeverity.WARNING, trouble.message)


def _facts(reading: Reading, parsed: Parsed, found_comments: list[Extent], problems: list[Problem]) -> FileFacts:
    found = reading.found
    ignores = tuple(suppressions(reading.places.lines, found_comments, parsed.documents, reading.location))
    return FileFacts(
        path=reading.path,
        language=Language.YAML,
        chunks=tuple(document.first_line + 1 for document in parsed.documents),
        clients=tuple(found.clients.values()),
        requests=tuple(found.requests.values()),
        exposures=tuple(found.exposures.values()),
        literals=tuple(found.literals.values()),
        profiles=tuple(found.profiles.values()),
        environments=tuple(found.code_environments),
        scopes=tuple(found.scopes),
        secret_reads=tuple(found.secret_reads.values()),
        copies=tuple(found.copies.values()),
        resources=tuple(found.resources),
        embedded=tuple(found.embedded),
        suppressions=ignores,
        statements=tuple(found.statements),
        secrets=tuple(found.secrets.values()),
        problems=tuple(problems),
        variables=tuple(found.variables),
        gaps=tuple(found.gaps.values()),
        repeats=tuple(found.repeats.values()),
        corruptions=tuple(found.corruptions.values()),
        service_calls=tuple(settled_calls(reading)),
        job_times=tuple(found.job_times.values()),
        patched=tuple(found.patched),
    )
