"""The scripts that a node holds: which texts are for a shell, and which are code of another language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from credlint.catalogue.deployment_sources import ScriptForm, ScriptSource
from credlint.extract.deployment.places import TextMap
from credlint.extract.deployment.reading import Reading
from credlint.extract.deployment.script_code import embedded
from credlint.extract.deployment.script_lines import joined_pieces, joined_script
from credlint.extract.deployment.tree import Node, Scalar, items, reach, resolve, scalar, text_at, text_of, value_at
from credlint.model.patterns import pattern

# #!/usr/bin/env python3, #!/bin/sh -e
_SHEBANG = pattern(r"#![ \t]*\S*/(?:env[ \t]+(?:-\S+[ \t]+)*)?(?P<program>[\w.\-]+)")


class ScriptTexts:
    """Finds the scripts of the nodes of one document."""

    def __init__(self, root: Node, reading: Reading) -> None:
        self._root = root
        self._reading = reading
        self._bases: dict[int, tuple[Node, ...]] = {}

    def inherit(self, node: Node, bases: Sequence[Node]) -> None:
        """Remember from which nodes of the same file, outer before inner, a node takes the lines that it lacks."""
        self._bases[id(node)] = tuple(reversed(bases))

    def holders(self, node: Node) -> tuple[Node, ...]:
        """Give a node and those from which it takes lines, nearest first."""
        return (node, *self._bases.get(id(node), ()))

    def of_powershell(self, node: Node, source: ScriptSource) -> Iterator[tuple[str, TextMap]]:
        """Give the scripts for PowerShell: where the source says so, or the node names it as its shell."""
        if source.form is not ScriptForm.POWERSHELL:
            named = (text_at(node, source.shell) if source.shell else None) or ""
            if named.split(" ")[0].rpartition("/")[2] not in self._reading.deployments.shells.powershells:
                return
        for at in source.at:
            for reached in reach(node, at):
                found = scalar(reached.node)
                if found is not None:
                    yield found.text, self._reading.places.text_map(found)

    def of_shell(self, node: Node, source: ScriptSource) -> Iterator[tuple[str, TextMap]]:
        """Give the scripts of a source: one per place, or one of all lines."""
        places = self._reading.places
        if source.form is ScriptForm.POWERSHELL:
            return
        if source.form is ScriptForm.LINES:
            joined = joined_script(self._root, self.holders(node), source, places)
            if joined is not None and self._is_shell(node, source):
                yield joined
            return
        if source.form is ScriptForm.CODE:
            self._embed_code(node, source)
            return
        if source.form is ScriptForm.PIECES:
            for at in source.at:
                yield from joined_pieces(node, at, places)
            return
        for at in source.at:
            for reached in reach(node, at):
                found = self._script_of(reached.node, node, source)
                if found is not None:
                    yield found.text, places.text_map(found)

    def _is_shell(self, holder: Node, source: ScriptSource) -> bool:
        named = (text_at(holder, source.shell) if source.shell else None) or ""
        language = named.split(" ")[0].rpartition("/")[2]
        return not language or language in self._reading.deployments.shells.names

    def _script_of(self, node: Node, holder: Node, source: ScriptSource) -> Scalar | None:
        """Give the scalar that holds a script for a shell; code of another language is handed to its reader."""
        shells = self._reading.deployments.shells
        if source.form is ScriptForm.WORDS:
            return self._script_of_words(node)
        found = scalar(node)
        language = _language(found.text, holder, source) if found is not None else ""
        if found is None or (language and language not in shells.names):
            if found is not None and language in shells.embedded:
                self._embed(found, shells.embedded[language])
            return None
        return found

    def _script_of_words(self, node: Node) -> Scalar | None:
        """`[sh, -c, script]`, or the command line itself."""
        whole = resolve(node)
        if isinstance(whole, Scalar):
            return whole
        words = [scalar(item) for item in items(node)]
        texts = [word.text if word else "" for word in words]
        shells = self._reading.deployments.shells.names
        if len(texts) == 1 and " " in texts[0]:
            return words[0]
        language = self._reading.deployments.shells.embedded.get(texts[0].rpartition("/")[2]) if texts else None
        code = words[2] if len(texts) > 2 and texts[1] == "-c" else None
        if language is not None and code is not None:
            self._embed(code, language)
        if texts and texts[0].rpartition("/")[2] in shells:
            for at, text in enumerate(texts[1:-1], 1):
                if text.startswith("-") and text.endswith("c"):
                    return words[at + 1]
        return None

    def _embed_code(self, node: Node, source: ScriptSource) -> None:
        """Hand code to the reader of the language that the first path of `a|b` names."""
        paths = source.shell.split("|")
        nodes = (value_at(self._root if path.startswith("^") else node, path.removeprefix("^")) for path in paths)
        named = next((text for one in nodes if (text := text_of(one))), "")
        language = self._reading.deployments.shells.embedded.get(named)
        for at in source.at if language else ():
            for reached in reach(node, at):
                found = scalar(reached.node)
                if found is not None and language is not None:
                    self._embed(found, language)

    def _embed(self, found: Scalar, language: str) -> None:
        text_map = self._reading.places.text_map(found)
        made = embedded(found.text, text_map, 0, language)
        if made not in self._reading.found.embedded:  # the scripts of a node may be asked for twice
            self._reading.found.embedded.append(made)


def _language(script: str, holder: Node, source: ScriptSource) -> str:
    """Give the program that runs a script: the one that is named for it, else that of its first line, else ""."""
    named = next((text_of(reached.node) for reached in reach(holder, source.shell)), "") if source.shell else ""
    if named:
        return named.split(" ")[0].rpartition("/")[2]
    shebang = _SHEBANG.match(script)
    return shebang["program"] if shebang else ""
