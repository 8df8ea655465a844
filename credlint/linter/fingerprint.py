"""A name for a finding that stays when lines move and literals change, for baselines and code scanning."""

from __future__ import annotations

import re

from credlint.model.patterns import pattern

# A Python string, or a quoted YAML scalar: prefix, then triple or single quotes with escapes ("it\"s", r'x', b"""y""").
_STRING = pattern(
    r"""
    [A-Za-z]{0,2}
    (?: \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
    """,
    re.VERBOSE | re.DOTALL,
)
# The plain scalar of a YAML entry: what stands behind "key:" or "-" ("AWS_PROFILE: sandbox", "- 600").
_PLAIN = pattern(
    r"""
    ^(?P<head> \s*(?:-\s+)* [^\s:\#'"] [^:\#'"\n]* : | \s*- )
    [ \t]+
    [^\s&*|>{\[] [^\n]*
    """,
    re.VERBOSE | re.MULTILINE,
)
_COMMENT = pattern(r"(?:^|(?<=\s))#[^\n]*")


_COVERED = pattern(r"\*+")


def masked(statement: str, *, yaml: bool) -> str:
    """Give a statement, its secrets covered already, without its string literals, comments and layout."""
    text = _COMMENT.sub("", _STRING.sub("*", statement))
    if yaml:
        text = _PLAIN.sub(r"\g<head> *", text)
    return _COVERED.sub("*", " ".join(text.split()))


def fingerprint(path: str, rule: str, case: str, statement: str, ordinal: int) -> str:
    """Hash what names a finding; `statement` is masked, `ordinal` counts findings alike in all but their place."""
    from hashlib import sha256

    name = "\0".join((path, rule, case, statement, str(ordinal)))
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
