"""`credlint keys`: which key ids it lists, what it tells of each, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from credlint import cli
from tests.markers import render
from tests.notebooks import notebook

KEY = render("@@aws-key-id@@")
ACCOUNT = render("@@aws-account-id@@")
UPLOAD = render(
    """\
import boto3
# before: @@aws-key-id-2@@
boto3.client("s3", aws_access_key_id="@@aws-key-id@@", aws_secret_access_key="@@aws-secret@@")
KEYS = ["@@alibaba-key-id@@", "@@alibaba-temporary-key-id@@", "@@aws-temporary-key-id@@"]
"""
)
SECRET = render(
    """\
apiVersion: v1
kind: Secret
metadata: {name: upload}
data:
  AWS_ACCESS_KEY_ID: @@aws-key-id-line-encoded@@
stringData:
  old: @@aws-key-id-2@@
"""
)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working directory with two files that hold keys."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deploy.yaml").write_text(SECRET)
    (tmp_path / "upload.py").write_text(UPLOAD)
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["keys", *arguments])
    return status, *capfd.readouterr()


def ends(marker: str) -> str:
    return render(marker)[-4:]


def test_text(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd)
    assert (status, err) == (0, "")
    assert out == (
        f"AWS user key that ends in {KEY[-4:]}, account {ACCOUNT}\n"
        "    deploy.yaml:5:22 (as base64, among other characters)\n"
        "    upload.py:3:38\n"
        "\n"
        f"AWS user key that ends in {ends('@@aws-key-id-2@@')}, account {render('@@aws-account-id-2@@')}\n"
        "    deploy.yaml:7:8\n"
        "    upload.py:2:11 (in a comment or a longer text)\n"
        "\n"
        f"Alibaba Cloud user key that ends in {ends('@@alibaba-key-id@@')}\n"
        "    upload.py:4:9\n"
        "\n"
        f"Alibaba Cloud STS key that ends in {ends('@@alibaba-temporary-key-id@@')}\n"
        "    upload.py:4:37\n"
        "\n"
        f"AWS temporary key that ends in {ends('@@aws-temporary-key-id@@')}, "
        f"account {render('@@aws-temporary-account-id@@')}\n"
        "    upload.py:4:69\n"
        "\n"
        "5 key ids in 7 places of 2 files\n"
    )
    assert max(map(len, out.splitlines())) <= 100


def test_json(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capfd, "--output-format", "json")
    document = json.loads(out)
    assert status == 0
    assert list(document) == ["schema", "tool", "keys", "problems", "files"]
    assert (document["schema"], document["files"], len(document["keys"])) == (1, 2, 5)
    first = document["keys"][0]
    assert first | {"places": []} == {
        "kind": "AWS user key",
        "cloud": "aws",
        "lifetime": "long-lived",
        "ends": KEY[-4:],
        "account": ACCOUNT,
        "places": [],
    }
    assert first["places"][1] == {
        "path": "upload.py",
        "cell": None,
        "output": False,
        "line": 3,
        "column": 38,
        "end_line": 3,
        "end_column": 60,
        "test": False,
        "encoded": False,
        "notes": [],
    }
    assert first["places"][0]["encoded"]
    assert KEY not in out


def test_markdown(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    two, account = render("@@aws-key-id-2@@"), render("@@aws-account-id-2@@")
    _, out, _ = run(capfd, "--output-format", "markdown", "upload.py")
    assert out.splitlines()[:3] == [
        "| key | ends in | account | place |",
        "| --- | --- | --- | --- |",
        f"| AWS user key | {two[-4:]} | {account} | `upload.py:2:11` (in a comment or a longer text) |",
    ]
    assert out.endswith("|\n\n5 key ids in 5 places of 1 file\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('boto3.client("s3", aws_access_key_id="@@aws-documented-key-id@@")', "No key ids in 1 file\n"),
        ("LTAIthreeTimesAWeek = 'AKIAABCDEFGH'  # LTAIthreeTimes", "No key ids in 1 file\n"),
        (
            'boto3.client("s3", endpoint_url="http://minio:9000", aws_access_key_id="@@aws-key-id@@")',
            "    a.py:2:72 (for a local stand-in of the cloud)\n",
        ),
        (
            'from minio import Minio\nMinio("play.example.com", "@@aws-key-id@@", "@@aws-secret@@")',
            f"AWS user key that ends in {KEY[-4:]}\n    a.py:3:27 (for another S3 service)\n",
        ),
    ],
)
def test_what_is_a_key_and_for_whom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], text: str, expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.py").write_text(f"import boto3\n{render(text)}\n")
    status, out, _ = run(capfd, "a.py")
    assert status == 0
    assert expected in out


def test_nothing_to_list_is_an_answer(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tree / "none.yaml").write_text("x: 1\n")
    assert run(capfd, "none.yaml") == (0, "No key ids in 1 file\n", "")
    assert run(capfd, "none.yaml", "--output-format", "markdown") == (0, "No key ids in 1 file\n", "")
    assert run(capfd, "--exclude", "*") == (0, "No files looked at\n", "")


def test_a_key_that_another_file_imports_is_listed_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "auth.py").write_text(f'AWS_KEY = "{KEY}"\n')
    (tmp_path / "upload.py").write_text(
        "import boto3\nfrom auth import AWS_KEY\nboto3.client('s3', None, None, True, None, None, AWS_KEY, x)\n"
    )
    assert "auth.py:1:11\n" in run(capfd)[1]
    assert run(capfd, "upload.py")[1] == "No key ids in 1 file\n"


def test_excludes_and_paths_are_those_of_check(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tree / "credlint.toml").write_text('extend-exclude = ["deploy.yaml"]\n')
    assert "of 1 file\n" in run(capfd)[1]
    assert "of 2 files\n" in run(capfd, "--isolated")[1]
    status, out, err = run(capfd, "nowhere.py", "upload.py")
    assert (status, err) == (2, "error: nowhere.py: there is no such file or folder\n")
    assert out.endswith("5 key ids in 5 places of 1 file; 1 problem\n")
    assert run(capfd, "upload.py", "--force-exclude", "--extend-exclude", "u*")[1] == "No files looked at\n"


def test_what_cannot_be_read_fails_a_strict_run(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tree / "upload.py").write_bytes(b"AKIA \xff")
    assert run(capfd, "upload.py")[0] == 0
    assert run(capfd, "upload.py", "--strict")[0] == 1


def test_mistakes_of_users(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, "-")
    assert (status, out) == (2, "")
    assert err.startswith("error: `-` reads one file from standard input")


def test_a_key_in_a_notebook(tree: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tree / "a.ipynb").write_text(notebook("x = 1", f"aws_access_key_id = '{KEY}'"))
    assert "    a.ipynb:cell 2:1:21\n" in run(capfd, "a.ipynb")[1]
