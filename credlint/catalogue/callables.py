"""What the catalogue says of callables: the frozen types of an entry, its slots, and what it gives."""

from __future__ import annotations

from enum import Enum

from credlint.model.records import dataclass
from credlint.model.sinks import NOT_KNOWN, Incomplete, SinkUse, TokenFate, TokenSupport
from credlint.model.values import Cloud, DamageKind, Lifetime, Role


class CallableKind(Enum):
    """What calling a catalogued name means to the evaluator.

    CLIENT, SESSION, CREDENTIALS, SIGNER, CONFIGURATION and PROVIDER take credentials; REQUEST is the request object of
    an operation, OPERATION sends one; SETTER writes a field of its receiver; SOURCE gives an object of the type in
    `returns`, FACTORY the callable of that name. The others are of the standard library: readers and writers of the
    environment, JSON, output, options, timing, encodings. ENCODED_STORE gives an object whose data is base64 text.
    """

    CLIENT = "client"
    SESSION = "session"
    CREDENTIALS = "credentials"
    SIGNER = "signer"
    CONFIGURATION = "configuration"
    PROVIDER = "provider"
    REQUEST = "request"
    OPERATION = "operation"
    SETTER = "setter"
    SOURCE = "source"
    FACTORY = "factory"
    LOG = "log"
    PRINT = "print"
    LOGGER = "logger"
    ENVIRONMENT_READ = "environment-read"
    ENVIRONMENT_PUT = "environment-put"
    ENVIRONMENT_PATCH = "environment-patch"
    JSON_LOAD = "json-load"
    TEXT = "text"
    SUBPROCESS = "subprocess"
    INI_FILE = "ini-file"
    INI_SET = "ini-set"
    INI_WRITE = "ini-write"
    OPTION_PARSER = "option-parser"
    OPTION = "option"
    PARSED_OPTIONS = "parsed-options"
    DURATION = "duration"
    DEBUG_LOG = "debug-log"
    HARMLESS = "harmless"
    PRESIGN = "presign"
    ENCODE = "encode"
    DECODE = "decode"
    ENCODED_STORE = "encoded-store"


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an argument stands.

    `position` is 0-based and does not count the receiver (None: keyword only); no `keywords`: positional only.
    """

    position: int | None
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the parts stand in an answer or object: under `path`, each role under one of its names.

    Steps of the path and names are item keys or attributes alike. `objects` tells that what holds the parts is no data
    but an object, whose text shows none of them.
    """

    path: tuple[str, ...]
    fields: tuple[tuple[Role, tuple[str, ...]], ...]
    lifetime: Lifetime
    objects: bool = False

    def role(self, name: str) -> Role | None:
        """Give the role of a field name, or None."""
        for role, names in self.fields:
            if name in names:
                return role
        return None


@dataclass(frozen=True, slots=True)
class CallableEntry:
    """One callable of an SDK, under all its qualified names.

    `parameters` maps parameter roles ("key_id", "service", ...; see `PARAMETER_ROLES`) to slots. `options` gives,
    per parameter that holds a nested mapping, the keys that stand for roles in it. `returns` is a qualified type name,
    or "service" for a client of the service that was named. `part` is the part that a source of one part gives.
    `signature` is the object whose inspect.signature proves the slots when it is not the first name. `when` lists, per
    parameter, the beginnings of its text with which the entry holds; `others` are the entries of the same names with
    other beginnings. A method with `any_receiver` is known by its name and arguments alone. `words` are the names by
    which a statement that may call it is known, where they are not its own. `incomplete` is what it makes of parts that
    are not complete; `token_by_type` what it does with the token, by the text of the parameter `type`; `drops` are the
    parameters whose object it does not look at beside a key id; `environment_first` is the family of variables whose
    pair it takes before an object that it is given; `reads` the family that it reads by itself; `form` is what an
    ENCODE or DECODE makes or undoes; one that `strips` takes blanks around the parts away itself.
    """

    names: tuple[str, ...]
    kind: CallableKind
    cloud: Cloud
    distribution: str
    use: SinkUse | None = None
    parameters: tuple[tuple[str, Slot], ...] = ()
    token: TokenSupport | None = None
    returns: str | None = None
    operation: str | None = None
    shape: Shape | None = None
    options: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    default_chain: bool = False
    asynchronous: bool = False
    raises_on_profile_and_keys: bool = False
    part: Role | None = None
    signature: str | None = None
    note: str = ""
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    others: tuple[CallableEntry, ...] = ()
    any_receiver: bool = False
    words: tuple[str, ...] = ()
    incomplete: Incomplete = NOT_KNOWN
    token_by_type: tuple[tuple[str, TokenFate], ...] = ()
    drops: tuple[str, ...] = ()
    environment_first: str | None = None
    reads: str | None = None
    form: DamageKind | None = None
    strips: bool = False

    def slot(self, role: str) -> Slot | None:
        """Give the slot of a parameter role, or None."""
        for name, slot in self.parameters:
            if name == role:
                return slot
        return None


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """An object type: which of its attributes hold the parts, what they live, whether its text shows the secrets.

    A `refreshable` one may hold other credentials at the next read.
    """

    names: tuple[str, ...]
    cloud: Cloud
    distribution: str
    shape: Shape | None
    title: str
    shows_secrets: bool
    refreshable: bool = False
    attributes: tuple[tuple[str, str], ...] = ()
