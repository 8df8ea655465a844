"""Environments that code makes, with what the names of their variables say."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from credlint.catalogue.types import Catalogue, Family
from credlint.credentials.spelling import meant_role
from credlint.link.readers import profile_order, profile_readers, token_readers
from credlint.model.environments import CodeEnvironment, Variable
from credlint.model.facts import FileFacts
from credlint.model.globs import fits
from credlint.model.records import replace
from credlint.model.units import EnvironmentUnit, ImageSeen, Misspelling, ProcessUnit
from credlint.model.values import BLANK_DEFAULT, PARTS, Blank, Reference, Role


def environment_units(facts: FileFacts, catalogue: Catalogue) -> Iterator[EnvironmentUnit]:
    """Give a unit per environment that code of a file makes."""
    order = profile_order(catalogue)
    for environment in facts.environments:
        yield EnvironmentUnit(
            environment=environment,
            profile_order=order,
            misspelled=tuple(_misspellings(environment, catalogue)),
            profile_readers=profile_readers(environment.variables, catalogue),
            token_readers=token_readers(environment.variables, catalogue),
        )


def process_environment(unit: ProcessUnit, catalogue: Catalogue) -> EnvironmentUnit:
    """Give the environment that a deployment declares for a process, at the names of its variables.

    For its profiles the process itself is asked. Where more variables may come from elsewhere, a part is lacking only
    if the other half stands in the same place as what has almost its name.
    """
    variables = tuple(
        one if one.location is one.key_location else replace(one, location=one.key_location)
        for one in unit.variables
        if one.name.isupper()
    )
    environment = CodeEnvironment(unit.scope.title, unit.scope.location, variables, child=True, flows=())
    return EnvironmentUnit(
        environment=environment,
        misspelled=tuple(
            one
            for one in _misspellings(environment, catalogue, unit.places if unit.opaque else None)
            if one.variable.name not in unit.read
        ),
        token_readers=token_readers(variables, catalogue),
        declared=True,
        opaque=unit.opaque,
        image=_image_seen(unit, catalogue) if any(map(_may_be_blank, variables)) else ImageSeen.YES,
    )


def _may_be_blank(variable: Variable) -> bool:
    value = variable.value
    default = isinstance(value, Reference) and value.field == BLANK_DEFAULT
    return variable.role is Role.PROFILE and (default or isinstance(value, Blank))


def _image_seen(unit: ProcessUnit, catalogue: Catalogue) -> ImageSeen:
    """Tell whether the image of a process is one of those that everybody knows; what is no container has none."""
    if unit.scope.profile_files is None:
        return ImageSeen.YES
    from credlint.catalogue.load_deployments import load_deployments
    from credlint.link.source_readers import takes_blank_as_unset

    image = (unit.scope.base or "").partition("@")[0].lower()
    if takes_blank_as_unset(image, catalogue):
        return ImageSeen.OTHER
    known = any(fits(image, glob) for glob in load_deployments().profiles.bare_images)
    return ImageSeen.YES if known else ImageSeen.NO


def _misspellings(
    environment: CodeEnvironment, catalogue: Catalogue, places: tuple[frozenset[str], ...] | None = None
) -> Iterator[Misspelling]:
    """Give the variables with almost the name of a part that is lacking where the other half is there.

    With `places`, the names that stand together, it has to be there in the same one.
    """
    names = {variable.name for variable in environment.variables}
    known = {*catalogue.variables, *catalogue.other_variables}
    for variable in environment.variables:
        for family in catalogue.families:
            role = meant_role(variable.name, family, known)
            if role is None or role in _parts_of(family, names):
                continue
            near = names if places is None else {name for one in places if variable.name in one for name in one}
            if {Role.KEY_ID, Role.SECRET} - {role} <= _parts_of(family, near):
                ids = family.names(Role.KEY_ID)
                key = next((one.location for one in environment.variables if one.name in ids), None)
                yield Misspelling(variable, family.names(role)[0], role, key)


def _parts_of(family: Family, names: Collection[str]) -> set[Role]:
    """Give the parts that some of these names hold."""
    there = {part for part in PARTS if not set(family.names(part)).isdisjoint(names)}
    return there if set(family.names(Role.LEGACY_TOKEN)).isdisjoint(names) else {*there, Role.TOKEN}
