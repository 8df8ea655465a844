"""Names of variables that are almost those of a part."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.credentials.spelling import almost_names, meant_role
from credlint.model.values import Role

CATALOGUE = load_catalogue()
KNOWN = {*CATALOGUE.variables, *CATALOGUE.other_variables}


def meant(name: str) -> dict[str, Role]:
    found = {family.name: meant_role(name, family, KNOWN) for family in CATALOGUE.families}
    return {family: role for family, role in found.items() if role is not None}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("AWS_SECRET_KEY_ID", Role.SECRET),
        ("AWS_ACCESS_KEY_SECRET", Role.SECRET),
        ("AWS_ACCESS_SECRET_KEY", Role.SECRET),
        ("AWS_SECRET_ACCESS", Role.SECRET),
        ("AWS_SECERT_ACCESS_KEY", Role.SECRET),
        ("AWS_SECRET_ACESS_KEY", Role.SECRET),
        ("AWS_ACCCESS_KEY_ID", Role.KEY_ID),
        ("AWS_ACCESS_KEYID", Role.KEY_ID),
        ("AWS_ACCESS_ID", Role.KEY_ID),
        ("AWS_ACCESS_TOKEN", Role.TOKEN),
        ("AWS_SESION_TOKEN", Role.TOKEN),
    ],
)
def test_aws(name: str, role: Role) -> None:
    assert meant(name) == {"aws": role}


@pytest.mark.parametrize(
    ("name", "family", "role"),
    [
        ("OSS_SECRET_ACCESS_KEY", "oss", Role.SECRET),
        ("OSS_ACCES_KEY_ID", "oss", Role.KEY_ID),
        ("ALIBABA_CLOUD_SECRET_ACCESS_KEY", "alibaba", Role.SECRET),
        ("ALIBABA_CLOUD_ACCESSKEY_ID", "alibaba", Role.KEY_ID),
    ],
)
def test_alibaba(name: str, family: str, role: Role) -> None:
    assert meant(name) == {family: role}


@pytest.mark.parametrize(
    "name",
    [
        "AWS_ACCESS_KEY_ID",
        "AWS_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID2",
        "AWS_ACCESS_KEY_ID_2",
        "AWS_ACCESS_KEY_IDS",
        "AWS_SECRET_ACCESS_KEYS",
        "AWS_SECRETS_ACCESS_KEY",
        "AWS_PROFILES",
        "AWS_KMS_KEY_ID",
        "AWS_AUTH_TOKEN",
        "AWS_SESSION_NAME",
        "AWS_SESSION_TOKEN_TTL",
        "AWS_SECRET_NAME",
        "AWS_ACCESS_KEY_ID_FILE",
        "AWS_REGION",
        "OBS_ACCESS_KEY_ID",
        "COS_SECRET_KEY",
        "OSS_SECURITY_TOKEN",
        "AWSACCESSKEYID",
    ],
)
def test_other_names(name: str) -> None:
    assert meant(name) == {}


def test_names_of_a_module() -> None:
    names = ["AWS_SECRET_KEY_ID", "AWS_ACCESS_KEY_ID", "AWS_REGION", "name", "OSS_ACCES_KEY_ID"]
    assert almost_names(names, CATALOGUE) == {"AWS_SECRET_KEY_ID", "OSS_ACCES_KEY_ID"}
