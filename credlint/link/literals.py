"""Literals with what their form says."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.types import Catalogue
from credlint.credentials.account import account_of_key
from credlint.credentials.grammar import (
    KeyForm,
    is_placeholder,
    is_random_secret,
    is_secret,
    is_token,
    key_form,
    key_grammar,
    lifetime_of_key,
)
from credlint.model.facts import FileFacts, KeyLiteral
from credlint.model.patterns import pattern
from credlint.model.project import Settings
from credlint.model.units import LiteralForm, LiteralUnit
from credlint.model.values import Cloud, Lifetime, Role

_REMNANT = pattern(r"\{\{.*\}\}|\{%.*%\}|<%.*%>|\}\}\s*$|^\s*\{\{")
_EXPRESSION = pattern(r"\s*\$\{\{[^{}]*\}\}\s*")


def literal_units(facts: FileFacts, catalogue: Catalogue) -> Iterator[LiteralUnit]:
    """Give a unit per literal of a file."""
    for literal in facts.literals:
        text = literal.text.reveal()
        form = _form(literal, text, catalogue)
        lifetime = lifetime_of_key(text, catalogue.grammar) if literal.role is Role.KEY_ID else Lifetime.UNKNOWN
        known = literal.role is Role.KEY_ID and literal.cloud is Cloud.AWS and form is LiteralForm.REAL
        account = account_of_key(text) if known else None
        real = _pair_is_real(literal, text, form, catalogue)
        yield LiteralUnit(literal, lifetime, form, real, account, _has_unknown_partner(literal, catalogue))


def _form(literal: KeyLiteral, text: str, catalogue: Catalogue) -> LiteralForm:
    grammar = catalogue.grammar
    bare = text.strip().strip("\"'")
    if literal.role is Role.KEY_ID:
        form = key_grammar(bare, grammar)
        if _REMNANT.search(text) and form is not None:
            return LiteralForm.TEMPLATE_REMNANT
        if _EXPRESSION.fullmatch(text) and text != bare:
            return LiteralForm.STRAY_CHARACTER
        if literal.placeholder:
            return LiteralForm.PLACEHOLDER
        if form is None:
            return LiteralForm.OTHER
        right = key_form(bare, form)
        if bare != text and right is not KeyForm.WRONG:
            newline_only = literal.encoded and text.rstrip("\r\n") == bare
            return LiteralForm.ENCODED_NEWLINE if newline_only else LiteralForm.STRAY_CHARACTER
        return _FORMS[right]
    if literal.placeholder:
        return LiteralForm.PLACEHOLDER
    if literal.role is Role.TOKEN:
        return LiteralForm.REAL if is_token(text, grammar) else LiteralForm.OTHER
    if literal.role is Role.SECRET:
        return LiteralForm.REAL if is_secret(text, literal.cloud, grammar) else LiteralForm.OTHER
    return LiteralForm.REAL


_FORMS = {KeyForm.RIGHT: LiteralForm.REAL, KeyForm.WRONG: LiteralForm.WRONG, KeyForm.UNUSUAL: LiteralForm.UNUSUAL}


def _pair_is_real(literal: KeyLiteral, text: str, form: LiteralForm, catalogue: Catalogue) -> bool:
    """Tell whether id and secret stand together and both look real (then a test file is no excuse)."""
    if literal.partner is None or form not in {LiteralForm.REAL, LiteralForm.UNUSUAL}:
        return False
    other = literal.partner.reveal()
    key, secret = (text, other) if literal.role is Role.KEY_ID else (other, text)
    grammar = catalogue.grammar
    known = key_grammar(key, grammar)
    if known is None or key_form(key, known) is KeyForm.WRONG or is_placeholder(key, grammar, Settings()):
        return False
    return not is_placeholder(secret, grammar, Settings()) and is_random_secret(secret, literal.cloud, grammar)


def _has_unknown_partner(literal: KeyLiteral, catalogue: Catalogue) -> bool:
    """Tell whether the key id beside a secret is neither of a known form nor a stand-in."""
    if literal.role is not Role.SECRET or literal.partner is None:
        return False
    key = literal.partner.reveal().strip().strip("\"'")
    return key_grammar(key, catalogue.grammar) is None and not is_placeholder(key, catalogue.grammar, Settings())
