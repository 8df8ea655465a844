"""The AWS examples in Python of the rules about the parts of credentials, run: the bad ones fail, the good ones work.

Where the keys of the parent are used rightly, AWS knows them and says that the parent may not do this.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from credlint.catalogue.examples import Example, read_examples
from tests.world import Keys, Outcome, World, open_world

NOT_IN_RECORDS = "The AWS Access Key Id you provided does not exist in our records."
BAD_TOKEN = "The provided token is malformed or otherwise invalid."
BAD_SIGNATURE = "The request signature we calculated does not match the signature you provided."
KNOWN_BUT_REFUSED = "AccessDenied"


@dataclass(frozen=True, slots=True)
class End:
    """What the bad example says in the end (None: it works, by luck), and how it is run: as the role, with a pair."""

    says: str | None
    as_role: bool = False
    with_pair: bool = False


ENDS = {
    "token-cut-to-a-column": End(BAD_TOKEN),
    "secret-in-base64": End(BAD_SIGNATURE),
    "decoded-bytes-made-text": End(NOT_IN_RECORDS, with_pair=True),
    "line-break-behind-a-secret": End(BAD_SIGNATURE),
    "token-and-secret-exchanged": End(BAD_TOKEN),
    "region-before-the-keys": End(NOT_IN_RECORDS),
    "keys-behind-the-service": End("DataNotFoundError", as_role=True),
    "key-id-without-its-secret": End("PartialCredentialsError", with_pair=True),
    "empty-defaults": End(NOT_IN_RECORDS, as_role=True),
    "session-of-a-token": End("TypeError", as_role=True),
    "client-of-a-token": End(None, as_role=True),
    "provider-beside-keys": End(KNOWN_BUT_REFUSED, with_pair=True),
    "name-of-boto-2": End(NOT_IN_RECORDS, as_role=True),
}
RULES = ("damaged-by-transform", "swapped-credential-parts", "partial-credentials", "ignored-session-token")
EXAMPLES = {example.name: example for rule in RULES for example in read_examples(rule) if example.name in ENDS}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with open_world() as opened:
        yield opened


def run(world: World, folder: Path, files: tuple[tuple[str, str], ...], end: End) -> Outcome:
    ((path, text),) = files
    return world.run(folder / path, text, world.session if end.as_role else None, **_pair(world.parent, end))


def _pair(keys: Keys, end: End) -> dict[str, str]:
    if not end.with_pair:
        return {}
    return {
        "REPORTS_KEY_ID": keys.key_id,
        "REPORTS_SECRET": keys.secret,
        "REPORTS_ID_BASE64": base64.b64encode(keys.key_id.encode()).decode(),
        "REPORTS_SECRET_BASE64": base64.b64encode(keys.secret.encode()).decode(),
    }


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_bad_example_ends_so_and_good_one_works(example: Example, world: World, tmp_path: Path) -> None:
    end = ENDS[example.name]
    bad = run(world, tmp_path, example.bad, end)
    if end.says is None:
        assert bad.status == 0, bad.text
    else:
        assert bad.status != 0
        assert end.says in bad.text
    good = run(world, tmp_path, example.good, end)
    signed = [request for request in good.requests if request.service == "s3"]
    assert signed
    if signed[-1].key_id == world.parent.key_id:
        assert KNOWN_BUT_REFUSED in good.text
    else:
        assert good.status == 0, good.text
        assert signed[-1].with_token


def test_every_end_is_that_of_an_example() -> None:
    assert set(EXAMPLES) == set(ENDS)
