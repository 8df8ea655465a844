"""docs/guide-own-sdk.md is so: its files are written as they stand, and its command run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from credlint.catalogue.json_schema import KINDS, json_schema
from credlint.catalogue.load import load_catalogue
from tests.readme_test import shell
from tests.tree import ROOT

GUIDE = (ROOT / "docs" / "guide-own-sdk.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w./-]+)`\n```\w+\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
BLOCKS = re.findall(r"(?<!`)\n\n```(\w+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def block(language: str) -> str:
    (only,) = (text for name, text in BLOCKS if name == language)
    return str(only)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a folder with the files of the guide."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_command(project: Path) -> None:
    command, output = block("console").removeprefix("$ ").split("\n", 1)
    status, found = shell(command, project)
    assert status == 1
    assert found.rstrip() == output.rstrip()


def test_nothing_is_said_without_the_description(project: Path) -> None:
    assert shell("credlint check --isolated", project)[0] == 0


def test_cure(project: Path) -> None:
    text = FILES["upload.py"]
    bad = next(line for line in text.splitlines() if "connect" in line)
    (project / "upload.py").write_text(text.replace(f"{bad}\n", block("python")), encoding="utf-8")
    assert shell("credlint check", project)[0] == 0
    (project / "upload.py").write_text(f"{text}print(keys)\n", encoding="utf-8")
    assert (
        "keys of the vault" in shell("credlint check --output-format concise --select logged-credentials", project)[1]
    )


def test_mistake(project: Path) -> None:
    path = project / "credlint-sdks/company.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("callables:", "callabels:"), encoding="utf-8")
    status, output = shell("credlint check 2>&1", project)
    assert status == 2
    assert f"`{output.rstrip()}`" in GUIDE


def test_further_entry(project: Path) -> None:
    text = FILES["credlint-sdks/company.yaml"].replace("\ntypes:", f"{block('yaml')}\ntypes:")
    assert "company.vault.assume" in load_catalogue((("company.yaml", text),)).callables
    (project / "credlint-sdks/company.yaml").write_text(text, encoding="utf-8")
    (project / "upload.py").write_text(
        "from company import storage, vault\n\nkeys = vault.assume('uploader', 600)\n"
        "bucket = storage.connect(keys['ak'], keys['sk'])\n",
        encoding="utf-8",
    )
    output = shell("credlint check --output-format concise", project)[1]
    assert re.findall(r"\[([\w-]+)\]", output) == ["session-duration-too-short", "temporary-key-without-token"]


def test_words_of_the_guide_are_those_of_the_schema() -> None:
    kinds = json_schema("sdk")["properties"]["callables"]["items"]["properties"]["kind"]["enum"]  # type: ignore[index,call-overload]
    rows = re.findall(r"^\|[^|]+\| (`.*) \|$", GUIDE, re.MULTILINE)
    named = {word for row in rows for word in re.findall(r"`(\w+)`", row)}
    assert named - set(kinds) == {"operation", "shape", "types"} - set(kinds)  # type: ignore[arg-type]


def test_the_editors_line_leads_to_a_schema() -> None:
    first = FILES["credlint-sdks/company.yaml"].splitlines()[0]
    url = first.removeprefix("# yaml-language-server: $schema=")
    assert url == json_schema("sdk")["$id"]
    assert (ROOT / "docs" / "schema" / Path(url).name).is_file()
    assert Path(url).stem in KINDS


def test_links_lead_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", GUIDE) if "://" not in link]
    assert links
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]


def test_description_is_plain_yaml() -> None:
    assert yaml.safe_load(FILES["credlint-sdks/company.yaml"])["schema"] == 1
