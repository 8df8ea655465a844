"""Strict reading of our own YAML: every value knows its file, line and key, and every unknown key is an error."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

import yaml

from credlint.model.problem import FatalError

if TYPE_CHECKING:
    from pathlib import Path

_Member = TypeVar("_Member", bound=Enum)
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Entry:
    """A YAML node with its place. Every reader raises FatalError with file:line:key for a node of another kind."""

    __slots__ = ("_path", "key", "node")

    def __init__(self, node: yaml.Node, path: str, key: str) -> None:
        self.node = node
        self._path = path
        self.key = key

    def fail(self, what: str) -> FatalError:
        """Make the error that says what is wrong here."""
        place = f"{self._path}:{self.node.start_mark.line + 1}: "
        return FatalError(f"{place}{self.key}: {what}" if self.key else f"{place}{what}")

    def mapping(
        self, allowed: frozenset[str] | None = None, required: frozenset[str] = frozenset()
    ) -> dict[str, Entry]:
        """Read a mapping with text keys; `allowed` closes the set of keys, `required` must all be there."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fail("must be a mapping")
        found: dict[str, Entry] = {}
        for key_node, value_node in self.node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.fail("keys must be text")
            key = str(key_node.value)
            entry = Entry(value_node, self._path, f"{self.key}.{key}" if self.key else key)
            if key in found:
                raise entry.fail("stands twice")
            if allowed is not None and key not in allowed:
                from difflib import get_close_matches

                near = get_close_matches(key, allowed, 1)
                raise entry.fail("unknown key" + (f"; do you mean {near[0]}?" if near else ""))
            found[key] = entry
        missing = sorted(required - set(found))
        if missing:
            raise self.fail(f"lacks {', '.join(missing)}")
        return found

    def items(self) -> Iterator[Entry]:
        """Read a sequence."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fail("must be a list")
        for index, node in enumerate(self.node.value):
            yield Entry(node, self._path, f"{self.key}[{index}]")

    def headed(self, form: str) -> tuple[Entry, tuple[Entry, ...]]:
        """Read a sequence whose first item, which must be there, means something else; `form` says what is expected."""
        items = tuple(self.items())
        if not items:
            raise self.fail(f"must be {form}")
        return items[0], items[1:]

    def text(self) -> str:
        """Read a scalar as text."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fail("must be text")
        return str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        """Read a list of texts, or one text as a list of one."""
        if isinstance(self.node, yaml.ScalarNode):
            return (self.text(),)
        return tuple(item.text() for item in self.items())

    def integer(self) -> int:
        """Read a whole number."""
        try:
            return int(self.text())
        except ValueError:
            raise self.fail("must be a whole number") from None

    def number(self) -> float:
        """Read a number."""
        try:
            return float(self.text())
        except ValueError:
            raise self.fail("must be a number") from None

    def boolean(self) -> bool:
        """Read true or false."""
        text = self.text()
        if text not in {"true", "false"}:
            raise self.fail("must be true or false")
        return text == "true"

    def is_null(self) -> bool:
        """Tell whether the value is null."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == "tag:yaml.org,2002:null"

    def is_sequence(self) -> bool:
        """Tell whether the value is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def is_mapping(self) -> bool:
        """Tell whether the value is a mapping."""
        return isinstance(self.node, yaml.MappingNode)

    def member(self, kind: type[_Member]) -> _Member:
        """Read the value of an enumeration."""
        text = self.text()
        for member in kind:
            if member.value == text:
                return member
        raise self.fail(f"must be one of {', '.join(str(member.value) for member in kind)}, not {text}")


def read_documents(path: str | Path, name: str) -> Iterator[Entry]:
    """Read a file of ours, document by document; `name` is how errors call it. The first begins with `schema: 1`."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise FatalError(f"{name}: cannot be read ({error.strerror})") from None
    yield from parse_documents(text, name)


def parse_only_document(text: str, name: str) -> Entry:
    """Parse a text of one document that begins with `schema: 1`; anything else is an error."""
    documents = list(parse_documents(text, name))
    if not documents:
        raise FatalError(f"{name}:1: is empty; it must begin with `schema: 1`")
    for other in documents[1:]:
        raise other.fail("a file may hold one document only")
    return documents[0]


def parse_documents(text: str, name: str) -> Iterator[Entry]:
    """Parse a text, document by document; `name` is how errors call it. The first begins with `schema: 1`."""
    try:
        loader = _LOADER(text)
        first = True
        while loader.check_node():
            node = loader.get_node()
            if node is None:
                break
            document = Entry(node, name, "")
            if first:
                version = document.mapping().get("schema")
                if version is None or version.text() != "1":
                    raise document.fail("must begin with `schema: 1`")
                first = False
            yield document
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise FatalError(f"{name}:{line}: is not valid YAML") from None
    except (yaml.YAMLError, RecursionError):
        raise FatalError(f"{name}: is not valid YAML") from None
