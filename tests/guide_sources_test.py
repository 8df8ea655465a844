"""docs/guide-which-source.md is so: its files are written as they stand, and its commands run one after the other."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from credlint.catalogue.load_chains import load_chains
from credlint.model.verdict import Verdict
from tests.markers import render
from tests.readme_test import shell
from tests.tree import ROOT

GUIDE = (ROOT / "docs" / "guide-which-source.md").read_text(encoding="utf-8")
# The guide shows the ends of a key; what stands there is put in when it is tested.
STAND_INS = {"AKIA\N{HORIZONTAL ELLIPSIS}ZP2B": "@@aws-key-id@@", "= \N{HORIZONTAL ELLIPSIS}\n": "= @@aws-secret@@\n"}
FILES = dict(re.findall(r"^`([\w./-]+)`\n```\w+\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^```console\n\$ (.*?)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
PROFILE, KEYS = (
    "  AWS_PROFILE: sandbox\n",
    FILES[".github/workflows/release.yml"].split("        run: ./publish.sh\n")[1],
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a folder with the files of the guide."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        for shown, marker in STAND_INS.items():
            text = text.replace(shown, render(marker))  # noqa: PLW2901 - the text as it is in the world
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def without(project: Path, name: str, part: str) -> None:
    """Take a part out of a file, which must be there."""
    text = (project / name).read_text(encoding="utf-8")
    assert part in text
    (project / name).write_text(text.replace(part, ""), encoding="utf-8")


def test_commands_are_shown_with_their_output(project: Path) -> None:
    wrong, keys, right, check, runner, repaired = COMMANDS
    for command, output in (wrong, keys, check, runner):
        assert shell(command, project)[1] == output
    without(project, "deploy/common.yaml", PROFILE)
    without(project, ".github/workflows/release.yml", KEYS)
    for command, output in (right, repaired):
        assert shell(command, project)[1] == output
    assert shell("credlint check --ignore hardcoded-access-key", project)[0] == 0


def test_lines_of_the_tables_are_short() -> None:
    tables = [output for command, output in COMMANDS if "check" not in command]
    assert max(len(line) for output in tables for line in output.splitlines()) <= 100


def test_the_workflow_holds_no_key_id(project: Path) -> None:
    assert shell("credlint keys .github", project) == (0, "No key ids in 1 file\n")


def test_words_of_the_tables() -> None:
    rows = re.findall(r"^\| ([\w`, -]+) \|", GUIDE, re.MULTILINE)
    assert {row for row in rows if row in {one.value for one in Verdict}} == {one.value for one in Verdict}
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}
    measured = {sdk for sdk, chain in load_chains().items() if not chain.read}
    assert measured <= named <= load_chains().keys()


@pytest.mark.parametrize("command", ["sources", "keys"])
def test_keys_of_json_are_those_that_are_shown(command: str, project: Path) -> None:
    shown = GUIDE.split(f"```\ncredlint {command} --output-format json\n")[1].split("\n```\n")[0]
    document = json.loads(shell(f"credlint {command} --output-format json", project)[1])
    inner = re.compile(r"(?<!^)\{[^{}]*\}|\[[^\[\]]*\]")
    flat = shown
    while inner.search(flat):
        flat = inner.sub("", flat)
    assert list(document) == re.findall(r'"([a-z]+)"', flat)
    keys = set(re.findall(r'"([a-z_]+)"', shown))
    assert set(all_keys(document)) | {"kind", "severity", "path", "cell", "line", "message"} == keys | (
        {"words", "place", "named"} if command == "sources" else set()
    )


def all_keys(value: object) -> list[str]:
    if isinstance(value, list):
        return [key for item in value for key in all_keys(item)]
    if isinstance(value, dict):
        return [*value, *(key for item in value.values() for key in all_keys(item))]
    return []


def test_links_lead_somewhere() -> None:
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", GUIDE) if "://" not in link]
    assert links
    assert not [link for link in links if not (ROOT / "docs" / link).exists()]
