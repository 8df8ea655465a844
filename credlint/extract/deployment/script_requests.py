"""What the options of a command say to the operation that it asks for, and commands that ask services of identities."""

from __future__ import annotations

from collections.abc import Callable

from credlint.catalogue.types import Catalogue, Operation
from credlint.extract.deployment.asked import asked
from credlint.extract.deployment.shell_values import Evaluator, option_value
from credlint.extract.text.shell import Command, Word
from credlint.model.facts import ServiceCall, Setting
from credlint.model.span import Location
from credlint.model.values import CredentialSet

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
    """Give what a command asks of a service that deals with identities (`aws iam list-users`), or None.

    `credentials` are those of the environment, which sign where no profile is named.
    """
    entry = values.command_entry(command)
    words = [word for word in command.words if word.literal is not None][1:3]
    names = [word.literal or "" for word in words]
    known = catalogue.identity_services | catalogue.control_services
    if entry is None or not entry.services or not credentials.alternatives or len(names) != len(_SERVICE_AND_OPERATION):
        return None
    if names[0] not in known or names[1].startswith("-") or option_value(command, entry.profile_option) is not None:
        return None
    at = place(words[1], command)
    return ServiceCall(names[0], names[1].replace("-", "_"), entry.cloud, at, at, credentials, (flow,))


_SERVICE_AND_OPERATION = ("service", "operation")
