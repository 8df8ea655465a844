"""Processes around which nothing has to do with credentials: no check has anything to say of them."""

from __future__ import annotations

from collections.abc import Sequence

from credlint.catalogue.types import Catalogue
from credlint.credentials.effective import left_by
from credlint.model.environments import EnvironmentScope, Variable


class BareScopes:
    """Tells of the scopes of one file which are bare; what stands around many is looked at once."""

    def __init__(
        self, scopes: Sequence[EnvironmentScope], exporters: Sequence[EnvironmentScope], catalogue: Catalogue
    ) -> None:
        self._scopes = scopes
        self._endpoints = frozenset(name for form in catalogue.endpoint_forms for name in form.variables)
        self._exporters = [one for one in exporters if self._leaves_something(one)]
        self._known: dict[int, bool] = {}

    def is_bare(self, scope: EnvironmentScope) -> bool:
        """Tell whether nothing here or around gives a process credentials, a part of them, or a role."""
        return self._gives_nothing(scope) and not any(left_by(self._exporters, scope))

    def _gives_nothing(self, scope: EnvironmentScope) -> bool:
        if scope.index not in self._known:
            above = scope.parent is None or self._gives_nothing(self._scopes[scope.parent])
            self._known[scope.index] = above and self._is_plain(scope)
        return self._known[scope.index]

    def _is_plain(self, scope: EnvironmentScope) -> bool:
        given = (
            scope.imports, scope.roles, scope.mounts, scope.misplaced, scope.scripted, scope.service_account,
            scope.script, scope.unpinned,
        )  # fmt: skip
        return not (any(given) or self._leaves_something(scope) or any(map(self._matters, scope.variables))) and not (
            scope.reserved and any(one.name in scope.reserved for one in scope.variables)
        )

    def _leaves_something(self, scope: EnvironmentScope) -> bool:
        return bool(scope.role_exports or scope.profiles_written or any(map(self._matters, scope.exports)))

    def _matters(self, variable: Variable) -> bool:
        return bool(variable.role or variable.family) or variable.name in self._endpoints
