"""The provider chains of the SDKs as rules/providers tells them: what is asked, in which order, by which names."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from credlint.catalogue.schema_fields import Fields, member
from credlint.model.chains import SourceKind
from credlint.model.records import dataclass

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


class Unless(Enum):
    """When a provider is left out: never, when code names a profile, or when code or a variable does."""

    NEVER = "never"
    NAMED_IN_CODE = "named-in-code"
    NAMED = "named"
    NOT_NAMED_IN_CODE = "not-named-in-code"


class Ini(Enum):
    """How an SDK reads the files of profiles: as Python's configparser, or line by line as the JavaScript SDK."""

    STRICT = "strict"
    LENIENT = "lenient"


Names = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ChainPath:
    """Where a file stands: by a variable ("" for none), and otherwise; `json` tells its form."""

    variable: str
    paths: tuple[str, ...]
    json: bool = False


@dataclass(frozen=True, slots=True)
class ProfileType:
    """A type of profile: what it needs, each with the variable that stands in for it ("" for none).

    `minimum` are the least numbers of settings, `source` the setting that names another profile to sign with.
    `machine` tells that the instance must give a role, `signed_in` that somebody must have signed in.
    """

    needs: tuple[tuple[str, str], ...] = ()
    minimum: tuple[tuple[str, int], ...] = ()
    source: str = ""
    machine: bool = False
    signed_in: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """A variable that switches a provider off: the text that does so, or (`keeps`) the only one that does not.

    `chain_only` tells that it does so in the chain, not where a profile names the provider.
    """

    variable: str
    text: str
    keeps: bool = False
    chain_only: bool = False


@dataclass(frozen=True, slots=True)
class ChainProvider:
    """One provider of a chain. `variables` and `settings` give names by what they hold.

    `file` is the name of the chain's file that it reads, or `place` where its own stands, in `section`; `types` are
    those of a profile by the text of `settings`' type, `current` the setting that names the profile where no variable
    does. `off` are the variable that switches it off and the text that does, or (`off_unless`) the only one that does
    not. `last` tells that it is the machine's own identity, which nobody chose. `over_profile` tells that the profile
    gives what the variables do not, `anywhere` that it takes any host by https, `needed` that its file must be there;
    `passes` are the hosts whose silence passes on to the next, `without` are variables of which each leaves it out.
    """

    name: str
    kind: SourceKind
    unless: Unless = Unless.NEVER
    variables: Names = ()
    settings: Names = ()
    file: str = ""
    place: ChainPath | None = None
    section: str = ""
    types: tuple[tuple[str, ProfileType], ...] = ()
    current: str = ""
    disabled_by: Switch | None = None
    last: bool = False
    over_profile: bool = False
    anywhere: bool = False
    needed: bool = False
    passes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def variable(self, what: str) -> tuple[str, ...]:
        """Give the variables that hold something, first asked first."""
        return dict(self.variables).get(what, ())

    def setting(self, what: str) -> tuple[str, ...]:
        """Give the settings that hold something."""
        return dict(self.settings).get(what, ())


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of one SDK.

    `read` tells that it was read from the source only. `profile` are the variables that name a profile, first asked
    first, `default` the profile where none does; `blank_counts` tells that the empty string counts as the name of a
    profile, a path or an address, `expands` that variables in a path are replaced. `files` are those of profiles by
    name, `prefix` what begins the headers of those in `prefixed`, `sessions` what begins those of sign-in sessions;
    `settings` gives the names in them, `sources` the provider by the text that names it. `hosts` take a request for a
    container's role. `images` are globs of images whose programs use this SDK.
    `errors` gives "Name: text" by what went wrong; what does not stand there is passed over.
    """

    sdk: str
    title: str
    read: bool
    ini: Ini
    profile: tuple[str, ...]
    default: str
    blank_counts: bool
    expands: bool
    prefix: str
    prefixed: tuple[str, ...]
    sessions: str
    files: tuple[tuple[str, ChainPath], ...]
    settings: Names
    sources: tuple[tuple[str, str], ...]
    hosts: tuple[str, ...]
    errors: tuple[tuple[str, str], ...]
    providers: tuple[ChainProvider, ...]
    images: tuple[str, ...] = ()

    def setting(self, what: str) -> tuple[str, ...]:
        """Give the settings of a profile that hold something."""
        return dict(self.settings).get(what, ())

    def error(self, what: str) -> str | None:
        """Give the error of something that went wrong, None where the SDK passes on."""
        return dict(self.errors).get(what)


_CHAIN = (
    "sdk title read ini profile default blank_counts expands prefix prefixed sessions files settings sources hosts"
    " errors providers images"
)
_PROVIDER = (
    "name kind unless variables settings file place section types current disabled_by last over_profile anywhere"
    " needed passes without"
)
WHAT = frozenset(
    {
        "key_id", "secret", "token", "expiration", "web_identity", "role", "provider", "relative", "full", "address",
        "type", "source", "named_source", "process", "login", "sso", "sso_hints", "sso_given", "session",
        "mfa",
    }
)  # fmt: skip
"""The closed set of what a variable or setting of a chain can hold."""
PROBLEMS = frozenset(
    {
        "missing_profile", "unreadable", "partial", "expired", "half_file", "no_source", "two_sources",
        "unknown_source", "empty_source", "missing_source", "empty_profile", "loop", "no_role", "sso_incomplete",
        "sso_no_session", "sso_conflict", "not_signed_in", "no_file", "foreign_host", "bad_address", "dead_container",
        "mfa", "nothing",
    }
)  # fmt: skip
"""The closed set of what can go wrong."""


def chain_entry(entry: Entry) -> Chain:
    """Read a chain."""
    fields = Fields(entry, _CHAIN, "sdk title errors providers")
    return Chain(
        sdk=fields.text("sdk"),
        title=fields.text("title"),
        read=fields.flag("read"),
        ini=member(fields, "ini", Ini.STRICT),
        profile=fields.texts("profile"),
        default=fields.text("default"),
        blank_counts=fields.flag("blank_counts"),
        expands=fields.flag("expands"),
        prefix=fields.text("prefix"),
        prefixed=fields.texts("prefixed"),
        sessions=fields.text("sessions"),
        files=tuple((name, _path(place, "path")) for name, place in fields.mapping("files").items()),
        settings=_names(fields, "settings"),
        sources=_texts(fields, "sources"),
        hosts=fields.texts("hosts"),
        errors=tuple((what, text.text()) for what, text in fields.entries["errors"].mapping(PROBLEMS).items()),
        providers=fields.each("providers", _provider),
        images=fields.texts("images"),
    )


def _provider(entry: Entry) -> ChainProvider:
    fields = Fields(entry, _PROVIDER, "name kind")
    return ChainProvider(
        name=fields.text("name"),
        kind=fields.entries["kind"].member(SourceKind),
        unless=member(fields, "unless", Unless.NEVER),
        variables=_names(fields, "variables"),
        settings=_names(fields, "settings"),
        file=fields.text("file"),
        place=_path(fields.entries["place"]) if "place" in fields.entries else None,
        section=fields.text("section"),
        types=tuple((name, _type(kind)) for name, kind in fields.mapping("types").items()),
        current=fields.text("current"),
        disabled_by=_switch(fields.entries["disabled_by"]) if "disabled_by" in fields.entries else None,
        last=fields.flag("last"),
        over_profile=fields.flag("over_profile"),
        anywhere=fields.flag("anywhere"),
        needed=fields.flag("needed"),
        passes=fields.texts("passes"),
        without=fields.texts("without"),
    )


def _switch(entry: Entry) -> Switch:
    fields = Fields(entry, "variable text keeps chain_only", "variable text")
    return Switch(fields.text("variable"), fields.text("text"), fields.flag("keeps"), fields.flag("chain_only"))


def _path(entry: Entry, required: str = "") -> ChainPath:
    fields = Fields(entry, "variable path json", required)
    return ChainPath(fields.text("variable"), fields.texts("path"), fields.flag("json"))


def _type(entry: Entry) -> ProfileType:
    fields = Fields(entry, "needs minimum source machine signed_in")
    return ProfileType(
        needs=_texts(fields, "needs"),
        minimum=tuple((name, least.integer()) for name, least in fields.mapping("minimum").items()),
        source=fields.text("source"),
        machine=fields.flag("machine"),
        signed_in=fields.flag("signed_in"),
    )


def _names(fields: Fields, key: str) -> Names:
    found = fields.entries[key].mapping(WHAT) if key in fields.entries else {}
    return tuple((what, names.texts()) for what, names in found.items())


def _texts(fields: Fields, key: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, text.text()) for name, text in fields.mapping(key).items())
