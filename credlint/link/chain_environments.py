"""From the effective environment of a process to what a provider chain is simulated over, world by world.

A world is one choice of arms of templates and conditions. Where a whole pair may be there or not (handed on from the
host, filled in by a template), that is a choice as well: one half of it alone is not what anybody deploys.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import islice, product
from math import prod

from credlint.catalogue.chains import Chain, ChainProvider
from credlint.catalogue.platforms import Gives, Platform
from credlint.credentials.effective import Environment
from credlint.link.source_files import SeenFiles
from credlint.model.chains import (
    ABSENT_FILE,
    BLANK,
    OPAQUE,
    UNKNOWN,
    UNKNOWN_FILE,
    ChainEnvironment,
    ChainFile,
    Fact,
    SourceKind,
    Value,
    literal,
)
from credlint.model.environments import EnvironmentScope, ProfileFiles, RoleBinding, Variable
from credlint.model.records import dataclass, replace
from credlint.model.span import Location
from credlint.model.values import (
    SECRET_ROLES,
    Blank,
    Branches,
    Cloud,
    Literal,
    NoneValue,
    Reference,
    ReferenceKind,
    Role,
    Unknown,
)

_MAXIMUM_WORLDS = 8
_ADDRESSED = frozenset({SourceKind.CONTAINER, SourceKind.ADDRESS})


@dataclass(frozen=True, slots=True)
class Process:
    """What is known of a process: its environment in effect, the roles that it is given, the files that it finds.

    `line` gives the line of a place in its file. `outside` tells that its platform may give it a role that no file of
    the run shows, `unseen` where other variables may come from.
    """

    scope: EnvironmentScope
    environment: Environment
    roles: tuple[RoleBinding, ...]
    seen: SeenFiles
    line: Callable[[Location], int]
    outside: bool = False
    unseen: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """A process where some arms are taken: its variables by name, the roles of it, and those that set a variable.

    `given` are the families of which it is supposed that the pair is there, `complete` tells that no world is left out.
    """

    branches: Branches
    variables: dict[str, Variable]
    roles: tuple[RoleBinding, ...]
    injected: dict[str, tuple[str, RoleBinding]]
    given: tuple[str, ...] = ()
    complete: bool = True


def worlds(process: Process, platforms: Sequence[Platform], names: Container[str]) -> Iterator[World]:
    """Give the worlds of a process, no more than a few; `names` are the variables that matter."""
    every = process.environment.variables.items()
    variables = [one for name, variants in every if name in names for one in variants]
    doubtful = sorted({one.family or "" for one in variables if one.role is Role.KEY_ID and _may_lack(one)})
    taken = process.environment.branches
    arms: dict[int, set[int]] = {}
    tagged = [*(one.branches for one in variables), *(one.branches for one in process.roles)]
    for decision, arm in (pair for branches in tagged for pair in branches - taken):
        arms.setdefault(decision, set()).add(arm)
    choices = [[(decision, arm) for arm in (*sorted(found), -1)] for decision, found in arms.items()]
    complete = prod(map(len, choices)) * 2 ** len(doubtful) <= _MAXIMUM_WORLDS
    for chosen in islice(product(*choices, *([False, True] for _ in doubtful)), _MAXIMUM_WORLDS):
        branches = frozenset(one for one in chosen if isinstance(one, tuple)) | taken
        given = frozenset(name for name, there in zip(doubtful, chosen[len(choices) :], strict=True) if there)
        world = _world(process, branches, frozenset(doubtful) - given, tuple(sorted(given)), platforms)
        yield replace(world, complete=complete)


def _world(
    process: Process, branches: Branches, lacking: frozenset[str], given: tuple[str, ...], platforms: Sequence[Platform]
) -> World:
    variables: dict[str, Variable] = {}
    for name, variants in process.environment.variables.items():
        last = next((one for one in reversed(variants) if one.branches <= branches), None)
        if last is not None and not ((last.family or "") in lacking and last.role in SECRET_ROLES and _may_lack(last)):
            variables[name] = last
    roles = tuple(one for one in process.roles if one.branches <= branches)
    return World(branches, variables, roles, dict(_injected(process.scope, variables, roles, platforms)), given)


def _injected(
    scope: EnvironmentScope, variables: dict[str, Variable], roles: Sequence[RoleBinding], platforms: Sequence[Platform]
) -> Iterator[tuple[str, tuple[str, RoleBinding]]]:
    own = {variable.name for variable in scope.variables}
    there = [(one, role) for role in roles for one in platforms if (one.role, one.cloud) == (role.kind, role.cloud)]
    replaced = {kind for one, _ in there for kind in one.instead_of}
    for platform, role in there:
        names = {name for name, _ in platform.variables}
        if platform.role in replaced or (platform.together and names & own):
            continue
        for name, text in platform.variables:
            # What is brought in from elsewhere gives way to what the platform puts among the container's own.
            if name not in (own if platform.together else variables):
                yield name, (text, role)


def chain_environment(
    process: Process, world: World, chain: Chain, platforms: Sequence[Platform], cloud: Cloud
) -> ChainEnvironment:
    """Give what the chain of one SDK finds.

    Nobody bakes files of credentials into an image, but where a profile is named somebody has.
    """
    kinds = {role.kind for role in world.roles if role.cloud is cloud}
    here = [one for one in platforms if one.role in kinds and one.cloud is cloud]
    bare = any(one.bare for one in here)
    elsewhere = Fact.MAYBE if process.outside and not here else Fact.NO
    instance = Fact.YES if any(one.gives is Gives.INSTANCE for one in here) else Fact.MAYBE
    values = {name: held(one, world.given) for name, one in world.variables.items() if name in names_of(chain)}
    values |= {name: literal(text) if text else OPAQUE for name, (text, _) in world.injected.items()}
    addresses = {name for one in chain.providers if one.kind in _ADDRESSED for name in _names(one)}
    own = (path for one in chain.providers if one.place is not None for path in one.place.paths)
    files: dict[str, ChainFile | None] = dict.fromkeys(own, ABSENT_FILE)
    files |= {path: UNKNOWN_FILE for name in file_variables(chain) if (path := values.get(name, BLANK).text)}
    files |= process.seen.files
    named = [values[name] for name in chain.profile if values.get(name, BLANK) != BLANK]
    shown = shown_profiles(files.values())
    hidden = any(value.text not in shown for value in named)
    none = process.scope.profile_files is ProfileFiles.ABSENT
    return ChainEnvironment(
        variables=tuple(values.items()),
        open=process.environment.opaque or process.environment.supplemented,
        files=tuple(files.items()),
        other_files=UNKNOWN_FILE if hidden and not (bare or none) else ABSENT_FILE,
        home=process.seen.home,
        container_role=elsewhere if addresses.isdisjoint(values) else Fact.YES,
        web_identity=elsewhere,
        instance_metadata=Fact.NO if bare else instance,
        signed_in=Fact.NO,
    )


def shown_profiles(files: Iterable[ChainFile | None]) -> set[str]:
    """Give the names of the profiles in sight, whatever stands before them in their headers."""
    return {section.name.rpartition(" ")[2] for file in files if file is not None for section in file.sections}


def names_of(chain: Chain) -> frozenset[str]:
    """Give every variable that a chain looks at."""
    switches = (one.disabled_by.variable for one in chain.providers if one.disabled_by is not None)
    asked = (name for one in chain.providers for name in _names(one))
    return frozenset((*chain.profile, *file_variables(chain), *switches, *asked))


def _names(provider: ChainProvider) -> Iterator[str]:
    yield from (name for _, names in provider.variables for name in names)
    yield from (name for _, kind in provider.types for _, name in kind.needs if name)


def file_variables(chain: Chain) -> Iterator[str]:
    """Give the variables that name files."""
    places = (*(place for _, place in chain.files), *(one.place for one in chain.providers if one.place is not None))
    yield from (place.variable for place in places if place.variable)


def named_files(environment: Environment, chains: Iterable[Chain]) -> set[str]:
    """Give the paths that variables of a process name."""
    wanted = {name for chain in chains for name in file_variables(chain)}
    found = (one for name in wanted for one in environment.variables.get(name, ()))
    return {one.plain for one in found if one.plain}


def held(variable: Variable, given: Iterable[str] = ()) -> Value:
    """Give what a variable holds; of a secret it is enough that it is there."""
    value = variable.value
    if isinstance(value, Blank | NoneValue):
        return BLANK
    if _may_lack(variable) and (variable.family or "") not in given:
        return UNKNOWN
    return literal(value.text.reveal()) if isinstance(value, Literal) and variable.role not in SECRET_ROLES else OPAQUE


def _may_lack(variable: Variable) -> bool:
    """Tell whether a variable may be empty or not there: what the host has of it, or a template fills in."""
    value = variable.value
    return isinstance(value, Unknown) or (isinstance(value, Reference) and value.kind is ReferenceKind.HOST_VARIABLE)
