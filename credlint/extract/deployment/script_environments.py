"""The environments that a script makes: for one command, for the rest of itself, and beside a profile that is named."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from credlint.credentials.effective import Environment
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.shell_values import Evaluator, option_value, split_word, value_variable
from credlint.extract.text.shell import Assignment, Command, Word
from credlint.model.environments import CodeEnvironment, Variable
from credlint.model.records import replace
from credlint.model.span import Location
from credlint.model.values import Absent, Blank, Literal, Role, Unknown


def prefixed(command: Command, wrappers: Container[str]) -> tuple[Assignment, ...]:
    """Give the variables that hold for one command: `A=x program`, `env A=x program`."""
    found = list(command.assignments) if command.words else []
    if command.name in wrappers:
        for word in command.words[1:]:
            split = split_word(word)
            if split is not None and split[0].isidentifier():
                found.append(Assignment(split[0], split[1], word.start))
            elif not (word.literal or "").startswith("-") and word.literal not in wrappers:
                break
    return tuple(found)


def program(command: Command, wrappers: Container[str]) -> str:
    """Give the name of the program that a command runs in the end."""
    for word in command.words:
        literal = word.literal or ""
        if (
            literal not in wrappers
            and not literal.startswith("-")
            and not literal.isdecimal()
            and split_word(word) is None
        ):
            return literal.rpartition("/")[2] or "a command"
    return command.name


class ChildEnvironments:
    """Notes the environments of one script; `place` gives the location of a word."""

    def __init__(
        self, values: Evaluator, reading: Reading, place: Callable[[Word, Command], Location], flow: str
    ) -> None:
        self._values = values
        self._reading = reading
        self._place = place
        self._flow = flow

    def command(self, command: Command) -> list[Variable]:
        """Note what one command is given beside what the script has set, and give it."""
        given = prefixed(command, self._values.wrappers)
        made: list[Variable] = []
        for one in given:
            entry = self._reading.catalogue.variable(one.name)
            if entry is None:
                continue
            self._reading.found.variables[one.name] = None
            place = self._place(Word((), one.name_start, one.name_start + len(one.name)), command)
            origin = self._values.origin(one.value, command.branches)
            made.append(value_variable(one.name, origin, place, command.branches, self._reading.catalogue))
        if made:
            title = f"the environment of {program(command, self._values.wrappers)}"
            named = any(one.role is Role.PROFILE for one in made)
            self._note(made, self._profiles_beside(made) if named else (), title)
        self._option(command, made)
        return made

    def _profiles_beside(self, made: list[Variable]) -> list[Variable]:
        """Give the profiles that the script has set before, but for those that are set anew."""
        own = {one.name for one in made}
        return [one for one in self._profiles(self._values.state.environment) if one.name not in own]

    def _option(self, command: Command, made: list[Variable]) -> None:
        """`--profile x` beside a variable that names another."""
        entry = self._values.command_entry(command)
        word = option_value(command, entry.profile_option) if entry else None
        if entry is None or word is None or not word.literal:
            return
        place = self._place(word, command)
        for one in (*self._profiles_beside(made), *made):
            if one.role is Role.PROFILE and one.cloud is entry.cloud and one.plain:
                option = Variable(
                    name=entry.profile_option,
                    value=self._values.origin(word, command.branches),
                    location=place,
                    key_location=place,
                    family=one.family,
                    role=Role.PROFILE,
                    plain=word.literal,
                    branches=command.branches,
                    cloud=one.cloud,
                )
                self._note([option], [one], f"this {command.name} command")

    def finish(self, environment: Environment, names: Iterable[str], title: str) -> None:
        """Note what the script has set for all that follows in it; `names` are the variables that it has set."""
        made = [
            one
            for name in names
            for one in environment.variables.get(name, ())
            if not isinstance(one.value, Absent) and (one.role is not None or self._is_of_a_vendor(name))
        ]
        made = [self._maybe_blank(one) for one in made]
        inherited = [one for one in self._profiles(environment) if one.name not in set(names)]
        self._note(made, inherited if any(one.role is Role.PROFILE for one in made) else (), title)

    def _is_of_a_vendor(self, name: str) -> bool:
        return any(one.vendor and name.startswith(f"{one.vendor}_") for one in self._reading.catalogue.families)

    def _maybe_blank(self, variable: Variable) -> Variable:
        """`P=${P:-}` is blank where nobody gives it anything."""
        if isinstance(variable.value, Unknown) and self._values.state.defaults.get(variable.name) == "":
            arm = (self._reading.conditions.fresh(), 0)
            return replace(variable, value=Blank(), branches=variable.branches | {arm})
        return variable

    def _profiles(self, environment: Environment) -> list[Variable]:
        return [
            one
            for variants in environment.variables.values()
            for one in variants
            if one.role is Role.PROFILE and isinstance(one.value, Literal)
        ]

    def _note(self, made: list[Variable], beside: Iterable[Variable], title: str) -> None:
        if not made:
            return
        self._reading.found.code_environments.append(
            CodeEnvironment(
                title=title,
                location=made[0].location,
                variables=(*made, *beside),
                child=True,
                flows=(self._flow,),
                test_context=self._reading.test_context,
            )
        )
