"""Expressions that name the source of a value: `${env:X}` of serverless tools, `{{ lookup('env', 'X') }}` of Jinja."""

from __future__ import annotations

import re

from credlint.catalogue.deployments import Dialect
from credlint.model.patterns import pattern
from credlint.model.values import Origin, Reference, ReferenceKind, Unknown

# ${env:NAME}, ${env('NAME')}, ${env.NAME}, ${ssm:/path, 'default'}
_SOURCE = pattern(
    r"""\$\{\s*(?P<context>[A-Za-z]\w*)(?:\([^()]*\))?[:.(]\s*["']?(?P<name>[^"'(){},\s]+)["']?\s*\)?\s*
        (?P<default>,[^{}]*)?\}""",
    re.VERBOSE,
)
_JINJA = pattern(r"\s*\{\{[-+]?\s*(?P<inner>(?:(?!\}\}).)*?)\s*[-+]?\}\}\s*", re.DOTALL)
# A lookup of a variable by its name: lookup('env', 'NAME'), query("ansible.builtin.env", "NAME").
_LOOKUP = pattern(
    r"""(?:lookup|query|q)\(\s*["'](?:[\w.]+\.)?(?P<context>\w+)["']\s*,\s*["'](?P<name>[^"']+)["']\s*\)"""
)
# A name behind another one: .b, ['b'], ["b"].
_STEP = pattern(r"""\s*(?:\.\s*(?P<name>\w+)|\[\s*["'](?P<quoted>[^"'\]]+)["']\s*\])""")
_START = pattern(r"[A-Za-z_]\w*")
# `| default(omit)` and what else decides whether there is a value.
_OPTIONAL = pattern(r"\|\s*(?:default|d|ternary|select|first|last)\b|\bif\b|\bor\b")
_FILTER = pattern(r"\s*\|\s*(?:string|trim|quote|mandatory)\s*(?=\||$)")
_OMITTED = "omit"


def source_origin(text: str, dialect: Dialect) -> Origin:
    """Give the origin of a text with `${…}`: a reference for a whole one of a known source without default."""
    found = _SOURCE.fullmatch(text.strip())
    kind = dict(dialect.contexts).get(found["context"]) if found and not found["default"] else None
    return Reference(kind, found["name"]) if found and kind else Unknown("filled in elsewhere", text)


def jinja_origin(text: str, dialect: Dialect) -> Origin:
    """Give the origin of a text with `{{ … }}`: a reference for a variable that must be there.

    A path of names comes as Unknown with its names as identity, since it may name a result.
    """
    whole = _JINJA.fullmatch(text)
    if whole is None:
        return Unknown("text that a template fills in", text)
    inner = whole["inner"]
    if inner == _OMITTED or _OPTIONAL.search(inner):
        return Unknown("value that may be left out", text)
    inner = _FILTER.sub("", inner).strip()
    looked_up = _LOOKUP.fullmatch(inner)
    if looked_up is not None:
        kind = dict(dialect.contexts).get(looked_up["context"])
        return Reference(kind, looked_up["name"]) if kind else Unknown("value of a lookup", text)
    names = _path(inner)
    kind = dict(dialect.contexts).get(names[0]) if len(names) == 2 else None
    if kind is not None:
        return Reference(kind, names[1])
    if len(names) == 1:
        return Reference(ReferenceKind.TEMPLATE_VALUE, names[0])
    return Unknown("variable of a template", ".".join(names) or text)


def _path(text: str) -> list[str]:
    """Give the names of `a.b['c']`; [] for anything else."""
    start = _START.match(text)
    if start is None:
        return []
    names, at = [start.group()], start.end()
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None:
            return []
        names.append(found["name"] or found["quoted"])
        at = found.end()
    return names
