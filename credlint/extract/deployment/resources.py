"""Objects that others refer to: a ServiceAccount with its roles, a Secret or ConfigMap with its data, decoded."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Container, Iterator

from credlint.catalogue.deployment_documents import DataSource, ResourceForm
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource
from credlint.catalogue.deployments import Dialect
from credlint.extract.deployment.corruptions import note_corruption, note_template_damage
from credlint.extract.deployment.durations import duration_of
from credlint.extract.deployment.env_files import variables_of
from credlint.extract.deployment.environments import Named, read_environment, variable
from credlint.extract.deployment.expressions import origin_of, text_origin
from credlint.extract.deployment.places import value_extent
from credlint.extract.deployment.profiles import Locate, ProfileText, file_of_name, note_profiles
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.repeats import note_repeated_keys
from credlint.extract.deployment.tree import (
    Extent,
    Node,
    Placed,
    Scalar,
    entries,
    get,
    meets,
    reach,
    scalar,
    text_at,
    text_of,
    value_at,
)
from credlint.extract.text.ini import looks_like_ini
from credlint.model.copies import Lasting
from credlint.model.environments import Resource, RoleBinding, Variable
from credlint.model.facts import Client
from credlint.model.patterns import pattern
from credlint.model.records import dataclass, replace
from credlint.model.sinks import EndpointKind, SinkUse, TokenSupport
from credlint.model.span import Location
from credlint.model.values import (
    PARTS,
    Alternative,
    Blank,
    Cloud,
    CredentialSet,
    Literal,
    NoneValue,
    Origin,
    Reference,
    ReferenceKind,
    Role,
    Unknown,
)

_PLACE = pattern(r"\$\{\w+\}")
_OFF = frozenset({"off", "false", "no", "disabled"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The data of a Secret that is not a part by itself: text in which key literals may stand, and where it stands."""

    text: str
    scalar: Scalar
    name: str
    statement: Location


def read_resources(
    root: Node, form: ResourceForm, dialect: Dialect, reading: Reading, decoded: list[Decoded], *, patch: bool = False
) -> None:
    """Note the objects of a document, their credentials as sinks, and profiles in their values.

    `patch` tells that the document stands in another one, which lays it over an object of the same name.
    """
    for reached in reach(root, form.at):
        if meets(reached.node, form.when):
            _read_resource(reached.node, form, dialect, reading, decoded, patch=patch)


def _read_resource(
    root: Node, form: ResourceForm, dialect: Dialect, reading: Reading, decoded: list[Decoded], *, patch: bool
) -> None:
    at = next((path for path in form.name.split("|") if value_at(root, path) is not None), "")
    name = reading.name_at(root, at) if at else None
    place = next((reached.node.extent for reached in reach(root, at)), root.extent) if at else root.extent
    title = f"{form.title or form.kind} {name or ''}".strip()
    variables: list[Variable] = []
    hidden: list[Variable] = []
    encoded: set[Location] = set()
    for source in form.data:
        if source.hidden:
            hidden += _hidden(root, source, name or "", reading)
            continue
        made_of = _assigned if source.assignments else _mapped
        for made in made_of(root, source, dialect, reading, title, decoded):
            if made is not None:
                variables.append(made)
                if source.encoded:
                    encoded.add(made.location)
    for each in form.environment:
        variables += read_environment(root, each, dialect, reading)
    _note_client(variables, reading, title)
    reading.encoded |= encoded
    files = [_of_file(one.node, dialect, reading) for path in form.files for one in reach(root, path)]
    held = hidden if hidden and form.environment else [*variables, *hidden]
    held += (one for found in files for one in found or ())
    reading.found.resources.append(
        Resource(
            kind=form.kind,
            namespace=text_at(root, form.namespace) if form.namespace else None,
            name=name or "",
            location=reading.location(place),
            roles=tuple(_roles(root, form, reading)),
            variables=tuple(_stored(one, name or "", encoded) for one in held),
            opaque=None in files
            or any(value_at(root, path) is not None for path in form.opaque)
            or _has_inserts(root, form, reading),
            lasting=_lasting(root, form, place, reading),
            patch=patch,
        )
    )


def _of_file(node: Node, dialect: Dialect, reading: Reading) -> list[Variable] | None:
    """Give the variables of a file that a node names, set where it is named; None where nothing shows them."""
    found = variables_of(text_of(node) or "", dialect, reading)
    return None if found is None else [replace(one, key_location=reading.location(node.extent)) for one in found]


def _hidden(root: Node, source: DataSource, name: str, reading: Reading) -> Iterator[Variable]:
    """Give the variables of data of which the names alone can be read: there is something under each."""
    for placed in (one for reached in reach(root, source.at) for one in entries(reached.node)):
        site = reading.site(placed)
        value = Reference(ReferenceKind.KUBERNETES_SECRET, name, placed.entry.key.text)
        yield variable(Named(placed.entry.key.text, value, site, site, placed.entry.extent), reading)


def _stored(variable: Variable, name: str, encoded: Container[Location]) -> Variable:
    """Take as no more than there what nobody shows.

    That is a key or secret which a stage before the cluster fills in (`${KEY}`), and a profile in `encoded` data.
    """
    value, role = variable.value, variable.role
    filled = role in {Role.KEY_ID, Role.SECRET} and isinstance(value, Unknown) and _PLACE.fullmatch(value.identity)
    kept = role is Role.PROFILE and isinstance(value, Literal) and variable.location in encoded
    if not filled and not kept:
        return variable
    return replace(variable, value=Reference(ReferenceKind.KUBERNETES_SECRET, name, variable.name), plain=None)


def _has_inserts(root: Node, form: ResourceForm, reading: Reading) -> bool:
    """Tell whether a template puts data in that is not seen."""
    for source in form.data:
        placed = get(root, source.at)
        if placed is None:
            continue
        entry = placed.entry
        value = scalar(entry.value)
        first, follows = entry.key.extent.start.line, entry.follows.line
        if (value is not None and value.templated) or reading.has_insert(first, max(follows, first + 1)):
            return True
    return False


def _lasting(root: Node, form: ResourceForm, place: Extent, reading: Reading) -> Lasting | None:
    for reached in reach(root, form.lasts) if form.lasts else ():
        seconds = duration_of(text_of(reached.node))
        return None if seconds is None else Lasting(seconds, reading.location(reached.node.extent))
    return Lasting(form.lasts_by_default, reading.location(place)) if form.lasts_by_default else None


def _template_value(mark: str) -> str:
    """Give what a template takes a value from: `.Values.roleArn` of `{{ .Values.roleArn | quote }}`."""
    return mark.strip("\"'").removeprefix("{{").removesuffix("}}").strip("- ").partition("|")[0].strip()


def _mapped(
    root: Node, source: DataSource, dialect: Dialect, reading: Reading, title: str, decoded: list[Decoded]
) -> Iterator[Variable | None]:
    places = list(reach(root, source.at))
    for reached in places:
        note_repeated_keys(reached.node, dialect, reading)
    for placed in (one for reached in places for one in entries(reached.node)):
        yield _datum(placed, source, dialect, reading, title, decoded)


def _assigned(
    root: Node, source: DataSource, dialect: Dialect, reading: Reading, title: str, decoded: list[Decoded]
) -> Iterator[Variable | None]:
    """Give the variables of a list of `K=V`; quotes around a value are not part of it."""
    del title, decoded
    literals = EnvironmentSource(source.at, (EnvironmentForm.ASSIGNMENTS,), "", "", (), None)
    for one in read_environment(root, literals, dialect, reading):
        text = one.value.text.reveal() if isinstance(one.value, Literal) else ""
        bare = text.strip("\"'")
        if bare == text:
            yield one
        else:
            value = Literal(reading.cover(bare, key_id=one.role is Role.KEY_ID)) if bare else Blank()
            yield replace(one, value=value, plain=bare if one.plain is not None else None)


def _roles(root: Node, form: ResourceForm, reading: Reading) -> Iterator[RoleBinding]:
    for source in form.roles:
        for reached in reach(root, source.at):
            found = scalar(reached.node)
            if (
                found is None
                or found.is_null()
                or found.text == ""
                or found.text.lower() in _OFF
                or reached.entry is None
            ):
                continue
            place = reading.location(reached.entry.key.extent, reached.entry.extent)
            branches = reading.branches(reached.entry.extent)
            if found.templated:  # where the value is blank there is no role
                branches |= reading.conditions.true(_template_value(reading.places.raw(value_extent(found))))
            yield RoleBinding(source.kind, source.cloud, place, branches)


def _datum(
    placed: Placed, source: DataSource, dialect: Dialect, reading: Reading, title: str, decoded: list[Decoded]
) -> Variable | None:
    """Make the variable of one value; a value that is a whole file is read as one."""
    entry = placed.entry
    value = scalar(entry.value)
    if value is None:
        return None
    name = entry.key.text
    text: str | None = value.text
    if source.encoded and not value.templated:
        text = _decode(value.text)
        reading.cover(value.text)
        for line in reading.places.raw(value.extent).split("\n"):
            reading.cover(line.strip())
    place = reading.value_location(value, entry.extent)
    if text is not None and looks_like_ini(text):
        locate = _whole(place) if source.encoded else _inside(value, reading)
        file = file_of_name(name, text, reading)
        note_profiles(ProfileText(text), reading, locate, f"{title} {name}", f"{name} of {title}", file=file)
        if source.encoded:
            reading.encoded.add(place)
    elif text is not None and source.encoded:
        decoded.append(Decoded(text, value, name, place))
    origin = _origin(value, text, source, dialect)
    role = reading.role_of(name)
    origin = reading.covered(origin, role[0] if role is not None else None)
    if value.templated:
        note_template_damage(name, reading.places.raw(value.extent), place, reading)
    if text is None or not looks_like_ini(text):
        note_corruption(name, origin, place, dialect, reading, encoded=source.encoded)
    return variable(Named(name, origin, place, reading.site(placed), entry.extent), reading)


def _origin(value: Scalar, text: str | None, source: DataSource, dialect: Dialect) -> Origin:
    if dialect.defaults and (value.is_null() or value.text == ""):
        return Unknown("to be filled in")
    if value.is_null():
        return NoneValue()
    if not source.encoded:
        return origin_of(value, dialect)
    if value.templated or text is None:
        return Unknown("data that does not decode")
    return text_origin(text, None) if text else Blank()


def _decode(text: str) -> str | None:
    """Decode base64 to text, or give None."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None


def _whole(place: Location) -> Locate:
    return lambda start, end: place


def _inside(value: Scalar, reading: Reading) -> Locate:
    text_map = reading.places.text_map(value)
    return lambda start, end: reading.location(text_map.extent(start, end))


def _note_client(variables: list[Variable], reading: Reading, title: str) -> None:
    """Put the values together that are parts by their names: those of one SDK, and those of the usual names."""
    families: dict[str, dict[Role, Variable]] = {}
    clouds: dict[str, Cloud] = {}
    for one in variables:
        known = reading.role_of(one.name)
        if known is None:
            continue
        role = Role.TOKEN if known[0] is Role.LEGACY_TOKEN else known[0]
        if role in PARTS:
            families.setdefault(one.family or "", {}).setdefault(role, one)
            clouds.setdefault(one.family or "", known[1])
    for family, parts in families.items():
        key = parts.get(Role.KEY_ID)
        if key is None:
            continue
        made = {role: one.part(role) for role, one in parts.items()}
        reading.add_client(
            Client(
                sink=title,
                cloud=clouds[family],
                use=SinkUse.ENVIRONMENT,
                service=None,
                location=key.key_location,
                credentials=CredentialSet((Alternative.of(made),)),
                token_support=TokenSupport.OPTIONAL,
                endpoint=EndpointKind.ABSENT,
                flows=(title,),
            )
        )
