"""The accounts that key ids which stand in a file carry."""

from __future__ import annotations

from credlint.catalogue.types import Catalogue
from credlint.credentials.account import account_of_key
from credlint.credentials.grammar import cloud_of_key
from credlint.model.facts import FileFacts
from credlint.model.values import Cloud, CredentialSet, Literal, Origin


def key_accounts(credentials: CredentialSet, facts: FileFacts, catalogue: Catalogue) -> tuple[str | None, ...]:
    """Give, per alternative, the account that its literal key id carries; tests and stand-ins carry none."""
    return tuple(_account(one.key_id.origin, facts, catalogue) for one in credentials.alternatives)


def _account(origin: Origin, facts: FileFacts, catalogue: Catalogue) -> str | None:
    text = origin.text.reveal() if isinstance(origin, Literal) else ""
    if cloud_of_key(text, catalogue.grammar) is not Cloud.AWS:
        return None
    alike = (literal for literal in facts.literals if literal.text.reveal() == text)
    return None if any(literal.placeholder or literal.test_context for literal in alike) else account_of_key(text)
