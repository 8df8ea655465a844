"""Keys of nested mappings are those that the SDK reads: in its source, in a signature, or seen to be taken."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable

import botocore.session
import obstore.exceptions
import obstore.store
import pytest

from credlint.catalogue.callables import CallableEntry
from credlint.catalogue.load import load_catalogue
from tests.oracle import sources
from tests.oracle.names import parameters

pytestmark = [pytest.mark.oracle, pytest.mark.filterwarnings("ignore")]

KEYS = {
    (entry.distribution, entry.names[0], role, key)
    for first in load_catalogue().callables.values()
    for entry in (first, *first.others)
    for _, roles in entry.options
    for role, keys in roles
    for key in keys
}


def installed(*modules: str) -> Callable[[str], bool]:
    """Tell whether one of some installed modules quotes a key."""
    text = "".join(inspect.getsource(importlib.import_module(name)) for name in modules)
    return set(re.findall(r"[\"']([^\"'\n]+)[\"']", text)).__contains__


def unpacked(*modules: str) -> Callable[[str], bool]:
    """Tell whether one of some unpacked modules quotes a key."""
    return set().union(*(sources.quoted(name) for name in modules)).__contains__


def of_s3fs_and_ossfs() -> Callable[[str], bool]:
    taken = {
        *(one.name for one in parameters("s3fs.core.S3FileSystem.__init__")),
        *(one.name for one in parameters("aiobotocore.session.AioSession")),
        *(one.name for one in parameters("boto3.session.Session.client")),
        *(one.name for one in sources.parameters("ossfs.base.BaseOSSFileSystem")),
    }
    return taken.__contains__


def of_object_store(key: str) -> bool:
    """Tell whether object_store takes a key; polars takes a profile besides."""
    try:
        obstore.store.S3Store("bucket", config={key: "http://x"})
    except obstore.exceptions.UnknownConfigurationKeyError:
        return installed("polars.io.cloud.credential_provider._builder")(key.lower())
    except obstore.exceptions.BaseError:  # half a pair
        return True
    return True


def of_assume_role(key: str) -> bool:
    model = botocore.session.get_session().get_service_model("sts").operation_model("AssumeRole")
    return key in model.input_shape.members


READERS: dict[str, Callable[[], Callable[[str], bool]]] = {
    "aiobotocore": lambda: installed("botocore.credentials", "aiobotocore.credentials"),
    "apache-airflow-core": lambda: unpacked(
        "airflow.providers.amazon.aws.utils.connection_wrapper", "airflow.providers.alibaba.cloud.hooks.oss"
    ),
    "botocore": lambda: installed("botocore.credentials"),
    "dask": of_s3fs_and_ossfs,
    "deltalake": lambda: of_object_store,
    "dvc": lambda: unpacked("dvc_s3", "dvc_oss"),
    "fsspec": of_s3fs_and_ossfs,
    "obstore": lambda: of_object_store,
    "pandas": of_s3fs_and_ossfs,
    "polars": lambda: of_object_store,
    "pyiceberg": lambda: unpacked("pyiceberg.io"),
    "s3fs": of_s3fs_and_ossfs,
    "smart_open": lambda: unpacked("smart_open.s3"),
    "universal_pathlib": of_s3fs_and_ossfs,
}

# Properties of Hadoop, which no Python package names.
OF_HADOOP = {"pyspark"}


@pytest.mark.parametrize("distribution", sorted({one[0] for one in KEYS} - OF_HADOOP))
def test_keys_are_read(distribution: str) -> None:
    reads = READERS[distribution]()
    keys = {(name, key) for package, name, _, key in KEYS if package == distribution}
    for name, key in sorted(keys):
        reader = of_assume_role if name == "polars.CredentialProviderAWS" else reads
        in_client = distribution == "smart_open" and key in {
            one.name for one in parameters("boto3.session.Session.client")
        }
        assert reader(key) or in_client, f"{name}: {key}"


@pytest.mark.parametrize("half", ["key_id", "secret"])
def test_object_store_takes_each_name_for_its_part(half: str) -> None:
    entry = load_catalogue().callables["obstore.store.S3Store"]
    for name in keys_of(entry, half):
        with pytest.raises(obstore.exceptions.BaseError, match="Missing"):
            obstore.store.S3Store("bucket", config={name: "x"})
        pair = {name: "x", keys_of(entry, "secret" if half == "key_id" else "key_id")[0]: "x"}
        for token in keys_of(entry, "token"):
            obstore.store.S3Store("bucket", config={**pair, token: "x"})


def keys_of(entry: CallableEntry, role: str) -> tuple[str, ...]:
    return dict(dict(entry.options)["options"])[role]
