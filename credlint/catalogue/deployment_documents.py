"""What a document holds: nodes of shapes, objects that others refer to, copies of secrets, patches, demands.

Paths are written as in `deployment_sources`.
"""

from __future__ import annotations

from credlint.catalogue.deployment_shapes import Child
from credlint.catalogue.deployment_sources import Conditions, EnvironmentSource, RoleSource
from credlint.model.environments import GapKind
from credlint.model.records import dataclass
from credlint.model.values import Cloud


@dataclass(frozen=True, slots=True)
class DataSource:
    """Where an object holds its data: a mapping, or a list of `K=V`; whether the values are base64.

    Of values that are `hidden`, encrypted or made elsewhere, nothing but their names is taken.
    """

    at: str
    encoded: bool
    assignments: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ResourceForm:
    """An object that others refer to, or several at the places `at` that are as `when` says.

    With a property of `opaque` it holds more than stands there. At `lasts` stands for how many seconds what it makes is
    good, `lasts_by_default` where nothing does (0: not known). `environment` are data in the forms of variables, which
    give way to data that are there. `files` name files of variables. `title` is what messages call the kind.
    """

    kind: str
    name: str
    namespace: str
    data: tuple[DataSource, ...]
    roles: tuple[RoleSource, ...]
    at: str = ""
    opaque: tuple[str, ...] = ()
    lasts: str = ""
    lasts_by_default: int = 0
    environment: tuple[EnvironmentSource, ...] = ()
    files: tuple[str, ...] = ()
    title: str = ""
    when: Conditions = ()


@dataclass(frozen=True, slots=True)
class CopyForm:
    """A copy of stored secrets that an operator makes and keeps up to date, or not; paths are seen from the document.

    `names` hold the keys of the copy, or have them as keys; `versions` the version that is copied, one of `stale` when
    it is not the one in use. Where a path of `once` has one of its words, it is made once. `maker` is where an object
    is named that makes the credentials.
    """

    kind: str
    name: str
    namespace: str
    interval: str
    once: Conditions
    names: tuple[str, ...]
    versions: tuple[str, ...]
    stale: tuple[str, ...]
    maker: str
    maker_kind: str
    maker_name: str


@dataclass(frozen=True, slots=True)
class Demand:
    """What the value at a path must be like: not `unlike` a pattern, a number in bounds, or a text and no truth value.

    `kind` and `name` are where the document says what it is; `lasts` is the number that is taken for one out of bounds,
    or the minimum where that is for one below it.
    """

    at: str
    gap: GapKind
    cloud: Cloud
    unlike: str
    minimum: int
    maximum: int
    kind: str
    name: str
    lasts: int = 0


@dataclass(frozen=True, slots=True)
class Rollout:
    """What ties processes that run on to the secrets that they were given: a key below `at` that fits one of `keys`."""

    at: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatchForm:
    """Patches `at` these places of objects that come from `bases`, or from folders whose file has one of `names`.

    A patch is a text, there or at `text`, or the name of a file, there or at `file`; it is for its `target`, of a kind
    and a name, or for the object of which `kind` and `name` stand in it. Only one that holds a variable of credentials
    or one of `words` may give some. `parts` name folders whose patches count as well. What stands at `merged` is laid
    over an object of its name where it has `merges`.

    Items of lists are those of the same `key`, and taken away where a patch has what `erased` says. A patch that is a
    list has operations: `pointer` and `value` of each, where it `removes` or `replaces` something, or only `looks`.
    """

    at: tuple[str, ...]
    text: str
    file: str
    target: str
    target_kind: str
    target_name: str
    kind: str
    name: str
    words: tuple[str, ...]
    bases: tuple[str, ...]
    parts: tuple[str, ...]
    names: tuple[str, ...]
    merged: tuple[str, ...]
    merged_name: str
    merges: str
    key: str
    erased: Conditions
    pointer: str
    value: str
    removes: Conditions
    replaces: Conditions
    looks: Conditions


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """What a document holds when every path of `when` has one of the values named.

    At `embedded` stand texts that are documents themselves; it may ask for a `copy` of secrets; `misplaced` are
    annotations of a role that nobody reads. `rollout` tells what ties its processes, which run on, to the secrets that
    they were given, `patches` what it lays over objects of other files.
    """

    when: Conditions
    items: str
    namespace: str
    scopes: tuple[Child, ...]
    resources: tuple[ResourceForm, ...]
    embedded: tuple[str, ...] = ()
    copy: CopyForm | None = None
    demands: tuple[Demand, ...] = ()
    misplaced: tuple[RoleSource, ...] = ()
    rollout: Rollout | None = None
    patches: PatchForm | None = None
