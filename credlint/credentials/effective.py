"""The environment in effect of a process: scopes merged as their platform merges them, then split into credential sets.

Where variables stand in arms of a template or of steps, each consistent choice of arms is a world; alternatives are
what the worlds have. No parser: the linker uses it too, with what other files say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, product

from credlint.catalogue.grammar import Grammar
from credlint.catalogue.types import Catalogue, Family
from credlint.credentials.grammar import endpoint_kind
from credlint.model.environments import EnvironmentImport, EnvironmentScope, Mount, RoleBinding, Variable
from credlint.model.patterns import pattern
from credlint.model.project import Settings
from credlint.model.records import dataclass, field, replace
from credlint.model.sinks import EndpointKind
from credlint.model.values import (
    NO_BRANCH,
    Absent,
    Alternative,
    Blank,
    Branches,
    CredentialSet,
    NoneValue,
    Origin,
    Part,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
    Unknown,
    compatible,
)

_MAXIMUM_WORLDS = 32
_TOKENS = (Role.TOKEN, Role.LEGACY_TOKEN)
_ENDPOINT = "ENDPOINT"
# http://user:pass@minio:9000/x -> minio
_HOST = pattern(
    r"(?:[a-z][a-z0-9+.\-]*://(?:[^/@\s]*@)?|(?=[\w.\-]+:\d))(?P<host>\[[0-9a-f:]+\]|[\w.\-]+)", re.IGNORECASE
)

Resolve = Callable[[EnvironmentImport], Sequence[Variable] | None]
"""Gives the variables of an import, or None where nothing shows them."""


@dataclass(slots=True)
class Environment:
    """Variables in effect per name, the one that wins last; several only when their branches exclude each other."""

    variables: dict[str, tuple[Variable, ...]] = field(default_factory=dict)
    roles: tuple[RoleBinding, ...] = ()
    mounts: tuple[Mount, ...] = ()
    opaque: bool = False
    branches: Branches = NO_BRANCH
    supplemented: bool = False

    def copy(self) -> Environment:
        """Give one of its own with the same variables, over which others can be put."""
        return replace(self, variables=dict(self.variables))

    def overlay(self, variables: Iterable[Variable]) -> None:
        """Put variables over those that are there: the same name is replaced where the new one certainly applies."""
        for variable in variables:
            value = variable.value
            if isinstance(value, Reference) and value.kind is ReferenceKind.ENVIRONMENT:
                for resolved in self._resolved(variable, value):
                    self._put(resolved)
            else:
                self._put(variable)

    def value_of(self, name: str, branches: Branches = NO_BRANCH) -> Origin:
        """Give what a variable holds under some arms; Unknown where it is not there or the arms do not decide."""
        found = [one for one in self.variables.get(name, ()) if compatible(one.branches, branches)]
        if found and found[-1].branches <= (branches | self.branches):
            return found[-1].value
        return Unknown("variable of the environment", f"env {name}")

    def _put(self, variable: Variable) -> None:
        before = self.variables.get(variable.name)
        if before is None:
            self.variables[variable.name] = (variable,)
            return
        kept = tuple(one for one in before if not variable.branches <= (one.branches | self.branches))
        self.variables[variable.name] = (*kept, variable)

    def _resolved(self, variable: Variable, reference: Reference) -> list[Variable]:
        """Replace a reference to another variable of the process by what that one holds."""
        name = reference.name
        targets = [one for one in self.variables.get(name, ()) if compatible(one.branches, variable.branches)]
        if not targets:
            settings = Reference(ReferenceKind.CI_VARIABLE, reference.field or name)
            unknown = Unknown("variable of the environment", f"env {name}")
            return [replace(variable, value=settings if self.supplemented else unknown)]
        return [
            replace(variable, value=one.value, plain=one.plain, branches=one.branches | variable.branches)
            for one in targets
        ]


def effective(
    scopes: Sequence[EnvironmentScope],
    index: int,
    resolve: Resolve,
    exporters: Sequence[EnvironmentScope] | None = None,
) -> Environment:
    """Merge the scopes that lead to a process: outer before inner, imports before variables, exports of siblings.

    `exporters` are the scopes that leave something for later siblings; None looks for them among all.
    """
    process = step_of(scopes, scopes[index]).index
    environment = Environment(branches=scopes[index].branches)
    chain: list[EnvironmentScope] = []
    at: int | None = index
    while at is not None:
        chain.append(scopes[at])
        at = scopes[at].parent
    for scope in reversed(chain):
        if scope.index == process and not scope.exports_last:
            _take_exports(environment, scopes if exporters is None else exporters, scope)
        environment.opaque = environment.opaque or scope.opaque
        environment.supplemented = environment.supplemented or scope.supplemented
        for wanted in scope.imports:
            found = wanted.variables if wanted.variables is not None else resolve(wanted)
            if found is None:
                environment.opaque = True
            else:
                environment.overlay(_renamed(found, wanted))
        environment.overlay(scope.variables)
        environment.roles += scope.roles
        environment.mounts += scope.mounts
        if scope.index == process and scope.exports_last:
            _take_exports(environment, scopes if exporters is None else exporters, scope)
    return environment


def step_of(scopes: Sequence[EnvironmentScope], scope: EnvironmentScope) -> EnvironmentScope:
    """Give the scope whose script makes an environment for the rest of itself; any other scope is its own."""
    return scopes[scope.parent] if scope.script and scope.parent is not None else scope


def exporters_of(scopes: Sequence[EnvironmentScope]) -> tuple[EnvironmentScope, ...]:
    """Give the scopes that leave variables, roles or profiles for later siblings."""
    return tuple(
        scope
        for scope in scopes
        if scope.exports or scope.role_exports or scope.exports_unknown or scope.profiles_written
    )


def left_by(exporters: Sequence[EnvironmentScope], scope: EnvironmentScope) -> Iterator[EnvironmentScope]:
    """Give the siblings before a scope that can have run before it."""
    for sibling in exporters:
        before = sibling.parent == scope.parent and sibling.order < scope.order and sibling.parent is not None
        if before and compatible(sibling.branches, scope.branches):
            yield sibling


def _take_exports(environment: Environment, exporters: Sequence[EnvironmentScope], scope: EnvironmentScope) -> None:
    for sibling in left_by(exporters, scope):
        environment.overlay(sibling.exports)
        environment.opaque = environment.opaque or sibling.exports_unknown
        if any(variable.role is Role.KEY_ID for variable in sibling.exports):
            environment.roles += sibling.role_exports  # a role that is left in a file only is nobody's yet


def _renamed(variables: Sequence[Variable], wanted: EnvironmentImport) -> Iterable[Variable]:
    for variable in variables:
        yield replace(variable, name=wanted.prefix + variable.name, branches=variable.branches | wanted.branches)


def credential_sets(environment: Environment, catalogue: Catalogue) -> tuple[tuple[str, CredentialSet], ...]:
    """Give the credential set of every family of variables of which a key id or a secret is there."""
    if environment.variables.keys().isdisjoint(catalogue.variables):
        return ()
    found = []
    for family in catalogue.families:
        keys = [name for role in (Role.KEY_ID, Role.SECRET) for name in family.names(role)]
        if any(name in environment.variables for name in keys):
            made = _credential_set(environment, family)
            if made.alternatives:
                found.append((family.name, made))
    return tuple(found)


def _credential_set(environment: Environment, family: Family) -> CredentialSet:
    names = {role: family.names(role) for role in (Role.KEY_ID, Role.SECRET, *_TOKENS, Role.PROFILE)}
    relevant = [one for each in names.values() for name in each for one in environment.variables.get(name, ())]
    worlds, complete = _worlds(relevant, environment.branches)
    alternatives: dict[tuple[object, ...], Alternative] = {}
    for world in worlds:
        key = _part(environment, names[Role.KEY_ID], Role.KEY_ID, world)
        secret = _part(environment, names[Role.SECRET], Role.SECRET, world)
        if key.is_missing() and secret.is_missing():
            continue
        token = _part(environment, tuple(name for role in _TOKENS for name in names[role]), Role.TOKEN, world)
        profile = _part(environment, names[Role.PROFILE], Role.PROFILE, world)
        key, secret, token = _supplemented(environment, (key, secret, token))
        chosen = tuple((part.origin, part.location) for part in (key, secret, token, profile))
        alternatives.setdefault(chosen, Alternative(key, secret, token, profile, world))
    outranked = any(one.outranked for one in relevant)
    return CredentialSet(tuple(alternatives.values()), complete and not outranked)


def _supplemented(environment: Environment, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Make unknown what settings of the platform may add: any part that is absent, but none to an answer of STS."""
    if not environment.supplemented or isinstance(parts[0].origin, ResponseField):
        return parts
    may_be = Unknown("may stand in the settings of the platform")
    return tuple(replace(one, origin=may_be) if isinstance(one.origin, Absent) else one for one in parts)


def _worlds(variables: Sequence[Variable], taken: Branches) -> tuple[list[Branches], bool]:
    """Give the choices of arms that differ for these variables; a decision may go another way than its known arms."""
    arms: dict[int, set[int]] = {}
    for variable in variables:
        for decision, arm in variable.branches:
            arms.setdefault(decision, set()).add(arm)
    fixed = dict(taken)
    choices = [
        [(decision, fixed[decision])] if decision in fixed else [(decision, arm) for arm in (*sorted(known), -1)]
        for decision, known in arms.items()
    ]
    worlds = [frozenset(choice) for choice in islice(product(*choices), _MAXIMUM_WORLDS + 1)]
    return worlds[:_MAXIMUM_WORLDS], len(worlds) <= _MAXIMUM_WORLDS


def _part(environment: Environment, names: Sequence[str], role: Role, world: Branches) -> Part:
    """Give the part in a world: the last variable whose arms are taken, of the first name that has one."""
    elsewhere = False
    missing: Part | None = None
    for name in names:
        variants = environment.variables.get(name, ())
        taken = [one for one in variants if one.branches <= (world | environment.branches)]
        if taken:
            part = taken[-1].part(role)
            if not part.is_missing():
                return part
            missing = missing or part
        elsewhere = elsewhere or bool(variants)
    if missing is not None:
        return missing
    if elsewhere:
        return Part(role, Unknown("given in some arms only"), names[0], None)
    if environment.opaque:
        return Part(role, Unknown("may come from elsewhere"), names[0] if names else "", None)
    return Part(role, Absent(), names[0] if names else "", None)


def environment_endpoint(
    environment: Environment, grammar: Grammar, settings: Settings, *, beside_local: bool
) -> EndpointKind:
    """Tell where requests of the process go, by the SDK's own variables first, then by what is called an endpoint."""
    named = EndpointKind.ABSENT
    for variants in environment.variables.values():
        variable = variants[-1]
        if variable.role is Role.ENDPOINT:
            return _host_kind(variable, grammar, settings)
        if _ENDPOINT in variable.name.upper() and variable.plain:
            kind = _host_kind(variable, grammar, settings)
            named = kind if kind in {EndpointKind.LOCAL, EndpointKind.OTHER} else named
    return EndpointKind.OTHER if named is EndpointKind.ABSENT and beside_local else named


def _host_kind(variable: Variable, grammar: Grammar, settings: Settings) -> EndpointKind:
    if isinstance(variable.value, Blank | NoneValue):
        return EndpointKind.ABSENT
    return address_kind(variable.plain or "", grammar, settings)


def address_kind(text: str, grammar: Grammar, settings: Settings) -> EndpointKind:
    """Tell where an address goes; UNKNOWN for a text that names no host."""
    return endpoint_kind((host_of(text) or "").strip("[]"), grammar, settings)


def host_of(text: str) -> str | None:
    """Give the host of a URL or of `host:port` in lower case, or None where the text names none."""
    found = _HOST.match(text.strip())
    return found["host"].lower() if found else None
