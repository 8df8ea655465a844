"""From what the checks claim to what is published: stamped, placed, filtered, one defect one finding, merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence

from credlint.catalogue.rules import Case, Rule
from credlint.config import Config
from credlint.linter.patterns import Patterns
from credlint.linter.place import Chain, place
from credlint.model.finding import Confidence, Draft, Persona, Severity
from credlint.model.records import dataclass, replace
from credlint.model.span import Location
from credlint.model.values import Step


@dataclass(frozen=True, slots=True)
class Verdict:
    """A draft with what its case adds. `place` is where it points; `persona` is the first that is shown it."""

    rule: Rule
    case: Case
    draft: Draft
    confidence: Confidence
    persona: Persona
    place: Location


def stamp(rule: Rule, draft: Draft) -> Verdict:
    """Add what the case says. The check can only lower the confidence; low ones and notes are for the pedantic."""
    case = rule.case(draft.case)
    confidence = min(case.confidence, draft.certainty, key=lambda level: level.rank)
    personas = [case.persona]
    if confidence is Confidence.LOW or case.severity is Severity.NOTE:
        personas.append(Persona.PEDANTIC)
    return Verdict(rule, case, draft, confidence, max(personas, key=lambda persona: persona.rank), draft.location)


def place_all(verdicts: Sequence[Verdict], reached: dict[Location, set[Chain]], asked: Container[str]) -> list[Verdict]:
    """Move each verdict to the call that decides, where others come to the same place and are right.

    `asked` holds the paths of the run: what goes wrong in another file for what one of these hands over is told there.
    """
    wrong: dict[tuple[str, str, Location], set[Chain]] = defaultdict(set)
    for verdict in verdicts:
        wrong[_key(verdict)].add(verdict.draft.calls)
    return [_placed(verdict, wrong[_key(verdict)], reached.get(verdict.place, set()), asked) for verdict in verdicts]


def _placed(verdict: Verdict, wrong: set[Chain], reached: set[Chain], asked: Container[str]) -> Verdict:
    draft = verdict.draft
    there = place(draft.location, draft.calls, wrong, reached)
    if there.path not in asked:
        there = _call_of_the_run(draft, asked) or there
    if there == draft.location:
        return verdict
    sink = Step(draft.location, "this is what the call leads to")
    trace = draft.trace
    if all(step.location != draft.location for step in trace):
        trace = (*trace, sink)
    return replace(verdict, draft=replace(draft, related=(*draft.related, sink), trace=trace), place=there)


def _call_of_the_run(draft: Draft, asked: Container[str]) -> Location | None:
    """Give the innermost call that stands in a file of the run, if what it hands over passes through such a file."""
    handed = any(step.location.path in asked and step.location not in draft.calls for step in draft.trace)
    return next((call for call in reversed(draft.calls) if call.path in asked), None) if handed else None


class Filter:
    """Tells which verdicts the configuration of their file wants; its patterns are compiled at once."""

    def __init__(self, configs: dict[str, Config], name: Callable[[str, Config], str]) -> None:
        """Take the configuration of every file of the run; `name` gives a path as its patterns see it.

        Raises FatalError for a pattern that is none.
        """
        self._configs = configs
        self._name = name
        self._ignores = {
            config.source: [(Patterns([glob]), rules) for glob, rules in config.per_file_ignores]
            for config in configs.values()
        }

    def asks_for(self, verdict: Verdict) -> bool:
        """Tell whether the file that a verdict points to is one of the run."""
        return verdict.place.path in self._configs

    def wants(self, verdict: Verdict) -> bool:
        """Tell whether selection, persona and minima let a verdict through."""
        path = verdict.place.path
        config = self._configs[path]
        rule = verdict.rule.name
        if not config.selects(rule) or verdict.persona.rank > (config.persona or Persona.REGULAR).rank:
            return False
        if verdict.case.severity.rank < (config.min_severity or Severity.NOTE).rank:
            return False
        if verdict.confidence.rank < (config.min_confidence or Confidence.LOW).rank:
            return False
        ignores = self._ignores[config.source]
        return not any(rule in rules and pattern.cover(self._name(path, config)) for pattern, rules in ignores)


def settle(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Keep of the verdicts about one subject those over which no other wins; the losers become related places."""
    by_subject: dict[Location, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_subject[verdict.draft.subject].append(verdict)
    return [
        _with_losers(verdict, [other for other in group if _wins(verdict, other)])
        for group in by_subject.values()
        for verdict in group
        if not any(_wins(other, verdict) for other in group)
    ]


def _wins(winner: Verdict, loser: Verdict) -> bool:
    """Tell whether a verdict beats another about the same subject; two runs of one helper do not compete."""
    one, other = winner.draft.calls, loser.draft.calls
    return loser.rule.name in winner.rule.wins_over and (one == other or not one or not other)


def _with_losers(winner: Verdict, losers: list[Verdict]) -> Verdict:
    shown = {winner.place, *(step.location for step in winner.draft.related)}
    added = {
        loser.place: Step(loser.place, f"{loser.rule.name}: {loser.draft.message}")
        for loser in losers
        if loser.place not in shown
    }
    if not added:
        return winner
    return replace(winner, draft=replace(winner.draft, related=(*winner.draft.related, *added.values())))


def merge(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Keep one verdict per rule, case and place: the surest, then the shortest; its message counts the others.

    What two files tell of one place by one rule is told once, by the gravest case.
    """
    groups: dict[tuple[str, str, Location], list[Verdict]] = defaultdict(list)
    gravest: dict[tuple[str, Location], int] = {}
    for verdict in verdicts:
        groups[_key(verdict)].append(verdict)
        place_ = verdict.rule.name, verdict.place
        gravest[place_] = max(gravest.get(place_, 0), verdict.case.severity.rank)
    best = [_best(group) for group in groups.values()]
    return [one for one in best if one.case.severity.rank == gravest[one.rule.name, one.place]]


def _best(group: list[Verdict]) -> Verdict:
    best = min(group, key=lambda each: (-each.confidence.rank, len(each.draft.trace), each.draft.message))
    others = len({(each.draft.calls, each.draft.trace) for each in group}) - 1
    if not others:
        return best
    message = f"{best.draft.message} ({others} more {'path leads' if others == 1 else 'paths lead'} here)"
    return replace(best, draft=replace(best.draft, message=message))


def _key(verdict: Verdict) -> tuple[str, str, Location]:
    return verdict.rule.name, verdict.case.name, verdict.place
