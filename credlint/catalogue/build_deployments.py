"""One document of rules/deployments to its type, with a closed set of keys everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credlint.catalogue.deployments import (
    ActionUse,
    CalleeForm,
    Child,
    CopyForm,
    DataSource,
    Demand,
    Dialect,
    DocumentForm,
    DurationForm,
    EnvironmentForm,
    EnvironmentSource,
    ExpressionSyntax,
    ExtendsForm,
    FileSource,
    Functions,
    IdentityToken,
    ImportSource,
    KnownDialect,
    MountForm,
    MountSource,
    OverlayForm,
    PatchForm,
    Permission,
    PlatformRole,
    ReferenceForm,
    RequestSource,
    ResourceForm,
    RoleSource,
    Rollout,
    ScriptForm,
    ScriptSource,
    SecretCall,
    SetCommand,
    Shape,
    Signature,
)
from credlint.catalogue.schema_fields import Fields, member, roles
from credlint.model.environments import GapKind, RoleKind
from credlint.model.patterns import pattern
from credlint.model.values import Cloud, ReferenceKind

if TYPE_CHECKING:
    from credlint.catalogue.yamlfile import Entry


# The first key of a path, where no pattern stands for it.
_FIRST_KEY = pattern(r"(?P<key>(?:[^.\\*\[]|\\\.)+)(?=[.\[]|$)")


def dialect(entry: Entry, known: dict[str, Dialect] | None = None) -> Dialect:
    """Read a dialect; `known` are those that one may be based on: it has their shapes beside its own."""
    fields = Fields(
        entry,
        "schema dialect base title triggers json recognise expressions logged mask_command environment_file "
        "output_file set_command web_identity default_service_account permission documents shapes role_ways identity "
        "calls local_actions supplemented exports_last defaults",
        "dialect title recognise documents",
    )
    expressions = fields.sub("expressions", "syntax contexts step_output functions")
    contexts = expressions.mapping("contexts") if expressions else {}
    base = _base(fields, known or {})
    shapes = tuple(_shape(name, shape) for name, shape in fields.mapping("shapes").items())
    shapes += tuple(shape for shape in base.shapes if shape.name not in fields.mapping("shapes")) if base else ()
    documents = fields.each("documents", _document) + (base.documents if base else ())
    names = {shape.name for shape in shapes}
    used = [child for shape in shapes for child in shape.children]
    used += [child for document in documents for child in document.scopes]
    for child in used:
        if child.shape not in names:
            raise fields.entry.fail(f"no shape is called {child.shape}")
    return Dialect(
        name=fields.text("dialect"),
        title=fields.text("title"),
        recognise=fields.each("recognise", _signature),
        syntax=expressions.entries["syntax"].member(ExpressionSyntax)
        if expressions
        else (base.syntax if base else ExpressionSyntax.NONE),
        contexts=tuple((context, kind.member(ReferenceKind)) for context, kind in contexts.items()),
        functions=_functions(expressions),
        step_output=expressions.text("step_output") if expressions else "",
        logged=fields.flag("logged"),
        mask_command=fields.text("mask_command"),
        environment_file=fields.text("environment_file"),
        output_file=fields.text("output_file"),
        set_command=_set_command(fields),
        web_identity=member(fields, "web_identity", base.web_identity if base else RoleKind.WEB_IDENTITY),
        default_service_account=fields.text("default_service_account", base.default_service_account if base else ""),
        permission=_permission(fields.entries["permission"]) if "permission" in fields.entries else None,
        documents=documents,
        shapes=shapes,
        role_ways=fields.each("role_ways", _role_way),
        identity=_identity(fields.entries["identity"]) if "identity" in fields.entries else None,
        calls=_calls(fields.entries["calls"]) if "calls" in fields.entries else None,
        supplemented=fields.flag("supplemented"),
        exports_last=fields.flag("exports_last"),
        defaults=fields.flag("defaults"),
        local_actions=_callee(fields),
    )


def recognised(entry: Entry) -> KnownDialect:
    """Read what is to be known of a dialect before it is met."""
    fields = entry.mapping()
    signatures = tuple(map(_signature, fields["recognise"].items()))
    file = fields["environment_file"].text() if "environment_file" in fields else ""
    return KnownDialect(fields["dialect"].text(), signatures, file)


def _base(fields: Fields, known: dict[str, Dialect]) -> Dialect | None:
    name = fields.text("base")
    if name and known and name not in known:
        raise fields.entries["base"].fail(f"no dialect is called {name}, or it has a base itself")
    return known.get(name)


def _functions(expressions: Fields | None) -> Functions:
    fields = expressions.sub("functions", "kinds substitute nothing defaults") if expressions else None
    if fields is None:
        return Functions()
    return Functions(
        kinds=tuple((name, kind.member(ReferenceKind)) for name, kind in fields.mapping("kinds").items()),
        substitute=fields.text("substitute"),
        nothing=fields.text("nothing"),
        defaults=fields.text("defaults"),
    )


def _set_command(fields: Fields) -> SetCommand | None:
    command = fields.sub("set_command", "text unless masks")
    return SetCommand(command.text("text"), command.texts("unless"), command.text("masks")) if command else None


def _extends(fields: Fields) -> ExtendsForm | None:
    form = fields.sub("extends", "at among name file")
    return ExtendsForm(form.text("at"), form.text("among"), form.text("name"), form.text("file")) if form else None


def _overlay(fields: Fields) -> OverlayForm | None:
    form = fields.sub("overlay", "files always among complete")
    if form is None:
        return None
    return OverlayForm(form.texts("files"), form.texts("always"), form.text("among"), form.texts("complete"))


def _when(fields: Fields) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((path, values.texts()) for path, values in fields.mapping("when").items())


def _signature(entry: Entry) -> Signature:
    fields = Fields(entry, "paths has values lacks")
    values = tuple((path, globs.texts()) for path, globs in fields.mapping("values").items())
    if not fields.entries:
        raise entry.fail("would fit every document: give `paths`, `has` or `values`")
    has = fields.texts("has")
    first = {_FIRST_KEY.match(path) for path in (*has, *(path for path, _ in values))}
    keys = frozenset(found["key"].replace("\\.", ".") for found in first if found is not None)
    return Signature(fields.texts("paths"), has, values, fields.texts("lacks"), keys)


def _shape(name: str, entry: Entry) -> Shape:
    fields = Fields(
        entry,
        "title process ordered environment imports mounts scripts action condition image neighbours opaque "
        "service_account children extends overlay complete dotenv roles requests reserved injected closed files "
        "values defaults runner hosted build dockerfile minutes",
        "title",
    )
    action = fields.sub("action", "uses inputs id separator keyed names among tolerant")
    return Shape(
        name=name,
        title=fields.text("title"),
        process=fields.flag("process"),
        ordered=fields.flag("ordered"),
        environment=fields.each("environment", _environment),
        imports=fields.each("imports", _import),
        mounts=fields.each("mounts", _mount),
        scripts=fields.each("scripts", _script),
        action=_action_use(action) if action else None,
        condition=fields.text("condition"),
        image=fields.text("image"),
        neighbours=fields.text("neighbours"),
        opaque=fields.texts("opaque"),
        service_account=fields.text("service_account"),
        children=fields.each("children", _child),
        dotenv=fields.text("dotenv"),
        extends=_extends(fields),
        overlay=_overlay(fields),
        roles=fields.each("roles", _bound_role),
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


def _child(entry: Entry) -> Child:
    fields = Fields(entry, "at shape skip when has through lacks", "at shape")
    return Child(
        fields.text("at"), fields.text("shape"), fields.text("skip"), _when(fields), fields.texts("has"),
        fields.texts("through"), fields.texts("lacks"),
    )  # fmt: skip


def _file(entry: Entry) -> FileSource:
    fields = Fields(entry, "at text target", "at text")
    return FileSource(fields.text("at"), fields.text("text"), fields.text("target"))


def _bound_role(entry: Entry) -> RoleSource:
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


def _environment(entry: Entry) -> EnvironmentSource:
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
        fields.text("optional"), _when(fields),
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


def _role(entry: Entry) -> RoleSource:
    fields = Fields(entry, "at kind cloud", "at kind cloud")
    return RoleSource(fields.text("at"), fields.entries["kind"].member(RoleKind), fields.entries["cloud"].member(Cloud))


def _document(entry: Entry) -> DocumentForm:
    fields = Fields(
        entry, "when items namespace scopes resource resources embedded copy demands misplaced rollout patches"
    )
    resources = (_resource(fields.entries["resource"]),) if "resource" in fields.entries else ()
    return DocumentForm(
        when=_when(fields),
        items=fields.text("items"),
        namespace=fields.text("namespace"),
        scopes=fields.each("scopes", _child),
        resources=resources + fields.each("resources", _resource),
        embedded=fields.texts("embedded"),
        demands=fields.each("demands", _demand),
        copy=_copy(fields.entries["copy"]) if "copy" in fields.entries else None,
        misplaced=fields.each("misplaced", _role),
        rollout=_rollout(fields.entries["rollout"]) if "rollout" in fields.entries else None,
        patches=_patches(fields.entries["patches"]) if "patches" in fields.entries else None,
    )


def _patches(entry: Entry) -> PatchForm:
    fields = Fields(
        entry, "at text file target target_kind target_name kind name words bases parts names merged merged_name merges"
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
    )


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
        environment=fields.each("environment", _environment),
        files=fields.texts("files"),
        title=fields.text("title"),
        when=_when(fields),
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


def _copy(entry: Entry) -> CopyForm:
    fields = Fields(entry, "kind name namespace interval once names versions stale maker", "kind name interval")
    maker = fields.sub("maker", "at kind name")
    return CopyForm(
        kind=fields.text("kind"),
        name=fields.text("name"),
        namespace=fields.text("namespace"),
        interval=fields.text("interval"),
        once=tuple((path, words.texts()) for path, words in fields.mapping("once").items()),
        names=fields.texts("names"),
        versions=fields.texts("versions"),
        stale=fields.texts("stale"),
        maker=maker.text("at") if maker else "",
        maker_kind=maker.text("kind") if maker else "",
        maker_name=maker.text("name") if maker else "",
    )


def _data(entry: Entry) -> DataSource:
    fields = Fields(entry, "at encoded assignments hidden", "at")
    return DataSource(fields.text("at"), fields.flag("encoded"), fields.flag("assignments"), fields.flag("hidden"))


def _rollout(entry: Entry) -> Rollout:
    fields = Fields(entry, "at keys", "at keys")
    return Rollout(fields.texts("at"), fields.texts("keys"))


def _identity(entry: Entry) -> IdentityToken:
    fields = Fields(entry, "below holder at granted words cloud", "below holder at granted words cloud")
    return IdentityToken(
        fields.text("below"), fields.text("holder"), fields.text("at"), fields.texts("granted"), fields.texts("words"),
        fields.entries["cloud"].member(Cloud),
    )  # fmt: skip


def _calls(entry: Entry) -> SecretCall:
    keys = "at uses local secrets callee pattern"
    more = "inputs declared"
    fields = Fields(entry, f"{keys} {more}", keys)
    return SecretCall(*(fields.text(key) for key in f"{keys} {more}".split()))


def _callee(fields: Fields) -> CalleeForm | None:
    form = fields.sub("local_actions", "local files declared outputs")
    if form is None:
        return None
    return CalleeForm(form.text("local"), form.texts("files"), form.text("declared"), form.text("outputs"))


def _role_way(entry: Entry) -> PlatformRole:
    fields = Fields(entry, "cloud way images", "cloud way")
    return PlatformRole(fields.entries["cloud"].member(Cloud), fields.text("way"), fields.texts("images"))


def _permission(entry: Entry) -> Permission:
    fields = Fields(entry, "at name granted all caller_at caller", "at name granted")
    return Permission(
        fields.text("at"), fields.text("name"), fields.texts("granted"), fields.texts("all"), fields.text("caller_at"),
        fields.text("caller"),
    )  # fmt: skip
