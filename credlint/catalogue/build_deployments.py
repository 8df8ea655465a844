"""One document of rules/deployments to its type, with a closed set of keys everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from credlint.catalogue.build_documents import document_form
from credlint.catalogue.build_shapes import shape_form
from credlint.catalogue.deployments import (
    CalleeForm,
    ChoiceForm,
    Dialect,
    ExpressionSyntax,
    Functions,
    IdentityToken,
    KnownDialect,
    Permission,
    PlatformRole,
    SecretCall,
    SetCommand,
    Signature,
)
from credlint.catalogue.schema_fields import Fields, conditions, member
from credlint.model.environments import RoleKind
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
    expressions = fields.sub("expressions", "syntax contexts step_output functions values_file job_output choices")
    contexts = expressions.mapping("contexts") if expressions else {}
    base = _base(fields, known or {})
    shapes = tuple(shape_form(name, shape) for name, shape in fields.mapping("shapes").items())
    shapes += tuple(shape for shape in base.shapes if shape.name not in fields.mapping("shapes")) if base else ()
    documents = fields.each("documents", document_form) + (base.documents if base else ())
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
        values_file=expressions.text("values_file") if expressions else "",
        job_output=expressions.text("job_output") if expressions else "",
        choices=expressions.each("choices", _choice) if expressions else (),
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


def _choice(entry: Entry) -> ChoiceForm:
    fields = Fields(entry, "context at value within", "context at")
    return ChoiceForm(fields.text("context"), fields.text("at"), fields.text("value"), fields.text("within"))


def _functions(expressions: Fields | None) -> Functions:
    fields = expressions.sub("functions", "kinds substitute nothing defaults choice") if expressions else None
    if fields is None:
        return Functions()
    return Functions(
        kinds=tuple((name, kind.member(ReferenceKind)) for name, kind in fields.mapping("kinds").items()),
        substitute=fields.text("substitute"),
        nothing=fields.text("nothing"),
        defaults=fields.text("defaults"),
        choice=fields.text("choice"),
    )


def _set_command(fields: Fields) -> SetCommand | None:
    command = fields.sub("set_command", "text unless masks")
    return SetCommand(command.text("text"), command.texts("unless"), command.text("masks")) if command else None


def _signature(entry: Entry) -> Signature:
    fields = Fields(entry, "paths has values lacks")
    values = conditions(fields, "values")
    if not fields.entries:
        raise entry.fail("would fit every document: give `paths`, `has` or `values`")
    has = fields.texts("has")
    first = {_FIRST_KEY.match(path) for path in (*has, *(path for path, _ in values))}
    keys = frozenset(found["key"].replace("\\.", ".") for found in first if found is not None)
    return Signature(fields.texts("paths"), has, values, fields.texts("lacks"), keys)


def _identity(entry: Entry) -> IdentityToken:
    fields = Fields(entry, "below holder at granted words cloud", "below holder at granted words cloud")
    return IdentityToken(
        fields.text("below"), fields.text("holder"), fields.text("at"), fields.texts("granted"), fields.texts("words"),
        fields.entries["cloud"].member(Cloud),
    )  # fmt: skip


def _calls(entry: Entry) -> SecretCall:
    keys = "at uses local secrets callee pattern"
    more = "inputs declared"
    fields = Fields(entry, f"{keys} {more} switches", keys)
    given = {key: fields.text(key) for key in f"{keys} {more}".split()}
    return SecretCall(**given, switches=conditions(fields, "switches"))


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
