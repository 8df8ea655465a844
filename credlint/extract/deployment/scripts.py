"""Scripts of deployment YAML, command by command: requests, credentials handed on, stored or shown, variables set."""

from __future__ import annotations

from collections.abc import Sequence

from credlint.catalogue.deployments import Dialect
from credlint.catalogue.programs import RequestForm
from credlint.credentials.effective import Environment, credential_sets
from credlint.extract.deployment.clients import note_environment_client, note_left
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.exposures import ExposureReader
from credlint.extract.deployment.opening import from_root, neighbour_text
from credlint.extract.deployment.places import TextMap
from credlint.extract.deployment.profiles import finish_profiles
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.requests import Details, note_request, temporary_caller
from credlint.extract.deployment.script_code import embedded_code
from credlint.extract.deployment.script_damage import LineEnds
from credlint.extract.deployment.script_environments import ChildEnvironments, prefixed, program
from credlint.extract.deployment.script_files import FileWriter
from credlint.extract.deployment.script_left import Remainder
from credlint.extract.deployment.script_programs import ProgramReader
from credlint.extract.deployment.script_requests import is_open, request_fields, service_call
from credlint.extract.deployment.script_texts import substitutions
from credlint.extract.deployment.shell_values import (
    Answer,
    Evaluator,
    State,
    option_value,
    split_word,
    value_variable,
)
from credlint.extract.text.shell import Command, Expression, Substitution, Text, Word
from credlint.extract.text.shell_reader import read_script
from credlint.model.environments import RoleKind
from credlint.model.environments import Variable as EnvironmentVariable
from credlint.model.facts import Duration
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import (
    SECRET_ROLES,
    Absent,
    Blank,
    Branches,
    Cloud,
    CredentialSet,
    Literal,
    Origin,
    Role,
    Unknown,
)

_EXPORTS = frozenset({"export", "declare", "typeset", "readonly", "local"})
_SOURCES = frozenset({"source", "."})
_MOVES = frozenset({"cd", "pushd"})
_MAXIMUM_SOURCED = 3
# Roles whose sessions are temporary for STS; that of an instance is exempt.
_SESSIONS = frozenset({RoleKind.BUILD_ROLE, RoleKind.FUNCTION_ROLE, RoleKind.TASK_ROLE})
_CHOOSING = frozenset({Role.PROFILE, Role.ROLE_ARN, Role.CONFIG_FILE, Role.CREDENTIALS_FILE})
_IDENTITY = frozenset({Role.ROLE_ARN, Role.WEB_IDENTITY_FILE})


class ScriptReader:
    """Runs through one script; afterwards `exports` and `outputs` hold what it leaves for later steps."""

    def __init__(
        self,
        text: str,
        text_map: TextMap,
        environment: Environment,
        outputs: dict[tuple[str, str], Origin],
        dialect: Dialect,
        reading: Reading,
        title: str,
        flow: str,
        files: frozenset[str] = frozenset(),
    ) -> None:
        self._text = text
        self._text_map = text_map
        self._dialect = dialect
        self._reading = reading
        self._title = title
        self._flow = flow
        inputs = {name: given.origin for name, given in reading.inputs.items()}
        self._state = State(environment.copy(), outputs=outputs, inputs=inputs)
        self._values = Evaluator(self._state, reading.catalogue, reading.deployments, dialect)
        self._set_here: dict[str, Location] = {}
        self._names: dict[str, None] = {}
        self._exposures = ExposureReader(self._values, dialect, reading, self._word_place, title, flow)
        self._programs = ProgramReader(self._values, reading, self._word_place, flow, logged=dialect.logged)
        self._children = ChildEnvironments(self._values, reading, self._word_place, flow)
        self.written = FileWriter(text, self._values, dialect, reading, self._place, flow, files)
        self.remainder = Remainder(self._values, reading)
        self._line_ends = LineEnds(reading, self._place)
        self._commands = read_script(text, reading.conditions.fresh)
        self._sourced: list[Location] = []  # where scripts of the project are named that are read in place
        self._moved = False

    def run(self) -> None:
        """Read all commands in order."""
        self._run(self._commands, inside=False)
        if self._set_here:
            title = f"environment set by the script of {self._title}"
            note_environment_client(self._state.environment, self._set_here, self._reading, title, self._flow)
        finish_profiles(self._state, self._reading, self._flow)
        self.written.finish()
        self._leave()
        self._children.finish(self._state.environment, self._names, f"the script of {self._title}")

    def _leave(self) -> None:
        """Note the credentials that later steps find, as the environment of whatever runs in them."""
        later = self._state.environment.copy()
        later.opaque = later.opaque or self.written.unknown
        note_left(later, self.written.exports, self._reading, self._title, self._flow)

    @property
    def exports(self) -> list[EnvironmentVariable]:
        """The variables that it sets for later steps."""
        return self.written.exports

    @property
    def outputs(self) -> dict[str, Origin]:
        """The outputs that it sets for later steps."""
        return self.written.outputs

    @property
    def profiles_written(self) -> tuple[str, ...]:
        """The profiles that it writes."""
        return (*self._programs.profiles, *self.written.profiles)

    def identity_variables(self) -> tuple[EnvironmentVariable, ...]:
        """Give the variables of a role that the script leaves set for the rest of itself."""
        names = self._state.environment.variables
        known = (one for name in self._set_here for one in names.get(name, ()))
        return tuple(one for one in known if one.role in _IDENTITY and not isinstance(one.value, Absent | Blank))

    def _run(self, commands: tuple[Command, ...], *, inside: bool) -> None:
        feeding: list[Command] = []
        for command in commands:
            if not feeding or feeding[-1].pipeline != command.pipeline or not feeding[-1].piped:
                feeding = []
            for inner in substitutions(command):
                self._run(inner, inside=True)
            self._request(command)
            self._service_call(command)
            self._line_ends.command(command)
            self._exposures.command(command, feeding, inside=inside)
            self._assignments(command)
            self._builtin(command, feeding)
            self._programs.command(command)
            self.remainder.command(command, self._children.command(command))
            self.written.command(command, feeding)
            code = embedded_code(command, self._text, self._text_map, self._reading.deployments.shells)
            if code is not None:
                self._reading.found.embedded.append(code)
            feeding = [*feeding, command]

    # -- places

    def _place(self, start: int, end: int, command: Command) -> Location:
        if self._sourced:
            return self._sourced[0]
        statement = self._text_map.extent(command.start, max(command.end, command.start + 1))
        return self._reading.location(self._text_map.extent(start, end), statement)

    def _word_place(self, word: Word, command: Command) -> Location:
        return self._place(word.start, word.end, command)

    # -- requests

    def _request(self, command: Command) -> None:
        form = self._values.request_form(command)
        if form is None:
            return
        operation = self._reading.catalogue.operation(form.operation)
        name = next(word for word in command.words if word.literal == form.words[-1])
        place = self._word_place(name, command)
        self._values.requests[command.start] = place
        caller = self._caller(form)
        named = option_value(command, self._profile_option(command)) is not None
        chained = None if named else temporary_caller(caller)
        durations = self._durations(command, form)
        note_request(
            operation.id, place, durations, caller, chained, self._flow, self._reading, answers=form.answers,
            details=Details(
                "" if named or caller.alternatives else self._platform_role(operation.cloud),
                fields=request_fields(command, self._values, operation, self._word_place),
                open=is_open(command, self._values),
            ),
        )  # fmt: skip
        for redirect in command.redirects:
            if redirect.operator in {">", ">|"} and redirect.target.literal and form.answers:
                self._state.answers[redirect.target.literal] = Answer(place, operation)

    def _service_call(self, command: Command) -> None:
        entry = self._values.command_entry(command)
        if entry is not None:
            credentials = self._caller_of(entry.cloud)
            catalogue = self._reading.catalogue
            call = service_call(command, self._values, credentials, catalogue, self._word_place, self._flow)
            if call is not None:
                self._reading.found.service_calls.setdefault(call.location, call)

    def _platform_role(self, cloud: Cloud) -> str:
        """Name the role that signs where nothing in the environment does; "" where that is not sure."""
        environment = self._state.environment
        others = (one for variants in environment.variables.values() for one in variants)
        if environment.opaque or any(one.role in _CHOOSING and one.cloud is cloud for one in others):
            return ""
        kinds = [role.kind for role in environment.roles if role.cloud is cloud and role.kind in _SESSIONS]
        return f"the {kinds[0].value}" if kinds else ""

    def _profile_option(self, command: Command) -> str:
        """With a profile named, the keys of the environment do not sign."""
        entry = self._values.command_entry(command)
        return entry.profile_option if entry else ""

    def _caller(self, form: RequestForm) -> CredentialSet:
        return self._caller_of(self._reading.catalogue.operation(form.operation).cloud)

    def _caller_of(self, cloud: Cloud) -> CredentialSet:
        families = {family.name for family in self._reading.catalogue.families if family.cloud is cloud}
        sets = credential_sets(self._state.environment, self._reading.catalogue)
        return next((found for family, found in sets if family in families), CredentialSet())

    def _durations(self, command: Command, form: RequestForm) -> tuple[Duration, ...]:
        word = option_value(command, form.duration)
        if word is None:
            return ()
        origin = self._values.origin(word, command.branches)
        place = self._handed_place(word) or self._word_place(word, command)
        default = self._values.default(word)
        if isinstance(origin, Literal) or default is None:
            return (Duration(duration_of(origin.text.reveal()) if isinstance(origin, Literal) else None, place),)
        return (Duration(None, place), Duration(duration_of(default), place))

    def _handed_place(self, word: Word) -> Location | None:
        """Give where a caller hands on what a word is, or None."""
        part = word.parts[0] if len(word.parts) == 1 else None
        name = part.text.rpartition(".")[2].lower() if isinstance(part, Expression) else ""
        given = self._reading.inputs.get(name)
        return given.location if given is not None else None

    # -- variables

    def _assignments(self, command: Command) -> None:
        if command.words:
            self._prefix(command)
            return
        for assignment in command.assignments:
            place = self._place(assignment.name_start, assignment.name_start + len(assignment.name), command)
            self._assign(assignment.name, assignment.value, place, command)

    def _value_place(self, word: Word, command: Command) -> Location | None:
        """Give the place of a value that stands there as it is; a secret found there by its form is no second one."""
        if self._sourced:
            return None
        return self._word_place(word, command) if word.literal and word.end > word.start else None

    def _prefix(self, command: Command) -> None:
        """`A=x B=y program`, `env A=x program`: variables of that one process."""
        given = prefixed(command, self._values.wrappers)
        if not given:
            return
        title = f"environment of {program(command, self._values.wrappers)}"
        environment = self._state.environment.copy()
        names: dict[str, Location] = {}
        for assignment in given:
            place = self._place(assignment.name_start, assignment.name_start + len(assignment.name), command)
            origin = self._values.origin(assignment.value, command.branches)
            names[assignment.name] = place
            value_place = self._value_place(assignment.value, command)
            catalogue = self._reading.catalogue
            environment.overlay(
                [value_variable(assignment.name, origin, place, command.branches, catalogue, value_place)]
            )
        note_environment_client(environment, names, self._reading, title, self._flow)

    def _assign(self, name: str, value: Word, place: Location, command: Command) -> None:
        origin = self._values.origin(value, command.branches)
        self._state.answers.pop(name, None)
        default = self._values.default(value)
        self._state.defaults.pop(name, None)
        if default is not None:
            self._state.defaults[name] = default
        for part in value.parts:
            answer = self._values.answer(part.commands) if isinstance(part, Substitution) else None
            if answer is not None and len(answer.roles) != 1:
                self._state.answers[name] = answer
        self._set(name, origin, place, command.branches, self._value_place(value, command))

    def _set(
        self, name: str, origin: Origin, place: Location, branches: Branches, value_place: Location | None = None
    ) -> None:
        catalogue = self._reading.catalogue
        entry = catalogue.variable(name)
        self._names[name] = None
        if entry is not None:
            self._reading.found.variables[name] = None
            self._set_here[name] = place
            origin = self._reading.covered(origin, entry.role)
            if self._sourced and isinstance(origin, Literal) and entry.role in SECRET_ROLES:
                origin = Unknown("literal of another file")  # where it is to be found
        self._state.environment.overlay([value_variable(name, origin, place, branches, catalogue, value_place)])

    def _builtin(self, command: Command, feeding: Sequence[Command]) -> None:
        name = command.name
        if name in _EXPORTS or name == "eval":
            for word in command.words[1:]:
                self._export(word, command)
        elif name == "read":
            self._read(command, feeding)
        elif name == "unset":
            for word in command.words[1:]:
                if word.literal and not word.literal.startswith("-"):
                    self._set(word.literal, Absent(), self._word_place(word, command), command.branches)
        elif name in _SOURCES:
            self._source(command)
        elif name in _MOVES:
            self._moved = True

    def _source(self, command: Command) -> None:
        """`. deploy/env.sh`: a script of the project sets variables as if it stood here; one that is not seen may."""
        word = command.words[1] if len(command.words) > 1 else None
        text = self._text_of(word.literal) if word is not None and word.literal else None
        if word is None or text is None:
            self._state.environment.opaque = True
            return
        requests = dict(self._values.requests)  # by where commands begin, each in its own text
        self._sourced.append(self._word_place(word, command))
        self._run_sourced(read_script(text, self._reading.conditions.fresh), command.branches)
        self._sourced.pop()
        self._values.requests.clear()
        self._values.requests.update(requests)

    def _text_of(self, path: str) -> str | None:
        """Give the text of a script of the project, where the steps of a CI begin; None for one that is not there."""
        if self._moved or not self._dialect.logged or len(self._sourced) >= _MAXIMUM_SOURCED or path.startswith("/"):
            return None
        return neighbour_text(from_root(path, self._reading), self._reading)

    def _run_sourced(self, commands: tuple[Command, ...], branches: Branches) -> None:
        """Take what commands of another script ask for and set; what else they do is no matter of this one."""
        for command in commands:
            inner = replace(command, branches=command.branches | branches)
            for each in substitutions(inner):
                self._run_sourced(each, branches)
            self._request(inner)
            self._assignments(inner)
            self._builtin(inner, ())
            self.remainder.command(inner, ())

    def _export(self, word: Word, command: Command) -> None:
        split = split_word(word)
        if split is not None and split[0].isidentifier():
            place = self._place(word.start, min(word.start + len(split[0]), word.end), command)
            self._assign(split[0], split[1], place, command)
            return
        filled = [part for part in word.parts if part != Text("")]
        if filled and not isinstance(filled[0], Text | Substitution):
            self._state.environment.opaque = True  # `export "$name=$value"`
        for part in word.parts:
            if isinstance(part, Substitution):
                pairs = self._values.pairs(part.commands)
                for name, origin in pairs:
                    self._set(name, origin, self._word_place(word, command), command.branches)
                if not pairs:
                    self._state.environment.opaque = True

    def _read(self, command: Command, feeding: Sequence[Command]) -> None:
        """`read -r A B C <<< "$(...)"`, `aws sts … | while read A B C`."""
        names = [word for word in command.words[1:] if word.literal and not word.literal.startswith("-")]
        given = [fields for one in command.redirects if (fields := self._values.fields_of(one.target))]
        answer = self._values.answer(tuple(feeding)) if feeding else None
        given += [[answer.field(role) for role in answer.roles]] if answer else []
        fields = given[0] if given else []
        for word, origin in zip(names, fields, strict=False):
            self._set(word.literal or "", origin, self._word_place(word, command), command.branches)
        for word in names[len(fields) :]:
            place, unknown = self._word_place(word, command), Unknown("read from elsewhere")
            made = value_variable(word.literal or "", unknown, place, command.branches, self._reading.catalogue)
            self._state.environment.overlay([made])
