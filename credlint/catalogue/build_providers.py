"""Operations, variables, forms of keys and handlers of rules/providers, each entry to its frozen type."""

from __future__ import annotations

from credlint.catalogue.callables import Shape
from credlint.catalogue.entry_fields import (
    PARAMETER_ROLES,
    exactly,
    flag,
    incomplete_of,
    items_of,
    optional_integer,
    optional_text,
    shape_of,
)
from credlint.catalogue.grammar import KeyGrammar, SecretGrammar
from credlint.catalogue.operations import FieldRule, Operation, Refusal
from credlint.catalogue.types import (
    EndpointForm,
    Family,
    ForeignService,
    Handler,
    Login,
    Partition,
    ProfileForm,
    SecretReading,
)
from credlint.catalogue.yamlfile import Entry
from credlint.model.records import replace
from credlint.model.sinks import NOT_KNOWN, SinkUse
from credlint.model.values import Cloud, Lifetime, Role

_OPERATION_KEYS = frozenset(
    {
        "id", "name", "service", "methods", "parameters", "minimum", "maximum", "chained_maximum", "default",
        "unsigned", "shape", "model", "source", "fields", "long_lived_caller", "refused", "scoped_by",
    }
)  # fmt: skip


def foreign_service(entry: Entry) -> ForeignService:
    """Read another service that speaks S3."""
    fields = entry.mapping(frozenset({"title", "stems", "key_ids"}), frozenset({"title"}))
    return ForeignService(
        title=fields["title"].text(),
        stems=fields["stems"].texts() if "stems" in fields else (),
        key_ids=fields["key_ids"].texts() if "key_ids" in fields else (),
    )


def login(entry: Entry) -> Login:
    """Read whose answer holds what another tool signs in with."""
    fields = exactly(entry, "service", "method", "title", "path", "secret")
    shape = Shape(fields["path"].texts(), ((Role.SECRET, (fields["secret"].text(),)),), Lifetime.UNKNOWN)
    return Login(fields["service"].text(), fields["method"].text(), fields["title"].text(), shape)


def secret_reading(entry: Entry) -> SecretReading:
    """Read how a stored secret is fetched."""
    fields = exactly(entry, "method", "stage", "version", "stale", "rotation")
    return SecretReading(
        method=fields["method"].text(),
        stage=fields["stage"].text(),
        version=fields["version"].text(),
        stale=fields["stale"].texts(),
        rotation=fields["rotation"].texts(),
    )


_PROFILE_KEYS = frozenset(
    {
        "role", "source_profile", "credential_source", "sources", "web_identity", "duration", "prefix", "prefixed",
        "default", "type", "types", "folder",
    }
)  # fmt: skip


def profile_form(entry: Entry, cloud: Cloud) -> ProfileForm:
    """Read what stands in the files of profiles."""
    fields = entry.mapping(_PROFILE_KEYS)

    def text(key: str) -> str:
        return optional_text(fields, key) or ""

    def texts(key: str) -> tuple[str, ...]:
        return fields[key].texts() if key in fields else ()

    return ProfileForm(
        cloud=cloud,
        role=text("role"),
        source_profile=text("source_profile"),
        credential_source=text("credential_source"),
        sources=texts("sources"),
        web_identity=text("web_identity"),
        duration=text("duration"),
        prefix=text("prefix"),
        prefixed=texts("prefixed"),
        default=text("default"),
        type=text("type"),
        types=texts("types"),
        folder=text("folder"),
    )


def operation_entry(entry: Entry, cloud: Cloud) -> Operation:
    """Read an operation."""
    fields = entry.mapping(_OPERATION_KEYS, frozenset({"id", "name", "service"}))
    parameters = fields["parameters"].mapping(PARAMETER_ROLES) if "parameters" in fields else {}
    model = fields["model"].texts() if "model" in fields else ()
    if model and len(model) != 3:
        raise fields["model"].fail("must be [service, operation, member]")
    return Operation(
        id=fields["id"].text(),
        name=fields["name"].text(),
        cloud=cloud,
        service=fields["service"].text(),
        methods=fields["methods"].texts() if "methods" in fields else (),
        parameters=tuple((role, keyword.text()) for role, keyword in parameters.items()),
        minimum=optional_integer(fields, "minimum"),
        maximum=optional_integer(fields, "maximum"),
        chained_maximum=optional_integer(fields, "chained_maximum"),
        default=optional_integer(fields, "default"),
        unsigned=flag(fields, "unsigned"),
        shape=shape_of(fields["shape"]) if "shape" in fields else None,
        model=(model[0], model[1], model[2]) if model else None,
        source=optional_text(fields, "source") or "",
        fields=tuple((role, _field_rule(rule)) for role, rule in fields["fields"].mapping(PARAMETER_ROLES).items())
        if "fields" in fields
        else (),
        long_lived_caller=flag(fields, "long_lived_caller"),
        refused=tuple(_refusal(item) for item in items_of(fields, "refused")),
        scoped_by=fields["scoped_by"].texts() if "scoped_by" in fields else (),
    )


def _refusal(entry: Entry) -> Refusal:
    fields = entry.mapping(frozenset({"service", "methods", "unless"}), frozenset({"service"}))
    methods = fields["methods"].texts() if "methods" in fields else ()
    return Refusal(fields["service"].text(), methods, optional_text(fields, "unless"))


def partition_entry(entry: Entry, cloud: Cloud) -> Partition:
    """Read a partition."""
    fields = exactly(entry, "name", "regions", "hosts", "arns")
    return Partition(
        fields["name"].text(), cloud, fields["regions"].texts(), fields["hosts"].texts(), fields["arns"].texts()
    )


def endpoint_form(entry: Entry, cloud: Cloud) -> EndpointForm:
    """Read what the host of an endpoint looks like."""
    fields = entry.mapping(frozenset({"use", "form", "variables"}), frozenset({"form"}))
    use = fields["use"].member(SinkUse) if "use" in fields else None
    return EndpointForm(cloud, use, fields["form"].text(), fields["variables"].texts() if "variables" in fields else ())


def _field_rule(entry: Entry) -> FieldRule:
    fields = entry.mapping(frozenset({"minimum", "maximum", "alphabet", "form", "room"}))
    return FieldRule(
        minimum=optional_integer(fields, "minimum"),
        maximum=optional_integer(fields, "maximum"),
        alphabet=optional_text(fields, "alphabet"),
        form=optional_text(fields, "form"),
        room=optional_integer(fields, "room"),
    )


def family_entry(entry: Entry, cloud: Cloud) -> Family:
    """Read a family of variables."""
    fields = entry.mapping(
        frozenset({"name", "title", "variables", "exact", "unread", "incomplete", "vendor"}),
        frozenset({"name", "title", "variables"}),
    )
    roles = fields["variables"].mapping(frozenset(role.value for role in Role))
    return Family(
        name=fields["name"].text(),
        cloud=cloud,
        title=fields["title"].text(),
        variables=tuple((Role(role), names.texts()) for role, names in roles.items()),
        exact=flag(fields, "exact"),
        unread=fields["unread"].texts() if "unread" in fields else (),
        incomplete=incomplete_of(fields["incomplete"]) if "incomplete" in fields else NOT_KNOWN,
        vendor=optional_text(fields, "vendor") or "",
    )


def key_grammar_entry(entry: Entry, cloud: Cloud) -> KeyGrammar:
    """Read the form of one kind of key id."""
    fields = entry.mapping(
        frozenset({"prefix", "title", "lifetime", "lengths", "minimum_length", "alphabet", "needs_token", "strict"}),
        frozenset({"prefix", "title", "lifetime", "alphabet"}),
    )
    lengths = tuple(length.integer() for length in fields["lengths"].items()) if "lengths" in fields else ()
    return KeyGrammar(
        prefix=fields["prefix"].text(),
        title=fields["title"].text(),
        cloud=cloud,
        lifetime=fields["lifetime"].member(Lifetime),
        lengths=lengths,
        minimum_length=optional_integer(fields, "minimum_length") or (min(lengths) if lengths else 0),
        alphabet=fields["alphabet"].text(),
        needs_token=flag(fields, "needs_token"),
        strict=flag(fields, "strict"),
    )


def secret_grammar_entry(entry: Entry, cloud: Cloud) -> SecretGrammar:
    """Read the form of a secret."""
    fields = exactly(entry, "length", "alphabet", "minimum_entropy")
    return SecretGrammar(
        cloud, fields["length"].integer(), fields["alphabet"].text(), fields["minimum_entropy"].number()
    )


def handler_entry(entry: Entry, cloud: Cloud) -> Handler:
    """Read what a function that a platform calls looks like."""
    fields = entry.mapping(
        frozenset({"platform", "position", "parameter_names", "shape"}),
        frozenset({"platform", "position", "parameter_names"}),
    )
    return Handler(
        platform=fields["platform"].text(),
        cloud=cloud,
        position=fields["position"].integer(),
        parameter_names=fields["parameter_names"].texts(),
        shape=replace(shape_of(fields["shape"]), objects=True) if "shape" in fields else None,
    )
