"""The shapes of nodes with an environment: what they hold, what they take from others, which nodes stand below them.

Paths are written as in `deployment_sources`.
"""

from __future__ import annotations

from credlint.catalogue.deployment_sources import (
    Conditions,
    EnvironmentSource,
    FileSource,
    ImportSource,
    MountSource,
    RequestSource,
    RoleSource,
    ScriptSource,
)
from credlint.model.records import dataclass


@dataclass(frozen=True, slots=True)
class ActionUse:
    """Where a node names an action, its inputs, and the id by which later nodes refer to its outputs.

    `separator` stands before the version. Where `keyed`, the key of the only entry names the action, and its value
    holds the inputs; the part before the first "/" may stand for a name with its version in the mapping at `names`.
    Or the action is a key `among` others, one that fits a glob. Steps with one of `tolerant` are meant to fail.
    """

    uses: str
    inputs: str
    id: str
    separator: str = "@"
    keyed: bool = False
    names: str = ""
    among: tuple[str, ...] = ()
    tolerant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """Nodes below a node that are of a shape; at `skip` stand the names of those that are given no role.

    Where there is `when`, only those of which every path has one of the values named. `has` are paths of which they
    have one, `lacks` those of which they have none. In the place of a node with one of the paths of `through` stand
    the nodes there, if they are there at all. What stands at `sole` of the node above is one of them and nothing else:
    where it has more keys, the document lists what can be said, and says none of it.
    """

    at: str
    shape: str
    skip: str = ""
    when: Conditions = ()
    has: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    sole: str = ""


@dataclass(frozen=True, slots=True)
class ExtendsForm:
    """Where a node names others that it takes its properties from: `among` is where these stand, seen from their root.

    A name may stand alone or at `name`, beside it the `file` that the other stands in.
    """

    at: str
    among: str
    name: str
    file: str


@dataclass(frozen=True, slots=True)
class OverlayForm:
    """Names of files that are laid over another one, whose name is theirs without its second part (`x.override.yml`).

    A node is laid over that of its name `among` those of the other; for files other than `always` only if it lacks all
    of `complete`, without which it is nothing by itself.
    """

    files: tuple[str, ...]
    always: tuple[str, ...]
    among: str
    complete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of node with an environment.

    `title` may hold {key} and {path|path}; `process` tells that something runs there; `ordered` that children run
    one after the other, so that what one exports is there for the next; `neighbours` are images that run beside it;
    `dotenv` is where files are named whose lines later siblings have as variables; `extends` and `overlay` are what
    it takes from other nodes. `roles` are bound by its properties or, without a place, by its platform; `reserved`
    are variables that the platform sets and lets nobody else set; `injected` those that it sets beside others when
    it gives a role. Where it is `closed`, nothing but what stands here sets variables of keys. `files` are those that
    it writes, `values` mappings of names to values for the steps behind it. Without a node at `complete` it is a
    change of another that has more. At `defaults` stand inputs for actions below it, by the names of these or of
    their groups. At `runner` stands the machine, which is one of the platform's own, with no role, when its name fits
    a glob of `hosted`. At `build` stands the folder from which the image is made, at `dockerfile` the name of its
    recipe. At `minutes` stands how long it may run, at `outputs` what others have of it, at
    `code` the folder of the programs that run in it.
    """

    name: str
    title: str
    process: bool
    ordered: bool
    environment: tuple[EnvironmentSource, ...]
    imports: tuple[ImportSource, ...]
    mounts: tuple[MountSource, ...]
    scripts: tuple[ScriptSource, ...]
    action: ActionUse | None
    condition: str
    image: str
    neighbours: str
    opaque: tuple[str, ...]
    service_account: str
    children: tuple[Child, ...]
    dotenv: str = ""
    extends: ExtendsForm | None = None
    overlay: OverlayForm | None = None
    roles: tuple[RoleSource, ...] = ()
    requests: tuple[RequestSource, ...] = ()
    reserved: tuple[str, ...] = ()
    injected: tuple[str, ...] = ()
    closed: bool = False
    files: tuple[FileSource, ...] = ()
    values: tuple[str, ...] = ()
    complete: str = ""
    defaults: str = ""
    runner: str = ""
    hosted: tuple[str, ...] = ()
    build: str = ""
    dockerfile: str = ""
    minutes: str = ""
    outputs: str = ""
    code: str = ""
