"""stale-secret-version on facts built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from credlint.checks.stale_secret_version import check
from credlint.model.facts import SecretRead
from credlint.model.units import SecretReadUnit
from tests.checks.build import at, only, silent

READ = SecretRead("get_secret_value", "AWSPREVIOUS", at(8), ("a",), (at(40),))


def test_the_finding() -> None:
    draft = only(check(SecretReadUnit(READ)))
    assert draft.case == "other-stage"
    assert draft.location == draft.subject == at(8)
    assert draft.calls == (at(40),)
    assert draft.message == "get_secret_value reads the version AWSPREVIOUS, which is not the one in use"


@pytest.mark.parametrize("reason", ["rotates", "falls_back", "test_context"])
def test_reasons_to_read_it(reason: str) -> None:
    assert silent(check(SecretReadUnit(replace(READ, **{reason: True}))))
