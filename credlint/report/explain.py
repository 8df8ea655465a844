"""What is published about a rule, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from credlint.catalogue.examples import Example, cut_annotations, cut_markers
from credlint.catalogue.rules import Case, Rule, rule_url


def explain(rule: Rule, examples: Iterable[Example]) -> str:
    """Give summary, cases, reasons, cure and references, then the first example of each case and language."""
    parts = [
        f"{rule.name}\n{rule.summary}",
        "Cases\n" + "\n".join(_cases(rule)),
        f"Why\n{_indented(rule.why)}",
        f"Fix\n{_indented(rule.fix)}",
        "References\n" + "\n".join(f"  {each}" for each in (rule_url(rule.name), *rule.references)),
    ]
    shown: set[tuple[str, str]] = set()
    for example in examples:
        if (example.case, example.language) not in shown:
            shown.add((example.case, example.language))
            parts.extend(_example(example))
    return "\n\n".join(parts) + "\n"


def list_rules(rules: Iterable[Rule]) -> str:
    """Give one line for each rule: its name, its severities, what it finds."""
    rows = [(rule.name, _levels(rule), rule.summary) for rule in rules]
    names = max((len(name) for name, _, _ in rows), default=0)
    levels = max((len(level) for _, level, _ in rows), default=0)
    return "".join(f"{name:{names}}  {level:{levels}}  {summary}\n" for name, level, summary in rows)


def rules_json(rules: Iterable[Rule]) -> str:
    """Give the rules as a JSON array."""
    import json

    documents = [
        {
            "name": rule.name,
            "summary": rule.summary,
            "url": rule_url(rule.name),
            "clouds": [cloud.value for cloud in rule.clouds],
            "languages": list(rule.languages),
            "cases": [_case_json(case) for case in rule.cases],
        }
        for rule in rules
    ]
    return json.dumps(documents, indent=2) + "\n"


def _case_json(case: Case) -> dict[str, str]:
    return {
        "name": case.name,
        "severity": case.severity.value,
        "confidence": case.confidence.value,
        "persona": case.persona.value,
        "summary": case.summary,
    }


def _levels(rule: Rule) -> str:
    found = sorted({case.severity for case in rule.cases}, key=lambda severity: -severity.rank)
    return "/".join(severity.value for severity in found)


def _cases(rule: Rule) -> Iterator[str]:
    names = max(len(case.name) for case in rule.cases)
    for case in rule.cases:
        yield f"  {case.name:{names}}  {case.severity.value:7}  {case.persona.value:8}  {case.summary}"


def _example(example: Example) -> Iterator[str]:
    yield f"Example {example.name} ({example.case})"
    for heading, files in (("Bad", example.bad), ("Good", example.good)):
        for path, text in files:
            yield f"{heading}: {path}\n\n{_indented(cut_annotations(cut_markers(text)).rstrip())}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
