"""The published schemas: fresh, sound, taken by every file of ours, and as strict as the loaders where they can be."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from credlint.catalogue.json_schema import KINDS, json_schema
from docs.generate import SCHEMAS, render_schema
from tests.catalogue.load_test import PROVIDER_ERRORS, SDK_ERRORS
from tests.tree import ROOT

FOLDERS = {
    "sdk": "sdks",
    "provider": "providers",
    "deployment": "deployments",
    "action": "actions",
    "command": "commands",
    "chain": "chains",
    "platform": "platforms",
    "rule": "checks",
}
FILES = [(kind, path) for kind, folder in FOLDERS.items() for path in sorted((ROOT / "rules" / folder).glob("*.yaml"))]


# What a schema cannot see: two keys of one name, text that is not YAML, names that must or must not stand elsewhere,
# and that `yes` is not the way to write `true`.
UNSEEN = (
    "stands twice",
    "is not valid YAML",
    "keys must be text",
    "is not described above",
    "is described twice",
    "lacks kind",
    "must be [service, operation, member]",
    "must be true or false",
)


def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_fresh(kind: str) -> None:
    text = (SCHEMAS / f"{kind}.json").read_text(encoding="utf-8")
    assert text == render_schema(kind), "run `make docs`"
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/docs/schema/{kind}.json")


def test_every_folder_of_rules_has_its_schema() -> None:
    assert set(FOLDERS) == set(KINDS)
    assert {path.stem for path in SCHEMAS.glob("*")} == set(KINDS)
    assert {path.name for path in (ROOT / "rules").iterdir()} == set(FOLDERS.values())


@pytest.mark.parametrize(("kind", "path"), FILES, ids=[path.stem for _, path in FILES])
def test_file_of_ours_is_taken(kind: str, path: Path) -> None:
    check = validator(kind)
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        check.validate(document)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kind, text)
        for kind, texts in (("sdk", SDK_ERRORS), ("provider", PROVIDER_ERRORS))
        for text, message in texts.items()
        if not message.endswith(UNSEEN) and "must begin with" not in message
    ],
)
def test_what_the_loader_rejects_is_rejected(kind: str, text: str) -> None:
    assert not validator(kind).is_valid(yaml.safe_load(text))


DIALECT = "schema: 1\ndialect: x\ntitle: X\nrecognise: []\ndocuments: []\n"
RULE = "schema: 1\nrule: x\nsummary: s\nclouds: [aws]\nlanguages: [python]\ncases: []\nreferences: []\nfix: f\nwhy: w\n"


@pytest.mark.parametrize(
    ("kind", "text", "valid"),
    [
        ("sdk", "schema: 1\ndistribution: x\n", True),
        ("sdk", "schema: 2\ndistribution: x\n", False),
        ("sdk", "schema: 1\ndistribution: [x]\n", False),
        ("sdk", "schema: 1\ndistribution: x\ntriggers: {a: b}\n", False),
        ("deployment", f"{DIALECT}shapes: {{job: {{title: j}}}}\n", True),
        ("deployment", f"{DIALECT}shapes: {{job: {{titel: j}}}}\n", False),
        ("deployment", f"{DIALECT}shapes: []\n", False),
        ("deployment", "schema: 1\nprofiles: x\nroles: {key_id: [a]}\n", True),
        ("deployment", "schema: 1\nprofiles: x\nroles: {keyid: [a]}\n", False),
        ("action", "schema: 1\naction: x\ncloud: aws\ninputs: {key_id: k}\n", True),
        ("action", "schema: 1\naction: x\ncloud: aws\ninputs: {keyid: k}\n", False),
        ("action", "schema: 1\naction: x\ncloud: aws\ninputs: {}\nmodes: [{given: [], caller: me}]\n", False),
        ("command", "schema: 1\nshells: [sh]\nembedded: {python: python}\n", True),
        ("command", "schema: 1\nshells: [sh]\n", False),
        ("command", "schema: 1\ncommand: [aws]\nrequests: [{words: [a], operation: b, answers: maybe}]\n", False),
        ("rule", RULE, True),
        ("rule", RULE.replace("aws", "azure"), False),
        ("rule", RULE.replace("cases: []", "cases: [{name: c}]"), False),
        ("rule", "example: e\ncase: c\nlanguage: python\ncloud: aws\nbad: x\ngood: {a.py: x}\n", True),
        ("rule", "example: e\ncase: c\nlanguage: python\ncloud: aws\nbad: [x]\ngood: {a.py: x}\n", False),
    ],
)
def test_form(kind: str, text: str, *, valid: bool) -> None:
    assert validator(kind).is_valid(yaml.safe_load(text)) is valid


def test_positions_come_first() -> None:
    check = validator("sdk")
    head = "schema: 1\ndistribution: x\ncallables:\n  - names: [x.y]\n    kind: print\n    parameters: {text: %s}\n"
    for slot, valid in {"[0]": True, "[null, a, b]": True, "[a]": False, "[]": False, "[0, [a]]": False}.items():
        assert check.is_valid(yaml.safe_load(head % slot)) is valid, slot
