"""One function per rule; each sees one unit and yields drafts. Each kind of unit has its register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NoReturn, TypeAlias, TypeVar, cast

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
    MisnamedTokenUnit,
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

_Unit = TypeVar("_Unit")
Register: TypeAlias = dict[str, Callable[[_Unit], Iterator[Draft]]]
"""The checks of one kind of unit, by the names of their rules."""


def _client_checks() -> Register[ClientUnit]:
    from credlint.checks import (
        access_key_account_mismatch,
        damaged_by_transform,
        environment_shadows_credentials,
        foreign_key_without_endpoint,
        ignored_session_token,
        mixed_credential_parts,
        parent_key_for_data_access,
        partial_credentials,
        profile_with_explicit_keys,
        restricted_session_operation,
        session_token_dropped,
        static_keys_where_role_possible,
        swapped_credential_parts,
        temporary_key_without_token,
    )

    return {
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


def _request_checks() -> Register[RequestUnit]:
    from credlint.checks import (
        access_key_account_mismatch,
        invalid_session_request,
        region_endpoint_mismatch,
        restricted_session_operation,
        session_duration_too_long,
        session_duration_too_short,
        unscoped_role_session,
        unused_assumed_role,
    )

    return {
        "access-key-account-mismatch": access_key_account_mismatch.check_request,
        "session-duration-too-short": session_duration_too_short.check,
        "session-duration-too-long": session_duration_too_long.check,
        "invalid-session-request": invalid_session_request.check,
        "restricted-session-operation": restricted_session_operation.check_request,
        "unscoped-role-session": unscoped_role_session.check,
        "unused-assumed-role": unused_assumed_role.check,
        "region-endpoint-mismatch": region_endpoint_mismatch.check_request,
    }


def _call_checks() -> Register[CallUnit]:
    from credlint.checks import foreign_key_without_endpoint, restricted_session_operation

    return {
        "foreign-key-without-endpoint": foreign_key_without_endpoint.check_call,
        "restricted-session-operation": restricted_session_operation.check_call,
    }


def _place_checks() -> Register[PlaceUnit]:
    from credlint.checks import region_endpoint_mismatch

    return {
        "region-endpoint-mismatch": region_endpoint_mismatch.check,
    }


def _exposure_checks() -> Register[ExposureUnit]:
    from credlint.checks import credentials_in_command_line, logged_credentials

    return {
        "credentials-in-command-line": credentials_in_command_line.check,
        "logged-credentials": logged_credentials.check,
    }


def _kept_checks() -> Register[KeptUnit]:
    from credlint.checks import unrefreshed_temporary_credentials

    return {
        "unrefreshed-temporary-credentials": unrefreshed_temporary_credentials.check,
    }


def _url_checks() -> Register[SignedUrlUnit]:
    from credlint.checks import presigned_url_outlives_credentials

    return {
        "presigned-url-outlives-credentials": presigned_url_outlives_credentials.check,
    }


def _refresher_checks() -> Register[RefresherUnit]:
    from credlint.checks import refresher_does_not_refresh

    return {
        "refresher-does-not-refresh": refresher_does_not_refresh.check,
    }


def _fallback_checks() -> Register[FallbackUnit]:
    from credlint.checks import parent_key_for_data_access, silent_credential_fallback

    return {
        "parent-key-for-data-access": parent_key_for_data_access.check_fallback,
        "silent-credential-fallback": silent_credential_fallback.check,
    }


def _retried_checks() -> Register[RetriedErrorUnit]:
    from credlint.checks import retried_credential_error

    return {
        "retried-credential-error": retried_credential_error.check,
    }


def _literal_checks() -> Register[LiteralUnit]:
    from credlint.checks import (
        hardcoded_access_key,
        hardcoded_temporary_credentials,
        key_inventory,
        malformed_access_key_id,
    )

    return {
        "hardcoded-access-key": hardcoded_access_key.check,
        "hardcoded-temporary-credentials": hardcoded_temporary_credentials.check,
        "malformed-access-key-id": malformed_access_key_id.check,
        "key-inventory": key_inventory.check,
    }


def _write_checks() -> Register[WriteUnit]:
    from credlint.checks import blank_profile, hardcoded_temporary_credentials, profile_set_in_process

    return {
        "blank-profile": blank_profile.check_write,
        "profile-set-in-process": profile_set_in_process.check,
        "hardcoded-temporary-credentials": hardcoded_temporary_credentials.check_write,
    }


def _environment_checks() -> Register[EnvironmentUnit]:
    from credlint.checks import (
        blank_profile,
        conflicting_profiles,
        legacy_token_variable,
        misspelled_credential_variable,
        profile_with_explicit_keys,
    )

    return {
        "profile-with-explicit-keys": profile_with_explicit_keys.check_environment,
        "blank-profile": blank_profile.check,
        "conflicting-profiles": conflicting_profiles.check,
        "legacy-token-variable": legacy_token_variable.check,
        "misspelled-credential-variable": misspelled_credential_variable.check,
    }


def _entry_checks() -> Register[EntryUnit]:
    from credlint.checks import implicit_credential_source, unchecked_startup_identity

    return {
        "implicit-credential-source": implicit_credential_source.check,
        "unchecked-startup-identity": unchecked_startup_identity.check,
    }


def _profile_checks() -> Register[ProfileUnit]:
    from credlint.checks import broken_profile

    return {
        "broken-profile": broken_profile.check,
    }


def _inherited_checks() -> Register[InheritedKeyUnit]:
    from credlint.checks import credentials_set_in_process

    return {
        "credentials-set-in-process": credentials_set_in_process.check,
    }


def _misnamed_checks() -> Register[MisnamedTokenUnit]:
    from credlint.checks import ignored_session_token

    return {
        "ignored-session-token": ignored_session_token.check_misnamed,
    }


def _copy_checks() -> Register[SecretCopyUnit]:
    from credlint.checks import stale_secret_version

    return {
        "stale-secret-version": stale_secret_version.check_copy,
    }


def _secret_checks() -> Register[SecretReadUnit]:
    from credlint.checks import stale_secret_version

    return {
        "stale-secret-version": stale_secret_version.check,
    }


def _process_checks() -> Register[ProcessUnit]:
    from credlint.checks import (
        conflicting_profiles,
        credentials_file_shadows_role,
        ignored_session_token,
        incomplete_role_binding,
        mixed_credential_parts,
        partial_credentials,
        profile_with_explicit_keys,
        profile_with_role,
        profile_without_config_file,
        region_endpoint_mismatch,
        stale_secret_version,
        static_keys_shadow_role,
        unpinned_secret_version,
    )

    return {
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


def _job_time_checks() -> Register[JobTimeUnit]:
    from credlint.checks import job_outlives_session

    return {
        "job-outlives-session": job_outlives_session.check,
    }


def _corrupted_checks() -> Register[CorruptedUnit]:
    from credlint.checks import corrupted_credential_value, damaged_by_transform

    return {
        "corrupted-credential-value": corrupted_credential_value.check,
        "damaged-by-transform": damaged_by_transform.check_value,
    }


def _repeat_checks() -> Register[RepeatUnit]:
    from credlint.checks import duplicate_credential_variable

    return {
        "duplicate-credential-variable": duplicate_credential_variable.check,
    }


def _gap_checks() -> Register[GapUnit]:
    from credlint.checks import incomplete_role_binding

    return {
        "incomplete-role-binding": incomplete_role_binding.check_gap,
    }


# A module of a check is imported when there is a unit that it is for: a run meets few of the kinds.
_BY_UNIT: dict[type, Callable[[], Mapping[str, Callable[[NoReturn], Iterator[Draft]]]]] = {
    ClientUnit: _client_checks,
    RequestUnit: _request_checks,
    CallUnit: _call_checks,
    PlaceUnit: _place_checks,
    ExposureUnit: _exposure_checks,
    KeptUnit: _kept_checks,
    SignedUrlUnit: _url_checks,
    RefresherUnit: _refresher_checks,
    FallbackUnit: _fallback_checks,
    RetriedErrorUnit: _retried_checks,
    LiteralUnit: _literal_checks,
    WriteUnit: _write_checks,
    EnvironmentUnit: _environment_checks,
    EntryUnit: _entry_checks,
    ProfileUnit: _profile_checks,
    InheritedKeyUnit: _inherited_checks,
    SecretReadUnit: _secret_checks,
    MisnamedTokenUnit: _misnamed_checks,
    SecretCopyUnit: _copy_checks,
    ProcessUnit: _process_checks,
    JobTimeUnit: _job_time_checks,
    CorruptedUnit: _corrupted_checks,
    RepeatUnit: _repeat_checks,
    GapUnit: _gap_checks,
}


def registers() -> tuple[Mapping[str, Callable[[NoReturn], Iterator[Draft]]], ...]:
    """Give the registers of all kinds of units."""
    return tuple(register() for register in _BY_UNIT.values())


def run_checks(units: Iterable[Unit]) -> Iterator[tuple[str, Draft]]:
    """Run every check on the units that it is for; give rule names with their drafts."""
    met: dict[type, Mapping[str, Callable[[NoReturn], Iterator[Draft]]]] = {}
    for unit in units:
        kind = type(unit)
        if kind not in met:
            met[kind] = _BY_UNIT[kind]()
        for rule, check in met[kind].items():
            yield from ((rule, draft) for draft in check(cast("NoReturn", unit)))
