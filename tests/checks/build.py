"""Units built by hand: what a check sees, with as little said as the test needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from credlint.model.environments import (
    CodeEnvironment,
    EnvironmentScope,
    EnvironmentWrite,
    RoleBinding,
    RoleKind,
    Variable,
    WriteKind,
)
from credlint.model.facts import Client, Exposure, ExposureKind, KeyLiteral, LiteralContext, SessionRequest
from credlint.model.finding import Draft
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location, Span
from credlint.model.units import (
    ClientUnit,
    EnvironmentUnit,
    ExposureUnit,
    LiteralForm,
    LiteralUnit,
    Misspelling,
    ProcessUnit,
    Standard,
    WriteUnit,
)
from credlint.model.values import (
    NO_BRANCH,
    Absent,
    Alternative,
    Branches,
    Cloud,
    CredentialSet,
    EnvironmentVariable,
    Lifetime,
    Literal,
    Origin,
    Part,
    ProviderField,
    ResponseField,
    Role,
    Unknown,
)

MODULE = ("module",)
STS = "aws.sts.AssumeRole"
ONE_ARM, OTHER_ARM = frozenset({(0, 0)}), frozenset({(0, 1)})


def at(line: int, column: int = 0, path: str = "upload.py") -> Location:
    return Location(path, Span(0, line, column, line, column + 5))


SINK = at(50)
"""Where the client of a unit stands, unless the test says otherwise."""


def only(drafts: Iterable[Draft]) -> Draft:
    """Give the one draft."""
    (draft,) = drafts
    return draft


def silent(drafts: Iterator[Draft]) -> bool:
    """Tell whether there is no draft."""
    return not list(drafts)


# Origins


def answer(
    line: int = 3, lifetime: Lifetime = Lifetime.TEMPORARY, operation: str = STS
) -> tuple[Origin, Origin, Origin]:
    """Give key id, secret and token of what a call answered."""
    first, second, third = (
        ResponseField(at(line), operation, role, lifetime) for role in (Role.KEY_ID, Role.SECRET, Role.TOKEN)
    )
    return first, second, third


def provided(
    line: int = 3, lifetime: Lifetime = Lifetime.POSSIBLY_TEMPORARY, *, refreshable: bool = False
) -> tuple[Origin, Origin, Origin]:
    """Give key id, secret and token of a credential object."""
    first, second, third = (
        ProviderField(at(line), "get_credentials()", role, lifetime, refreshable)
        for role in (Role.KEY_ID, Role.SECRET, Role.TOKEN)
    )
    return first, second, third


def variables(*names: str) -> tuple[Origin, ...]:
    return tuple(EnvironmentVariable(name) for name in names)


# Credentials and clients


def part(role: Role, origin: Origin, location: Location | None = None, name: str | None = None) -> Part:
    return Part(role, origin, role.value if name is None else name, location)


def alternative(
    key: Origin,
    secret: Origin,
    token: Origin | None = None,
    profile: Origin | None = None,
    branches: Branches = NO_BRANCH,
) -> Alternative:
    """Give a set whose parts stand at columns 10, 20, 30 and 40 of the sink's line; those not given are absent."""
    given = zip(
        (Role.KEY_ID, Role.SECRET, Role.TOKEN, Role.PROFILE),
        (key, secret, token, profile),
        (10, 20, 30, 40),
        strict=True,
    )
    parts = [
        part(role, origin or Absent(), None if origin is None or isinstance(origin, Absent) else at(50, column))
        for role, origin, column in given
    ]
    return Alternative(*parts, branches)


def client(*alternatives: Alternative, complete: bool = True, **changes: object) -> Client:
    made = Client(
        sink="boto3.client",
        cloud=Cloud.AWS,
        use=SinkUse.DATA,
        service="s3",
        location=SINK,
        credentials=CredentialSet(alternatives, complete),
        token_support=TokenSupport.OPTIONAL,
        endpoint=EndpointKind.ABSENT,
        flows=MODULE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def _lifetime(part: Part) -> Lifetime:
    if isinstance(part.origin, ResponseField | ProviderField):
        return part.origin.lifetime
    return Lifetime.POSSIBLY_TEMPORARY if isinstance(part.origin, EnvironmentVariable) else Lifetime.UNKNOWN


def client_unit(made: Client, **changes: object) -> ClientUnit:
    """Give the unit of a client; what is known of its keys is what their origins say."""
    alternatives = made.credentials.alternatives
    lifetimes = tuple((_lifetime(one.key_id), _lifetime(one.secret), _lifetime(one.token)) for one in alternatives)
    unit = ClientUnit(
        client=made,
        requests=(),
        siblings=(),
        lifetimes=lifetimes,
        temporary=tuple(found[0] is Lifetime.TEMPORARY for found in lifetimes),
        standard=tuple(Standard.NO for _ in alternatives),
        roles=tuple((None, None, None) for _ in alternatives),
        foreign=tuple(None for _ in alternatives),
    )
    return replace(unit, **changes)  # type: ignore[arg-type]


def request(*callers: Alternative, **changes: object) -> SessionRequest:
    """Give a request for AssumeRole at line 3 with the limits of AWS."""
    made = SessionRequest(
        operation=STS,
        name="AssumeRole",
        cloud=Cloud.AWS,
        location=at(3),
        durations=(),
        minimum=900,
        maximum=43200,
        chained_maximum=3600,
        caller=CredentialSet(callers),
        flows=MODULE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


# Literals, exposures and writes


def literal_unit(
    role: Role,
    form: LiteralForm = LiteralForm.REAL,
    lifetime: Lifetime = Lifetime.UNKNOWN,
    *,
    pair_is_real: bool = False,
    text: str = "0123456789ABCDEFGHIJ",
    **changes: object,
) -> LiteralUnit:
    """Give a literal in a slot; its text is no key, since a check only asks what is known of it."""
    secret = SecretText(text, key_id=role is Role.KEY_ID)
    made = KeyLiteral(role, Cloud.AWS, secret, LiteralContext.SLOT, "name", at(7))
    return LiteralUnit(replace(made, **changes), lifetime, form, pair_is_real)  # type: ignore[arg-type]


def environment_unit(
    *given: Variable, child: bool = True, test: bool = False, misspelled: tuple[Misspelling, ...] = ()
) -> EnvironmentUnit:
    title = "the child process" if child else "this process"
    order = ("AWS_DEFAULT_PROFILE", "AWS_PROFILE", "ALIBABA_CLOUD_PROFILE")
    return EnvironmentUnit(CodeEnvironment(title, at(1), given, child, MODULE, test), order, misspelled)


def exposure_unit(kind: ExposureKind = ExposureKind.PRINT, **changes: object) -> ExposureUnit:
    made = Exposure(kind, "the answer of AssumeRole", "print", at(9), at(3), MODULE)
    return ExposureUnit(replace(made, **changes))  # type: ignore[arg-type]


def write(line: int, text: str | None = None, **changes: object) -> EnvironmentWrite:
    """Give an assignment to the profile variable of a process."""
    made = EnvironmentWrite(
        kind=WriteKind.ASSIGN,
        role=Role.PROFILE,
        name="AWS_PROFILE",
        value=Literal(SecretText(text)) if text is not None else Unknown("why"),
        text=text,
        location=at(line),
        flows=MODULE,
        order=line,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def write_unit(made: EnvironmentWrite, **changes: object) -> WriteUnit:
    return replace(WriteUnit(made, (), (), None), **changes)  # type: ignore[arg-type]


# Processes


def variable(
    name: str, role: Role | None, value: Origin, line: int, cloud: Cloud | None = Cloud.AWS, **changes: object
) -> Variable:
    """Give a variable of family "aws" or "alibaba" whose name stands at column 2 and value at column 20."""
    made = Variable(
        name=name,
        value=value,
        location=at(line, 20, "deploy.yaml"),
        key_location=at(line, 2, "deploy.yaml"),
        family=cloud.value if cloud else None,
        role=role,
        cloud=cloud,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def role(kind: RoleKind, line: int = 90, cloud: Cloud = Cloud.AWS, branches: Branches = NO_BRANCH) -> RoleBinding:
    return RoleBinding(kind, cloud, at(line, path="deploy.yaml"), branches)


def scope(*own: Variable, **changes: object) -> EnvironmentScope:
    made = EnvironmentScope(
        index=0,
        parent=None,
        dialect="kubernetes",
        process=True,
        title="container upload",
        location=at(1, path="deploy.yaml"),
        variables=own,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def process_set(*found: Variable, complete: bool = True, branches: Branches = NO_BRANCH) -> CredentialSet:
    """Give the set of one alternative that these variables make."""
    parts = {one.role: Part(one.role, one.value, one.name, one.location) for one in found if one.role is not None}
    kinds = (Role.KEY_ID, Role.SECRET, Role.TOKEN, Role.PROFILE)
    return CredentialSet((Alternative(*(parts.get(kind, part(kind, Absent())) for kind in kinds), branches),), complete)


def process_unit(
    in_force: Iterable[Variable],
    sets: Iterable[tuple[str, CredentialSet]] = (),
    own: Iterable[Variable] | None = None,
    **changes: object,
) -> ProcessUnit:
    """Give a process with these variables; `own` are those of its own scope, all unless said otherwise."""
    found = tuple(in_force)
    unit = ProcessUnit(
        scope=scope(*(found if own is None else own)),
        variables=found,
        roles=(),
        mounts=(),
        sets=tuple(sets),
        opaque=False,
    )
    return replace(unit, **changes)  # type: ignore[arg-type]
