"""Processes of deployment files with their effective environment, Secrets and ServiceAccounts of the run included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from credlint.catalogue.types import Catalogue
from credlint.credentials.effective import (
    Environment,
    credential_sets,
    effective,
    environment_endpoint,
    exporters_of,
    left_by,
    step_of,
)
from credlint.credentials.grammar import is_key_id, is_placeholder, key_grammar
from credlint.link.bare import BareScopes
from credlint.link.endpoints import process_mismatches
from credlint.link.halves import halves
from credlint.link.mounted import mounted_profiles
from credlint.link.objects import Find, Objects
from credlint.link.patched import is_patched, patched_documents
from credlint.link.readers import profile_order, profile_readers
from credlint.link.stages import strangers
from credlint.model.environments import (
    EnvironmentImport,
    EnvironmentScope,
    ProfileFiles,
    RoleBinding,
    RoleKind,
    Variable,
)
from credlint.model.facts import FileFacts, Language
from credlint.model.project import Settings
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.units import ProcessUnit, Unread
from credlint.model.values import (
    PARTS,
    Absent,
    Alternative,
    Cloud,
    CredentialSet,
    EnvironmentVariable,
    Literal,
    Part,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
    Unknown,
)

if TYPE_CHECKING:
    from credlint.link.sources import Simulated
    from credlint.model.profiles import ProfileText
    from credlint.model.sources import SourceWorld

_ENV_FILE = "env_file"


def process_units(files: Sequence[FileFacts], catalogue: Catalogue) -> Iterator[ProcessUnit]:
    """Give a unit per process that checks may say something of; what its SDKs do is simulated where sources rival."""
    for unit, simulated in processes(files, catalogue, bare=False):
        yield replace(unit, worlds=simulated(brief=True)) if _may_rival(unit) else unit


def processes(
    files: Sequence[FileFacts], catalogue: Catalogue, *, bare: bool = True
) -> Iterator[tuple[ProcessUnit, Simulated]]:
    """Give the processes, and what simulates the SDKs in each; what that needs is imported when it is called.

    `bare` asks for those as well around which nothing has to do with credentials.
    """
    index = Objects(files)
    patched = patched_documents(files)
    chunks = {facts.path: facts.chunks for facts in files}
    texts = tuple(text for facts in files for text in facts.profiles)
    in_code = frozenset(_variables_of_code(files))
    for facts in files:
        exporters = exporters_of(facts.scopes)
        read = in_code | frozenset(facts.variables)
        known = BareScopes(facts.scopes, exporters, catalogue)
        for scope in facts.scopes:
            if scope.process:
                more = is_patched(facts.scopes, scope, patched)
                if not bare and not more and known.is_bare(scope):
                    continue
                unit, environment = _unit(facts, scope, exporters, index, catalogue, read, patched=more)
                yield unit, partial(_simulated, unit, environment, (index.get, chunks, texts, catalogue))


def _variables_of_code(files: Sequence[FileFacts]) -> Iterator[str]:
    """Give the variables that code hands to a client."""
    for client in (one for facts in files for one in facts.clients if facts.language is not Language.YAML):
        for part in (part for alternative in client.credentials.alternatives for part in alternative.parts()):
            if isinstance(part.origin, EnvironmentVariable):
                yield part.origin.name


def _simulated(
    unit: ProcessUnit,
    environment: Environment,
    run: tuple[Find, Mapping[str, tuple[int, ...]], tuple[ProfileText, ...], Catalogue],
    wanted: Iterable[str] | None = None,
    *,
    brief: bool = False,
) -> tuple[SourceWorld, ...]:
    from credlint.link.sources import Run, simulated_worlds

    return simulated_worlds(unit, environment, Run(*run), wanted, brief=brief)


def _may_rival(unit: ProcessUnit) -> bool:
    """Tell whether a cloud has more than one source here: pairs of keys, profiles, roles."""
    put = [one for one in unit.variables if one.role is not None and not isinstance(one.value, ResponseField)]
    sources = [one.cloud for one in put if one.role in {Role.KEY_ID, Role.PROFILE}]
    sources += [role.cloud for role in unit.roles]
    sources += [one.cloud for one in put if one.role is Role.CREDENTIALS_FILE]
    sources += [Cloud.AWS] * any(mount.holds_profiles for mount in unit.mounts)
    return any(sources.count(cloud) > 1 for cloud in (Cloud.AWS, Cloud.ALIBABA))


def _unit(
    facts: FileFacts,
    scope: EnvironmentScope,
    exporters: Sequence[EnvironmentScope],
    index: Objects,
    catalogue: Catalogue,
    read: frozenset[str],
    *,
    patched: bool,
) -> tuple[ProcessUnit, Environment]:
    unseen: list[EnvironmentImport] = []

    def bring(wanted: EnvironmentImport) -> Sequence[Variable] | None:
        if any(found.opaque for found in index.get(wanted.resource, wanted.name, scope)):
            unseen.append(wanted)
        found = index.variables(wanted, scope)
        return [_prefixed(one, wanted.prefix, catalogue) for one in found] if found and wanted.prefix else found

    environment = effective(facts.scopes, scope.index, bring, exporters)
    environment.opaque = environment.opaque or bool(unseen) or patched
    for name, variants in environment.variables.items():
        if any(isinstance(one.value, Reference) for one in variants):
            environment.variables[name] = tuple(_looked_up(one, index, scope) for one in variants)
    step = step_of(facts.scopes, scope)
    written = _profiles_written(exporters, step)
    variables = tuple(
        one
        for variants in environment.variables.values()
        for one in variants
        if not (one.role is Role.PROFILE and one.plain is not None and one.plain in written)
    )
    roles = (*environment.roles, *index.account_roles(scope), *_declared_roles(environment, scope, catalogue))
    sets = [(name, _real(found, catalogue)) for name, found in credential_sets(environment, catalogue)]
    sets += [(name, _real(found, catalogue)) for name, found in _input_sets(scope, catalogue)]
    unit = ProcessUnit(
        scope=scope,
        variables=variables,
        roles=tuple(dict.fromkeys(roles)),
        mounts=environment.mounts,
        sets=tuple(sets),
        opaque=environment.opaque or environment.supplemented,
        endpoint=environment_endpoint(environment, catalogue.grammar, Settings(), beside_local=scope.beside_local),
        overridden=tuple(_overridden(scope)),
        strangers=tuple(strangers(variables, scope, catalogue)),
        profile_order=profile_order(catalogue),
        profile_readers=profile_readers(variables, catalogue),
        files_beside=_files_beside(scope, facts),
        unread=tuple(_unread(variables, dict(sets), environment, catalogue)),
        mismatches=tuple(process_mismatches(variables, catalogue)),
        stale=tuple(_stale(variables, catalogue)),
        files_seen=any(
            index.get(one.source_kind, one.source, scope) for one in environment.mounts if one.holds_profiles
        ),
        profiles_seen=mounted_profiles(environment.mounts, scope, index.get, catalogue),
        account_known=bool(scope.service_account and index.get("serviceaccount", scope.service_account, scope)),
        refused=tuple(one for one in variables if one.name in scope.reserved and _is_set(one, catalogue)),
        profiles_written=frozenset(_scripted_profiles(exporters, step)),
        left=tuple(one.exports for one in left_by(exporters, step) if one.exports),
        places=tuple(_places(facts.scopes, scope)),
        read=read,
    )
    if scope.closed and not unit.opaque:
        unit = replace(unit, halves=tuple(halves(variables, unit.places, catalogue)))
    return unit, environment


def _unread(
    variables: Sequence[Variable], sets: dict[str, CredentialSet], environment: Environment, catalogue: Catalogue
) -> Iterator[Unread]:
    """Give the tokens that stand under a name which the SDK that reads the pair beside them does not read."""
    families = {one.name: one for one in catalogue.families}
    for name, found in sets.items():
        family = families.get(name)
        lacking = all(one.token.is_missing() and one.key_id.location for one in found.alternatives)
        if family is None or not family.unread or not lacking or environment.opaque or environment.supplemented:
            continue
        for one in variables:
            unread = one.name in family.unread and one.part(Role.TOKEN).is_given()
            # Beside a pair of its own family it is that one's token.
            if unread and not (one.family and one.family in sets):
                yield Unread(one, family.names(Role.TOKEN)[0], _key_place(found, variables))


def _stale(variables: Sequence[Variable], catalogue: Catalogue) -> Iterator[tuple[Variable, str]]:
    """Give the credentials of stored secrets whose name ends in the stage of a version: `NAME:FIELD:STAGE:VERSION`."""
    for variable in variables:
        value = variable.value
        if variable.role in PARTS and isinstance(value, Reference) and value.kind is ReferenceKind.SECRET_STORE:
            stages = {stage for each in catalogue.secret_reads.values() for stage in each.stale}
            named = stages.intersection(value.name.split(":")[1:])
            yield from ((variable, stage) for stage in named)


def _key_place(found: CredentialSet, variables: Sequence[Variable]) -> Location:
    key = found.alternatives[0].key_id
    return next(one.key_location for one in variables if one.name == key.name and one.location == key.location)


def _places(scopes: Sequence[EnvironmentScope], scope: EnvironmentScope | None) -> Iterator[frozenset[str]]:
    """Give the names that each node gives which leads to a process, and each file that it names."""
    while scope is not None:
        for found in (scope.variables, *(wanted.variables or () for wanted in scope.imports)):
            yield frozenset(one.name for one in found)
        scope = scopes[scope.parent] if scope.parent is not None else None


def _files_beside(scope: EnvironmentScope, facts: FileFacts) -> Location | None:
    """Give a process beside another that gets a file of profiles, where both name one by the same variable."""
    names = {one.name for one in scope.variables if one.role is Role.PROFILE}
    for other in facts.scopes if names else ():
        beside = other.parent == scope.parent and other.dialect == scope.dialect and other.index != scope.index
        if beside and other.profile_files is ProfileFiles.BROUGHT and names & {one.name for one in other.variables}:
            return other.location
    return None


def _is_set(variable: Variable, catalogue: Catalogue) -> bool:
    """Tell whether a variable surely holds something; what is plainly no key id is for a stand-in of the platform."""
    part = variable.part(variable.role or Role.KEY_ID)
    if isinstance(part.origin, Literal):
        return part.role is Role.KEY_ID and key_grammar(part.origin.text.reveal(), catalogue.grammar) is not None
    return part.is_given()


def _prefixed(variable: Variable, prefix: str, catalogue: Catalogue) -> Variable:
    """Give a variable as what its name with a prefix means: `ACCESS_KEY_ID` behind `AWS_`, nothing behind `APP_`."""
    entry = catalogue.variable(prefix + variable.name)
    plain = variable.plain
    if entry is not None and plain is None and entry.role is Role.PROFILE and isinstance(variable.value, Literal):
        plain = variable.value.text.reveal()
    return replace(
        variable,
        role=entry.role if entry else None,
        family=entry.family if entry else None,
        cloud=entry.cloud if entry else None,
        plain=plain,
    )


def _overridden(scope: EnvironmentScope) -> Iterator[tuple[Variable, Variable]]:
    """Give the variables that a scope sets itself and a file that it names as well, the winner first."""
    own = {one.name: one for one in scope.variables}
    for wanted in scope.imports:
        for variable in wanted.variables or ():
            if wanted.resource == _ENV_FILE and variable.name in own:
                yield own[variable.name], variable


def _looked_up(variable: Variable, index: Objects, scope: EnvironmentScope) -> Variable:
    if not isinstance(variable.value, Reference):
        return variable
    found = index.value(variable.value, scope)
    if found is None:
        return variable
    plain = found.value.text.reveal() if isinstance(found.value, Literal) and variable.role is Role.PROFILE else None
    return replace(variable, value=found.value, plain=plain)


def _scripted_profiles(exporters: Sequence[EnvironmentScope], scope: EnvironmentScope) -> Iterator[str]:
    """Give the profiles that the process writes itself, or that an earlier step has written."""
    yield from scope.profiles_written
    for sibling in exporters:
        if sibling.parent == scope.parent and sibling.order < scope.order and sibling.parent is not None:
            yield from sibling.profiles_written


def _profiles_written(exporters: Sequence[EnvironmentScope], scope: EnvironmentScope) -> set[str]:
    """Give the profiles that actions of earlier steps wrote: naming such a profile is naming the action's result."""
    return {
        variable.plain
        for sibling in exporters
        if sibling.parent == scope.parent and sibling.order <= scope.order and sibling.parent is not None
        for variable in sibling.variables
        if variable.role is Role.PROFILE and variable.plain is not None and variable.name != variable.name.upper()
    }


def _declared_roles(environment: Environment, scope: EnvironmentScope, catalogue: Catalogue) -> Iterator[RoleBinding]:
    """Give the roles that variables declare: a role with the file of a web identity, or the address of credentials."""
    if not scope.scripted and environment.variables.keys().isdisjoint(catalogue.variables):
        return
    for family in catalogue.families:
        role = _given(environment, scope, family.names(Role.ROLE_ARN))
        token = _given(environment, scope, family.names(Role.WEB_IDENTITY_FILE))
        provider = family.names(Role.IDENTITY_PROVIDER)
        complete = not provider or _given(environment, scope, provider) is not None
        if role is not None and token is not None and complete:
            own = scope.web_identity
            kind = _KINDS[family.cloud.value] if own is None or own is RoleKind.IRSA else own
            yield RoleBinding(kind, family.cloud, role.key_location, role.branches | token.branches)
    yield from _addressed_roles(environment)


def _addressed_roles(environment: Environment) -> Iterator[RoleBinding]:
    """Give the roles of a platform whose address, always the same one, is written into a variable by hand."""
    for variable in (one for variants in environment.variables.values() for one in variants):
        if variable.role is not Role.CONTAINER_URI or not isinstance(variable.value, Literal):
            continue
        from credlint.catalogue.platforms import load_platforms

        held = variable.name, variable.value.text.reveal()
        for platform in load_platforms():
            if variable.cloud is platform.cloud and held in platform.variables:
                yield RoleBinding(platform.role, platform.cloud, variable.key_location, variable.branches)


_KINDS = {"aws": RoleKind.IRSA, "alibaba": RoleKind.RRSA, "s3compatible": RoleKind.OIDC}


def _given(environment: Environment, scope: EnvironmentScope, names: Iterable[str]) -> Variable | None:
    for name in names:
        for variable in environment.variables.get(name, ()):
            if isinstance(variable.value, Literal | Reference):
                return variable
    return next((one for one in scope.scripted if one.name in names), None)


def _input_sets(scope: EnvironmentScope, catalogue: Catalogue) -> Iterator[tuple[str, CredentialSet]]:
    """Give the credentials among the inputs of an action: variables of a family that is none of the SDKs'."""
    known = {family.name for family in catalogue.families}
    inputs = [one for one in scope.variables if one.family is not None and one.family not in known]
    parts = {one.role: one.part(one.role) for one in inputs if one.role is not None}
    if Role.KEY_ID in parts:
        key, secret, token = (parts.get(role, Part(role, Absent(), "", None)) for role in PARTS)
        profile = Part(Role.PROFILE, Absent(), "", None)
        yield inputs[0].family or "", CredentialSet((Alternative(key, secret, token, profile),))


def _real(found: CredentialSet, catalogue: Catalogue) -> CredentialSet:
    """Make unknown what is a literal but no key: stand-ins and dummies prove nothing about a process."""
    alternatives = tuple(
        replace(one, key_id=_known(one.key_id, catalogue), secret=_known(one.secret, catalogue))
        for one in found.alternatives
    )
    return replace(found, alternatives=alternatives)


def _known(part: Part, catalogue: Catalogue) -> Part:
    if not isinstance(part.origin, Literal):
        return part
    text = part.origin.text.reveal()
    grammar = catalogue.grammar
    fake = is_placeholder(text, grammar, Settings()) or (part.role is Role.KEY_ID and not is_key_id(text, grammar))
    return replace(part, origin=Unknown("a stand-in")) if fake else part
