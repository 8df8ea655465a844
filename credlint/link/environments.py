"""Environments that code makes, with what the names of their variables say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from credlint.catalogue.types import Catalogue, Family
from credlint.credentials.spelling import PARTS, meant_role
from credlint.link.readers import profile_readers, token_readers
from credlint.model.environments import CodeEnvironment
from credlint.model.facts import FileFacts
from credlint.model.units import EnvironmentUnit, Misspelling, ProcessUnit
from credlint.model.values import Role


def environment_units(facts: FileFacts, catalogue: Catalogue) -> Iterator[EnvironmentUnit]:
    """Give a unit per environment that code of a file makes."""
    order = tuple(name for family in catalogue.families for name in family.names(Role.PROFILE))
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

    Where more variables may come from elsewhere, none is lacking.
    """
    variables = tuple(replace(one, location=one.key_location) for one in unit.variables if one.name.isupper())
    environment = CodeEnvironment(unit.scope.title, unit.scope.location, variables, child=True, flows=())
    return EnvironmentUnit(
        environment=environment,
        profile_order=unit.profile_order,
        misspelled=() if unit.opaque else tuple(_misspellings(environment, catalogue)),
        profile_readers=profile_readers(variables, catalogue),
        token_readers=token_readers(variables, catalogue),
        declared=True,
        opaque=unit.opaque,
    )


def _misspellings(environment: CodeEnvironment, catalogue: Catalogue) -> Iterator[Misspelling]:
    """Give the variables with almost the name of a part that is lacking where the other half is there."""
    names = {variable.name for variable in environment.variables}
    known = {*catalogue.variables, *catalogue.other_variables}
    for variable in environment.variables:
        for family in catalogue.families:
            role = meant_role(variable.name, family, known)
            if role is not None and _is_lacking(role, family, names):
                yield Misspelling(variable, family.names(role)[0], role)


def _is_lacking(role: Role, family: Family, names: set[str]) -> bool:
    """Tell whether a part is lacking where the rest of the pair is there: for a token, both halves."""
    there = {part for part in PARTS if not names.isdisjoint(family.names(part))}
    if not names.isdisjoint(family.names(Role.LEGACY_TOKEN)):
        there.add(Role.TOKEN)
    others = {Role.KEY_ID, Role.SECRET} - {role}
    return role not in there and others <= there
