"""Writes docs/rules.md and the table of rules in README.md from rules/checks, and docs/schema from the loaders.

`make docs` runs it. Given `--check`, it writes nothing and exits 1 when a page is not what it would write; a test does
the same.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from credlint.catalogue.examples import cut_markers, read_examples
from credlint.catalogue.json_schema import KINDS, Json, json_schema
from credlint.catalogue.load import load_rule, rule_names
from credlint.catalogue.rules import Case, Rule

PAGE = Path(__file__).resolve().parent / "rules.md"
README = PAGE.parent.parent / "README.md"

SCHEMAS = PAGE.parent / "schema"
DESCRIPTION = PAGE.parent / "catalogue.md"

HEAD = """\
# Rules

<!-- Written by `make docs` from rules/checks. -->

Every rule is named after the bad pattern. `credlint explain RULE` shows the same text.
A case says how bad it is (`error`, `warning`, `note`) and from which persona on it is shown."""


def render_page() -> str:
    """Give the text of docs/rules.md."""
    sections = (_section(load_rule(name)) for name in rule_names())
    return "\n\n".join([HEAD, _table(""), *sections]) + "\n"


def render_readme() -> str:
    """Give the text of README.md with its table of rules as it should be."""
    before, begin, rest = README.read_text(encoding="utf-8").partition("<!-- rules: written by `make docs` -->\n")
    _, end, after = rest.partition("<!-- /rules -->\n")
    return f"{before}{begin}{_table('docs/rules.md')}\n{end}{after}"


def render_schema(kind: str) -> str:
    """Give the text of docs/schema/<kind>.json."""
    schema = json_schema(kind)
    if kind == "sdk":
        _describe(schema)
    return json.dumps(schema, indent=1) + "\n"


def _describe(schema: Json) -> None:
    """Add to the keys of a callable what the page about them says, for editors to show."""
    for step in ("properties", "callables", "items", "properties"):
        assert isinstance(schema, dict)
        schema = schema[step]
    assert isinstance(schema, dict)
    for key, text in re.findall(r"^\| `(\w+)` \| (.*) \|$", DESCRIPTION.read_text(encoding="utf-8"), re.MULTILINE):
        form = schema[key]
        assert isinstance(form, dict)
        schema[key] = {"description": text, **form}


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


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them; give the exit status."""
    pages = {PAGE: render_page(), README: render_readme()}
    pages |= {SCHEMAS / f"{kind}.json": render_schema(kind) for kind in KINDS}
    if "--check" in arguments:
        stale = [path.name for path, text in pages.items() if path.read_text(encoding="utf-8") != text]
        print(f"stale: {', '.join(stale)}; run `make docs`" if stale else "all pages are fresh")
        return 1 if stale else 0
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
