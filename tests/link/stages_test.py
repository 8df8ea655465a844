"""Profiles whose name speaks of another environment than the process."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.link.stages import strangers
from credlint.model.environments import EnvironmentScope, Variable
from credlint.model.secret import SecretText
from credlint.model.span import Location, Span
from credlint.model.values import Literal, Origin, Role, Unknown


def found(
    profile: str, path: str = "compose.yaml", title: str = "service web", namespace: str | None = None
) -> list[str]:
    place = Location(path, Span(0, 0, 0, 0, 1))
    is_text = "$" in profile
    origin: Origin = Unknown("a default", profile) if is_text else Literal(SecretText(profile))
    variable = Variable("AWS_PROFILE", origin, place, place, role=Role.PROFILE, plain=None if is_text else profile)
    region = Variable("AWS_REGION", Literal(SecretText("sandbox")), place, place, role=Role.REGION, plain="sandbox")
    scope = EnvironmentScope(0, None, "compose", True, title, place, namespace=namespace)
    return [name for _, name in strangers([variable, region], scope, load_catalogue())]


@pytest.mark.parametrize(
    ("profile", "path", "title", "namespace", "expected"),
    [
        ("sandbox", "compose.prod.yaml", "service web", None, ["sandbox"]),
        ("${AWS_PROFILE:-sandbox}", "compose.prod.yaml", "service web", None, ["sandbox"]),
        ("${P-team-dev}", "deploy/production/web.yaml", "container web", None, ["team-dev"]),
        ("prod", "deploy/web.yaml", "container web", "shop-staging", ["prod"]),
        ("prod", "deploy/web.yaml", "job deploy-dev", None, ["prod"]),
        ("prod", "compose.prod.yaml", "service web", None, []),
        ("reports", "compose.prod.yaml", "service web", None, []),
        ("dev-to-prod", "compose.prod.yaml", "service web", None, []),
        ("sandbox", "compose.yaml", "service web", None, []),
        ("sandbox", "dev/compose.prod.yaml", "service web", None, []),
        ("product-dev", "products/web.yaml", "service web", None, []),
        ("${AWS_PROFILE}", "compose.prod.yaml", "service web", None, []),
        ("${AWS_PROFILE:?sandbox}", "compose.prod.yaml", "service web", None, []),
    ],
)
def test_strangers(profile: str, path: str, title: str, namespace: str | None, expected: list[str]) -> None:
    assert found(profile, path, title, namespace) == expected
