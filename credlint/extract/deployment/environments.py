"""The variables, imports and mounts that one node declares, in whichever form its dialect allows."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.deployment_sources import (
    EnvironmentForm,
    EnvironmentSource,
    ImportSource,
    MountForm,
    MountSource,
    ReferenceForm,
)
from credlint.catalogue.deployments import Dialect
from credlint.credentials.effective import host_of
from credlint.credentials.spelling import almost_names
from credlint.extract.deployment.events import parse_block
from credlint.extract.deployment.expressions import is_filled, process_name, text_origin
from credlint.extract.deployment.functions import node_origin
from credlint.extract.deployment.images import first_text
from credlint.extract.deployment.places import value_extent
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import (
    Alias,
    Extent,
    Mapping,
    Mark,
    Node,
    Scalar,
    Sequence,
    entries,
    get,
    meets,
    reach,
    resolve,
    scalar,
    text_at,
    text_of,
    value_at,
)
from credlint.model.environments import EnvironmentImport, Mount, Variable
from credlint.model.records import dataclass, replace
from credlint.model.span import Location
from credlint.model.values import (
    SECRET_ROLES,
    Blank,
    Literal,
    NoneValue,
    Origin,
    Reference,
    ReferenceKind,
    Role,
    Unknown,
)

"""The parts of credentials: their literals are covered wherever the file is shown."""

_HOME = ("~", "$HOME", "${HOME}")


@dataclass(frozen=True, slots=True)
class Named:
    """A variable as it stands: name and value with their places, and the entry around both."""

    name: str
    origin: Origin
    location: Location
    key_location: Location
    extent: Extent


def read_environment(node: Node, source: EnvironmentSource, dialect: Dialect, reading: Reading) -> Iterator[Variable]:
    """Give the variables that stand at the place of a source below a node."""
    decision = reading.conditions.fresh() if source.conditional else 0
    for arm, reached in enumerate(reach(node, source.at)):
        if source.parts:
            yield from _from_parts(reached.node, source, dialect, reading)
            continue
        for named in variables_at(reached.node, source, dialect, reading):
            if source.capitals and reading.catalogue.variable(named.name) is None:
                named = replace(named, name=process_name(named.name))  # noqa: PLW2901 - the same under its other name
            if dialect.defaults and isinstance(named.origin, Blank | NoneValue):
                named = replace(named, origin=Unknown("to be filled in"))  # noqa: PLW2901 - the same, less sure
            made = variable(named, reading)
            if source.conditional:
                made = replace(made, branches=made.branches | {(decision, arm)})
            yield replace(made, outranked=True) if source.outranked else made


def variable(named: Named, reading: Reading) -> Variable:
    """Make a variable: what the catalogue knows about its name, and its value where that may be shown."""
    entry = reading.catalogue.variable(named.name)
    role = entry.role if entry else None
    if entry is not None or (almost_names([named.name], reading.catalogue) and reading.is_read(named.name)):
        reading.found.variables[named.name] = None
    origin, plain = _shown(named.origin, role, reading)
    return Variable(
        name=named.name,
        value=origin,
        location=named.location,
        key_location=named.key_location,
        family=entry.family if entry else None,
        role=role,
        plain=plain,
        branches=reading.branches(named.extent),
        cloud=entry.cloud if entry else None,
    )


def with_value(variable: Variable, other: Variable, reading: Reading) -> Variable:
    """Give a variable with the value of another one, which stands where that stands."""
    origin, plain = _shown(other.value, variable.role, reading)
    return replace(variable, value=origin, plain=plain, location=other.location)


def _shown(origin: Origin, role: Role | None, reading: Reading) -> tuple[Origin, str | None]:
    """Give a value, covered where it is a part of credentials, and what may be shown of any other literal."""
    if not isinstance(origin, Literal):
        return origin, None
    text = origin.text.reveal()
    if role in SECRET_ROLES:
        return Literal(reading.cover(text, key_id=role is Role.KEY_ID)), None
    return origin, text if role is not None else _plain_host(text)


def _plain_host(text: str) -> str | None:
    """Give `//host` of a URL, which may be shown; whatever else stands in the value of an unknown variable may not."""
    host = host_of(text)
    return f"http://{host}" if host else None


def variables_at(node: Node, source: EnvironmentSource, dialect: Dialect, reading: Reading) -> Iterator[Named]:
    """Give the variables that a node holds, in whichever form: of two equal keys of a mapping the last one."""
    found = resolve(node)
    site = reading.location(node.extent) if isinstance(node, Alias) else None
    if isinstance(found, Scalar) and found.style == "|" and dialect.defaults:  # a text that the chart puts in
        for document in parse_block(found, reading.places.lines):
            if document.root is not None and not isinstance(document.root, Scalar):
                yield from variables_at(document.root, source, dialect, reading)
        return
    if isinstance(found, Mapping) and not {EnvironmentForm.MAP, EnvironmentForm.DESCRIBED}.isdisjoint(source.forms):
        yield from _from_map(node, source, dialect, reading)
    elif isinstance(found, Sequence):
        for item in found.items:
            inner = resolve(item)
            if isinstance(inner, Mapping) and EnvironmentForm.MAPS in source.forms:
                yield from _from_map(item, source, dialect, reading)
                continue
            if isinstance(inner, Mapping) and EnvironmentForm.ENTRIES in source.forms:
                named = _from_entry(inner, source, dialect, reading)
            elif isinstance(inner, Scalar) and EnvironmentForm.ASSIGNMENTS in source.forms:
                named = _from_assignment(inner, source, dialect, reading)
            else:
                named = None
            if named is not None:
                yield named if site is None else Named(named.name, named.origin, named.location, site, named.extent)


def _from_map(node: Node, source: EnvironmentSource, dialect: Dialect, reading: Reading) -> Iterator[Named]:
    for placed in entries(node):
        entry = placed.entry
        name = entry.key.text
        described = EnvironmentForm.DESCRIBED in source.forms and isinstance(resolve(entry.value), Mapping)
        inner = value_at(entry.value, source.value) if described else entry.value
        value = scalar(inner)
        origin = Unknown("value from elsewhere") if inner is None else _value_origin(inner, name, source, dialect)
        place = (
            reading.value_location(value, entry.extent) if value else reading.location(entry.key.extent, entry.extent)
        )
        yield Named(name, origin, place, reading.site(placed), entry.extent)


def _value_origin(node: Node, name: str, source: EnvironmentSource, dialect: Dialect) -> Origin:
    if source.refers is not None:
        stored = text_of(node) or first_text(node, source.value)
        return Reference(source.refers, stored if stored and source.refers is ReferenceKind.SECRET_STORE else name)
    value = scalar(node)
    if value is not None and value.is_null():
        return Reference(source.missing, name) if source.missing else NoneValue()
    return node_origin(node, dialect)


def _from_entry(node: Mapping, source: EnvironmentSource, dialect: Dialect, reading: Reading) -> Named | None:
    """Read {name: K, value: V}, or a reference in place of the value."""
    name_entry = get(node, source.name)
    name = text_of(name_entry.entry.value) if name_entry else None
    name_scalar = scalar(name_entry.entry.value) if name_entry else None
    if name is None or name_scalar is None:
        return None
    extent = Extent(node.extent.start, _end(node))
    key = reading.location(value_extent(name_scalar), extent)
    for form in source.references:
        target = value_at(node, form.at)
        if target is not None and meets(node, form.when):
            return Named(name, _reference(target, form, dialect), key, key, extent)
    value_entry = get(node, source.value)
    if value_entry is None:
        others = len(entries(node)) > 1
        origin: Origin = Unknown("value from elsewhere") if others else Blank()
        return Named(name, origin, key, key, extent)
    value = scalar(value_entry.entry.value)
    if value is None:
        return Named(name, node_origin(value_entry.entry.value, dialect), key, key, extent)
    origin = Blank() if value.is_null() else node_origin(value_entry.entry.value, dialect)
    return Named(name, origin, reading.value_location(value, extent), key, extent)


def _reference(target: Node, form: ReferenceForm, dialect: Dialect) -> Origin:
    if not form.name:  # the reference is a text of its own
        text = text_of(target)
        return Reference(form.kind, text) if text else node_origin(target, dialect)
    name, field = text_at(target, form.name), text_at(target, form.field)
    if name is None or field is None or is_filled(name) or is_filled(field):
        return Unknown("reference that a template fills in")
    if form.optional and text_at(target, form.optional) == "true":
        return Unknown("optional reference", f"{name}.{field}")
    return Reference(form.kind, name, field)


def _from_assignment(item: Scalar, source: EnvironmentSource, dialect: Dialect, reading: Reading) -> Named | None:
    """Read `K=V`, or `K` alone."""
    name, equals, value = item.text.partition("=")
    name = name.strip()
    if not name or item.templated:
        return None
    extent = item.extent
    text_map = reading.places.text_map(item)
    key = reading.location(text_map.extent(0, len(name)), extent)
    if not equals:
        origin: Origin = Reference(source.missing, name) if source.missing else Blank()
        return Named(name, origin, key, key, extent)
    place = reading.location(text_map.extent(len(name) + 1, len(item.text)), extent) if value else key
    return Named(name, text_origin(value, dialect), place, key, extent)


def _from_parts(node: Node, source: EnvironmentSource, dialect: Dialect, reading: Reading) -> Iterator[Variable]:
    """Read a setting that holds the parts of credentials, each a text or a reference."""
    for role, path in source.parts:
        name = path.rpartition(".")[2]
        for reached in reach(node, path):
            if reached.entry is None:
                continue
            extent = reached.entry.extent
            key = reading.location(reached.entry.key.extent, extent)
            value = scalar(reached.node)
            place = key if value is None else reading.value_location(value, extent)
            form = next(iter(source.references), None)
            if value is None and form is not None:
                origin = _reference(reached.node, form, dialect)
            else:
                origin = NoneValue() if value is not None and value.is_null() else node_origin(reached.node, dialect)
            origin = reading.covered(origin, role)
            plain = None
            if role is Role.ENDPOINT and isinstance(origin, Literal):
                host = origin.text.reveal()
                plain = _plain_host(host if "://" in host else f"https://{host}")
            yield Variable(
                name=name, value=origin, location=place, key_location=key, family=dialect.name, role=role,
                plain=plain, branches=reading.branches(extent), cloud=source.cloud,
            )  # fmt: skip


def _end(node: Mapping) -> Mark:
    return max((entry.extent.end for entry in node.entries), default=node.extent.end)


def read_imports(node: Node, source: ImportSource, reading: Reading) -> Iterator[EnvironmentImport]:
    """Give the imports of variables below a node."""
    for reached in reach(node, source.at):
        target = value_at(reached.node, source.name)
        if target is None and scalar(reached.node) is not None:
            target = reached.node  # the short form: the name alone
        name = reading.name_at(target, "")
        if target is None or scalar(target) is None:
            continue
        optional = text_at(reached.node, source.optional) if source.optional else None
        yield EnvironmentImport(
            resource=source.resource,
            name=name or "",
            prefix=(text_at(reached.node, source.prefix) if source.prefix else None) or "",
            optional=optional == ("false" if source.optional.endswith("required") else "true"),
            location=reading.location(target.extent),
            branches=reading.branches(target.extent),
        )


def read_mounts(node: Node, parent: Node | None, source: MountSource, reading: Reading) -> Iterator[Mount]:
    """Give the files and folders that a node mounts; `parent` is where volumes are declared."""
    volumes = _volumes(parent, source) if source.form is MountForm.VOLUMES else {}
    for reached in reach(node, source.at):
        target = text_at(reached.node, source.target)
        origin = text_at(reached.node, source.source)
        whole = text_of(reached.node)
        if source.form is MountForm.BINDS and whole is not None:
            origin, _, target = whole.partition(":")
            target = target.partition(":")[0] or origin
        if target is None:
            continue
        held = volumes.get(origin or "") or [("volume", origin or "")]
        if source.form is MountForm.BINDS:
            held = [("host" if (origin or "").startswith((*_HOME, "/", ".")) else "volume", origin or "")]
        part = bool(source.part) and value_at(reached.node, source.part) is not None
        is_file = any(target.endswith(f"/{path}") for path in reading.deployments.profiles.paths)
        folders = {path.rpartition("/")[0] for path in reading.deployments.profiles.paths}
        is_folder = target.rstrip("/").rpartition("/")[2] in folders
        place = reading.location(reached.node.extent)
        for kind, name in held:
            yield Mount(target, kind, name, place, part, is_file, is_file or is_folder)


def _volumes(parent: Node | None, source: MountSource) -> dict[str, list[tuple[str, str]]]:
    """Give kind and name of what each volume holds: one object, or several of a projected one."""
    found: dict[str, list[tuple[str, str]]] = {}
    if parent is None:
        return found
    for reached in reach(parent, source.volumes):
        name = text_at(reached.node, source.named)
        for kind, paths in source.sources:
            for target in (text_of(one.node) for path in paths.split("|") for one in reach(reached.node, path)):
                if name is not None and target is not None:
                    found.setdefault(name, []).append((kind, target))
    return found
