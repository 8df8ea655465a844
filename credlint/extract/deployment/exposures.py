"""Secrets that a script shows in a log that others read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from credlint.catalogue.deployments import Dialect
from credlint.catalogue.operations import Operation
from credlint.catalogue.programs import FilterForm, RequestForm
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.script_texts import SHOWING
from credlint.extract.deployment.shell_values import Answer, Evaluator, has_words, option_value
from credlint.extract.text.shell import Command, Expression, Variable, Word
from credlint.model.facts import Exposure, ExposureKind
from credlint.model.patterns import pattern
from credlint.model.span import Location
from credlint.model.values import Literal, Reference, ReferenceKind, ResponseField, Role

# ${X:+set}, ${#X}, ${X:0:4}
_SHORTENED = pattern(r":?\+|#|%|:\s*-?\d")
# Credentials.Expiration, Credentials.[Expiration], Credentials.{Until: Expiration}
_FIELDS = r"\s*\.\s*[\w\[{\"]"
_SECRET = frozenset({Role.SECRET, Role.TOKEN})
_WORDS = {Role.SECRET: "the secret", Role.TOKEN: "the session token"}


class ExposureReader:
    """Looks at the commands of one script; `place` gives the location of a word."""

    def __init__(
        self,
        values: Evaluator,
        dialect: Dialect,
        reading: Reading,
        place: Callable[[Word, Command], Location],
        title: str,
        flow: str,
    ) -> None:
        self._values = values
        self._dialect = dialect
        self._reading = reading
        self._place = place
        self._title = title
        self._flow = flow
        self._masked: set[str] = set()

    def command(self, command: Command, feeding: Sequence[Command], *, inside: bool) -> None:
        """Note what a command shows, unless its output is taken by another one, a file or a variable.

        `feeding` are those of its pipeline before it.
        """
        if not self._dialect.logged or not command.words:
            return
        if self._masks(" ".join(word.texts for word in command.words)):
            self._masked.update(
                part.name for word in command.words for part in word.parts if isinstance(part, Variable)
            )
            return
        if inside or command.piped or any(redirect.takes_output for redirect in command.redirects):
            return
        self._answer(command)
        self._filtered(command, feeding)
        if command.name in SHOWING:
            for word in command.words[1:]:
                self._shown(word, command)

    def _masks(self, text: str) -> bool:
        """Tell whether what a command prints tells the platform to cover a value in its log."""
        form = self._dialect.set_command
        if form is not None and form.masks and form.text in text and form.masks in "".join(text.split()).lower():
            return True
        return bool(self._dialect.mask_command and self._dialect.mask_command in text)

    def _answer(self, command: Command) -> None:
        """Note a request whose answer nobody takes."""
        entry = self._values.command_entry(command)
        form = self._values.request_form(command)
        if entry is None:
            return
        if form is not None and form.answers:
            operation = self._reading.catalogue.operation(form.operation)
            if not self._asks_for_secrets(command, form):
                return
            name = next(word for word in command.words if word.literal == form.words[-1])
            self._note(ExposureKind.COMMAND_OUTPUT, f"the credentials that {operation.name} answers", name, command)
        for words in entry.shows:
            if has_words(command, words):
                name = next(word for word in command.words if word.literal == words[-1])
                self._note(ExposureKind.COMMAND_OUTPUT, "the credentials in use", name, command)

    def _asks_for_secrets(self, command: Command, form: RequestForm) -> bool:
        query = option_value(command, form.query)
        return query is None or self._selects_secrets(query.texts, self._reading.catalogue.operation(form.operation))

    def _selects_secrets(self, text: str, operation: Operation) -> bool:
        """Tell whether a query leaves a secret of an answer: by its name, or as part of all that there is."""
        asked = {role for role, _ in self._values.fields(text, operation)}
        steps = operation.shape.path if operation.shape is not None else ()
        whole = any(re.search(rf"\b{re.escape(step)}\b(?!{_FIELDS})", text) for step in steps)
        return bool(asked & _SECRET) or (not asked and whole)

    def _filtered(self, command: Command, feeding: Sequence[Command]) -> None:
        """Note an answer that programs show which print what they are given: `aws sts … | jq .`, `cat answer.json`."""
        chain = [*feeding, command]
        filters: list[tuple[Command, FilterForm]] = []
        while chain and (form := self._values.filter_form(chain[-1])) is not None:
            filters.append((chain.pop(), form))
        if not filters:
            return
        answer = self._asked(chain[-1]) if chain else self._values.given(filters[-1][0])
        if answer is None or (answer.roles and not set(answer.roles) & _SECRET):
            return
        for one, form in filters:
            if form.selects and not self._lets_through(one, answer):
                return
        what = f"the credentials that {answer.operation.name} answers"
        self._note(ExposureKind.COMMAND_OUTPUT, what, command.words[0], command, origin=answer.request)

    def _asked(self, command: Command) -> Answer | None:
        """Give the answer that a command prints: its own, or one that `echo` is given."""
        form = self._values.request_form(command)
        if form is not None and form.answers and self._asks_for_secrets(command, form):
            return Answer(self._values.requests[command.start], self._reading.catalogue.operation(form.operation))
        return self._values.given(command) if command.name in SHOWING else None

    def _lets_through(self, command: Command, answer: Answer) -> bool:
        words = [word.texts for word in command.words[1:] if not (word.literal or "").startswith("-")]
        chosen = words[0] if words else "."
        return chosen.strip() in {"", "."} or self._selects_secrets(chosen, answer.operation)

    def _shown(self, word: Word, command: Command) -> None:
        for what, origin, certain in self._secrets(word, command):
            self._note(ExposureKind.PRINT, what, word, command, origin=origin, certain=certain)

    def _secrets(self, word: Word, command: Command) -> Iterator[tuple[str, Location | None, bool]]:
        """Give what of a word is a secret: in words, where it comes from, and whether the platform does not mask it."""
        for part in word.parts:
            match part:
                case Variable(name, operator):
                    if name in self._masked or _SHORTENED.match(operator):
                        continue
                    answer = self._values.state.answers.get(name)
                    if answer is not None and (not answer.roles or set(answer.roles) & _SECRET):
                        yield f"the credentials that {answer.operation.name} answered", answer.request, True
                        continue
                    role = self._role(name)
                    origin = self._values.variable(name, "", command.branches)
                    if isinstance(origin, ResponseField) and origin.role in _SECRET:
                        # What an action exports it has masked; what the script itself asked for nobody has.
                        own = origin.request in self._values.requests.values()
                        yield _WORDS[origin.role], origin.request, own
                    elif role in _WORDS and isinstance(origin, Reference | Literal):
                        yield _WORDS[role], None, False
                case Expression(text):
                    origin = self._values.expression(text)
                    if isinstance(origin, Reference) and origin.kind is ReferenceKind.CI_SECRET:
                        named = self._reading.role_of(origin.name)
                        if named is not None and named[0] in _WORDS:
                            yield _WORDS[named[0]], None, False
                case _:
                    pass

    def _role(self, name: str) -> Role | None:
        entry = self._reading.catalogue.variable(name)
        return entry.role if entry else None

    def _note(
        self,
        kind: ExposureKind,
        what: str,
        word: Word,
        command: Command,
        *,
        origin: Location | None = None,
        certain: bool = True,
    ) -> None:
        place = self._place(word, command)
        self._reading.found.exposures.setdefault(
            place,
            Exposure(
                kind=kind,
                what=what,
                sink=f"the script of {self._title}",
                location=place,
                origin=origin or place,
                flows=(self._flow,),
                certain=certain,
            ),
        )
