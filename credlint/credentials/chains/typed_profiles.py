"""Profiles that say of which type they are, as Alibaba Cloud's SDKs read them: what is wrong passes on to the next."""

from __future__ import annotations

from credlint.catalogue.chains import ChainProvider, ProfileType
from credlint.credentials.chains.profiles import Profile
from credlint.credentials.chains.search import Search
from credlint.model.chains import Held, SourceKind


def typed_profile(search: Search, provider: ChainProvider) -> bool:
    """A profile of one file, by its type."""
    search.used, search.name = True, _name(search, provider)
    return search.name != "" and _answers(search, provider, search.name, ())


def _name(search: Search, provider: ChainProvider) -> str | None:
    """Give the name of the profile: of a variable, of the file, or the default; where the file has one, not ""."""
    for variable in search.chain.profile:
        value = search.world.variable(variable, blank=True)
        if value is not None and (value.is_set or not provider.current):
            return search.world.text(value, variable, search.files.names_of(provider.file))
    return _current(search, provider) if provider.current else search.chain.default


def _current(search: Search, provider: ChainProvider) -> str | None:
    top = search.files.top(provider.file)
    value = top.get((provider.current,))
    if value is None:
        return ""
    return search.text(value, top, provider.current, search.files.names_of(provider.file))


def _answers(search: Search, provider: ChainProvider, name: str | None, visited: tuple[str, ...]) -> bool:
    profile = search.files.of_file(provider.file, name)
    if profile is None or profile.name in visited:
        return False
    if profile.hidden:
        return search.world.choose(f"whether {profile.title} has credentials", (False, True))
    types = dict(provider.types)
    value = profile.get(provider.setting("type"))
    text = search.text(value, profile, provider.setting("type")[0], tuple(types)) if value is not None else None
    kind = types.get(text or "")
    return kind is not None and _has(search, provider, profile, kind, (*visited, profile.name))


def _has(
    search: Search, provider: ChainProvider, profile: Profile, kind: ProfileType, visited: tuple[str, ...]
) -> bool:
    """Tell whether a profile has all that its type needs."""
    if not all(_needed(search, profile, setting, variable) for setting, variable in kind.needs):
        return False
    if any(_is_below(search, profile, setting, least) for setting, least in kind.minimum):
        return False
    if kind.machine and not _machine(search):
        return False
    if kind.signed_in and not search.world.fact("whether somebody has signed in", search.world.environment.signed_in):
        return False
    if not kind.source:
        return True
    value = profile.get((kind.source,))
    if value is None or value.held is Held.BLANK:
        return False
    other = search.text(value, profile, kind.source, search.files.names_of(provider.file))
    return _answers(search, provider, other, visited)


def _needed(search: Search, profile: Profile, setting: str, variable: str) -> bool:
    value = profile.get((setting,))
    if value is not None and value.held is not Held.BLANK:
        return True
    value = search.world.variable(variable) if variable else None
    return value is not None and value.is_set


def _is_below(search: Search, profile: Profile, setting: str, least: int) -> bool:
    value = profile.get((setting,))
    if value is not None and value.held is Held.OPAQUE:
        return search.world.choose(f"whether {setting} of {profile.title} is too short", (False, True))
    return value is not None and value.text.isdigit() and int(value.text) < least


def _machine(search: Search) -> bool:
    providers = (one for one in search.chain.providers if one.kind is SourceKind.INSTANCE)
    return any(not search.is_off(one) and search.answers(one) for one in providers)
