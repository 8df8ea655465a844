"""Forms that a browser posts: a mapping with a key id and a signature in it, and the token if there is one."""

from __future__ import annotations

from credlint.catalogue.types import PostForm
from credlint.extract.python.domain import Argument, DictObject, Scalar, unknown
from credlint.extract.python.emission import credential_set
from credlint.extract.python.machine import Frame, Machine
from credlint.extract.python.state import State
from credlint.model.facts import Client
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.values import ResponseField, Role


def finish(machine: Machine, state: State, frame: Frame) -> None:
    """At the end of an entry: note the forms that it made, whole and without a token in whatever field."""
    for obj in state.heap.values():
        if isinstance(obj, DictObject) and not obj.open:
            for form in machine.catalogue.forms:
                _note(machine, form, obj, state, frame)


def _note(machine: Machine, form: PostForm, obj: DictObject, state: State, frame: Frame) -> None:
    names = {str(key).lower(): key for key in obj.items}
    key = names.get(form.key_id.lower())
    if key is None or not {one.lower() for one in form.requires} <= names.keys() or key not in obj.places:
        return
    token = obj.items.get(names.get(form.token.lower(), ""))
    if token is None and any(_is_token(item.data) for value in obj.items.values() for item in value):
        return
    place = obj.places[key]
    roles = {
        Role.KEY_ID.value: Argument(obj.items[key], place, form.key_id),
        Role.SECRET.value: Argument(unknown("signs the form"), place, ""),
    }
    if token is not None:
        roles[Role.TOKEN.value] = Argument(token, place, form.token)
    client = Client(
        sink=form.name,
        cloud=form.cloud,
        use=SinkUse.DATA,
        service=None,
        location=place,
        credentials=credential_set(roles, state, machine.shared.exceptional, is_open=False),
        token_support=TokenSupport.OPTIONAL,
        endpoint=EndpointKind.ABSENT,
        flows=frame.flows,
        calls=frame.calls,
        branches=state.branches,
    )
    machine.shared.facts.clients.setdefault((place, form.name, frame.flows), client)


def _is_token(data: object) -> bool:
    return isinstance(data, Scalar) and isinstance(data.origin, ResponseField) and data.origin.role is Role.TOKEN
