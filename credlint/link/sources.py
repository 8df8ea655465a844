"""Which source each SDK takes in a process: its provider chain simulated over the effective environment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Protocol

from credlint.catalogue.chains import Chain
from credlint.catalogue.load_chains import load_chains
from credlint.catalogue.platforms import Platform, load_platforms
from credlint.catalogue.types import Catalogue
from credlint.credentials.chains import simulate
from credlint.credentials.effective import Environment
from credlint.link.chain_environments import (
    Process,
    World,
    chain_environment,
    file_variables,
    named_files,
    names_of,
    shown_profiles,
    worlds,
)
from credlint.link.objects import Find
from credlint.link.source_files import seen_files
from credlint.link.source_words import Teller, role_words
from credlint.model.chains import OPAQUE, UNKNOWN_FILE, ChainFile, ChainSection, SourceKind, literal
from credlint.model.environments import Variable
from credlint.model.globs import fits
from credlint.model.profiles import ProfileText
from credlint.model.records import dataclass, replace
from credlint.model.sources import SdkAnswer, Source, SourceForm, SourceWorld
from credlint.model.span import Location
from credlint.model.units import ProcessUnit
from credlint.model.values import Cloud, Role
from credlint.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class SdkChain:
    """A chain, the cloud that it is of, and the variables that it looks at."""

    chain: Chain
    cloud: Cloud
    names: frozenset[str]

    @property
    def is_default(self) -> bool:
        """Tell whether it goes on to the machine's role: the chain of an SDK, not a provider that code must name."""
        return any(provider.kind is SourceKind.INSTANCE for provider in self.chain.providers)


def sdk_chains(catalogue: Catalogue, wanted: Iterable[str] | None = None) -> tuple[SdkChain, ...]:
    """Give the chains of some SDKs, or of all."""
    chains = load_chains()
    return tuple(_of(chains[sdk], catalogue) for sdk in (chains if wanted is None else wanted))


def _of(chain: Chain, catalogue: Catalogue) -> SdkChain:
    names = names_of(chain)
    known = (catalogue.variable(name) for name in sorted(names))
    return SdkChain(chain, next((one.cloud for one in known if one is not None), Cloud.S3_COMPATIBLE), names)


@dataclass(frozen=True, slots=True)
class Run:
    """What of the run a process looks at: objects by name, the first lines of chunks by path, written profiles."""

    find: Find
    chunks: Mapping[str, tuple[int, ...]]
    texts: tuple[ProfileText, ...]
    catalogue: Catalogue

    def line(self, place: Location) -> int:
        """Give the 1-based line of a place, 0 in a file that is none of the run."""
        chunks = self.chunks.get(place.path)
        return 0 if chunks is None else chunks[place.span.chunk] + place.span.line


class Simulated(Protocol):
    """Gives what some SDKs, by their short names, or all do in a process.

    In brief, what a profile holds that no file shows is only supposed: that leaves out what is most of the work.
    """

    def __call__(self, wanted: Iterable[str] | None = None, *, brief: bool = False) -> tuple[SourceWorld, ...]:
        """Give a world for each choice of arms."""


def simulated_worlds(
    unit: ProcessUnit,
    environment: Environment,
    run: Run,
    wanted: Iterable[str] | None = None,
    *,
    brief: bool = False,
) -> tuple[SourceWorld, ...]:
    """Give what SDKs do in each world of a process."""
    chains = sdk_chains(run.catalogue, wanted)
    for one in unit.scope.scripted:
        environment.variables.setdefault(one.name, (one,))
    files = named_files(environment, (one.chain for one in chains))
    scope, account = unit.scope, unit.scope.service_account
    brought = [one for one in scope.imports if one.variables is None]
    lost = (one for one in brought if not run.find(one.resource, one.name, scope))
    elsewhere = "what no file shows" if environment.opaque else "settings of the platform"
    process = Process(
        scope=scope,
        environment=environment,
        roles=unit.roles,
        seen=seen_files(unit, [one.chain for one in chains], files, run.find, run.catalogue),
        line=run.line,
        outside=account is not None and not run.find("serviceaccount", account, scope),
        unseen=next((f"{one.resource} {one.name}" for one in lost), elsewhere),
    )
    own = next((one for one in scope.variables if _is_input(one, run.catalogue)), None)
    if own is not None:
        return (SourceWorld(scope.branches, (_of_action(own, unit, run),)),) if wanted is None else ()
    return tuple(_worlds(process, chains, run.texts, brief=brief))


def _is_input(variable: Variable, catalogue: Catalogue) -> bool:
    """Tell whether a variable is the key id among the inputs of an action, which no SDK reads."""
    known = {family.name for family in catalogue.families}
    return variable.role is Role.KEY_ID and variable.family is not None and variable.family not in known


def _of_action(key: Variable, unit: ProcessUnit, run: Run) -> SdkAnswer:
    """Say what an action does that is given keys: it signs with them, whatever its platform would give it."""
    place = key.key_location
    keys = Source(SourceForm.KEYS, f"keys in {key.name}", place, run.line(place), key.name)
    roles = tuple(
        Source(SourceForm.ROLE, role_words(role.kind), role.location, run.line(role.location))
        for role in unit.scope.roles
        if role.cloud is key.cloud
    )
    verdict = Verdict.AMBIGUOUS if roles else Verdict.CLEAR
    why = "keys that are given are used first" if roles else "nothing else is there"
    return SdkAnswer("action", "the action", key.cloud or Cloud.AWS, verdict, (keys,), (), roles, why)


def _worlds(
    process: Process, chains: Sequence[SdkChain], texts: Sequence[ProfileText], *, brief: bool
) -> Iterator[SourceWorld]:
    """Give what the SDKs that can be meant do in each world of a process."""
    platforms = load_platforms()
    meant = [one for one in chains if _is_meant(one, process)]
    names = frozenset[str]().union(*(one.names for one in meant))
    for world in worlds(process, platforms, names) if meant else ():
        asked = [_Asked(process, world, one, platforms, texts) for one in meant]
        hidden = any(one.hidden for one in asked)
        yield SourceWorld(
            branches=world.branches,
            answers=() if hidden and brief else tuple(one.answer() for one in asked),
            with_keys=tuple(one.supposed(_Supposed.KEYS) for one in asked) if hidden else (),
            with_role=tuple(one.supposed(_Supposed.ROLE) for one in asked) if hidden else (),
            without_profile=tuple(one.supposed(_Supposed.NOTHING) for one in asked) if hidden else (),
            given=tuple(name for name, one in world.variables.items() if _is_given(one, world.given)),
            complete=world.complete,
        )


def _is_given(variable: Variable, given: Sequence[str]) -> bool:
    return variable.role is Role.KEY_ID and (variable.family or "") in given


def _is_meant(one: SdkChain, process: Process) -> bool:
    """Tell whether an SDK can be meant: something of its cloud is there, or for a lone provider of its own."""
    if not one.names.isdisjoint(process.environment.variables):
        return True
    variables = (variable for variants in process.environment.variables.values() for variable in variants)
    paths = {path for _, place in one.chain.files for path in place.paths}
    return one.is_default and (
        any(variable.cloud is one.cloud for variable in variables)
        or any(role.cloud is one.cloud for role in process.roles)
        or not paths.isdisjoint(process.seen.shown)
    )


class _Supposed(Enum):
    """What is supposed of a profile that no file shows."""

    KEYS = "keys"
    ROLE = "role"
    NOTHING = "nothing"


class _Asked:
    """One SDK in one world."""

    def __init__(
        self,
        process: Process,
        world: World,
        sdk: SdkChain,
        platforms: Sequence[Platform],
        texts: Sequence[ProfileText],
    ) -> None:
        self._chain = sdk.chain
        self._environment = chain_environment(process, world, sdk.chain, platforms, sdk.cloud)
        self._teller = Teller(process, world, sdk.chain, sdk.cloud, platforms, texts)
        self._named = self._teller.named_profile()
        image = process.scope.image or ""
        self._proven = any(fits(image, glob) for glob in sdk.chain.images)

    @property
    def hidden(self) -> bool:
        """Tell whether a profile of keys or roles is named that no file shows."""
        shown = shown_profiles(file for _, file in self._environment.files)
        unseen = self._environment.other_files is not None or UNKNOWN_FILE in dict(self._environment.files).values()
        return bool(self._chain.settings) and self._named is not None and self._named not in shown and unseen

    def answer(self) -> SdkAnswer:
        """Give what it does, with what is known."""
        return replace(self._told(), proven=self._proven)

    def _told(self) -> SdkAnswer:
        closed = simulate(replace(self._environment, open=False), self._chain)
        if not self._environment.open:
            return self._teller.tell(closed)
        opened = simulate(self._environment, self._chain)
        return self._teller.tell(opened) if len(opened.outcomes) == 1 else self._teller.tell_open(closed)

    def supposed(self, held: _Supposed) -> SdkAnswer:
        """Give what it does if the profile that is named holds keys, or a role that another signs for, or is nowhere.

        An SDK for which none is named does what it does.
        """
        if not self.hidden:
            return self.answer()
        names = set(file_variables(self._chain))
        variables = tuple(one for one in self._environment.variables if one[0] not in names)
        files = dict(self._environment.files)
        for file, place in self._chain.files:
            prefixed = file in self._chain.prefixed
            files[place.paths[0]] = ChainFile(tuple(self._sections(held, prefixed=prefixed)))
        environment = replace(self._environment, variables=variables, files=tuple(files.items()), open=False)
        return replace(self._teller.tell(simulate(environment, self._chain)), proven=self._proven)

    def _sections(self, held: _Supposed, *, prefixed: bool) -> Iterator[ChainSection]:
        def setting(what: str) -> str:
            return self._chain.setting(what)[0]

        name = self._named or self._chain.default
        keys = ((setting("key_id"), OPAQUE), (setting("secret"), OPAQUE))
        if held is _Supposed.NOTHING:
            return
        if prefixed and held is _Supposed.ROLE:
            header = name if name == self._chain.default else f"{self._chain.prefix} {name}"
            yield ChainSection(header, ((setting("role"), OPAQUE), (setting("source"), literal(_SIGNER))))
        elif not prefixed:
            yield ChainSection(_SIGNER if held is _Supposed.ROLE else name, keys)


_SIGNER = "signer"
"""A profile that signs for another, where one is supposed."""
