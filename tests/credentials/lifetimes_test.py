"""How long a part lives, by where it comes from."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.credentials.lifetimes import is_temporary, lifetime
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from credlint.model.values import (
    Absent,
    Alternative,
    Blank,
    EnvironmentVariable,
    Lifetime,
    Literal,
    NoneValue,
    Origin,
    Parameter,
    Part,
    ProfileField,
    ProviderField,
    Reference,
    ReferenceKind,
    ResponseField,
    Role,
    Unknown,
)
from tests.markers import render

GRAMMAR = load_catalogue().grammar
PLACE = Location("a.py", Span(0, 0, 0, 0, 1))


def literal(marker: str) -> Literal:
    return Literal(SecretText(render(f"@@{marker}@@")))


CONSOLE = Literal(SecretText("TMP" + "." + render("@@alibaba-temporary-key-id@@")[4:]))


@pytest.mark.parametrize(
    ("origin", "role", "expected"),
    [
        (ResponseField(PLACE, "op", Role.KEY_ID, Lifetime.TEMPORARY), Role.KEY_ID, Lifetime.TEMPORARY),
        (ResponseField(PLACE, "op", Role.KEY_ID, Lifetime.LONG_LIVED), Role.KEY_ID, Lifetime.LONG_LIVED),
        (ProviderField(PLACE, "p", Role.SECRET, Lifetime.TEMPORARY), Role.SECRET, Lifetime.TEMPORARY),
        (
            ProviderField(PLACE, "p", Role.SECRET, Lifetime.POSSIBLY_TEMPORARY),
            Role.SECRET,
            Lifetime.POSSIBLY_TEMPORARY,
        ),
        (literal("aws-key-id"), Role.KEY_ID, Lifetime.LONG_LIVED),
        (literal("aws-temporary-key-id"), Role.KEY_ID, Lifetime.TEMPORARY),
        (literal("aws-temporary-key-id"), Role.SECRET, Lifetime.UNKNOWN),
        (literal("aws-secret"), Role.SECRET, Lifetime.UNKNOWN),
        (literal("aws-secret"), Role.KEY_ID, Lifetime.UNKNOWN),
        (Literal(SecretText("any text")), Role.TOKEN, Lifetime.TEMPORARY),
        (Reference(ReferenceKind.STEP_OUTPUT, "assume"), Role.KEY_ID, Lifetime.TEMPORARY),
        (Reference(ReferenceKind.RESULT, "assume"), Role.KEY_ID, Lifetime.TEMPORARY),
        (Reference(ReferenceKind.HOST_VARIABLE, "NAME"), Role.KEY_ID, Lifetime.POSSIBLY_TEMPORARY),
        (Reference(ReferenceKind.CI_SECRET, "NAME"), Role.KEY_ID, Lifetime.UNKNOWN),
        (Reference(ReferenceKind.KUBERNETES_SECRET, "NAME"), Role.KEY_ID, Lifetime.UNKNOWN),
        (EnvironmentVariable("NAME"), Role.KEY_ID, Lifetime.POSSIBLY_TEMPORARY),
        (ProfileField("dev", Role.KEY_ID), Role.KEY_ID, Lifetime.POSSIBLY_TEMPORARY),
        (Unknown("why"), Role.KEY_ID, Lifetime.UNKNOWN),
        (Parameter("key"), Role.KEY_ID, Lifetime.UNKNOWN),
        (Absent(), Role.TOKEN, Lifetime.UNKNOWN),
        (NoneValue(), Role.TOKEN, Lifetime.UNKNOWN),
        (Blank(), Role.TOKEN, Lifetime.UNKNOWN),
    ],
)
def test_lifetime(origin: Origin, role: Role, expected: Lifetime) -> None:
    assert lifetime(origin, role, GRAMMAR) is expected


@pytest.mark.parametrize(
    ("origin", "temporary"),
    [
        (literal("aws-temporary-key-id"), True),
        (literal("alibaba-temporary-key-id"), True),
        (literal("aws-key-id"), False),
        (literal("alibaba-key-id"), False),
        (CONSOLE, False),  # temporary, but of use without a token
        (ResponseField(PLACE, "op", Role.KEY_ID, Lifetime.TEMPORARY), True),
        (ResponseField(PLACE, "op", Role.KEY_ID, Lifetime.LONG_LIVED), False),
        (EnvironmentVariable("NAME"), False),
        (Unknown("why"), False),
    ],
)
def test_temporary_by_proof(origin: Origin, temporary: bool) -> None:
    absent = {role: Part(role, Absent(), "", None) for role in Role}
    key = Part(Role.KEY_ID, origin, "key", None)
    alternative = Alternative(key, absent[Role.SECRET], absent[Role.TOKEN], absent[Role.PROFILE])
    assert is_temporary(alternative, GRAMMAR) is temporary


def test_the_console_id_lives_as_long_as_it_says() -> None:
    assert lifetime(CONSOLE, Role.KEY_ID, GRAMMAR) is Lifetime.TEMPORARY
