"""What all modules of one evaluation share: the catalogue, the facts found so far, and the work that is left."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sized
from functools import cached_property

import libcst as cst

from credlint.catalogue.types import Catalogue
from credlint.extract.python.domain import Answer, ClassInfo, FunctionInfo, HeapObject, Scalar, Unnamed, Value
from credlint.extract.python.failing import Source, Taken
from credlint.extract.python.inherited import Inherited
from credlint.extract.python.readings import Piece
from credlint.extract.python.watch import Watch
from credlint.model.environments import CodeEnvironment, EnvironmentWrite, InheritedKey
from credlint.model.facts import (
    Client,
    ClientOrder,
    ClientPlace,
    Exposure,
    KeyLiteral,
    MisnamedToken,
    SecretRead,
    ServiceCall,
    SessionRequest,
)
from credlint.model.lasting import Fallback, Kept, Refresher, RetriedError, SignedUrl
from credlint.model.profiles import ProfileText
from credlint.model.project import Settings
from credlint.model.records import dataclass, field, names
from credlint.model.span import Location
from credlint.model.values import NO_BRANCH, Branches, Cloud, ResponseField, Role

TextGroup = tuple[str, bool, FunctionInfo | None, tuple[Location, ...], tuple[str, ...]]
"""The method that is handed texts, whether it shows them, and the activation: function, calls and flows."""


_SHARE_ELSEWHERE = 10
"""One part of so many of the work of a file is for functions of other modules that are handed nothing of interest."""
_ASIDE = frozenset(
    {
        *("active", "answer_roles", "asked_first", "bases", "called", "decorators", "holders", "imported"),
        *("names_errors", "part_roles", "received", "secret_variables", "texts", "answers_shown", "_decisions"),
    }
)
"""What is kept only so that it need not be found twice, and what `recalled` looks at itself: the rest is noted."""
MAXIMUM_ACTIVE = 1_000
"""More than can be run within each other."""


class OutOfFuel(Exception):
    """The work that one file may cost is spent."""


@dataclass(slots=True)
class Facts:
    """What was found, keyed so that the same thing met twice is one fact."""

    clients: dict[object, Client] = field(default_factory=dict)
    requests: dict[object, SessionRequest] = field(default_factory=dict)
    exposures: dict[object, Exposure] = field(default_factory=dict)
    literals: dict[object, KeyLiteral] = field(default_factory=dict)
    writes: dict[object, EnvironmentWrite] = field(default_factory=dict)
    orders: dict[object, ClientOrder] = field(default_factory=dict)
    kept: dict[object, Kept] = field(default_factory=dict)
    urls: dict[object, SignedUrl] = field(default_factory=dict)
    refreshers: dict[object, Refresher] = field(default_factory=dict)
    retries: dict[object, RetriedError] = field(default_factory=dict)
    fallbacks: dict[object, Fallback] = field(default_factory=dict)
    environments: dict[object, CodeEnvironment] = field(default_factory=dict)
    inherited_keys: dict[object, InheritedKey] = field(default_factory=dict)
    secret_reads: dict[object, SecretRead] = field(default_factory=dict)
    misnamed: dict[Location, MisnamedToken] = field(default_factory=dict)
    parts_read: set[Location] = field(default_factory=set)
    profiles: dict[object, ProfileText] = field(default_factory=dict)
    escaped: set[Location] = field(default_factory=set)
    service_calls: dict[object, ServiceCall] = field(default_factory=dict)
    places: dict[object, ClientPlace] = field(default_factory=dict)
    used: set[Location] = field(default_factory=set)
    served: dict[tuple[Location, tuple[Location, ...]], Location] = field(default_factory=dict)
    returned: list[tuple[FunctionInfo, set[Location]]] = field(default_factory=list)
    received: dict[cst.CSTNode, dict[Location, set[Location]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a call has given that did nothing else, and what it has left in the objects handed over.

    `changed` names those by their place among all that were `handed` over; `objects` are the others that it gives, None
    for what was there before; `leaves` the values handed over. `calls` led there, and `begun` is how many
    calls the entry had followed before; `cut_short` tells that it did not follow all that were made then.
    """

    value: Value
    changed: tuple[tuple[int, HeapObject], ...]
    objects: Mapping[int, HeapObject | None]
    leaves: tuple[object, ...]
    handed: tuple[int, ...]
    alive: bool
    calls: tuple[Location, ...]
    begun: int
    cut_short: bool
    kept: tuple[HeapObject, ...]


@dataclass(slots=True)
class Work:
    """The work of one file: the steps that were `granted`, and those left `elsewhere`, in functions of other modules.

    `refused` is the place among the active functions of the outermost one that was called again, which is not followed;
    `answered` is what calls have given that did nothing else, `noting` holds the calls that led to one that did.
    """

    granted: int
    elsewhere: int
    refused: int = MAXIMUM_ACTIVE
    answered: dict[Hashable, Answered] = field(default_factory=dict)
    noting: set[tuple[Location, ...]] = field(default_factory=set)


class Shared:
    """The state of one evaluation. `muted` above zero: nothing is noted; `clock` counts statements.

    `summing_up` tells that a method is run for what it leaves in an instance only.

    `followed` counts the calls that the entry at hand followed; `active` are the functions being run, outermost first;
    `called` those that something called; `exceptional` the arms of `except`.
    """

    def __init__(self, catalogue: Catalogue, settings: Settings, fuel: int, *, test_context: bool) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self.test_context = test_context
        self.facts = Facts()
        self.fuel = fuel
        self.muted = 0
        self.summing_up = False
        self.clock = self.followed = 0
        self.work = Work(fuel, fuel // _SHARE_ELSEWHERE)
        self.exceptional: Branches = NO_BRANCH
        self.active: list[FunctionInfo] = []
        self.called: set[cst.CSTNode] = set()
        self.platforms: set[str] = set()
        self.handlers: list[tuple[str, Location]] = []
        self.endless: list[Location] = []
        self.steady: set[Location] = set()
        self.set_anew: set[Location] = set()
        self.watch: Watch | None = None
        self.sources: list[Source] = []
        self.taken: list[Taken] = []
        self.used: set[Location] = set()
        self.names_errors: dict[str, bool] = {}
        self.intended: dict[tuple[int, int], tuple[Source, ...]] = {}
        self.token_elsewhere_at: set[Location] = set()
        self.inherited: dict[Location, Inherited] = {}
        self.signers: dict[Location, Location] = {}
        self.made_at_import: set[Location] = set()
        self.texts: dict[TextGroup, dict[object, Piece]] = {}
        self.debug_loggers: dict[Location, str] = {}
        self.consumed: set[Location] = set()
        self.patched: set[Location] = set()
        self.part_roles: dict[str, tuple[Role, Cloud] | None] = {}
        self.holders: dict[ClassInfo, frozenset[str]] = {}
        self.bases: dict[tuple[ClassInfo, str], ClassInfo | None] = {}
        self.decorators: dict[FunctionInfo, tuple[Value, ...]] = {}
        self.asked_first: dict[FunctionInfo, frozenset[str]] = {}
        self.has_setters = False
        self.imported: dict[str, dict[str, str]] = {}
        self.fields_read: dict[Unnamed, set[Role]] = {}
        self.answers_given: dict[object, Unnamed] = {}
        self.tokens_given: set[Unnamed] = set()
        self.answers_shown: dict[tuple[Location, Unnamed], Exposure] = {}
        self.writers: dict[object, int] = {}
        self._objects = 0
        self._decisions: dict[object, int] = {}
        shapes = [one.shape for one in catalogue.operations.values() if one.shape]
        self.answer_fields = frozenset(name for shape in shapes for _, names in shape.fields for name in names)
        shapes += [one.shape for one in catalogue.callables.values() if one.shape]
        self.answer_roles = {
            name: role for shape in shapes for role, names in shape.fields for name in names if name[:1].isupper()
        }
        self.secret_variables = {
            name: f"the {'session token' if entry.role is not Role.SECRET else 'secret'} of the environment"
            for name, entry in catalogue.variables.items()
            if entry.role in {Role.SECRET, Role.TOKEN, Role.LEGACY_TOKEN}
        }

    def spend(self) -> None:
        """Pay for one step of evaluation; raises OutOfFuel when the budget is spent."""
        self.fuel -= 1
        if self.fuel < 0:
            raise OutOfFuel

    def marks(self) -> tuple[int, ...]:
        """Give the sizes of all that is noted: where they are the same afterwards, nothing was noted in between."""
        return (
            *map(len, self._noted),
            sum(map(len, self.fields_read.values())),
            0 if self.watch is None else len(self.watch.found),
        )

    def grant(self, steps: int) -> None:
        """Let the file at hand cost more steps."""
        self.fuel += steps
        self.work.granted += steps

    def spent(self) -> int:
        """Give the steps that have been taken."""
        return self.work.granted - self.fuel

    def read(self, value: Value) -> None:
        """Remember whose secret or token is read: a key id and a date alone are of no use."""
        for item in value:
            if type(item.data) is Scalar:
                origin = item.data.origin
                if type(origin) is ResponseField and origin.role in {Role.SECRET, Role.TOKEN}:
                    self.facts.used.add(origin.request)

    def keep(self, value: Value) -> None:
        """Remember whose answers, or credentials, are put where other code finds them."""
        self.read(value)
        self.facts.used.update(item.data.request for item in value if isinstance(item.data, Answer))

    def let_go(self, value: Value) -> None:
        """Remember whose answers, or parts of them, are stored in what is not followed."""
        for item in () if self.muted else value:
            match item.data:
                case Answer(request) | Scalar(ResponseField(request)):
                    self.facts.escaped.add(request)
                case _:
                    pass

    def arm(self, key: object, arm: int) -> Branches:
        """Give the branch set of one arm of a decision; the same key is the same decision."""
        return frozenset({(self._decisions.setdefault(key, len(self._decisions)), arm)})

    @cached_property
    def _noted(self) -> list[Sized]:
        """All that something is noted in: two facts that look alike are one, so that sizes tell of a new one."""
        facts = {name: getattr(self.facts, name) for name in names(Facts)}
        several = {**vars(self), **facts}
        return [one for name, one in several.items() if name not in _ASIDE and isinstance(one, dict | set | list)]

    @property
    def last_number(self) -> int:
        """The number of the newest object of the heap."""
        return self._objects

    def number(self) -> int:
        """Give a number for a new object of the heap."""
        self._objects += 1
        return self._objects
