"""Entries of rules/providers and rules/sdks turned into the catalogue; the schema is closed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from credlint.catalogue.lasting import build_lasting
from credlint.catalogue.presigning import build_presigning
from credlint.catalogue.sound import check_callables, check_names
from credlint.catalogue.types import (
    CallableEntry,
    CallableKind,
    Catalogue,
    EndpointForm,
    Family,
    FieldRule,
    ForeignService,
    Grammar,
    Handler,
    KeyGrammar,
    Operation,
    Partition,
    ProfileForm,
    Refusal,
    SecretGrammar,
    SecretReading,
    Shape,
    Slot,
    TextForm,
    TypeEntry,
    VariableEntry,
)
from credlint.catalogue.yamlfile import Entry
from credlint.model.facts import NOT_KNOWN, Handling, Incomplete, SinkUse, TokenFate, TokenSupport
from credlint.model.values import Cloud, DamageKind, Lifetime, Role

PARAMETER_ROLES = frozenset(
    {
        "key_id", "secret", "token", "profile", "service", "region", "endpoint", "configuration", "credentials",
        "provider", "session", "client", "duration", "session_name", "role_arn", "type", "account", "expiration",
        "refresher", "token_loader", "identity_token", "metadata", "options", "client_options", "request", "url", "protocol", "policy", "external_id",
        "name", "value", "section", "headers", "query", "text", "default", "arguments", "environment", "token_code", "serial",
        "mapping", "level", "seconds", "minutes", "hours", "days", "weeks", "principal", "signature_version",
        "anonymous",
        "api_version", "policy_arns", "tags", "source_identity",
    }
)  # fmt: skip
"""The closed set of what a parameter can mean."""

_SDK_KEYS = frozenset(
    {"schema", "distribution", "cloud", "verified", "triggers", "callables", "types", "objects", "texts"}
)
_CALLABLE_KEYS = frozenset(
    {
        "names", "kind", "cloud", "use", "parameters", "token", "returns", "operation", "shape", "options",
        "default_chain", "asynchronous", "raises_on_profile_and_keys", "part", "signature", "note", "same_as",
        "when", "any_receiver", "words", "incomplete", "token_by_type", "drops", "environment_first", "form",
        "reads",
    }
)  # fmt: skip
_TYPE_KEYS = frozenset({"names", "shape", "title", "shows_secrets", "refreshable", "attributes"})
_SHAPE_KEYS = frozenset({"path", "fields", "lifetime"})
_PROVIDER_KEYS = frozenset(
    {
        "schema", "cloud", "triggers", "services", "operations", "families", "key_ids", "secrets",
        "token_prefixes", "placeholders", "placeholder_patterns", "dummy_words", "local_hosts", "cloud_hosts",
        "handlers", "masking_words", "test_path_parts", "test_modules", "allow_comments", "header_names", "slot_names",
        "debug_loggers", "signing_hooks", "rejections", "secret_types",
        "logger_names", "log_methods", "applications", "identity_words", "anonymous_words", "plain_forms",
        "other_variables", "write_methods", "profiles", "secret_reads", "foreign_services", "lasting", "presigning",
        "partitions", "endpoint_forms", "route_decorators", "response_callables", "response_keys",
    }
)  # fmt: skip
_OPERATION_KEYS = frozenset(
    {
        "id", "name", "service", "methods", "parameters", "minimum", "maximum", "chained_maximum", "default",
        "unsigned", "shape", "model", "source", "fields", "long_lived_caller", "refused", "scoped_by",
    }
)  # fmt: skip

_EVERYDAY = frozenset(
    {
        CallableKind.PRINT,
        CallableKind.LOG,
        CallableKind.LOGGER,
        CallableKind.TEXT,
        CallableKind.HARMLESS,
        CallableKind.JSON_LOAD,
        CallableKind.SUBPROCESS,
        CallableKind.OPTION,
        CallableKind.OPTION_PARSER,
        CallableKind.PARSED_OPTIONS,
        CallableKind.DURATION,
        CallableKind.ENVIRONMENT_READ,
        CallableKind.DEBUG_LOG,
        CallableKind.ENCODE,
        CallableKind.DECODE,
    }
)
"""Names of every program: a statement that mentions only these is not worth reading for their sake."""


def build_catalogue(providers: dict[str, Entry], sdks: dict[str, Entry]) -> Catalogue:
    """Put the documents of rules/providers and rules/sdks together; raises FatalError for what is not in the schema."""
    builder = _Builder()
    for document in providers.values():
        builder.provider(document)
    for document in sdks.values():
        builder.sdk(document)
    return builder.catalogue()


def sdk_document(document: Entry, known: dict[str, CallableEntry]) -> None:
    """Read one document of the schema of rules/sdks, where some callables are described already."""
    _Builder(known).sdk(document)


def provider_document(document: Entry) -> None:
    """Read one document of rules/providers, alone."""
    _Builder().provider(document)


def extend_catalogue(shipped: Catalogue, own: Iterable[Entry]) -> Catalogue:
    """Put documents of the schema of rules/sdks over a catalogue, whose entries give way where names are the same."""
    builder = _Builder(shipped.callables)
    for document in own:
        builder.sdk(document)
    found = replace(
        shipped,
        callables=builder.callables,
        types={**shipped.types, **builder.types},
        objects={**shipped.objects, **builder.objects},
        texts=(*shipped.texts, *builder.texts),
        words=shipped.words | builder.words_of_callables(),
        any_receiver=_by_method(builder.callables),
        own_triggers=tuple(word.encode() for word in sorted(builder.triggers)),
    )
    check_callables(builder.described, found)
    return found


class _Builder:
    """Collects what the files say, in the order of their names."""

    def __init__(self, known: dict[str, CallableEntry] | None = None) -> None:
        self.callables: dict[str, CallableEntry] = dict(known or {})
        self.described: list[tuple[Entry, CallableEntry]] = []
        self.triggers: set[str] = set()
        self.types: dict[str, TypeEntry] = {}
        self.objects: dict[str, str] = {}
        self.texts: list[TextForm] = []
        self.profiles: list[ProfileForm] = []
        self.secret_reads: dict[str, SecretReading] = {}
        self.operations: dict[str, Operation] = {}
        self.families: list[Family] = []
        self.key_ids: list[KeyGrammar] = []
        self.secrets: list[SecretGrammar] = []
        self.handlers: list[Handler] = []
        self.lasting: list[Entry] = []
        self.presigning: list[Entry] = []
        self.slot_names: dict[str, tuple[Role, Cloud]] = {}
        self.words: dict[str, list[str]] = {}
        self.plain_forms: dict[str, tuple[str, ...]] = {}
        self.partitions: list[Partition] = []
        self.endpoint_forms: list[EndpointForm] = []
        self.services: dict[str, list[str]] = {"identity": [], "control": []}
        self.foreign: list[ForeignService] = []

    def provider(self, document: Entry) -> None:
        fields = document.mapping(_PROVIDER_KEYS)
        cloud = fields["cloud"].member(Cloud) if "cloud" in fields else Cloud.S3_COMPATIBLE
        if "services" in fields:
            for use, names in fields["services"].mapping(frozenset(self.services)).items():
                self.services[use] += names.texts()
        for item in _items(fields, "operations"):
            operation = _operation(item, cloud)
            self.operations[operation.id] = operation
        for item in _items(fields, "families"):
            self.families.append(_family(item, cloud))
        for item in _items(fields, "key_ids"):
            self.key_ids.append(_key_grammar(item, cloud))
        for item in _items(fields, "secrets"):
            self.secrets.append(_secret_grammar(item, cloud))
        self.foreign += [_foreign_service(item) for item in _items(fields, "foreign_services")]
        for item in _items(fields, "handlers"):
            self.handlers.append(_handler(item, cloud))
        if "lasting" in fields:
            self.lasting.append(fields["lasting"])
            build_lasting(self.lasting)
        if "presigning" in fields:
            self.presigning.append(fields["presigning"])
            build_presigning(self.presigning)
        if "slot_names" in fields:
            for role, names in fields["slot_names"].mapping(frozenset(r.value for r in Role)).items():
                for name in names.texts():
                    self.slot_names[name] = (Role(role), cloud)
        self.partitions += [_partition(item, cloud) for item in _items(fields, "partitions")]
        self.endpoint_forms += [_endpoint_form(item, cloud) for item in _items(fields, "endpoint_forms")]
        self.secret_reads.update({one.method: one for one in map(_secret_reading, _items(fields, "secret_reads"))})
        self.profiles += [_profile_form(fields[key], cloud) for key in ("profiles",) if key in fields]
        if "plain_forms" in fields:
            for name, patterns in fields["plain_forms"].mapping(PARAMETER_ROLES).items():
                self.plain_forms[name] = (*self.plain_forms.get(name, ()), *patterns.texts())
        for key in (
            "token_prefixes", "placeholders", "placeholder_patterns", "dummy_words", "local_hosts", "cloud_hosts",
            "masking_words", "test_path_parts", "test_modules", "allow_comments", "header_names",
            "debug_loggers", "signing_hooks", "rejections", "secret_types",
        "logger_names", "log_methods", "applications", "identity_words", "anonymous_words",
            "other_variables", "route_decorators", "response_callables",
        "response_keys", "write_methods",
        ):  # fmt: skip
            if key in fields:
                self.words.setdefault(key, []).extend(fields[key].texts())

    def sdk(self, document: Entry) -> None:
        fields = document.mapping(_SDK_KEYS, frozenset({"distribution"}))
        cloud = fields["cloud"].member(Cloud) if "cloud" in fields else Cloud.S3_COMPATIBLE
        distribution = fields["distribution"].text()
        before = len(self.described)
        for item in _items(fields, "types"):
            entry = _type(item, cloud, distribution)
            check_names(item, entry.names)
            for name in entry.names:
                self.types[name] = entry
        for item in _items(fields, "callables"):
            call = _callable(item, cloud, distribution, self.callables)
            check_names(item, call.names)
            for name in call.names:
                if not any(name in other.names for _, other in self.described):
                    self.callables[name] = call
                elif call.when and self.callables[name].when:
                    first = self.callables[name]
                    self.callables[name] = replace(first, others=(*first.others, call))
                else:
                    raise item.fail(f"{name} is described twice")
            self.described.append((item, call))
        self.texts += [_text_form(item, cloud, distribution) for item in _items(fields, "texts")]
        if "objects" in fields:
            for name, kind in fields["objects"].mapping().items():
                self.objects[name] = kind.text()
        if "triggers" in fields:
            self._trigger(fields["triggers"])
        else:
            self.triggers.update(name.rpartition(".")[2] for _, call in self.described[before:] for name in call.names)

    def _trigger(self, entry: Entry) -> None:
        """Take the words by which a file is known; a blank one would stand in every file."""
        words = entry.texts()
        if not words or not all(word.strip() for word in words):
            raise entry.fail("must hold at least one word, and no blank one")
        self.triggers.update(words)

    def catalogue(self) -> Catalogue:
        variables = {
            name: VariableEntry(name, family.name, role, family.cloud)
            for family in reversed(self.families)
            for role, names in family.variables
            for name in names
        }
        methods = {(o.service, method): o for o in self.operations.values() for method in o.methods}
        word = self.words.get
        found = Catalogue(
            callables=self.callables,
            types=self.types,
            operations=self.operations,
            methods=methods,
            variables=variables,
            families=tuple(self.families),
            grammar=Grammar(
                key_ids=tuple(self.key_ids),
                secrets=tuple(self.secrets),
                token_prefixes=tuple(word("token_prefixes", ())),
                placeholders=frozenset(word("placeholders", ())),
                placeholder_patterns=tuple(word("placeholder_patterns", ())),
                dummy_words=frozenset(word("dummy_words", ())),
                local_hosts=tuple(word("local_hosts", ())),
                cloud_hosts=tuple(word("cloud_hosts", ())),
            ),
            identity_services=frozenset(self.services["identity"]),
            control_services=frozenset(self.services["control"]),
            handlers=tuple(self.handlers),
            objects=self.objects,
            masking_words=tuple(word("masking_words", ())),
            test_path_parts=tuple(word("test_path_parts", ())),
            test_modules=frozenset(word("test_modules", ())),
            allow_comments=tuple(word("allow_comments", ())),
            header_names=frozenset(word("header_names", ())),
            debug_loggers=frozenset(word("debug_loggers", ())),
            signing_hooks=tuple(word("signing_hooks", ())),
            rejections=frozenset(word("rejections", ())),
            secret_types=frozenset(word("secret_types", ())),
            logger_names=frozenset(word("logger_names", ())),
            log_methods=frozenset(word("log_methods", ())),
            applications=frozenset(word("applications", ())),
            identity_words=frozenset(word("identity_words", ())),
            anonymous_words=frozenset(word("anonymous_words", ())),
            slot_names=self.slot_names,
            words=self._words(),
            any_receiver=_by_method(self.callables),
            plain_forms=self.plain_forms,
            texts=tuple(self.texts),
            profiles=tuple(self.profiles),
            secret_reads=self.secret_reads,
            write_methods=frozenset(word("write_methods", ())),
            partitions=tuple(self.partitions),
            endpoint_forms=tuple(self.endpoint_forms),
            route_decorators=frozenset(word("route_decorators", ())),
            response_callables=frozenset(word("response_callables", ())),
            response_keys=frozenset(word("response_keys", ())),
            vendors=tuple(f"{family.vendor}_" for family in self.families if family.vendor),
            other_variables=frozenset(word("other_variables", ())),
            lasting=build_lasting(self.lasting),
            presigning=build_presigning(self.presigning),
            foreign_services=tuple(self.foreign),
        )
        check_callables(self.described, found)
        return found

    def words_of_callables(self) -> frozenset[str]:
        """Give the names of sinks and sources by which a statement is worth reading."""
        return frozenset(
            word
            for _, entry in self.described
            for name in entry.names
            if entry.kind not in _EVERYDAY and name != entry.kind.value
            for word in entry.words or (name.rpartition(".")[2],)
        )

    def _words(self) -> frozenset[str]:
        """Give the names in a statement that make it worth reading: of sinks, sources, operations and variables."""
        found = set(self.words_of_callables())
        found.update(method for operation in self.operations.values() for method in operation.methods)
        found.update(self.secret_reads)
        found.update(f"{name} =" for form in self.profiles for name in form.names())
        found.update(name for family in self.families for _, names in family.variables for name in names)
        for handler in self.handlers:
            if handler.shape is not None:
                found.update(name for _, names in handler.shape.fields for name in names)
        return frozenset(found)


def _by_method(callables: dict[str, CallableEntry]) -> dict[str, tuple[str, ...]]:
    """Give, by method, the names of the callables that are known on any receiver."""
    found: dict[str, tuple[str, ...]] = {}
    for name, entry in callables.items():
        if entry.any_receiver:
            method = name.rpartition(".")[2]
            found[method] = (*found.get(method, ()), name)
    return found


def _required(entry: Entry, fields: dict[str, Entry], key: str) -> Entry:
    if key not in fields:
        raise entry.fail(f"lacks {key}")
    return fields[key]


def _exactly(entry: Entry, *keys: str) -> dict[str, Entry]:
    return entry.mapping(frozenset(keys), frozenset(keys))


def _items(fields: dict[str, Entry], key: str) -> list[Entry]:
    return list(fields[key].items()) if key in fields else []


def _optional_text(fields: dict[str, Entry], key: str) -> str | None:
    return fields[key].text() if key in fields and not fields[key].is_null() else None


def _optional_integer(fields: dict[str, Entry], key: str) -> int | None:
    return fields[key].integer() if key in fields and not fields[key].is_null() else None


def _flag(fields: dict[str, Entry], key: str) -> bool:
    return fields[key].boolean() if key in fields else False


def _shape(entry: Entry) -> Shape:
    fields = entry.mapping(_SHAPE_KEYS, frozenset({"fields", "lifetime"}))
    roles = fields["fields"].mapping(frozenset(role.value for role in Role))
    return Shape(
        path=fields["path"].texts() if "path" in fields else (),
        fields=tuple((Role(role), names.texts()) for role, names in roles.items()),
        lifetime=fields["lifetime"].member(Lifetime),
    )


def _slot(entry: Entry) -> Slot:
    """[position, keyword, ...]: null for no position, no keyword for positional only."""
    first, keywords = entry.headed("[position, keyword, ...]")
    position = None if first.is_null() else first.integer()
    if position is not None and position < 0:
        raise first.fail("must be 0 or more, or null")
    return Slot(position, tuple(keyword.text() for keyword in keywords))


def _callable(entry: Entry, cloud: Cloud, distribution: str, known: dict[str, CallableEntry]) -> CallableEntry:
    fields = entry.mapping(_CALLABLE_KEYS, frozenset({"names"}))
    base: CallableEntry | None = None
    if "same_as" in fields:
        base = known.get(fields["same_as"].text())
        if base is None:
            raise fields["same_as"].fail("is not described above")
    parameters = base.parameters if base else ()
    if "parameters" in fields:
        parameters = tuple((role, _slot(slot)) for role, slot in fields["parameters"].mapping(PARAMETER_ROLES).items())
    options = base.options if base else ()
    if "options" in fields:
        options = tuple(
            (
                parameter,
                tuple((role, names.texts()) for role, names in keys.mapping(PARAMETER_ROLES).items()),
            )
            for parameter, keys in fields["options"].mapping(PARAMETER_ROLES).items()
        )
    when = base.when if base else ()
    if "when" in fields:
        when = tuple((role, texts.texts()) for role, texts in fields["when"].mapping(PARAMETER_ROLES).items())
    return CallableEntry(
        names=fields["names"].texts(),
        kind=base.kind if base and "kind" not in fields else _required(entry, fields, "kind").member(CallableKind),
        cloud=fields["cloud"].member(Cloud) if "cloud" in fields else cloud,
        distribution=distribution,
        use=fields["use"].member(SinkUse) if "use" in fields else (base.use if base else None),
        parameters=parameters,
        token=fields["token"].member(TokenSupport) if "token" in fields else (base.token if base else None),
        returns=_optional_text(fields, "returns") or (base.returns if base else None),
        operation=_optional_text(fields, "operation") or (base.operation if base else None),
        shape=_shape(fields["shape"]) if "shape" in fields else (base.shape if base else None),
        options=options,
        default_chain=_flag(fields, "default_chain") or (base.default_chain if base else False),
        asynchronous=_flag(fields, "asynchronous"),
        raises_on_profile_and_keys=_flag(fields, "raises_on_profile_and_keys"),
        part=fields["part"].member(Role) if "part" in fields else None,
        signature=_optional_text(fields, "signature"),
        note=_optional_text(fields, "note") or "",
        when=when,
        any_receiver=_flag(fields, "any_receiver") or (base.any_receiver if base else False),
        words=fields["words"].texts() if "words" in fields else (base.words if base else ()),
        incomplete=_incomplete(fields["incomplete"])
        if "incomplete" in fields
        else (base.incomplete if base else NOT_KNOWN),
        token_by_type=tuple((name, fate.member(TokenFate)) for name, fate in fields["token_by_type"].mapping().items())
        if "token_by_type" in fields
        else (),
        drops=fields["drops"].texts() if "drops" in fields else (),
        environment_first=_optional_text(fields, "environment_first"),
        reads=_optional_text(fields, "reads"),
        form=fields["form"].member(DamageKind) if "form" in fields else None,
    )


def _incomplete(entry: Entry) -> Incomplete:
    """Read what an SDK makes of each of the ways in which credentials are not complete."""
    found = entry.mapping(frozenset({"key_id", "secret", "token", "blank"}))
    return Incomplete(**{what: handling.member(Handling) for what, handling in found.items()})


def _foreign_service(entry: Entry) -> ForeignService:
    fields = entry.mapping(frozenset({"title", "stems", "key_ids"}), frozenset({"title"}))
    return ForeignService(
        title=fields["title"].text(),
        stems=fields["stems"].texts() if "stems" in fields else (),
        key_ids=fields["key_ids"].texts() if "key_ids" in fields else (),
    )


def _secret_reading(entry: Entry) -> SecretReading:
    fields = _exactly(entry, "method", "stage", "version", "stale", "rotation")
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
        "default", "type", "types",
    }
)  # fmt: skip


def _profile_form(entry: Entry, cloud: Cloud) -> ProfileForm:
    fields = entry.mapping(_PROFILE_KEYS)

    def text(key: str) -> str:
        return _optional_text(fields, key) or ""

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
    )


def _text_form(entry: Entry, cloud: Cloud, distribution: str) -> TextForm:
    keys = frozenset({"name", "cloud", "use", "token", "within", "parts"})
    fields = entry.mapping(keys, keys - {"cloud"})
    roles = fields["parts"].mapping(frozenset(role.value for role in Role))
    return TextForm(
        name=fields["name"].text(),
        cloud=fields["cloud"].member(Cloud) if "cloud" in fields else cloud,
        distribution=distribution,
        use=fields["use"].member(SinkUse),
        token=fields["token"].member(TokenSupport),
        within=_pattern(fields["within"]),
        parts=tuple((Role(role), tuple(_pattern(one, 1) for one in found.items())) for role, found in roles.items()),
    )


def _pattern(entry: Entry, groups: int = 0) -> str:
    """Read a regular expression of Python; one of `groups` groups."""
    text = entry.text()
    try:
        found = re.compile(text).groups
    except re.error as error:
        raise entry.fail(f"is no regular expression: {error}") from None
    if groups and found != groups:
        raise entry.fail(f"must have {groups} group")
    return text


def _type(entry: Entry, cloud: Cloud, distribution: str) -> TypeEntry:
    fields = entry.mapping(_TYPE_KEYS, frozenset({"names"}))
    names = fields["names"].texts()
    attributes = fields["attributes"].mapping(PARAMETER_ROLES) if "attributes" in fields else {}
    return TypeEntry(
        names=names,
        cloud=cloud,
        distribution=distribution,
        shape=_shape(fields["shape"]) if "shape" in fields else None,
        title=_optional_text(fields, "title") or names[0].rpartition(".")[2],
        shows_secrets=_flag(fields, "shows_secrets"),
        refreshable=_flag(fields, "refreshable"),
        attributes=tuple((name, role) for role, found in attributes.items() for name in found.texts()),
    )


def _operation(entry: Entry, cloud: Cloud) -> Operation:
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
        minimum=_optional_integer(fields, "minimum"),
        maximum=_optional_integer(fields, "maximum"),
        chained_maximum=_optional_integer(fields, "chained_maximum"),
        default=_optional_integer(fields, "default"),
        unsigned=_flag(fields, "unsigned"),
        shape=_shape(fields["shape"]) if "shape" in fields else None,
        model=(model[0], model[1], model[2]) if model else None,
        source=_optional_text(fields, "source") or "",
        fields=tuple((role, _field_rule(rule)) for role, rule in fields["fields"].mapping(PARAMETER_ROLES).items())
        if "fields" in fields
        else (),
        long_lived_caller=_flag(fields, "long_lived_caller"),
        refused=tuple(_refusal(item) for item in _items(fields, "refused")),
        scoped_by=fields["scoped_by"].texts() if "scoped_by" in fields else (),
    )


def _refusal(entry: Entry) -> Refusal:
    fields = entry.mapping(frozenset({"service", "methods", "unless"}), frozenset({"service"}))
    methods = fields["methods"].texts() if "methods" in fields else ()
    return Refusal(fields["service"].text(), methods, _optional_text(fields, "unless"))


def _partition(entry: Entry, cloud: Cloud) -> Partition:
    fields = _exactly(entry, "name", "regions", "hosts", "arns")
    return Partition(
        fields["name"].text(), cloud, fields["regions"].texts(), fields["hosts"].texts(), fields["arns"].texts()
    )


def _endpoint_form(entry: Entry, cloud: Cloud) -> EndpointForm:
    fields = entry.mapping(frozenset({"use", "form"}), frozenset({"form"}))
    return EndpointForm(cloud, fields["use"].member(SinkUse) if "use" in fields else None, fields["form"].text())


def _field_rule(entry: Entry) -> FieldRule:
    fields = entry.mapping(frozenset({"minimum", "maximum", "alphabet", "form"}))
    return FieldRule(
        minimum=_optional_integer(fields, "minimum"),
        maximum=_optional_integer(fields, "maximum"),
        alphabet=_optional_text(fields, "alphabet"),
        form=_optional_text(fields, "form"),
    )


def _family(entry: Entry, cloud: Cloud) -> Family:
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
        exact=_flag(fields, "exact"),
        unread=fields["unread"].texts() if "unread" in fields else (),
        incomplete=_incomplete(fields["incomplete"]) if "incomplete" in fields else NOT_KNOWN,
        vendor=_optional_text(fields, "vendor") or "",
    )


def _key_grammar(entry: Entry, cloud: Cloud) -> KeyGrammar:
    fields = entry.mapping(
        frozenset({"prefix", "lifetime", "lengths", "minimum_length", "alphabet", "needs_token", "strict"}),
        frozenset({"prefix", "lifetime", "alphabet"}),
    )
    lengths = tuple(length.integer() for length in fields["lengths"].items()) if "lengths" in fields else ()
    return KeyGrammar(
        prefix=fields["prefix"].text(),
        cloud=cloud,
        lifetime=fields["lifetime"].member(Lifetime),
        lengths=lengths,
        minimum_length=_optional_integer(fields, "minimum_length") or (min(lengths) if lengths else 0),
        alphabet=fields["alphabet"].text(),
        needs_token=_flag(fields, "needs_token"),
        strict=_flag(fields, "strict"),
    )


def _secret_grammar(entry: Entry, cloud: Cloud) -> SecretGrammar:
    fields = _exactly(entry, "length", "alphabet", "minimum_entropy")
    return SecretGrammar(
        cloud, fields["length"].integer(), fields["alphabet"].text(), fields["minimum_entropy"].number()
    )


def _handler(entry: Entry, cloud: Cloud) -> Handler:
    fields = entry.mapping(
        frozenset({"platform", "position", "parameter_names", "shape"}),
        frozenset({"platform", "position", "parameter_names"}),
    )
    return Handler(
        platform=fields["platform"].text(),
        cloud=cloud,
        position=fields["position"].integer(),
        parameter_names=fields["parameter_names"].texts(),
        shape=_shape(fields["shape"]) if "shape" in fields else None,
    )
