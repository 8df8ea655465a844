"""Commands that Python runs: what a command of rules/commands asks for, and where its answer comes out."""

from __future__ import annotations

from credlint.catalogue.load_deployments import load_deployments
from credlint.catalogue.operations import Operation
from credlint.catalogue.programs import RequestForm
from credlint.extract.python.domain import (
    Answer,
    Argument,
    Const,
    InstanceObject,
    Item,
    ListObject,
    Name,
    Partial,
    Value,
    unknown,
)
from credlint.extract.python.folding import literal_number
from credlint.extract.python.machine import Arguments, Frame, Machine, Site
from credlint.extract.python.notes import requests
from credlint.extract.python.sequences import elements_of
from credlint.extract.python.state import State
from credlint.extract.text.shell_reader import read_script
from credlint.model.span import Location
from credlint.model.values import Step

_WRITTEN = frozenset({"check_output", "getoutput"})
"""Functions that give what a command writes, not an object that holds it."""
_OPENED = "popen"
_ROW = (Item(Name("asyncio.gather")),)
"""A callable that gives the row of its arguments."""

Words = list[tuple[str | None, Argument | None]]


def finished(
    machine: Machine,
    dotted: str,
    roles: dict[str, Argument],
    arguments: Arguments,
    site: Site,
    state: State,
    frame: Frame,
) -> Value:
    """Give the finished process of a command, or what it wrote: an answer where the command asks for credentials."""
    words = _words(roles, arguments, state)
    written = _answer(machine, words, site, state, frame) if words and words[0][0] else None
    if written is None:
        return unknown("finished process")
    name = dotted.rpartition(".")[2]
    if name in _WRITTEN or name == _OPENED:
        return written
    communicate: Value = (Item(Partial(_ROW, (written, unknown("errors")), ())),)
    return machine.new(InstanceObject(None, {"stdout": written, "communicate": communicate}, open=True), state)


def _words(roles: dict[str, Argument], arguments: Arguments, state: State) -> Words:
    """Give the literal words of a command, None for those that are not literal, each with its argument."""
    given = roles.get("arguments")
    if given is None:
        return []
    elements = elements_of(given.value, state)
    obj = state.only(given.value)
    if elements is None and isinstance(obj, ListObject):
        elements = obj.items
    if elements is not None:
        return [(_literal(value), Argument(value, given.location, "")) for value in elements]
    text = _literal(given.value)
    if text is None:
        return []
    if len(arguments.positional) > 1 and not any(one in text for one in " \t"):
        return [(_literal(argument.value), argument) for argument in arguments.positional]
    commands = read_script(text, lambda: 0)
    only = commands[0] if len(commands) == 1 and not commands[0].piped else None
    return (
        [(word.literal, Argument((Item(Const(word.literal)),), given.location, "")) for word in only.words]
        if only
        else []
    )


def _literal(value: Value) -> str | None:
    only = value[0].data if len(value) == 1 else None
    return only.value if isinstance(only, Const) and isinstance(only.value, str) else None


def _answer(machine: Machine, words: Words, site: Site, state: State, frame: Frame) -> Value | None:
    form = _form(words)
    operation = machine.catalogue.operations.get(form.operation) if form is not None and form.answers else None
    if form is None or operation is None or operation.shape is None:
        return None
    duration = _after(words, form.duration)
    given = {"duration": _as_number(duration)} if duration is not None else {}
    requests.note_request(machine, operation, given, None, site, state, frame)
    query = _after(words, form.query)
    path = _path(operation, _literal(query.value) if query is not None else "")
    return None if path is None else _item(operation, path, site.callee, frame)


def _form(words: Words) -> RequestForm | None:
    literals = [literal for literal, _ in words]
    name = (literals[0] or "").rpartition("/")[2]
    entry = load_deployments().commands.get(name)
    for form in entry.requests if entry is not None else ():
        length = len(form.words)
        if any(tuple(literals[at : at + length]) == form.words for at in range(1, len(literals))):
            return form
    return None


def _after(words: Words, option: str) -> Argument | None:
    """Give the argument of an option: the next word, or what stands behind `=`."""
    for (literal, _), (_, following) in zip(words, [*words[1:], (None, None)], strict=True):
        if literal == option:
            return following
        if literal is not None and literal.startswith(f"{option}="):
            return Argument((Item(Const(literal.partition("=")[2])),), None, option)
    return None


def _as_number(argument: Argument) -> Argument:
    text = _literal(argument.value)
    number = literal_number(text) if text is not None else None
    return argument if number is None else Argument((Item(Const(number)),), argument.location, argument.name)


def _path(operation: Operation, query: str | None) -> tuple[str, ...] | None:
    """Give the path into the answer that a query selects: all of it, or a mapping on the way to the parts."""
    if not query:
        return () if query == "" else None
    path = tuple(query.split("."))
    return path if operation.shape is not None and path == operation.shape.path[: len(path)] else None


def _item(operation: Operation, path: tuple[str, ...], place: Location, frame: Frame) -> Value:
    assert operation.shape is not None
    step = Step(place, f"{operation.name} answers with credentials")
    answer = Answer(place, operation, operation.name, operation.shape, path, frame.calls)
    return (Item(answer, steps=(step,)),)
