"""Which provider of credentials an SDK takes in one environment: its chain asked in every world that may be.

Pure: what is known of the SDKs is data in rules/chains. Compared with the SDKs themselves by the oracle tests.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import cast

from credlint.catalogue.chains import Chain, ChainProvider
from credlint.credentials.chains.lenient_profiles import profile
from credlint.credentials.chains.role_profiles import file_keys, login, process, role_profile, single_sign_on
from credlint.credentials.chains.search import Ask, Search
from credlint.credentials.chains.sources import address, container, instance, key_file, variables, web_identity
from credlint.credentials.chains.typed_profiles import typed_profile
from credlint.credentials.chains.worlds import World, worlds
from credlint.model.chains import Answer, ChainEnvironment, ChainResult, Outcome, SourceKind
from credlint.model.records import replace
from credlint.model.verdict import Verdict

__all__ = ["simulate"]

_MAXIMUM_STARTS = 16
_MAXIMUM = 64
_ALIKE = frozenset(
    {SourceKind.VARIABLES, SourceKind.KEY_FILE, SourceKind.CONTAINER, SourceKind.INSTANCE, SourceKind.ADDRESS}
)
"""Providers that answer alike whichever the profile is."""
_Ends = dict[tuple[str, Answer, str, str], Outcome]
_TABLE: Mapping[SourceKind, Ask] = {
    SourceKind.VARIABLES: variables,
    SourceKind.ROLE_PROFILE: role_profile,
    SourceKind.WEB_IDENTITY: web_identity,
    SourceKind.SINGLE_SIGN_ON: single_sign_on,
    SourceKind.LOGIN: login,
    SourceKind.PROCESS: process,
    SourceKind.FILE_KEYS: file_keys,
    SourceKind.KEY_FILE: key_file,
    SourceKind.CONTAINER: container,
    SourceKind.INSTANCE: instance,
    SourceKind.PROFILE: profile,
    SourceKind.TYPED_PROFILE: typed_profile,
    SourceKind.ADDRESS: address,
}


class _Found:
    """What a chain may come to: its ends, what each provider answers on its own, and what was asked for them."""

    def __init__(self, chain: Chain) -> None:
        self.ends: _Ends = {}
        self.alone: dict[str, _Ends] = {one.name: {} for one in chain.providers}
        self.asked: dict[str, None] = {}

    def take(self, answers: Iterable[Outcome], *, reached: bool) -> bool:
        """Take what a provider may answer, `reached` or not; tell whether the search may go on."""
        passes = False
        for answer in answers:
            _merge(self.alone[answer.provider], answer)
            if answer.answer is Answer.NO:
                passes = reached
            elif reached:
                _merge(self.ends, answer)
        return passes


@functools.lru_cache(maxsize=4096)
def simulate(environment: ChainEnvironment, chain: Chain) -> ChainResult:
    """Tell what the chain of an SDK comes to in an environment."""
    found = _find(environment, chain)
    order = ["", *found.alone]

    def place(end: Outcome) -> tuple[bool, int, bool]:
        return end.answer is Answer.NO, order.index(end.provider), end.answer is Answer.STOP

    outcomes = tuple(sorted(found.ends.values(), key=place))
    providers = tuple(map(_as_one, found.alone.values()))
    taken = {one.provider for one in outcomes}
    shadowed = tuple(one for one in providers if one.answer in {Answer.YES, Answer.MAYBE} and one.provider not in taken)
    last = {one.name for one in chain.providers if one.last}
    rivals = tuple(
        one for one in shadowed if one.answer is Answer.YES and one.provider not in last and _rivals(one, outcomes)
    )
    return ChainResult(
        sdk=chain.sdk,
        title=chain.title,
        read=chain.read,
        outcomes=outcomes,
        providers=providers,
        shadowed=shadowed,
        rivals=rivals,
        unknowns=tuple(found.asked) if len(outcomes) > 1 else (),
        verdict=_verdict(environment, outcomes, rivals),
    )


def _find(environment: ChainEnvironment, chain: Chain) -> _Found:
    """Ask all providers in order, after each start that the search may have."""
    found = _Found(chain)
    for number, world in enumerate(worlds(environment)):
        search = Search(world, chain, _TABLE)
        stop = search.start() if number < _MAXIMUM_STARTS else Outcome("", Answer.STOP)
        found.asked.update(dict.fromkeys(world.asked))
        if stop is not None:
            _merge(found.ends, stop)
        reached = stop is None or number == _MAXIMUM_STARTS
        for provider in chain.providers:
            answers, asked = (
                _answers(environment, provider, search) if number < _MAXIMUM_STARTS else (_anything(provider), {})
            )
            found.asked.update(asked if reached else {})
            reached = found.take(answers, reached=reached)
        if reached:
            _merge(found.ends, search.nothing())
        if number == _MAXIMUM_STARTS:
            break
    return found


def _answers(
    environment: ChainEnvironment, provider: ChainProvider, search: Search
) -> tuple[list[Outcome], dict[str, None]]:
    """Give all that a provider may answer after a start, each provider by itself, and what was asked for it.

    What two of them ask is not held together: that would take a world for each pair of answers. Where there are too
    many worlds, it may answer anything.
    """
    start = search.world
    key = ("answers", provider.name, search.named, search.in_code, () if provider.kind in _ALIKE else start.chosen)
    if key not in start.memory:
        start.memory[key] = _all_answers(environment, search.chain, provider, start)
    return cast("tuple[list[Outcome], dict[str, None]]", start.memory[key])


def _all_answers(
    environment: ChainEnvironment, chain: Chain, provider: ChainProvider, start: World
) -> tuple[list[Outcome], dict[str, None]]:
    found = []
    asked: dict[str, None] = {}
    for world in islice(worlds(environment, start), _MAXIMUM):
        search = Search(world, chain, _TABLE)
        search.start()
        found.append(search.ask(provider))
        asked.update(dict.fromkeys(world.asked))
    return found + (_anything(provider) if len(found) == _MAXIMUM else []), asked


def _anything(provider: ChainProvider) -> list[Outcome]:
    return [Outcome(provider.name, answer, provider.kind) for answer in (Answer.NO, Answer.YES, Answer.STOP)]


def _as_one(found: _Ends) -> Outcome:
    """Give the answers of a provider as one: MAYBE where they differ."""
    shown = next((one for one in found.values() if one.answer is not Answer.NO), next(iter(found.values())))
    return shown if len({one.answer for one in found.values()}) == 1 else replace(shown, answer=Answer.MAYBE)


def _merge(ends: _Ends, end: Outcome) -> None:
    key = (end.provider, end.answer, end.profile, end.error)
    before = ends.get(key)
    grounds = (*before.grounds, *end.grounds) if before is not None else end.grounds
    ends[key] = replace(end, grounds=tuple(dict.fromkeys(grounds)))


def _rivals(one: Outcome, outcomes: Sequence[Outcome]) -> bool:
    """Tell whether a shadowed provider stands for another identity than the one that wins, and is not its source."""
    return all(
        not (one.profile and one.profile == end.profile) and not set(one.grounds) <= set(end.grounds)
        for end in outcomes
    )


def _verdict(environment: ChainEnvironment, outcomes: Sequence[Outcome], rivals: Sequence[Outcome]) -> Verdict:
    if all(one.answer is not Answer.YES for one in outcomes):
        return Verdict.BROKEN
    if len(outcomes) == 1:
        return Verdict.AMBIGUOUS if rivals else Verdict.CLEAR
    declared = {name for name, _ in environment.variables}
    grounds = [ground for one in outcomes if one.answer is Answer.YES for ground in one.grounds]
    in_sight = any(ground.file or ground.variable in declared for ground in grounds)
    return Verdict.AMBIGUOUS if in_sight else Verdict.UNKNOWN
