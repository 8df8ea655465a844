"""Profiles whose name speaks of another environment than the process that is to use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from credlint.catalogue.types import Catalogue
from credlint.model.environments import EnvironmentScope, Variable
from credlint.model.patterns import pattern
from credlint.model.values import Role, Unknown

_WORD = pattern(r"[a-z0-9]+")
# ${AWS_PROFILE:-sandbox}
_DEFAULT = pattern(r"\$\{\w+:?-([^${}]+)\}")


class _Stage(Enum):
    PRODUCTION = "production"
    OTHER = "other"


def strangers(
    variables: Iterable[Variable], scope: EnvironmentScope, catalogue: Catalogue
) -> Iterator[tuple[Variable, str]]:
    """Give the variables that name a profile of another environment, with its name; a default is one as well."""
    profiles = [one for one in variables if one.role is Role.PROFILE]
    if not profiles:
        return
    titles = (scope.location.path, scope.title, scope.namespace or "")
    here = _stage(titles, catalogue)
    if here is None:
        return
    for variable in profiles:
        name = _profile(variable)
        if name is not None and _stage((name,), catalogue) not in {None, here}:
            yield variable, name


def _profile(variable: Variable) -> str | None:
    """Give the name of a profile: as it stands, or as the default for what the host does not say."""
    if isinstance(variable.value, Unknown):
        found = _DEFAULT.fullmatch(variable.value.identity)
        return found[1] if found else None
    return variable.plain


def _stage(texts: Iterable[str], catalogue: Catalogue) -> _Stage | None:
    """Give what the words of texts speak of; None where they speak of nothing, or of both."""
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    found = [
        stage
        for stage, names in ((_Stage.PRODUCTION, catalogue.production_words), (_Stage.OTHER, catalogue.stage_words))
        if not words.isdisjoint(names)
    ]
    return found[0] if len(found) == 1 else None
