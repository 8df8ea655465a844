"""A user's own descriptions: over the shipped ones, checked as they are, with their own trigger words."""

from __future__ import annotations

import re

import pytest

from credlint.catalogue.callables import CallableKind
from credlint.catalogue.load import load_catalogue
from credlint.model.problem import FatalError
from credlint.model.sinks import TokenSupport
from credlint.model.values import Cloud

HEAD = "schema: 1\ndistribution: company-storage\ncloud: alibaba\n"
CLIENT = f"""{HEAD}callables:
  - names: [company.storage.connect, company.storage.api.connect]
    kind: client
    use: data
    parameters: {{key_id: [0, ak], secret: [1, sk], token: [2, token]}}
    token: optional
"""
SOURCE = f"""{HEAD}types:
  - names: [company.vault.Keys]
    shape:
      fields: {{key_id: ak}}
      lifetime: temporary
callables:
  - names: [company.vault.borrow]
    kind: source
    returns: company.vault.Keys
"""


def test_own_entries_stand_beside_the_shipped_ones() -> None:
    shipped = load_catalogue()
    found = load_catalogue((("a.yaml", CLIENT),))
    entry = found.callables["company.storage.connect"]
    assert (entry.kind, entry.cloud, entry.token) == (CallableKind.CLIENT, Cloud.ALIBABA, TokenSupport.OPTIONAL)
    assert found.callables["boto3.client"] is shipped.callables["boto3.client"]
    assert "company.storage.connect" not in shipped.callables
    assert found.words == shipped.words | {"connect"}
    assert found.own_triggers == (b"connect",)
    assert shipped.own_triggers == ()
    assert load_catalogue((("a.yaml", CLIENT),)) is found


def test_a_class_and_a_function_of_two_files() -> None:
    found = load_catalogue((("a.yaml", CLIENT), ("b.yaml", SOURCE)))
    assert found.types["company.vault.Keys"].title == "Keys"
    assert found.own_triggers == (b"borrow", b"connect")


def test_own_entry_wins_over_a_shipped_one() -> None:
    text = f"{HEAD}callables:\n  - names: [minio.Minio]\n    kind: client\n    use: control\n"
    found = load_catalogue((("a.yaml", text),))
    assert found.callables["minio.Minio"].distribution == "company-storage"
    assert found.callables["minio.api.Minio"].distribution == "minio"


def test_own_entry_may_be_like_a_shipped_one() -> None:
    text = f"{HEAD}callables:\n  - names: [company.Bucket]\n    same_as: oss2.auth.StsAuth\n"
    entry = load_catalogue((("a.yaml", text),)).callables["company.Bucket"]
    assert entry.token is TokenSupport.REQUIRED


def test_trigger_words_that_are_given_are_the_only_ones() -> None:
    assert load_catalogue((("a.yaml", f"{CLIENT}triggers: [company]\n"),)).own_triggers == (b"company",)


def test_what_everybody_calls_makes_no_statement_worth_reading() -> None:
    text = f"{HEAD}callables:\n  - names: [company.log.tell]\n    kind: log\n"
    found = load_catalogue((("a.yaml", text),))
    assert found.words == load_catalogue().words
    assert found.own_triggers == (b"tell",)


CALL = f"{HEAD}callables:\n  - names: [x.Client]\n"
ERRORS = {
    "": "1: is empty; it must begin with `schema: 1`",
    "# nothing\n": "1: is empty; it must begin with `schema: 1`",
    "distribution: x\n": "1: must begin with `schema: 1`",
    f"{CLIENT}---\nschema: 1\n": "11: a file may hold one document only",
    "a: [\n": "2: is not valid YAML",
    "a: *b\n": "1: is not valid YAML",
    "[" * 5000: "1: is not valid YAML",
    f"{HEAD}cloud: aws\n": "4: cloud: stands twice",
    f"{HEAD}callables:\n  - names: []\n    kind: client\n": "5: callables[0]: must name at least one",
    f"{HEAD}callables:\n  - names: [a-b.c]\n    kind: print\n": (
        "5: callables[0]: 'a-b.c' is no dotted name, as in module.Class.method"
    ),
    f"{HEAD}types:\n  - names: ['.connect']\n": (
        "5: types[0]: '.connect' is no dotted name, as in module.Class.method"
    ),
    f"{CALL}    kind: client\n": "5: callables[0]: a client must say its `use`, or which parameter names the `service`",
    f"{CALL}    kind: client\n    use: data\n    parameters: {{key_id: [0]}}\n": (
        "5: callables[0]: takes a key_id, so it must say `token`: optional, required or none"
    ),
    f"{CALL}    kind: client\n    use: data\n    parameters: {{key_id: [0]}}\n    token: optional\n": (
        "5: callables[0]: `token: optional` and whether there is a parameter `token` must agree"
    ),
    f"{CALL}    kind: client\n    use: data\n    parameters: {{key_id: [0], token: [1]}}\n    token: none\n": (
        "5: callables[0]: `token: none` and whether there is a parameter `token` must agree"
    ),
    f"{CALL}    kind: provider\n    use: identity\n": "5: callables[0]: kind provider must say `use` and `returns`",
    f"{CALL}    kind: credentials\n    returns: x.Client\n": (
        "5: callables[0]: kind credentials must say `use` and `returns`"
    ),
    f"{CALL}    kind: operation\n    operation: aws.sts.AssumeRol\n": (
        "5: callables[0]: there is no operation aws.sts.AssumeRol; do you mean aws.sts.AssumeRole?"
    ),
    f"{CALL}    kind: operation\n    operation: qqqqqq\n": "5: callables[0]: there is no operation qqqqqq",
    f"{CALL}    kind: source\n": (
        "5: callables[0]: a source must say in `returns` which of the `types` it gives, "
        "with a `shape` that has no `path`"
    ),
    f"{CALL}    kind: source\n    returns: x.Keys\ntypes:\n  - names: [x.Keys]\n": (
        "5: callables[0]: a source must say in `returns` which of the `types` it gives, "
        "with a `shape` that has no `path`"
    ),
    f"{CALL}    kind: print\n    parameters: {{text: [-1]}}\n": (
        "7: callables[0].parameters.text[0]: must be 0 or more, or null"
    ),
    f"{CLIENT}triggers: []\n": "10: triggers: must hold at least one word, and no blank one",
    f"{CLIENT}triggers: [a, ' ']\n": "10: triggers: must hold at least one word, and no blank one",
}


@pytest.mark.parametrize(("text", "message"), ERRORS.items())
def test_error_names_its_place(text: str, message: str) -> None:
    with pytest.raises(FatalError, match=f"^own/a.yaml:{re.escape(message)}$"):
        load_catalogue((("own/a.yaml", text),))


def test_a_character_that_yaml_does_not_allow() -> None:
    with pytest.raises(FatalError, match=r"^a\.yaml: is not valid YAML$"):
        load_catalogue((("a.yaml", f"{HEAD}# \0\n"),))


def test_one_name_in_two_files() -> None:
    with pytest.raises(FatalError, match=r"^b\.yaml:5: callables\[0\]: company\.storage\.connect is described twice$"):
        load_catalogue((("a.yaml", CLIENT), ("b.yaml", CLIENT)))


TEXT = f"{HEAD}texts:\n  - {{name: CONNECT, use: data, token: %s, within: %s, parts: %s}}\n"


@pytest.mark.parametrize(
    ("token", "within", "parts", "message"),
    [
        ("none", "'('", "{}", "'(' is no regular expression: "),
        ("none", "x", "{key_id: a}", "'a' must have one group, the value"),
        ("none", "x", "{key_id: '(a)(b)'}", "'(a)(b)' must have one group, the value"),
        ("none", "x", "{key_id: '(a)'}", "must say where key_id and secret stand"),
        ("none", "x", "{key_id: '(a)', secret: '(b)', token: '(c)'}", "`token: none` and whether there is a part"),
        ("optional", "x", "{key_id: '(a)', secret: '(b)'}", "`token: optional` and whether there is a part"),
    ],
)
def test_form_of_a_text_that_tells_nothing(token: str, within: str, parts: str, message: str) -> None:
    with pytest.raises(FatalError, match=f"^a.yaml:5: texts\\[0\\]: {re.escape(message)}"):
        load_catalogue((("a.yaml", TEXT % (token, within, parts)),))


def test_form_of_a_text() -> None:
    found = load_catalogue((("a.yaml", TEXT % ("none", "x", "{key_id: '(a)', secret: '(b)'}")),))
    assert [form.name for form in found.texts if form.distribution == "company-storage"] == ["CONNECT"]
