"""Keys of a role that code sets for its whole process, and later requests that are signed with them unawares."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.operations import Operation
from credlint.extract.python.domain import Argument, MadeObject, Scalar
from credlint.extract.python.inherited import Inherited
from credlint.extract.python.machine import Frame, Machine, Site
from credlint.extract.python.state import State
from credlint.model.environments import InheritedKey
from credlint.model.span import Location
from credlint.model.values import Cloud, Lifetime, ResponseField, Role


def default_session(dotted: str, roles: dict[str, Argument], site: Site, state: State) -> None:
    """Remember the key that the default session of the process is made with; one without keys asks the chain again."""
    if "key_id" in roles:
        state.environment[dotted] = (roles["key_id"].value, site.callee)
    else:
        state.environment.pop(dotted, None)


def note_client(machine: Machine, made: MadeObject, state: State, frame: Frame) -> None:
    """Remember that a client on the default chain was made while the process had a temporary key."""
    if frame.is_module():
        machine.shared.made_at_import.add(made.location)
    found = next(_keys(machine, made.entry.cloud, state), None)
    if found is not None and not machine.shared.muted:
        machine.shared.inherited[made.location] = found


def _keys(machine: Machine, cloud: Cloud, state: State) -> Iterator[Inherited]:
    for name, (value, place) in state.environment.items():
        variable = machine.catalogue.variable(name)
        if not (variable and variable.role is Role.KEY_ID and variable.cloud is cloud) and (
            name not in machine.catalogue.callables
        ):
            continue
        visible = state.visible(value)
        for item in visible:
            origin = item.data.origin if isinstance(item.data, Scalar) else None
            if isinstance(origin, ResponseField) and origin.lifetime is Lifetime.TEMPORARY:
                yield Inherited(name, place, origin, len(visible) == 1)


def note_request(machine: Machine, operation: Operation, caller: MadeObject, site: Site, frame: Frame) -> None:
    """Note a request for a session that such a client signs."""
    key = machine.shared.inherited.get(caller.location)
    if key is not None and operation.shape is not None and not operation.unsigned:
        _note(machine, key, operation.name, site.callee, frame, repeated=False)


def finish(machine: Machine, state: State, frame: Frame) -> None:
    """At the end of a platform's handler: the key stays for its next call, which asks for the same session with it."""
    for platform in frame.platforms:
        cloud = next(one.cloud for one in machine.catalogue.handlers if one.platform == platform)
        for key in _keys(machine, cloud, state):
            signer = machine.shared.signers.get(key.origin.request)
            if signer is not None and signer not in machine.shared.made_at_import:
                name = key.origin.operation.rpartition(".")[2]
                _note(machine, key, name, key.origin.request, frame, repeated=True)


def _note(machine: Machine, key: Inherited, name: str, request: Location, frame: Frame, *, repeated: bool) -> None:
    found = InheritedKey(
        name=key.name,
        location=key.location,
        operation=name,
        request=request,
        flows=frame.flows,
        repeated=repeated,
        certain=key.certain,
        test_context=machine.shared.test_context,
    )
    machine.shared.facts.inherited_keys.setdefault(key.location, found)
