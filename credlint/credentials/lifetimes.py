"""What an origin says about how long a credential part lives."""

from __future__ import annotations

from credlint.catalogue.grammar import Grammar
from credlint.credentials.grammar import lifetime_of_key, needs_token
from credlint.model.values import (
    Alternative,
    EnvironmentVariable,
    Lifetime,
    Literal,
    Origin,
    ProfileField,
    ProviderField,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
)


def lifetime(origin: Origin, role: Role, grammar: Grammar) -> Lifetime:
    """Give the lifetime of a part by its origin.

    TEMPORARY is proof: an STS answer, a key id of temporary form, an output of a step that assumed a role.
    """
    match origin:
        case ResponseField(_, _, _, found) | ProviderField(_, _, _, found):
            return found
        case Literal(text):
            if role is Role.TOKEN:
                return Lifetime.TEMPORARY
            return lifetime_of_key(text.reveal(), grammar) if role is Role.KEY_ID else Lifetime.UNKNOWN
        case Reference(kind=ReferenceKind.STEP_OUTPUT | ReferenceKind.RESULT):
            return Lifetime.TEMPORARY
        case Reference(kind=ReferenceKind.HOST_VARIABLE) | EnvironmentVariable() | ProfileField():
            return Lifetime.POSSIBLY_TEMPORARY
        case _:
            return Lifetime.UNKNOWN


def is_temporary(alternative: Alternative, grammar: Grammar) -> bool:
    """Tell whether the key id of a set is temporary by proof and cannot be used without its token."""
    origin = alternative.key_id.origin
    if isinstance(origin, Literal) and not needs_token(origin.text.reveal(), grammar):
        return False
    return lifetime(origin, Role.KEY_ID, grammar) is Lifetime.TEMPORARY
