"""Shapes of rules/deployments to their types: where nodes hold what, with a closed set of keys everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credlint.catalogue.deployment_shapes import ActionUse, Child, ExtendsForm, OverlayForm, Shape
from credlint.catalogue.deployment_sources import (
    DurationForm,
    EnvironmentForm,
    EnvironmentSource,
    FileSource,
    ImportSource,
    MountForm,
    MountSource,
    ReferenceForm,
    RequestSource,
    RoleSource,
    ScriptForm,
    ScriptSource,
)
from credlint.catalogue.schema_fields import Fields, conditions, member, roles
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud, ReferenceKind

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


def shape_form(name: str, entry: Entry) -> Shape:
    """Read a shape."""
    fields = Fields(
        entry,
        "title process ordered environment imports mounts scripts action condition image neighbours opaque "
        "service_account children extends overlay complete dotenv roles requests reserved injected closed files "
        "values defaults runner hosted build dockerfile minutes outputs code",
        "title",
    )
    action = fields.sub("action", "uses inputs id separator keyed names among tolerant")
    return Shape(
        name=name,
        title=fields.text("title"),
        process=fields.flag("process"),
        ordered=fields.flag("ordered"),
        environment=fields.each("environment", environment_source),
        imports=fields.each("imports", _import),
        mounts=fields.each("mounts", _mount),
        scripts=fields.each("scripts", _script),
        action=_action_use(action) if action else None,
        condition=fields.text("condition"),
        image=fields.text("image"),
        neighbours=fields.text("neighbours"),
        opaque=fields.texts("opaque"),
        service_account=fields.text("service_account"),
        children=fields.each("children", child),
        dotenv=fields.text("dotenv"),
        extends=_extends(fields),
        overlay=_overlay(fields),
        roles=fields.each("roles", bound_role),
        requests=fields.each("requests", _request),
        reserved=fields.texts("reserved"),
        injected=fields.texts("injected"),
        closed=fields.flag("closed"),
        files=fields.each("files", _file),
        values=fields.texts("values"),
        complete=fields.text("complete"),
        defaults=fields.text("defaults"),
        runner=fields.text("runner"),
        hosted=fields.texts("hosted"),
        build=fields.text("build"),
        dockerfile=fields.text("dockerfile"),
        minutes=fields.text("minutes"),
        outputs=fields.text("outputs"),
        code=fields.text("code"),
    )


def _action_use(fields: Fields) -> ActionUse:
    return ActionUse(
        uses=fields.text("uses"),
        inputs=fields.text("inputs"),
        id=fields.text("id"),
        separator=fields.text("separator", "@"),
        keyed=fields.flag("keyed"),
        names=fields.text("names"),
        among=fields.texts("among"),
        tolerant=fields.texts("tolerant"),
    )


def child(entry: Entry) -> Child:
    """Read which nodes below another one are of a shape."""
    fields = Fields(entry, "at shape skip when has through lacks sole", "at shape")
    return Child(
        fields.text("at"), fields.text("shape"), fields.text("skip"), conditions(fields), fields.texts("has"),
        fields.texts("through"), fields.texts("lacks"), fields.text("sole"),
    )  # fmt: skip


def _extends(fields: Fields) -> ExtendsForm | None:
    form = fields.sub("extends", "at among name file")
    return ExtendsForm(form.text("at"), form.text("among"), form.text("name"), form.text("file")) if form else None


def _overlay(fields: Fields) -> OverlayForm | None:
    form = fields.sub("overlay", "files always among complete")
    if form is None:
        return None
    return OverlayForm(form.texts("files"), form.texts("always"), form.text("among"), form.texts("complete"))


def environment_source(entry: Entry) -> EnvironmentSource:
    """Read where a node holds variables."""
    fields = Fields(
        entry, "at forms name value references missing refers outranked capitals conditional parts cloud", "at"
    )
    return EnvironmentSource(
        at=fields.text("at"),
        forms=tuple(item.member(EnvironmentForm) for item in fields.entries["forms"].items())
        if "forms" in fields.entries
        else (),
        name=fields.text("name", "name"),
        value=fields.text("value", "value"),
        references=fields.each("references", _reference),
        missing=fields.entries["missing"].member(ReferenceKind) if "missing" in fields.entries else None,
        refers=fields.entries["refers"].member(ReferenceKind) if "refers" in fields.entries else None,
        outranked=fields.flag("outranked"),
        capitals=fields.flag("capitals"),
        conditional=fields.flag("conditional"),
        parts=roles(fields, "parts"),
        cloud=member(fields, "cloud", Cloud.AWS),
    )


def _reference(entry: Entry) -> ReferenceForm:
    fields = Fields(entry, "at kind name field optional when", "at kind")
    return ReferenceForm(
        fields.text("at"), fields.entries["kind"].member(ReferenceKind), fields.text("name"), fields.text("field"),
        fields.text("optional"), conditions(fields),
    )  # fmt: skip


def _import(entry: Entry) -> ImportSource:
    fields = Fields(entry, "at resource name prefix optional", "at resource")
    return ImportSource(
        fields.text("at"), fields.text("resource"), fields.text("name"), fields.text("prefix"), fields.text("optional")
    )


def _mount(entry: Entry) -> MountSource:
    fields = Fields(entry, "at form target source volumes named sources part", "at form target source")
    return MountSource(
        at=fields.text("at"),
        form=fields.entries["form"].member(MountForm),
        target=fields.text("target"),
        source=fields.text("source"),
        volumes=fields.text("volumes"),
        sources=tuple((kind, path.text()) for kind, path in fields.mapping("sources").items()),
        part=fields.text("part"),
        named=fields.text("named", "name"),
    )


def _script(entry: Entry) -> ScriptSource:
    fields = Fields(entry, "at form shell", "at")
    return ScriptSource(fields.texts("at"), member(fields, "form", ScriptForm.SCRIPT), fields.text("shell"))


def _file(entry: Entry) -> FileSource:
    fields = Fields(entry, "at text target", "at text")
    return FileSource(fields.text("at"), fields.text("text"), fields.text("target"))


def bound_role(entry: Entry) -> RoleSource:
    """Read what binds a role to a node; without a place its platform does."""
    fields = Fields(entry, "at kind cloud via", "kind cloud")
    return RoleSource(
        fields.text("at"), fields.entries["kind"].member(RoleKind), fields.entries["cloud"].member(Cloud),
        fields.text("via"),
    )  # fmt: skip


def _request(entry: Entry) -> RequestSource:
    fields = Fields(entry, "operation duration form answers", "operation duration")
    return RequestSource(
        operation=fields.text("operation"),
        duration=fields.text("duration"),
        form=member(fields, "form", DurationForm.SECONDS),
        answers=fields.flag("answers", default=True),
    )
