"""Providers of botocore that read a profile: a role with its source, single sign-on, login, processes and keys."""

from __future__ import annotations

from credlint.catalogue.chains import ChainProvider
from credlint.credentials.chains.profiles import Profile
from credlint.credentials.chains.search import Search, Stop
from credlint.model.chains import Held, SourceKind, Value

_OF_PROFILES = frozenset(
    {
        SourceKind.WEB_IDENTITY,
        SourceKind.SINGLE_SIGN_ON,
        SourceKind.FILE_KEYS,
        SourceKind.LOGIN,
        SourceKind.PROCESS,
    }
)
"""What a source profile may have, asked in the order of the chain."""


def role_profile(search: Search, provider: ChainProvider) -> bool:
    """A role that a profile names, signed for by another profile or provider."""
    profile = search.profile()
    if profile is None:
        return False
    if profile.hidden:
        return search.perhaps(f"{profile.title} names a role")
    return _has_role(search, profile) and _assume(search, profile, [profile.name])


def single_sign_on(search: Search, provider: ChainProvider) -> bool:
    """A sign-on that a profile describes."""
    profile = search.profile()
    if profile is None:
        return False
    return search.perhaps(f"{profile.title} has a single sign-on") if profile.hidden else signs_on(search, profile)


def login(search: Search, provider: ChainProvider) -> bool:
    """A login session of the console that a profile names."""
    profile = search.profile()
    return profile is not None and logs_in(search, profile)


def process(search: Search, provider: ChainProvider) -> bool:
    """A program that a profile names."""
    profile = search.profile()
    return profile is not None and profile.get(search.chain.setting("process")) is not None


def file_keys(search: Search, provider: ChainProvider) -> bool:
    """The keys of a profile in one of the files."""
    search.profile()
    profile = search.files.of_file(provider.file, search.name)
    if profile is not None and profile.hidden:
        return search.perhaps(f"the {provider.file} file has keys of {profile.title}")
    if profile is None or profile.get(search.chain.setting("key_id")) is None:
        return False
    names = search.chain.setting("secret")
    if profile.get(names) is None:
        raise Stop("partial", missing=names[0])
    return True


def signs_on(search: Search, profile: Profile) -> bool:
    """Tell whether a profile has a single sign-on; raises Stop for one that is not whole."""
    chain = search.chain
    if not any(profile.get((name,)) for name in chain.setting("sso_hints")):
        return False
    named = profile.get(chain.setting("session"))
    session = _session(search, profile, named) if named is not None else None
    given = chain.setting("sso_given") if session is not None else ()
    missing = []
    for name in chain.setting("sso"):
        own = profile.get((name,)) if name not in given else None
        shared = session.get((name,)) if session is not None else None
        if (
            chain.error("sso_conflict")
            and own is not None
            and shared is not None
            and _differ(search, name, own, shared)
        ):
            raise Stop("sso_conflict", missing=name)
        if own is None and shared is None:
            missing.append(name)
    if missing:
        raise Stop("sso_incomplete", profile=profile.name, missing=", ".join(missing))
    return True


def logs_in(search: Search, profile: Profile) -> bool:
    """Tell whether a profile has a login session; raises Stop where nobody has logged in."""
    return profile.get(search.chain.setting("login")) is not None and is_signed_in(search)


def is_signed_in(search: Search) -> bool:
    """Give True where somebody has signed in on the machine; raises Stop otherwise."""
    if not search.world.fact("whether somebody has signed in", search.world.environment.signed_in):
        raise Stop("not_signed_in")
    return True


def named_source(search: Search, profile: Profile, named: Value) -> ChainProvider | None:
    """Give the provider that a profile names to sign for its role, None where there is no such name."""
    sources = dict(search.chain.sources)
    text = search.text(named, profile, search.chain.setting("named_source")[0], tuple(sources))
    return next((one for one in search.chain.providers if one.name == sources.get(text or "")), None)


def gives(search: Search, provider: ChainProvider) -> bool:
    """Tell whether a provider that a profile names gives credentials; raises Stop."""
    switched = provider.disabled_by is not None and not provider.disabled_by.chain_only
    return not (switched and search.is_off(provider)) and search.answers(provider)


def _session(search: Search, profile: Profile, named: Value) -> Profile:
    names = tuple(dict.fromkeys(name for name, _ in search.files.sessions()))
    text = search.text(named, profile, search.chain.setting("session")[0], names)
    session = search.files.session(text)
    if session is None or (
        not session.parts and search.world.choose(f"whether there is no session {text}", (True, False))
    ):
        raise Stop("sso_no_session", source=text or "")
    return session


def _differ(search: Search, name: str, one: Value, other: Value) -> bool:
    if Held.OPAQUE in {one.held, other.held}:
        return search.world.choose(f"whether {name} of the profile and of its session differ", (False, True))
    return one.text != other.text


def _has_role(search: Search, profile: Profile) -> bool:
    """Tell whether a profile names a role that another signs for, not a web identity."""
    chain = search.chain
    return (
        profile.get(chain.setting("role")) is not None
        and profile.get(chain.setting("web_identity"), blank=True) is None
    )


def _has_keys(search: Search, profile: Profile) -> bool:
    chain = search.chain
    return any(profile.get(chain.setting(what)) is not None for what in ("key_id", "secret"))


def _assume(search: Search, profile: Profile, visited: list[str]) -> bool:
    chain = search.chain
    source, named = profile.get(chain.setting("source")), profile.get(chain.setting("named_source"))
    if source is not None and named is not None:
        raise Stop("two_sources", profile=profile.name)
    if named is not None:
        return _by_name(search, profile, named)
    if source is None:
        raise Stop("no_source", profile=profile.name)
    text = search.text(source, profile, chain.setting("source")[0], search.files.names())
    other = search.files.profile(text)
    if other is None:
        raise Stop("missing_source", source=text or "", profile=profile.name)
    if other.name in visited and (other.name != profile.name or not _has_keys(search, other)):
        raise Stop("loop", source=other.name)
    if other.open and not other.shows(chain.setting("key_id")):
        return search.perhaps(f"{other.title} has credentials") or _empty(other)
    if not _has_keys(search, other) and _has_role(search, other):
        return _assume(search, other, [*visited, other.name])
    return _signs(search, other)


def _by_name(search: Search, profile: Profile, named: Value) -> bool:
    provider = named_source(search, profile, named)
    if provider is None:
        raise Stop("unknown_source", source=named.text, profile=profile.name)
    if not gives(search, provider):
        raise Stop("empty_source", source=named.text, profile=profile.name)
    return True


def _signs(search: Search, profile: Profile) -> bool:
    """Ask the providers of a source profile, the environment left out."""
    before = search.name, search.with_variables
    search.name, search.with_variables = profile.name, False
    try:
        providers = [one for one in search.chain.providers if one.kind in _OF_PROFILES]
        return any(search.answers(one) for one in providers) or _empty(profile)
    finally:
        search.name, search.with_variables = before


def _empty(profile: Profile) -> bool:
    raise Stop("empty_profile", source=profile.name)
