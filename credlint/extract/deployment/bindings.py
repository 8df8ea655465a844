"""What a shape declares beside its environment: roles that its platform gives, and limits of sessions."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployment_sources import DurationForm
from credlint.catalogue.deployments import Dialect
from credlint.extract.deployment.durations import duration_of, iso_duration
from credlint.extract.deployment.functions import is_bound, named_node
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.requests import note_request
from credlint.extract.deployment.tree import Node, Scalar, reach, scalar, text_of, value_at
from credlint.model.environments import EnvironmentScope, RoleBinding, Variable
from credlint.model.facts import Duration
from credlint.model.span import Location
from credlint.model.values import CredentialSet, Origin, Reference, ReferenceKind, Unknown

_OFF = frozenset({"false", "False", "no", "off"})


def bound_roles(
    node: Node, root: Node, shape: Shape, place: Location, dialect: Dialect, reading: Reading
) -> Iterator[RoleBinding]:
    """Give the roles of a node: those that its properties bind, and the one that its platform always gives."""
    for source in shape.roles:
        if not source.at:
            yield RoleBinding(source.kind, source.cloud, place, reading.branches(node.extent))
            continue
        start = root if source.at.startswith("^") else node
        path = source.at.removeprefix("^")
        if source.via:
            name = named_node(value_at(node, source.via), dialect)
            path = path.replace("*", name.replace(".", "\\.")) if name else ""
        for reached in reach(start, path) if path else ():
            if text_of(reached.node) in _OFF:
                continue
            if is_bound(reached.node, dialect) and reached.entry is not None:
                at = reading.location(reached.entry.key.extent, reached.entry.extent)
                branches = reading.branches(reached.entry.extent)
                if dialect.defaults:  # what uses the defaults may use some without the others
                    branches |= {(reading.conditions.fresh(), 0)}
                yield RoleBinding(source.kind, source.cloud, at, branches)


def note_limits(
    node: Node, root: Node, shape: Shape, scope: EnvironmentScope, dialect: Dialect, reading: Reading
) -> None:
    """Note the sessions that a node asks for or limits; those of tests are there to be refused."""
    if reading.test_context:
        return
    for source in shape.requests:
        durations = []
        in_seconds = iso_duration if source.form is DurationForm.ISO8601 else duration_of
        for reached in reach(node, source.duration):
            value = scalar(reached.node)
            default = _default_of(reached.node, root, dialect)
            if default is not None:  # what somebody says at deployment is not known
                place = reading.location(reached.node.extent)
                said = Duration(in_seconds(text_of(default)), reading.value_location(default, default.extent))
                durations += [Duration(None, place), said]
            elif value is not None and reached.entry is not None:
                place = reading.value_location(value, reached.entry.extent)
                durations.append(Duration(in_seconds(text_of(value)), place))
        if durations:
            flow = f"{scope.index} {scope.title}"
            note_request(
                source.operation, scope.location, tuple(durations), CredentialSet(), None, flow, reading,
                answers=source.answers,
            )  # fmt: skip


def _default_of(node: Node, root: Node, dialect: Dialect) -> Scalar | None:
    """Give what a parameter of the template is where nobody says anything else; None for other values."""
    name, defaults = named_node(node, dialect), dialect.functions.defaults
    return scalar(value_at(root, defaults.replace("*", name.replace(".", "\\.")))) if name and defaults else None


def without_default(variable: Variable, root: Node, dialect: Dialect) -> Origin | None:
    """Give Unknown for a reference to a parameter of the template that is blank by default, else None."""
    value, defaults = variable.value, dialect.functions.defaults
    if not defaults or not isinstance(value, Reference) or value.kind is not ReferenceKind.TEMPLATE_VALUE:
        return None
    default = scalar(value_at(root, defaults.replace("*", value.name.replace(".", "\\."))))
    return Unknown("parameter that may be blank") if default is not None and not default.text.strip() else None
