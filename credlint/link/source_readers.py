"""Which of several variables for one thing the SDKs read: their chains simulated over these variables alone."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.chains import Chain
from credlint.catalogue.types import Catalogue
from credlint.credentials.chains import simulate
from credlint.link.sources import sdk_chains
from credlint.model.chains import (
    ABSENT_FILE,
    OPAQUE,
    ChainEnvironment,
    ChainFile,
    ChainResult,
    ChainSection,
    Fact,
    SourceKind,
    Value,
    literal,
)
from credlint.model.globs import fits
from credlint.model.sources import Reader
from credlint.model.values import Cloud


def readers_of_profile(named: dict[str, str], catalogue: Catalogue) -> Iterator[Reader]:
    """Give the variable that each SDK of AWS takes the profile from, of those that name one."""
    return (_profile_reader(chain, named) for chain in _chains(catalogue) if named.keys() & set(chain.profile))


def _profile_reader(chain: Chain, named: dict[str, str]) -> Reader:
    sections = tuple(ChainSection(name, _keys(chain)) for name in dict.fromkeys(named.values()))
    place = next(place.paths[0] for name, place in chain.files if name not in chain.prefixed)
    result = _simulated(chain, {name: literal(text) for name, text in named.items()}, {place: ChainFile(sections)})
    taken = result.winner.profile if result.winner is not None else ""
    return Reader(chain.title, next((name for name in chain.profile if named.get(name) == taken), ""))


def _keys(chain: Chain) -> tuple[tuple[str, Value], ...]:
    return tuple((chain.setting(what)[0], OPAQUE) for what in ("key_id", "secret"))


def takes_blank_as_unset(image: str, catalogue: Catalogue) -> bool:
    """Tell whether programs of an image use an SDK of AWS to which a blank variable is none."""
    return any(
        not chain.blank_counts and any(fits(image, glob) for glob in chain.images) for chain in _chains(catalogue)
    )


def readers_of_token(held: set[str], catalogue: Catalogue) -> Iterator[Reader]:
    """Give the variable that each SDK of AWS takes the session token from, of those that hold one."""
    return (_token_reader(chain, held) for chain in _chains(catalogue))


def _token_reader(chain: Chain, held: set[str]) -> Reader:
    provider = next(one for one in chain.providers if one.kind is SourceKind.VARIABLES)
    pair = (*provider.variable("key_id"), *provider.variable("secret"))
    result = _simulated(chain, dict.fromkeys((*pair, *held), OPAQUE), {})
    grounds = result.winner.grounds if result.winner is not None else ()
    read = {ground.variable for ground in grounds}
    return Reader(chain.title, next((name for name in provider.variable("token") if name in read), ""))


def _chains(catalogue: Catalogue) -> Iterator[Chain]:
    return (one.chain for one in sdk_chains(catalogue) if one.cloud is Cloud.AWS and one.chain.settings)


def _simulated(chain: Chain, variables: dict[str, Value], files: dict[str, ChainFile | None]) -> ChainResult:
    environment = ChainEnvironment(
        variables=tuple(variables.items()),
        files=tuple(files.items()),
        other_files=ABSENT_FILE,
        container_role=Fact.NO,
        web_identity=Fact.NO,
        instance_metadata=Fact.NO,
        signed_in=Fact.NO,
    )
    return simulate(environment, chain)
