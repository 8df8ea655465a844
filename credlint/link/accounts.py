"""The accounts that key ids which stand in a file carry."""

from __future__ import annotations

from credlint.catalogue.types import Catalogue
from credlint.credentials.account import account_of_key
from credlint.credentials.grammar import cloud_of_key
from credlint.model.facts import FileFacts
from credlint.model.values import Cloud, CredentialSet, Literal


def key_accounts(credentials: CredentialSet, facts: FileFacts, catalogue: Catalogue) -> tuple[str | None, ...]:
    """Give, per alternative, the account that its literal key id carries; tests and stand-ins carry none."""
    made_up = {literal.text for literal in facts.literals if literal.placeholder or literal.test_context}
    found: list[str | None] = []
    for alternative in credentials.alternatives:
        origin = alternative.key_id.origin
        told = isinstance(origin, Literal) and origin.text not in made_up
        text = origin.text.reveal() if told and isinstance(origin, Literal) else ""
        found.append(account_of_key(text) if cloud_of_key(text, catalogue.grammar) is Cloud.AWS else None)
    return tuple(found)
