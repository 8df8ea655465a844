"""The processes of a document: the action or the scripts that run in a scope, and what these leave for later ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployment_sources import ScriptSource
from credlint.catalogue.deployments import Dialect
from credlint.credentials.effective import Environment, effective, exporters_of
from credlint.extract.deployment.action_inputs import Outputs
from credlint.extract.deployment.actions import Around, Granted, read_action
from credlint.extract.deployment.arguments import note_arguments
from credlint.extract.deployment.called import Callee, Calling
from credlint.extract.deployment.callers import Caller
from credlint.extract.deployment.clients import note_environment_client
from credlint.extract.deployment.file_texts import note_files
from credlint.extract.deployment.other_actions import note_other_action
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.script_left import Left, are_elsewhere, script_scope
from credlint.extract.deployment.script_sources import ScriptTexts
from credlint.extract.deployment.scripts import ScriptReader
from credlint.extract.deployment.tree import Extent, Node, reach, resolve, text_at, text_of
from credlint.extract.deployment.uses import used_action
from credlint.model.environments import EnvironmentImport, EnvironmentScope, RoleBinding
from credlint.model.globs import fits
from credlint.model.records import dataclass, replace
from credlint.model.sinks import EndpointKind
from credlint.model.values import NO_BRANCH, Branches, Cloud

MAXIMUM_SCOPES = 2_000
_SEPARATORS = ("\n", ";", "&")


@dataclass(frozen=True, slots=True)
class Above:
    """What a scope gets from those around it: index, node, key, branches, and whether the permission is granted."""

    index: int | None
    node: Node | None
    key: str
    granted: Granted
    branches: Branches = NO_BRANCH
    beside_local: bool = False
    service_account: str | None = None
    skipped: tuple[str, ...] = ()
    defaults: tuple[Node, ...] = ()
    hosted: bool = False
    misplaced: tuple[RoleBinding, ...] = ()


class ProcessReader:
    """Reads what runs in the scopes of one document, in their order.

    `outputs` hold what steps have set so far.
    """

    def __init__(
        self,
        root: Node,
        dialect: Dialect,
        reading: Reading,
        calling: Calling | None,
        texts: ScriptTexts,
        run: Callable[[Callee, Calling], Outputs],
    ) -> None:
        self._root = root
        self._dialect = dialect
        self._reading = reading
        self._calling = calling
        self._texts = texts
        self._scopes = reading.found.scopes
        self._caller = Caller(root, dialect, reading, calling, run)
        self._endpoints: list[EndpointKind] = []  # where requests of the scripts of the process at hand go
        self._remainders: list[Left] = []  # what they set for the rest of themselves
        self.outputs: Outputs = {}
        self._exporters: list[EnvironmentScope] = []

    def call(self, node: Node, scope: EnvironmentScope, granted: Granted, key: str) -> None:
        """Read the file of the project that runs in the place of a node, if one does."""
        if self._caller.calls_file(node):
            environment = effective(self._scopes, scope.index, _nothing, self._exporters)
            self._caller.file(node, scope, granted, key, environment, self.outputs)

    def read(self, node: Node, shape: Shape, scope: EnvironmentScope, above: Above) -> None:
        """Read the process of a scope; what it is found to have and to leave is put into the scope."""
        flow = f"{self._calling.flow}, {scope.index} {scope.title}" if self._calling else f"{scope.index} {scope.title}"
        self._reading.role_ways = self._role_ways(scope.image or "")
        environment = effective(self._scopes, scope.index, _nothing, self._exporters)
        sink = f"environment of {scope.title}"
        used = used_action(node, shape.action, self._root, above.defaults) if shape.action else None
        if used is not None:
            hosted = above.hosted and above.granted is not Granted.UNKNOWN
            before = partial(self._text_before, node, above)
            around = Around(environment, above.granted, self.outputs, flow, scope.title, hosted, before)
            called = self._caller.action(used, scope, around)
            effect = called or read_action(used, self._dialect, around, self._reading)
            if effect is None or called is not None:
                note_other_action(used, self._dialect, around, self._reading, stored=called is not None)
            if effect is not None:
                scope = replace(
                    scope,
                    variables=(*scope.variables, *effect.inputs),
                    roles=(*scope.roles, *effect.unused_roles),
                    exports=effect.exports,
                    exports_unknown=effect.exports_unknown,
                    role_exports=effect.role_exports,
                )
                name = text_at(node, shape.action.id) if shape.action else None
                self.outputs.update({(name, key): origin for key, origin in effect.outputs} if name else {})
        scope = replace(scope, closed=shape.closed and not scope.injected and not self._may_export(node, shape))
        note_environment_client(
            environment,
            None,
            self._reading,
            sink,
            flow,
            beside_local=scope.beside_local,
            injected=scope.injected,
            closed=scope.closed,
        )
        if not scope.beside_local:  # what is told to a stand-in of the cloud is no secret
            note_arguments(node, shape, self._dialect, scope.title, self._reading)
        self._endpoints, self._remainders = [], []
        for source in shape.scripts:
            scope = self._scripts(node, source, shape, scope, environment, flow)
        scope = replace(scope, elsewhere=are_elsewhere(self._endpoints))
        note_files(node, shape, scope, self._dialect, self.outputs, self._reading)
        self._reading.role_ways = {}
        self._scopes[scope.index] = scope
        self._exporters += exporters_of([scope])
        for left in self._remainders:
            if len(self._scopes) < MAXIMUM_SCOPES:
                self._scopes.append(script_scope(scope, left, len(self._scopes)))

    def _text_before(self, node: Node, above: Above) -> str:
        """Give what stands in the enclosing node before a step, and before what called this document."""
        before = self._calling.before() if self._calling else ""
        return before + self._text_beside(node, above)

    def _text_beside(self, node: Node, above: Above) -> str:
        holder = resolve(above.node) if above.node is not None else None
        if holder is None or holder.extent.start > node.extent.start:
            return ""  # a step from elsewhere, by its alias
        return self._reading.places.raw(Extent(holder.extent.start, node.extent.start))

    def _role_ways(self, image: str) -> dict[Cloud, str]:
        return {
            one.cloud: one.way
            for one in self._dialect.role_ways
            if not one.images or any(fits(image, glob) for glob in one.images)
        }

    def _may_export(self, node: Node, shape: Shape) -> bool:
        """Tell whether a script of more than one command runs, which may set variables before the program starts."""
        texts = (text for source in shape.scripts for text, _ in self._texts.of_shell(node, source))
        return any(separator in text for text in texts for separator in _SEPARATORS)

    def _scripts(
        self,
        node: Node,
        source: ScriptSource,
        shape: Shape,
        scope: EnvironmentScope,
        environment: Environment,
        flow: str,
    ) -> EnvironmentScope:
        for text, text_map in self._texts.of_powershell(node, source):
            from credlint.extract.deployment.power_scripts import PowerScriptReader

            power = PowerScriptReader(text, text_map, environment, self._dialect, self._reading, scope.title, flow)
            power.run()
            scope = replace(scope, exports=(*scope.exports, *power.exports))
        for text, text_map in self._texts.of_shell(node, source):
            reader = ScriptReader(
                text, text_map, environment, dict(self.outputs), self._dialect, self._reading, scope.title, flow,
                frozenset(filter(None, (text_of(one.node) for one in reach(node, shape.dotenv)))) if shape.dotenv
                else frozenset(),
            )  # fmt: skip
            reader.run()
            exports = tuple(replace(one, branches=one.branches | scope.branches) for one in reader.exports)
            scope = replace(
                scope,
                exports=(*scope.exports, *exports),
                exports_unknown=scope.exports_unknown or reader.written.unknown,
                scripted=(*scope.scripted, *reader.identity_variables()),
                profiles_written=(*scope.profiles_written, *reader.profiles_written),
            )
            self._endpoints += reader.remainder.endpoints
            self._remainders += reader.remainder.environments()
            name = text_at(node, shape.action.id) if shape.action else None
            if name:
                self.outputs.update({(name, key): origin for key, origin in reader.outputs.items()})
        return scope


def _nothing(wanted: EnvironmentImport) -> None:
    """Within one file nothing tells what an import brings."""
