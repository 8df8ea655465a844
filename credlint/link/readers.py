"""Which of several variables for one thing the SDKs read, where there are several; their chains are read only then."""

from __future__ import annotations

from collections.abc import Sequence

from credlint.catalogue.types import Catalogue
from credlint.model.environments import Variable
from credlint.model.sources import Reader
from credlint.model.values import Cloud, Role

_TOKENS = frozenset({Role.TOKEN, Role.LEGACY_TOKEN})


def profile_order(catalogue: Catalogue) -> tuple[str, ...]:
    """Give the variables that name a profile, in the order of the catalogue."""
    return tuple(name for family in catalogue.families for name in family.names(Role.PROFILE))


def profile_readers(variables: Sequence[Variable], catalogue: Catalogue) -> tuple[Reader, ...]:
    """Give the variable that each SDK of AWS takes the profile from, where different ones are named; else nothing."""
    profiles = (one for one in variables if one.role is Role.PROFILE and one.cloud is Cloud.AWS)
    named = {one.name: one.plain for one in profiles if one.plain}
    if len(set(named.values())) < 2:
        return ()
    from credlint.link.source_readers import readers_of_profile

    return tuple(readers_of_profile(named, catalogue))


def token_readers(variables: Sequence[Variable], catalogue: Catalogue) -> tuple[Reader, ...]:
    """Give the variable that each SDK of AWS takes the session token from, where it has an old name; else nothing."""
    if not any(one.role is Role.LEGACY_TOKEN for one in variables):
        return ()
    from credlint.link.source_readers import readers_of_token

    return tuple(readers_of_token({one.name for one in variables if one.role in _TOKENS}, catalogue))
