"""`credlint sources`: its tables, what it counts, how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from credlint import cli
from credlint.model.source_table import PlacedSource, ProcessRows, SdkRow, SourceTable
from credlint.model.sources import SourceForm
from credlint.model.span import Region
from credlint.model.verdict import Verdict
from credlint.report.sources import render_sources

ACCOUNT = """\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/web
"""
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: web
  containers:
    - name: upload
      image: registry.example.com/upload
      envFrom: [{configMapRef: {name: settings}}]
    - name: proxy
      image: registry.example.com/proxy
      env: [{name: AWS_PROFILE, value: ""}]
"""
SETTINGS = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {LEVEL: info}\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working directory with a Pod, its ServiceAccount, and what it brings in."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("account.yaml", ACCOUNT), ("pod.yaml", POD), ("settings.yaml", SETTINGS)):
        (tmp_path / name).write_text(text)
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["sources", *arguments])
    return status, *capfd.readouterr()


def test_a_profile_in_the_data_of_a_secret_is_not_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: web}\ndata: {AWS_PROFILE: c2FuZGJveA==}\n---\n"
    path = tmp_path / "pod.yaml"
    path.write_text(secret + POD.replace("configMapRef: {name: settings}", "secretRef: {name: web}"))
    for name in ("text", "json"):
        shown = run(capfd, "--sdk", "boto3,js3", "--output-format", name, str(path))[1]
        assert "profile of AWS_PROFILE" in shown
        assert "sandbox" not in shown


WORKFLOW = """\
on: push
permissions: {id-token: write}
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: {role-to-assume: "arn:aws:iam::111122223333:role/publish", aws-region: eu-central-1}
      - run: aws s3 ls
        env:
          AWS_ACCESS_KEY_ID: ${{ secrets.ID }}
          AWS_SECRET_ACCESS_KEY: ${{ secrets.KEY }}
"""


def test_a_pair_beside_the_token_of_a_role(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / ".github/workflows/publish.yml"
    path.parent.mkdir(parents=True)
    path.write_text(WORKFLOW)
    shown = run(capfd, str(path))[1]
    assert "AWS_SESSION_TOKEN is of another session than AWS_ACCESS_KEY_ID: requests are refused" in shown
    whole = f"{WORKFLOW}          AWS_SESSION_TOKEN: ${{{{ secrets.TOKEN }}}}\n"
    path.write_text(whole)
    assert "another session" not in run(capfd, str(path))[1]


@pytest.mark.parametrize(("moment", "ends"), [("2024-01-01T00:00:00Z", True), ("2999-01-01T00:00:00Z", False)])
def test_keys_whose_end_is_past(tmp_path: Path, capfd: pytest.CaptureFixture[str], moment: str, *, ends: bool) -> None:
    path = tmp_path / "pod.yaml"
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    keys = "".join(f"{{name: {one}, valueFrom: {{secretKeyRef: {{name: web, key: {one}}}}}}}, " for one in names)
    end = f"{{name: AWS_CREDENTIAL_EXPIRATION, value: '{moment}'}}"
    path.write_text(POD.replace('{name: AWS_PROFILE, value: ""}', keys + end))
    shown = run(capfd, "--sdk", "boto3,js3", str(path))[1]
    assert ("Credentials were refreshed" in shown) is ends
    assert "keys in AWS_ACCESS_KEY_ID" in shown  # the JavaScript SDK signs with them all the same


def test_a_process_as_patches_leave_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("base", "live"):
        (tmp_path / name).mkdir()
    (tmp_path / "base/kustomization.yaml").write_text("resources: [pod.yaml]\n")
    (tmp_path / "base/pod.yaml").write_text(POD)
    patch = "- {op: replace, path: /spec/containers/1/env/0, value: {name: AWS_PROFILE, value: uploads}}"
    laid = f"resources: [../base]\npatches:\n  - target: {{kind: Pod}}\n    patch: |-\n      {patch}\n"
    (tmp_path / "live/kustomization.yaml").write_text(laid)
    shown = run(capfd, "--sdk", "boto3", ".")[1]
    assert "container proxy of Pod web  base/pod.yaml:10:7" in shown
    assert "container proxy of Pod web, patched by live/kustomization.yaml" in shown
    assert "profile uploads" in shown


def test_text(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "--sdk", "boto3,js3")[1] == (
        "container upload of Pod web  pod.yaml:7:7\n"
        "  [1] role of IRSA  account.yaml:6:5\n"
        "\n"
        "  SDK        verdict  signs with        instead of  why\n"
        "  boto3 js3  clear    [1] role of IRSA  -           nothing else is there\n"
        "\n"
        "container proxy of Pod web  pod.yaml:10:7\n"
        "  [1] role of IRSA  account.yaml:6:5\n"
        "\n"
        "  SDK    verdict  signs with        instead of  why\n"
        "  boto3  broken   ProfileNotFound   [1]         The config profile () could not be found\n"
        "  js3    clear    [1] role of IRSA  -           nothing else is there\n"
        "\n"
        "2 processes in 3 files\n"
    )


def test_json(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capfd, "--sdk", "boto3", "--sdk", "js3", "--output-format", "json")
    document = json.loads(out)
    assert status == 0
    assert list(document) == ["schema", "tool", "processes", "without", "problems", "files"]
    upload, proxy = document["processes"]
    assert (upload["title"], upload["path"], upload["line"], upload["column"]) == (
        "container upload of Pod web", "pod.yaml", 7, 7,
    )  # fmt: skip
    role = {
        "kind": "role",
        "words": "role of IRSA",
        "place": {
            "path": "account.yaml",
            "cell": None,
            "output": False,
            "line": 6,
            "column": 5,
            "end_line": 6,
            "end_column": 31,
        },
        "named": None,
    }
    assert upload["sdks"][0] == {
        "sdk": "boto3",
        "title": "boto3",
        "verdict": "clear",
        "winner": role,
        "possible": [role],
        "errors": [],
        "shadowed": [],
        "why": "nothing else is there",
        "read_from_source": False,
    }
    broken = proxy["sdks"][0]
    assert (broken["verdict"], broken["winner"], broken["errors"]) == ("broken", None, ["ProfileNotFound"])
    assert broken["shadowed"] == [role]


def test_markdown(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = run(capfd, "--sdk", "boto3", "--output-format", "markdown")[1]
    error = "ProfileNotFound | role of IRSA `account.yaml:6:5` | The config profile () could not be found"
    assert out == (
        "**container upload of Pod web** (`pod.yaml:7:7`)\n"
        "\n"
        "| SDK | verdict | signs with | instead of | why |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| boto3 | clear | role of IRSA `account.yaml:6:5` |  | nothing else is there |\n"
        "\n"
        "**container proxy of Pod web** (`pod.yaml:10:7`)\n"
        "\n"
        "| SDK | verdict | signs with | instead of | why |\n"
        "| --- | --- | --- | --- | --- |\n"
        f"| boto3 | broken | {error} |\n"
        "\n"
        "2 processes in 3 files\n"
    )


def test_nothing_to_report_is_an_answer(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    nothing = "Nothing to report: no process in 1 file has credentials\n"
    assert run(capfd, "settings.yaml") == (0, nothing, "")
    assert run(capfd, "settings.yaml", "--output-format", "markdown") == (0, nothing, "")
    assert run(capfd, "--exclude", "*") == (0, "No files looked at\n", "")
    assert json.loads(run(capfd, "settings.yaml", "--output-format", "json")[1])["processes"] == []


def test_what_is_not_among_the_files_is_not_known(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = run(capfd, "pod.yaml", "account.yaml", "--sdk", "js3")[1]
    assert "  js3  ambiguous  [1] role of IRSA  -           configmap settings may bring variables\n" in out


def test_an_address_that_is_refused_is_not_the_role_of_the_machine(
    tree: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tree / "uri.yaml").write_text(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: c\n    image: x\n"
        "    env: [{name: AWS_CONTAINER_CREDENTIALS_FULL_URI, value: 'http://keys.example/x'}]\n"
    )
    out = run(capfd, "uri.yaml", "--sdk", "boto3")[1]
    assert "Unsupported host 'keys.example', unless the platform gives it a role" in out
    assert "the role of the machine" not in out


def test_processes_without_credentials_are_counted(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tree / "compose.yaml").write_text(
        "services:\n  a: {image: x, environment: {AWS_REGION: x}}\n"
        "  b: {image: x, environment: {AWS_REGION: x}}\n  c: {image: x, environment: {NAME: x}}\n"
    )
    assert run(capfd, "compose.yaml")[1] == (
        "unknown, not in these files: the role of the machine, if it has one\n"
        "  service a and 1 other alike  compose.yaml:2:3\n"
        "\n"
        "2 processes in 1 file; 1 without credentials\n"
    )
    assert " | unknown | not in these files |  | " in run(capfd, "compose.yaml", "--output-format", "markdown")[1]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("nowhere.yaml", "pod.yaml"), 2, "error: nowhere.yaml: there is no such file or folder\n"),
        (("--sdk", "botto3"), 2, "error: --sdk: there is no SDK 'botto3'; do you mean boto3?\n"),
        (("-",), 2, "error: `-` reads one file from standard input"),
        (("bad.yaml",), 0, "warning: bad.yaml:"),
        (("bad.yaml", "--strict"), 1, "warning: bad.yaml:"),
    ],
)
def test_mistakes_and_problems(
    tree: Path, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int, message: str
) -> None:
    (tree / "bad.yaml").write_text("AWS_PROFILE: [\n")
    done = run(capfd, *arguments)
    assert done[0] == status
    assert done[2].startswith(message)


def test_an_unknown_sdk_is_told_the_names(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert "; there are alibaba, oss2, " in run(capfd, "--sdk", "perl")[2]


@pytest.mark.parametrize(
    ("asked", "shown"), [("js3,boto3", ["boto3", "js3"]), ("cli", ["cli1", "cli2"]), ("boto,boto3", ["boto3"])]
)
def test_sdks_are_named_or_begun(tree: Path, capfd: pytest.CaptureFixture[str], asked: str, shown: list[str]) -> None:
    document = json.loads(run(capfd, "--sdk", asked, "--output-format", "json")[1])
    assert [one["sdk"] for one in document["processes"][0]["sdks"]] == shown


def test_standard_input(tree: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("credlint.linter.read.read_stdin", POD.encode)
    status, out, _ = run(capfd, "-", "--stdin-filename", "deploy/pod.yaml", "--sdk", "boto3")
    assert status == 0
    assert out.startswith("container proxy of Pod web  deploy/pod.yaml:10:7\n")


# Tables built by hand

PLACE = Region("a" * 60 + ".yaml", 3, 4, 3, 9)
KEYS = PlacedSource(SourceForm.KEYS, "keys in AWS_ACCESS_KEY_ID", PLACE)
PROFILE = PlacedSource(SourceForm.PROFILE, "profile x", PLACE, Region("b.yaml", 1, 0, 1, 1))


def table(*rows: SdkRow) -> SourceTable:
    return SourceTable((ProcessRows("container " + "c" * 50, PLACE, rows),), 0, (), 1)


def row(sdk: str, verdict: Verdict, *ends: PlacedSource, **more: object) -> SdkRow:
    given = {"errors": (), "shadowed": (), "why": "w", "read": False} | more
    return SdkRow(sdk, sdk.upper(), verdict, ends, **given)  # type: ignore[arg-type]


def test_long_lines_are_broken_and_chains_that_were_only_read_are_marked() -> None:
    why = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    made = table(
        row("a", Verdict.AMBIGUOUS, KEYS, PROFILE, errors=("E",), why=why), row("b", Verdict.CLEAR, KEYS, read=True)
    )
    text = render_sources(made, "text")
    assert f"container {'c' * 50}\n    {PLACE.path}:3:5\n" in text
    assert f"  [2] profile x\n      {PLACE.path}:3:5, named at b.yaml:1:1\n" in text
    assert "[1] or [2] or an error" in text
    assert "\n  b*   clear      [1] keys in AWS_ACCESS_KEY_ID" in text
    assert "\n* known from the SDK's source only\n" in text
    assert max(map(len, text.splitlines())) <= 100
    markdown = render_sources(made, "markdown")
    keys, profile = (f"{one.words} `{PLACE.path}:3:5`" for one in (KEYS, PROFILE))
    assert f"| {keys} or {profile}, named at `b.yaml:1:1` or an error |" in markdown


def test_reasons_stand_below_where_no_room_is_left() -> None:
    wide = replace(KEYS, words="keys in " + "K" * 50)
    text = render_sources(table(row("a", Verdict.AMBIGUOUS, wide, why="because " * 5)), "text")
    assert text.splitlines()[5:8] == [
        f"  SDK  verdict    signs with{' ' * 52}  instead of",
        f"  a    ambiguous  [1] keys in {'K' * 50}  -",
        "      because because because because because",
    ]
    assert "instead of  why\n" in render_sources(table(row("a", Verdict.AMBIGUOUS, wide)), "text")


def test_nothing_at_all() -> None:
    assert "  a    broken   nothing     -           w\n" in render_sources(table(row("a", Verdict.BROKEN)), "text")
