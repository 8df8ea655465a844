"""The objects of a run that others refer to by kind and name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from credlint.model.environments import EnvironmentImport, EnvironmentScope, Resource, RoleBinding, RoleKind, Variable
from credlint.model.facts import FileFacts
from credlint.model.values import Reference, ReferenceKind

Find = Callable[[str, str, EnvironmentScope], list[Resource]]
"""Gives the objects of a kind and name that a scope means (`Objects.get`)."""

_RESOURCE_OF = {ReferenceKind.KUBERNETES_SECRET: "secret", ReferenceKind.CONFIG_MAP: "configmap"}


class Objects:
    """The objects of the run by kind and name."""

    def __init__(self, files: Sequence[FileFacts]) -> None:
        self._found: dict[tuple[str, str], list[Resource]] = {}
        for facts in files:
            for resource in facts.resources:
                self._found.setdefault((resource.kind, resource.name), []).append(resource)

    def get(self, kind: str, name: str, scope: EnvironmentScope) -> list[Resource]:
        """Give the objects that a name means for a scope."""
        laid_over = self.named(kind, name, scope.namespace, scope.laid_over_by) if scope.laid_over_by else []
        return laid_over or self.named(kind, name, scope.namespace, scope.location.path)

    def named(self, kind: str, name: str, namespace: str | None, path: str) -> list[Resource]:
        """Give the objects that a name means for something of a namespace, if it states one, in the file of a path.

        A namespace that both sides state joins files anywhere. Without one, only what stands together is applied
        together: the same file, else the same folder, else a folder above or below (overlays of one base, charts and
        clusters beside each other hold objects of equal names that never meet).
        """
        found = self._found.get((kind, name), [])
        if namespace is not None:
            exact = [one for one in found if one.namespace == namespace]
            if exact:
                return exact
        near = [one for one in found if one.namespace is None or namespace is None]
        distances = {id(one): _distance(one.location.path, path) for one in near}
        known = [distance for distance in distances.values() if distance is not None]
        return [one for one in near if known and distances[id(one)] == min(known)]

    def variables(self, wanted: EnvironmentImport, scope: EnvironmentScope) -> Sequence[Variable] | None:
        """Give what an import brings, or None where no file shows it."""
        found = self.get(wanted.resource, wanted.name, scope)
        return found[0].variables if found else None

    def value(self, reference: Reference, scope: EnvironmentScope) -> Variable | None:
        """Give the entry that a reference to a Secret or ConfigMap names."""
        kind = _RESOURCE_OF.get(reference.kind)
        for resource in self.get(kind, reference.name, scope) if kind else ():
            for variable in resource.variables:
                if variable.name == reference.field:
                    return variable
        return None

    def account_roles(self, scope: EnvironmentScope) -> Iterator[RoleBinding]:
        """Give the roles of a ServiceAccount; that of RRSA only where the namespace, if seen, wants its injection."""
        if scope.service_account is None:
            return
        spaces = self._found.get(("namespace", scope.namespace), []) if scope.namespace else []
        injected = not spaces or any(role.kind is RoleKind.RRSA for space in spaces for role in space.roles)
        accounts = self.get("serviceaccount", scope.service_account, scope)
        for account in dict.fromkeys([*accounts, *self._patches(accounts)]):
            yield from (role for role in account.roles if injected or role.kind is not RoleKind.RRSA)

    def _patches(self, objects: Sequence[Resource]) -> Iterator[Resource]:
        """Give what is laid over objects: patches of their name in their folder, or in one above."""
        for one in objects:
            for patch in self._found.get((one.kind, one.name), ()):
                folder = patch.location.path.rpartition("/")[0]
                spaces = {one.namespace, patch.namespace} - {None}
                below = not folder or one.location.path.startswith(f"{folder}/")
                if patch.patch and not one.patch and below and len(spaces) < 2:
                    yield patch


def _distance(one: str, other: str) -> int | None:
    """Give how far two files are apart: 0 the same, then folders up or down; None for folders beside each other."""
    if one == other:
        return 0
    first, second = one.split("/")[:-1], other.split("/")[:-1]
    short, long = sorted((first, second), key=len)
    return 1 + len(long) - len(short) if long[: len(short)] == short else None
