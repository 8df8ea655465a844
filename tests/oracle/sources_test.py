"""Every callable of an SDK that is unpacked but not installed is there, and every slot is where its source says."""

from __future__ import annotations

import inspect

import pytest

from credlint.catalogue.callables import CallableEntry
from credlint.catalogue.load import load_catalogue
from tests.oracle import names, sources

pytestmark = pytest.mark.oracle

ENTRIES = [
    (name, number)
    for name, entry in load_catalogue().callables.items()
    if sources.is_unpacked(entry.distribution)
    for number in range(1 + len(entry.others))
]
SLOTS = [(name, number, role) for name, number in ENTRIES for role, _ in load_catalogue().callables[name].parameters]

# Imported from a package that is installed.
ELSEWHERE = {"aiooss2.Auth": "oss2.Auth", "aiooss2.StsAuth": "oss2.StsAuth"}

# Made by a function: the function inside it that is given the arguments.
MADE_BY = {
    f"dask.dataframe.{name}": "dask.dataframe.io.csv.make_reader.read"
    for name in ("read_csv", "read_fwf", "read_table")
}

# Who takes the keywords that a callable hands on through **kwargs: a callable, or a class whose fields they are.
HANDED_ON = {
    "airflow.sdk.Connection": "airflow.sdk.definitions.connection.Connection",
    "boto.connect_s3": "boto.s3.connection.S3Connection",
    "boto.connect_sts": "boto.sts.connection.STSConnection",
    "boto.s3.connect_to_region": "boto.s3.connection.S3Connection",
    "boto.sts.connect_to_region": "boto.sts.connection.STSConnection",
    "ossfs.AioOSSFileSystem": "ossfs.base.BaseOSSFileSystem",
    "ossfs.OSSFileSystem": "ossfs.base.BaseOSSFileSystem",
    "ossfs.async_oss.AioOSSFileSystem": "ossfs.base.BaseOSSFileSystem",
    "ossfs.core.OSSFileSystem": "ossfs.base.BaseOSSFileSystem",
    "pandas.DataFrame.to_feather": "pandas.io.feather_format.to_feather",
}

# Which module reads the keywords out of **kwargs by their names.
READ_BY_NAME = {
    "docker": ("docker.models.containers",),
    "fc2": ("fc2.client",),
    "pyiceberg": ("pyiceberg.io", "pyiceberg.catalog.glue", "pyiceberg.catalog.dynamodb"),
    "storages": ("storages.backends.s3",),
}

# Read for the options that other packages hand to them.
OPTIONS_ONLY = {
    "apache-airflow-providers-alibaba",
    "apache-airflow-providers-amazon",
    "apache-airflow-task-sdk",
    "dvc-oss",
    "dvc-s3",
}

S3FS = {
    *(found.name for found in names.parameters("s3fs.core.S3FileSystem.__init__")),
    *(found.name for found in names.parameters("aiobotocore.session.AioSession")),
}


def taken(name: str, entry: CallableEntry) -> set[str]:
    """Give the keywords that a callable takes, itself or through **kwargs."""
    given = parameters(name)
    found = {one.name for one in given}
    if given and given[-1].kind is not inspect.Parameter.VAR_KEYWORD:
        return found
    if name in HANDED_ON:
        found |= {one.name for one in sources.parameters(HANDED_ON[name])} | sources.fields(HANDED_ON[name])
    for module in READ_BY_NAME.get(name.partition(".")[0], ()):
        found |= sources.quoted(module)
    if entry.distribution == "opendal":
        found |= sources.fields("opendal.config.S3Config") | sources.fields("opendal.config.OssConfig")
    return found | S3FS | {"endpoint"} if name.endswith("UPath") else found


def parameters(name: str) -> list[inspect.Parameter]:
    if name in ELSEWHERE:
        return names.parameters(ELSEWHERE[name])
    return sources.parameters(MADE_BY.get(name, name))


def test_every_package_that_is_unpacked_is_read() -> None:
    read = {load_catalogue().callables[name].distribution.replace("_", "-") for name, _ in ENTRIES}
    assert read == sources.unpacked() - OPTIONS_ONLY


@pytest.mark.parametrize(("name", "number", "role"), SLOTS)
def test_slot_agrees_with_the_source(name: str, number: int, role: str) -> None:
    first = load_catalogue().callables[name]
    entry = (first, *first.others)[number]
    slot = entry.slot(role)
    if slot is None:  # of the other entry of this name
        return
    known = taken(name, entry)
    others = set().union(*(taken(other, entry) for other in entry.names))
    assert not slot.keywords or known & set(slot.keywords)
    assert set(slot.keywords) <= others
    if slot.position is not None:
        standing = parameters(name)[slot.position]
        assert standing.kind in {standing.POSITIONAL_ONLY, standing.POSITIONAL_OR_KEYWORD, standing.VAR_POSITIONAL}
        assert not slot.keywords or standing.name in slot.keywords


@pytest.mark.parametrize("name", sorted({name for name, _ in ENTRIES if load_catalogue().callables[name].returns}))
def test_returned_type_exists(name: str) -> None:
    returned = load_catalogue().callables[name].returns
    assert returned
    assert sources.find(returned) or names.resolve(returned)


@pytest.mark.parametrize(
    ("answer", "shape"),
    [("AssumedRole", "assume_role"), ("FederationToken", "get_federation_token"), ("Credentials", "get_session_token")],
)
def test_answers_of_boto_have_the_parts(answer: str, shape: str) -> None:
    entry = load_catalogue().callables[f"boto.sts.connection.STSConnection.{shape}"]
    assert entry.shape
    assert set(entry.shape.path) <= sources.attributes(f"boto.sts.credentials.{answer}")
    parts = {name for _, keys in entry.shape.fields for name in keys}
    assert parts <= sources.attributes("boto.sts.credentials.Credentials")
