"""Every callable of rules/sdks exists in the installed SDK, and every slot is where its signature says."""

from __future__ import annotations

import datetime as dt
import importlib
import importlib.metadata
import inspect
import re

import pytest

from credlint.catalogue.callables import CallableEntry, CallableKind, Slot
from credlint.catalogue.load import load_catalogue
from tests.oracle.names import parameters, resolve
from tests.oracle.sources import NOT_INSTALLED, is_unpacked

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

# Gone from the release that is installed.
GONE = {"aioboto3.client", "aioboto3.resource"}

CATALOGUE = load_catalogue()
CALLABLES = {
    name: entry
    for name, entry in CATALOGUE.callables.items()
    if not is_unpacked(entry.distribution) and entry.distribution not in NOT_INSTALLED and name not in GONE
}
DISTRIBUTIONS = sorted({entry.distribution for entry in CALLABLES.values()} - {"python"})
SLOTS = [
    (name, number, role)
    for name, entry in CALLABLES.items()
    for number, one in enumerate((entry, *entry.others))
    for role, _ in one.parameters
]

# Whose keyword the callable hands on through **kwargs: (callable, role) -> the one that takes it.
HANDED_ON = (
    {
        ("argparse.ArgumentParser.add_argument", "default"): "argparse.Action",
        ("argparse.ArgumentParser.add_argument", "type"): "argparse.Action",
        ("asyncio.create_subprocess_exec", "environment"): "subprocess.Popen",
        ("asyncio.create_subprocess_shell", "environment"): "subprocess.Popen",
        ("s3fs.S3FileSystem", "profile"): "aiobotocore.session.AioSession",
        ("s3fs.core.S3FileSystem", "profile"): "aiobotocore.session.AioSession",
    }
    | {
        (f"fsspec.{name}", role): "aiobotocore.session.AioSession"
        if role == "profile"
        else "s3fs.core.S3FileSystem.__init__"
        for name in (
            "filesystem",
            "registry.filesystem",
            "open",
            "core.open",
            "open_files",
            "core.open_files",
            "url_to_fs",
            "core.url_to_fs",
            "get_mapper",
            "mapping.get_mapper",
        )
        for role in ("key_id", "secret", "token", "profile", "endpoint", "client_options")
    }
    | {
        (f"click.{module}{name}", role): "click.core.Parameter"
        for module in ("", "decorators.")
        for name in ("argument", "option")
        for role in ("default", "type")
    }
)

# Parameters that also have a position, which is left out.
POSITION_LEFT_OUT = {
    "alibabacloud_tea_openapi.models.Config": "positions after the third differ between releases",
    "alibabacloud_tea_openapi.utils_models.Config": "positions after the third differ between releases",
    "boto3.setup_default_session": "takes **kwargs only; the signature is the session's",
    "polars.read_parquet_metadata": "one entry with the other functions, which take it by keyword only",
    "s3fs.S3FileSystem": "positions after the first differ between releases",
    "s3fs.core.S3FileSystem": "positions after the first differ between releases",
}

# Takes **kwargs that options_test.py tries, or whose names a type lists.
TRIED = {f"obstore.{name}" for name in ("store.S3Store", "store.S3Store.from_url", "store.from_url")}
LISTED = {"obstore.auth.boto3.StsCredentialProvider": "obstore.auth.boto3.AssumeRoleRequestRequestTypeDef"}

# Hands **kwargs on to a module that reads them by their names.
READ_BY_NAME = {
    "alibabacloud_oss_v2.client.Client.presign": "alibabacloud_oss_v2.presigner",
    "botocore.client.Config": "botocore.config",
    "botocore.config.Config": "botocore.config",
}

# Plain functions that return what must be awaited.
HANDS_ON_A_COROUTINE = {"aioboto3.session.Session.get_credentials"}

# Takes *args and **kwargs; behaviour_test.py shows where each argument goes.
SHOWN_BY_BEHAVIOUR = {
    f"requests_aws4auth.{module}{name}"
    for module in ("", "aws4auth.")
    for name in ("AWS4Auth", "PassiveAWS4Auth", "StrictAWS4Auth")
}

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


@pytest.mark.parametrize(("name", "number", "role"), SLOTS)
def test_slot_agrees_with_the_signature(name: str, number: int, role: str) -> None:
    entry = (CALLABLES[name], *CALLABLES[name].others)[number]
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
    if name in {*TRIED, *LISTED} and not expected.keywords:
        assert parameters(name)[-1].kind is inspect.Parameter.VAR_KEYWORD
        assert name in TRIED or set(slot.keywords) <= set(vars(resolve(LISTED[name]))["__annotations__"])
        return
    if name in READ_BY_NAME and not expected.keywords:
        assert slot.position is None
        source = inspect.getsource(importlib.import_module(READ_BY_NAME[name]))
        assert all(re.search(rf"['\"]{keyword}['\"]", source) for keyword in slot.keywords)
        return
    if role == "url" and len(entry.names) > 1:  # one entry for functions that call it differently
        assert slot.position == expected.position
        assert expected.keywords
        return
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
