"""A key id and a secret in one text that is neither variables nor a file of profiles."""

from __future__ import annotations

import re

from credlint.credentials.grammar import cloud_of_key, is_key_id, is_secret, key_grammar
from credlint.extract.deployment.reading import Reading
from credlint.model.patterns import pattern
from credlint.model.values import Role

# AWS_ACCESS_KEY_ID=…, export access_key: "…"
_ASSIGNMENT = pattern(
    r"""^[ \t]*(?:export[ \t]+)?(?P<name>[\w.-]+)[ \t]*[:=][ \t]*["']?(?P<text>[^\s"']+)""", re.MULTILINE
)


def pair_in(text: str, reading: Reading) -> dict[Role, str] | None:
    """Give the parts that a text holds by their roles, if a key id and a secret are among them."""
    return _joined(text, reading) or _assigned(text, reading)


def _joined(text: str, reading: Reading) -> dict[Role, str] | None:
    """Give key id and secret of a text that is both, one behind the other with nothing or blanks between them."""
    grammar = reading.catalogue.grammar
    form = key_grammar(text.strip(), grammar)
    for length in form.lengths if form is not None else ():
        key, secret = text.strip()[:length], text.strip()[length:].strip()
        cloud = cloud_of_key(key, grammar)
        if is_key_id(key, grammar) and cloud is not None and is_secret(secret, cloud, grammar):
            return {Role.KEY_ID: key, Role.SECRET: secret}
    return None


def _assigned(text: str, reading: Reading) -> dict[Role, str] | None:
    """Give the parts that lines of a text assign to their names, if a key id and a secret are among them."""
    known = ((reading.role_of(found["name"].rpartition(".")[2]), found["text"]) for found in _ASSIGNMENT.finditer(text))
    parts = {role[0]: value for role, value in known if role is not None}
    pair = Role.SECRET in parts and cloud_of_key(parts.get(Role.KEY_ID, ""), reading.catalogue.grammar) is not None
    return parts if pair else None
