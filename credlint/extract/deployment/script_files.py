"""What a script writes: variables and outputs for later steps, and files of profiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from credlint.catalogue.deployments import Dialect
from credlint.extract.deployment.printed import Line, Printed, Printer
from credlint.extract.deployment.profiles import ProfileText, note_profiles, section_names
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.script_texts import SHOWING, shown_words, targets
from credlint.extract.deployment.shell_values import Evaluator, value_variable
from credlint.extract.text.shell import Command, Text, Variable, Word
from credlint.model.environments import Variable as EnvironmentVariable
from credlint.model.patterns import pattern
from credlint.model.records import dataclass
from credlint.model.span import Location
from credlint.model.values import NO_BRANCH, Branches, Origin

_SET = pattern(r"(?P<name>[\w.]+)(?P<attributes>(?:;[^\];]*)*)\]")


@dataclass(slots=True)
class _Profiles:
    """A file of profiles that is being written; `known` tells that it holds these words and no others.

    `opened` is where the redirect stands: that of a group of commands opens the file once for all of them.
    """

    words: list[Word]
    command: Command
    branches: Branches
    opened: int
    known: bool = True


class FileWriter:
    """Looks at what the commands of one script write; afterwards `exports` and `outputs` hold what later steps find.

    `files` are names of files whose lines the platform takes as variables. `unknown` tells that more is exported than
    is known.
    """

    def __init__(
        self,
        script: str,
        values: Evaluator,
        dialect: Dialect,
        reading: Reading,
        place: Callable[[int, int, Command], Location],
        flow: str,
        files: frozenset[str] = frozenset(),
    ) -> None:
        self._script = script
        self._values = values
        self._dialect = dialect
        self._reading = reading
        self._place = place
        self._flow = flow
        self._named = files
        self._printer = Printer(values, script)
        self._profiles: dict[str, _Profiles] = {}
        self.exports: list[EnvironmentVariable] = []
        self.outputs: dict[str, Origin] = {}
        self.unknown = False
        self.profiles: list[str] = []

    def command(self, command: Command, feeding: Sequence[Command]) -> None:
        """Look at one command; `feeding` are those of its pipeline before it."""
        for target, appends in targets(command):
            name = next((part.name for part in target.parts if isinstance(part, Variable)), "")
            if (name and name == self._dialect.environment_file) or _bare(target) in self._named:
                self._export(self._printer.printed(command, feeding), command)
            elif name and name == self._dialect.output_file:
                printed = self._printer.printed(command, feeding)
                self.outputs.update((line.name, line.origin) for line in printed.lines)
            elif target.texts.endswith(self._reading.deployments.profiles.paths):
                self._write(target, command, shown_words(command, feeding), appends=appends)
        if self._dialect.set_command is not None and command.name in SHOWING:
            for word in command.words[1:]:
                self._set(word, command)

    def finish(self) -> None:
        """Note the profiles of the files that were written."""
        for path, written in self._profiles.items():
            if not written.known:
                continue
            text = ProfileText.of_words(
                written.words, self._script, partial(self._values.origin, branches=written.branches)
            )
            self.profiles += section_names(text, self._reading.deployments.profiles.section_prefix)
            locate = partial(self._locate, text, written.command)
            note_profiles(text, self._reading, locate, self._flow, path, file=path.rpartition("/")[2])

    def _locate(self, text: ProfileText, command: Command, start: int, end: int) -> Location:
        return self._place(text.offset(start), text.offset(end), command)

    # -- variables

    def _export(self, printed: Printed, command: Command) -> None:
        self.unknown = self.unknown or not printed.whole
        for line in printed.lines:
            self._add(line, command)

    def _add(self, line: Line, command: Command) -> None:
        place = self._place(line.word.start, line.word.end, command)
        catalogue = self._reading.catalogue
        self.exports.append(value_variable(line.name, line.origin, place, command.branches, catalogue))

    def _set(self, word: Word, command: Command) -> None:
        """`echo "##vso[task.setvariable variable=NAME]value"`."""
        first = word.parts[0] if word.parts else None
        form = self._dialect.set_command
        if form is None or not isinstance(first, Text) or form.text not in first.text:
            return
        behind = first.text.partition(form.text)[2]
        found = _SET.match(behind)
        if found is None or any(one in found["attributes"].lower().replace(" ", "") for one in form.unless):
            return
        rest = behind[found.end() :]
        parts = (Text(rest), *word.parts[1:]) if rest else word.parts[1:]
        value = Word(parts or (Text(""),), word.start, word.end)
        name = found["name"].replace(".", "_")
        self._add(Line(name, self._values.origin(value, command.branches), value), command)

    # -- profiles

    def _write(self, target: Word, command: Command, words: list[Word], *, appends: bool) -> None:
        path = target.texts
        before = self._profiles.get(path)
        appends = appends or (before is not None and before.opened == target.start)
        if before is None or (not appends and command.branches == NO_BRANCH):
            made = _Profiles(list(words), command, command.branches, target.start, known=bool(words))
            self._profiles[path] = made
        elif before.branches == command.branches and words:
            before.words.extend(words)
        else:
            before.known = False


def _bare(target: Word) -> str:
    return (target.literal or "").removeprefix("./")
