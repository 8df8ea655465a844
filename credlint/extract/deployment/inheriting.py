"""What a node takes from others: of its own file, of one that it names, or of one that its file is laid over."""

from __future__ import annotations

from collections.abc import Iterator

from credlint.catalogue.deployment_shapes import ExtendsForm, OverlayForm, Shape
from credlint.catalogue.deployments import Dialect
from credlint.extract.deployment.env_files import variables_of
from credlint.extract.deployment.environments import read_environment, read_imports, read_mounts
from credlint.extract.deployment.images import first_text, may_bring
from credlint.extract.deployment.opening import beside, open_neighbour
from credlint.extract.deployment.reading import Opened, Reading
from credlint.extract.deployment.tree import Node, get, items, resolve, text_at, text_of, value_at
from credlint.model.environments import EnvironmentImport, Mount, Variable
from credlint.model.globs import fits
from credlint.model.records import dataclass, replace
from credlint.model.span import Location

_MAXIMUM_DEPTH = 5
_ENV_FILE = "env_file"


@dataclass(frozen=True, slots=True)
class Inherited:
    """What the bases of a node give it, outer before inner. `seen` tells that all of them were found."""

    imports: tuple[EnvironmentImport, ...] = ()
    variables: tuple[Variable, ...] = ()
    mounts: tuple[Mount, ...] = ()
    image: str | None = None
    nodes: tuple[Node, ...] = ()
    roots: tuple[Node, ...] = ()
    seen: bool = True


class Inheritance:
    """Finds the bases of the nodes of one document."""

    def __init__(self, root: Node, dialect: Dialect, reading: Reading) -> None:
        self._root = root
        self._dialect = dialect
        self._reading = reading
        self._laid_over: list[Opened | None] = []

    def of(self, node: Node, key: str, shape: Shape, place: Location) -> Inherited:
        """Give what a node inherits; `key` is its name among its siblings, `place` where it stands."""
        bases, seen = list(self._overlaid(node, key, shape)), True
        site = place
        if shape.extends is not None and value_at(node, shape.extends.at) is not None:
            more, seen = self._extended(node, self._root, shape.extends, self._reading, 0)
            bases += more
            named = value_at(node, shape.extends.at)
            site = self._reading.location(named.extent) if named is not None else site
        if not bases:
            return Inherited(seen=seen)
        imports: list[EnvironmentImport] = []
        variables: list[Variable] = []
        mounts: list[Mount] = []
        image: str | None = None
        for base, _, reading in bases:
            here = reading is self._reading
            imports += imports_of(base, shape, self._dialect, reading, None if here else site)
            for source in shape.environment:
                found = read_environment(base, source, self._dialect, reading)
                variables += (one if here else replace(one, key_location=site) for one in found)
            for mount in shape.mounts:
                mounts += read_mounts(base, None, mount, reading)
            image = (first_text(base, shape.image) if shape.image else None) or image
            seen = seen and not any(value_at(base, path) is not None for path in shape.opaque)
        return Inherited(
            tuple(imports), tuple(variables), tuple(mounts), image, tuple(base for base, _, _ in bases),
            tuple(root for _, root, _ in bases), seen,
        )  # fmt: skip

    def _extended(
        self, node: Node, root: Node, form: ExtendsForm, reading: Reading, depth: int
    ) -> tuple[list[tuple[Node, Node, Reading]], bool]:
        """Follow `extends`: give the bases with root and reading of their file, outermost first.

        False tells that not all of them are seen.
        """
        found: list[tuple[Node, Node, Reading]] = []
        given = value_at(node, form.at)
        if given is None or depth >= _MAXIMUM_DEPTH:
            return found, given is None
        seen = True
        for one in items(given) or [resolve(given)]:
            name = text_of(one) or text_at(one, form.name) if form.name else text_of(one)
            file = text_at(one, form.file) if form.file else None
            opened = open_neighbour(beside(reading.path, file), reading) if file else None
            start, where = (root, reading) if file is None else _first(opened) if opened else (None, reading)
            base = _named(start, form.among, name) if start is not None and name else None
            if base is None or start is None:
                seen = False
                continue
            outer, all_seen = self._extended(base, start, form, where, depth + 1)
            found += [*outer, (base, start, where)]
            seen = seen and all_seen
        return found, seen

    def _overlaid(self, node: Node, key: str, shape: Shape) -> Iterator[tuple[Node, Node, Reading]]:
        """Give the node of the same name in the file that this one is laid over."""
        form = shape.overlay
        folder, _, file = self._reading.path.rpartition("/")
        stem, _, rest = file.partition(".")
        if form is None or rest.count(".") != 1 or not any(fits(file, glob) for glob in form.files):
            return
        certain = any(fits(file, glob) for glob in form.always)
        if not certain and any(value_at(node, path) is not None for path in form.complete):
            return
        if not self._laid_over:
            path = f"{folder}/{stem}" if folder else stem
            names = [f"{path}.{extension}" for extension in (rest.rpartition(".")[2], "yml", "yaml")]
            self._laid_over.append(
                next((one for name in dict.fromkeys(names) if (one := open_neighbour(name, self._reading))), None)
            )
        opened = self._laid_over[0]
        start, where = _first(opened) if opened else (None, self._reading)
        base = _named(start, form.among, key) if start is not None else None
        if base is not None and start is not None:
            if shape.extends is not None:
                yield from self._extended(base, start, shape.extends, where, 1)[0]
            yield base, start, where

    def is_completed(self, key: str, shape: Shape) -> bool:
        """Tell whether a file that is always laid over this one gives the node of a key what may be lacking here.

        That is a part of credentials, a file of variables or of profiles, or another node to take them from.
        """
        form = shape.overlay
        folder, _, file = self._reading.path.rpartition("/")
        stem, _, rest = file.partition(".")
        if form is None or not rest or "." in rest:
            return False
        start = f"{folder}/{stem}" if folder else stem
        seconds = [glob.split(".")[1] for glob in form.always]
        names = [f"{start}.{second}.{ending}" for second in seconds for ending in ("yml", "yaml")]
        opened = (one for name in names if (one := open_neighbour(name, self._reading)) is not None)
        return any(self._gives(*_first(one), key, shape, form) for one in opened)

    def _gives(self, root: Node | None, reading: Reading, key: str, shape: Shape, form: OverlayForm) -> bool:
        node = _named(root, form.among, key) if root is not None else None
        if node is None:
            return False
        paths = [*shape.opaque, *([shape.extends.at] if shape.extends else [])]
        return (
            any(value_at(node, path) is not None for path in paths)
            or any(True for source in shape.imports for _ in read_imports(node, source, reading))
            or may_bring(node, reading)
            or any(
                one.role is not None
                for source in shape.environment
                for one in read_environment(node, source, self._dialect, reading)
            )
        )


def imports_of(
    node: Node, shape: Shape, dialect: Dialect, reading: Reading, site: Location | None = None
) -> Iterator[EnvironmentImport]:
    """Give the imports of a node, those of files that the project shows with their variables.

    A variable of another file is set at `site`, or where the file is named: there a finding can point.
    """
    for source in shape.imports:
        for one in read_imports(node, source, reading):
            found = variables_of(one.name, dialect, reading) if one.resource == _ENV_FILE else None
            if found is None:
                yield one
            else:
                place = site or one.location
                yield replace(one, variables=tuple(replace(each, key_location=place) for each in found))


def _first(opened: Opened) -> tuple[Node | None, Reading]:
    roots = [document.root for document in opened.documents if document.root is not None]
    return (roots[0] if roots else None), opened.reading


def _named(root: Node, among: str, name: str) -> Node | None:
    holder = value_at(root, among) if among else root
    placed = get(holder, name) if holder is not None else None
    return placed.entry.value if placed is not None else None
