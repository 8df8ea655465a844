"""Environments: what deployments declare for their processes, and what code sets for its own or a child."""

from __future__ import annotations

from enum import Enum

from credlint.model.copies import Lasting
from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import (
    NO_BRANCH,
    Branches,
    Cloud,
    Origin,
    Part,
    Role,
)


class WriteKind(Enum):
    """How code changes the environment."""

    ASSIGN = "assign"
    SETDEFAULT = "setdefault"
    PUTENV = "putenv"


@dataclass(frozen=True, slots=True)
class EnvironmentWrite:
    """Code that sets a credential variable for its whole process. `from_option` tells that a command-line option is it.

    `restores` tells that the old value is put back by this write; `order` counts statements of a flow, so that a write
    after the first client can be told. `certain` tells that it is the only value that is written here.
    """

    kind: WriteKind
    role: Role
    name: str
    value: Origin
    text: str | None
    location: Location
    flows: tuple[str, ...]
    order: int
    from_option: bool = False
    restores: bool = False
    test_context: bool = False
    branches: Branches = NO_BRANCH
    certain: bool = True
    cloud: Cloud = Cloud.AWS


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable of a deployment scope.

    `family`, `role` and `cloud` come from the catalogue (None for a variable it does not know). `plain` is the value
    where it is a literal that may be shown (a profile, a region, a role), None otherwise. `outranked` tells that
    settings of the platform, which no file shows, may win over it.
    """

    name: str
    value: Origin
    location: Location
    key_location: Location
    family: str | None = None
    role: Role | None = None
    plain: str | None = None
    branches: Branches = NO_BRANCH
    cloud: Cloud | None = None
    outranked: bool = False

    def part(self, role: Role) -> Part:
        """Give it as the part of credentials that it holds."""
        return Part(role, self.value, self.name, self.location)


@dataclass(frozen=True, slots=True)
class JobTime:
    """How long a job may run, as it declares, and the one session that its later steps work with, in seconds each."""

    title: str
    seconds: int
    location: Location
    session_seconds: int
    session: Location


class CorruptionKind(Enum):
    """What is wrong with a value.

    QUOTES around it; a LINE_END behind it; a BLANK at one end; BASE64 that nobody decodes, or TWICE as much of it; a
    TEMPLATE that nothing fills in there; an OCTAL number where an account is meant. What is done to a value on its
    way: ECHOED, so that a line end is encoded with it; FRAMED in quotes before it is encoded; CUT.
    """

    QUOTES = "quotes"
    LINE_END = "line end"
    BLANK = "blank"
    BASE64 = "base64"
    TWICE = "base64 twice"
    TEMPLATE = "template"
    OCTAL = "octal number"
    ECHOED = "encoded line end"
    FRAMED = "encoded quotes"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class CorruptedValue:
    """The value of a credential variable that is not what it was, or not what it is meant to be."""

    kind: CorruptionKind
    role: Role
    cloud: Cloud
    name: str
    location: Location


@dataclass(frozen=True, slots=True)
class PatchedDocument:
    """A document of a file, counted from 0, to which a patch of another file may add variables or files.

    With an `object` that is so only for what takes variables from the ConfigMap or Secret of that name.
    """

    path: str
    chunk: int
    object: str = ""


@dataclass(frozen=True, slots=True)
class RepeatedVariable:
    """A credential variable that one place gives twice: the last value counts, and where; and the first one."""

    name: str
    location: Location
    value: Origin
    first: Location
    first_value: Origin


@dataclass(frozen=True, slots=True)
class CodeEnvironment:
    """The variables that code sets for its own process, or (`child`) gives to one that it starts.

    `title` is for messages; the process may inherit more than these. `location` is the call that starts the child, or
    where the key id is set.
    """

    title: str
    location: Location
    variables: tuple[Variable, ...]
    child: bool
    flows: tuple[str, ...]
    test_context: bool = False


@dataclass(frozen=True, slots=True)
class InheritedKey:
    """A temporary key that code sets for its whole process, and that a later request for a session is signed with.

    `location` is where it is set, in `name`; `request` the later request, `operation` its name. `repeated` tells that
    it is the same request, when the platform calls the handler again.
    """

    name: str
    location: Location
    operation: str
    request: Location
    flows: tuple[str, ...]
    repeated: bool = False
    certain: bool = True
    test_context: bool = False


class RoleKind(Enum):
    """The ways a platform gives a process a role."""

    IRSA = "IRSA"
    POD_IDENTITY = "EKS Pod Identity"
    RRSA = "RRSA"
    TASK_ROLE = "ECS task role"
    FUNCTION_ROLE = "function role"
    BUILD_ROLE = "build role"
    OIDC = "OIDC"
    WEB_IDENTITY = "web identity"
    INSTANCE_ROLE = "instance role"
    OWN_CHAIN = "the provider chain of the process"


@dataclass(frozen=True, slots=True)
class RoleBinding:
    """A role that the platform gives to a process."""

    kind: RoleKind
    cloud: Cloud
    location: Location
    branches: Branches = NO_BRANCH


class GapKind(Enum):
    """What a way to a role lacks: see BindingGap."""

    NO_PERMISSION = "permission"
    NO_IDENTITY_TOKEN = "identity token"
    NO_PROVIDER = "provider"
    OPTION_WITHOUT_ROLE = "role"
    FALSE_IS_TRUE = "false"
    SECRETS_NOT_INHERITED = "secrets"
    OTHER_CLOUD = "other cloud"
    NO_TEXT = "no text"
    TOKEN_LIFETIME = "token lifetime"


@dataclass(frozen=True, slots=True)
class BindingGap:
    """Something that a way to a role lacks, in what `title` names; `name` is the option or secret that is the matter.

    NO_PERMISSION: the platform's token is needed and not granted; NO_IDENTITY_TOKEN: it is used and not asked for;
    NO_PROVIDER: the provider is not named that the token is for; OPTION_WITHOUT_ROLE: an option of a role is given, and
    no role; FALSE_IS_TRUE: an option says false and is taken for true; SECRETS_NOT_INHERITED: what is called uses a
    secret that the caller does not hand on; OTHER_CLOUD: the role is one that the platform does not know; NO_TEXT: a
    switch is a truth value where a text is wanted; TOKEN_LIFETIME: a lifetime is outside of what the platform takes.
    `other` is where it shows, when that is another file; `detail` says what is given and what is taken.
    """

    kind: GapKind
    cloud: Cloud
    title: str
    name: str
    location: Location
    other: Location | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EnvironmentImport:
    """Variables that come from elsewhere: a Secret, a ConfigMap, an env_file. `resource` is its kind in lower case.

    `variables` are those of a file that was read with the document, None where the linker has to look for them.
    """

    resource: str
    name: str
    prefix: str
    optional: bool
    location: Location
    branches: Branches = NO_BRANCH
    variables: tuple[Variable, ...] | None = None


@dataclass(frozen=True, slots=True)
class Mount:
    """A file or folder brought into the container; `source_kind` is secret, configmap, host, volume or other.

    `part` tells that a single file of the source is, which later changes of the source do not reach;
    `is_credentials_file` that SDKs look there for credentials, `holds_profiles` that it is such a file, or its folder.
    """

    path: str
    source_kind: str
    source: str
    location: Location
    part: bool = False
    is_credentials_file: bool = False
    holds_profiles: bool = False


class ProfileFiles(Enum):
    """Whether the files that hold profiles can be in a container.

    BROUGHT: something brings them, or may; ABSENT: its image is known and has none; UNKNOWN: nothing shows the image.
    """

    BROUGHT = "brought"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class EnvironmentScope:
    """The environment that one YAML node declares, and what runs in it.

    `parent` is the index of the enclosing scope in FileFacts.scopes. `process` tells that a process runs here (others
    only pass variables on). `title` is for messages ("container upload of CronJob nightly"). `exports` are variables
    that this process sets for its later siblings, `exports_unknown` tells that there may be more; `order` is its
    position among them. `service_account` and `namespace` are what the linker looks up; `opaque` tells that variables
    come from somewhere that no file shows. `branches` are the arms in which the scope is there; `beside_local` tells
    that a stand-in of the cloud (MinIO, LocalStack) runs beside it. `reserved` are variables that the platform lets
    nobody set, `injected` those that it sets beside others for the role that it gives. `supplemented` tells that
    settings of the platform add variables which no file shows; `exports_last` that what earlier siblings export wins
    over its own variables. `scripted` are the variables of a role that its scripts set for themselves,
    `profiles_written` the profiles that they write, `web_identity` what a web identity in its variables counts as.
    `misplaced` are annotations of a role that stand where nobody reads them. `test_context` tells that it is one
    of tests. `profile_files` tells whether files of profiles can be in the container that it is, None for what is
    none. `unpinned` tells that it runs on when a secret changes that it was given. `elsewhere` tells that no request of
    its scripts goes to a service of a cloud, as far as is seen, and that some go to another. `script` tells that it is
    what a script of the scope around it makes for the rest of itself, `closed` that no variable of keys comes from
    elsewhere than from what stands there or is named there. `laid_over_by` is the file whose patches are part of it:
    what it names may stand beside that file as well. `base` is the image that its own begins with, as far as is seen;
    only where a profile is named. `code` is the folder of the programs that run in it, None where none is named.
    """

    index: int
    parent: int | None
    dialect: str
    process: bool
    title: str
    location: Location
    variables: tuple[Variable, ...] = ()
    imports: tuple[EnvironmentImport, ...] = ()
    roles: tuple[RoleBinding, ...] = ()
    mounts: tuple[Mount, ...] = ()
    exports: tuple[Variable, ...] = ()
    role_exports: tuple[RoleBinding, ...] = ()
    exports_unknown: bool = False
    order: int = 0
    service_account: str | None = None
    namespace: str | None = None
    image: str | None = None
    opaque: bool = False
    branches: Branches = NO_BRANCH
    beside_local: bool = False
    reserved: tuple[str, ...] = ()
    injected: tuple[str, ...] = ()
    supplemented: bool = False
    exports_last: bool = False
    scripted: tuple[Variable, ...] = ()
    profiles_written: tuple[str, ...] = ()
    web_identity: RoleKind | None = None
    misplaced: tuple[RoleBinding, ...] = ()
    test_context: bool = False
    profile_files: ProfileFiles | None = None
    unpinned: bool = False
    elsewhere: bool = False
    script: bool = False
    closed: bool = False
    laid_over_by: str = ""
    base: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A Kubernetes object that others refer to: ServiceAccount, Secret, ConfigMap, Namespace.

    `roles` are those that its annotations bind; `variables` its data, decoded; `opaque` tells that it holds more.
    `lasting` is how long the credentials last that it makes; `patch` tells that it is laid over one of the same name.
    """

    kind: str
    namespace: str | None
    name: str
    location: Location
    roles: tuple[RoleBinding, ...] = ()
    variables: tuple[Variable, ...] = ()
    opaque: bool = False
    lasting: Lasting | None = None
    patch: bool = False
