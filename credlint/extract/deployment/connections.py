"""Connections that stand in variables of an environment, as an address or as JSON."""

from __future__ import annotations

from credlint.catalogue.connections import ConnectionForm, ConnectionType
from credlint.credentials.effective import address_kind
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.requests import note_request
from credlint.model.environments import Variable
from credlint.model.facts import Client, Duration
from credlint.model.globs import fits
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.values import PARTS, Absent, Alternative, Blank, CredentialSet, Literal, Origin, Part, Role

Fields = dict[str, object]

_OF_THE_ADDRESS = (Role.KEY_ID, Role.SECRET)


def note_connections(reading: Reading) -> None:
    """Note the credentials of connections, and the sessions that they ask for."""
    scopes = reading.found.scopes
    variables = [one for scope in scopes for one in (*scope.variables, *scope.exports)]
    variables += [one for resource in reading.found.resources for one in resource.variables]
    for variable in dict.fromkeys(variables):
        for form in reading.deployments.connections:
            if isinstance(variable.value, Literal) and any(fits(variable.name, glob) for glob in form.variables):
                _note(variable, variable.value.text.reveal(), form, reading)


def _note(variable: Variable, text: str, form: ConnectionForm, reading: Reading) -> None:
    found = _of_json(text, form) if text.lstrip().startswith("{") else _of_address(text, form)
    name, users, extra = found
    for kind in form.types:
        if name in kind.types:
            _note_client(variable, form, kind, users if kind.login else {}, extra, reading)
            _note_request(variable, kind, extra, reading)


def _of_json(text: str, form: ConnectionForm) -> tuple[str, dict[Role, str], Fields]:
    """Give the type, key id and secret as user and password, and the extra fields."""
    fields = _object(text)
    given = {Role.KEY_ID: fields.get(form.user), Role.SECRET: fields.get(form.password)}
    users = {role: value for role, value in given.items() if isinstance(value, str)}
    return str(fields.get(form.type, "")), users, _object(fields.get(form.extra))


def _of_address(text: str, form: ConnectionForm) -> tuple[str, dict[Role, str], Fields]:
    from urllib.parse import parse_qsl, unquote, urlsplit

    try:
        address = urlsplit(text.strip())
    except ValueError:  # brackets that hold no address
        return "", {}, {}
    given = dict(zip(_OF_THE_ADDRESS, (address.username, address.password), strict=True))
    users = {role: unquote(value) for role, value in given.items() if value is not None}
    extra: Fields = dict(parse_qsl(address.query, keep_blank_values=True))
    return address.scheme.replace("-", "_"), users, {**extra, **_object(extra.get(form.nested))}


def _object(value: object) -> Fields:
    """Give an object, or the one that a text of JSON holds; an empty one for anything else."""
    if isinstance(value, str):
        import json

        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return {}
    return {str(key): inner for key, inner in value.items()} if isinstance(value, dict) else {}


def _note_client(
    variable: Variable,
    form: ConnectionForm,
    kind: ConnectionType,
    users: dict[Role, str],
    extra: Fields,
    reading: Reading,
) -> None:
    parts: dict[Role, Part] = {}
    for role in (*PARTS, Role.PROFILE):
        name = dict(kind.parts).get(role, "")
        value = extra.get(name, users.get(role))
        parts[role] = Part(role, _origin(value, role, reading), name, None if value is None else variable.location)
    if parts[Role.KEY_ID].is_missing():
        return
    endpoint = extra.get(dict(kind.parts).get(Role.ENDPOINT, ""))
    reading.add_client(
        Client(
            sink=f"connection of {form.title} in {variable.name}",
            cloud=kind.cloud,
            use=SinkUse.ENVIRONMENT,
            service=None,
            location=variable.key_location,
            credentials=CredentialSet((Alternative.of(parts, variable.branches),)),
            token_support=TokenSupport.OPTIONAL if kind.takes_token else TokenSupport.NONE,
            endpoint=_endpoint(endpoint, reading),
            flows=(variable.name,),
        )
    )


def _origin(value: object, role: Role, reading: Reading) -> Origin:
    if not isinstance(value, str):
        return Absent()
    return Literal(reading.cover(value, key_id=role is Role.KEY_ID)) if value else Blank()


def _endpoint(value: object, reading: Reading) -> EndpointKind:
    if not value:
        return EndpointKind.ABSENT
    return address_kind(value if isinstance(value, str) else "", reading.catalogue.grammar, reading.settings)


def _note_request(variable: Variable, kind: ConnectionType, extra: Fields, reading: Reading) -> None:
    value: object = extra
    for step in kind.duration.split("."):
        value = _object(value).get(step)
    if value is None or not kind.operation:
        return
    durations = (Duration(duration_of(str(value)), variable.location),)
    note_request(kind.operation, variable.key_location, durations, CredentialSet(), None, variable.name, reading)
