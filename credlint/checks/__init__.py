"""One function per rule; each sees one unit and yields drafts. CHECKS is the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NoReturn, cast

from credlint.checks import (
    access_key_account_mismatch,
    blank_profile,
    broken_profile,
    conflicting_profiles,
    corrupted_credential_value,
    credentials_file_shadows_role,
    credentials_in_command_line,
    credentials_set_in_process,
    damaged_by_transform,
    duplicate_credential_variable,
    environment_shadows_credentials,
    foreign_key_without_endpoint,
    hardcoded_access_key,
    hardcoded_temporary_credentials,
    ignored_session_token,
    implicit_credential_source,
    incomplete_role_binding,
    invalid_session_request,
    job_outlives_session,
    key_inventory,
    legacy_token_variable,
    logged_credentials,
    malformed_access_key_id,
    misspelled_credential_variable,
    mixed_credential_parts,
    parent_key_for_data_access,
    partial_credentials,
    presigned_url_outlives_credentials,
    profile_set_in_process,
    profile_with_explicit_keys,
    profile_with_role,
    profile_without_config_file,
    refresher_does_not_refresh,
    region_endpoint_mismatch,
    restricted_session_operation,
    retried_credential_error,
    session_duration_too_long,
    session_duration_too_short,
    session_token_dropped,
    silent_credential_fallback,
    stale_secret_version,
    static_keys_shadow_role,
    static_keys_where_role_possible,
    swapped_credential_parts,
    temporary_key_without_token,
    unchecked_startup_identity,
    unpinned_secret_version,
    unrefreshed_temporary_credentials,
    unscoped_role_session,
    unused_assumed_role,
)
from credlint.model.finding import Draft
from credlint.model.units import (
    CallUnit,
    ClientUnit,
    CorruptedUnit,
    EntryUnit,
    EnvironmentUnit,
    ExposureUnit,
    FallbackUnit,
    GapUnit,
    InheritedKeyUnit,
    JobTimeUnit,
    KeptUnit,
    LiteralUnit,
    PlaceUnit,
    ProcessUnit,
    ProfileUnit,
    RefresherUnit,
    RepeatUnit,
    RequestUnit,
    RetriedErrorUnit,
    SecretCopyUnit,
    SecretReadUnit,
    SignedUrlUnit,
    Unit,
    WriteUnit,
)

CLIENT_CHECKS: dict[str, Callable[[ClientUnit], Iterator[Draft]]] = {
    "access-key-account-mismatch": access_key_account_mismatch.check_client,
    "temporary-key-without-token": temporary_key_without_token.check,
    "session-token-dropped": session_token_dropped.check,
    "mixed-credential-parts": mixed_credential_parts.check,
    "damaged-by-transform": damaged_by_transform.check,
    "swapped-credential-parts": swapped_credential_parts.check,
    "partial-credentials": partial_credentials.check,
    "ignored-session-token": ignored_session_token.check,
    "environment-shadows-credentials": environment_shadows_credentials.check,
    "foreign-key-without-endpoint": foreign_key_without_endpoint.check,
    "parent-key-for-data-access": parent_key_for_data_access.check,
    "profile-with-explicit-keys": profile_with_explicit_keys.check_client,
    "restricted-session-operation": restricted_session_operation.check_client,
    "static-keys-where-role-possible": static_keys_where_role_possible.check,
}
REQUEST_CHECKS: dict[str, Callable[[RequestUnit], Iterator[Draft]]] = {
    "access-key-account-mismatch": access_key_account_mismatch.check_request,
    "session-duration-too-short": session_duration_too_short.check,
    "session-duration-too-long": session_duration_too_long.check,
    "invalid-session-request": invalid_session_request.check,
    "restricted-session-operation": restricted_session_operation.check_request,
    "unscoped-role-session": unscoped_role_session.check,
    "unused-assumed-role": unused_assumed_role.check,
    "region-endpoint-mismatch": region_endpoint_mismatch.check_request,
}
CALL_CHECKS: dict[str, Callable[[CallUnit], Iterator[Draft]]] = {
    "foreign-key-without-endpoint": foreign_key_without_endpoint.check_call,
    "restricted-session-operation": restricted_session_operation.check_call,
}
PLACE_CHECKS: dict[str, Callable[[PlaceUnit], Iterator[Draft]]] = {
    "region-endpoint-mismatch": region_endpoint_mismatch.check,
}
EXPOSURE_CHECKS: dict[str, Callable[[ExposureUnit], Iterator[Draft]]] = {
    "credentials-in-command-line": credentials_in_command_line.check,
    "logged-credentials": logged_credentials.check,
}
KEPT_CHECKS: dict[str, Callable[[KeptUnit], Iterator[Draft]]] = {
    "unrefreshed-temporary-credentials": unrefreshed_temporary_credentials.check,
}
URL_CHECKS: dict[str, Callable[[SignedUrlUnit], Iterator[Draft]]] = {
    "presigned-url-outlives-credentials": presigned_url_outlives_credentials.check,
}
REFRESHER_CHECKS: dict[str, Callable[[RefresherUnit], Iterator[Draft]]] = {
    "refresher-does-not-refresh": refresher_does_not_refresh.check,
}
FALLBACK_CHECKS: dict[str, Callable[[FallbackUnit], Iterator[Draft]]] = {
    "parent-key-for-data-access": parent_key_for_data_access.check_fallback,
    "silent-credential-fallback": silent_credential_fallback.check,
}
RETRIED_CHECKS: dict[str, Callable[[RetriedErrorUnit], Iterator[Draft]]] = {
    "retried-credential-error": retried_credential_error.check,
}
LITERAL_CHECKS: dict[str, Callable[[LiteralUnit], Iterator[Draft]]] = {
    "hardcoded-access-key": hardcoded_access_key.check,
    "hardcoded-temporary-credentials": hardcoded_temporary_credentials.check,
    "malformed-access-key-id": malformed_access_key_id.check,
    "key-inventory": key_inventory.check,
}
WRITE_CHECKS: dict[str, Callable[[WriteUnit], Iterator[Draft]]] = {
    "blank-profile": blank_profile.check_write,
    "profile-set-in-process": profile_set_in_process.check,
    "hardcoded-temporary-credentials": hardcoded_temporary_credentials.check_write,
}
ENVIRONMENT_CHECKS: dict[str, Callable[[EnvironmentUnit], Iterator[Draft]]] = {
    "profile-with-explicit-keys": profile_with_explicit_keys.check_environment,
    "blank-profile": blank_profile.check,
    "conflicting-profiles": conflicting_profiles.check,
    "legacy-token-variable": legacy_token_variable.check,
    "misspelled-credential-variable": misspelled_credential_variable.check,
}
ENTRY_CHECKS: dict[str, Callable[[EntryUnit], Iterator[Draft]]] = {
    "implicit-credential-source": implicit_credential_source.check,
    "unchecked-startup-identity": unchecked_startup_identity.check,
}
PROFILE_CHECKS: dict[str, Callable[[ProfileUnit], Iterator[Draft]]] = {
    "broken-profile": broken_profile.check,
}
INHERITED_CHECKS: dict[str, Callable[[InheritedKeyUnit], Iterator[Draft]]] = {
    "credentials-set-in-process": credentials_set_in_process.check,
}
COPY_CHECKS: dict[str, Callable[[SecretCopyUnit], Iterator[Draft]]] = {
    "stale-secret-version": stale_secret_version.check_copy,
}
SECRET_CHECKS: dict[str, Callable[[SecretReadUnit], Iterator[Draft]]] = {
    "stale-secret-version": stale_secret_version.check,
}
PROCESS_CHECKS: dict[str, Callable[[ProcessUnit], Iterator[Draft]]] = {
    "conflicting-profiles": conflicting_profiles.check_process,
    "static-keys-shadow-role": static_keys_shadow_role.check,
    "incomplete-role-binding": incomplete_role_binding.check_process,
    "ignored-session-token": ignored_session_token.check_process,
    "mixed-credential-parts": mixed_credential_parts.check_process,
    "partial-credentials": partial_credentials.check_process,
    "region-endpoint-mismatch": region_endpoint_mismatch.check_process,
    "unpinned-secret-version": unpinned_secret_version.check,
    "profile-with-explicit-keys": profile_with_explicit_keys.check_process,
    "profile-with-role": profile_with_role.check,
    "profile-without-config-file": profile_without_config_file.check,
    "credentials-file-shadows-role": credentials_file_shadows_role.check,
    "stale-secret-version": stale_secret_version.check_process,
}
JOB_TIME_CHECKS: dict[str, Callable[[JobTimeUnit], Iterator[Draft]]] = {
    "job-outlives-session": job_outlives_session.check,
}
CORRUPTED_CHECKS: dict[str, Callable[[CorruptedUnit], Iterator[Draft]]] = {
    "corrupted-credential-value": corrupted_credential_value.check,
    "damaged-by-transform": damaged_by_transform.check_value,
}
REPEAT_CHECKS: dict[str, Callable[[RepeatUnit], Iterator[Draft]]] = {
    "duplicate-credential-variable": duplicate_credential_variable.check,
}
GAP_CHECKS: dict[str, Callable[[GapUnit], Iterator[Draft]]] = {
    "incomplete-role-binding": incomplete_role_binding.check_gap,
}

_BY_UNIT: dict[type, Mapping[str, Callable[[NoReturn], Iterator[Draft]]]] = {
    ClientUnit: CLIENT_CHECKS,
    RequestUnit: REQUEST_CHECKS,
    CallUnit: CALL_CHECKS,
    PlaceUnit: PLACE_CHECKS,
    ExposureUnit: EXPOSURE_CHECKS,
    KeptUnit: KEPT_CHECKS,
    SignedUrlUnit: URL_CHECKS,
    RefresherUnit: REFRESHER_CHECKS,
    FallbackUnit: FALLBACK_CHECKS,
    RetriedErrorUnit: RETRIED_CHECKS,
    LiteralUnit: LITERAL_CHECKS,
    WriteUnit: WRITE_CHECKS,
    EnvironmentUnit: ENVIRONMENT_CHECKS,
    EntryUnit: ENTRY_CHECKS,
    ProfileUnit: PROFILE_CHECKS,
    InheritedKeyUnit: INHERITED_CHECKS,
    SecretReadUnit: SECRET_CHECKS,
    SecretCopyUnit: COPY_CHECKS,
    ProcessUnit: PROCESS_CHECKS,
    JobTimeUnit: JOB_TIME_CHECKS,
    CorruptedUnit: CORRUPTED_CHECKS,
    RepeatUnit: REPEAT_CHECKS,
    GapUnit: GAP_CHECKS,
}
CHECKS: frozenset[str] = frozenset(rule for checks in _BY_UNIT.values() for rule in checks)
"""The names of all rules that have a check."""


def run_checks(units: Iterable[Unit]) -> Iterator[tuple[str, Draft]]:
    """Run every check on the units that it is for; give rule names with their drafts."""
    for unit in units:
        for rule, check in _BY_UNIT[type(unit)].items():
            yield from ((rule, draft) for draft in check(cast("NoReturn", unit)))
