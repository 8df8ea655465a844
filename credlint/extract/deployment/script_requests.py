"""What the options of a command say to the operation that it asks for, and commands that ask services of identities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from credlint.catalogue.operations import Operation
from credlint.catalogue.programs import CommandEntry
from credlint.catalogue.types import Catalogue
from credlint.extract.deployment.asked import asked
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.script_environments import prefixed
from credlint.extract.deployment.shell_values import Evaluator, option_value, split_word
from credlint.extract.text.shell import Command, Text, Word
from credlint.model.facts import ServiceCall, Setting
from credlint.model.records import replace
from credlint.model.sinks import EndpointKind
from credlint.model.span import Location
from credlint.model.values import CredentialSet, Role

Place = Callable[[Word, Command], Location]


def request_fields(command: Command, values: Evaluator, operation: Operation, place: Place) -> tuple[Setting, ...]:
    """Give what the options of a command say to an operation."""
    entry = values.command_entry(command)
    found = []
    for role, option in entry.parameters if entry else ():
        word = option_value(command, option)
        if word is not None and operation.parameter(role):
            found.append(asked(role, option, values.origin(word, command.branches), place(word, command)))
    return tuple(found)


def is_open(command: Command, values: Evaluator) -> bool:
    """Tell whether more options may be given than are seen: by a file, or by a variable that holds some."""
    entry = values.command_entry(command)
    literals = [word.literal for word in command.words]
    after = zip(literals, command.words[1:], strict=False)
    loose = (word.literal is None and not (before or "").startswith("-") for before, word in after)
    return any(loose) or bool(entry and not set(entry.opening).isdisjoint(literals))


def service_call(
    command: Command, values: Evaluator, credentials: CredentialSet, catalogue: Catalogue, place: Place, flow: str
) -> ServiceCall | None:
    """Give what a command asks of a service that deals with identities or stores data (`aws s3 sync`), or None.

    `credentials` are those of the environment, which sign where no profile is named.
    """
    entry = values.command_entry(command)
    words = [word for word in command.words if word.literal is not None][1:3]
    names = [word.literal or "" for word in words]
    known = catalogue.identity_services | catalogue.control_services | frozenset(entry.storage if entry else ())
    if entry is None or not entry.services or not credentials.alternatives or len(names) != len(_SERVICE_AND_OPERATION):
        return None
    if names[0] not in known or names[1].startswith("-") or option_value(command, entry.profile_option) is not None:
        return None
    at = place(words[1], command)
    return ServiceCall(
        service=names[0],
        method=names[1].replace("-", "_"),
        cloud=entry.cloud,
        location=at,
        client=at,
        credentials=credentials,
        flows=(flow,),
        branches=command.branches,
        endpoint=_endpoint(command, values, entry, catalogue) if names[0] in entry.storage else EndpointKind.UNKNOWN,
    )


def _endpoint(command: Command, values: Evaluator, entry: CommandEntry, catalogue: Catalogue) -> EndpointKind:
    """Give ABSENT where neither an option nor a variable names an address, and nothing that is not in sight may."""
    environment = values.state.environment
    given = [word.literal or (split[0] if (split := split_word(word)) else None) for word in command.words]
    named = {entry.endpoint_option, entry.unsigned_option, *entry.opening}.intersection(given)
    variables = [one for variants in environment.variables.values() for one in variants if one.role in _NAMING]
    known = (catalogue.variable(one.name) for one in prefixed(command, values.wrappers))
    own = [one for one in known if one is not None and (one.role in _NAMING or one.role is Role.KEY_ID)]
    unseen = environment.opaque or environment.supplemented
    before = ("", *given)
    loose = any(
        not (one or "").startswith("-") and word.literal is None and not _begins_as_written(word)
        for one, word in zip(before, command.words, strict=False)
    )
    return EndpointKind.UNKNOWN if named or variables or own or unseen or loose else EndpointKind.ABSENT


def _begins_as_written(word: Word) -> bool:
    return isinstance(next((part for part in word.parts if part != Text("")), None), Text)


_NAMING = frozenset({Role.ENDPOINT, Role.PROFILE, Role.CONFIG_FILE, Role.CREDENTIALS_FILE})
"""Roles of variables that name an address, or a file which may."""


_SERVICE_AND_OPERATION = ("service", "operation")


def settled_calls(reading: Reading) -> Iterator[ServiceCall]:
    """Give the calls of a file; where its text may name an address in another way, they may go there."""
    calls = reading.found.service_calls.values()
    told = any(one.endpoint is EndpointKind.ABSENT for one in calls) and _is_told_otherwise(reading)
    for call in calls:
        yield replace(call, endpoint=EndpointKind.UNKNOWN) if told else call


def _is_told_otherwise(reading: Reading) -> bool:
    """Tell whether a name stands for more than its program, or a file is brought that may name an address."""
    commands = reading.deployments.commands.values()
    words = "|".join(re.escape(name) for one in commands if one.storage for name in one.names)
    wrapped = rf"\b(?:{words})\s*\(\s*\)|\balias\s+(?:{words})="
    settings = reading.deployments.profiles
    forms = (wrapped, *map(re.escape, settings.endpoints), *settings.signs)
    text = "\n".join(reading.places.lines)
    return any(re.search(form, text) for form in forms)
