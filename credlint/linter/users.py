"""YAML files without a word of the catalogue that take all variables of an object which another file of the run shows.

A Deployment with `envFrom` may name nothing but the Secret in which the keys stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from credlint.catalogue.deployments import Deployments
from credlint.linter.discover import Source
from credlint.linter.gather import Relevant, second_look
from credlint.linter.project import Disk
from credlint.model.facts import FileFacts, Language
from credlint.model.patterns import pattern

_NAME = pattern(rb"[\w.\-]+")
_KEY = pattern(r"\w+")


def users(
    sources: Iterable[Source], facts: Iterable[FileFacts], deployments: Deployments, disk: Disk
) -> Iterator[Relevant]:
    """Give the files that name both such an object and the property by which its variables are taken."""
    given = [
        one
        for each in facts
        for one in each.resources
        if one.name and any(variable.role is not None for variable in one.variables)
    ]
    keys: dict[str, set[bytes]] = {}
    for dialect in deployments.dialects if given else ():
        for source in (one for shape in dialect.shapes for one in shape.imports):
            found = _KEY.match(source.at)
            keys.setdefault(source.resource, set()).update([found.group().encode()] if found else ())
    wanted: dict[bytes, set[bytes]] = {}
    for resource in given:
        wanted.setdefault(resource.name.encode(), set()).update(keys.get(resource.kind, ()))
    if not wanted:
        return
    words = set().union(*wanted.values())

    def uses(data: bytes) -> bool:
        if not any(word in data for word in words):
            return False
        named = set(_NAME.findall(data))
        return any(name in named and not keywords.isdisjoint(named) for name, keywords in wanted.items())

    yield from second_look(sources, Language.YAML.value, uses, disk)
