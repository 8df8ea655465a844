"""What README.md says is so: its commands are run, its configurations read, its tables compared."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
import yaml

import credlint
from tests.tree import ROOT, commit_all, run

README = (ROOT / "README.md").read_text(encoding="utf-8")

BAD = """\
import boto3

answer = boto3.client("sts").assume_role(RoleArn="arn:aws:iam::111122223333:role/upload", RoleSessionName="upload")
keys = answer["Credentials"]
s3 = boto3.client("s3", aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"])
"""
PARENT = """\
import boto3

def copy(key_id, secret):
    sts = boto3.client("sts", aws_access_key_id=key_id, aws_secret_access_key=secret)
    sts.assume_role(RoleArn="arn:aws:iam::111122223333:role/r", RoleSessionName="copy")
    {line}
    s3.upload_file("a", "b", "c")
"""


def blocks(language: str, holding: str = "") -> list[str]:
    """Give the fenced blocks of a language that hold a text."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return [block for block in found if holding in block]


def block(language: str, holding: str) -> str:
    (only,) = blocks(language, holding)
    return only


def table(heading: str) -> list[list[str]]:
    """Give the cells of the table below a heading, its head left out."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def shell(command: str, folder: Path, text: str = "") -> tuple[int, str]:
    """Run a line of shell in which `credlint` is this tree's; give its status and output."""
    ours = f"{shlex.quote(sys.executable)} -m credlint "
    line = re.sub(r"(?<![\w-])credlint (?=-|[a-z])", lambda _: ours, command)
    script = f"printf %s {shlex.quote(text)} | {line}" if text else line
    done = run(["bash", "-c", script], folder, PYTHONPATH=str(ROOT))
    return done.returncode, done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with one bad file."""
    (tmp_path / "upload.py").write_text(BAD, encoding="utf-8")
    commit_all(tmp_path)
    return tmp_path


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^ +|`)make ([a-z]+)", README, re.MULTILINE))
    assert {"demo", "test"} <= named
    assert not {target for target in named if f"\n{target}:" not in makefile}


def test_links_lead_somewhere() -> None:
    local = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert local
    assert not [link for link in local if not (ROOT / link.split("#")[0]).exists()]


@pytest.mark.parametrize("shown", blocks("console"))
def test_console(shown: str) -> None:
    for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", shown, re.MULTILINE):
        if not command.startswith("pip "):  # tests/packaging installs
            assert shell(command, ROOT)[1] == output


def test_subcommands() -> None:
    _, text = shell("credlint --help", ROOT)
    assert all(word in text for word in re.findall(r"^    credlint ([a-z]+)", README, re.MULTILINE))


@pytest.mark.parametrize("module", ["copy", "dataclasses", "json", "libcst", "yaml"])
def test_nothing_is_run(module: str, project: Path) -> None:
    (project / f"{module}.py").write_text("raise SystemExit(7)\n", encoding="utf-8")
    status, output = shell("credlint check --output-format json", project)
    assert status == 1
    assert [one["path"] for one in json.loads(output)["findings"]] == ["upload.py"]


@pytest.mark.parametrize("asked", ["upload.py", "."])
def test_other_modules_are_followed(asked: str, tmp_path: Path) -> None:
    top, answer, keys, client = (line for line in BAD.splitlines() if line)
    lend = f"{top}\n\ndef lend():\n    {answer}\n    {keys}\n    return keys\n"
    (tmp_path / "auth.py").write_text(lend, encoding="utf-8")
    (tmp_path / "upload.py").write_text(f"{top}\nimport auth\n\nkeys = auth.lend()\n{client}\n", encoding="utf-8")
    status, output = shell(f"credlint check --isolated --output-format json {asked}", tmp_path)
    (found,) = json.loads(output)["findings"]
    assert status == 1
    assert (found["rule"], found["path"]) == ("temporary-key-without-token", "upload.py")
    assert {"auth.py", "upload.py"} <= {step["path"] for step in found["trace"]}


def test_pre_commit_configuration() -> None:
    (repository,) = yaml.safe_load(block("yaml", ".pre-commit-config.yaml"))["repos"]
    published = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert repository["rev"] == f"v{credlint.__version__}"
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in published}
    assert {hook["id"]: hook.get("stages", []) for hook in published}["credlint-all"] == ["manual", "pre-push"]


def test_workflow(project: Path) -> None:
    steps = yaml.safe_load(block("yaml", ".github/workflows/credlint.yml"))["jobs"]["credlint"]["steps"]
    install, annotate, write = (step["run"] for step in steps if "run" in step)
    assert install.endswith(f"/credlint@v{credlint.__version__}")
    status, output = shell(annotate, project)
    assert status == 1
    assert output.startswith("::error ")
    assert "file=upload.py,line=5," in output
    assert shell(write, project) == (0, "")
    upload = steps[-1]["with"]
    report = json.loads((project / upload["sarif_file"]).read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in report["runs"][0]["results"]] == ["temporary-key-without-token"]


def errorformat(pattern: str) -> re.Pattern[str]:
    """Give the regular expression of an errorformat."""
    parts = {"%f": "(?P<file>.+)", "%l": r"(?P<line>\d+)", "%c": r"(?P<column>\d+)", "%t": "(?P<type>[ewn])"}
    parts |= {"%*[a-z]": "[a-z]*", "%m": "(?P<text>.+)"}
    return re.compile("".join(parts.get(part, re.escape(part)) for part in re.split(r"(%\*\[a-z\]|%[flctm])", pattern)))


def test_efm_configuration(project: Path) -> None:
    tool = yaml.safe_load(block("yaml", "lint-command"))["tools"]["credlint"]
    path = str(project / "with space.py")
    status, output = shell(tool["lint-command"].replace("${INPUT}", path), project, BAD)
    found = errorformat(tool["lint-formats"][0]).fullmatch(output.splitlines()[0])
    assert status == 1
    assert found
    assert found["file"] == path
    assert (found["line"], found["column"], found["type"]) == ("5", "6", "e")
    assert found["text"].startswith("[temporary-key-without-token]")


def test_vim_settings(project: Path) -> None:
    settings = block("vim", "makeprg")
    (pattern,) = re.findall(r"^set errorformat=(.*)$", settings, re.MULTILINE)
    (make,) = re.findall(r"^set makeprg=(.*)$", settings, re.MULTILINE)
    (buffer,) = re.findall(r"system\('(.*?)' \. expand\('%:S'\) \. ' -'", settings)
    for command, text in ((make.replace("\\", "").replace("%:S", "upload.py"), ""), (f"{buffer}upload.py -", BAD)):
        status, output = shell(f"{command} 2>&1", project, text)
        (line,) = output.splitlines()
        found = errorformat(pattern.replace("\\", "")).fullmatch(line)
        assert status == 1
        assert found
        assert (found["file"], found["line"], found["column"]) == ("upload.py", "5", "6")


def test_configuration_keys_are_those_that_are_read(project: Path) -> None:
    rows = {row[0].strip("`"): row[1].strip("`") for row in table("Configuration")}
    values = {key: default if default[0] in '["{' else '["profile-with-role"]' for key, default in rows.items()}
    lines = [f"{key} = {value}" for key, value in values.items()]
    (project / "credlint.toml").write_text("\n".join(lines), encoding="utf-8")
    assert shell("credlint check", project)[0] == 0
    (project / "credlint.toml").write_text("selekt = []\n", encoding="utf-8")
    status, output = shell("credlint check 2>&1", project)
    assert status == 2
    assert "select" in output


def test_configuration_example(project: Path) -> None:
    (project / "pyproject.toml").write_text(block("toml", "[tool.credlint]"), encoding="utf-8")
    (project / "vendor").mkdir()
    (project / "vendor/copy.py").write_text(BAD, encoding="utf-8")
    status, output = shell("credlint check --output-format json", project)
    assert status == 1
    assert [one["path"] for one in json.loads(output)["findings"]] == ["upload.py"]
    assert shell("credlint check --isolated --output-format concise", project)[1].count("\n") == 2


def test_suppression_example(tmp_path: Path) -> None:
    line = block("python", "credlint: ignore").rstrip()
    (tmp_path / "archive.py").write_text(PARENT.format(line=line), encoding="utf-8")
    assert shell("credlint check archive.py", tmp_path)[0] == 0
    (tmp_path / "archive.py").write_text(PARENT.format(line=line.partition("  #")[0]), encoding="utf-8")
    assert shell("credlint check archive.py", tmp_path)[0] == 1


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("--select profile-with-role", 0),
        ("--exit-zero", 0),
        ("", 1),
        ("--select profile-with-role --strict half.py", 1),
        ("--select profile-with-role half.py", 0),
        ("nowhere.py", 2),
        ("--persona nobody", 2),
    ],
)
def test_exit_status(arguments: str, status: int, project: Path) -> None:
    (project / "half.py").write_text("import boto3\nboto3.client(\n", encoding="utf-8")
    assert shell(f"credlint check {arguments} 2>/dev/null", project)[0] == status


def test_json_keys(project: Path) -> None:
    (project / "half.py").write_text("import boto3\nboto3.client(\n", encoding="utf-8")
    report = json.loads(shell("credlint check --output-format json 2>/dev/null", project)[1])
    shown = block("", '"version": 1')
    assert list(report) == re.findall(r'^[{ ]"([a-z]+)":', shown, re.MULTILINE)
    for name in ("findings", "problems"):
        keys = re.search(rf'"{name}": \[\{{(.*?)\}}\](?:,\n "|\n)', shown, re.DOTALL)
        assert keys
        outer = re.sub(r"\[\{.*?\}\]", "", keys[1])
        assert list(report[name][0]) == re.findall(r'"([a-z_]+)"', outer)
    for name in ("tool", "summary"):
        keys = re.search(rf'"{name}": \{{(.*?)\}}', shown)
        assert keys
        assert list(report[name]) == re.findall(r'"([a-z_]+)"', keys[1])
    assert set(report["findings"][0]["trace"][0]) == {
        "path", "cell", "output", "line", "column", "message",
    }  # fmt: skip
