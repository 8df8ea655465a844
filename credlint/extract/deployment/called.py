"""Other files of the project that a document runs: actions of its own, workflows that are called.

They are read as their caller runs them: with its inputs, and for an action with its environment. What they find out by
that alone is a fact of the caller; everything else they tell when the run is asked about them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import TypeVar

from credlint.catalogue.deployments import CalleeForm, Dialect
from credlint.credentials.effective import Environment
from credlint.extract.deployment.action_inputs import Outputs, read_input
from credlint.extract.deployment.actions import Granted
from credlint.extract.deployment.dialects import dialect_of, form_of
from credlint.extract.deployment.expressions import origin_of, step_output
from credlint.extract.deployment.handing import Handing
from credlint.extract.deployment.opening import from_root, neighbour_text, open_neighbour
from credlint.extract.deployment.reading import Input, Reading
from credlint.extract.deployment.tree import Extent, Node, entries, reach, scalar, value_at
from credlint.extract.triage import is_relevant
from credlint.model.environments import EnvironmentScope
from credlint.model.facts import Client, Exposure, SessionRequest
from credlint.model.records import dataclass, replace
from credlint.model.span import Location
from credlint.model.values import Blank, Origin, ResponseField

_Fact = TypeVar("_Fact", Client, SessionRequest, Exposure)
MAXIMUM_DEPTH = 3
_MAXIMUM_CALLS = 60


@dataclass(frozen=True, slots=True)
class Calling:
    """How a document is run by another one: `place` is the call, `before` gives the text of what ran before it.

    `environment` is None for a callee that begins with none of its caller's variables. `given` are the names of the
    `inputs` that the caller fills.
    """

    inputs: dict[str, Input]
    environment: Environment | None
    granted: Granted
    hosted: bool
    place: Location
    flow: str
    depth: int
    before: Callable[[], str] = str
    given: tuple[str, ...] = ()

    def handing(self, root: Node, dialect: Dialect, reading: Reading) -> Handing | None:
        """Give what tells apart the jobs of a callee that begins with none of the variables; None for others."""
        if self.environment is not None:
            return None
        return Handing(self.given, root, dialect, reading, _is_read, refused=self.granted is Granted.NO)

    def scope(self, dialect: Dialect) -> EnvironmentScope | None:
        """Give the environment of the caller as the outermost scope of the callee."""
        environment = self.environment
        if environment is None:
            return None
        return EnvironmentScope(
            index=0,
            parent=None,
            dialect=dialect.name,
            process=False,
            title="caller",
            location=self.place,
            variables=tuple(one for variants in environment.variables.values() for one in variants),
            roles=environment.roles,
            mounts=environment.mounts,
            opaque=environment.opaque,
            branches=environment.branches,
            supplemented=environment.supplemented,
        )


@dataclass(frozen=True, slots=True)
class Callee:
    """A document that is called: its root, its dialect, and a reading of its own."""

    root: Node
    dialect: Dialect
    reading: Reading


def find_callee(name: str, form: CalleeForm, reading: Reading) -> Callee | None:
    """Give the document that a name means, or None for one that is not of the project, or not there."""
    if not name.startswith(form.local) or len(reading.calls) >= _MAXIMUM_CALLS:
        return None
    for candidate in _candidates(name, form, reading):
        opened = open_neighbour(candidate, reading) if _matters(candidate, reading) else None
        for document in opened.documents if opened is not None else ():
            dialect = dialect_of(document.root, candidate, reading.deployments)
            if opened is None or dialect is None or document.root is None:
                continue
            if form_of(document.root, dialect) is not None:
                reading.calls.append(opened.reading.location(document.root.extent))
                return Callee(document.root, dialect, opened.reading.again())
    return None


def _candidates(name: str, form: CalleeForm, reading: Reading) -> list[str]:
    """Give the paths of the files that a name may mean."""
    path = from_root(name.removeprefix(form.local), reading)
    return [f"{path}/{file}" for file in form.files] or [path]


def _is_read(name: str, form: CalleeForm, reading: Reading) -> bool:
    """Tell whether a file of the project is read where an action is named so."""
    return name.startswith(form.local) and any(_matters(path, reading) for path in _candidates(name, form, reading))


def _matters(path: str, reading: Reading) -> bool:
    """Tell whether a file names anything of the catalogue, or sets variables for later steps; others need no reader."""
    if path in reading.opened:
        return True
    files = frozenset(one.environment_file for one in reading.deployments.known if one.environment_file)
    return _names_something(neighbour_text(path, reading) or "", files)


@functools.lru_cache(maxsize=64)
def _names_something(text: str, files: frozenset[str]) -> bool:
    return is_relevant(text.encode("utf-8", "replace")) or any(name in text for name in files)


def given_inputs(
    callee: Callee,
    form: CalleeForm,
    given: Node | None,
    dialect: Dialect,
    environment: Environment,
    outputs: Outputs,
    reading: Reading,
) -> dict[str, Input]:
    """Give the inputs that a document declares as its caller fills them: what is not given has its default, or none."""
    found: dict[str, Input] = {}
    for placed in entries(given):
        read = read_input(placed, None, dialect, environment, outputs, reading)
        if read is not None:
            found[placed.entry.key.text.lower()] = read
    for reached in reach(callee.root, form.declared):
        name = reached.key.lower()
        default = scalar(value_at(reached.node, "default"))
        if name in found or reached.entry is None:
            continue
        place = callee.reading.location(reached.entry.key.extent)
        if default is None or default.is_null():
            found[name] = Input(Blank(), place, "")
        else:
            found[name] = Input(origin_of(default, callee.dialect), place, default.text)
    return found


def called_outputs(callee: Callee, form: CalleeForm, known: Outputs) -> Iterator[tuple[str, Origin]]:
    """Give the outputs of a document that its steps have set."""
    for reached in reach(callee.root, form.outputs) if form.outputs else ():
        value = scalar(value_at(reached.node, "value"))
        output = step_output(origin_of(value, callee.dialect), callee.dialect) if value is not None else None
        if output in known:
            yield reached.key, known[output]


def take_facts(called: Callee, calling: Calling, reading: Reading, title: str) -> None:
    """Make facts of the caller what its callee has found by what it was handed."""
    own, callee = reading.path, called.reading
    begin = callee.location(Extent(called.root.extent.start, called.root.extent.start))
    for client in callee.found.clients.values():
        if _is_of_caller(client, own):
            reading.add_client(client if client.location.path == own else _called(client, calling))
    for key, request in callee.found.requests.items():
        places = [one.location for one in request.durations] + [request.chained]
        if any(place is not None and place.path == own for place in places):
            reading.found.requests.setdefault(key, _called(request, calling))
    for place, exposure in callee.found.exposures.items():
        if exposure.origin.path == own:
            reading.found.exposures.setdefault(place, _called(exposure, calling))
    for (place, kind), gap in callee.found.gaps.items():
        if calling.granted is Granted.NO and gap.other is None:
            there = begin if place.path == own else place
            found = replace(gap, title=f"{gap.title} of {title}", location=calling.place, other=there)
            reading.found.gaps.setdefault((calling.place, kind), found)


def _is_of_caller(client: Client, own: str) -> bool:
    for alternative in client.credentials.alternatives:
        for part in alternative.parts():
            if part.location is not None and part.location.path == own:
                return True
            if isinstance(part.origin, ResponseField) and part.origin.request.path == own:
                return True
    return False


def _called(fact: _Fact, calling: Calling) -> _Fact:
    return replace(fact, calls=(calling.place, *fact.calls))
