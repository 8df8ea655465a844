"""Sentences about what each SDK does in a process, as the simulation of its provider chain has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from credlint.model.sources import Reader, SdkAnswer, Source, SourceForm, SourceWorld
from credlint.model.span import Location
from credlint.model.units import ProcessUnit
from credlint.model.values import NO_BRANCH, Branches, Cloud, Step

_SIGN = "sign"


def world_with(unit: ProcessUnit, *taken: Branches) -> SourceWorld | None:
    """Give the world in which all these arms are taken, and pairs that may be there are; None without a simulation."""
    wanted = NO_BRANCH.union(*taken)
    return max((one for one in unit.worlds if wanted <= one.branches), key=lambda one: len(one.given), default=None)


def of_cloud(answers: Iterable[SdkAnswer], cloud: Cloud | None) -> tuple[SdkAnswer, ...]:
    """Give the answers of the SDKs of a cloud."""
    return tuple(answer for answer in answers if answer.cloud is cloud)


def answers_of(unit: ProcessUnit, cloud: Cloud | None, *taken: Branches) -> tuple[SdkAnswer, ...]:
    """Give what the SDKs of a cloud do where these arms are taken; a profile that no file shows may hold keys."""
    world = world_with(unit, *taken)
    return of_cloud(world.with_keys or world.answers, cloud) if world is not None else ()


def all_sign_with(answers: Sequence[SdkAnswer], variable: str) -> bool:
    """Tell whether every SDK certainly signs with the keys in a variable."""
    winners = [answer.winner for answer in answers]
    return bool(winners) and all(winner is not None and winner.variable == variable for winner in winners)


def who_signs(answers: Sequence[SdkAnswer], path: str) -> str:
    """Say which SDKs sign with what: "boto3 signs with the keys from line 31, the JavaScript SDK with profile x".

    `path` is the file of the process, whose places are named by their line alone.
    """
    return _sentence([(answer.title, *_deed(answer, path)) for answer in answers])


def who_reads(readers: Sequence[Reader], reads: str) -> str:
    """Say which SDKs read which variable: "boto3 takes ONE, the JavaScript SDK TWO"; `reads` is the verb of many."""
    return _sentence([(reader.title, reads, reader.variable) for reader in readers])


def who_reads_token(readers: Sequence[Reader]) -> str:
    """Say which SDKs read a token under its old name, and which sign without it."""
    deeds = {True: ("read", "it"), False: (_SIGN, "without it")}
    return _sentence([(reader.title, *deeds[bool(reader.variable)]) for reader in readers])


def _sentence(deeds: Sequence[tuple[str, str, str]]) -> str:
    """Put (who, verb of many, the rest) together: those who do the same are named together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for who, verb, rest in deeds:
        groups.setdefault((verb, rest), []).append(who)
    if len(groups) == 1 and len(deeds) > 1:
        groups = {deed: ["every SDK"] for deed in groups}
    parts: list[str] = []
    before = ""
    for (verb, rest), titles in groups.items():
        one = len(titles) == 1 and not titles[0].partition(" for ")[0].endswith("SDKs")
        said = f"{verb}s " if one else f"{verb} "
        if verb == before == _SIGN:
            said = ""  # boto3 signs with one, the JavaScript SDK with another
        parts.append(f"{listed(titles)} {said}{rest}")
        before = verb
    return ", ".join(parts)


def listed(titles: Sequence[str]) -> str:
    """Name several: "one, two and three"."""
    return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))


def _deed(answer: SdkAnswer, path: str) -> tuple[str, str]:
    if not answer.ends:
        return "raise", answer.errors[0] if answer.errors else "an error"
    said = f"with {' or '.join(source_phrase(end, path) for end in answer.ends)}"
    if all(end.kind is SourceForm.ROLE and end.location is None for end in answer.ends):
        said += " (if there is one)"  # what the machine has stands in no file
    return _SIGN, said


def source_phrase(source: Source, path: str) -> str:
    """Name a source within a sentence about a process of a file."""
    if source.profile:
        return source.words
    if source.kind is not SourceForm.KEYS or source.location is None:
        return f"the {source.words}"
    there = source.location.path
    return f"the keys from line {source.line}" if there == path else f"the keys of {there}:{source.line}"


def other_places(answers: Iterable[SdkAnswer], known: Iterable[Location]) -> Iterator[Step]:
    """Give the places of sources that are taken or passed by, but for those that are known already."""
    seen = set(known)
    for answer in answers:
        for source in (*answer.ends, *answer.shadowed):
            if source.location is not None and source.location not in seen:
                seen.add(source.location)
                yield Step(source.location, source.words)
