"""Reads a spec: headings are the names of tests, fenced blocks their files, a toml block the configuration.

A line with nothing but a path in backticks and a colon, directly above a block, names its file; a block without one is
main.py or main.yaml. Files and configuration of a section hold for that section, the configuration for those below too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,6}) +(.+?) *")
_FENCE = re.compile(r"```([a-z]*) *")
_PATH = re.compile(r"`([^`]+)`:")
_DEFAULT_PATHS = {"python": "main.py", "yaml": "main.yaml"}


class SpecError(Exception):
    """A spec that is not as it should be; the message names file and line."""


@dataclass(frozen=True, slots=True)
class SpecFile:
    """One file of a spec; `line` is the 1-based line of its first line in the Markdown."""

    path: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Spec:
    """One test: its title (headings from the outermost on), its files, and the text of credlint.toml or None."""

    title: str
    line: int
    files: tuple[SpecFile, ...]
    configuration: str | None = None


@dataclass(slots=True)
class _Section:
    level: int
    name: str
    line: int
    files: list[SpecFile]
    configuration: str | None


@dataclass(frozen=True, slots=True)
class _Block:
    language: str
    path: str | None
    text: str
    line: int


def parse(text: str, source: str) -> list[Spec]:
    """Give the specs of a Markdown text in order; raises SpecError, which names `source` and a line."""
    open_sections: list[_Section] = []
    sections: list[tuple[list[_Section], _Section]] = []
    for item in _items(text, source):
        if isinstance(item, _Section):
            while open_sections and open_sections[-1].level >= item.level:
                open_sections.pop()
            if open_sections:
                item.configuration = open_sections[-1].configuration
            open_sections.append(item)
            sections.append((list(open_sections), item))
        elif not open_sections:
            raise SpecError(f"{source}:{item.line - 1}: a block before the first heading")
        else:
            _add(open_sections[-1], item, source)
    specs = [
        Spec(" - ".join(one.name for one in path), section.line, tuple(section.files), section.configuration)
        for path, section in sections
        if section.files
    ]
    _refuse_twins(specs, source)
    return specs


def _add(section: _Section, block: _Block, source: str) -> None:
    if block.language == "toml":
        section.configuration = block.text
        return
    path = block.path or _DEFAULT_PATHS.get(block.language)
    if path is None:
        raise SpecError(f"{source}:{block.line - 1}: a block of {block.language or 'no language'} needs a path")
    if any(file.path == path for file in section.files):
        raise SpecError(f"{source}:{block.line - 1}: a second {path} in one section")
    section.files.append(SpecFile(path, block.text, block.line))


def _refuse_twins(specs: list[Spec], source: str) -> None:
    seen: set[str] = set()
    for spec in specs:
        if spec.title in seen:
            raise SpecError(f"{source}:{spec.line}: a second test of this name: {spec.title}")
        seen.add(spec.title)


def _items(text: str, source: str) -> Iterator[_Section | _Block]:
    """Give headings and blocks; what else stands there is for people."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if heading := _HEADING.fullmatch(line):
            yield _Section(len(heading[1]), heading[2], number, [], None)
        elif fence := _FENCE.fullmatch(line):
            if "```" not in lines[number:]:
                raise SpecError(f"{source}:{number}: a block that does not end")
            end = lines.index("```", number)
            path = _PATH.fullmatch(lines[number - 2]) if number > 1 else None
            body = "".join(f"{one}\n" for one in lines[number:end])
            yield _Block(fence[1], path[1] if path else None, body, number + 1)
            number = end + 1
