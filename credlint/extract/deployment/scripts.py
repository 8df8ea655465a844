"""Scripts of deployment YAML, command by command: requests, credentials handed on, stored or shown, variables set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy

from credlint.catalogue.deployments import Dialect
from credlint.catalogue.programs import CommandEntry, ConfigureForm, RequestForm
from credlint.credentials.effective import Environment, credential_sets
from credlint.extract.deployment.clients import note_environment_client
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.exposures import ExposureReader
from credlint.extract.deployment.places import TextMap
from credlint.extract.deployment.profiles import ProfileText, Setting, finish_profiles, note_profiles, note_setting
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.requests import note_request, temporary_caller
from credlint.extract.deployment.script_texts import option_words, split_lines, substitutions, written
from credlint.extract.deployment.shell_values import (
    Answer,
    Evaluator,
    State,
    has_words,
    option_value,
    split_word,
    value_variable,
)
from credlint.extract.text.shell import Command, Substitution, Variable, Word
from credlint.extract.text.shell_reader import read_script
from credlint.model.environments import Variable as EnvironmentVariable
from credlint.model.facts import Duration
from credlint.model.span import Location
from credlint.model.values import Absent, Branches, Cloud, CredentialSet, Literal, Origin, Role

_EXPORTS = frozenset({"export", "declare", "typeset", "readonly", "local"})
_SOURCES = frozenset({"source", "."})


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
    ) -> None:
        self._text = text
        self._text_map = text_map
        self._dialect = dialect
        self._reading = reading
        self._title = title
        self._flow = flow
        self._state = State(copy(environment), outputs=outputs)
        self._state.environment.variables = dict(environment.variables)
        self._values = Evaluator(self._state, reading.catalogue, reading.deployments, dialect)
        self._set_here: dict[str, Location] = {}
        self._exposures = ExposureReader(self._values, dialect, reading, self._word_place, title, flow)
        self.exports: list[EnvironmentVariable] = []
        self.outputs: dict[str, Origin] = {}
        self._commands = read_script(text, reading.conditions.fresh)

    def run(self) -> None:
        """Read all commands in order."""
        self._run(self._commands, inside=False)
        if self._set_here:
            title = f"environment set by the script of {self._title}"
            note_environment_client(self._state.environment, self._set_here, self._reading, title, self._flow)
        finish_profiles(self._state, self._reading)

    def _run(self, commands: tuple[Command, ...], *, inside: bool) -> None:
        for index, command in enumerate(commands):
            for inner in substitutions(command):
                self._run(inner, inside=True)
            self._request(command)
            self._exposures.command(command, inside=inside)
            self._assignments(command)
            self._builtin(command)
            self._program(command)
            self._files(command, commands[:index])

    # -- places

    def _place(self, start: int, end: int, command: Command) -> Location:
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
        chained = None if option_value(command, self._profile_option(command)) else temporary_caller(caller)
        durations = self._durations(command, form)
        note_request(operation.id, place, durations, caller, chained, self._flow, self._reading, answers=form.answers)
        for redirect in command.redirects:
            if redirect.operator in {">", ">|"} and redirect.target.literal and form.answers:
                self._state.answers[redirect.target.literal] = Answer(place, operation)

    def _profile_option(self, command: Command) -> str:
        """With a profile named, the keys of the environment do not sign."""
        entry = self._values.command_entry(command)
        return entry.profile_option if entry else ""

    def _caller(self, form: RequestForm) -> CredentialSet:
        cloud = self._reading.catalogue.operation(form.operation).cloud
        families = {family.name for family in self._reading.catalogue.families if family.cloud is cloud}
        sets = credential_sets(self._state.environment, self._reading.catalogue)
        return next((found for family, found in sets if family in families), CredentialSet())

    def _durations(self, command: Command, form: RequestForm) -> tuple[Duration, ...]:
        word = option_value(command, form.duration)
        if word is None:
            return ()
        origin = self._values.origin(word, command.branches)
        seconds = duration_of(origin.text.reveal()) if isinstance(origin, Literal) else None
        return (Duration(seconds, self._word_place(word, command)),)

    # -- variables

    def _assignments(self, command: Command) -> None:
        if command.words:
            self._prefix(command)
            return
        for assignment in command.assignments:
            place = self._place(assignment.name_start, assignment.name_start + len(assignment.name), command)
            self._assign(assignment.name, assignment.value, place, command.branches)

    def _prefix(self, command: Command) -> None:
        """`A=x B=y program`: variables of that one process."""
        if not command.assignments:
            return
        environment = copy(self._state.environment)
        environment.variables = dict(environment.variables)
        names: dict[str, Location] = {}
        for assignment in command.assignments:
            place = self._place(assignment.name_start, assignment.name_start + len(assignment.name), command)
            origin = self._values.origin(assignment.value, command.branches)
            names[assignment.name] = place
            environment.overlay(
                [value_variable(assignment.name, origin, place, command.branches, self._reading.catalogue)]
            )
        note_environment_client(
            environment, names, self._reading, f"environment of {command.name or 'a command'}", self._flow
        )

    def _assign(self, name: str, value: Word, place: Location, branches: Branches) -> None:
        origin = self._values.origin(value, branches)
        self._state.answers.pop(name, None)
        for part in value.parts:
            answer = self._values.answer(part.commands) if isinstance(part, Substitution) else None
            if answer is not None and len(answer.roles) != 1:
                self._state.answers[name] = answer
        self._set(name, origin, place, branches)

    def _set(self, name: str, origin: Origin, place: Location, branches: Branches) -> None:
        catalogue = self._reading.catalogue
        entry = catalogue.variable(name)
        if entry is not None:
            self._reading.found.variables[name] = None
            self._set_here[name] = place
            if isinstance(origin, Literal) and entry.role in {Role.KEY_ID, Role.SECRET, Role.TOKEN}:
                origin = Literal(self._reading.cover(origin.text.reveal(), key_id=entry.role is Role.KEY_ID))
        self._state.environment.overlay([value_variable(name, origin, place, branches, catalogue)])

    def _builtin(self, command: Command) -> None:
        name = command.name
        if name in _EXPORTS or name == "eval":
            for word in command.words[1:]:
                self._export(word, command)
        elif name == "read":
            self._read(command)
        elif name == "unset":
            for word in command.words[1:]:
                if word.literal and not word.literal.startswith("-"):
                    self._set(word.literal, Absent(), self._word_place(word, command), command.branches)
        elif name in _SOURCES:
            self._state.environment.opaque = True

    def _export(self, word: Word, command: Command) -> None:
        split = split_word(word)
        if split is not None and split[0].isidentifier():
            place = self._place(word.start, min(word.start + len(split[0]), word.end), command)
            self._assign(split[0], split[1], place, command.branches)
            return
        for part in word.parts:
            if isinstance(part, Substitution):
                pairs = self._values.pairs(part.commands)
                for name, origin in pairs:
                    self._set(name, origin, self._word_place(word, command), command.branches)
                if not pairs:
                    self._state.environment.opaque = True

    def _read(self, command: Command) -> None:
        """`read -r A B C <<< "$(...)"`."""
        names = [word for word in command.words[1:] if word.literal and not word.literal.startswith("-")]
        for redirect in command.redirects:
            for part in redirect.target.parts:
                answer = self._values.answer(part.commands) if isinstance(part, Substitution) else None
                if isinstance(part, Variable):
                    answer = self._state.answers.get(part.name)
                for word, role in zip(names, answer.roles if answer else (), strict=False):
                    place = self._word_place(word, command)
                    self._set(word.literal or "", answer.field(role) if answer else Absent(), place, command.branches)

    # -- programs

    def _program(self, command: Command) -> None:
        entry = self._values.command_entry(command)
        if entry is None:
            return
        self._hand_on(command, entry)
        for form in entry.configure:
            if not has_words(command, form.words):
                continue
            literals = [word.literal for word in command.words]
            at = literals.index(form.words[-1]) + 1
            arguments = [word for word in command.words[at:] if not (word.literal or "").startswith("-")]
            if len(arguments) >= 2:
                self._setting(command, arguments[0], arguments[1], form, entry.cloud)

    def _setting(self, command: Command, name: Word, value: Word, form: ConfigureForm, cloud: Cloud) -> None:
        role = dict(form.settings).get((name.literal or "").rpartition(".")[2])
        if role is None:
            return
        profile = option_value(command, form.profile)
        origin = self._values.origin(value, command.branches)
        place = self._word_place(name, command)
        title = profile.texts if profile else (name.literal or "").rpartition(".")[0].removeprefix("profile.")
        setting = Setting(role, name.texts, origin, title, place, cloud, command.branches)
        note_setting(setting, self._state, self._reading, self._flow)

    def _hand_on(self, command: Command, entry: CommandEntry) -> None:
        """`docker run -e A -e B=x image`."""
        for form in entry.hands_on:
            if not has_words(command, form.words):
                continue
            handed = Environment(branches=command.branches | self._state.environment.branches)
            names: dict[str, Location] = {}
            for word in option_words(command, form.options):
                split = split_word(word)
                name = split[0] if split else word.literal or ""
                place = self._word_place(word, command)
                value = (
                    self._values.origin(split[1], command.branches)
                    if split
                    else self._values.variable(name, "", command.branches)
                )
                names[name] = place
                handed.overlay([value_variable(name, value, place, command.branches, self._reading.catalogue)])
            note_environment_client(handed, names, self._reading, f"{command.name} {form.words[0]}", self._flow)

    # -- files

    def _files(self, command: Command, before: tuple[Command, ...]) -> None:
        for target, words in written(command, before):
            name = next((part.name for part in target.parts if isinstance(part, Variable)), "")
            if name and name == self._dialect.environment_file:
                for key, origin, word in self._lines(words, command):
                    place = self._word_place(word, command)
                    catalogue = self._reading.catalogue
                    self.exports.append(value_variable(key, origin, place, command.branches, catalogue))
            elif name and name == self._dialect.output_file:
                self.outputs.update((key, origin) for key, origin, _ in self._lines(words, command))
            elif target.texts.endswith(self._reading.deployments.profiles.paths):
                text = ProfileText.of_words(words, self._text, lambda word: self._values.origin(word, command.branches))
                note_profiles(text, self._reading, self._locate(text, command), self._flow, target.texts)

    def _locate(self, text: ProfileText, command: Command) -> Callable[[int, int], Location]:
        return lambda start, end: self._place(text.offset(start), text.offset(end), command)

    def _lines(self, words: list[Word], command: Command) -> Iterator[tuple[str, Origin, Word]]:
        """Give the `NAME=value` lines that are written."""
        for word in words:
            for line in split_lines(word, self._text):
                split = split_word(line)
                if split is None or not split[0].strip().replace("-", "_").isidentifier():
                    continue
                yield split[0].strip(), self._values.origin(split[1], command.branches), line
