"""Writes triggers.py, the words by which triage knows a relevant file: `python -m credlint.catalogue.compile`."""

from __future__ import annotations

from pathlib import Path

from credlint.catalogue.load import rules_folder
from credlint.catalogue.yamlfile import read_documents

TARGET = Path(__file__).parent / "triggers.py"

_HEAD = '''"""Words that make a file worth reading; written by `python -m credlint.catalogue.compile`, not by hand."""

TRIGGERS: tuple[bytes, ...] = (
'''
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


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
