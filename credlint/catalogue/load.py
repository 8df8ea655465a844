"""The YAML of rules/ as a Catalogue and Rules; anything it does not know is an error with file:line:key."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zlib import crc32

from credlint.catalogue.rules import Case, Rule
from credlint.catalogue.types import Catalogue
from credlint.model.finding import Confidence, Persona, Severity
from credlint.model.values import Cloud

if TYPE_CHECKING:
    from pathlib import Path

    from credlint.catalogue.yamlfile import Entry

_RULE_KEYS = frozenset(
    {"schema", "rule", "summary", "clouds", "languages", "cases", "wins_over", "why", "fix", "references"}
)
_CASE_KEYS = frozenset({"name", "severity", "confidence", "persona", "summary"})
_CASE_OPTIONS = frozenset({"help"})


_PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
_INSIDE = os.path.join(_PACKAGE, "rules")


@functools.cache
def rules_folder() -> Path:
    """Give the folder of rules/: inside the installed package, or beside the package in a checkout."""
    from pathlib import Path

    return Path(_rules())


@functools.cache
def _rules() -> str:
    return _INSIDE if os.path.isdir(_INSIDE) else os.path.join(os.path.dirname(_PACKAGE), "rules")


def state_of(*parts: str) -> int:
    """Give a number that tells the files of some folders of rules/ from others: it is compiled with what they say."""
    state = 0
    for part in parts:
        folder = os.path.join(_rules(), part)
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as file:
                state = crc32(file.read(), state)
    return state


def is_current(compiled: int, *parts: str) -> bool:
    """Tell whether folders of rules/ are as they were compiled; in a checkout they may have been changed since."""
    return _rules() == _INSIDE or compiled == state_of(*parts)


@functools.cache
def rule_names() -> tuple[str, ...]:
    """Give the names of all rules, sorted."""
    names = (name.partition(".yaml") for name in os.listdir(os.path.join(_rules(), "checks")))
    return tuple(sorted(name for name, ending, rest in names if ending and not rest))


@functools.cache
def load_rule(name: str) -> Rule:
    """Read the first document of rules/checks/<name>.yaml; raises FatalError when it is not as it should be."""
    from credlint.catalogue.yamlfile import read_documents

    shown = f"rules/checks/{name}.yaml"
    return build_rule(next(read_documents(os.path.join(_rules(), "checks", f"{name}.yaml"), shown)), name)


def build_rule(top: Entry, name: str) -> Rule:
    """Read the first document of a rule's file; raises FatalError when it is not as it should be."""
    fields = top.mapping(_RULE_KEYS, _RULE_KEYS - {"wins_over"})
    if fields["rule"].text() != name:
        raise fields["rule"].fail("must be the name of the file")
    cases = []
    for item in fields["cases"].items():
        case = item.mapping(_CASE_KEYS | _CASE_OPTIONS, _CASE_KEYS)
        cases.append(
            Case(
                case["name"].text(),
                case["severity"].member(Severity),
                case["confidence"].member(Confidence),
                case["persona"].member(Persona),
                case["summary"].text(),
                case["help"].text() if "help" in case else "",
            )
        )
    return Rule(
        name=name,
        summary=fields["summary"].text().strip(),
        clouds=tuple(item.member(Cloud) for item in fields["clouds"].items()),
        languages=fields["languages"].texts(),
        cases=tuple(cases),
        wins_over=fields["wins_over"].texts() if "wins_over" in fields else (),
        why=fields["why"].text().strip(),
        fix=fields["fix"].text().strip(),
        references=fields["references"].texts(),
    )


def load_catalogue(own: tuple[tuple[str, str], ...] = ()) -> Catalogue:
    """Read rules/sdks and rules/providers, and over them a user's own files of the schema of rules/sdks.

    `own` holds the name (as errors call it) and the text of each. Raises FatalError with file:line:key for what is not
    as it should be.
    """
    return _with_own(own) if own else _shipped()


@functools.cache
def load_providers() -> Catalogue:
    """Give what rules/providers say: all that deployments and their facts ask for.

    Raises FatalError with file:line:key for what is not as it should be.
    """
    from credlint.catalogue.compiled import providers

    return providers.made() if is_current(providers.STATE, "providers") else read_providers()


def read_providers() -> Catalogue:
    """Read rules/providers; raises FatalError with file:line:key for what is not as it should be."""
    from credlint.catalogue.build import build_catalogue

    return build_catalogue(dict(_documents("providers")), {})


@functools.cache
def _with_own(own: tuple[tuple[str, str], ...]) -> Catalogue:
    from credlint.catalogue.build import extend_catalogue
    from credlint.catalogue.yamlfile import parse_only_document

    return extend_catalogue(_shipped(), [parse_only_document(text, name) for name, text in own])


@functools.cache
def _shipped() -> Catalogue:
    from credlint.catalogue.build import build_catalogue

    return build_catalogue(dict(_documents("providers")), dict(_documents("sdks")))


def _documents(part: str) -> Iterator[tuple[str, Entry]]:
    from credlint.catalogue.yamlfile import read_documents

    for path in sorted((rules_folder() / part).glob("*.yaml")):
        yield path.stem, next(read_documents(path, f"rules/{part}/{path.name}"))
