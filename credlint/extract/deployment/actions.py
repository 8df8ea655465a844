"""What a step that uses a known action does: the request it sends, the keys it takes, what it sets for later steps."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from credlint.catalogue.deployments import Dialect
from credlint.catalogue.programs import Caller, Mode
from credlint.catalogue.types import Family
from credlint.credentials.effective import Environment, credential_sets
from credlint.extract.deployment.action_inputs import Outputs, Step, read_step
from credlint.extract.deployment.asked import asked, without_names
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.gaps import note_option_gaps, note_permission_gap
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.requests import Details, note_request, temporary_caller
from credlint.extract.deployment.uses import Used
from credlint.model.environments import RoleBinding, Variable
from credlint.model.facts import Client, Duration, Setting
from credlint.model.records import dataclass, replace
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import (
    PARTS,
    Absent,
    Blank,
    CredentialSet,
    Lifetime,
    Literal,
    Origin,
    Part,
    ResponseField,
    Role,
    Unknown,
)


class Granted(Enum):
    """Whether a permission is given to a job; UNKNOWN where whoever calls the file decides."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an action leaves: variables and roles for later steps, its inputs as variables, roles it does not use."""

    inputs: tuple[Variable, ...] = ()
    exports: tuple[Variable, ...] = ()
    exports_unknown: bool = False
    role_exports: tuple[RoleBinding, ...] = ()
    unused_roles: tuple[RoleBinding, ...] = ()
    outputs: tuple[tuple[str, Origin], ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What a step finds: the variables in effect, whether the permission is granted, the outputs of steps before it.

    `hosted` tells that it runs on a machine of the platform's own, which has no role; `before` gives the text of what
    ran there until now.
    """

    environment: Environment
    granted: Granted
    outputs: Outputs
    flow: str
    title: str = ""
    hosted: bool = False
    before: Callable[[], str] = str


def read_action(used: Used, dialect: Dialect, around: Around, reading: Reading) -> Effect | None:
    """Note the request and the client of a step; give what it leaves, or None for an action that is not known."""
    step = read_step(used, dialect, around.environment, around.outputs, reading)
    if step is None:
        return None
    mode = _mode(step, around.granted, frozenset(step.inputs))
    if mode is not None and mode.operation is not None:
        _note_request(step, mode, mode.operation, around, reading)
    if not step.named:
        return None
    note_option_gaps(step, around.title, reading)
    if mode is not None and around.hosted:
        granted = _mode(step, Granted.YES, frozenset(step.inputs))
        note_permission_gap(step, mode, granted, around.title, around.environment, around.before, reading)
    if mode is None or mode.binding is None or mode.caller is not Caller.NOBODY:
        _note_client(step, _profile_beside(step, mode, around, reading), around, reading)
    if mode is None:
        return Effect(inputs=step.variables())
    parts = _results(step, mode)
    binding = _binding(step, mode, around)
    return Effect(
        inputs=step.variables(),
        exports=() if _is_silent(step) else tuple(_exports(step, parts, around, reading)),
        role_exports=(binding,) if binding else (),
        unused_roles=_unused(step, mode, around),
        outputs=tuple((output, parts[role]) for role, output in step.action.outputs if role in parts),
    )


def _mode(step: Step, granted: Granted, names: frozenset[str]) -> Mode | None:
    """Give the first mode whose inputs are given, of those named, and whose permission may be granted."""
    for mode in step.action.modes:
        if mode.permission and granted is Granted.NO:
            continue
        if mode.until and (not step.version or step.version >= mode.until):
            continue
        if any(step.is_given(name, names) for name in mode.without):
            continue
        if all(step.is_given(name, names) for name in mode.given):
            return mode
    return None


# -- facts


def _profile_beside(step: Step, mode: Mode | None, around: Around, reading: Reading) -> Part | None:
    """Give the profile of the environment that an action finds in the place of the keys that it is given."""
    if not step.action.follows_profile or mode is None or mode.caller is not Caller.INPUTS or _is_silent(step):
        return None
    names = [name for family in step.action.exports for name in reading.catalogue.family(family).names(Role.PROFILE)]
    found = [one for name in names for one in around.environment.variables.get(name, ())]
    if len(found) != 1 or found[0].branches or step.part(Role.PROFILE).is_given():
        return None
    part = Part(Role.PROFILE, found[0].value, found[0].name, found[0].key_location)
    return part if part.is_given() else None


def _note_client(step: Step, profile: Part | None, around: Around, reading: Reading) -> None:
    credentials = step.credentials()
    if profile is not None:
        credentials = CredentialSet(tuple(replace(one, profile=profile) for one in credentials.alternatives))
    if credentials.alternatives:
        reading.add_client(
            Client(
                sink=step.title,
                cloud=step.action.cloud,
                use=SinkUse.ENVIRONMENT,
                service=None,
                location=step.location,
                credentials=credentials,
                token_support=TokenSupport.OPTIONAL if step.action.takes_token else TokenSupport.NONE,
                endpoint=EndpointKind.ABSENT,
                flows=(around.flow,),
                profile_raises=step.action.refuses_profile or profile is not None,
                settings=_account(step),
            ),
            credentials.alternatives[0].key_id.location,
        )


def _account(step: Step) -> tuple[Setting, ...]:
    """Give the account that the keys must be of, where it is one and written out."""
    known = step.inputs.get(step.action.account)
    text = (known.text or "").strip() if known is not None else ""
    if known is None or not text.isdigit():
        return ()
    return (asked("account", step.action.account, Literal(SecretText(text)), known.location),)


def _note_request(step: Step, mode: Mode, operation: str, around: Around, reading: Reading) -> None:
    given = step.inputs.get(step.action.input(Role.DURATION) or "")
    durations: tuple[Duration, ...] = ()
    if given is not None and not isinstance(given.origin, Blank):
        texts = (given.text, *given.choices)
        durations = tuple(Duration(duration_of(one), given.location, lenient=step.action.lenient) for one in texts)
    elif mode.duration is not None:
        durations = (Duration(mode.duration, step.location, by_default=True),)
    caller = CredentialSet()
    if mode.caller is Caller.INPUTS:
        caller = step.credentials()
    elif mode.caller is Caller.ENVIRONMENT:
        sets = dict(credential_sets(around.environment, reading.catalogue))
        caller = next((sets[family] for family in step.action.exports if family in sets), CredentialSet())
    chained = _chained(step, mode, caller)
    answers = reading.catalogue.operation(operation).shape is not None
    fields = [_asked(step, role) for role in (Role.ROLE_ARN, Role.SESSION_NAME)]
    region = _asked(step, Role.REGION)
    note_request(
        operation, step.location, durations, caller, chained, around.flow, reading, answers=answers,
        details=Details(
            fields=without_names(one for one in fields if one), settings=(region,) if region else (), open=True
        ),
    )  # fmt: skip


def _asked(step: Step, role: Role) -> Setting | None:
    name = step.action.input(role) or ""
    known = step.inputs.get(name)
    if known is None:
        return None
    text = known.origin.text.reveal().strip() if isinstance(known.origin, Literal) else ""
    # Blanks around an input are taken away.
    return asked(role.value, name, Literal(SecretText(text)) if text else known.origin, known.location)


def _chained(step: Step, mode: Mode, caller: CredentialSet) -> Location | None:
    """Give the proof that temporary credentials sign the request."""
    if mode.chained:
        known = step.inputs.get(mode.given[-1])
        return known.location if known else step.location
    if mode.caller is Caller.INPUTS:
        token = step.part(Role.TOKEN)
        return token.location if token.is_given() else None
    return temporary_caller(caller)


# -- what it leaves


def _results(step: Step, mode: Mode) -> dict[Role, Origin]:
    if mode.operation is not None:
        return {role: ResponseField(step.location, mode.operation, role, Lifetime.TEMPORARY) for role in PARTS}
    parts = {role: step.part(role).origin for role in PARTS}
    if isinstance(parts[Role.TOKEN], Absent):
        # A token that an earlier step left is cleared; that none is given is a matter of the inputs.
        parts[Role.TOKEN] = Unknown("cleared by the action")
    return parts


def _is_silent(step: Step) -> bool:
    """Tell whether the action keeps its result out of the environment."""
    for name in step.action.silent_when_false:
        known = step.inputs.get(name)
        if known is not None and known.text is not None:
            return known.text.strip().lower() == "false"
    return any(step.is_given(name) for name in step.action.silent_when_given)


def _exports(step: Step, parts: dict[Role, Origin], around: Around, reading: Reading) -> list[Variable]:
    families = [reading.catalogue.family(name) for name in step.action.exports]
    return [
        _export(step, family, role, origin, around)
        for family in families
        for role, origin in parts.items()
        if family.names(role)
    ]


def _export(step: Step, family: Family, role: Role, origin: Origin, around: Around) -> Variable:
    own = isinstance(origin, ResponseField) and origin.request == step.location
    place = step.location if own else step.place(role)
    return Variable(
        name=family.names(role)[0],
        value=origin,
        location=place,
        key_location=place,
        family=family.name,
        role=role,
        branches=around.environment.branches,
        cloud=family.cloud,
    )


def _binding(step: Step, mode: Mode, around: Around) -> RoleBinding | None:
    if mode.binding is None:
        return None
    return RoleBinding(mode.binding, step.action.cloud, step.place(Role.ROLE_ARN), around.environment.branches)


def _unused(step: Step, mode: Mode, around: Around) -> tuple[RoleBinding, ...]:
    """Give the role that the platform's own token would have given, had no keys been named."""
    if mode.caller is not Caller.INPUTS or around.granted is not Granted.YES:
        return ()
    own = {step.action.input(role) for role in PARTS}
    other = _mode(step, around.granted, frozenset(name for name in step.inputs if name not in own))
    binding = _binding(step, other, around) if other is not None and other.permission else None
    return (binding,) if binding else ()
