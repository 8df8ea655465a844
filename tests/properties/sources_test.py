"""Whatever stands in an environment and in the files of profiles, there is an answer for every SDK."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credlint.catalogue.load_chains import load_chains
from credlint.link.chain_environments import names_of
from credlint.model.verdict import Verdict
from tests.link.sources_test import ACCOUNT, NO_ROLE, POD_IDENTITY, RRSA, VOLUME, answers, entry, mount, pod, secret

pytestmark = pytest.mark.property

NAMES = sorted({name for chain in load_chains().values() for name in names_of(chain)})
VALUES = [
    "x", "true", '"false"', '""', "null", "$(NAME)", '"{{ x }}"', '"http://[::1"', '"://"', '"http://169.254.170.2/x"',
    '"https://example.com/x"', '"profile x"', '"[x"', "/secrets/f", '"/"', '"~/.aws/credentials"', '"\\0"',
]  # fmt: skip
FILES = [
    "[default]\n",
    "[profile x]\nrole_arn = y\nsource_profile = x\n",
    "[x\nfoo",
    "a = b\n[default]\naws_access_key_id =\n",
    "[default]\nrole_arn = a\nsource_profile = default\naws_access_key_id = 1\n",
    "[default]\n[default]\nk = v\nk = w\n",
    "[profile 'q]\nsso_session = z\n[sso-session z]\n",
    '{"current": "a", "profiles": [{"name": "a", "mode": "AK"}]}',
]
PLACES = ["/root/.aws", "/root/.aws/config", "/secrets", "/", "/root/.aliyun", "/root/.alibabacloud/"]


@settings(max_examples=60, deadline=None)
@given(
    variables=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=6),
    place=st.sampled_from(PLACES),
    file=st.tuples(st.sampled_from(["credentials", "config", "f", "config.json"]), st.sampled_from(FILES)),
    account=st.sampled_from([ACCOUNT, RRSA, NO_ROLE, POD_IDENTITY]),
    unseen=st.booleans(),
)
def test_every_environment_has_an_answer(
    variables: dict[str, str], place: str, file: tuple[str, str], account: str, *, unseen: bool
) -> None:
    more = mount(place) + ("      envFrom: [{secretRef: {name: other}}]\n" if unseen else "")
    text = pod("".join(entry(*one) for one in variables.items()), more, VOLUME)
    for found in answers(text, account, secret(file[1], file[0]), sdks=None).values():
        for answer in found:
            certain = len(answer.ends) == 1 and not answer.errors
            assert answer.why
            assert certain or answer.verdict is not Verdict.CLEAR
            assert answer.ends or answer.verdict in {Verdict.BROKEN, Verdict.UNKNOWN}
            assert not (answer.ends and answer.verdict is Verdict.BROKEN)
