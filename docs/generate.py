"""Writes docs/rules.md, and the table of rules in README.md, from rules/checks; `make docs` runs it.

Given `--check`, it writes nothing and exits 1 when a page is not what it would write; a test does the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from credlint.catalogue.load import load_rule, rule_names, rules_folder
from credlint.catalogue.types import Case, Rule
from credlint.catalogue.yamlfile import Entry, read_documents

PAGE = Path(__file__).resolve().parent / "rules.md"
README = PAGE.parent.parent / "README.md"

# What stands for a real-looking key in an example, and what the page shows for it. "@@aws-key-id-2@@" is a second one.
MARKER = re.compile(r"@@([a-z-]+?)(?:-\d+)?@@")
SHOWN = {
    "aws-key-id": "AKIA…",
    "aws-temporary-key-id": "ASIA…",
    "aws-secret": "…",
    "aws-session-token": "…",
    "alibaba-key-id": "LTAI…",
    "alibaba-temporary-key-id": "STS.…",
    "alibaba-secret": "…",
    "alibaba-security-token": "…",
}

HEAD = """\
# Rules

<!-- Written by `make docs` from rules/checks. -->

Every rule is named after the bad pattern. `credlint explain RULE` shows the same text.
A case says how bad it is (`error`, `warning`, `note`) and from which persona on it is shown."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule: files by path, as they must not be and as they should be."""

    name: str
    case: str
    language: str
    cloud: str
    bad: tuple[tuple[str, str], ...]
    good: tuple[tuple[str, str], ...]


def read_examples(rule: str) -> list[Example]:
    """Give the examples of a rule, in the order of its file."""
    documents = read_documents(rules_folder() / "checks" / f"{rule}.yaml", f"rules/checks/{rule}.yaml")
    return [_example(document.mapping()) for document in list(documents)[1:]]


def _example(fields: dict[str, Entry]) -> Example:
    language = fields["language"].text()
    path = fields["path"].text() if "path" in fields else {"python": "example.py"}.get(language, "example.yaml")
    return Example(
        name=fields["example"].text(),
        case=fields["case"].text(),
        language=language,
        cloud=fields["cloud"].text(),
        bad=_files(fields["bad"], path),
        good=_files(fields["good"], path),
    )


def _files(entry: Entry, path: str) -> tuple[tuple[str, str], ...]:
    if entry.is_mapping():
        return tuple((name, text.text()) for name, text in entry.mapping().items())
    return ((path, entry.text()),)


def render_page() -> str:
    """Give the text of docs/rules.md."""
    sections = (_section(load_rule(name)) for name in rule_names())
    return "\n\n".join([HEAD, _table(""), *sections]) + "\n"


def render_readme() -> str:
    """Give the text of README.md with its table of rules as it should be."""
    before, begin, rest = README.read_text(encoding="utf-8").partition("<!-- rules: written by `make docs` -->\n")
    _, end, after = rest.partition("<!-- /rules -->\n")
    return f"{before}{begin}{_table('docs/rules.md')}\n{end}{after}"


def _table(page: str) -> str:
    """Give the table of all rules, linked to their sections of `page`."""
    rules = (load_rule(name) for name in rule_names())
    rows = [f"| [{rule.name}]({page}#{rule.name}) | {_levels(rule)} | {rule.summary} |" for rule in rules]
    return "\n".join(["| rule | severity | what it finds |", "|---|---|---|", *rows])


def _levels(rule: Rule) -> str:
    """Give the severities of a rule, the worst first."""
    return ", ".join(
        severity.value
        for severity in sorted({case.severity for case in rule.cases}, key=lambda one: one.rank, reverse=True)
    )


def _section(rule: Rule) -> str:
    """Give all that is published about a rule, with its first example of each language."""
    references = "\n".join(f"- <{reference}>" for reference in rule.references)
    parts = [
        f"## {rule.name}",
        rule.summary,
        "\n".join(["| case | severity | persona | |", "|---|---|---|---|", *map(_case, rule.cases)]),
        rule.why,
        *_examples(rule),
        f"**Fix.** {rule.fix}",
        *([f"References:\n\n{references}"] if references else []),
    ]
    return "\n\n".join(parts)


def _case(case: Case) -> str:
    return f"| {case.name} | {case.severity.value} | {case.persona.value} | {case.summary} |"


def _examples(rule: Rule) -> Iterator[str]:
    examples = read_examples(rule.name)
    for language in rule.languages:
        first = next((example for example in examples if example.language == language), None)
        if first:
            yield f"In {'YAML' if language == 'yaml' else 'Python'}:"
            yield from (_fence(path, text) for path, text in first.bad)
            yield "Instead:"
            yield from (_fence(path, text) for path, text in first.good)


def _fence(path: str, text: str) -> str:
    language = "python" if path.endswith((".py", ".pyi")) else "yaml"
    return f"`{path}`\n\n```{language}\n{cut_markers(text).rstrip()}\n```"


def cut_markers(text: str) -> str:
    """Replace markers by what may be shown of such a key; raises KeyError for a marker that does not exist."""
    return MARKER.sub(lambda match: SHOWN[match[1]], text)


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them; give the exit status."""
    pages = {PAGE: render_page(), README: render_readme()}
    if "--check" in arguments:
        stale = [path.name for path, text in pages.items() if path.read_text(encoding="utf-8") != text]
        print(f"stale: {', '.join(stale)}; run `make docs`" if stale else "all pages are fresh")
        return 1 if stale else 0
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
