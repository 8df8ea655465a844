"""Credentials that the programs of a script are given to store, or to hand on to a process elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from credlint.catalogue.programs import CommandEntry, ConfigureForm, HandOn, StoreForm
from credlint.credentials.effective import Environment
from credlint.extract.deployment.arguments import note_argument
from credlint.extract.deployment.clients import note_environment_client
from credlint.extract.deployment.profiles import WrittenSetting, note_setting
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.script_texts import option_words
from credlint.extract.deployment.shell_values import Evaluator, has_words, option_value, split_word, value_variable
from credlint.extract.text.shell import Command, Text, Word
from credlint.model.facts import Client, ExposureKind
from credlint.model.profiles import ProfileSetting
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import PARTS, Alternative, Cloud, CredentialSet, Literal, Part, Role


class ProgramReader:
    """Looks at the commands of one script; `place` gives the location of a word."""

    def __init__(
        self,
        values: Evaluator,
        reading: Reading,
        place: Callable[[Word, Command], Location],
        flow: str,
        *,
        logged: bool = False,
    ) -> None:
        self._values = values
        self._reading = reading
        self._place = place
        self._flow = flow
        self._logged = logged
        self.profiles: dict[str, None] = {}

    def command(self, command: Command) -> None:
        """Note the sinks that a command makes."""
        entry = self._values.command_entry(command)
        if entry is None:
            return
        for form in entry.hands_on:
            if has_words(command, form.words):
                self._hand_on(command, form)
        for form in entry.argued:
            if has_words(command, form.words):
                self._argue(command, form)
        for store in entry.stores:
            if has_words(command, store.words):
                self._store(command, store, entry)
        for configure in entry.configure:
            if has_words(command, configure.words):
                self._configure(command, configure, entry.cloud)

    def _configure(self, command: Command, form: ConfigureForm, cloud: Cloud) -> None:
        literals = [word.literal for word in command.words]
        at = literals.index(form.words[-1]) + 1
        profile = option_value(command, form.profile)
        arguments = [word for word in command.words[at:] if word is not profile and not word.texts.startswith("-")]
        if len(arguments) >= 2:
            self._setting(command, arguments[0], arguments[1], form, cloud)

    def _setting(self, command: Command, name: Word, value: Word, form: ConfigureForm, cloud: Cloud) -> None:
        role = dict(form.settings).get((name.literal or "").rpartition(".")[2])
        profile = option_value(command, form.profile)
        whole = profile.literal if profile else (name.literal or "").rpartition(".")[0].rpartition(".")[2]
        if whole:
            self.profiles[whole] = None
        origin = self._values.origin(value, command.branches)
        place = self._place(name, command)
        title = profile.texts if profile else (name.literal or "").rpartition(".")[0].removeprefix("profile.")
        if role is None:
            text = origin.text.reveal() if isinstance(origin, Literal) else None
            made = ProfileSetting((name.literal or "").rpartition(".")[2], text, place, cloud=cloud)
            self._values.state.settings.setdefault((title, command.branches), []).append(
                (made, self._place(value, command))
            )
            return
        setting = WrittenSetting(role, name.texts, origin, title, place, cloud, command.branches)
        note_setting(setting, self._values.state, self._reading, self._flow)
        if self._logged:
            sink = f"the command {command.name}"
            note_argument(name.texts, self._place(value, command), sink, self._reading, ExposureKind.CONFIGURATION)

    def _store(self, command: Command, form: StoreForm, entry: CommandEntry) -> None:
        """`aliyun configure set --access-key-id A --access-key-secret B`: all parts in one command."""
        made: dict[Role, Part] = {}
        for option, role in form.options:
            word = option_value(command, option)
            if word is not None and role not in made:
                origin = self._reading.covered(self._values.origin(word, command.branches), role)
                made[role] = Part(role, origin, option, self._place(word, command))
        key = made.get(Role.KEY_ID)
        if key is None or key.location is None or key.is_missing():
            return
        parts = {role: part for role, part in made.items() if role in PARTS}
        title = " ".join((command.name, *form.words)) if form.words else command.name
        self._reading.add_client(
            Client(
                sink=title,
                cloud=entry.cloud,
                use=SinkUse.ENVIRONMENT,
                service=None,
                location=key.location,
                credentials=CredentialSet((Alternative.of(parts, command.branches),)),
                token_support=TokenSupport.OPTIONAL,
                endpoint=EndpointKind.ABSENT,
                flows=(self._flow,),
            )
        )

    def _argue(self, command: Command, form: HandOn) -> None:
        """`docker build --build-arg A=x`."""
        for word in option_words(command, form.options):
            split = split_word(word)
            if split is not None and split[1].literal != "":
                note_argument(split[0], self._place(word, command), f"the command {command.name}", self._reading)

    def _hand_on(self, command: Command, form: HandOn) -> None:
        """`docker run -e A -e B=x image`, `kubectl create secret generic x --from-literal=A=x`."""
        handed = Environment(branches=command.branches | self._values.state.environment.branches)
        names: dict[str, Location] = {}
        for word in _pieces(command, form):
            split = split_word(word)
            name = split[0] if split else word.literal or ""
            place = self._place(word, command)
            value = (
                self._values.origin(split[1], command.branches)
                if split
                else self._values.variable(name, "", command.branches)
            )
            name = self._usual(name) if form.any_name else name
            names[name] = place
            handed.overlay([value_variable(name, value, place, command.branches, self._reading.catalogue)])
        title = " ".join((command.name, *form.words[:2]))
        note_environment_client(handed, names, self._reading, title, self._flow)

    def _usual(self, name: str) -> str:
        """Give the variable that a setting stands for by its name: `aws.secretKey` for the secret."""
        last = name.rpartition(".")[2]
        known = self._reading.role_of(last)
        if known is None or self._reading.catalogue.variable(last) is not None:
            return last
        role, cloud = known
        cloud = self._reading.cloud_of_words([name]) or cloud
        for family in self._reading.catalogue.families:
            if family.exact and family.cloud is cloud and family.names(role):
                return family.names(role)[0]
        return last


def _pieces(command: Command, form: HandOn) -> Iterator[Word]:
    """Give what stands behind the options; with a separator, each piece of it."""
    for word in option_words(command, form.options):
        if not form.separator:
            yield word
            continue
        parts: list[list[object]] = [[]]
        for part in word.parts:
            if not isinstance(part, Text):
                parts[-1].append(part)
                continue
            first, *others = part.text.split(form.separator)
            parts[-1].append(Text(first))
            parts += [[Text(other)] for other in others]
        for piece in parts:
            yield Word(tuple(piece), word.start, word.end)  # type: ignore[arg-type] # parts as they were
