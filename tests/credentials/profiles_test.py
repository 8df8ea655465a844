"""Faults of profiles, told from the text of a credentials or config file."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.credentials.profiles import faults
from credlint.extract.text.ini import read_ini
from credlint.model.profiles import ProfileSection, ProfileSetting, ProfileText
from credlint.model.values import Cloud
from tests.checks.build import at

CATALOGUE = load_catalogue()
ROLE = "role_arn = arn:aws:iam::111122223333:role/upload\n"
KEYS = "aws_access_key_id = <key>\naws_secret_access_key = <secret>\n"


def setting(line: int, name: str, value: str) -> ProfileSetting:
    role, cloud = CATALOGUE.slot_names.get(name.lower(), (None, None))
    text = None if role is not None or value == "?" else value
    return ProfileSetting(name, text, at(line), role, None if cloud is Cloud.S3_COMPATIBLE else cloud)


def found(text: str, file: str | None = None, *, whole: bool = False, opened: bool = False) -> list[str]:
    """Give the kinds of fault in a text, each with the line at which it is told."""
    lines = text.split("\n")
    sections = []
    for section in read_ini(text):
        entries = tuple(setting(text.count("\n", 0, one.key_start), one.key, one.value) for one in section.entries)
        name = None if section.name == "?" else section.name
        sections.append(ProfileSection(name, at(text.count("\n", 0, section.start)), entries, open=opened))
    assert len(lines) > 1
    told = faults(ProfileText(file, tuple(sections), whole, ("a",)), CATALOGUE.profiles)
    return [f"{one.kind.value} {one.location.span.line}" for one in told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"[a]\n{ROLE}", ["role-without-source 1"]),
        (f"[?]\n{ROLE}", ["role-without-source 1"]),
        (f"[a]\n{ROLE}{KEYS}", ["role-without-source 1"]),
        (f"[a]\n{ROLE}source_profile = b\n", []),
        (f"[a]\n{ROLE}source_profile = ?\n", []),
        (f"[a]\n{ROLE}credential_source = ?\n", []),
        (f"[a]\n{ROLE}credential_source = Environment\n", []),
        (f"[a]\n{ROLE}credential_source = environment\n", ["wrong-case 2"]),
        (f"[a]\n{ROLE}credential_source = Role\n", ["unknown-credential-source 2"]),
        (f"[a]\n{ROLE}source_profile = b\ncredential_source = EcsContainer\n", ["role-with-two-sources 3"]),
        (f"[a]\n{ROLE}web_identity_token_file = /t\n", []),
        (f"[a]\n{ROLE}web_identity_token_file = /t\nduration_seconds = 7200\n", ["ignored-duration 3"]),
        ("[a]\nregion = eu-central-1\nsource_profile = b\n", []),
    ],
)
def test_roles(text: str, told: list[str]) -> None:
    assert found(text) == told


def test_a_section_that_may_hold_more() -> None:
    assert found(f"[a]\n{ROLE}", opened=True) == []
    assert found("[a]\naws_access_key_id = <key>\n", opened=True) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"[a]\n{ROLE}source_profile = a\n", ["loop 2"]),
        (f"[a]\n{ROLE}source_profile = a\n{KEYS}", []),
        (f"[profile a]\n{ROLE}source_profile = b\n[profile b]\n{ROLE}source_profile = a\n", ["loop 2", "loop 5"]),
        (f"[a]\n{ROLE}source_profile = b\n[b]\n{ROLE}source_profile = b\n", ["loop 5"]),
        (f"[a]\n{ROLE}source_profile = b\n[b]\n{ROLE}source_profile = ?\n", []),
        (f"[a]\n{ROLE}source_profile = b\n[b]\n{KEYS}", []),
        (f"[a]\n{ROLE}source_profile = b\n[b]\nregion = eu-central-1\n", []),
    ],
)
def test_ways_of_sources(text: str, told: list[str]) -> None:
    assert found(text) == told


def test_a_profile_that_is_nowhere() -> None:
    text = f"[profile a]\n{ROLE}source_profile = b\n"
    assert found(text, "config", whole=True) == ["unknown-profile 2"]
    assert found(f"{text}[profile b]\n{KEYS}", "config", whole=True) == []
    assert found(f"{text}[b]\nregion = x\n", "config", whole=True) == ["unknown-profile 2"]
    assert found(f"[a]\n{ROLE}source_profile = default\n[default]\n{KEYS}", "credentials", whole=True) == []


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("config", f"[a]\n{KEYS}", ["foreign-header 0"]),
        ("config", f"[default]\n{KEYS}", []),
        ("config", f"[profile a]\n{KEYS}", []),
        ("config", "[a]\nregion = eu-central-1\n", []),
        ("config", f"[a]\n{ROLE}credential_source = Environment\n", ["foreign-header 0"]),
        ("config", f"[?]\n{KEYS}", []),
        ("credentials", f"[profile a]\n{KEYS}", ["foreign-header 0"]),
        ("credentials", f"[a]\n{KEYS}", []),
        (None, f"[profile a]\n{KEYS}[b]\n{KEYS}", []),
    ],
)
def test_headers(file: str | None, text: str, told: list[str]) -> None:
    assert found(text, file) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a]\naws_access_key_id = <key>\n", ["half-pair 1"]),
        ("[a]\naws_secret_access_key = <secret>\n", []),
        ("[a]\naccess_key = <key>\n", []),
        ("[a]\ntype = sts\naccess_key_id = <key>\naccess_key_secret = <secret>\n", ["unknown-type 1"]),
        ("[a]\ntype = ?\naccess_key_id = <key>\naccess_key_secret = <secret>\n", []),
        ("[a]\ntype = ecs_ram_role\naccess_key_secret = <secret>\n", []),
        ("[a]\ntype = sts\naccess_key_id = <key>\n", []),
    ],
)
def test_parts_and_types(text: str, told: list[str]) -> None:
    assert found(text) == told


def test_a_long_chain_ends() -> None:
    links = "".join(f"[p{n}]\n{ROLE}source_profile = p{n + 1}\n" for n in range(30))
    assert found(links) == []
