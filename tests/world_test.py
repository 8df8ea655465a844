"""The AWS examples in Python, run: the bad one fails as its rule says, the good one works.

moto answers as AWS does: 403 InvalidAccessKeyId for a temporary key id without its token, InvalidToken for a token of
other credentials, SignatureDoesNotMatch for a foreign secret, AccessDenied for the parent key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from credlint.catalogue.examples import Example, read_examples
from tests.world import Keys, Outcome, Signed, World, open_world

NOT_IN_RECORDS = "The AWS Access Key Id you provided does not exist in our records."
BAD_TOKEN = "The provided token is malformed or otherwise invalid."
BAD_SIGNATURE = "The request signature we calculated does not match the signature you provided."

# How the bad examples of mixed-credential-parts end; None: they work until a renewal comes between two of their calls.
MIXED = {
    "temporary-id-with-parent-secret": BAD_SIGNATURE,
    "parent-pair-with-token": BAD_TOKEN,
    "token-of-another-answer": BAD_TOKEN,
    "static-pair-in-a-lambda": BAD_TOKEN,
    "one-call-for-each-part": None,
    "refreshable-object-read-thrice": None,
}
# Programs that a role runs: on a platform that puts all three parts into the environment.
AS_ROLE = {"static-pair-in-a-lambda", "one-call-for-each-part", "refreshable-object-read-thrice"}
# Modules that a program imports: run by themselves they do nothing.
PARTS = {"tenant-with-the-servers-key", "pair-of-a-holder", "pair-of-callers-beside-a-role"}
# What the parent may not do, whatever it asks for.
REFUSED = {"maximum-of-a-new-role"}


def examples(rule: str) -> list[Example]:
    of_aws = [one for one in read_examples(rule) if (one.language, one.cloud) == ("python", "aws")]
    return [one for one in of_aws if one.name not in PARTS]


def names(rule: str) -> list[str]:
    return [one.name for one in examples(rule)]


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with open_world() as opened:
        yield opened


def run(world: World, folder: Path, files: tuple[tuple[str, str], ...], keys: Keys | None = None) -> Outcome:
    ((path, text),) = files
    return world.run(folder / path, text, keys)


def data_requests(outcome: Outcome) -> list[Signed]:
    return [request for request in outcome.requests if request.service == "s3"]


def assert_works_as_role(outcome: Outcome) -> None:
    assert outcome.status == 0, outcome.text
    requests = data_requests(outcome)
    assert requests
    assert all(request.key_id.startswith("ASIA") and request.with_token for request in requests)


@pytest.mark.parametrize("example", examples("temporary-key-without-token"), ids=names("temporary-key-without-token"))
def test_temporary_key_without_token(example: Example, world: World, tmp_path: Path) -> None:
    bad = run(world, tmp_path, example.bad)
    assert bad.status != 0
    assert NOT_IN_RECORDS in bad.text
    request = data_requests(bad)[-1]
    assert request.key_id.startswith("ASIA")
    assert not request.with_token
    assert_works_as_role(run(world, tmp_path, example.good))


@pytest.mark.parametrize("example", examples("session-token-dropped"), ids=names("session-token-dropped"))
def test_session_token_dropped(example: Example, world: World, tmp_path: Path) -> None:
    bad = run(world, tmp_path, example.bad, world.session)
    assert bad.status != 0
    assert NOT_IN_RECORDS in bad.text
    assert not data_requests(bad)[-1].with_token
    assert_works_as_role(run(world, tmp_path, example.good, world.session))


@pytest.mark.parametrize("example", examples("mixed-credential-parts"), ids=names("mixed-credential-parts"))
def test_mixed_credential_parts(example: Example, world: World, tmp_path: Path) -> None:
    keys = world.session if example.name in AS_ROLE else None
    bad = run(world, tmp_path, example.bad, keys)
    error = MIXED[example.name]
    if error is None:
        assert_works_as_role(bad)
    else:
        assert bad.status != 0
        assert error in bad.text
    assert_works_as_role(run(world, tmp_path, example.good, keys))


@pytest.mark.parametrize("example", examples("parent-key-for-data-access"), ids=names("parent-key-for-data-access"))
def test_parent_key_for_data_access(example: Example, world: World, tmp_path: Path) -> None:
    bad = run(world, tmp_path, example.bad)
    assert bad.status != 0
    assert "AccessDenied" in bad.text
    assert {(request.key_id, request.with_token) for request in data_requests(bad)} == {(world.parent.key_id, False)}
    assert_works_as_role(run(world, tmp_path, example.good))


@pytest.mark.parametrize("example", examples("session-duration-too-short"), ids=names("session-duration-too-short"))
def test_session_duration_too_short(example: Example, world: World, tmp_path: Path) -> None:
    bad = run(world, tmp_path, example.bad)
    assert bad.status != 0
    assert "ParamValidationError" in bad.text
    assert f"valid min value: {3600 if example.case == 'role-maximum-below-hour' else 900}" in bad.text
    assert bad.requests == ()
    good = run(world, tmp_path, example.good)
    if example.name in REFUSED:
        assert "AccessDenied" in good.text
    else:
        assert good.status == 0, good.text
    assert good.requests
