"""What a script sets for the rest of itself, as an environment of its own, and where its requests go."""

from __future__ import annotations

from collections.abc import Sequence

from credlint.credentials.effective import address_kind, environment_endpoint
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.script_environments import prefixed
from credlint.extract.deployment.shell_values import Evaluator, option_value, split_word
from credlint.extract.text.shell import Command
from credlint.model.environments import EnvironmentScope, Variable
from credlint.model.records import dataclass, replace
from credlint.model.sinks import EndpointKind
from credlint.model.span import Location
from credlint.model.values import Literal, ResponseField, Role

_EXPORT = "export"
_FLAG = "-x"
# They start no program.
_BUILTINS = frozenset(
    {"export", "declare", "typeset", "readonly", "local", "unset", "set", "read", "echo", "printf", "cd", "test", "[",
     "[[", "true", ":", "exit", "return", "shift", "trap", "eval", "source", "."}
)  # fmt: skip
_SOURCES = frozenset({Role.KEY_ID, Role.PROFILE})


@dataclass(frozen=True, slots=True)
class Left:
    """Variables that programs of a script find beside those of its process; the rest is that of a scope."""

    variables: tuple[Variable, ...]
    elsewhere: bool
    opaque: bool


class Remainder:
    """Watches the commands of one script: what holds for programs that start after a variable was exported."""

    def __init__(self, values: Evaluator, reading: Reading) -> None:
        self._values = values
        self._reading = reading
        self._declared = frozenset(values.state.environment.variables)
        self._places: dict[str, Location] = {}
        self._exported: dict[str, None] = {}
        self._unset: dict[str, None] = {}
        self._in_force: dict[str, None] = {}
        self._asked: list[EndpointKind] = []  # by programs that find what is exported
        self._alone: list[Left] = []
        self.endpoints: list[EndpointKind] = []

    def command(self, command: Command, given: Sequence[Variable]) -> None:
        """Take note of a command, after what it sets was set; `given` are variables that it alone finds."""
        endpoint = self._endpoint(command)
        asked = [endpoint] if endpoint is not None else []
        self.endpoints += asked
        if any(one.role is Role.KEY_ID and _is_source(one) for one in given):
            self._alone.append(Left(tuple(given), are_elsewhere(asked), self._values.state.environment.opaque))
        if command.name == _EXPORT or any(word.literal == _FLAG for word in command.words[1:2]):
            self._exported.update(dict.fromkeys(_names(command)))
        elif command.name == "unset":
            self._unset.update(dict.fromkeys(_names(command)))
        elif not command.words:
            names = (one.name for one in command.assignments)
            self._exported.update(dict.fromkeys(name for name in names if name in self._declared))
        elif command.name not in _BUILTINS:
            self._in_force.update(self._exported)
            self._asked += asked if self._exported else []

    def environments(self) -> tuple[Left, ...]:
        """Give the environments that programs of the script find changed, with a source of credentials among them.

        What is set under a condition may be there because nothing else is, and proves nothing.
        """
        there = self._values.state.environment
        made = [one for name in (*self._in_force, *self._unset) for one in there.variables.get(name, ())]
        if any(one.name in self._in_force and _is_source(one) for one in made):
            return (Left(tuple(made), are_elsewhere(self._asked), there.opaque), *self._alone)
        return tuple(self._alone)

    def _endpoint(self, command: Command) -> EndpointKind | None:
        """Tell where the request of a command goes, None for one that is not known to make any."""
        entry = self._values.command_entry(command)
        if entry is None or not entry.endpoint_option:
            return None
        words = [word.literal for word in command.words[1:] if not (word.literal or "").startswith("-")]
        if not words or words[0] in {form.words[0] for form in entry.configure}:
            return None
        catalogue = self._reading.catalogue
        given = option_value(command, entry.endpoint_option)
        for one in prefixed(command, self._values.wrappers):
            variable = catalogue.variable(one.name)
            given = given or (one.value if variable is not None and variable.role is Role.ENDPOINT else None)
        if given is None:
            environment = self._values.state.environment
            return environment_endpoint(environment, catalogue.grammar, self._reading.settings, beside_local=False)
        origin = self._values.origin(given, command.branches)
        address = origin.text.reveal() if isinstance(origin, Literal) else ""
        return address_kind(address, catalogue.grammar, self._reading.settings)


def _names(command: Command) -> list[str]:
    """Give the names of variables among the words of a command."""
    split = [split_word(word) for word in command.words[1:]]
    named = [(found[0] if found else word.literal) for found, word in zip(split, command.words[1:], strict=True)]
    return [name for name in named if name and name.isidentifier()]


def _is_source(variable: Variable) -> bool:
    if variable.role not in _SOURCES or variable.branches or isinstance(variable.value, ResponseField):
        return False
    return variable.part(variable.role).is_given()


def are_elsewhere(endpoints: Sequence[EndpointKind]) -> bool:
    """Tell whether there are requests, and none of them goes to a cloud for all that is seen."""
    return bool(endpoints) and not {EndpointKind.ABSENT, EndpointKind.CLOUD} & set(endpoints)


def script_scope(scope: EnvironmentScope, left: Left, index: int) -> EnvironmentScope:
    """Give the scope of what a script of a process runs with variables that it has set."""
    return replace(
        scope,
        index=index,
        parent=scope.index,
        title=f"the script of {scope.title}",
        location=left.variables[0].key_location,
        variables=tuple(replace(one, branches=one.branches | scope.branches) for one in left.variables),
        imports=(),
        roles=(),
        mounts=(),
        exports=(),
        role_exports=(),
        exports_unknown=False,
        order=0,
        reserved=(),
        misplaced=(),
        profile_files=None,
        closed=False,
        elsewhere=left.elsewhere,
        opaque=left.opaque,
        script=True,
    )
