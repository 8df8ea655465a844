"""The one provider of profiles of the JavaScript SDK: what a profile lacks passes on to the next provider."""

from __future__ import annotations

from credlint.catalogue.chains import ChainProvider
from credlint.credentials.chains.profiles import Profile
from credlint.credentials.chains.role_profiles import gives, is_signed_in, logs_in, named_source, signs_on
from credlint.credentials.chains.search import Search, Stop


def profile(search: Search, provider: ChainProvider) -> bool:
    """Whatever a profile describes: a role, keys, a web identity, a program, a sign-on."""
    found = search.profile()
    if found is None:
        return False
    return search.perhaps(f"{found.title} has credentials") if found.hidden else _resolve(search, found, ())


def _resolve(search: Search, found: Profile, visited: tuple[str, ...], *, forced: bool = False) -> bool:
    has_keys = _has(search, found, "key_id") and _has(search, found, "secret")
    if visited and has_keys:
        return True
    if forced or (_has(search, found, "role") and _has(search, found, "source") != _has(search, found, "named_source")):
        return _assume(search, found, visited)
    if has_keys or (_has(search, found, "web_identity") and _has(search, found, "role")):
        return True
    if _has(search, found, "process"):
        return True
    return (signs_on(search, found) and is_signed_in(search)) or logs_in(search, found)


def _assume(search: Search, found: Profile, visited: tuple[str, ...]) -> bool:
    if not _has(search, found, "source"):
        return _by_name(search, found)
    source = found.get(search.chain.setting("source"))
    assert source is not None
    text = search.text(source, found, search.chain.setting("source")[0], search.files.names())
    if text is not None and text in visited:
        return False
    _second_factor(search, found)
    other = search.files.profile(text)
    if other is None:
        return False
    if other.open and not other.shows(search.chain.setting("key_id")):
        return search.perhaps(f"{other.title} has credentials")
    forced = not _has(search, other, "role") and _has(search, other, "named_source")
    return _resolve(search, other, (*visited, other.name), forced=forced)


def _by_name(search: Search, found: Profile) -> bool:
    named = found.get(search.chain.setting("named_source"))
    assert named is not None
    provider = named_source(search, found, named)
    if provider is None:
        return False
    _second_factor(search, found)
    return gives(search, provider)


def _second_factor(search: Search, found: Profile) -> None:
    if _has(search, found, "role") and _has(search, found, "mfa"):
        raise Stop("mfa", profile=found.name)


def _has(search: Search, found: Profile, what: str) -> bool:
    return found.get(search.chain.setting(what)) is not None
