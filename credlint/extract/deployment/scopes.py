"""The scopes of a document: the shapes of its dialect found in the tree, outer before inner, steps in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from credlint.catalogue.deployment_documents import DocumentForm, Rollout
from credlint.catalogue.deployment_shapes import Child, Shape
from credlint.catalogue.deployments import Dialect
from credlint.extract.deployment.action_inputs import Outputs
from credlint.extract.deployment.actions import Granted
from credlint.extract.deployment.bindings import bound_roles, note_limits, without_default
from credlint.extract.deployment.called import Callee, Calling
from credlint.extract.deployment.choices import Choices
from credlint.extract.deployment.clients import is_stand_in
from credlint.extract.deployment.corruptions import note_corruption
from credlint.extract.deployment.dialects import form_of
from credlint.extract.deployment.env_files import HostValues
from credlint.extract.deployment.environments import read_environment, read_mounts
from credlint.extract.deployment.expressions import is_filled, job_key, step_output
from credlint.extract.deployment.functions import node_origin
from credlint.extract.deployment.gaps import misplaced_roles
from credlint.extract.deployment.images import base_image, first_text, profile_files
from credlint.extract.deployment.inheriting import Inheritance, Inherited, imports_of
from credlint.extract.deployment.job_times import note_job_time
from credlint.extract.deployment.opening import beside
from credlint.extract.deployment.permissions import at_the_top, grants
from credlint.extract.deployment.processes import MAXIMUM_SCOPES, Above, ProcessReader
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.repeats import note_repeats
from credlint.extract.deployment.script_sources import ScriptTexts
from credlint.extract.deployment.tree import (
    Node,
    Reached,
    entries,
    meets,
    reach,
    text_at,
    text_of,
    value_at,
)
from credlint.extract.deployment.unseen import may_have_others
from credlint.model.environments import EnvironmentImport, EnvironmentScope, Variable
from credlint.model.globs import fits
from credlint.model.patterns import pattern
from credlint.model.records import replace
from credlint.model.values import NO_BRANCH, Branches, Cloud, Origin, Reference, ReferenceKind, Role, Unknown

_PLACEHOLDER = pattern(r"\{([^{}]+)\}")
_NO_CONDITION = pattern(r"(?:\$\{\{)?\s*(?:always|success|failure|cancelled)\(\)\s*(?:\}\})?|true")


class ScopeReader:
    """Reads the scopes of one document; `calling` tells how another one runs it."""

    def __init__(
        self,
        root: Node,
        dialect: Dialect,
        namespace: str | None,
        reading: Reading,
        calling: Calling | None = None,
    ) -> None:
        self._root = root
        self._calling = calling
        self._handing = calling.handing(root, dialect, reading) if calling else None
        self._dialect = dialect
        self._namespace = namespace
        self._reading = reading
        self._scopes = reading.found.scopes
        self._texts = ScriptTexts(root, reading)
        self._processes = ProcessReader(root, dialect, reading, calling, self._texts, _run)
        self._inheritance = Inheritance(root, dialect, reading)
        self.is_cut = False
        self._unpinned = False
        self._nodes: dict[int, Node] = {}
        self._of_jobs: Outputs = {}
        reading.choices = Choices(root, dialect)
        self._host = HostValues(dialect, reading)

    @property
    def outputs(self) -> Outputs:
        """What the steps have set."""
        return self._processes.outputs

    def read_scopes(self) -> Iterator[tuple[EnvironmentScope, Node]]:
        """Give the scopes that nodes of the document are, with these nodes, outer before inner."""
        return ((self._scopes[index], node) for index, node in self._nodes.items())

    def read(self, form: DocumentForm) -> None:
        """Read everything below the root."""
        calling = self._calling
        top = calling.granted if calling else at_the_top(self._root, self._dialect.permission)
        granted = self._granted(self._root, top)
        roles = tuple(misplaced_roles(self._root, form.misplaced, self._reading))
        outer = calling.scope(self._dialect) if calling else None
        if outer is not None:
            self._scopes.append(outer)
        index = None if outer is None else outer.index
        hosted = calling.hosted if calling else False
        self._unpinned = form.rollout is not None and not self._is_tied(form.rollout)
        self._children(self._root, form.scopes, Above(index, None, "", granted, misplaced=roles, hosted=hosted))

    def _is_tied(self, rollout: Rollout) -> bool:
        """Tell whether a change of a secret starts the processes anew."""
        found = (entry for at in rollout.at for reached in reach(self._root, at) for entry in entries(reached.node))
        return any(fits(one.entry.key.text, glob) for one in found for glob in rollout.keys)

    def _children(self, node: Node, children: tuple[Child, ...], above: Above) -> None:
        order = 0
        for child in children:
            if child.sole and len(entries(value_at(node, child.sole))) > 1:
                continue
            if child.skip:
                names = (text_at(node, child.skip) or "").split(",")
                above = replace(above, skipped=tuple(name.strip() for name in names))
            for reached, arms in self._below(node, child):
                if not _is_meant(reached.node, child):
                    continue
                if len(self._scopes) >= MAXIMUM_SCOPES:
                    self.is_cut = True
                    return
                inside = replace(above, branches=above.branches | arms) if arms else above
                self._scope(reached, self._dialect.shape(child.shape), inside, order)
                order += 1

    def _below(self, node: Node, child: Child) -> Iterator[tuple[Reached, Branches]]:
        """Give the nodes of a child; of two groups that conditions bring in, at most one is taken to be there."""
        decision: int | None = None
        for arm, reached in enumerate(reach(node, child.at)):
            groups = [reach(reached.node, path) for path in child.through]
            inner = [one for group in groups for one in group]
            if not inner:
                yield reached, NO_BRANCH
                continue
            decision = self._reading.conditions.fresh() if decision is None else decision
            for one in inner:
                yield one, frozenset({(decision, arm)})

    def _scope(self, reached: Reached, shape: Shape, above: Above, order: int) -> None:
        node, reading = reached.node, self._reading
        if self._handing is not None and shape.ordered and not self._handing.reaches(node, shape, reached.key):
            return
        branches = above.branches | reading.branches(node.extent) | self._condition(node, shape)
        account = self._account(node, shape, above) if shape.service_account else above.service_account
        if text_at(node, "name") in above.skipped or any(source.parts for source in shape.environment):
            account = None  # a setting with keys of its own is no process that the account is for
        granted = self._granted(node, above.granted)
        default = value_at(node, shape.defaults) if shape.defaults else None
        defaults = above.defaults if default is None else (*above.defaults, default)
        place = reading.location(reached.entry.key.extent if reached.entry else node.extent)
        inherited = self._inheritance.of(node, reached.key, shape, place)
        bases = zip(inherited.nodes, inherited.roots, strict=True)
        self._texts.inherit(node, [base for base, root in bases if root is self._root])
        roles = tuple(bound_roles(node, self._root, shape, place, self._dialect, reading))
        scope = EnvironmentScope(
            index=len(self._scopes),
            parent=above.index,
            dialect=self._dialect.name,
            process=shape.process,
            title=self._title(shape.title, reached, above, order),
            location=place,
            variables=tuple(self._variables(node, shape)),
            roles=roles,
            imports=self._imports(node, shape, inherited),
            mounts=(
                *inherited.mounts,
                *(one for source in shape.mounts for one in read_mounts(node, above.node, source, reading)),
            ),
            order=order,
            service_account=account,
            namespace=self._namespace,
            image=(first_text(node, shape.image) if shape.image else None) or inherited.image,
            opaque=may_have_others(node, self._root, shape, inherited, self._texts, reading)
            or not inherited.seen
            or self._inheritance.is_completed(reached.key, shape),
            branches=branches,
            beside_local=above.beside_local or self._is_beside_local(node, shape, inherited),
            reserved=shape.reserved,
            injected=shape.injected if roles else (),
            supplemented=self._dialect.supplemented,
            exports_last=self._dialect.exports_last,
            web_identity=self._dialect.web_identity,
            test_context=reading.test_context,
            misplaced=above.misplaced if account is not None else (),
            unpinned=self._unpinned,
            code=self._code(node, shape),
        )
        files = profile_files(node, above.node, shape, scope, reading)
        scope = replace(scope, profile_files=files) if files is not scope.profile_files else scope
        if any(one.role is Role.PROFILE for one in scope.variables):
            scope = replace(scope, base=base_image(node, shape, scope.image, reading))
        self._scopes.append(scope)
        self._nodes[scope.index] = node
        note_limits(node, self._root, shape, scope, self._dialect, reading)
        if is_stand_in(scope.image or "", reading.catalogue.grammar.local_hosts):
            reading.own.update(one.location for one in scope.variables if one.cloud is Cloud.S3_COMPATIBLE)
        if shape.process:
            self._processes.read(node, shape, scope, replace(above, granted=granted, defaults=defaults))
        if shape.ordered:
            self._processes.outputs = dict(self._of_jobs)
        self._take_values(node, shape)
        if self._handing is not None:
            self._handing.follow(node, shape)
        self._processes.call(node, scope, granted, reached.key)
        inner = Above(
            scope.index, node, reached.key, granted, branches, scope.beside_local, account, above.skipped, defaults,
            above.hosted or self._is_hosted(node, shape), above.misplaced,
        )  # fmt: skip
        before = tuple(reading.found.requests)
        self._children(node, shape.children, inner)
        self._keep_outputs(node, shape, reached.key)
        if shape.minutes:
            note_job_time(node, shape, scope.title, before, reading)

    # -- parts of a scope

    def _imports(self, node: Node, shape: Shape, inherited: Inherited) -> tuple[EnvironmentImport, ...]:
        own = tuple(imports_of(node, shape, self._dialect, self._reading))
        if not inherited.variables:
            return (*inherited.imports, *own)
        place = inherited.variables[0].key_location
        base = EnvironmentImport("base", "", "", False, place, variables=inherited.variables)
        return (*inherited.imports, *own, base)

    def _variables(self, node: Node, shape: Shape) -> list[Variable]:
        found = []
        for source in shape.environment:
            if self._calling is None:  # what a callee finds by itself it tells when it is read for itself
                note_repeats(node, source, self._dialect, self._reading)
            for variable in read_environment(node, source, self._dialect, self._reading):
                if self._calling is None:
                    note_corruption(variable.name, variable.value, variable.location, self._dialect, self._reading)
                output = step_output(variable.value, self._dialect)
                known = self.outputs.get(output) if output else without_default(variable, self._root, self._dialect)
                known = self._handed(variable) or known
                found.append(self._host.filled(variable if known is None else replace(variable, value=known)))
        return found

    def _handed(self, variable: Variable) -> Origin | None:
        """Give what a caller hands on as the value of a variable."""
        value = variable.value
        if not isinstance(value, Reference) or value.kind is not ReferenceKind.INPUT:
            return None
        given = self._reading.inputs.get(value.name.lower())
        return given.origin if given is not None else None

    def _take_values(self, node: Node, shape: Shape) -> None:
        """Keep what names of a template stand for from here on; of one that is set in two ways it is not known."""
        for placed in (one for at in shape.values for reached in reach(node, at) for one in entries(reached.node)):
            origin = node_origin(placed.entry.value, self._dialect)
            output = step_output(origin, self._dialect)
            origin = self.outputs.get(output, origin) if output else origin
            key = "", placed.entry.key.text
            known = self.outputs.get(key, origin)
            self.outputs[key] = origin if known == origin else Unknown("set in several ways")

    def _keep_outputs(self, node: Node, shape: Shape, key: str) -> None:
        """Keep what a job gives to those that need it, where steps of it are known to have set that."""
        for reached in reach(node, shape.outputs) if shape.outputs else ():
            output = step_output(node_origin(reached.node, self._dialect), self._dialect)
            if output in self.outputs:
                self._of_jobs[job_key(key), reached.key] = self.outputs[output]

    def _account(self, node: Node, shape: Shape, above: Above) -> str | None:
        names = (self._reading.name_at(node, path) for path in shape.service_account.split("|"))
        given = next((name for name in names if name), above.service_account)
        return given or self._dialect.default_service_account or None

    def _is_hosted(self, node: Node, shape: Shape) -> bool:
        name = text_at(node, shape.runner) if shape.runner else None
        return name is not None and any(fits(name, glob) for glob in shape.hosted)

    def _code(self, node: Node, shape: Shape) -> str | None:
        folder = first_text(node, shape.code) if shape.code else None
        return beside(self._reading.path, folder) if folder and not is_filled(folder) else None

    def _condition(self, node: Node, shape: Shape) -> Branches:
        text = text_at(node, shape.condition) if shape.condition else None
        if text is None or _NO_CONDITION.fullmatch(text.strip()):
            return NO_BRANCH
        return self._reading.conditions.true(text)

    def _is_beside_local(self, node: Node, shape: Shape, inherited: Inherited) -> bool:
        if not shape.neighbours:
            return False
        local = self._reading.catalogue.grammar.local_hosts
        for path in shape.neighbours.split("|"):
            starts = (self._root, *inherited.roots) if path.startswith("^") else (node, *inherited.nodes)
            for reached in (one for start in starts for one in reach(start, path.lstrip("^"))):
                if is_stand_in(text_of(reached.node) or "", local):
                    return True
        return False

    def _title(self, form: str, reached: Reached, above: Above, order: int) -> str:
        def filled(found: re.Match[str]) -> str:
            for path in found[1].split("|"):
                if path in {"key", "^^key"}:
                    text: str | None = reached.key if path == "key" else above.key
                else:
                    text = text_at(self._root if path.startswith("^") else reached.node, path.lstrip("^"))
                if text:
                    return text.split("\n")[0][:60]
            return str(order + 1)

        return _PLACEHOLDER.sub(filled, form)

    def _granted(self, node: Node, above: Granted) -> Granted:
        """A callee cannot grant what its caller does not."""
        refused = self._calling is not None and self._calling.granted is Granted.NO
        return above if refused else grants(node, self._dialect.permission, above)


def _is_meant(node: Node, child: Child) -> bool:
    has = not child.has or any(value_at(node, path) is not None for path in child.has)
    return has and meets(node, child.when) and all(value_at(node, path) is None for path in child.lacks)


def _run(callee: Callee, calling: Calling) -> Outputs:
    """Read a document of the project as another one runs it; give the outputs of its steps."""
    form = form_of(callee.root, callee.dialect)
    reader = ScopeReader(callee.root, callee.dialect, None, callee.reading, calling)
    if form is not None:
        reader.read(form)
    return reader.outputs
