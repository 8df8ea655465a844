"""One answer per SDK, where worlds of a process differ: all that may be, and what it depends on."""

from __future__ import annotations

from collections.abc import Sequence

from credlint.model.records import replace
from credlint.model.sources import SdkAnswer, SourceWorld
from credlint.model.verdict import Verdict


def merged(worlds: Sequence[SourceWorld]) -> tuple[SdkAnswer, ...]:
    """Give one answer per SDK: where worlds differ, all that may be, and what it depends on."""
    by_sdk: dict[str, dict[SdkAnswer, None]] = {}
    for world in worlds:
        answers = world.answers
        if world.with_keys:
            answers = tuple(map(_supposed, answers, world.with_keys, world.with_role))
        for answer in answers:
            by_sdk.setdefault(answer.sdk, {})[answer] = None
    given = [name for world in worlds for name in world.given]
    why = f"depends on whether {given[0]} is set" if given else "depends on a condition"
    found = tuple(_merged(tuple(answers), why) for answers in by_sdk.values())
    return found if all(world.complete for world in worlds) else tuple(map(_incomplete, found))


def _incomplete(answer: SdkAnswer) -> SdkAnswer:
    """Take the certainty from what was found in some of the worlds only."""
    verdict = Verdict.AMBIGUOUS if answer.ends else Verdict.UNKNOWN
    return replace(answer, verdict=verdict, why="depends on more conditions than are followed")


def _supposed(answer: SdkAnswer, with_keys: SdkAnswer, with_role: SdkAnswer) -> SdkAnswer:
    """Say what a profile that no file shows decides."""
    keys, role = with_keys.winner, with_role.winner
    decided = answer.open or (answer.winner is not None and answer.verdict is not Verdict.UNKNOWN)
    if keys is None or role is None or decided:
        return answer
    if keys.words == role.words:
        return replace(answer, why=f"{keys.words}, if the profile is there")
    return replace(answer, why=f"{keys.words} if the profile holds keys, {role.words} if it holds a role")


def _merged(answers: tuple[SdkAnswer, ...], why: str) -> SdkAnswer:
    first = answers[0]
    if len(answers) == 1:
        return first
    ends = tuple(dict.fromkeys(end for answer in answers for end in answer.ends))
    errors = tuple(dict.fromkeys(error for answer in answers for error in answer.errors))
    shadowed = dict.fromkeys(one for answer in answers for one in answer.shadowed if one not in ends)
    verdicts = {answer.verdict for answer in answers}
    verdict = verdicts.pop() if len(verdicts) == 1 and not ends else Verdict.AMBIGUOUS
    return replace(first, ends=ends, errors=errors, shadowed=tuple(shadowed), verdict=verdict, why=why)
