"""hardcoded-access-key, hardcoded-temporary-credentials and malformed-access-key-id on facts built by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from credlint.checks import hardcoded_access_key, hardcoded_temporary_credentials, malformed_access_key_id
from credlint.model.facts import LiteralContext
from credlint.model.finding import Confidence, Draft
from credlint.model.secret import SecretText
from credlint.model.sinks import EndpointKind
from credlint.model.units import LiteralForm, LiteralUnit, WriteUnit
from credlint.model.values import Lifetime, Literal, Role, Unknown
from tests.checks.build import at, literal_unit, only, silent, write, write_unit

PLACE, SINK = at(7), at(6)
PARTNER = SecretText("of the other half")

long_lived = hardcoded_access_key.check
temporary = hardcoded_temporary_credentials.check
malformed = malformed_access_key_id.check


def key(form: LiteralForm = LiteralForm.REAL, **changes: object) -> LiteralUnit:
    return literal_unit(Role.KEY_ID, form, **{"lifetime": Lifetime.LONG_LIVED, **changes})  # type: ignore[arg-type]


def short_key(form: LiteralForm = LiteralForm.REAL, **changes: object) -> LiteralUnit:
    return key(form, lifetime=Lifetime.TEMPORARY, **changes)


def secret(form: LiteralForm = LiteralForm.REAL, **changes: object) -> LiteralUnit:
    return literal_unit(Role.SECRET, form, **changes)  # type: ignore[arg-type]


def token(form: LiteralForm = LiteralForm.REAL, **changes: object) -> LiteralUnit:
    return literal_unit(Role.TOKEN, form, **changes)  # type: ignore[arg-type]


def expiration(**changes: object) -> LiteralUnit:
    return literal_unit(Role.EXPIRATION, **changes)  # type: ignore[arg-type]


# hardcoded-access-key


def test_a_long_lived_key_id() -> None:
    draft = only(long_lived(key()))
    assert draft.case == "literal-key"
    assert draft.message == "long-lived key id (ends in GHIJ) stands in the file"
    assert draft.location == draft.subject == PLACE
    assert draft.certainty is Confidence.HIGH


def test_a_short_key_id_shows_nothing_of_itself() -> None:
    assert only(long_lived(key(text="0123456789"))).message == "long-lived key id stands in the file"


@pytest.mark.parametrize("context", [LiteralContext.SLOT, LiteralContext.ASSIGNED])
def test_a_key_id_that_is_kept_for_use(context: LiteralContext) -> None:
    assert not silent(long_lived(key(context=context)))


@pytest.mark.parametrize("context", [LiteralContext.COMMENT, LiteralContext.TEXT])
def test_a_key_id_that_is_only_spoken_of(context: LiteralContext) -> None:
    assert silent(long_lived(key(context=context)))


@pytest.mark.parametrize("lifetime", [one for one in Lifetime if one is not Lifetime.LONG_LIVED])
def test_a_key_id_of_another_lifetime(lifetime: Lifetime) -> None:
    assert silent(long_lived(key(lifetime=lifetime)))


def test_an_unusual_key_id_needs_a_real_secret_beside_it() -> None:
    assert silent(long_lived(key(LiteralForm.UNUSUAL)))
    assert only(long_lived(key(LiteralForm.UNUSUAL, pair_is_real=True))).case == "literal-key"


@pytest.mark.parametrize("form", [one for one in LiteralForm if one not in {LiteralForm.REAL, LiteralForm.UNUSUAL}])
def test_a_key_id_of_no_real_form(form: LiteralForm) -> None:
    assert silent(long_lived(key(form, pair_is_real=True)))


def test_a_lone_secret_in_a_slot() -> None:
    draft = only(long_lived(secret()))
    assert draft.case == "literal-key"
    assert draft.message == "secret of a long-lived key stands in the file"
    assert draft.location == draft.subject == PLACE


@pytest.mark.parametrize("context", [one for one in LiteralContext if one is not LiteralContext.SLOT])
def test_a_secret_outside_a_slot_may_be_anything(context: LiteralContext) -> None:
    assert silent(long_lived(secret(context=context)))


def test_a_pair_is_told_by_its_key_id_only() -> None:
    assert silent(long_lived(secret(partner=PARTNER)))
    assert silent(long_lived(secret(pair_is_real=True)))
    assert not silent(long_lived(key(partner=PARTNER, pair_is_real=True)))


@pytest.mark.parametrize("form", [one for one in LiteralForm if one is not LiteralForm.REAL])
def test_a_secret_of_no_real_form(form: LiteralForm) -> None:
    assert silent(long_lived(secret(form)))


@pytest.mark.parametrize("role", [one for one in Role if one not in {Role.KEY_ID, Role.SECRET}])
def test_other_parts_are_other_rules(role: Role) -> None:
    assert silent(long_lived(literal_unit(role, lifetime=Lifetime.LONG_LIVED)))


def test_in_tests_it_is_a_note_unless_the_pair_is_real() -> None:
    assert only(long_lived(key(test_context=True))).case == "in-tests"
    assert only(long_lived(secret(test_context=True))).case == "in-tests"
    assert only(long_lived(key(test_context=True, pair_is_real=True))).case == "literal-key"


@pytest.mark.parametrize("made", [key, secret])
def test_silence_of_long_lived_keys(made: Callable[..., LiteralUnit]) -> None:
    assert silent(long_lived(made(allowed=True)))
    assert silent(long_lived(made(endpoint=EndpointKind.LOCAL)))
    assert not silent(long_lived(made(endpoint=EndpointKind.OTHER)))


# hardcoded-temporary-credentials


def test_a_temporary_key_id() -> None:
    draft = only(temporary(short_key(has_token=True, subject=SINK)))
    assert draft.case == "literal-temporary-key"
    assert draft.message == "temporary key id (ends in GHIJ) stands in the file and dies within hours"
    assert draft.location == PLACE
    assert draft.subject == SINK
    assert draft.certainty is Confidence.HIGH


def test_a_temporary_key_id_of_no_sink_is_its_own_subject() -> None:
    assert only(temporary(short_key(text="0123456789"))).subject == PLACE
    assert only(temporary(short_key(text="0123456789"))).message.startswith("temporary key id stands")


@pytest.mark.parametrize(
    ("context", "has_token", "told"),
    [
        (LiteralContext.SLOT, False, True),
        (LiteralContext.SLOT, True, False),
        (LiteralContext.ASSIGNED, False, False),
        (LiteralContext.TEXT, False, False),
    ],
)
def test_the_missing_token_is_told_too(context: LiteralContext, has_token: bool, told: bool) -> None:
    draft = only(temporary(short_key(context=context, has_token=has_token)))
    assert draft.message.endswith("; its session token is missing too") is told


@pytest.mark.parametrize("form", [one for one in LiteralForm if one is not LiteralForm.REAL])
def test_a_temporary_key_id_or_token_of_no_real_form(form: LiteralForm) -> None:
    assert silent(temporary(short_key(form)))
    assert silent(temporary(token(form)))


@pytest.mark.parametrize("lifetime", [one for one in Lifetime if one is not Lifetime.TEMPORARY])
def test_a_key_id_that_lives_on(lifetime: Lifetime) -> None:
    assert silent(temporary(key(lifetime=lifetime)))


def test_a_token_without_a_literal_key_id() -> None:
    draft = only(temporary(token(subject=SINK)))
    assert draft.case == "literal-token"
    assert draft.message == "session token stands in the file and dies within hours"
    assert draft.location == draft.subject == PLACE
    assert silent(temporary(token(partner=PARTNER)))


def test_a_literal_expiration() -> None:
    draft = only(temporary(expiration()))
    assert draft.case == "literal-expiration"
    assert draft.message == (
        "moment at which the credentials end stands in the file; once it has passed every call fails"
    )
    assert draft.location == draft.subject == PLACE


@pytest.mark.parametrize("role", [one for one in Role if one not in {Role.KEY_ID, Role.TOKEN, Role.EXPIRATION}])
def test_other_parts_do_not_die(role: Role) -> None:
    assert silent(temporary(literal_unit(role, lifetime=Lifetime.TEMPORARY)))


@pytest.mark.parametrize("made", [short_key, token, expiration])
def test_silence_of_temporary_keys(made: Callable[..., LiteralUnit]) -> None:
    assert silent(temporary(made(allowed=True)))
    assert silent(temporary(made(endpoint=EndpointKind.LOCAL)))
    assert silent(temporary(made(context=LiteralContext.COMMENT)))
    assert silent(temporary(made(test_context=True)))
    assert not silent(temporary(made(test_context=True, pair_is_real=True)))
    assert not silent(temporary(made(endpoint=EndpointKind.OTHER)))


def expiration_write(**changes: object) -> WriteUnit:
    made = {"role": Role.EXPIRATION, "name": "AWS_CREDENTIAL_EXPIRATION", **changes}
    return write_unit(write(8, "2024-01-01T00:00:00Z", **made))


def test_an_expiration_written_by_code() -> None:
    draft = only(hardcoded_temporary_credentials.check_write(expiration_write()))
    assert draft.case == "literal-expiration"
    assert draft.message == (
        "AWS_CREDENTIAL_EXPIRATION is set to a moment that stands in the file; once it has passed every call fails"
    )
    assert draft.location == draft.subject == at(8)


@pytest.mark.parametrize("changes", [{"role": Role.PROFILE}, {"value": Unknown("why")}, {"test_context": True}])
def test_silence_of_written_expirations(changes: dict[str, object]) -> None:
    assert isinstance(expiration_write().write.value, Literal)
    assert silent(hardcoded_temporary_credentials.check_write(expiration_write(**changes)))


# malformed-access-key-id


@pytest.mark.parametrize(
    ("form", "case", "message"),
    [
        (
            LiteralForm.STRAY_CHARACTER,
            "stray-character",
            "key id holds a blank, quote or line end that is sent with it",
        ),
        (LiteralForm.TEMPLATE_REMNANT, "template-remnant", "key id holds what a template has left unfilled"),
        (
            LiteralForm.ENCODED_NEWLINE,
            "encoded-newline",
            "key id ends in a line end once it is decoded from base64",
        ),
        (LiteralForm.WRONG, "wrong-form", "key id has the wrong length or a character that none has (length 20)"),
        (LiteralForm.UNUSUAL, "unusual-length", "key id has an unusual length"),
    ],
)
def test_what_is_wrong_with_a_key_id(form: LiteralForm, case: str, message: str) -> None:
    draft = only(malformed(key(form)))
    assert (draft.case, draft.message) == (case, message)
    assert draft.location == draft.subject == PLACE
    assert draft.certainty is Confidence.HIGH


@pytest.mark.parametrize("form", [LiteralForm.REAL, LiteralForm.OTHER, LiteralForm.PLACEHOLDER])
def test_what_is_right_with_a_key_id(form: LiteralForm) -> None:
    assert silent(malformed(key(form)))


@pytest.mark.parametrize("form", [LiteralForm.STRAY_CHARACTER, LiteralForm.WRONG])
def test_a_key_id_by_its_name_only(form: LiteralForm) -> None:
    assert only(malformed(key(form, context=LiteralContext.ASSIGNED))).certainty is Confidence.MEDIUM


def test_an_unusual_length_is_told_in_a_slot_only() -> None:
    assert silent(malformed(key(LiteralForm.UNUSUAL, context=LiteralContext.ASSIGNED)))


def test_an_unusual_length_beside_a_real_secret_is_a_key() -> None:
    assert silent(malformed(key(LiteralForm.UNUSUAL, pair_is_real=True)))
    assert not silent(malformed(key(LiteralForm.WRONG, pair_is_real=True)))


@pytest.mark.parametrize(
    "made",
    [
        key(LiteralForm.WRONG, context=LiteralContext.TEXT),
        key(LiteralForm.WRONG, context=LiteralContext.COMMENT),
        key(LiteralForm.WRONG, allowed=True),
        key(LiteralForm.WRONG, endpoint=EndpointKind.LOCAL),
        key(LiteralForm.WRONG, test_context=True),
        secret(LiteralForm.WRONG),
        token(LiteralForm.WRONG),
    ],
)
def test_silence_of_malformed_keys(made: LiteralUnit) -> None:
    assert silent(malformed(made))


# All of them


def every(made: LiteralUnit) -> Iterator[Draft]:
    for check in (long_lived, temporary, malformed):
        yield from check(made)


@pytest.mark.parametrize("role", [Role.KEY_ID, Role.SECRET, Role.TOKEN])
@pytest.mark.parametrize("form", list(LiteralForm))
@pytest.mark.parametrize("lifetime", list(Lifetime))
def test_no_message_holds_more_than_the_end_of_a_key_id(role: Role, form: LiteralForm, lifetime: Lifetime) -> None:
    text = "abcdefghijklmnopqrst"
    for draft in every(literal_unit(role, form, lifetime, text=text)):
        assert not any(text[start : start + 5] in draft.message for start in range(len(text) - 4))


@pytest.mark.parametrize("form", list(LiteralForm))
@pytest.mark.parametrize("lifetime", list(Lifetime))
@pytest.mark.parametrize("real", [False, True])
def test_a_key_id_has_at_most_one_finding(form: LiteralForm, lifetime: Lifetime, real: bool) -> None:
    assert len(list(every(key(form, lifetime=lifetime, pair_is_real=real)))) <= 1
