"""What a role needs and is not given: the permission behind OIDC, a role for the options of one, secrets handed on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from credlint.catalogue.deployment_sources import RoleSource
from credlint.catalogue.deployments import Dialect, SecretCall
from credlint.catalogue.programs import ActionEntry, Caller, Mode
from credlint.catalogue.types import Catalogue
from credlint.credentials.effective import Environment
from credlint.extract.deployment.action_inputs import Step
from credlint.extract.deployment.opening import from_root, neighbour_text
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.tree import (
    Node,
    Scalar,
    Sequence,
    entries,
    reach,
    resolve,
    scalar,
    text_at,
    text_of,
    value_at,
)
from credlint.model.environments import BindingGap, GapKind, RoleBinding
from credlint.model.span import Location
from credlint.model.values import PARTS, Blank, Cloud, NoneValue, Role

_MAXIMUM_NODES = 20_000


def _note(reading: Reading, kind: GapKind, cloud: Cloud, title: str, name: str, place: Location) -> None:
    reading.found.gaps.setdefault((place, kind), BindingGap(kind, cloud, title, name, place))


# -- actions


def note_option_gaps(step: Step, title: str, reading: Reading) -> None:
    """Note options of a role where no role is named, and a false that the action takes as true."""
    action = step.action
    role = step.inputs.get(action.input(Role.ROLE_ARN) or "")
    if role is None or isinstance(role.origin, Blank | NoneValue):
        for name in action.role_options:
            if step.is_given(name):
                _note(reading, GapKind.OPTION_WITHOUT_ROLE, action.cloud, title, name, step.inputs[name].location)
                break
    for name in action.truthy:
        given = step.inputs.get(name)
        if given is not None and (given.text or "").strip().lower() == "false":
            _note(reading, GapKind.FALSE_IS_TRUE, action.cloud, title, name, given.location)


def note_permission_gap(
    step: Step,
    mode: Mode,
    granted: Mode | None,
    title: str,
    environment: Environment,
    before: Callable[[], str],
    reading: Reading,
) -> None:
    """Note a role by OIDC that a machine of the platform cannot assume: the permission, or the provider, is lacking.

    `mode` is what the action does, `granted` what it would do with the permission. Keys, a profile or a role may sign
    instead; `before` gives the text of what ran in the same job until here.
    """
    action = step.action
    if mode.caller is not Caller.ENVIRONMENT or mode.chained or not step.is_given(action.input(Role.ROLE_ARN) or ""):
        return
    if _has_source(environment, action, before, reading):
        return
    place = step.place(Role.ROLE_ARN)
    provider = action.input(Role.IDENTITY_PROVIDER)
    if granted is not None and granted.permission:
        _note(reading, GapKind.NO_PERMISSION, action.cloud, title, "", place)
    elif provider is not None and provider not in step.inputs:
        _note(reading, GapKind.NO_PROVIDER, action.cloud, title, provider, place)


def _has_source(environment: Environment, action: ActionEntry, before: Callable[[], str], reading: Reading) -> bool:
    """Tell whether something but the platform's token may sign for an action."""
    names = _source_names(reading.catalogue, action.cloud)
    if environment.opaque or environment.roles or any(name in environment.variables for name in names):
        return True
    return _mentions(before(), names, reading)


def _source_names(catalogue: Catalogue, cloud: Cloud) -> set[str]:
    """Give the variables by which a process finds credentials."""
    roles = (Role.KEY_ID, Role.PROFILE, Role.CONFIG_FILE, Role.CREDENTIALS_FILE, Role.WEB_IDENTITY_FILE)
    families = [family for family in catalogue.families if family.cloud is cloud]
    return {name for family in families for role in roles for name in family.names(role)}


def _mentions(text: str, names: set[str], reading: Reading) -> bool:
    """Tell whether a text may bring credentials: it names a variable or a file of theirs, or inputs called so."""
    paths = reading.deployments.profiles.paths
    if any(name in text for name in (*names, *paths)):
        return True
    lower = text.lower().replace("-", "_")
    return any(name in lower for name, (role, _) in reading.catalogue.slot_names.items() if role is Role.KEY_ID)


# -- annotations


def misplaced_roles(root: Node, sources: tuple[RoleSource, ...], reading: Reading) -> Iterator[RoleBinding]:
    """Give the annotations of a role that stand where nobody reads them."""
    for source in sources:
        for reached in reach(root, source.at):
            found = scalar(reached.node)
            if found is not None and reached.entry is not None and not found.is_null() and found.text:
                place = reading.location(reached.entry.key.extent, reached.entry.extent)
                yield RoleBinding(source.kind, source.cloud, place, reading.branches(reached.entry.extent))


# -- the platform's token


def note_identity_gaps(root: Node, dialect: Dialect, reading: Reading) -> None:
    """Note the nodes that use the token of the platform without asking for it."""
    form = dialect.identity
    if form is None:
        return
    pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in form.words))
    for holder in _below(value_at(root, form.below), form.holder):
        if text_at(holder, form.at) in form.granted:
            continue
        for found in _scalars(holder):
            word = pattern.search(found.text)
            if word is not None and not found.templated:
                place = reading.location(reading.places.text_map(found).extent(word.start(), word.end()), found.extent)
                title = f"{form.holder} {text_at(holder, 'name') or ''}".strip()
                _note(reading, GapKind.NO_IDENTITY_TOKEN, form.cloud, title, form.at, place)
                break


def _below(node: Node | None, key: str) -> Iterator[Node]:
    """Give the values of a key, however deep they are."""
    stack = [node] if node is not None else []
    for _ in range(_MAXIMUM_NODES):
        if not stack:
            return
        found = resolve(stack.pop())
        if isinstance(found, Sequence):
            stack += reversed(found.items)
        for placed in reversed(entries(found)):
            if placed.entry.key.text == key:
                yield placed.entry.value
            else:
                stack.append(placed.entry.value)


def _scalars(node: Node) -> Iterator[Scalar]:
    """Give the keys and values below a node in order."""
    stack: list[Node] = [node]
    for _ in range(_MAXIMUM_NODES):
        if not stack:
            return
        found = resolve(stack.pop())
        if isinstance(found, Scalar):
            yield found
        elif isinstance(found, Sequence):
            stack += reversed(found.items)
        else:
            for placed in reversed(entries(found)):
                stack += [placed.entry.value, placed.entry.key]


# -- secrets handed on


def note_secret_gaps(root: Node, dialect: Dialect, reading: Reading) -> None:
    """Note the jobs that run another file of the project, which uses secrets of keys, and hand no secrets on."""
    form = dialect.calls
    if form is None:
        return
    for reached in reach(root, form.at):
        uses = scalar(value_at(reached.node, form.uses))
        path = text_of(uses)
        if uses is None or path is None or not path.startswith(form.local) or value_at(reached.node, form.secrets):
            continue
        text = neighbour_text(from_root(path.removeprefix(form.local), reading), reading)
        name, cloud = _secret_of(text or "", form, reading)
        if name:
            place = reading.value_location(uses)
            _note(reading, GapKind.SECRETS_NOT_INHERITED, cloud, f"job {reached.key}", name, place)


def _secret_of(text: str, form: SecretCall, reading: Reading) -> tuple[str, Cloud]:
    """Give the first secret in a file that may be called which is a part of keys by its name; "" for none."""
    for found in re.finditer(form.pattern, text) if form.callee in text else ():
        known = reading.role_of(found[1])
        if known is not None and known[0] in PARTS:
            return found[1], known[1]
    return "", Cloud.AWS
