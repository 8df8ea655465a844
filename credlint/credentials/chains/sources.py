"""Providers that need no profile: variables, web identity, key files, and what a machine answers at an address."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from credlint.catalogue.chains import ChainProvider
from credlint.credentials.chains.profiles import Part, Profile, expanded, is_refused
from credlint.credentials.chains.search import Search, Stop
from credlint.model.chains import BLANK, UNKNOWN_FILE, Fact, Ground, Held, Value, literal

_HTTPS = "https"
_FOREIGN = "elsewhere"


def variables(search: Search, provider: ChainProvider) -> bool:
    """A key id and a secret of the environment."""
    key = _first(search, provider.variable("key_id"))
    if key is None:
        return False
    names = provider.variable("secret")
    if _first(search, names) is None:
        if search.chain.error("partial") is None:
            return False
        raise Stop("partial", missing=names[0])
    search.world.note(provider.variable("token"))
    return True


def web_identity(search: Search, provider: ChainProvider) -> bool:
    """A token in a file and a role, of the environment or (where it does not say) of the profile."""
    own = search.with_variables or not provider.over_profile
    token = _variable(search, provider, "web_identity") if own else None
    question = "whether the platform gives a web identity"
    if own and token is None and _from_platform(search, provider, question, search.world.environment.web_identity):
        return True
    if not provider.over_profile:
        others = [one for one in ("role", "provider") if provider.variable(one)]
        if not _is_set(token):
            return False
        if all(_is_set(_variable(search, provider, one)) for one in others):
            return True
        if search.chain.error("no_role"):
            raise Stop("no_role")
        return False
    profile = search.profile() if token is None else None
    if profile is not None and profile.hidden:
        return search.perhaps(f"{profile.title} has a web identity")
    if profile is not None:
        token = profile.get(search.chain.setting("web_identity"), blank=True)
    if not _is_set(token):
        return False
    role = _variable(search, provider, "role") if own else None
    profile = profile or search.profile() if role is None else None
    if profile is not None:
        role = profile.get(search.chain.setting("role"))
    if not _is_set(role):
        raise Stop("no_role")
    return True


def key_file(search: Search, provider: ChainProvider) -> bool:
    """A key id and a secret in a file of their own. Such files are of long ago: one that nobody shows is not there."""
    assert provider.place is not None
    named = search.world.is_declared(provider.place.variable)
    value = search.world.variable(provider.place.variable) if named else None
    paths = provider.place.paths
    if value is not None:
        paths = (expanded(value.text, search.chain) if provider.section else value.text,)
    for path in paths:
        file = search.world.file(path) if path else None
        if file == UNKNOWN_FILE or (value is not None and value.held is Held.OPAQUE):
            if named and search.perhaps(f"{path or provider.place.variable} has keys"):
                return True
            continue
        if file is None:
            if provider.needed:
                raise Stop("no_file", file=path)
            continue
        if provider.section and is_refused(file):
            raise Stop("unreadable", file=path)
        parts = tuple(Part(path, one) for one in file.sections if one.name == provider.section)
        section = Profile(search.world, search.chain, path, parts, open_=not file.whole)
        if section.get(provider.setting("key_id")) is None:
            continue
        names = provider.setting("secret")
        if section.get(names) is None:
            raise Stop("half_file" if provider.needed else "partial", missing=names[0])
        return True
    return False


def container(search: Search, provider: ChainProvider) -> bool:
    """The role of a container, from an address that the platform gives."""
    relative = _address(search, provider, "relative")
    full = _address(search, provider, "full") if relative is None else None
    role = search.world.environment.container_role
    if relative is None and full is None:
        return _from_platform(search, provider, "whether the platform gives the container a role", role)
    host = ""
    if full is not None:
        host = _host(search, provider, full)
        if not host:
            return False
    if search.world.fact("whether the address of the container's role answers", role):
        return True
    if provider.passes and (relative is not None or host in provider.passes):
        return False
    raise Stop("dead_container", source=host)


def instance(search: Search, provider: ChainProvider) -> bool:
    """The role of the machine."""
    return search.world.fact("whether the machine has a role", search.world.environment.instance_metadata)


def address(search: Search, provider: ChainProvider) -> bool:
    """Whatever answers at an address of the environment."""
    value = _first(search, provider.variable("address"))
    question = "whether the address of the credentials answers"
    return value is not None and search.world.fact(question, search.world.environment.container_role)


def _first(search: Search, names: tuple[str, ...]) -> Value | None:
    """Give the first variable that is set and not empty."""
    values = (search.world.variable(name) for name in names)
    return next((value for value in values if value is not None and value.is_set), None)


def _variable(search: Search, provider: ChainProvider, what: str) -> Value | None:
    return search.world.variable(provider.variable(what)[0], blank=True)


def _is_set(value: Value | None) -> bool:
    return value is not None and value.is_set


def _address(search: Search, provider: ChainProvider, what: str) -> Value | None:
    value = search.world.variable(provider.variable(what)[0], blank=True)
    return value if value is not None and (value.is_set or search.chain.blank_counts) else None


def _from_platform(search: Search, provider: ChainProvider, question: str, fact: Fact) -> bool:
    """Tell whether the platform adds the variables of a provider; it does so only where none of them is declared."""
    world = search.world
    names = [name for _, each in provider.variables for name in each]
    declared = any(world.is_answered(name) and world.variable(name, blank=True) is not None for name in names)
    if declared or not world.fact(question, fact):
        return False
    world.read += [Ground(variable=name) for name in names]
    return True


def _host(search: Search, provider: ChainProvider, full: Value) -> str:
    """Give the host of an address, "" for one that the SDK does not ask and passes over."""
    if full.held is Held.OPAQUE:
        hosts = (search.chain.hosts[0], search.chain.hosts[-1], _FOREIGN)
        texts = (*(literal(f"http://{host}") for host in hosts), BLANK)
        full = search.world.choose(f"what {provider.variable('full')[0]} holds", texts)
    try:
        parts = urlsplit(full.text)
        host = parts.hostname or ""
    except ValueError:
        raise Stop("foreign_host", source=full.text) from None
    if search.chain.error("bad_address") and not (parts.scheme and host):
        raise Stop("bad_address")
    if host in search.chain.hosts or _is_loopback(host) or (provider.anywhere and parts.scheme == _HTTPS):
        return host
    if search.chain.error("foreign_host") is None:
        return ""
    raise Stop("foreign_host", source=host or "None")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
