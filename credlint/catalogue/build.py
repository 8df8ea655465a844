"""Entries of rules/providers and rules/sdks turned into the catalogue; the schema is closed."""

from __future__ import annotations

from collections.abc import Iterable

from credlint.catalogue.build_callables import (
    callable_entry,
    post_form,
    text_form,
    type_entry,
)
from credlint.catalogue.build_providers import (
    endpoint_form,
    family_entry,
    foreign_service,
    handler_entry,
    key_grammar_entry,
    login,
    operation_entry,
    partition_entry,
    profile_form,
    secret_grammar_entry,
    secret_reading,
)
from credlint.catalogue.callables import CallableEntry, CallableKind, TypeEntry
from credlint.catalogue.entry_fields import (
    PARAMETER_ROLES,
    items_of,
)
from credlint.catalogue.grammar import Grammar, KeyGrammar, SecretGrammar
from credlint.catalogue.lasting import build_lasting
from credlint.catalogue.operations import Operation
from credlint.catalogue.presigning import build_presigning
from credlint.catalogue.sound import check_callables, check_names, check_texts
from credlint.catalogue.types import (
    Catalogue,
    EndpointForm,
    Family,
    ForeignService,
    Handler,
    Login,
    Partition,
    PostForm,
    ProfileForm,
    SecretReading,
    TextForm,
    VariableEntry,
)
from credlint.catalogue.yamlfile import Entry
from credlint.model.patterns import pattern
from credlint.model.records import replace
from credlint.model.values import Cloud, Role

_SDK_KEYS = frozenset(
    {"schema", "distribution", "cloud", "verified", "triggers", "callables", "types", "objects", "texts", "forms"}
)


_WORDS = frozenset(
    {
        "token_prefixes", "placeholders", "placeholder_patterns", "dummy_words", "local_hosts", "cloud_hosts",
        "masking_words", "test_path_parts", "test_modules", "allow_comments", "header_names", "debug_loggers",
        "signing_hooks", "rejections", "secret_types", "logger_names", "log_methods", "applications",
        "identity_words", "anonymous_words", "other_variables", "route_decorators", "response_callables",
        "response_keys", "write_methods", "production_words", "stage_words", "stored_fields", "fixtures",
    }
)  # fmt: skip
"""Lists of words in rules/providers, each under the name of its key."""
_PROVIDER_KEYS = _WORDS | {
    "schema", "cloud", "triggers", "services", "operations", "families", "key_ids", "secrets", "handlers",
    "slot_names", "plain_forms", "profiles", "secret_reads", "logins", "foreign_services", "lasting", "presigning",
    "partitions", "endpoint_forms",
}  # fmt: skip


_PARTS = frozenset({"key_id", "secret", "token", "profile"})
_KEY_ROLES = frozenset({Role.KEY_ID, Role.SECRET, Role.TOKEN, Role.PROFILE})
_EVERYDAY_WORD = pattern(r"[a-z]+|[A-Z][a-z]+")
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
        forms=(*shipped.forms, *builder.forms),
        texts=(*shipped.texts, *(form for _, form in builder.described_texts)),
        words=shipped.words | builder.words_of_callables(),
        part_words=shipped.part_words | builder.words_of_callables(),
        any_receiver=_by_method(builder.callables),
        own_triggers=tuple(word.encode() for word in sorted(builder.triggers)),
    )
    check_callables(builder.described, found)
    check_texts(builder.described_texts)
    return found


class _Builder:
    """Collects what the files say, in the order of their names."""

    def __init__(self, known: dict[str, CallableEntry] | None = None) -> None:
        self.callables: dict[str, CallableEntry] = dict(known or {})
        self.described: list[tuple[Entry, CallableEntry]] = []
        self.triggers: set[str] = set()
        self.types: dict[str, TypeEntry] = {}
        self.objects: dict[str, str] = {}
        self.forms: list[PostForm] = []
        self.described_texts: list[tuple[Entry, TextForm]] = []
        self.profiles: list[ProfileForm] = []
        self.secret_reads: dict[str, SecretReading] = {}
        self.logins: dict[tuple[str, str], Login] = {}
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
        for item in items_of(fields, "operations"):
            operation = operation_entry(item, cloud)
            self.operations[operation.id] = operation
        for item in items_of(fields, "families"):
            self.families.append(family_entry(item, cloud))
        for item in items_of(fields, "key_ids"):
            self.key_ids.append(key_grammar_entry(item, cloud))
        for item in items_of(fields, "secrets"):
            self.secrets.append(secret_grammar_entry(item, cloud))
        self.foreign += [foreign_service(item) for item in items_of(fields, "foreign_services")]
        for item in items_of(fields, "handlers"):
            self.handlers.append(handler_entry(item, cloud))
        if "lasting" in fields:
            self.lasting.append(fields["lasting"])
            build_lasting(self.lasting)
        if "presigning" in fields:
            self.presigning.append(fields["presigning"])
            build_presigning(self.presigning)
        self.partitions += [partition_entry(item, cloud) for item in items_of(fields, "partitions")]
        self.endpoint_forms += [endpoint_form(item, cloud) for item in items_of(fields, "endpoint_forms")]
        self.logins.update({(one.service, one.method): one for one in map(login, items_of(fields, "logins"))})
        self.secret_reads.update({one.method: one for one in map(secret_reading, items_of(fields, "secret_reads"))})
        self.profiles += [profile_form(fields[key], cloud) for key in ("profiles",) if key in fields]
        self._names(fields, cloud)
        for key in _WORDS & fields.keys():
            self.words.setdefault(key, []).extend(fields[key].texts())

    def _names(self, fields: dict[str, Entry], cloud: Cloud) -> None:
        """Take the names of slots, and the forms of texts that may be shown."""
        if "slot_names" in fields:
            for role, names in fields["slot_names"].mapping(frozenset(r.value for r in Role)).items():
                for name in names.texts():
                    self.slot_names[name] = (Role(role), cloud)
        if "plain_forms" in fields:
            for name, patterns in fields["plain_forms"].mapping(PARAMETER_ROLES).items():
                self.plain_forms[name] = (*self.plain_forms.get(name, ()), *patterns.texts())

    def sdk(self, document: Entry) -> None:
        fields = document.mapping(_SDK_KEYS, frozenset({"distribution"}))
        cloud = fields["cloud"].member(Cloud) if "cloud" in fields else Cloud.S3_COMPATIBLE
        distribution = fields["distribution"].text()
        before = len(self.described)
        for item in items_of(fields, "types"):
            entry = type_entry(item, cloud, distribution)
            check_names(item, entry.names)
            for name in entry.names:
                self.types[name] = entry
        for item in items_of(fields, "callables"):
            call = callable_entry(item, cloud, distribution, self.callables)
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
        self.forms += [post_form(item, cloud) for item in items_of(fields, "forms")]
        self.described_texts += [(item, text_form(item, cloud, distribution)) for item in items_of(fields, "texts")]
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
            fixtures={dotted.rpartition(".")[2].lower(): dotted for dotted in word("fixtures", ())},
            rejections=frozenset(word("rejections", ())),
            secret_types=frozenset(word("secret_types", ())),
            logger_names=frozenset(word("logger_names", ())),
            log_methods=frozenset(word("log_methods", ())),
            applications=frozenset(word("applications", ())),
            identity_words=frozenset(word("identity_words", ())),
            anonymous_words=frozenset(word("anonymous_words", ())),
            slot_names=self.slot_names,
            words=self._words(),
            part_words=self._part_words(),
            everyday_words=frozenset(filter(_EVERYDAY_WORD.fullmatch, self._words())),
            any_receiver=_by_method(self.callables),
            plain_forms=self.plain_forms,
            forms=tuple(self.forms),
            texts=tuple(form for _, form in self.described_texts),
            profiles=tuple(self.profiles),
            secret_reads=self.secret_reads,
            logins=self.logins,
            write_methods=frozenset(word("write_methods", ())),
            partitions=tuple(self.partitions),
            endpoint_forms=tuple(self.endpoint_forms),
            route_decorators=frozenset(word("route_decorators", ())),
            response_callables=frozenset(word("response_callables", ())),
            response_keys=frozenset(word("response_keys", ())),
            production_words=frozenset(word("production_words", ())),
            stage_words=frozenset(word("stage_words", ())),
            vendors=tuple(f"{family.vendor}_" for family in self.families if family.vendor),
            other_variables=frozenset(word("other_variables", ())),
            lasting=build_lasting(self.lasting),
            presigning=build_presigning(self.presigning),
            foreign_services=tuple(self.foreign),
            stored_fields=tuple(word("stored_fields", ())),
        )
        check_callables(self.described, found)
        check_texts(self.described_texts)
        return found

    def words_of_callables(self) -> frozenset[str]:
        """Give the names of sinks and sources by which a statement is worth reading."""
        return frozenset(
            word
            for _, entry in self.described
            for name in entry.names
            if (entry.words or entry.kind not in _EVERYDAY) and name != entry.kind.value
            for word in entry.words or (name.rpartition(".")[2],)
        )

    def _words(self) -> frozenset[str]:
        """Give the names in a statement that make it worth reading: of sinks, sources, operations and variables."""
        found = set(self.words_of_callables())
        found.update(method for operation in self.operations.values() for method in operation.methods)
        found.update(build_lasting(self.lasting).error_codes)
        found.update(build_presigning(self.presigning).methods)
        found.update(self.secret_reads)
        found.update(method for _, method in self.logins)
        of_one_cloud = {Cloud.AWS, Cloud.ALIBABA}
        found.update(n for n, (role, cloud) in self.slot_names.items() if role is Role.SECRET and cloud in of_one_cloud)
        found.update(f"{name} =" for form in self.profiles for name in form.names())
        found.update(name for family in self.families for _, names in family.variables for name in names)
        for handler in self.handlers:
            if handler.shape is not None:
                found.update(name for _, names in handler.shape.fields for name in names)
        return frozenset(found)

    def _part_words(self) -> frozenset[str]:
        """Give the names by which code takes, asks for or answers with parts of credentials.

        Those of everyday words alone, and of clients that need no parts, tell too little.
        """
        found: set[str] = set()
        for name, entry in self.callables.items():
            slots = dict(entry.parameters)
            found.update(keyword for role in _PARTS & slots.keys() for keyword in slots[role].keywords)
            found.update(key for _, keys in entry.options for role, names in keys if role in _PARTS for key in names)
            if not entry.default_chain and (_PARTS & slots.keys() or entry.shape or entry.operation):
                found.add(name.rpartition(".")[2])
        for operation in self.operations.values():
            if operation.shape is not None:
                found.update(operation.methods)
                found.update(name for _, names in operation.shape.fields for name in names)
        found.update(
            name for family in self.families for role, names in family.variables if role in _KEY_ROLES for name in names
        )
        return frozenset(word for word in found if not _EVERYDAY_WORD.fullmatch(word))


def _by_method(callables: dict[str, CallableEntry]) -> dict[str, tuple[str, ...]]:
    """Give, by method, the names of the callables that are known on any receiver."""
    found: dict[str, tuple[str, ...]] = {}
    for name, entry in callables.items():
        if entry.any_receiver:
            method = name.rpartition(".")[2]
            found[method] = (*found.get(method, ()), name)
    return found
