"""The frozen types of the catalogue: families of variables, forms of texts, and all of it together.

`load` fills them from rules/; docs/catalogue.md describes the YAML.
"""

from __future__ import annotations

from credlint.catalogue.callables import CallableEntry, Shape, TypeEntry
from credlint.catalogue.grammar import Grammar
from credlint.catalogue.lasting import Lasting
from credlint.catalogue.operations import Operation
from credlint.catalogue.presigning import Presigning
from credlint.model.records import dataclass, field
from credlint.model.sinks import NOT_KNOWN, Incomplete, SinkUse, TokenSupport
from credlint.model.values import Cloud, Role


@dataclass(frozen=True, slots=True)
class Login:
    """A method of a service's client whose answer holds what another tool signs in with: in words, and where."""

    service: str
    method: str
    title: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class SecretReading:
    """A method that reads a stored secret: its arguments for the stage and the version, and the stages that are stale.

    `rotation` are methods of programs that move the stages themselves.
    """

    method: str
    stage: str
    version: str
    stale: tuple[str, ...]
    rotation: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostForm:
    """A form that a browser posts: the fields of key id and token, and those by which it is known, in any case."""

    name: str
    cloud: Cloud
    key_id: str
    token: str
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextForm:
    """A text that carries credentials: a statement of SQL, an address. `name` is what people call it.

    `within` is the pattern of the stretch in which the parts stand together; `parts` gives, per role, patterns whose
    first group is the value. `token` says whether the form can carry one.
    """

    name: str
    cloud: Cloud
    distribution: str
    use: SinkUse
    token: TokenSupport
    within: str
    parts: tuple[tuple[Role, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ProfileForm:
    """What the settings of a cloud's credentials and config files mean.

    `sources` are the values that `credential_source` may have. `prefix` begins the headers of profiles in the files
    `prefixed`; in any other file the header is the name. `types` are the values of `type` that the SDK takes.
    `folder` is what the folder of these files is called.
    """

    cloud: Cloud
    role: str
    source_profile: str
    credential_source: str
    sources: tuple[str, ...]
    web_identity: str
    duration: str
    prefix: str
    prefixed: tuple[str, ...]
    default: str
    type: str
    types: tuple[str, ...]
    folder: str = ""

    def names(self) -> tuple[str, ...]:
        """Give the settings by which a section is known to be a profile of this cloud."""
        return tuple(name for name in (self.role, *self.sourced()) if name)

    def sourced(self) -> tuple[str, ...]:
        """Give the settings that say who signs for a profile's role."""
        return tuple(name for name in (self.source_profile, self.credential_source) if name)


@dataclass(frozen=True, slots=True)
class Partition:
    """A part of a cloud with identities of its own: patterns of its regions, ends of its hosts, beginnings of its ARNs.

    Of several that share an end the first is the one whose hosts name no region.
    """

    name: str
    cloud: Cloud
    regions: tuple[str, ...]
    hosts: tuple[str, ...]
    arns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndpointForm:
    """What stands before the end of a host: a pattern, whose group `region` is the region where the host names one.

    `variables` name the endpoint of the service alone whose hosts are such.
    """

    cloud: Cloud
    use: SinkUse | None
    form: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VariableEntry:
    """An environment variable that some SDK reads."""

    name: str
    family: str
    role: Role
    cloud: Cloud


@dataclass(frozen=True, slots=True)
class Family:
    """Variables that belong together, in the order in which the SDK tries them.

    `unread` are names that are taken for the token's, which the SDK does not read; `incomplete` is what it makes of
    parts that are not complete. `vendor` is the beginning of their names where other names that begin so may be
    misspelled ones of these.
    """

    name: str
    cloud: Cloud
    title: str
    variables: tuple[tuple[Role, tuple[str, ...]], ...]
    exact: bool
    unread: tuple[str, ...] = ()
    incomplete: Incomplete = NOT_KNOWN
    vendor: str = ""

    def names(self, role: Role) -> tuple[str, ...]:
        """Give the variables of a role, first tried first."""
        for each, names in self.variables:  # a handful: walking them is cheaper than a table
            if each is role:
                return names
        return ()


@dataclass(frozen=True, slots=True)
class ForeignService:
    """A service that takes S3 requests with keys of its own: words in names of its variables, and forms of its ids."""

    title: str
    stems: tuple[str, ...]
    key_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handler:
    """A function that a platform calls: its parameter carries credentials of the platform under `shape`."""

    platform: str
    cloud: Cloud
    position: int
    parameter_names: tuple[str, ...]
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything of rules/ but the rules themselves, with look-ups by name.

    `applications` are the constructors of web applications and workers, `identity_words` names that stand where a
    program asks who it is, `anonymous_words` those that stand where nobody signs. `own_triggers` are the trigger words
    of a user's own files; those of rules/ are compiled. `plain_forms` gives, by parameter role, patterns of texts that
    are no secret. `any_receiver` gives, by method, the names of the callables
    that are known on any receiver.
    """

    callables: dict[str, CallableEntry]
    types: dict[str, TypeEntry]
    operations: dict[str, Operation]
    methods: dict[tuple[str, str], Operation]
    variables: dict[str, VariableEntry]
    families: tuple[Family, ...]
    grammar: Grammar
    identity_services: frozenset[str]
    control_services: frozenset[str]
    handlers: tuple[Handler, ...]
    objects: dict[str, str]
    masking_words: tuple[str, ...]
    test_path_parts: tuple[str, ...]
    test_modules: frozenset[str]
    allow_comments: tuple[str, ...]
    header_names: frozenset[str]
    debug_loggers: frozenset[str]
    signing_hooks: tuple[str, ...]
    fixtures: dict[str, str]
    rejections: frozenset[str]
    secret_types: frozenset[str]
    logger_names: frozenset[str]
    log_methods: frozenset[str]
    applications: frozenset[str]
    identity_words: frozenset[str]
    anonymous_words: frozenset[str]
    slot_names: dict[str, tuple[Role, Cloud]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    part_words: frozenset[str] = frozenset()
    everyday_words: frozenset[str] = frozenset()
    own_triggers: tuple[bytes, ...] = ()
    any_receiver: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plain_forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    partitions: tuple[Partition, ...] = ()
    endpoint_forms: tuple[EndpointForm, ...] = ()
    route_decorators: frozenset[str] = frozenset()
    production_words: frozenset[str] = frozenset()
    stage_words: frozenset[str] = frozenset()
    response_callables: frozenset[str] = frozenset()
    response_keys: frozenset[str] = frozenset()
    texts: tuple[TextForm, ...] = ()
    forms: tuple[PostForm, ...] = ()
    profiles: tuple[ProfileForm, ...] = ()
    secret_reads: dict[str, SecretReading] = field(default_factory=dict)
    logins: dict[tuple[str, str], Login] = field(default_factory=dict)
    write_methods: frozenset[str] = frozenset()
    vendors: tuple[str, ...] = ()
    other_variables: frozenset[str] = frozenset()
    lasting: Lasting = field(default_factory=Lasting)
    presigning: Presigning = field(default_factory=Presigning)
    foreign_services: tuple[ForeignService, ...] = ()
    stored_fields: tuple[str, ...] = ()

    def variable(self, name: str) -> VariableEntry | None:
        """Give what is known about an environment variable, or None."""
        return self.variables.get(name)

    def operation(self, name: str) -> Operation:
        """Give an operation by its id, for example "aws.sts.AssumeRole"; raises KeyError."""
        return self.operations[name]

    def family(self, name: str) -> Family:
        """Give a family of variables by name; raises KeyError."""
        for family in self.families:
            if family.name == name:
                return family
        raise KeyError(name)
