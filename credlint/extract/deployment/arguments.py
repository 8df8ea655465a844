"""Secrets among the arguments of a program: of a container's command, of a build, of a command that configures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployment_sources import ScriptForm
from credlint.catalogue.deployments import Dialect, ExpressionSyntax
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import Node, Scalar, items, reach, scalar
from credlint.model.facts import Exposure, ExposureKind
from credlint.model.span import Location
from credlint.model.values import Cloud, Role

_WORDS = {Role.SECRET: "the secret", Role.TOKEN: "the session token", Role.LEGACY_TOKEN: "the session token"}
# $(NAME) of a container; ${NAME} and $NAME of the host, but not $$NAME
_FILLED_IN = {
    ExpressionSyntax.CONTAINER: re.compile(r"(?<!\$)\$\((?P<name>\w+)\)"),
    ExpressionSyntax.HOST: re.compile(r"(?<!\$)\$\{?(?P<name>\w+)"),
}


def note_arguments(node: Node, shape: Shape, dialect: Dialect, title: str, reading: Reading) -> None:
    """Note the secrets that are filled into the command of a container."""
    pattern = _FILLED_IN.get(dialect.syntax)
    for source in shape.scripts if pattern is not None else ():
        if source.form is ScriptForm.WORDS:
            for at in source.at:
                for reached in reach(node, at):
                    for word in _words(reached.node):
                        _note_word(word, pattern, title, reading)


def _words(node: Node) -> Iterator[Scalar]:
    whole = scalar(node)
    each = [whole] if whole is not None else [scalar(item) for item in items(node)]
    yield from (word for word in each if word is not None and not word.templated)


def _note_word(word: Scalar, pattern: re.Pattern[str] | None, title: str, reading: Reading) -> None:
    for found in pattern.finditer(word.text) if pattern is not None else ():
        extent = reading.places.text_map(word).extent(found.start(), found.end())
        note_argument(found["name"], reading.location(extent, word.extent), f"the command of {title}", reading)


def note_argument(
    name: str, place: Location, sink: str, reading: Reading, kind: ExposureKind = ExposureKind.COMMAND_LINE
) -> None:
    """Note that the value of a variable stands among arguments, if it is a secret of a cloud by its name."""
    known = reading.role_of(name)
    if known is None or known[0] not in _WORDS or known[1] is Cloud.S3_COMPATIBLE or reading.test_context:
        return
    what = f"{_WORDS[known[0]]} in {name}"
    reading.found.exposures.setdefault(place, Exposure(kind, what, sink, place, place, (sink,)))
