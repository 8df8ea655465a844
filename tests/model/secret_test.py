"""A secret compares in memory and is shown nowhere: not by repr, str, format, JSON, pickle, copies or errors."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest

from credlint.model.secret import RedactedText, SecretText
from credlint.model.values import Literal, Part, Role

TEXT = "hunter2-is-no-password-of-mine"
KEY_ID = "ABCDEFGHIJKLMNOP1234"


def logged(secret: object) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("of the test")
    logger.addHandler(handler)
    logger.warning("%s %r", secret, secret)
    logger.removeHandler(handler)
    return stream.getvalue()


def raised(secret: object) -> str:
    return "".join(traceback.format_exception(ValueError(secret)))


def as_json(secret: object) -> str:
    with pytest.raises(TypeError) as error:
        json.dumps({"secret": secret})
    return str(error.value)


def formatted(secret: object) -> str:
    with pytest.raises(TypeError) as error:
        format(secret, ">80")
    return str(error.value)


SHOWN: dict[str, Callable[[object], str]] = {
    "repr": repr,
    "str": str,
    "f-string": lambda secret: f"{secret} {secret!r} {secret!a}",
    "percent": lambda secret: "%s %r" % (secret, secret),  # noqa: UP031
    "format": "{0} {0!r}".format,
    "format with width": formatted,
    "JSON": as_json,
    "JSON with repr": lambda secret: json.dumps([secret], default=repr),
    "JSON with str": lambda secret: json.dumps([secret], default=str),
    "pickle": lambda secret: pickle.dumps(secret).decode("latin-1"),
    "old pickle": lambda secret: pickle.dumps(secret, protocol=0).decode("latin-1"),
    "unpickled": lambda secret: repr(pickle.loads(pickle.dumps(secret))),  # noqa: S301
    "copy": lambda secret: repr(copy.copy(secret)) + repr(copy.deepcopy(secret)),
    "log": logged,
    "exception": raised,
    "in a list": lambda secret: f"{[secret]} {(secret,)} { {secret: secret} }",
}


@pytest.mark.parametrize("way", SHOWN)
@pytest.mark.parametrize("key_id", [False, True])
def test_the_text_is_never_shown(way: str, key_id: bool) -> None:
    for text in (TEXT, KEY_ID, "short"):
        shown = SHOWN[way](SecretText(text, key_id=key_id))
        assert text not in shown
        assert text[:5] not in shown
        assert text[-5:] not in shown


@pytest.mark.parametrize("way", SHOWN)
def test_a_fact_that_holds_one_does_not_show_it(way: str) -> None:
    part = Part(Role.SECRET, Literal(SecretText(TEXT)), "aws_secret_access_key", None)
    assert TEXT not in SHOWN[way](part)
    assert TEXT not in repr(dataclasses.asdict(part))


def test_length_and_the_end_of_a_key_id_are_shown() -> None:
    assert repr(SecretText(KEY_ID, key_id=True)) == "SecretText(length 20, ends 1234)"
    assert str(SecretText(KEY_ID, key_id=True)) == "SecretText(length 20, ends 1234)"
    assert repr(SecretText(TEXT)) == "SecretText(length 30)"


@pytest.mark.parametrize(
    ("text", "key_id", "hint"),
    [
        (KEY_ID, True, "1234"),
        (KEY_ID[:16], True, "MNOP"),
        (KEY_ID[:15], True, ""),  # a short one has too little left to hide
        ("", True, ""),
        (KEY_ID, False, ""),
    ],
)
def test_hint(text: str, key_id: bool, hint: str) -> None:
    assert SecretText(text, key_id=key_id).hint == hint


def test_it_compares_by_its_text_in_memory() -> None:
    one, same, other = SecretText(TEXT), SecretText(TEXT, key_id=True), SecretText(KEY_ID)
    assert one == same
    assert hash(one) == hash(same)
    assert len({one, same, other}) == 2
    assert one != other
    assert one != TEXT
    assert one.reveal() == TEXT
    assert len(one) == len(TEXT)
    assert not SecretText("")


def test_it_has_no_place_for_more() -> None:
    with pytest.raises(AttributeError):
        SecretText(TEXT).shown = TEXT  # type: ignore[attr-defined]


@pytest.mark.parametrize("key_id", [False, True])
def test_what_leaves_the_process_keeps_length_and_hint(key_id: bool) -> None:
    secret = SecretText(KEY_ID, key_id=key_id)
    left = pickle.loads(pickle.dumps(secret))  # noqa: S301
    assert isinstance(left, RedactedText)
    assert (left.length, left.hint) == (20, "1234" if key_id else "")
    assert repr(left) == repr(secret)
    assert repr(pickle.loads(pickle.dumps(left))) == repr(secret)  # noqa: S301
