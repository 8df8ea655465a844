"""rules/platforms: what is read, and what is wrong with what is not."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.catalogue.load_chains import load_chains
from credlint.catalogue.platforms import Gives, load_platforms, platform_document
from credlint.catalogue.yamlfile import parse_only_document
from credlint.link.chain_environments import names_of
from credlint.model.environments import RoleKind
from credlint.model.problem import FatalError
from credlint.model.values import Cloud

PLATFORMS = load_platforms()
ENTRY = "schema: 1\ncloud: aws\nplatforms:\n  - role: IRSA\n    gives: web-identity\n    source: https://example.com\n"


def test_every_role_is_told_once() -> None:
    roles = [(one.role, one.cloud) for one in PLATFORMS]
    assert len(roles) == len(set(roles))
    # The action that asks for a role exports its keys, and a web identity is one in variables that stand there.
    told = {role for role, _ in roles}
    assert {RoleKind.IRSA, RoleKind.RRSA, RoleKind.POD_IDENTITY, RoleKind.TASK_ROLE, RoleKind.FUNCTION_ROLE} <= told
    assert not {RoleKind.OIDC, RoleKind.WEB_IDENTITY} & told


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda one: f"{one.cloud.value} {one.role.value}")
def test_what_is_set_is_read(platform: object) -> None:
    assert isinstance(platform, type(PLATFORMS[0]))
    read = {name for chain in load_chains().values() for name in names_of(chain)}
    assert {name for name, _ in platform.variables} <= read
    known = load_catalogue().variables
    assert all(known[name].cloud is platform.cloud for name, _ in platform.variables if name in known)
    assert platform.source.startswith("https://")
    assert bool(platform.variables) is (platform.gives is not Gives.INSTANCE)


def test_an_entry() -> None:
    (found,) = platform_document(parse_only_document(f"{ENTRY}    instead_of: [RRSA]\n    bare: true\n", "x.yaml"))
    assert (found.role, found.cloud, found.gives) == (RoleKind.IRSA, Cloud.AWS, Gives.WEB_IDENTITY)
    assert (found.instead_of, found.bare, found.together, found.variables) == ((RoleKind.RRSA,), True, False, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ENTRY.replace("cloud: aws\n", ""), "x.yaml:1: lacks cloud"),
        (ENTRY.replace("gives: web-identity", "gives: wings"), "x.yaml:5: platforms[0].gives: must be one of "),
        (ENTRY.replace("role: IRSA", "role: king"), "x.yaml:4: platforms[0].role: must be one of "),
        (f"{ENTRY}    variable: x\n", "x.yaml:7: platforms[0].variable: unknown key; do you mean variables?"),
        (f"{ENTRY}    bare: yes\n", "x.yaml:7: platforms[0].bare: must be true or false"),
        (ENTRY.partition("    source")[0], "x.yaml:4: platforms[0]: lacks source"),
    ],
)
def test_mistakes(text: str, message: str) -> None:
    with pytest.raises(FatalError) as caught:
        platform_document(parse_only_document(text, "x.yaml"))
    assert str(caught.value).startswith(message)
