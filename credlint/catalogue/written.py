"""Entries of the catalogue as Python text that makes them again: what `compile` writes, so that no run reads YAML."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from credlint.model.records import names

_INDENT = " "
_WIDTH = 110


class Writer:
    """Writes values as expressions, and remembers the classes that they need."""

    def __init__(self) -> None:
        self._kinds: dict[str, str] = {}

    def expression(self, value: object, indent: str = "") -> str:
        """Give the expression of a record, an enumeration's member, text, number or a collection of such."""
        if isinstance(value, Enum):
            return f"{self._name(type(value))}.{value.name}"
        if value is None or isinstance(value, str | bytes | int | float):
            return repr(value)
        inner = indent + _INDENT
        if isinstance(value, tuple):
            return _enclosed("(", [f"{self.expression(one, inner)}," for one in value], ")", indent)
        if isinstance(value, frozenset):
            listed = sorted(f"{self.expression(one, inner)}," for one in value)
            return _enclosed("frozenset({", listed, "})", indent) if value else "frozenset()"
        if isinstance(value, dict):
            pairs = [f"{self.expression(key, inner)}: {self.expression(one, inner)}," for key, one in value.items()]
            return _enclosed("{", pairs, "}", indent)
        given = [f"{name}={self.expression(getattr(value, name), inner)}," for name in _told(value)]
        return _enclosed(f"{self._name(type(value))}(", given, ")", indent)

    def imports(self) -> str:
        """Give the lines that import the classes of what was written."""
        modules: dict[str, list[str]] = {}
        for name, module in self._kinds.items():
            modules.setdefault(module, []).append(name)
        return "".join(f"from {one} import {', '.join(sorted(modules[one]))}\n" for one in sorted(modules))

    def _name(self, kind: type) -> str:
        known = self._kinds.setdefault(kind.__name__, kind.__module__)
        assert known == kind.__module__, f"two classes are called {kind.__name__}"
        return kind.__name__


def _told(record: object) -> Iterable[str]:
    """Give the names of the fields that hold something else than a record of that class has by itself."""
    fields = names(type(record))
    assert fields, f"{type(record).__name__} is no record"
    return [name for name in fields if not _is_default(record, name)]


def _is_default(record: object, name: str) -> bool:
    import dataclasses

    field = next(one for one in dataclasses.fields(record) if one.name == name)  # type: ignore[arg-type]
    if field.default_factory is not dataclasses.MISSING:
        return bool(getattr(record, name) == field.default_factory())
    return field.default is not dataclasses.MISSING and bool(getattr(record, name) == field.default)


def _enclosed(start: str, parts: list[str], end: str, indent: str) -> str:
    inline = " ".join(parts) if len(parts) == 1 else " ".join(parts).removesuffix(",")
    if "\n" not in inline and len(indent) + len(inline) <= _WIDTH:
        return f"{start}{inline}{end}"
    inner = "".join(f"{indent}{_INDENT}{part}\n" for part in parts)
    return f"{start}\n{inner}{indent}{end}"
