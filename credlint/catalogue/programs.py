"""The frozen types of rules/actions and rules/commands, and of what stands in credentials files."""

from __future__ import annotations

from enum import Enum

from credlint.model.environments import RoleKind
from credlint.model.records import dataclass
from credlint.model.values import Cloud, Role


class Caller(Enum):
    """Whose credentials sign the request of an action."""

    INPUTS = "inputs"
    ENVIRONMENT = "environment"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Mode:
    """What an action does when all inputs of `given` are given, first mode first.

    `permission` tells that the platform's permission must be granted; `binding` that a role without keys is behind it.
    It holds for versions before `until`, and where no input of `without` is given; `duration` are the seconds that it
    asks for when nobody says how many.
    """

    given: tuple[str, ...]
    permission: bool
    operation: str | None
    caller: Caller
    chained: bool
    binding: RoleKind | None
    until: tuple[int, ...] = ()
    without: tuple[str, ...] = ()
    duration: int | None = None


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action that takes or gives credentials.

    `inputs` maps roles to input names, `variables` input names to the environment variables that stand in for them,
    `since` input names to the first version that has them. `exports` are the families of variables that it sets for
    later steps, unless an input of `silent_when_false` is false or one of `silent_when_given` is given. `outputs`
    maps roles to outputs. An unknown action with all inputs of `resembles` sends the same request. Inputs of `named`
    hold the name of a variable in place of its value; `aliases` maps other names of inputs to those of `inputs`. With
    `refuses_profile` it takes no profile beside keys; `groups` are names by which defaults are given to many actions.
    One that `finds_token` takes a token that it is not given from the environment.
    With `lenient` it takes the minimum in the place of a duration that does not fit.
    With `follows_profile` it looks for the keys that it is given where a profile of the environment wins over them.
    `role_options` do nothing without a role, `truthy` take any text for true, `account`
    says which account the keys are of.
    """

    names: tuple[str, ...]
    cloud: Cloud
    inputs: tuple[tuple[Role, str], ...]
    variables: tuple[tuple[str, str], ...]
    since: tuple[tuple[str, tuple[int, ...]], ...]
    modes: tuple[Mode, ...]
    exports: tuple[str, ...]
    silent_when_false: tuple[str, ...]
    silent_when_given: tuple[str, ...]
    outputs: tuple[tuple[Role, str], ...]
    takes_token: bool
    resembles: tuple[str, ...]
    named: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    refuses_profile: bool = False
    finds_token: bool = False
    follows_profile: bool = False
    lenient: bool = False
    groups: tuple[str, ...] = ()
    role_options: tuple[str, ...] = ()
    truthy: tuple[str, ...] = ()
    account: str = ""

    @property
    def name(self) -> str:
        """The first of its names."""
        return self.names[0]

    def input(self, role: Role) -> str | None:
        """Give the input of a role, or None."""
        return dict(self.inputs).get(role)


@dataclass(frozen=True, slots=True)
class RequestForm:
    """Words of a command that ask for credentials or limit them; `query` is the option that selects from the answer."""

    words: tuple[str, ...]
    operation: str
    duration: str
    query: str
    answers: bool


@dataclass(frozen=True, slots=True)
class ConfigureForm:
    """Words of a command that write one setting of a profile, and the settings that are parts of credentials."""

    words: tuple[str, ...]
    settings: tuple[tuple[str, Role], ...]
    profile: str


@dataclass(frozen=True, slots=True)
class StoreForm:
    """Words of a command that is given parts of credentials by options, and these options."""

    words: tuple[str, ...]
    options: tuple[tuple[str, Role], ...]


@dataclass(frozen=True, slots=True)
class HandOn:
    """Words of a command that start a process elsewhere, and its options that hand on a variable (`K` or `K=V`).

    With a `separator` one option hands on several; with `any_name` what is handed on is known by the usual names of
    parts, behind the last dot.
    """

    words: tuple[str, ...]
    options: tuple[str, ...]
    separator: str
    any_name: bool


@dataclass(frozen=True, slots=True)
class FilterForm:
    """Words of a command that prints what it is given; with `selects` only what its other words name of it."""

    words: tuple[str, ...]
    selects: bool


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A program of the shell that asks for, shows, stores or hands on credentials.

    With `profile_option` it takes those of a profile, with `endpoint_option` it asks that address, with
    `unsigned_option` it uses none. `parameters` are the options that give parameters of a request, `opening` such as
    may give any; `argued` are words and options behind which `K=V` gives a build a variable. `services` tells that its
    first two words are a service and an operation, `storage` are those services that others offer as well.
    """

    names: tuple[str, ...]
    cloud: Cloud
    requests: tuple[RequestForm, ...]
    configure: tuple[ConfigureForm, ...]
    shows: tuple[tuple[str, ...], ...]
    hands_on: tuple[HandOn, ...]
    stores: tuple[StoreForm, ...]
    filters: tuple[FilterForm, ...]
    profile_option: str
    parameters: tuple[tuple[str, str], ...] = ()
    opening: tuple[str, ...] = ()
    services: bool = False
    argued: tuple[HandOn, ...] = ()
    endpoint_option: str = ""
    unsigned_option: str = ""
    storage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShellSettings:
    """What is known of shells (rules/commands/shells.yaml): their names, and those of PowerShell.

    `embedded` maps programs and runtimes to the languages of their code; `wrappers` run the program behind them, with
    the variables that stand before it; `launchers` are programs, and words of theirs, that run one in an environment.
    """

    names: frozenset[str]
    powershells: frozenset[str]
    embedded: dict[str, str]
    wrappers: frozenset[str]
    launchers: frozenset[str]


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """What the settings of a credentials or config file mean (rules/deployments/profiles.yaml).

    `paths` are endings of the paths of such files; `indirect` are settings that make a profile's credentials temporary.
    `signs` are patterns of text that brings such files, `homes` the folders in which they are looked for, and
    `bare_images` globs of images that have none. `stated` are settings that say something of the owner of the keys,
    with what they mean. A section whose `type` is one of `without_token` is read without its token.
    """

    roles: tuple[tuple[str, Role], ...]
    duration: str
    operation: str
    source: str
    role: str
    indirect: tuple[str, ...]
    unless: tuple[str, ...]
    endpoints: tuple[str, ...]
    paths: tuple[str, ...]
    section_prefix: str
    signs: tuple[str, ...] = ()
    homes: tuple[str, ...] = ()
    bare_images: tuple[str, ...] = ()
    stated: tuple[tuple[str, str], ...] = ()
    type: str = ""
    without_token: tuple[str, ...] = ()
