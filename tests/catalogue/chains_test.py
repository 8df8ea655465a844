"""The chains of rules/chains are whole: what an entry names is there, and what the schema does not know is an error."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from credlint.catalogue.chains import PROBLEMS, Chain
from credlint.catalogue.load_chains import chain_document, load_chains
from credlint.catalogue.yamlfile import parse_only_document
from credlint.model.chains import SourceKind
from credlint.model.problem import FatalError

CHAINS = load_chains()
TOLD = {"provider", "profile", "file", "missing", "source"}


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_what_a_chain_names_is_there(chain: Chain) -> None:
    names = [provider.name for provider in chain.providers]
    assert len(names) == len(set(names))
    assert set(dict(chain.sources).values()) <= set(names)
    assert {provider.file for provider in chain.providers} - {""} <= set(dict(chain.files))
    assert set(chain.prefixed) <= set(dict(chain.files))
    assert chain.error("nothing")
    for what, text in chain.errors:
        assert what in PROBLEMS
        assert re.match(r"\w+: \S", text), text
        assert {field for _, field, _, _ in Formatter().parse(text) if field is not None} <= TOLD
    for provider in chain.providers:
        kind = provider.kind
        assert (kind is SourceKind.KEY_FILE) == (provider.place is not None)
        assert (kind is SourceKind.TYPED_PROFILE) == bool(provider.types)


CHAIN = "schema: 1\nchains:\n  - {sdk: x, title: X, errors: {}, providers: [%s]%s}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema: 1\n", "x.yaml:1: lacks chains"),
        (CHAIN % ("", ", order: []"), "x.yaml:3: chains[0].order: unknown key"),
        (CHAIN % ("{name: a}", ""), "x.yaml:3: chains[0].providers[0]: lacks kind"),
        (CHAIN % ("{name: a, kind: magic}", ""), "x.yaml:3: chains[0].providers[0].kind: must be one of "),
        (
            CHAIN % ("{name: a, kind: instance, disabled_by: {variable: A}}", ""),
            "x.yaml:3: chains[0].providers[0].disabled_by: lacks text",
        ),
        (CHAIN % ("", ", files: {a: {variable: A}}"), "x.yaml:3: chains[0].files.a: lacks path"),
        (CHAIN % ("", ", settings: {keyid: a}"), "x.yaml:3: chains[0].settings.keyid: unknown key"),
    ],
)
def test_what_is_not_in_the_schema_is_an_error(text: str, message: str) -> None:
    with pytest.raises(FatalError, match=re.escape(message)):
        chain_document(parse_only_document(text, "x.yaml"))
