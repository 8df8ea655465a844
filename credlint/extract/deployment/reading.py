"""What all parts of the reader share for one file: its text, places and catalogue, and the facts found so far."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from copy import copy

from credlint.catalogue.deployments import Deployments
from credlint.catalogue.types import Catalogue
from credlint.extract.deployment.choices import Choices
from credlint.extract.deployment.places import Places, value_extent
from credlint.extract.deployment.tree import Document, Extent, Node, Placed, Scalar, scalar, text_of, value_at
from credlint.extract.text.conditions import Conditions
from credlint.extract.text.templates import Masked
from credlint.model.copies import SecretCopy
from credlint.model.environments import (
    BindingGap,
    CodeEnvironment,
    CorruptedValue,
    EnvironmentScope,
    GapKind,
    JobTime,
    PatchedDocument,
    RepeatedVariable,
    Resource,
)
from credlint.model.facts import (
    Client,
    Embedded,
    Exposure,
    KeyLiteral,
    RoleWay,
    SecretRead,
    ServiceCall,
    SessionRequest,
)
from credlint.model.patterns import pattern
from credlint.model.profiles import ProfileText
from credlint.model.project import Project, Settings
from credlint.model.records import dataclass, field, replace
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from credlint.model.values import NO_BRANCH, SECRET_ROLES, Branches, Cloud, CredentialSet, Literal, Origin, Role

_WORD = pattern(r"[^a-z0-9]+")
_BLANKS = pattern(r"\s+")


@functools.lru_cache(maxsize=4096)
def spelled(name: str) -> tuple[str, str]:
    """Give a name in lower case with `_` between its words, and without anything between them."""
    lower = name.lower()
    return _WORD.sub("_", lower), _WORD.sub("", lower)


@dataclass(slots=True)
class Found:
    """The facts of a file while it is read; keys keep each once."""

    clients: dict[tuple[Location, CredentialSet], Client] = field(default_factory=dict)
    requests: dict[tuple[Location, str], SessionRequest] = field(default_factory=dict)
    exposures: dict[Location, Exposure] = field(default_factory=dict)
    literals: dict[Location, KeyLiteral] = field(default_factory=dict)
    profiles: dict[Location, ProfileText] = field(default_factory=dict)
    code_environments: list[CodeEnvironment] = field(default_factory=list)
    scopes: list[EnvironmentScope] = field(default_factory=list)
    secret_reads: dict[Location, SecretRead] = field(default_factory=dict)
    copies: dict[Location, SecretCopy] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=list)
    embedded: list[Embedded] = field(default_factory=list)
    statements: dict[Span, None] = field(default_factory=dict)
    secrets: dict[str, SecretText] = field(default_factory=dict)
    variables: dict[str, None] = field(default_factory=dict)
    gaps: dict[tuple[Location, GapKind], BindingGap] = field(default_factory=dict)
    repeats: dict[Location, RepeatedVariable] = field(default_factory=dict)
    corruptions: dict[Location, CorruptedValue] = field(default_factory=dict)
    service_calls: dict[Location, ServiceCall] = field(default_factory=dict)
    job_times: dict[Location, JobTime] = field(default_factory=dict)
    patched: dict[PatchedDocument, None] = field(default_factory=dict)


class Reading:
    """One file on its way to facts."""

    def __init__(
        self,
        places: Places,
        masked: Masked | None,
        conditions: Conditions,
        catalogue: Catalogue,
        deployments: Deployments,
        settings: Settings,
        project: Project,
    ) -> None:
        self.places = places
        self.path = places.path
        self.conditions = conditions
        self.catalogue = catalogue
        self.deployments = deployments
        self.settings = settings
        self.project = project
        self.found = Found()
        self.encoded: set[Location] = set()
        self.brings: dict[Extent, bool] = {}  # whether a node may bring files of profiles into a container
        self.role_ways: dict[Cloud, str] = {}  # how the platform of the process at hand would give it a role
        self.inputs: dict[str, Input] = {}  # what a caller hands to this document
        self.choices: Choices | None = None  # what names of the document at hand may stand for
        self.calls: list[Location] = []  # of documents that were read as this one runs them
        self.opened: dict[str, Opened | None] = {}  # other files that documents name, each opened once
        self.own: set[Location] = set()  # what a stand-in of the cloud is told to take as its own keys
        self._masked = masked
        self._roles: dict[str, tuple[Role, Cloud] | None] = {}  # asked for again with every mapping of a list
        self.test_context = any(part in catalogue.test_path_parts for part in re.split(r"[/.]", places.path.lower()))

    def again(self) -> Reading:
        """Give a reading of the same text that has found nothing yet."""
        other = copy(self)
        other.found = Found()
        other.encoded, other.own, other.role_ways, other.inputs = set(), set(), {}, {}
        return other

    def location(self, extent: Extent, statement: Extent | None = None) -> Location:
        """Give the location of an extent and remember the entry around it."""
        location = self.places.location(extent)
        around = self.places.location(statement) if statement else location
        self.found.statements[around.span] = None
        return location

    def value_location(self, scalar: Scalar, statement: Extent | None = None) -> Location:
        """Give the location of a scalar's text, without quotes."""
        return self.location(value_extent(scalar), statement)

    def site(self, placed: Placed) -> Location:
        """Give where an entry takes effect: its key, or the alias that brought it."""
        if placed.site is not None:
            return self.location(placed.site)
        return self.location(placed.entry.key.extent, placed.entry.extent)

    def name_at(self, node: Node | None, path: str) -> str | None:
        """Give the text at a path of keys; of one that a template gives the template itself.

        The same template is the same name wherever it stands in a chart.
        """
        found = scalar(value_at(node, path))
        if found is None or not found.templated:
            return text_of(found)
        return _BLANKS.sub(" ", self.places.raw(value_extent(found)))

    def branches(self, extent: Extent) -> Branches:
        """Give the template branches that a place is in."""
        if self._masked is None:
            return NO_BRANCH
        return self._masked.branches(extent.start.line, extent.start.column)

    def has_insert(self, first_line: int, end_line: int) -> bool:
        """Tell whether a template puts text of unknown form on lines of a stretch."""
        return self._masked is not None and self._masked.has_insert(first_line, end_line)

    def is_read(self, name: str) -> bool:
        """Tell whether a line uses a variable (`$NAME`, `$(NAME)`, `env.NAME`) that is not the one which sets it."""
        used = re.compile(rf"(?:\$[({{]?|%|\benv\.){re.escape(name)}\b")
        is_set = re.compile(rf"^[-\s{{\"']*{re.escape(name)}[\"']?\s*[:=]")
        return any(used.search(line) and not is_set.match(line) for line in self.places.lines if name in line)

    def cover(self, text: str, *, key_id: bool = False) -> SecretText:
        """Remember a text to be covered wherever the file is shown, and give it as a secret."""
        secret = SecretText(text, key_id=key_id)
        if text and text.lower() not in self.catalogue.grammar.dummy_words:
            self.found.secrets.setdefault(text, secret)
        return secret

    def covered(self, origin: Origin, role: Role | None) -> Origin:
        """Remember a literal to be covered that stands where a part of credentials does; give the origin."""
        if isinstance(origin, Literal) and role in SECRET_ROLES:
            return Literal(self.cover(origin.text.reveal(), key_id=role is Role.KEY_ID))
        return origin

    def role_of(self, name: str) -> tuple[Role, Cloud] | None:
        """Give what a key of a mapping means by its name: a variable of an SDK, or one of the usual names of a part."""
        if name not in self._roles:
            entry = self.catalogue.variable(name)
            slots = (self.catalogue.slot_names.get(spelling) for spelling in spelled(name))
            self._roles[name] = (entry.role, entry.cloud) if entry else next((one for one in slots if one), None)
        return self._roles[name]

    def cloud_of_words(self, texts: Iterable[str]) -> Cloud | None:
        """Give the cloud whose vendor's word stands in one of some names, or None."""
        words = {word for text in texts for word in _WORD.split(text.lower())}
        families = self.catalogue.families
        return next((one.cloud for one in families if one.vendor and one.vendor.split("_")[0].lower() in words), None)

    def add_client(self, client: Client, keys: Location | None = None) -> None:
        """Add a sink; the same credentials at the same place (a pair that many steps inherit) are one.

        `keys` is where they are declared, when that is not where the sink stands.
        """
        way = self.role_ways.get(client.cloud)
        if way is not None:
            client = replace(client, role_way=RoleWay(way, keys or client.location))
        self.found.clients.setdefault((client.location, client.credentials), client)


@dataclass(frozen=True, slots=True)
class Input:
    """One input as it is given: by the step, or by a variable of the environment that stands in for it.

    `choices` are texts that its expression may stand for.
    """

    origin: Origin
    location: Location
    text: str | None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """Another file of the project: its documents, and what it takes to read them."""

    reading: Reading
    documents: tuple[Document, ...]
