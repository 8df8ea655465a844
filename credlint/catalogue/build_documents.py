"""Documents of rules/deployments to their types: objects, copies, patches and demands, with a closed set of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credlint.catalogue.build_shapes import child, environment_source
from credlint.catalogue.deployment_documents import (
    CopyForm,
    DataSource,
    Demand,
    DocumentForm,
    PatchForm,
    ResourceForm,
    Rollout,
)
from credlint.catalogue.deployment_sources import RoleSource
from credlint.catalogue.schema_fields import Fields, conditions
from credlint.model.environments import GapKind, RoleKind
from credlint.model.values import Cloud

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


def document_form(entry: Entry) -> DocumentForm:
    """Read what a document holds."""
    fields = Fields(entry, "when items namespace scopes resources embedded copy demands misplaced rollout patches")
    return DocumentForm(
        when=conditions(fields),
        items=fields.text("items"),
        namespace=fields.text("namespace"),
        scopes=fields.each("scopes", child),
        resources=fields.each("resources", _resource),
        embedded=fields.texts("embedded"),
        demands=fields.each("demands", _demand),
        copy=_copy(fields.entries["copy"]) if "copy" in fields.entries else None,
        misplaced=fields.each("misplaced", _role),
        rollout=_rollout(fields.entries["rollout"]) if "rollout" in fields.entries else None,
        patches=_patches(fields.entries["patches"]) if "patches" in fields.entries else None,
    )


def _role(entry: Entry) -> RoleSource:
    fields = Fields(entry, "at kind cloud", "at kind cloud")
    return RoleSource(fields.text("at"), fields.entries["kind"].member(RoleKind), fields.entries["cloud"].member(Cloud))


def _resource(entry: Entry) -> ResourceForm:
    fields = Fields(entry, "at when kind title name namespace data environment files roles opaque lasts", "kind name")
    lasts = fields.sub("lasts", "at default")
    return ResourceForm(
        kind=fields.text("kind"),
        name=fields.text("name"),
        namespace=fields.text("namespace"),
        data=fields.each("data", _data),
        roles=fields.each("roles", _role),
        at=fields.text("at"),
        opaque=fields.texts("opaque"),
        lasts=lasts.text("at") if lasts else "",
        lasts_by_default=lasts.number("default") if lasts else 0,
        environment=fields.each("environment", environment_source),
        files=fields.texts("files"),
        title=fields.text("title"),
        when=conditions(fields),
    )


def _data(entry: Entry) -> DataSource:
    fields = Fields(entry, "at encoded assignments hidden", "at")
    return DataSource(fields.text("at"), fields.flag("encoded"), fields.flag("assignments"), fields.flag("hidden"))


def _copy(entry: Entry) -> CopyForm:
    fields = Fields(entry, "kind name namespace interval once names versions stale maker", "kind name interval")
    maker = fields.sub("maker", "at kind name")
    return CopyForm(
        kind=fields.text("kind"),
        name=fields.text("name"),
        namespace=fields.text("namespace"),
        interval=fields.text("interval"),
        once=conditions(fields, "once"),
        names=fields.texts("names"),
        versions=fields.texts("versions"),
        stale=fields.texts("stale"),
        maker=maker.text("at") if maker else "",
        maker_kind=maker.text("kind") if maker else "",
        maker_name=maker.text("name") if maker else "",
    )


def _demand(entry: Entry) -> Demand:
    fields = Fields(entry, "at gap cloud unlike minimum maximum lasts kind name", "at gap cloud kind name")
    return Demand(
        at=fields.text("at"),
        gap=fields.entries["gap"].member(GapKind),
        cloud=fields.entries["cloud"].member(Cloud),
        unlike=fields.text("unlike"),
        minimum=fields.number("minimum"),
        maximum=fields.number("maximum"),
        kind=fields.text("kind"),
        name=fields.text("name"),
        lasts=fields.number("lasts"),
    )


def _rollout(entry: Entry) -> Rollout:
    fields = Fields(entry, "at keys", "at keys")
    return Rollout(fields.texts("at"), fields.texts("keys"))


def _patches(entry: Entry) -> PatchForm:
    fields = Fields(
        entry,
        "at text file target target_kind target_name kind name words bases parts names merged merged_name merges key "
        "erased pointer value removes replaces looks",
    )
    return PatchForm(
        at=fields.texts("at"),
        text=fields.text("text"),
        file=fields.text("file"),
        target=fields.text("target"),
        target_kind=fields.text("target_kind"),
        target_name=fields.text("target_name"),
        kind=fields.text("kind"),
        name=fields.text("name"),
        words=fields.texts("words"),
        bases=fields.texts("bases"),
        parts=fields.texts("parts"),
        names=fields.texts("names"),
        merged=fields.texts("merged"),
        merged_name=fields.text("merged_name"),
        merges=fields.text("merges"),
        key=fields.text("key"),
        erased=conditions(fields, "erased"),
        pointer=fields.text("pointer"),
        value=fields.text("value"),
        removes=conditions(fields, "removes"),
        replaces=conditions(fields, "replaces"),
        looks=conditions(fields, "looks"),
    )
