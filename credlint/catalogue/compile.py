"""Writes what start-up needs of rules/ and is not to read YAML for: `python -m credlint.catalogue.compile`.

triggers.py holds the words by which triage knows a relevant file, recognised.py the signatures of the dialects, and
compiled/ what rules/providers, rules/deployments, rules/actions and rules/commands say.
"""

from __future__ import annotations

import json
from pathlib import Path

from credlint.catalogue.build_deployments import recognised
from credlint.catalogue.load import read_providers, rules_folder, state_of
from credlint.catalogue.load_deployments import FOLDERS, module_of
from credlint.catalogue.read_deployments import read_deployments
from credlint.catalogue.written import Writer
from credlint.catalogue.yamlfile import read_documents

TARGET = Path(__file__).parent / "triggers.py"
SIGNATURES = Path(__file__).parent / "recognised.py"
COMPILED = Path(__file__).parent / "compiled"

_HEAD = '''"""Words that make a file worth reading; written by `python -m credlint.catalogue.compile`, not by hand."""

TRIGGERS: tuple[bytes, ...] = (
'''
_RECOGNISED = '''"""How dialects are recognised; written by `python -m credlint.catalogue.compile`, not by hand."""

from __future__ import annotations

from typing import TypeAlias

Names: TypeAlias = tuple[str, ...]
# paths, has, values, lacks, first keys
Row: TypeAlias = tuple[Names, Names, tuple[tuple[str, Names], ...], Names, Names]

# file, dialect, the file of variables for later steps, signatures
RECOGNISED: tuple[tuple[str, str, str, tuple[Row, ...]], ...] = '''
_COMPILED = '''"""{summary}; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

{imports}
{state}

def made() -> {kind}:
    return {body}
'''
_WIDTH = 120
_DEPLOYING = """)

DEPLOYING: tuple[bytes, ...] = (
"""


def trigger_words() -> tuple[str, ...]:
    """Collect the `triggers` of everything under rules/ but the rules; a word that holds another one is left out."""
    return _words(("providers", "sdks", "deployments", "actions", "commands"), "triggers")


def deploying_words() -> tuple[str, ...]:
    """Collect the words by which JSON files of the dialects are known that are written in JSON too."""
    return _words(("deployments",), "json")


def _words(parts: tuple[str, ...], key: str) -> tuple[str, ...]:
    words: set[str] = set()
    for part in parts:
        for path in sorted((rules_folder() / part).glob("*.yaml")):
            fields = next(read_documents(path, f"rules/{part}/{path.name}")).mapping()
            words.update(fields[key].texts() if key in fields else ())
    return tuple(sorted(word for word in words if not any(other in word for other in words - {word})))


def render() -> str:
    """Give the text of triggers.py."""
    return _HEAD + _lines(trigger_words()) + _DEPLOYING + _lines(deploying_words()) + ")\n"


def _lines(words: tuple[str, ...]) -> str:
    return "".join(f"    {word.encode()!r},\n".replace("'", '"') for word in words)


def render_recognised() -> str:
    """Give the text of recognised.py: dialects that are based on another one after all others."""
    rows: list[tuple[bool, list[object]]] = []
    for path in sorted((rules_folder() / "deployments").glob("*.yaml")):
        entry = next(read_documents(path, f"rules/deployments/{path.name}"))
        fields = entry.mapping()
        if "dialect" in fields:
            known = recognised(entry)
            signatures = [
                [one.paths, one.has, one.values, one.lacks, sorted(one.first_keys)] for one in known.recognise
            ]
            rows.append(("base" in fields, [path.stem, known.name, known.environment_file, signatures]))
    ordered = [row for _, row in sorted(rows, key=lambda row: row[0])]
    return f"{_RECOGNISED}{_literal(ordered, 0)}\n"


def _literal(value: object, indent: int) -> str:
    """Give a text, or a sequence as a tuple, as the formatter leaves it."""
    if not isinstance(value, list | tuple):
        return json.dumps(value)
    inline = ", ".join(_literal(one, 0) for one in value) + ("," if len(value) == 1 else "")
    if "\n" not in inline and indent + len(inline) + 3 <= _WIDTH:
        return f"({inline})"
    inner = " " * (indent + 4)
    return "(\n" + "".join(f"{inner}{_literal(one, indent + 4)},\n" for one in value) + " " * indent + ")"


def render_compiled() -> dict[str, str]:
    """Give the texts of the modules of compiled/, by their names."""
    parts, known, read = read_deployments()
    return {
        "providers": _module("What rules/providers say", read_providers(), "providers"),
        "deployments": _module("What actions, commands and settings say", parts, *FOLDERS),
        **{module_of(one.name): _module(f"The dialect {one.name}", read(one.name)) for one in known},
    }


def _module(summary: str, record: object, *folders: str) -> str:
    """Give a module that makes a record, and knows the state of the folders of rules/ that it was made of."""
    writer = Writer()
    body = writer.expression(record)
    state = f"# of what it was written from\nSTATE = {state_of(*folders)}\n" if folders else ""
    return _COMPILED.format(
        summary=summary, imports=writer.imports(), state=state, kind=type(record).__name__, body=body
    )


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
    SIGNATURES.write_text(render_recognised(), encoding="utf-8")
    for name, text in render_compiled().items():
        (COMPILED / f"{name}.py").write_text(text, encoding="utf-8")
