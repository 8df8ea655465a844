"""The JSON Schema of the files under rules/: what the loaders ask of a document, asked of one that has everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import TypeAlias, TypeVar

import yaml

from credlint.catalogue.build import provider_document, sdk_document
from credlint.catalogue.build_deployments import dialect
from credlint.catalogue.build_programs import action_entry, command_entry, profile_settings, shell_settings
from credlint.catalogue.callables import CallableEntry, CallableKind
from credlint.catalogue.connections import connection_form
from credlint.catalogue.examples import example
from credlint.catalogue.load import build_rule
from credlint.catalogue.load_chains import chain_document
from credlint.catalogue.platforms import platform_document
from credlint.catalogue.settings import settings_form
from credlint.catalogue.yamlfile import Entry
from credlint.model.values import Cloud

_Member = TypeVar("_Member", bound=Enum)
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool"

_URL = "https://raw.githubusercontent.com/credlint/credlint/main/docs/schema/"
_SCALAR: dict[str, Json] = {"type": ["string", "number", "boolean"]}
_TEXTS: dict[str, Json] = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
_READ_ELSEWHERE: dict[str, dict[str, Json]] = {"schema": {"const": 1}, "triggers": _TEXTS, "json": _TEXTS}
"""Keys of a whole file, which not its own loader reads."""
_ANYTHING = "x"
"""A text that every loader takes for a name."""
_KNOWN = {_ANYTHING: CallableEntry((_ANYTHING,), CallableKind.CLIENT, Cloud.AWS, "")}

_DOCUMENTS: dict[str, tuple[str, tuple[Callable[[Entry], object], ...]]] = {
    "sdk": (
        "Callables and types of one package: rules/sdks, and a user's own catalogue",
        (lambda entry: sdk_document(entry, _KNOWN),),
    ),
    "provider": ("Variables, operations and forms of keys of a cloud: rules/providers", (provider_document,)),
    "deployment": (
        "A dialect of deployment YAML, or of profiles, connections or settings: rules/deployments",
        (dialect, profile_settings, connection_form, settings_form),
    ),
    "action": ("An action of a CI platform: rules/actions", (action_entry,)),
    "command": ("A command of the shell, or the shells themselves: rules/commands", (command_entry, shell_settings)),
    "chain": ("The providers of credentials that SDKs ask: rules/chains", (chain_document,)),
    "platform": ("What platforms set in processes that they give a role: rules/platforms", (platform_document,)),
    "rule": (
        "A rule, then its examples: rules/checks",
        (lambda entry: build_rule(entry, _ANYTHING), example),
    ),
}
KINDS = tuple(_DOCUMENTS)
"""The names of the schemas."""


def json_schema(kind: str) -> dict[str, Json]:
    """Give the schema of one kind of file; a file of several documents holds one of them in each."""
    title, readers = _DOCUMENTS[kind]
    forms = [_schema(reader) for reader in readers]
    schema: dict[str, Json] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{_URL}{kind}.json",
        "title": title,
    }
    return schema | (forms[0] if len(forms) == 1 else {"anyOf": list[Json](forms)})


def _schema(read: Callable[[Entry], object]) -> dict[str, Json]:
    probe = _Probe()
    for probe.switch.mapping in (False, True):
        read(probe)
    return probe.schema()


def _object(properties: dict[str, dict[str, Json]], required: frozenset[str]) -> dict[str, Json]:
    """Give the schema of a closed mapping: key by key, or once for all where they are many of one kind."""
    common, *others = properties.values()
    if others and all(other == common for other in others) and not required:
        keys: Json = {"enum": list[Json](properties)}
        return {"type": "object", "propertyNames": keys, "additionalProperties": common}
    closed: dict[str, Json] = {"type": "object", "additionalProperties": False, "properties": dict(properties)}
    return {**closed, "required": list[Json](sorted(required))} if required else closed


class _Switch:
    """How all entries of one probing answer to a question that a loader asks before it chooses how to read."""

    mapping = False


class _Probe(Entry):
    """An entry that has every key and is of every kind, and remembers as what it was read."""

    __slots__ = ("_closed", "_elements", "_forms", "_open", "_required", "switch")

    def __init__(self, switch: _Switch | None = None, key: str = "") -> None:
        super().__init__(yaml.ScalarNode("", ""), "", key)
        self.switch = switch or _Switch()
        self._forms: dict[str, dict[str, Json]] = {}
        self._closed: dict[str, _Probe] = {}
        self._required: frozenset[str] = frozenset()
        self._open: dict[str, _Probe] = {}
        self._elements: list[_Probe] = []

    def schema(self) -> dict[str, Json]:
        """Give what the entry was read as; one that nobody reads is a text for people."""
        forms = dict(self._forms)
        if self._closed:
            forms["mapping"] = _object({key: probe.schema() for key, probe in self._closed.items()}, self._required)
        elif self._open:
            forms["mapping"] = {"type": "object", "additionalProperties": self._open[_ANYTHING].schema()}
        if self._elements:
            *head, rest = (probe.schema() for probe in self._elements)
            first: dict[str, Json] = {"prefixItems": list[Json](head), "minItems": len(head)} if head else {}
            forms["list"] = {"type": "array", "items": rest, **first}
        if not forms:
            return _READ_ELSEWHERE.get(self.key, _SCALAR)
        return next(iter(forms.values())) if len(forms) == 1 else {"anyOf": list[Json](forms.values())}

    def mapping(
        self, allowed: frozenset[str] | None = None, required: frozenset[str] = frozenset()
    ) -> dict[str, Entry]:
        """Have all keys of a closed set, or one of an open set."""
        if allowed is None:
            self._open = self._open or {_ANYTHING: _Probe(self.switch)}
            return dict(self._open)
        for key in sorted(allowed - self._closed.keys()):
            self._closed[key] = _Probe(self.switch, key)
        self._required = required
        return dict(self._closed)

    def items(self) -> Iterator[Entry]:
        """Have an item like any other."""
        self._elements = self._elements or [_Probe(self.switch)]
        return iter(self._elements)

    def headed(self, form: str) -> tuple[Entry, tuple[Entry, ...]]:
        """Have a first item, and one like all others."""
        self._elements = self._elements or [_Probe(self.switch), _Probe(self.switch)]
        return self._elements[0], tuple(self._elements[1:])

    def text(self) -> str:
        """Be a text."""
        self._forms["text"] = _SCALAR
        return _ANYTHING

    def texts(self) -> tuple[str, ...]:
        """Be a list of texts, or one; three, as the longest that has a fixed length."""
        self._forms["texts"] = _TEXTS
        return (_ANYTHING,) * 3

    def integer(self) -> int:
        """Be a whole number."""
        self._forms["integer"] = {"type": "integer"}
        return 1

    def number(self) -> float:
        """Be a number."""
        self._forms["number"] = {"type": "number"}
        return 1.0

    def boolean(self) -> bool:
        """Be true or false."""
        self._forms["boolean"] = {"type": "boolean"}
        return True

    def is_null(self) -> bool:
        """Be allowed to be null, and be none."""
        self._forms["null"] = {"type": "null"}
        return False

    def is_mapping(self) -> bool:
        """Be a mapping or not, in turn."""
        return self.switch.mapping

    def member(self, kind: type[_Member]) -> _Member:
        """Be any value of an enumeration."""
        members = list(kind)
        self._forms["member"] = {"enum": [str(one.value) for one in members]}
        return members[0]
