"""The data of rules/providers and rules/sdks hangs together: patterns, words, roles and limits."""

from __future__ import annotations

import re

import pytest

from credlint.catalogue.grammar import SecretGrammar
from credlint.catalogue.load import load_catalogue
from credlint.model.values import Lifetime, Role

CATALOGUE = load_catalogue()
GRAMMAR = CATALOGUE.grammar

# As documentation, examples and templates write them; "@" stands where the prefix of a kind of key is put.
PLACEHOLDERS = [
    "@IOSFODNN7EXAMPLE",
    "@I44QH8DHBEXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "<yourAccessKeyId>",
    "<access-key-id>",
    "yourAccessKeySecret",
    "your-access-key-id",
    "YOUR_SECRET_KEY",
    "my-secret-key",
    "${AWS_SECRET_ACCESS_KEY}",
    "$(SECRET)",
    "{{ secret }}",
    "%(secret)s",
    "@****************",
    "@" + "X" * 16,
    "@0000000000000000",
    "@1234567890123456",
    "changeme",
    "REPLACE_ME",
    "fake-key",
    "dummy",
    "[REDACTED]",
]


@pytest.mark.parametrize("text", PLACEHOLDERS)
@pytest.mark.parametrize("prefix", [found.prefix for found in GRAMMAR.key_ids])
def test_placeholder_is_known(text: str, prefix: str) -> None:
    filled = text.replace("@", prefix)
    assert filled in GRAMMAR.placeholders or any(re.search(found, filled) for found in GRAMMAR.placeholder_patterns)


def random_text(grammar: SecretGrammar, seed: int) -> str:
    """Give a text of the grammar's length that looks like an issued secret, the same for the same seed."""
    letters = "".join(chr(code) for code in range(33, 127) if re.fullmatch(f"[{grammar.alphabet}]", chr(code)))
    state, made = seed * 7919 + 1, ""
    while len(made) < grammar.length:
        state = state * 6364136223846793005 % 2**64 + 1442695040888963407
        made += letters[(state >> 33) % len(letters)]
    return made


@pytest.mark.parametrize("grammar", GRAMMAR.secrets)
def test_placeholder_patterns_leave_real_secrets_alone(grammar: SecretGrammar) -> None:
    made = [random_text(grammar, seed) for seed in range(2000)]
    taken = [text for text in made if any(re.search(found, text) for found in GRAMMAR.placeholder_patterns)]
    assert len(taken) <= 2  # four x in a row can happen


def test_key_grammar() -> None:
    assert {found.prefix: found.lifetime for found in GRAMMAR.key_ids} == {
        "AKIA": Lifetime.LONG_LIVED,
        "ASIA": Lifetime.TEMPORARY,
        "LTAI": Lifetime.LONG_LIVED,
        "STS.": Lifetime.TEMPORARY,
        "TMP.": Lifetime.TEMPORARY,
    }
    assert {found.prefix for found in GRAMMAR.key_ids if found.needs_token} == {"ASIA", "STS."}
    assert {found.prefix for found in GRAMMAR.key_ids if found.strict} == {"AKIA", "ASIA"}
    for found in GRAMMAR.key_ids:
        re.compile(f"[{found.alphabet}]+")
        assert found.minimum_length > len(found.prefix)


def test_words_that_are_compared_in_lower_case_are_lower_case() -> None:
    for words in (
        GRAMMAR.dummy_words,
        GRAMMAR.local_hosts,
        GRAMMAR.cloud_hosts,
        CATALOGUE.masking_words,
        CATALOGUE.test_path_parts,
        CATALOGUE.header_names,
        CATALOGUE.slot_names,
    ):
        assert [word for word in words if word != word.lower()] == []


def test_no_placeholder_is_a_word_of_another_list() -> None:
    assert not GRAMMAR.placeholders & GRAMMAR.dummy_words


def test_every_family_pairs_a_key_id_with_a_secret() -> None:
    for family in CATALOGUE.families:
        # a second name of a token stands alone
        assert family.names(Role.KEY_ID) or [role for role, _ in family.variables] == [Role.TOKEN]
        assert len(family.names(Role.KEY_ID)) == len(family.names(Role.SECRET))


def test_variable_has_one_role() -> None:
    roles: dict[str, set[Role]] = {}
    for family in CATALOGUE.families:
        for role, names in family.variables:
            for name in names:
                roles.setdefault(name, set()).add(role)
    assert {name for name, found in roles.items() if len(found) > 1} == set()


def test_operation_has_sane_limits() -> None:
    for operation in CATALOGUE.operations.values():
        assert (operation.minimum is None) == (operation.maximum is None)
        if operation.minimum is not None:
            assert operation.minimum < (operation.maximum or 0)
            assert operation.parameter("duration")
        assert operation.source.startswith("https://") or operation.methods


def test_handlers() -> None:
    assert {found.platform: found.position for found in CATALOGUE.handlers} == {"lambda": 1, "function-compute": 1}
