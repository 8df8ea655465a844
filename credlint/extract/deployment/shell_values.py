"""What words of a script hold: literals, variables, and the fields of an answer however they are picked out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from credlint.catalogue.deployments import Deployments, Dialect, ExpressionSyntax
from credlint.catalogue.operations import Operation
from credlint.catalogue.programs import CommandEntry, FilterForm, RequestForm
from credlint.catalogue.types import Catalogue
from credlint.credentials.effective import Environment
from credlint.extract.deployment.expressions import expression_origin, process_name, step_output
from credlint.extract.deployment.script_texts import SHOWING
from credlint.extract.text.arithmetic import work_out
from credlint.extract.text.shell import Arithmetic, Command, Expression, Part, Substitution, Text, Variable, Word
from credlint.model.environments import Variable as EnvironmentVariable
from credlint.model.facts import Client
from credlint.model.patterns import pattern
from credlint.model.profiles import ProfileSetting
from credlint.model.records import dataclass, field
from credlint.model.secret import SecretText
from credlint.model.span import Location
from credlint.model.values import (
    PARTS,
    SECRET_ROLES,
    Blank,
    Branches,
    Lifetime,
    Literal,
    Origin,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
    Unknown,
)
from credlint.model.values import Part as CredentialPart

_INDEX = pattern(r"\[(\d+)\]")
_PICK = pattern(r"(?:-f\s*|\$)(\d)\b")
_DEFAULT = pattern(r":?[-=]([^${}`\\]*)")


@dataclass(frozen=True, slots=True)
class Answer:
    """A request of the script and the roles that a word takes from its answer, in order; none: the whole answer."""

    request: Location
    operation: Operation
    roles: tuple[Role, ...] = ()

    def field(self, role: Role) -> Origin:
        """Give a field of the answer."""
        shape = self.operation.shape
        lifetime = shape.lifetime if shape else Lifetime.UNKNOWN
        return ResponseField(self.request, self.operation.id, role, lifetime)


@dataclass(slots=True)
class State:
    """What the script has set so far.

    `answers` holds variables and files that hold an answer or fields of one, `defaults` what variables hold where
    nobody gives them anything else (`D=${D:-3600}`), `profiles` the parts that were written to a profile under the same
    branches, `profile_clients` the sinks that these make; `settings` are other settings of profiles, with the place of
    their value.
    """

    environment: Environment
    answers: dict[str, Answer] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    outputs: dict[tuple[str, str], Origin] = field(default_factory=dict)
    inputs: dict[str, Origin] = field(default_factory=dict)
    profiles: dict[tuple[str, Branches], dict[Role, CredentialPart]] = field(default_factory=dict)
    profile_clients: dict[tuple[str, Branches], Client] = field(default_factory=dict)
    settings: dict[tuple[str, Branches], list[tuple[ProfileSetting, Location]]] = field(default_factory=dict)


class Evaluator:
    """Gives the values of words; `locate` turns offsets of the script into locations."""

    def __init__(self, state: State, catalogue: Catalogue, deployments: Deployments, dialect: Dialect) -> None:
        self.state = state
        self.requests: dict[int, Location] = {}
        self.wrappers = deployments.shells.wrappers
        self._catalogue = catalogue
        self._deployments = deployments
        self._dialect = dialect

    def origin(self, word: Word, branches: Branches) -> Origin:
        """Give the origin of a word; a mixture of texts and values is Unknown."""
        if word.literal is not None:
            return Literal(SecretText(word.literal)) if word.literal else Blank()
        parts = [part for part in word.parts if not (isinstance(part, Text) and part.text == "")]
        return self._single(parts[0], branches) if len(parts) == 1 else Unknown("text put together in a script")

    def _single(self, part: Part, branches: Branches) -> Origin:
        match part:
            case Text(text):
                return Literal(SecretText(text))
            case Expression(text):
                return self.expression(text)
            case Variable(name, operator):
                return self.variable(name, operator, branches)
            case Arithmetic(text):
                number = work_out(text, lambda name: self._number(name, branches))
                return Unknown("sum of the shell") if number is None else Literal(SecretText(str(number)))
            case Substitution(commands):
                answer = self.answer(commands)
                if answer is not None and len(answer.roles) == 1:
                    return answer.field(answer.roles[0])
                filled_in = self._macro(commands, branches)
                if filled_in is not None:
                    return filled_in
                echoed = _echoed(commands)
                return self.origin(echoed, branches) if echoed is not None else Unknown("output of a command")

    def _number(self, name: str, branches: Branches) -> int | None:
        origin = self.variable(name, "", branches)
        text = origin.text.reveal() if isinstance(origin, Literal) else ""
        return int(text) if text.isdecimal() and len(text) < 10 else None

    def default(self, word: Word) -> str | None:
        """Give the text that a word is where nobody gives its variable anything else, or None."""
        parts = [part for part in word.parts if part != Text("")]
        if len(parts) != 1 or not isinstance(parts[0], Variable):
            return None
        found = _DEFAULT.fullmatch(parts[0].operator)
        return found[1] if found else self.state.defaults.get(parts[0].name) if not parts[0].operator else None

    def fields_of(self, word: Word) -> list[Origin]:
        """Give the fields that a word falls apart into: an answer in text form, as it is or in a variable."""
        for part in word.parts:
            found = self.answer(part.commands) if isinstance(part, Substitution) else None
            if isinstance(part, Variable) and not part.operator:
                found = self.state.answers.get(part.name)
            if found is not None:
                return [found.field(role) for role in found.roles]
        return []

    def expression(self, text: str) -> Origin:
        """Give the origin of `${{ text }}`."""
        origin = expression_origin(text, self._dialect)
        if isinstance(origin, Reference) and origin.kind is ReferenceKind.INPUT:
            return self.state.inputs.get(origin.name.lower(), origin)
        output = step_output(origin, self._dialect)
        if output is not None:
            return self.state.outputs.get(output, origin)
        named = re.fullmatch(r"env\.(\w+)", text)
        return self.variable(named[1], "", frozenset()) if named else origin

    def variable(self, name: str, operator: str, branches: Branches) -> Origin:
        """Give what a variable holds: of several arms that of the last compatible one; Unknown where they differ."""
        answer = self.state.answers.get(name)
        index = _INDEX.fullmatch(operator)
        if answer is not None and index is not None and int(index[1]) < len(answer.roles):
            return answer.field(answer.roles[int(index[1])])
        if operator and operator not in {":-", "-"} and not operator.startswith((":?", "?")):
            return Unknown("variable that is changed on the way")
        return self._settings(name, name) or self.state.environment.value_of(name, branches)

    def _settings(self, name: str, written: str) -> Origin | None:
        """Give a part of credentials that only the settings of the platform can hold, or None."""
        environment, entry = self.state.environment, self._catalogue.variable(name)
        if not environment.supplemented or environment.opaque or name in environment.variables:
            return None
        return Reference(ReferenceKind.CI_VARIABLE, written) if entry and entry.role in PARTS else None

    def _macro(self, commands: tuple[Command, ...], branches: Branches) -> Origin | None:
        """Give what `$(name)` is where the platform fills it in before the shell runs; None for a command."""
        words = commands[0].words if len(commands) == 1 else ()
        name = words[0].literal if len(words) == 1 else None
        if self._dialect.syntax is not ExpressionSyntax.MACRO or not name:
            return None
        own = process_name(name)
        settings = self._settings(own, name)
        if settings is None and own not in self.state.environment.variables:
            return None
        return settings or self.variable(own, "", branches)

    # -- answers

    def answer(self, commands: tuple[Command, ...]) -> Answer | None:
        """Give the answer that a pipeline takes apart, with the fields that it names in the order it names them."""
        source = next(self._sources(commands), None)
        if source is None:
            return None
        text = _all_text(commands)
        roles = tuple(role for role, _ in self.fields(text, source.operation))
        if source.roles:
            picked = _PICK.search(text)
            if picked is not None and 0 < int(picked[1]) <= len(source.roles):
                return Answer(source.request, source.operation, (source.roles[int(picked[1]) - 1],))
            return source
        return Answer(source.request, source.operation, roles)

    def _sources(self, commands: tuple[Command, ...]) -> Iterator[Answer]:
        for command in commands:
            form = self.request_form(command)
            if form is not None and form.answers:
                place = self.requests.get(command.start)
                if place is not None:
                    yield Answer(place, self._catalogue.operation(form.operation))
            words = (*command.words, *(redirect.target for redirect in command.redirects))
            for word in words:
                for part in word.parts:
                    if isinstance(part, Variable) and part.name in self.state.answers:
                        yield self.state.answers[part.name]
                    elif isinstance(part, Substitution):
                        yield from self._sources(part.commands)
                if word.literal and word.literal in self.state.answers:
                    yield self.state.answers[word.literal]

    def fields(self, text: str, operation: Operation) -> list[tuple[Role, int]]:
        """Give the fields of an operation's answer that a text names, with their offsets, in order."""
        shape = operation.shape
        if shape is None:
            return []
        names = {name: role for role, spellings in shape.fields for name in spellings if role in PARTS}
        pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        return [(names[found.group()], found.start()) for found in re.finditer(rf"\b(?:{pattern})\b", text)]

    def request_form(self, command: Command) -> RequestForm | None:
        """Give what a command asks for, or None."""
        entry = self.command_entry(command)
        if entry is None:
            return None
        return next((form for form in entry.requests if has_words(command, form.words)), None)

    def command_entry(self, command: Command) -> CommandEntry | None:
        """Give what is known about the program that a command runs, through `sudo`, `env` and the like."""
        for word in command.words[:3]:
            literal = word.literal
            name = literal.rpartition("/")[2] if literal else ""
            if name in self._deployments.commands:
                return self._deployments.commands[name]
            if name not in self.wrappers:
                return None
        return None

    def filter_form(self, command: Command) -> FilterForm | None:
        """Tell whether a command prints what it is given, and how."""
        entry = self.command_entry(command)
        forms = entry.filters if entry else ()
        return next((form for form in forms if has_words(command, form.words)), None)

    def given(self, command: Command) -> Answer | None:
        """Give the answer that a command reads from a file or a here-string, or that is among its words."""
        sources = [word for word in command.words[1:] if not (word.literal or "").startswith("-")]
        sources += [one.target for one in command.redirects if one.operator in {"<", "<<<"}]
        for word in sources:
            names = [part.name for part in word.parts if isinstance(part, Variable) and not part.operator]
            for name in (word.literal, *names):
                if name and name in self.state.answers:
                    return self.state.answers[name]
        return None

    def pairs(self, commands: tuple[Command, ...]) -> list[tuple[str, Origin]]:
        """Give the (variable, origin) pairs of a text that a command makes of an answer to be exported.

        Names and fields alternate (`export A=` and a field), or stand in two lists of equal length (`A=%s B=%s`, X Y).
        """
        answer = self.answer(commands)
        if answer is None or not answer.roles:
            return []
        text = _all_text(commands).replace("\\n", "\n ")
        names = [
            (found[1], found.start())
            for found in re.finditer(r"\b([A-Za-z_]\w*)=", text)
            if self._catalogue.variable(found[1]) is not None
        ]
        fields = self.fields(text, answer.operation) or [(role, len(text)) for role in answer.roles]
        if names and len(names) == len(fields):
            return [(name, answer.field(role)) for (name, _), (role, _) in zip(names, fields, strict=True)]
        pairs = []
        for index, (name, start) in enumerate(names):
            end = names[index + 1][1] if index + 1 < len(names) else len(text)
            inside = [role for role, offset in fields if start < offset < end]
            if len(inside) == 1:
                pairs.append((name, answer.field(inside[0])))
        return pairs


def has_words(command: Command, wanted: tuple[str, ...]) -> bool:
    """Tell whether words stand in a command one after the other."""
    literals = [word.literal for word in command.words]
    return not wanted or any(tuple(literals[at : at + len(wanted)]) == wanted for at in range(1, len(literals)))


def option_value(command: Command, option: str) -> Word | None:
    """Give the word of an option: `--name value` or `--name=value` (then a word of what stands behind the sign)."""
    if not option:
        return None
    for index, word in enumerate(command.words):
        if word.literal == option:
            return command.words[index + 1] if index + 1 < len(command.words) else None
        split = split_word(word)
        if split is not None and split[0] == option:
            return split[1]
    return None


def split_word(word: Word) -> tuple[str, Word] | None:
    """Split `NAME=value` into the name and the word of the value, or None."""
    first = word.parts[0] if word.parts else None
    if not isinstance(first, Text) or "=" not in first.text:
        return None
    name, _, rest = first.text.partition("=")
    parts = (Text(rest), *word.parts[1:]) if rest else word.parts[1:]
    return name, Word(parts or (Text(""),), min(word.start + len(name) + 1, word.end), word.end)


def _echoed(commands: tuple[Command, ...]) -> Word | None:
    """`$(echo $X)`: the word that is shown."""
    if len(commands) != 1 or commands[0].name not in SHOWING:
        return None
    shown = [word for word in commands[0].words[1:] if not (word.literal or "").startswith("-")]
    return shown[0] if len(shown) == 1 else None


def _all_text(commands: tuple[Command, ...]) -> str:
    """All literal text of commands, that of substitutions too, in the order in which it stands."""
    texts = []
    for command in commands:
        for word in command.words:
            for part in word.parts:
                match part:
                    case Text(text):
                        texts.append(text)
                    case Substitution(inner):
                        texts.append(_all_text(inner))
                    case _:
                        texts.append("\0")
            texts.append(" ")
    return "".join(texts)


def value_variable(
    name: str,
    origin: Origin,
    place: Location,
    branches: Branches,
    catalogue: Catalogue,
    value_place: Location | None = None,
) -> EnvironmentVariable:
    """Make the variable that a script sets; `place` is that of its name, or of both."""
    entry = catalogue.variable(name)
    plain = (
        origin.text.reveal()
        if isinstance(origin, Literal) and (entry is None or entry.role not in SECRET_ROLES)
        else None
    )
    return EnvironmentVariable(
        name=name,
        value=origin,
        location=value_place or place,
        key_location=place,
        family=entry.family if entry else None,
        role=entry.role if entry else None,
        plain=plain,
        branches=branches,
        cloud=entry.cloud if entry else None,
    )
