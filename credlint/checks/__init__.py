"""One function per rule; each sees one unit and yields drafts. CHECKS is the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from credlint.checks import (
    access_key_account_mismatch,
    hardcoded_access_key,
    hardcoded_temporary_credentials,
    key_inventory,
    logged_credentials,
    malformed_access_key_id,
    mixed_credential_parts,
    parent_key_for_data_access,
    profile_set_in_process,
    profile_with_explicit_keys,
    profile_with_role,
    session_duration_too_long,
    session_duration_too_short,
    session_token_dropped,
    static_keys_shadow_role,
    temporary_key_without_token,
)
from credlint.model.finding import Draft
from credlint.model.units import ClientUnit, ExposureUnit, LiteralUnit, ProcessUnit, RequestUnit, Unit, WriteUnit

CLIENT_CHECKS: dict[str, Callable[[ClientUnit], Iterator[Draft]]] = {
    "access-key-account-mismatch": access_key_account_mismatch.check_client,
    "temporary-key-without-token": temporary_key_without_token.check,
    "session-token-dropped": session_token_dropped.check,
    "mixed-credential-parts": mixed_credential_parts.check,
    "parent-key-for-data-access": parent_key_for_data_access.check,
    "profile-with-explicit-keys": profile_with_explicit_keys.check_client,
}
REQUEST_CHECKS: dict[str, Callable[[RequestUnit], Iterator[Draft]]] = {
    "access-key-account-mismatch": access_key_account_mismatch.check_request,
    "session-duration-too-short": session_duration_too_short.check,
    "session-duration-too-long": session_duration_too_long.check,
}
EXPOSURE_CHECKS: dict[str, Callable[[ExposureUnit], Iterator[Draft]]] = {
    "logged-credentials": logged_credentials.check,
}
LITERAL_CHECKS: dict[str, Callable[[LiteralUnit], Iterator[Draft]]] = {
    "hardcoded-access-key": hardcoded_access_key.check,
    "hardcoded-temporary-credentials": hardcoded_temporary_credentials.check,
    "malformed-access-key-id": malformed_access_key_id.check,
    "key-inventory": key_inventory.check,
}
WRITE_CHECKS: dict[str, Callable[[WriteUnit], Iterator[Draft]]] = {
    "profile-set-in-process": profile_set_in_process.check,
    "hardcoded-temporary-credentials": hardcoded_temporary_credentials.check_write,
}
PROCESS_CHECKS: dict[str, Callable[[ProcessUnit], Iterator[Draft]]] = {
    "static-keys-shadow-role": static_keys_shadow_role.check,
    "profile-with-explicit-keys": profile_with_explicit_keys.check_process,
    "profile-with-role": profile_with_role.check,
}

CHECKS: frozenset[str] = frozenset(
    {*CLIENT_CHECKS, *REQUEST_CHECKS, *EXPOSURE_CHECKS, *LITERAL_CHECKS, *WRITE_CHECKS, *PROCESS_CHECKS}
)
"""The names of all rules that have a check."""


def run_checks(units: Iterable[Unit]) -> Iterator[tuple[str, Draft]]:
    """Run every check on the units that it is for; give rule names with their drafts."""
    for unit in units:
        for rule, drafts in _checks_of(unit):
            yield from ((rule, draft) for draft in drafts)


def _checks_of(unit: Unit) -> Iterator[tuple[str, Iterator[Draft]]]:
    match unit:
        case ClientUnit():
            yield from ((rule, check(unit)) for rule, check in CLIENT_CHECKS.items())
        case RequestUnit():
            yield from ((rule, check(unit)) for rule, check in REQUEST_CHECKS.items())
        case ExposureUnit():
            yield from ((rule, check(unit)) for rule, check in EXPOSURE_CHECKS.items())
        case LiteralUnit():
            yield from ((rule, check(unit)) for rule, check in LITERAL_CHECKS.items())
        case WriteUnit():
            yield from ((rule, check(unit)) for rule, check in WRITE_CHECKS.items())
        case _:
            yield from ((rule, check(unit)) for rule, check in PROCESS_CHECKS.items())
