"""Every callable of rules/sdks exists in the installed SDK, and every slot is where its signature says."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import inspect

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.catalogue.types import CallableEntry, CallableKind, Slot
from tests.oracle.names import parameters, resolve

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

CALLABLES = load_catalogue().callables
DISTRIBUTIONS = sorted({entry.distribution for entry in CALLABLES.values()} - {"python"})
SLOTS = [(name, role) for name, entry in CALLABLES.items() for role, _ in entry.parameters]

# Whose keyword the callable hands on through **kwargs: (callable, role) -> the one that takes it.
HANDED_ON = {
    ("argparse.ArgumentParser.add_argument", "default"): "argparse.Action",
    ("argparse.ArgumentParser.add_argument", "type"): "argparse.Action",
    ("asyncio.create_subprocess_exec", "environment"): "subprocess.Popen",
    ("asyncio.create_subprocess_shell", "environment"): "subprocess.Popen",
    ("s3fs.S3FileSystem", "profile"): "aiobotocore.session.AioSession",
    ("s3fs.core.S3FileSystem", "profile"): "aiobotocore.session.AioSession",
} | {
    (f"click.{module}{name}", role): "click.core.Parameter"
    for module in ("", "decorators.")
    for name in ("argument", "option")
    for role in ("default", "type")
}

# Parameters that also have a position, which is left out.
POSITION_LEFT_OUT = {
    "alibabacloud_tea_openapi.models.Config": "positions after the third differ between releases",
    "alibabacloud_tea_openapi.utils_models.Config": "positions after the third differ between releases",
    "boto3.setup_default_session": "takes **kwargs only; the signature is the session's",
}

# Plain functions that return what must be awaited.
HANDS_ON_A_COROUTINE = {"aioboto3.session.Session.get_credentials"}

# Takes *args and **kwargs; behaviour_test.py shows where each argument goes.
SHOWN_BY_BEHAVIOUR = {"requests_aws4auth.AWS4Auth", "requests_aws4auth.aws4auth.AWS4Auth"}

# Built into the interpreter, in some releases without a signature.
NO_SIGNATURE = {"builtins.print", "builtins.str", "datetime.timedelta", "print", "str", "warnings.warn"}


def test_these_are_the_sdks_of_the_first_part() -> None:
    assert set(DISTRIBUTIONS) >= {
        "aioboto3",
        "aiobotocore",
        "alibabacloud-credentials",
        "alibabacloud-oss-v2",
        "alibabacloud-sts20150401",
        "aliyun-python-sdk-core",
        "aliyun-python-sdk-sts",
        "boto3",
        "botocore",
        "minio",
        "oss2",
        "s3fs",
    }
    assert "python" in {entry.distribution for entry in CALLABLES.values()}


@pytest.mark.parametrize("distribution", DISTRIBUTIONS)
def test_sdk_is_installed(distribution: str) -> None:
    assert importlib.metadata.version(distribution)


@pytest.mark.parametrize("name", CALLABLES)
def test_callable_exists(name: str) -> None:
    assert callable(resolve(name))


@pytest.mark.parametrize("name", CALLABLES)
def test_asynchronous_is_what_must_be_awaited(name: str) -> None:
    entry = CALLABLES[name]
    if entry.kind in {CallableKind.SOURCE, CallableKind.OPERATION}:
        assert (inspect.iscoroutinefunction(resolve(name)) or name in HANDS_ON_A_COROUTINE) == entry.asynchronous


@pytest.mark.parametrize(("name", "role"), SLOTS)
def test_slot_agrees_with_the_signature(name: str, role: str) -> None:
    entry = CALLABLES[name]
    slot = entry.slot(role)
    assert slot
    if name in NO_SIGNATURE | SHOWN_BY_BEHAVIOUR:
        return
    if (name, role) in HANDED_ON:
        assert slot.position is None
        assert slot.keywords[0] in {found.name for found in parameters(HANDED_ON[name, role])}
        assert parameters(name)[-1].kind is inspect.Parameter.VAR_KEYWORD
        return
    expected = described(entry, name, slot)
    assert slot == expected or (name in POSITION_LEFT_OUT and slot == Slot(None, expected.keywords))


def described(entry: CallableEntry, name: str, slot: Slot) -> Slot:
    """Give the slot as the signature has it: those of its keywords that exist, at the position of the first."""
    given = parameters(entry.signature or name)
    if not slot.keywords:
        return Slot(slot.position if takes_position(given, slot.position or 0) else None, ())
    named = {found.name: found for found in given if found.kind in {found.POSITIONAL_OR_KEYWORD, found.KEYWORD_ONLY}}
    keywords = tuple(keyword for keyword in slot.keywords if keyword in named)
    if not keywords or named[keywords[0]].kind is inspect.Parameter.KEYWORD_ONLY:
        return Slot(None, keywords)
    return Slot(given.index(named[keywords[0]]), keywords)


def takes_position(given: list[inspect.Parameter], position: int) -> bool:
    """Tell whether a positional-only parameter, or *args, takes the argument at a position."""
    if position < len(given) and given[position].kind is inspect.Parameter.POSITIONAL_ONLY:
        return True
    return any(found.kind is found.VAR_POSITIONAL for found in given[: position + 1])


def test_timedelta_takes_its_parts_by_position() -> None:
    for _, slot in CALLABLES["datetime.timedelta"].parameters:
        before = [0.0] * (slot.position or 0)
        assert dt.timedelta(*before, 1) == dt.timedelta(**{slot.keywords[0]: 1})
