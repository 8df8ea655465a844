"""One run, whole: gather, extract, link, check, settle, suppress, report."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from credlint.catalogue.load import load_catalogue, load_providers, load_rule
from credlint.catalogue.load_deployments import load_deployments
from credlint.catalogue.rules import rule_url
from credlint.checks import run_checks
from credlint.config import Config
from credlint.link import link
from credlint.link.wrappers import wrappers
from credlint.linter.assemble import assemble, repository
from credlint.linter.cover import cover, veil
from credlint.linter.excludes import below
from credlint.linter.files import Files, ReadFile
from credlint.linter.fingerprint import fingerprint, masked
from credlint.linter.gather import Gathered, RunRequest, gather
from credlint.linter.mentions import Mentions
from credlint.linter.pages import sources_of_cells
from credlint.linter.place import chains
from credlint.linter.problems import notice
from credlint.linter.project import Disk
from credlint.linter.suppress import RULE, Suppressions
from credlint.linter.verdicts import Filter, Verdict, merge, place_all, settle, stamp
from credlint.model.facts import FileFacts, Language
from credlint.model.finding import Confidence, Draft, Finding, Place, Report, Source
from credlint.model.problem import Problem
from credlint.model.records import replace
from credlint.model.span import Region
from credlint.model.values import Step


def run(request: RunRequest) -> Report:
    """Lint what is asked for; raises FatalError for a broken configuration or broken rule data."""
    return report(request, gather(request))


def report(request: RunRequest, gathered: Gathered) -> Report:
    """Lint what was gathered; raises FatalError for a pattern that is none, or broken rule data."""
    work = _Work(request, gathered)
    verdicts = work.verdicts() if gathered.relevant else []
    findings, suppressed = work.publish(verdicts)
    return assemble(gathered, findings, work.problems, tuple(work.shown(findings)), suppressed)


class _Work:
    """The stages of one run over what was gathered."""

    def __init__(self, request: RunRequest, gathered: Gathered) -> None:
        self.problems: list[Problem] = []
        self._base = repository(gathered) or os.getcwd()
        self._gathered = gathered
        self._filter = Filter({source.path: source.config for source in gathered.sources}, _pattern_path)
        self._disk = Disk(dict([request.stdin]) if request.stdin else {})
        self._files = Files(self._disk)
        self._mentions = Mentions(self._disk)
        self._suppressions: dict[str, Suppressions] = {}

    def verdicts(self) -> list[Verdict]:
        """Read, link and check; give what is to be published, suppressed or not."""
        read = self._files.read(self._gathered.relevant)
        names = {file.path: wrappers(file.facts) for file in read if file.facts.language is Language.PYTHON}
        if names:
            from credlint.linter.callers import callers

            read += self._files.read(callers(self._gathered.plain, names, self._disk))
        if any(file.facts.resources for file in read):
            from credlint.linter.users import users

            shown = [file.facts for file in read]
            read += self._files.read(users(self._gathered.plain, shown, load_deployments(), self._disk))
        facts = [file.facts for file in read]
        self.problems.extend(problem for each in facts for problem in each.problems)
        self.problems.extend(_slow_yaml(facts))
        self._suppressions = {file.path: Suppressions(file) for file in read}
        catalogue = load_providers() if all(map(_is_plain_yaml, facts)) else load_catalogue()
        drafts = run_checks(link(facts, catalogue))
        stamped = [
            stamp(load_rule(name), self._as_sure_as_read(draft)) for name, draft in drafts if self._has_ground(draft)
        ]
        asked = frozenset(source.path for source in self._gathered.sources)
        placed = [one for one in place_all(stamped, chains(facts), asked) if self._filter.asks_for(one)]
        for verdict in placed:
            # A comment is of use even when nobody sees in this run what it holds back.
            self._is_held_back(verdict)
        placed.extend(self._idle_comments())
        return merge(settle(filter(self._filter.wants, placed)))

    def _has_ground(self, draft: Draft) -> bool:
        return not draft.unless_read or not self._mentions.mentions(draft.location.path, draft.unless_read)

    def _as_sure_as_read(self, draft: Draft) -> Draft:
        """Give a draft that is no surer than the reading of what it points at."""
        file = self._files.get(draft.location.path)
        if file is None or draft.certainty is not Confidence.HIGH or not file.is_doubtful(draft.location.span):
            return draft
        return replace(draft, certainty=Confidence.MEDIUM)

    def _idle_comments(self) -> Iterator[Verdict]:
        named = {source.path for source in self._gathered.sources if source.named}
        for path, suppressions in self._suppressions.items():
            self.problems.extend(suppressions.problems())
            for draft in suppressions.unused(alone=path in named):
                yield stamp(load_rule(RULE), draft)

    def _is_held_back(self, verdict: Verdict) -> bool:
        region = self._files.region(verdict.place)
        suppressions = self._suppressions.get(verdict.place.path)
        return region is not None and suppressions is not None and suppressions.hold_back(verdict.rule.name, region)

    def publish(self, verdicts: Iterable[Verdict]) -> tuple[tuple[Finding, ...], int]:
        """Give the findings, sorted and with fingerprints, and the number of those that a comment holds back."""
        found: list[tuple[Finding, bool]] = []
        for verdict in verdicts:
            finding = self._finding(verdict)
            if finding is not None:
                found.append((finding, self._is_held_back(verdict)))
        found.sort(key=lambda pair: pair[0].sort_key())
        # Counted before suppression, so that an ignore comment does not rename the findings after it.
        alike: Counter[tuple[str, str, str, str]] = Counter()
        kept = []
        for finding, held_back in found:
            name = self._name_of(finding)
            print_ = fingerprint(*name, alike[name])
            alike[name] += 1
            if not held_back:
                kept.append(replace(self._shown(finding), fingerprint=print_))
        return tuple(sorted(kept, key=Finding.sort_key)), len(found) - len(kept)

    def _shown(self, finding: Finding) -> Finding:
        """Give a finding with its places as people are shown them."""

        def shown(region: Region) -> Region:
            file = self._files.get(region.path)
            return region if file is None else file.shown(region)

        return replace(
            finding,
            region=shown(finding.region),
            related=tuple(replace(place, region=shown(place.region)) for place in finding.related),
            trace=tuple(replace(place, region=shown(place.region)) for place in finding.trace),
        )

    def _finding(self, verdict: Verdict) -> Finding | None:
        region = self._files.region(verdict.place)
        if region is None:
            return None
        rule, draft = verdict.rule, verdict.draft
        steps = (*draft.related, *draft.trace)
        files = {path: self._files.get(path) for path in (region.path, *(step.location.path for step in steps))}
        # Messages name profiles, services and the like, and a secret may stand in place of one.
        hide = veil(*filter(None, files.values())).over_message
        return Finding(
            rule=rule.name,
            case=verdict.case.name,
            severity=verdict.case.severity,
            confidence=verdict.confidence,
            persona=verdict.persona,
            message=hide(draft.message),
            help=rule.cure(verdict.case),
            url=rule_url(rule.name),
            region=region,
            related=tuple(self._places(draft.related, hide)),
            trace=tuple(self._places(draft.trace, hide)),
            fixes=(),
            fingerprint="",
        )

    def _places(self, steps: Iterable[Step], hide: Callable[[str], str]) -> Iterator[Place]:
        for step in steps:
            region = self._files.region(step.location)
            if region is not None:
                yield Place(region, hide(step.message))

    def _name_of(self, finding: Finding) -> tuple[str, str, str, str]:
        """Give what the fingerprint is made of, but for the ordinal."""
        path = below(os.path.abspath(finding.region.path), self._base) or finding.region.path
        file = self._files.get(finding.region.path)
        return path, finding.rule, finding.case, _statement(file, finding) if file else ""

    def shown(self, findings: Iterable[Finding]) -> Iterator[Source]:
        """Give the covered lines of every file that the findings name."""
        paths = {finding.region.path for finding in findings}
        paths.update(place.region.path for finding in findings for place in (*finding.related, *finding.trace))
        for path in sorted(paths):
            file = self._files.get(path)
            if file is not None:
                yield from sources_of_cells(cover(file), file.facts.pages)


def _is_plain_yaml(facts: FileFacts) -> bool:
    return facts.language is Language.YAML and not facts.embedded


def _statement(file: ReadFile, finding: Finding) -> str:
    """Give the text of the statement around a finding, covered and masked."""
    region = file.statement(finding.region)
    lines = file.lines()[region.line - 1 : region.end_line]
    return masked(veil(file).over("\n".join(lines)), yaml=file.facts.language is Language.YAML)


def _slow_yaml(facts: Iterable[FileFacts]) -> Iterator[Problem]:
    """Say once, and of the first YAML file, that all of them are read by the slow parser."""
    first = next((each.path for each in facts if each.language is Language.YAML), None)
    if first is None:
        return
    from credlint.extract.deployment.events import has_fast_loader

    if not has_fast_loader():
        message = "PyYAML was built without libyaml: reading this and all YAML takes some fifteen times as long"
        yield notice(first, message)


def _pattern_path(path: str, config: Config) -> str:
    return below(os.path.abspath(path), config.folder) or path
