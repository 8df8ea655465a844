"""A document that runs others of its project: actions in its steps, files in place of its jobs."""

from __future__ import annotations

from collections.abc import Callable

from credlint.catalogue.deployments import CalleeForm, Dialect
from credlint.credentials.effective import Environment, exporters_of
from credlint.extract.deployment.action_inputs import Outputs
from credlint.extract.deployment.actions import Around, Effect, Granted
from credlint.extract.deployment.called import (
    MAXIMUM_DEPTH,
    Callee,
    Calling,
    called_outputs,
    find_callee,
    given_inputs,
    take_facts,
)
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Node, entries, reach, scalar, value_at
from credlint.extract.deployment.uses import Used
from credlint.model.environments import EnvironmentScope
from credlint.model.records import replace


class Caller:
    """What one document runs; `calling` tells how it is run itself, `run` reads another one and gives its outputs."""

    def __init__(
        self,
        root: Node,
        dialect: Dialect,
        reading: Reading,
        calling: Calling | None,
        run: Callable[[Callee, Calling], Outputs],
    ) -> None:
        self._root = root
        self._dialect = dialect
        self._reading = reading
        self._run = run
        self._depth = calling.depth if calling is not None else 0
        self._jobs: set[int] | None = None  # the nodes in whose place a file may run, by identity

    def action(self, used: Used, scope: EnvironmentScope, around: Around) -> Effect | None:
        """Read an action of the project as a step runs it; None for any other."""
        form = self._dialect.local_actions
        callee = find_callee(used.name, form, self._reading) if form and self._depth < MAXIMUM_DEPTH else None
        if callee is None or form is None:
            return None
        inputs = given_inputs(
            callee, form, used.inputs, self._dialect, around.environment, around.outputs, self._reading
        )
        place = self._reading.value_location(used.scalar)
        calling = Calling(
            inputs,
            around.environment,
            around.granted,
            around.hosted,
            place,
            around.flow,
            self._depth + 1,
            around.before,
        )
        outputs = self._read(callee, calling, used.name)
        left = exporters_of(callee.reading.found.scopes)
        return Effect(
            exports=tuple(
                replace(one, branches=one.branches | scope.branches) for each in left for one in each.exports
            ),
            exports_unknown=any(each.exports_unknown for each in left),
            role_exports=tuple(one for each in left for one in each.role_exports),
            outputs=tuple(called_outputs(callee, form, outputs)),
        )

    def calls_file(self, node: Node) -> bool:
        """Tell whether a file of the project runs in the place of a node."""
        form = self._dialect.calls
        if form is None or not form.inputs or self._depth >= MAXIMUM_DEPTH or value_at(node, form.uses) is None:
            return False
        if self._jobs is None:
            self._jobs = {id(one.node) for one in reach(self._root, form.at)}
        return id(node) in self._jobs

    def file(
        self,
        node: Node,
        scope: EnvironmentScope,
        granted: Granted,
        key: str,
        environment: Environment,
        outputs: Outputs,
    ) -> None:
        """Read the file that runs in the place of a node; it begins with none of the variables around it."""
        form = self._dialect.calls
        uses = scalar(value_at(node, form.uses)) if form is not None else None
        if form is None or uses is None:
            return
        wanted = CalleeForm(form.local, (), form.declared, "")
        callee = find_callee(uses.text, wanted, self._reading)
        if callee is not None:
            given = value_at(node, form.inputs)
            inputs = given_inputs(callee, wanted, given, self._dialect, environment, outputs, self._reading)
            place, flow = self._reading.value_location(uses), f"{scope.index} {scope.title}"
            names = tuple(one.entry.key.text.lower() for one in entries(given))
            calling = Calling(
                inputs, None, granted, hosted=False, place=place, flow=flow, depth=self._depth + 1, given=names
            )
            self._read(callee, calling, f"{uses.text}, which job {key} calls,")

    def _read(self, callee: Callee, calling: Calling, title: str) -> Outputs:
        callee.reading.inputs = calling.inputs
        outputs = self._run(callee, calling)
        take_facts(callee, calling, self._reading, title)
        return outputs
