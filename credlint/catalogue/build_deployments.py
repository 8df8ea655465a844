"""One document of rules/deployments, rules/actions or rules/commands to its type, with a closed set of keys everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from credlint.catalogue.deployments import (
    ActionEntry,
    ActionUse,
    Caller,
    Child,
    CommandEntry,
    ConfigureForm,
    DataSource,
    Dialect,
    DocumentForm,
    EnvironmentForm,
    EnvironmentSource,
    ExpressionSyntax,
    HandOn,
    ImportSource,
    Mode,
    MountForm,
    MountSource,
    Permission,
    ProfileSettings,
    ReferenceForm,
    RequestForm,
    ResourceForm,
    RoleSource,
    ScriptForm,
    ScriptSource,
    Shape,
    Signature,
)
from credlint.model.facts import RoleKind
from credlint.model.values import Cloud, ReferenceKind, Role

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry

_Built = TypeVar("_Built")
_ROLES = frozenset(role.value for role in Role)
_FORMS = tuple(EnvironmentForm)


def dialect(entry: Entry) -> Dialect:
    """Read a dialect."""
    fields = _Fields(
        entry,
        "schema dialect title triggers recognise expressions logged mask_command environment_file output_file web_identity "
        "default_service_account permission documents shapes",
        "dialect title recognise documents shapes",
    )
    expressions = fields.sub("expressions", "syntax contexts step_output")
    contexts = expressions.mapping("contexts") if expressions else {}
    shapes = tuple(_shape(name, shape) for name, shape in fields.mapping("shapes").items())
    documents = fields.each("documents", _document)
    known = {shape.name for shape in shapes}
    used = [child for holder in (*shapes, *documents) for child in _children_of(holder)]
    for child in used:
        if child.shape not in known:
            raise fields.entry.fail(f"no shape is called {child.shape}")
    return Dialect(
        name=fields.text("dialect"),
        title=fields.text("title"),
        recognise=fields.each("recognise", _signature),
        syntax=expressions.entries["syntax"].member(ExpressionSyntax) if expressions else ExpressionSyntax.NONE,
        contexts=tuple((context, kind.member(ReferenceKind)) for context, kind in contexts.items()),
        step_output=expressions.text("step_output") if expressions else "",
        logged=fields.flag("logged"),
        mask_command=fields.text("mask_command"),
        environment_file=fields.text("environment_file"),
        output_file=fields.text("output_file"),
        web_identity=_member(fields, "web_identity", RoleKind.OIDC),
        default_service_account=fields.text("default_service_account"),
        permission=_permission(fields.entries["permission"]) if "permission" in fields.entries else None,
        documents=documents,
        shapes=shapes,
    )


def action_entry(entry: Entry) -> ActionEntry:
    """Read an action."""
    fields = _Fields(
        entry,
        "schema action cloud triggers source inputs variables since modes exports silent_when_false silent_when_given outputs "
        "takes_token",
        "action cloud inputs",
    )
    return ActionEntry(
        name=fields.text("action").lower(),
        cloud=fields.entries["cloud"].member(Cloud),
        inputs=_roles(fields, "inputs"),
        variables=tuple((name, variable.text()) for name, variable in fields.mapping("variables").items()),
        since=tuple((name, version_numbers(since.text())) for name, since in fields.mapping("since").items()),
        modes=fields.each("modes", _mode),
        exports=fields.texts("exports"),
        silent_when_false=fields.texts("silent_when_false"),
        silent_when_given=fields.texts("silent_when_given"),
        outputs=_roles(fields, "outputs"),
        takes_token=fields.flag("takes_token", default=True),
    )


def command_entry(entry: Entry) -> CommandEntry:
    """Read a command."""
    fields = _Fields(
        entry, "schema command cloud triggers source requests configure shows hands_on", "command"
    )
    return CommandEntry(
        names=fields.texts("command"),
        cloud=_member(fields, "cloud", Cloud.S3_COMPATIBLE),
        requests=fields.each("requests", _request),
        configure=fields.each("configure", _configure),
        shows=fields.each("shows", lambda item: item.texts()),
        hands_on=fields.each("hands_on", _hand_on),
    )


def profile_settings(entry: Entry) -> ProfileSettings:
    """Read what the settings of credentials and config files mean."""
    fields = _Fields(
        entry, "schema profiles paths section_prefix roles duration operation source role indirect unless endpoints", "profiles roles"
    )
    return ProfileSettings(
        roles=tuple((name.text(), Role(role)) for role, names in fields.mapping("roles").items() for name in names.items()),
        duration=fields.text("duration"),
        operation=fields.text("operation"),
        source=fields.text("source"),
        role=fields.text("role"),
        indirect=fields.texts("indirect"),
        unless=fields.texts("unless"),
        endpoints=fields.texts("endpoints"),
        paths=fields.texts("paths"),
        section_prefix=fields.text("section_prefix"),
    )


def version_numbers(text: str) -> tuple[int, ...]:
    """Give the numbers of a version ("v6.1" -> (6, 1)); () for what is none."""
    found = re.fullmatch(r"v?(\d+(?:\.\d+)*)", text.strip())
    return tuple(int(part) for part in found[1].split(".")) if found else ()


class _Fields:
    """The keys of one mapping, closed; missing ones read as empty."""

    def __init__(self, entry: Entry, allowed: str, required: str = "") -> None:
        self.entry = entry
        self.entries = entry.mapping(frozenset(allowed.split()), frozenset(required.split()))

    def text(self, key: str, default: str = "") -> str:
        return self.entries[key].text() if key in self.entries else default

    def texts(self, key: str) -> tuple[str, ...]:
        return self.entries[key].texts() if key in self.entries else ()

    def flag(self, key: str, *, default: bool = False) -> bool:
        return self.entries[key].boolean() if key in self.entries else default

    def mapping(self, key: str) -> dict[str, Entry]:
        return self.entries[key].mapping() if key in self.entries else {}

    def each(self, key: str, build: Callable[[Entry], _Built]) -> tuple[_Built, ...]:
        return tuple(build(item) for item in self.entries[key].items()) if key in self.entries else ()

    def sub(self, key: str, allowed: str) -> _Fields | None:
        return _Fields(self.entries[key], allowed) if key in self.entries else None


_Enumerated = TypeVar("_Enumerated", RoleKind, Cloud, Caller, ScriptForm, MountForm)


def _member(fields: _Fields, key: str, default: _Enumerated) -> _Enumerated:
    return fields.entries[key].member(type(default)) if key in fields.entries else default


def _roles(fields: _Fields, key: str) -> tuple[tuple[Role, str], ...]:
    if key not in fields.entries:
        return ()
    return tuple((Role(role), name.text()) for role, name in fields.entries[key].mapping(_ROLES).items())


def _children_of(holder: Shape | DocumentForm) -> tuple[Child, ...]:
    return holder.children if isinstance(holder, Shape) else holder.scopes


def _signature(entry: Entry) -> Signature:
    fields = _Fields(entry, "paths has", "has")
    return Signature(fields.texts("paths"), fields.texts("has"))


def _shape(name: str, entry: Entry) -> Shape:
    fields = _Fields(
        entry,
        "title process ordered environment imports mounts scripts action condition image neighbours opaque service_account "
        "children",
        "title",
    )
    action = fields.sub("action", "uses inputs id")
    return Shape(
        name=name,
        title=fields.text("title"),
        process=fields.flag("process"),
        ordered=fields.flag("ordered"),
        environment=fields.each("environment", _environment),
        imports=fields.each("imports", _import),
        mounts=fields.each("mounts", _mount),
        scripts=fields.each("scripts", _script),
        action=ActionUse(action.text("uses"), action.text("inputs"), action.text("id")) if action else None,
        condition=fields.text("condition"),
        image=fields.text("image"),
        neighbours=fields.text("neighbours"),
        opaque=fields.texts("opaque"),
        service_account=fields.text("service_account"),
        children=fields.each("children", _child),
    )


def _child(entry: Entry) -> Child:
    fields = _Fields(entry, "at shape", "at shape")
    return Child(fields.text("at"), fields.text("shape"))


def _environment(entry: Entry) -> EnvironmentSource:
    fields = _Fields(entry, "at forms name value references missing", "at forms")
    return EnvironmentSource(
        at=fields.text("at"),
        forms=tuple(item.member(EnvironmentForm) for item in fields.entries["forms"].items()),
        name=fields.text("name", "name"),
        value=fields.text("value", "value"),
        references=fields.each("references", _reference),
        missing=fields.entries["missing"].member(ReferenceKind) if "missing" in fields.entries else None,
    )


def _reference(entry: Entry) -> ReferenceForm:
    fields = _Fields(entry, "at kind name field optional", "at kind name")
    return ReferenceForm(
        fields.text("at"), fields.entries["kind"].member(ReferenceKind), fields.text("name"), fields.text("field"),
        fields.text("optional"),
    )  # fmt: skip


def _import(entry: Entry) -> ImportSource:
    fields = _Fields(entry, "at resource name prefix optional", "at resource")
    return ImportSource(
        fields.text("at"), fields.text("resource"), fields.text("name"), fields.text("prefix"), fields.text("optional")
    )


def _mount(entry: Entry) -> MountSource:
    fields = _Fields(entry, "at form target source volumes sources", "at form target source")
    return MountSource(
        at=fields.text("at"),
        form=fields.entries["form"].member(MountForm),
        target=fields.text("target"),
        source=fields.text("source"),
        volumes=fields.text("volumes"),
        sources=tuple((kind, path.text()) for kind, path in fields.mapping("sources").items()),
    )


def _script(entry: Entry) -> ScriptSource:
    fields = _Fields(entry, "at form shell", "at")
    return ScriptSource(fields.text("at"), _member(fields, "form", ScriptForm.SCRIPT), fields.text("shell"))


def _role(entry: Entry) -> RoleSource:
    fields = _Fields(entry, "at kind cloud", "at kind cloud")
    return RoleSource(fields.text("at"), fields.entries["kind"].member(RoleKind), fields.entries["cloud"].member(Cloud))


def _document(entry: Entry) -> DocumentForm:
    fields = _Fields(entry, "when items namespace scopes resource")
    return DocumentForm(
        when=tuple((path, values.texts()) for path, values in fields.mapping("when").items()),
        items=fields.text("items"),
        namespace=fields.text("namespace"),
        scopes=fields.each("scopes", _child),
        resource=_resource(fields.entries["resource"]) if "resource" in fields.entries else None,
    )


def _resource(entry: Entry) -> ResourceForm:
    fields = _Fields(entry, "kind name namespace data roles", "kind name")
    return ResourceForm(
        kind=fields.text("kind"),
        name=fields.text("name"),
        namespace=fields.text("namespace"),
        data=fields.each("data", _data),
        roles=fields.each("roles", _role),
    )


def _data(entry: Entry) -> DataSource:
    fields = _Fields(entry, "at encoded", "at")
    return DataSource(fields.text("at"), fields.flag("encoded"))


def _permission(entry: Entry) -> Permission:
    fields = _Fields(entry, "at name granted all caller_at caller", "at name granted")
    return Permission(
        fields.text("at"), fields.text("name"), fields.texts("granted"), fields.texts("all"), fields.text("caller_at"),
        fields.text("caller"),
    )  # fmt: skip


def _mode(entry: Entry) -> Mode:
    fields = _Fields(entry, "given permission operation caller chained binding", "given")
    return Mode(
        given=fields.texts("given"),
        permission=fields.flag("permission"),
        operation=fields.text("operation") or None,
        caller=_member(fields, "caller", Caller.NOBODY),
        chained=fields.flag("chained"),
        binding=fields.entries["binding"].member(RoleKind) if "binding" in fields.entries else None,
    )


def _request(entry: Entry) -> RequestForm:
    fields = _Fields(entry, "words operation duration query answers", "words operation")
    return RequestForm(
        words=fields.texts("words"),
        operation=fields.text("operation"),
        duration=fields.text("duration"),
        query=fields.text("query"),
        answers=fields.flag("answers", default=True),
    )


def _configure(entry: Entry) -> ConfigureForm:
    fields = _Fields(entry, "words settings profile", "words settings")
    settings = fields.mapping("settings")
    return ConfigureForm(
        words=fields.texts("words"),
        settings=tuple((name, role.member(Role)) for name, role in settings.items()),
        profile=fields.text("profile"),
    )


def _hand_on(entry: Entry) -> HandOn:
    fields = _Fields(entry, "words options", "words options")
    return HandOn(fields.texts("words"), fields.texts("options"))
