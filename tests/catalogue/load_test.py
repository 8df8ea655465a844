"""The schema of rules/ is closed: what it does not know is an error that names file, line and key."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from credlint.catalogue import load
from credlint.catalogue.build import build_catalogue
from credlint.catalogue.build_callables import CALLABLE_KEYS
from credlint.catalogue.callables import Slot
from credlint.catalogue.load import load_catalogue, load_providers
from credlint.catalogue.types import Catalogue
from credlint.catalogue.yamlfile import read_documents
from credlint.model.problem import FatalError
from credlint.model.sinks import SinkUse, TokenSupport
from credlint.model.values import Cloud, Lifetime, Role
from tests.tree import ROOT


def build(folder: Path, *, providers: str = "", sdks: str = "") -> Catalogue:
    """Build a catalogue of one file under providers, one under sdks, or both."""
    found = {}
    for part, text in (("providers", providers), ("sdks", sdks)):
        path = folder / f"{part}.yaml"
        path.write_text(text, encoding="utf-8")
        found[part] = {"x": next(read_documents(path, f"rules/{part}/x.yaml"))} if text else {}
    return build_catalogue(found["providers"], found["sdks"])


SDK = "schema: 1\ndistribution: x\ncloud: aws\n"
CALL = f"{SDK}callables:\n  - names: [x.Client]\n    kind: client\n"
PROVIDER = "schema: 1\ncloud: aws\n"
OPERATION = f"{PROVIDER}operations:\n  - id: aws.x.Make\n    name: Make\n    service: x\n"

SDK_ERRORS = {
    "distribution: x\n": "x.yaml:1: must begin with `schema: 1`",
    "schema: 2\ndistribution: x\n": "x.yaml:1: must begin with `schema: 1`",
    "schema: 1\ncloud: aws\n": "x.yaml:1: lacks distribution",
    "- schema\n": "x.yaml:1: must be a mapping",
    f"{SDK}callabels: []\n": "x.yaml:4: callabels: unknown key; do you mean callables?",
    f"{SDK}zzz: []\n": "x.yaml:4: zzz: unknown key",
    f"{SDK}callables: []\ncallables: []\n": "x.yaml:5: callables: stands twice",
    f"{SDK}callables: x\n": "x.yaml:4: callables: must be a list",
    f"{SDK}? [a]\n: b\n": "x.yaml:1: keys must be text",
    f"{SDK}callables:\n  - kind: client\n": "x.yaml:5: callables[0]: lacks names",
    f"{SDK}callables:\n  - names: [x.Client]\n": "x.yaml:5: callables[0]: lacks kind",
    f"{CALL}    parametres: {{}}\n": "x.yaml:7: callables[0].parametres: unknown key; do you mean parameters?",
    f"{CALL}    parameters:\n      keyid: [0]\n": (
        "x.yaml:8: callables[0].parameters.keyid: unknown key; do you mean key_id?"
    ),
    f"{CALL}    parameters:\n      key_id: []\n": (
        "x.yaml:8: callables[0].parameters.key_id: must be [position, keyword, ...]"
    ),
    f"{CALL}    parameters:\n      key_id: [first]\n": (
        "x.yaml:8: callables[0].parameters.key_id[0]: must be a whole number"
    ),
    f"{CALL}    token: maybe\n": "x.yaml:7: callables[0].token: must be one of optional, required, none, not maybe",
    f"{CALL}    default_chain: yes\n": "x.yaml:7: callables[0].default_chain: must be true or false",
    f"{CALL}    note: [a]\n": "x.yaml:7: callables[0].note: must be text",
    f"{CALL}    same_as: x.Other\n": "x.yaml:7: callables[0].same_as: is not described above",
    f"{CALL}  - names: [x.Client]\n    kind: client\n": "x.yaml:7: callables[1]: x.Client is described twice",
    f"{CALL}    shape: {{lifetime: temporary}}\n": "x.yaml:7: callables[0].shape: lacks fields",
    f"{SDK}callables: [\n": "x.yaml:5: is not valid YAML",
}

PROVIDER_ERRORS = {
    f"{PROVIDER}family: []\n": "x.yaml:3: family: unknown key; do you mean families?",
    "schema: 1\ncloud: azure\n": "x.yaml:2: cloud: must be one of aws, alibaba, s3compatible, not azure",
    f"{PROVIDER}operations:\n  - id: x\n": "x.yaml:4: operations[0]: lacks name, service",
    f"{OPERATION}    minimum: fifteen minutes\n": "x.yaml:7: operations[0].minimum: must be a whole number",
    f"{OPERATION}    model: [x, Make]\n": "x.yaml:7: operations[0].model: must be [service, operation, member]",
    f"{PROVIDER}secrets:\n  - {{length: 40, alphabet: a-z, minimum_entropy: high}}\n": (
        "x.yaml:4: secrets[0].minimum_entropy: must be a number"
    ),
    f"{PROVIDER}services: {{data: [s3]}}\n": "x.yaml:3: services.data: unknown key",
    f"{PROVIDER}slot_names: {{keyid: [a]}}\n": "x.yaml:3: slot_names.keyid: unknown key; do you mean key_id?",
}


@pytest.mark.parametrize(("text", "message"), SDK_ERRORS.items())
def test_error_in_an_sdk_names_its_place(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FatalError, match=f"^rules/sdks/{re.escape(message)}$"):
        build(tmp_path, sdks=text)


@pytest.mark.parametrize(("text", "message"), PROVIDER_ERRORS.items())
def test_error_in_a_provider_names_its_place(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(FatalError, match=f"^rules/providers/{re.escape(message)}$"):
        build(tmp_path, providers=text)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FatalError, match=r"^rules/x\.yaml: cannot be read"):
        next(read_documents(tmp_path / "x.yaml", "rules/x.yaml"))


def test_yaml_error_does_not_quote_the_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("schema: 1\nkey: [secret\n")
    with pytest.raises(FatalError) as raised:
        next(read_documents(path, "x.yaml"))
    assert "secret" not in str(raised.value)


def test_callable_is_described_under_all_its_names(tmp_path: Path) -> None:
    text = f"{SDK}callables:\n  - names: [x.Client, x.api.Client]\n    kind: client\n    use: data\n    token: none\n"
    text += "    parameters: {key_id: [0, id, name], secret: [null, secret], text: [2]}\n"
    made = build(tmp_path, sdks=text)
    entry = made.callables["x.api.Client"]
    assert entry is made.callables["x.Client"]
    assert (entry.cloud, entry.use, entry.token) == (Cloud.AWS, SinkUse.DATA, TokenSupport.NONE)
    assert entry.slot("key_id") == Slot(0, ("id", "name"))
    assert entry.slot("secret") == Slot(None, ("secret",))
    assert entry.slot("text") == Slot(2, ())
    assert entry.slot("token") is None


def test_same_as_takes_over_what_is_not_said(tmp_path: Path) -> None:
    text = f"{CALL}    use: data\n    returns: x.Client\n    parameters: {{profile: [0]}}\n    default_chain: true\n"
    text += "  - names: [x.Other]\n    same_as: x.Client\n    returns: x.Other\n"
    made = build(tmp_path, sdks=text).callables
    assert (made["x.Other"].kind, made["x.Other"].use) == (made["x.Client"].kind, SinkUse.DATA)
    assert made["x.Other"].parameters == made["x.Client"].parameters
    assert made["x.Other"].default_chain
    assert made["x.Other"].returns == "x.Other"


def test_first_family_of_a_variable_is_its_family(tmp_path: Path) -> None:
    text = f"{PROVIDER}families:\n"
    text += "  - {name: one, title: One, variables: {key_id: [A, B]}}\n"
    text += "  - {name: two, title: Two, variables: {key_id: A, secret: C}}\n"
    made = build(tmp_path, providers=text)
    assert made.variables["A"].family == "one"
    assert made.variables["C"].role is Role.SECRET
    assert made.family("one").names(Role.KEY_ID) == ("A", "B")
    assert made.family("one").names(Role.TOKEN) == ()
    assert made.variable("D") is None
    with pytest.raises(KeyError):
        made.family("three")


def test_operation_is_found_by_its_methods(tmp_path: Path) -> None:
    text = f"{OPERATION}    methods: [make]\n    parameters: {{duration: Seconds}}\n    maximum: null\n"
    text += "    shape: {fields: {key_id: [Id, id]}, lifetime: temporary}\n"
    made = build(tmp_path, providers=text)
    operation = made.methods["x", "make"]
    assert operation is made.operation("aws.x.Make")
    assert (operation.parameter("duration"), operation.parameter("policy")) == ("Seconds", None)
    assert operation.maximum is None
    assert operation.shape
    assert (operation.shape.role("id"), operation.shape.role("other")) == (Role.KEY_ID, None)
    assert operation.shape.lifetime is Lifetime.TEMPORARY


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("rule: x", "rule: y"), "rules/checks/x.yaml:2: rule: must be the name of the file"),
        (("why: w", "why: w\nwarum: w"), "rules/checks/x.yaml:14: warum: unknown key"),
        (("fix: f\n", ""), "rules/checks/x.yaml:1: lacks fix"),
        (("severity: error", "severity: fatal"), "cases[0].severity: must be one of error, warning, note, not fatal"),
        (("summary: s}", "summery: s}"), "cases[0].summery: unknown key; do you mean summary?"),
    ],
)
def test_error_in_a_rule_names_its_place(
    change: tuple[str, str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "schema: 1\nrule: x\nsummary: s\nclouds: [aws]\nlanguages: [python]\ncases:\n"
        "  - {name: c, severity: error, confidence: high, persona: regular, summary: s}\n"
        "wins_over:\n  - y\nreferences:\n  - https://example.com\nfix: f\nwhy: w\n"
    )
    (tmp_path / "checks").mkdir()
    path = tmp_path / "checks" / "x.yaml"
    monkeypatch.setattr(load, "_rules", lambda: str(tmp_path))
    path.write_text(text)
    rule = load.load_rule.__wrapped__("x")
    assert rule.wins_over == ("y",)
    assert rule.case("c").summary == "s"
    with pytest.raises(KeyError):
        rule.case("d")
    path.write_text(text.replace(*change))
    with pytest.raises(FatalError, match=re.escape(message)):
        load.load_rule.__wrapped__("x")


def test_worked_example_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    example = re.search(r"^```yaml\n(schema: 1\n.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert example
    entry = build(tmp_path, sdks=example[1]).callables["shelf.Client"]
    assert (entry.slot("key_id"), entry.slot("endpoint")) == (Slot(1, ("key",)), Slot(None, ("url",)))


def test_documentation_names_every_key_of_a_callable() -> None:
    text = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    assert described == set(CALLABLE_KEYS) - {"cloud"}


def test_what_deployments_ask_for_stands_in_providers_alone() -> None:
    alone, whole = load_providers(), load_catalogue()
    of_sdks = {
        "callables", "types", "objects", "forms", "texts", "words", "part_words", "everyday_words", "any_receiver",
    }  # fmt: skip
    differ = {field.name for field in fields(Catalogue) if getattr(alone, field.name) != getattr(whole, field.name)}
    assert differ <= of_sdks
    asked = re.compile(r"(?<!credlint\.)catalogue\.(" + "|".join(sorted(of_sdks)) + r")\b")
    for room in ("extract/deployment", "extract/text", "link", "checks"):
        for path in (ROOT / "credlint" / room).rglob("*.py"):
            assert not asked.search(path.read_text(encoding="utf-8")), path
