"""Which jobs of a called file the inputs of its caller can reach: others tell the caller nothing, and are not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployments import CalleeForm, Dialect
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Node, entries, meets, reach, value_at
from credlint.extract.deployment.uses import used_action
from credlint.model.patterns import pattern

# What shows that an expression asks for an input and does not take it: `!inputs.x`, `inputs.x == y`, `inputs.x && y`.
_REFUSED = pattern(r"!\s*[\w.]*$")
_ASKED = pattern(r"(?:['\"]\])?\s*(?:[=!]=|&&)")
_BEFORE = 60
# `inputs.x`, `inputs['x']`
_OF_A_CONTEXT = {".", "'", '"'}


class Handing:
    """The names by which one document meets the inputs that it is handed, and those of variables that hold them.

    `given` are the inputs that the caller gives, in lower case. `is_read` tells whether a file of the project is read
    where an action names it, `refused` that the caller does not grant the permission.
    """

    def __init__(
        self,
        given: Iterable[str],
        root: Node,
        dialect: Dialect,
        reading: Reading,
        is_read: Callable[[str, CalleeForm, Reading], bool],
        *,
        refused: bool,
    ) -> None:
        self._root = root
        self._dialect = dialect
        self._reading = reading
        self._is_read = is_read
        self._refused = refused
        self._inputs = frozenset(given) - self._switches()
        self._variables: list[str] = []
        self._jobs: list[str] = []  # how expressions name the jobs that were reached

    def _switches(self) -> frozenset[str]:
        calls = self._dialect.calls
        if calls is None or not calls.switches:
            return frozenset()
        declared = reach(self._root, calls.declared)
        return frozenset(one.key.lower() for one in declared if meets(one.node, calls.switches))

    def follow(self, node: Node, shape: Shape) -> None:
        """Take the variables that a node sets for everything inside it."""
        maps = (at.node for source in shape.environment for at in reach(node, source.at))
        for placed in (one for each in maps for one in entries(each)):
            if self._is_told(self._reading.places.raw(placed.entry.extent)):
                self._variables.append(placed.entry.key.text)

    def reaches(self, node: Node, shape: Shape, key: str) -> bool:
        """Tell whether a job may take what was handed on, by itself or from one before it, or lack what was refused."""
        text = self._reading.places.raw(node.extent)
        reached = (
            self._is_told(text)
            or any(job in text for job in self._jobs)
            or any(name in text or self._is_implied(name) for name in self._variables)
            or ((self._refused or bool(self._variables)) and self._runs_others(node, shape))
        )
        if reached and self._dialect.job_output:
            self._jobs.append(self._dialect.job_output.partition("*")[0] + key)
        return reached

    def _is_told(self, text: str) -> bool:
        """Tell whether a text takes the value of an input."""
        lower = text.lower()
        return any(_is_taken(lower, at, name) for name in self._inputs for at in _places(lower, name))

    def _is_implied(self, name: str) -> bool:
        """Tell whether SDKs or actions take a variable without being told to."""
        actions = self._reading.deployments.actions.values()
        by_actions = (variable for action in actions for _, variable in action.variables)
        return self._reading.catalogue.variable(name) is not None or name in by_actions

    def _runs_others(self, node: Node, shape: Shape) -> bool:
        """Tell whether a job runs files of the project, which find what is around it unnamed, or a known action."""
        local, calls = self._dialect.local_actions, self._dialect.calls
        if calls is not None and value_at(node, calls.uses) is not None:
            return True
        for child in shape.children:
            action = self._dialect.shape(child.shape).action
            for step in reach(node, child.at) if action else ():
                used = used_action(step.node, action, self._root) if action else None
                if used is not None and local is not None and self._is_read(used.name, local, self._reading):
                    return True
                if used is not None and self._reading.deployments.action(used.name.lower()) is not None:
                    return True
        return False


def _places(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


def _is_taken(text: str, at: int, name: str) -> bool:
    behind = at + len(name)
    if text[at - 1 : at] not in _OF_A_CONTEXT:
        return False
    return not _ASKED.match(text, behind) and not _REFUSED.search(text[max(at - _BEFORE, 0) : at])
