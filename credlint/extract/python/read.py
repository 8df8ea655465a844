"""Facts of one Python file: the funnel's last three steps in order."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from credlint.catalogue.types import Catalogue
from credlint.extract.python.comments import suppressions
from credlint.extract.python.literals import is_allowed, key_literals, prose_literals
from credlint.extract.python.screen import Chunk, SyntaxProblem, Table, screen
from credlint.model.facts import EntryPoint, FileFacts, KeyLiteral, Language
from credlint.model.problem import Problem, ProblemKind, ProblemSeverity
from credlint.model.project import Project, Settings
from credlint.model.records import replace
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span, split_lines
from credlint.model.values import Literal, Role

if TYPE_CHECKING:
    from credlint.extract.python.modules import Modules
    from credlint.extract.python.shared import Shared


def extract(path: str, text: str, catalogue: Catalogue, project: Project, settings: Settings) -> FileFacts:
    """Read a Python file; whatever the text, the answer is facts and problems."""
    enabled = gc.isenabled()
    gc.disable()  # parser and evaluator make many small objects that all stay until the file is done: 20 %
    try:
        return read_module(path, text, catalogue, settings, project, everything=False)
    finally:
        if enabled:
            gc.enable()


def read_module(
    path: str, text: str, catalogue: Catalogue, settings: Settings, project: Project | None = None, *, everything: bool
) -> FileFacts:
    """Read a Python file; with `everything` no chunk is left out, for the test that the screen decides nothing.

    Without a project, imports are not followed.
    """
    try:
        table, newer = _table(text)
    except SyntaxProblem as problem:
        return _unparsed(path, text, catalogue, settings, problem)
    from credlint.extract.python.evaluator import Evaluator
    from credlint.extract.python.modules import Modules
    from credlint.extract.python.notes import clients, fallbacks, keeping, misnamed, output, texts
    from credlint.extract.python.shared import OutOfFuel, Shared
    from credlint.extract.python.source import Source

    source = Source(path, table)
    shared = Shared(catalogue, settings, _fuel(table), test_context=is_test_context(path, table, catalogue))
    modules = Modules(project, catalogue.part_words)
    evaluator = Evaluator(source, shared, modules)
    problems = []
    try:
        # the table of a newer Python does not know what its strings mention, so that no chunk may be left out
        evaluator.run(everything=everything or newer)
        clients.settle(evaluator)
        output.settle(evaluator)
        texts.settle(evaluator)
        keeping.settle(evaluator)
        fallbacks.settle(evaluator)
        misnamed.settle(evaluator)
    except OutOfFuel:
        problems.append(_problem(path, 0, ProblemKind.BUDGET, "takes more work than one file may; read in part only"))
    except RecursionError:
        problems.append(_problem(path, 0, ProblemKind.TOO_DEEP, "nests deeper than can be followed; read in part only"))
    problems += [_unread_chunk(path, chunk) for chunk in source.unparsed]
    problems += [
        _problem(path, table.chunks[index].first_line, ProblemKind.TOO_DEEP, "nests deeper than can be followed")
        for index in sorted(evaluator.too_deep)
    ]
    facts = shared.facts
    literals = _merge_literals(
        facts.literals.values(),
        (
            *key_literals(path, table, catalogue, settings, test_context=shared.test_context),
            *prose_literals(path, table, catalogue, settings, test_context=shared.test_context),
        ),
    )
    result = FileFacts(
        path=path,
        language=Language.PYTHON,
        chunks=(*source.starts(), 1),
        clients=tuple(facts.clients.values()),
        requests=tuple(
            replace(
                request,
                # what was not read may use it
                escapes=request.location in facts.escaped or bool(problems),
                used=request.location in facts.used,
                served=facts.served.get((request.location, request.calls)),
            )
            for request in facts.requests.values()
        ),
        exposures=tuple(facts.exposures.values()),
        kept=tuple(facts.kept.values()),
        service_calls=tuple(facts.service_calls.values()),
        places=tuple(facts.places.values()),
        urls=tuple(facts.urls.values()),
        refreshers=tuple(facts.refreshers.values()),
        retries=tuple(facts.retries.values()),
        fallbacks=tuple(facts.fallbacks.values()),
        literals=tuple(
            replace(one, allowed=_is_allowed(one, evaluator.home(one.location.path).source.table, catalogue))
            for one in literals
        ),
        writes=tuple(facts.writes.values()),
        client_orders=tuple(facts.orders.values()),
        environments=tuple(facts.environments.values()),
        inherited_keys=tuple(facts.inherited_keys.values()),
        secret_reads=tuple(facts.secret_reads.values()),
        misnamed=tuple(facts.misnamed.values()),
        profiles=tuple(facts.profiles.values()),
        suppressions=suppressions(path, table),
        problems=tuple(problems),
        platforms=tuple(sorted(shared.platforms)),
        variables=tuple(sorted({name for c in table.chunks for name in c.mentions if catalogue.variable(name)})),
        entry=_entry(path, table, shared, modules),
    )
    return with_surroundings(result, table)


def _entry(path: str, table: Table, shared: Shared, modules: Modules) -> EntryPoint | None:
    """Give what is known of the start of a program, where it makes clients."""
    from credlint.extract.python.entry import entry_point

    if shared.test_context or not shared.facts.clients:
        return None
    return entry_point(path, table, shared.catalogue, modules, is_handler=bool(shared.platforms))


def _is_allowed(literal: KeyLiteral, table: Table, catalogue: Catalogue) -> bool:
    """Tell whether a scanner's comment allows a literal; `table` is that of the file in which it stands."""
    return is_allowed(table, _line(literal.location, table), catalogue)


def _fuel(table: Table) -> int:
    """Give the steps of evaluation that a file may cost."""
    return 20_000 + 60 * len(table.lines)


def _table(text: str) -> tuple[Table, bool]:
    """Screen a text and tell whether it is a newer Python than this one, which `ast` rejects and LibCST reads."""
    try:
        return screen(text), False
    except SyntaxProblem as problem:
        from credlint.extract.python.newer import screen_newer

        return screen_newer(text, problem), True


def is_test_context(path: str, table: Table, catalogue: Catalogue) -> bool:
    """Tell whether a module is a test, a fixture, or uses a mock of the cloud."""
    parts = path.replace("\\", "/").lower().split("/")
    stem = parts[-1].partition(".")[0]
    if any(part in catalogue.test_path_parts for part in parts[:-1]):
        return True
    if stem.startswith("test_") or stem.endswith("_test") or stem in catalogue.test_path_parts:
        return True
    imported = {target.target.partition(".")[0] for chunk in table.chunks for target in chunk.imports}
    return not imported.isdisjoint(catalogue.test_modules)


def _problem(path: str, line: int, kind: ProblemKind, message: str) -> Problem:
    return Problem(path, line, kind, ProblemSeverity.WARNING, message)


def _unread_chunk(path: str, chunk: Chunk) -> Problem:
    if chunk.too_deep:
        return _problem(path, chunk.first_line, ProblemKind.TOO_DEEP, "statement nests too deep; it was not read")
    return _problem(path, chunk.first_line, ProblemKind.SYNTAX, "statement is not understood; it was not read")


def _unparsed(path: str, text: str, catalogue: Catalogue, settings: Settings, problem: SyntaxProblem) -> FileFacts:
    """What can be said of a text that is not Python as a whole."""
    from credlint.extract.python.fallback import unparsed

    table = Table((), tuple(split_lines(text)))
    test_context = is_test_context(path, table, catalogue)
    return with_surroundings(unparsed(path, text, catalogue, settings, problem, test_context=test_context), table)


def with_surroundings(facts: FileFacts, table: Table) -> FileFacts:
    """Give facts with the statements around their places, and what must be covered where the file is shown."""
    return replace(facts, statements=tuple(_statements(facts, table)), secrets=tuple(_secrets(facts)))


def _merge_literals(in_slots: Iterable[KeyLiteral], anywhere: tuple[KeyLiteral, ...]) -> list[KeyLiteral]:
    """A literal that reached a slot is known better there; the same place is not told twice."""
    found = list(in_slots)
    texts = {literal.text for literal in found}
    for literal in anywhere:
        inside = any(_holds(known.location.span, literal.location.span) for known in found)
        if not inside and literal.text not in texts:
            found.append(literal)
    return found


def _holds(outer: Span, inner: Span) -> bool:
    """Tell whether a span stands inside another, or is it."""
    return (
        outer.chunk == inner.chunk
        and (outer.line, outer.column) <= (inner.line, inner.column)
        and ((inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column))
    )


def _line(location: Location, table: Table) -> int:
    span = location.span
    base = table.chunks[span.chunk].first_line if span.chunk < len(table.chunks) else 1
    return base + span.line


def _places(facts: FileFacts) -> Iterator[Location]:
    for client in facts.clients:
        yield client.location
        for alternative in client.credentials.alternatives:
            for part in (*alternative.parts(), alternative.profile):
                if part.location:
                    yield part.location
        yield from client.calls
    for request in facts.requests:
        yield request.location
        yield from request.calls
        yield from (duration.location for duration in request.durations if duration.location)
        yield from (setting.location for setting in request.fields if setting.location)
    for place in facts.places:
        yield from (place.location, *place.calls)
        yield from (setting.location for setting in place.settings if setting.location)
    for call in facts.service_calls:
        yield from (call.location, *call.calls)
    for exposure in facts.exposures:
        yield exposure.location
        yield from exposure.calls
    yield from (literal.location for literal in facts.literals)
    yield from (write.location for write in facts.writes)
    yield from (kept.location for kept in facts.kept)
    yield from (url.location for url in facts.urls)
    yield from (refresher.location for refresher in facts.refreshers)
    yield from (retry.location for retry in facts.retries)
    yield from (fallback.location for fallback in facts.fallbacks)
    yield from (variable.location for one in facts.environments for variable in one.variables)
    yield from (key.location for key in facts.inherited_keys)
    yield from (read.location for read in facts.secret_reads)
    yield from (token.location for token in facts.misnamed)
    for text in facts.profiles:
        for section in text.sections:
            yield section.location
            yield from (setting.location for setting in section.settings)


def _statements(facts: FileFacts, table: Table) -> Iterator[Span]:
    """Give the innermost statement around every place that a fact names, by the lines of its brackets."""
    seen = set()
    logical: dict[int, list[tuple[int, int]]] = {}
    for location in _places(facts):
        if location.path != facts.path:
            continue
        span = location.span
        line = _line(location, table)
        if span.chunk not in logical:
            logical[span.chunk] = _logical_lines_of(span.chunk, table)
        first, last = next(((one, end) for one, end in logical[span.chunk] if one <= line <= end), (line, line))
        base = table.chunks[span.chunk].first_line if span.chunk < len(table.chunks) else 1
        statement = Span(span.chunk, first - base, 0, last - base, len(table.lines[last - 1]))
        if statement not in seen:
            seen.add(statement)
            yield statement


def _logical_lines_of(chunk: int, table: Table) -> list[tuple[int, int]]:
    """Give the logical lines of one chunk; of the whole text where it has none, and of what stands before the first."""
    if chunk >= len(table.chunks):
        return logical_lines(table.lines)
    first, last = table.chunks[chunk].first_line, table.chunks[chunk].last_line
    return [(one + first - 1, end + first - 1) for one, end in logical_lines(table.lines[first - 1 : last])]


def logical_lines(lines: tuple[str, ...]) -> list[tuple[int, int]]:
    """Give (first, last) 1-based line of every logical line; what does not tokenise counts line by line."""
    import io
    import tokenize

    found: list[tuple[int, int]] = []
    first = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
            if token.type in {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}:
                continue
            if token.type == tokenize.NEWLINE:
                found.append((first or token.start[0], token.start[0]))
                first = 0
            elif not first:
                first = token.start[0]
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass
    return found


_SHOWN = frozenset(Role) - {Role.KEY_ID, Role.SECRET, Role.TOKEN, Role.LEGACY_TOKEN}


def _secrets(facts: FileFacts) -> Iterator[SecretText]:
    """Give every text that must be covered where the file is shown."""
    seen = set()
    for literal in facts.literals:
        if literal.text not in seen:
            seen.add(literal.text)
            yield literal.text
    for client in facts.clients:
        for alternative in client.credentials.alternatives:
            for part in alternative.parts():
                if isinstance(part.origin, Literal) and part.role is not Role.PROFILE and part.origin.text not in seen:
                    seen.add(part.origin.text)
                    yield part.origin.text
    for environment in facts.environments:
        for variable in environment.variables:
            value = variable.value
            if isinstance(value, Literal) and variable.role not in _SHOWN and value.text not in seen:
                seen.add(value.text)
                yield value.text
