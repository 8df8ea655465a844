"""Scripts for PowerShell: requests, variables of the environment, and what is left for later steps."""

from __future__ import annotations

import re

from credlint.catalogue.deployments import Dialect
from credlint.credentials.effective import Environment
from credlint.extract.deployment.clients import note_environment_client, note_left
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.places import TextMap
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.requests import note_request
from credlint.extract.deployment.shell_values import Answer, Evaluator, State, option_value, value_variable
from credlint.extract.text.powershell import Statement, literal, path, read_statements
from credlint.extract.text.shell_reader import read_script
from credlint.model.environments import Variable
from credlint.model.facts import Duration
from credlint.model.patterns import pattern
from credlint.model.secret import SecretText
from credlint.model.span import Location
from credlint.model.values import NO_BRANCH, Blank, CredentialSet, Literal, Origin, Unknown

# "NAME=$value" >> $env:FILE, "NAME=$value" | Out-File -FilePath $env:FILE -Append, Add-Content $env:FILE "NAME=$value"
_WRITTEN = pattern(r"""["'](?P<name>\w+)=(?P<value>[^"']*)["']""")


class PowerScriptReader:
    """Runs through one script; afterwards `exports` hold what it leaves for later steps.

    Branches are not followed: with one in the script nothing of it is taken for certain.
    """

    def __init__(
        self,
        text: str,
        text_map: TextMap,
        environment: Environment,
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
        state = State(environment.copy())
        self._state = state
        self._values = Evaluator(state, reading.catalogue, reading.deployments, dialect)
        self._set_here: dict[str, Location] = {}
        self.exports: list[Variable] = []

    def run(self) -> None:
        """Read all statements in order; a script that branches is left alone but for its requests."""
        branches = re.search(r"^[ \t]*(?:if|switch|foreach|while|function|try)\b", self._text, re.MULTILINE)
        for statement in read_statements(self._text):
            self._request(statement)
            if not branches:
                self._statement(statement)
        if self._set_here:
            title = f"environment set by the script of {self._title}"
            note_environment_client(self._state.environment, self._set_here, self._reading, title, self._flow)
        note_left(self._state.environment.copy(), self.exports, self._reading, self._title, self._flow)

    def _place(self, start: int, end: int) -> Location:
        return self._reading.location(self._text_map.extent(start, end))

    def _request(self, statement: Statement) -> None:
        """`$answer = aws sts assume-role … | ConvertFrom-Json`: the command is read as one of a shell."""
        code = statement.value.replace("`\n", " \n").replace("\n", " ").lstrip("(& \t")
        shift = statement.value_start + len(statement.value) - len(statement.value.lstrip("(& \t"))
        for command in read_script(code, self._reading.conditions.fresh):
            form = self._values.request_form(command)
            if form is None:
                continue
            operation = self._reading.catalogue.operation(form.operation)
            name = next(word for word in command.words if word.literal == form.words[-1])
            place = self._place(shift + name.start, shift + name.end)
            word = option_value(command, form.duration)
            durations: tuple[Duration, ...] = ()
            if word is not None:
                durations = (Duration(duration_of(word.literal), self._place(shift + word.start, shift + word.end)),)
            note_request(
                operation.id, place, durations, CredentialSet(), None, self._flow, self._reading, answers=form.answers
            )
            if statement.name and form.answers:
                self._state.answers[statement.name.lower()] = Answer(place, operation)

    def _statement(self, statement: Statement) -> None:
        if statement.environment:
            place = self._place(statement.start, statement.start + len(statement.name))
            self._set_here[statement.name] = place
            value_place = self._place(statement.value_start, statement.value_start + len(statement.value))
            self._state.environment.overlay([self._variable(statement.name, statement.value, place, value_place)])
            return
        target = self._dialect.environment_file
        if target and f"env:{target.lower()}" in statement.value.lower():
            for found in _WRITTEN.finditer(statement.value):
                start = statement.value_start + found.start("name")
                place = self._place(start, start + len(found["name"]))
                self.exports.append(self._variable(found["name"], self._filled(found["value"]), place))

    def _filled(self, value: str) -> str:
        return f"'{value}'" if "$" not in value else value

    def _variable(self, name: str, value: str, place: Location, value_place: Location | None = None) -> Variable:
        entry = self._reading.catalogue.variable(name)
        origin = self._origin(value)
        if entry is not None:
            self._reading.found.variables[name] = None
            origin = self._reading.covered(origin, entry.role)
        return value_variable(name, origin, place, NO_BRANCH, self._reading.catalogue, value_place)

    def _origin(self, value: str) -> Origin:
        text = literal(value)
        if text is not None:
            if "${{" in text:
                whole = re.fullmatch(r"\$\{\{(.*?)\}\}", text.strip())
                return self._values.expression(whole[1].strip()) if whole else Unknown("text with an expression")
            return Literal(SecretText(text)) if text else Blank()
        taken = path(value)
        if taken is None:
            return Unknown("value of PowerShell")
        answer = self._state.answers.get(taken.name.lower())
        if answer is not None and taken.fields:
            named = self._values.fields(taken.fields[-1], answer.operation)
            if named:
                return answer.field(named[0][0])
        if taken.name.lower().startswith("env:") and not taken.fields:
            return self._state.environment.value_of(taken.name[4:])
        return Unknown("variable of PowerShell")
