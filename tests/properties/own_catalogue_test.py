"""Any description that the loader takes can be used: whatever it says, a module that calls it is read to its end."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credlint.catalogue.callables import CallableKind
from credlint.catalogue.entry_fields import PARAMETER_ROLES
from credlint.catalogue.load import load_catalogue
from credlint.checks import run_checks
from credlint.extract.python.read import read_module
from credlint.link import link
from credlint.model.problem import FatalError
from credlint.model.project import Settings
from credlint.model.sinks import SinkUse, TokenSupport
from credlint.model.values import Lifetime, Role

CODE = """\
import boto3
from company import make, storage

answer = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::111122223333:role/r", RoleSessionName="run")
keys = answer["Credentials"]
made = make(keys["AccessKeyId"], keys["SecretAccessKey"], first=answer, second={"key_id": "a", "secret": None})
with storage.Store(made, *keys.values(), **answer) as store:
    store.send(made, store, 3, "text", first=made.key_id, second=store["secret"])
    print(made, store.send(), make(), make(store.key_id, made.secret), [*made], f"{store}")
made.value = store.send(storage.Store("a", "b", "c"))
for one in (made, store, store.send(keys)):
    make(one.key_id, one["secret"], one.token, first=one)


def lambda_handler(event, context):
    return make(context, storage.Store(event["a"], event["b"]).send(event), second=context.credentials)
"""
NAMES = ["company.make", "company.storage.Store", "company.storage.Store.send"]

slots = st.tuples(st.none() | st.integers(0, 3), st.lists(st.sampled_from(["first", "second"]), max_size=2)).map(
    lambda slot: [slot[0], *slot[1]]
)
parameters = st.dictionaries(st.sampled_from(sorted(PARAMETER_ROLES)), slots, max_size=6)
shapes = st.fixed_dictionaries(
    {
        "fields": st.dictionaries(st.sampled_from([role.value for role in Role]), st.just(["key_id", "secret"])),
        "lifetime": st.sampled_from([lifetime.value for lifetime in Lifetime]),
    },
    optional={"path": st.just(["body"])},
)
callables = st.fixed_dictionaries(
    {"kind": st.sampled_from([kind.value for kind in CallableKind])},
    optional={
        "use": st.sampled_from([use.value for use in SinkUse]),
        "token": st.sampled_from([support.value for support in TokenSupport]),
        "parameters": parameters,
        "returns": st.sampled_from([*NAMES, "service", "company.Keys", "boto3.session.Session"]),
        "operation": st.sampled_from(sorted(load_catalogue().operations)),
        "shape": shapes,
        "options": st.dictionaries(
            st.sampled_from(sorted(PARAMETER_ROLES)), st.just({"key_id": ["key_id"], "secret": ["secret"]}), max_size=2
        ),
        "default_chain": st.booleans(),
        "asynchronous": st.booleans(),
        "raises_on_profile_and_keys": st.booleans(),
        "part": st.sampled_from([role.value for role in Role]),
    },
)


def completed(entry: dict[str, object]) -> dict[str, object]:
    """Say what the loader asks for of such a callable, as far as it is not said."""
    roles = set(entry.get("parameters", ()))  # type: ignore[call-overload]
    taken = roles | ({"key_id"} if entry.get("options") else set())
    if "key_id" in taken:
        entry = {**entry, "token": "optional" if "token" in taken else "none"}
    return {"use": "data", "returns": "company.Keys", **entry}


documents = st.fixed_dictionaries(
    {"types": shapes, "callables": st.tuples(*(callables.map(completed) for _ in NAMES))},
)


@pytest.mark.property
@settings(max_examples=150, deadline=None)
@given(documents)
def test_any_description_can_be_used(drawn: dict[str, object]) -> None:
    found = drawn["callables"]
    assert isinstance(found, tuple)
    document = {
        "schema": 1,
        "distribution": "company",
        "cloud": "aws",
        "types": [{"names": ["company.Keys"], "shape": drawn["types"]}],
        "callables": [{"names": [name], **entry} for name, entry in zip(NAMES, found, strict=True)],
    }
    try:
        catalogue = load_catalogue((("company.yaml", json.dumps(document)),))
    except FatalError as error:
        message = str(error)
    else:
        facts = read_module("main.py", CODE, catalogue, Settings(), everything=True)
        list(run_checks(link([facts], catalogue)))
        assert facts.problems == ()
        return
    assert message.startswith("company.yaml:1: callables[")
