"""The examples of rules/checks as people may see them: where the text of a key would stand, a mark of its kind does."""

from __future__ import annotations

from credlint.catalogue.load import rules_folder
from credlint.catalogue.yamlfile import Entry, read_documents
from credlint.model.patterns import pattern
from credlint.model.records import dataclass

_OPTIONAL = frozenset({"path", "varies"})
_KEYS = frozenset({"example", "case", "language", "cloud", "bad", "good"}) | _OPTIONAL

SHOWN = {
    "aws-key-id": "AKIA…",
    "aws-account-id": "111122223333",
    "aws-temporary-account-id": "111122223333",
    "aws-key-id-encoded": "QUtJQ…",
    "aws-key-id-line-encoded": "QUtJQ…",
    "aws-temporary-key-id": "ASIA…",
    "aws-secret": "…",
    "aws-secret-encoded": "…",
    "aws-session-token": "…",
    "alibaba-key-id": "LTAI…",
    "alibaba-temporary-key-id": "STS.…",
    "alibaba-secret": "…",
    "alibaba-security-token": "…",
}
"""What stands for a real-looking key in an example, and what is shown for it."""

# "@@aws-key-id@@"; a number makes it a second one: "@@aws-key-id-2@@".
_MARKER = pattern(r"@@([a-z-]+?)(?:-\d+)?@@")
# Behind a line of a bad example: "# error: [rule] # warning: [rule case]".
_ANNOTATION = pattern(r"\s*# (?:error|warning|note): \[[^\]\n]*\]")


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule: files by path, as they must not be and as they should be.

    `varies` gives, for a change of the code that makes another program of it, the reason (see tests/metamorphic).
    """

    name: str
    case: str
    language: str
    cloud: str
    bad: tuple[tuple[str, str], ...]
    good: tuple[tuple[str, str], ...]
    varies: tuple[tuple[str, str], ...] = ()


def read_examples(rule: str) -> list[Example]:
    """Give the examples of a rule, in the order of its file; raises FatalError when they are not as they should be."""
    documents = read_documents(rules_folder() / "checks" / f"{rule}.yaml", f"rules/checks/{rule}.yaml")
    return [example(document) for document in list(documents)[1:]]


def cut_markers(text: str) -> str:
    """Replace markers by what may be shown of such a key; raises KeyError for a marker that does not exist."""
    return _MARKER.sub(lambda match: SHOWN[match[1]], text)


def cut_annotations(text: str) -> str:
    """Leave out the comments that say what is found on their line."""
    return _ANNOTATION.sub("", text)


def example(entry: Entry) -> Example:
    """Read one example."""
    fields = entry.mapping(_KEYS, _KEYS - _OPTIONAL)
    language = fields["language"].text()
    path = fields["path"].text() if "path" in fields else {"python": "example.py"}.get(language, "example.yaml")
    return Example(
        name=fields["example"].text(),
        case=fields["case"].text(),
        language=language,
        cloud=fields["cloud"].text(),
        bad=_files(fields["bad"], path),
        good=_files(fields["good"], path),
        varies=tuple((name, reason.text()) for name, reason in fields["varies"].mapping().items())
        if "varies" in fields
        else (),
    )


def _files(entry: Entry, path: str) -> tuple[tuple[str, str], ...]:
    if entry.is_mapping():
        return tuple((name, text.text()) for name, text in entry.mapping().items())
    return ((path, entry.text()),)
