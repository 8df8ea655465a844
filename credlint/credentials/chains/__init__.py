"""Which provider of credentials an SDK takes in one environment: its chain searched in every world that may be.

Pure: what is known of the SDKs is data in rules/chains. Compared with the SDKs themselves by the oracle tests.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from credlint.catalogue.chains import Chain, ChainProvider
from credlint.credentials.chains.lenient_profiles import profile
from credlint.credentials.chains.role_profiles import file_keys, login, process, role_profile, single_sign_on
from credlint.credentials.chains.search import Ask, Search
from credlint.credentials.chains.sources import address, container, instance, key_file, variables, web_identity
from credlint.credentials.chains.typed_profiles import typed_profile
from credlint.credentials.chains.worlds import worlds
from credlint.model.chains import Answer, ChainEnvironment, ChainResult, Outcome, SourceKind, Verdict

__all__ = ["groups", "simulate"]

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


@functools.lru_cache(maxsize=4096)
def simulate(environment: ChainEnvironment, chain: Chain) -> ChainResult:
    """Tell what the chain of an SDK comes to in an environment."""
    ends: dict[tuple[str, Answer, str, str], Outcome] = {}
    questions: dict[str, None] = {}
    for world in worlds(environment):
        end = Search(world, chain, _TABLE).walk()
        _merge(ends, end)
        questions.update(dict.fromkeys(world.asked))
    order = ["", *(one.name for one in chain.providers)]
    outcomes = tuple(sorted(ends.values(), key=lambda one: (one.answer is Answer.NO, order.index(one.provider))))
    providers = tuple(_alone(environment, chain, one) for one in chain.providers)
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
        unknowns=tuple(questions) if len(outcomes) > 1 else (),
        verdict=_verdict(environment, outcomes, rivals),
    )


def groups(results: Iterable[ChainResult]) -> tuple[tuple[ChainResult, ...], ...]:
    """Give the results by the identity that they come to: more than one group, and the SDKs do not agree."""
    found: dict[object, list[ChainResult]] = {}
    for result in results:
        key = tuple(dict.fromkeys(_identity(outcome) for outcome in result.outcomes))
        found.setdefault(key, []).append(result)
    return tuple(tuple(group) for group in found.values())


def _identity(outcome: Outcome) -> tuple[object, ...]:
    """Give what two SDKs agree in: a profile whatever is in it, a way, or that there is none."""
    if outcome.answer is not Answer.YES:
        return (outcome.answer is Answer.STOP,)
    return (outcome.profile or outcome.kind,)


def _alone(environment: ChainEnvironment, chain: Chain, provider: ChainProvider) -> Outcome:
    """Give what a provider answers, whatever the others do."""
    found: dict[tuple[str, Answer, str, str], Outcome] = {}
    for world in worlds(environment):
        _merge(found, Search(world, chain, _TABLE).ask(provider))
    answers = {one.answer for one in found.values()}
    shown = next((one for one in found.values() if one.answer is not Answer.NO), Outcome(provider.name, Answer.NO))
    return shown if len(answers) == 1 else replace(shown, answer=Answer.MAYBE)


def _merge(ends: dict[tuple[str, Answer, str, str], Outcome], end: Outcome) -> None:
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
