"""Where a credential part comes from: the closed set of origins, and credential sets as branch-tagged alternatives.

Absent (not given), None, blank and unknown are four different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from credlint.model.records import dataclass, field
from credlint.model.secret import SecretText
from credlint.model.span import Location


class Role(Enum):
    """What a parameter, field or variable holds. One word per concept: Alibaba's SecurityToken is TOKEN."""

    KEY_ID = "key_id"
    SECRET = "secret"
    TOKEN = "token"
    PROFILE = "profile"
    LEGACY_TOKEN = "legacy_token"
    EXPIRATION = "expiration"
    ROLE_ARN = "role_arn"
    WEB_IDENTITY_FILE = "web_identity_file"
    IDENTITY_PROVIDER = "identity_provider"
    SESSION_NAME = "session_name"
    CONFIG_FILE = "config_file"
    CREDENTIALS_FILE = "credentials_file"
    CONTAINER_URI = "container_uri"
    ENDPOINT = "endpoint"
    REGION = "region"
    DURATION = "duration"

    # Members are one each: their identity is hash enough, and Enum hashes the name anew each time.
    __hash__ = object.__hash__


PARTS = (Role.KEY_ID, Role.SECRET, Role.TOKEN)
"""The parts of credentials, in the order in which sets hold them."""
SECRET_ROLES = frozenset({*PARTS, Role.LEGACY_TOKEN})
"""The roles of texts that are not shown."""
PROFILE_FILES = frozenset({Role.CONFIG_FILE, Role.CREDENTIALS_FILE})
"""The roles of variables that name a file of profiles."""


class Cloud(Enum):
    """Whose service signs and answers; S3_COMPATIBLE takes AWS keys or those of another S3 service."""

    AWS = "aws"
    ALIBABA = "alibaba"
    S3_COMPATIBLE = "s3compatible"


class Lifetime(Enum):
    """TEMPORARY by proof; POSSIBLY_TEMPORARY where the platform decides; LONG_LIVED by proof; UNKNOWN."""

    TEMPORARY = "temporary"
    POSSIBLY_TEMPORARY = "possibly-temporary"
    LONG_LIVED = "long-lived"
    UNKNOWN = "unknown"


class ReferenceKind(Enum):
    """What a deployment expression refers to, where the value itself stands elsewhere."""

    CI_SECRET = "secret"
    CI_VARIABLE = "variable"
    INPUT = "input"
    ENVIRONMENT = "environment"
    STEP_OUTPUT = "step output"
    HOST_VARIABLE = "host variable"
    KUBERNETES_SECRET = "Kubernetes Secret"
    CONFIG_MAP = "ConfigMap"
    RESULT = "task result"
    TEMPLATE_VALUE = "template value"
    SECRET_STORE = "stored secret"
    IDENTITY_TOKEN = "identity token"


Branches = frozenset[tuple[int, int]]
"""{(decision, arm)}: the arms that must be taken for a value to be the one; decisions are numbered per file."""

NO_BRANCH: Branches = frozenset()


def compatible(one: Branches, other: Branches) -> bool:
    """Tell whether no decision is in both with different arms."""
    if not one or not other or one is other:
        return True
    arms = dict(one)
    for decision, arm in other:  # noqa: SIM110 - asked by hundreds of thousands: a generator takes twice the time
        if arms.get(decision, arm) != arm:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a value on its way: where, and what happens there, in words for the trace."""

    location: Location
    message: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The part is not given at all."""


@dataclass(frozen=True, slots=True)
class NoneValue:
    """The part is given as None (null in YAML)."""


@dataclass(frozen=True, slots=True)
class Blank:
    """The part is given as the empty string."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal in the file."""

    text: SecretText


@dataclass(frozen=True, slots=True)
class ResponseField:
    """A field of what an operation answered, for example sts.AssumeRole's SessionToken.

    `request` is the place of the call, `calls` the calls that led there: two fields belong together only when both are
    the same.
    """

    request: Location
    operation: str
    role: Role
    lifetime: Lifetime
    calls: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class EnvironmentVariable:
    """The value of an environment variable of the process, read at the step's place."""

    name: str


@dataclass(frozen=True, slots=True)
class ProfileField:
    """A part taken from a named profile."""

    profile: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class ProviderField:
    """A part read off a provider or credential object (`get_credentials()`, a Function Compute context).

    `provider` is the place where the object was made or fetched, `name` what it is in words;
    `refreshable` tells that the object may change between two reads.
    """

    provider: Location
    name: str
    role: Role
    lifetime: Lifetime
    refreshable: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument that callers decide."""

    name: str


BLANK_DEFAULT = ":-"
"""The field of a reference to a variable of the host that is blank where the host has none."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A deployment expression that names its source: `secrets.NAME`, `steps.X.outputs.Y`, a Secret's key."""

    kind: ReferenceKind
    name: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything else; `why` is for people. Unknown is neither present nor absent and never fires.

    `identity` names the unresolved expression (`settings.ACCESS_KEY`), so that two reads of it can be told to be the
    same value; "" where two unknowns must not be compared.
    """

    why: str
    identity: str = ""


Origin = (
    Absent
    | NoneValue
    | Blank
    | Literal
    | ResponseField
    | EnvironmentVariable
    | ProfileField
    | ProviderField
    | Parameter
    | Reference
    | Unknown
)


class DamageKind(Enum):
    """What was done to a value, so that it is no longer the credential that it was."""

    CUT = "cut"
    LOWER = "lower case"
    UPPER = "upper case"
    CASE = "changed case"
    BASE64 = "base64"
    STORED_BASE64 = "base64 of the place where it is kept"
    PERCENT = "percent encoding"
    BYTES_TEXT = "text of bytes"
    BLANKS = "blanks around it"
    QUOTES = "quotes around it"


@dataclass(frozen=True, slots=True)
class Damage:
    """Something done to a value on its way, and where; `kept` is how many characters a cut leaves at most."""

    kind: DamageKind
    location: Location | None = None
    kept: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a credential set in one alternative.

    `location` is where the part is handed over (the argument, the YAML value); None when it is not given.
    `name` is what the slot is called there (keyword, variable name). `steps` is the way the value came, oldest first.
    `written` is where a literal itself stands. `damage` is what was done to it on its way.
    """

    role: Role
    origin: Origin
    name: str
    location: Location | None
    steps: tuple[Step, ...] = ()
    written: Location | None = None
    damage: Damage | None = None

    def is_missing(self) -> bool:
        """Tell whether the part is certainly not a value: absent, None or blank."""
        return isinstance(self.origin, Absent | NoneValue | Blank)

    def is_given(self) -> bool:
        """Tell whether the part is certainly a value (an unknown one is neither given nor missing)."""
        return not isinstance(self.origin, Absent | NoneValue | Blank | Unknown | Parameter)


@dataclass(frozen=True, slots=True)
class Alternative:
    """The parts as they stand together on one path; branches of the parts are compatible."""

    key_id: Part
    secret: Part
    token: Part
    profile: Part
    branches: Branches = NO_BRANCH

    @classmethod
    def of(cls, parts: Mapping[Role, Part], branches: Branches = NO_BRANCH) -> Alternative:
        """Put parts together by their roles; one that is not among them is absent."""
        roles = (*PARTS, Role.PROFILE)
        key, secret, token, profile = (parts.get(role) or Part(role, Absent(), "", None) for role in roles)
        return cls(key, secret, token, profile, branches)

    def parts(self) -> tuple[Part, Part, Part]:
        """Give key id, secret and token, in this order."""
        return self.key_id, self.secret, self.token


@dataclass(frozen=True, slots=True)
class CredentialSet:
    """What one sink receives: every alternative that was found.

    `complete` is False where a bound cut the list; *must* then cannot be claimed.
    """

    alternatives: tuple[Alternative, ...] = field(default=())
    complete: bool = True
