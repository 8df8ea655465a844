"""No secret leaves the process: canaries stand in every slot, and no format, stream, fact or problem shows one."""

# ruff: noqa: E501 -- each text is one line as long as its secrets

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from credlint import cli
from credlint.cli.arguments import FORMATS, TABLE_FORMATS
from tests.markers import render

# So much of a secret, and no more, may be shown by chance or as the ending of a key id.
SHOWN = 5

KEY_ID = render("@@aws-key-id@@")
TEMPORARY = render("@@aws-temporary-key-id@@")
SECRET = render("@@aws-secret@@")
TOKEN = render("@@aws-session-token@@")
ALIBABA = render("@@alibaba-key-id@@")
ALIBABA_SECRET = render("@@alibaba-secret@@")
PLAIN = "hunter2-is-my-password"
CANARIES = (KEY_ID, TEMPORARY, SECRET, TOKEN, ALIBABA, ALIBABA_SECRET, PLAIN)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def escaped(text: str) -> str:
    return "".join(f"\\x{ord(letter):02x}" if at % 3 == 0 else letter for at, letter in enumerate(text))


SECRETS = {**{one: one for one in CANARIES}, **{f"{one} in base64": encoded(one) for one in CANARIES}}

PYTHON = {
    "keywords": f'boto3.client("s3", aws_access_key_id="{KEY_ID}", aws_secret_access_key="{SECRET}")',
    "temporary": f'boto3.client("s3", aws_access_key_id="{TEMPORARY}", aws_secret_access_key="{SECRET}")',
    "positions": f'boto3.client("s3", None, None, True, None, None, "{KEY_ID}", "{SECRET}", "{TOKEN}")',
    "secret alone": f'boto3.client("s3", aws_access_key_id=x, aws_secret_access_key="{SECRET}")',
    "no grammar": f'boto3.client("s3", aws_access_key_id="me", aws_secret_access_key="{PLAIN}")',
    "token": f'boto3.client("s3", aws_access_key_id=x, aws_secret_access_key=y, aws_session_token="{TOKEN}")',
    "pieces": f'key = "{KEY_ID[:9]}" "{KEY_ID[9:]}"\nboto3.client("s3", aws_access_key_id=key, aws_secret_access_key='
    f'("{SECRET[:20]}"\n    "{SECRET[20:]}"))',
    "escapes": f'boto3.client("s3", aws_access_key_id="{escaped(KEY_ID)}", aws_secret_access_key="{escaped(SECRET)}")',
    "sum": f'boto3.client("s3", aws_access_key_id="{KEY_ID}", aws_secret_access_key="{SECRET[:20]}" + "{SECRET[20:]}")',
    "several lines": f'boto3.client("s3", aws_access_key_id="""\\\n{KEY_ID}""", aws_secret_access_key=\'\'\'{SECRET}\n\'\'\')',
    "swapped": f'boto3.client("s3", aws_access_key_id="{SECRET}", aws_secret_access_key="{KEY_ID}")',
    "malformed": f'boto3.client("s3", aws_access_key_id="{KEY_ID}Z ", aws_secret_access_key="{SECRET}\\n")',
    "dictionary": f'config = {{"aws_access_key_id": "{KEY_ID}", "aws_secret_access_key": "{SECRET}"}}\nboto3.client("s3", **config)',
    "environment": f'os.environ["AWS_ACCESS_KEY_ID"] = "{KEY_ID}"\nos.environ.update(AWS_SECRET_ACCESS_KEY="{SECRET}")',
    "default": f'key = os.environ.get("AWS_SECRET_ACCESS_KEY", "{SECRET}")\nboto3.client("s3", aws_access_key_id="{KEY_ID}", '
    "aws_secret_access_key=key)",
    "profile": f'os.environ["AWS_PROFILE"] = "{KEY_ID}"\nos.environ["AWS_PROFILE"] = "{SECRET}"',
    "session name": f'boto3.client("sts").assume_role(RoleArn="{SECRET}", RoleSessionName="{KEY_ID}", DurationSeconds=60)',
    "service": f'boto3.client("{SECRET}", aws_access_key_id="{KEY_ID}", aws_secret_access_key="{SECRET}")',
    "endpoint": f'boto3.client("s3", endpoint_url="https://{KEY_ID}:{SECRET}@host", aws_access_key_id="{KEY_ID}")',
    "log": f'secret = "{SECRET}"\nprint(secret, "{KEY_ID}")\nlogging.info(f"{{secret}} {SECRET}")',
    "comment": f"# {KEY_ID} {SECRET}\naws_access_key_id = 1",
    "suppression": f"boto3.client('s3')  # credlint: ignore[{KEY_ID}] {SECRET}",
    "bare suppression": f"boto3.client('s3')  # credlint: ignore {SECRET}",
    "alibaba": f'oss2.Auth("{ALIBABA}", "{ALIBABA_SECRET}")',
    "variable names": f'aws_access_key_id = "{KEY_ID}"\naws_secret_access_key = "{SECRET}"\naws_session_token = "{TOKEN}"',
    "helper": f'def make(key, secret):\n    return boto3.client("s3", aws_access_key_id=key, aws_secret_access_key=secret)\n'
    f'make("{KEY_ID}", "{SECRET}")\nmake(x, y)',
    "syntax error": f'boto3.client("s3", aws_access_key_id="{KEY_ID}", aws_secret_access_key="{SECRET}" oops',
    "open string": f'boto3.client("s3", aws_access_key_id="{KEY_ID}", aws_secret_access_key="{SECRET}',
    "Python 2": f'print "{KEY_ID}", "{SECRET}"\nboto3.client("s3", aws_access_key_id="{KEY_ID}")',
    "too deep": f'boto3.client("s3", aws_access_key_id="{KEY_ID}", aws_secret_access_key={"(" * 500}"{SECRET}"{")" * 500})',
}
CONTAINER = """\
apiVersion: v1
kind: Pod
metadata: {name: upload}
spec:
  serviceAccountName: upload
  containers:
    - name: upload
      image: registry.example.com/upload:1
"""
YAML = {
    "environment": f"{CONTAINER}      env:\n        - name: AWS_ACCESS_KEY_ID\n          value: {KEY_ID}\n"
    f"        - name: AWS_SECRET_ACCESS_KEY\n          value: {SECRET}\n        - {{name: AWS_PROFILE, value: {TOKEN}}}\n",
    "quoted": f"{CONTAINER}      env:\n        - name: AWS_ACCESS_KEY_ID\n          value: '{KEY_ID} '\n"
    f'        - name: AWS_SECRET_ACCESS_KEY\n          value: "{escaped(SECRET)}"\n',
    "Secret": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\ndata:\n  AWS_ACCESS_KEY_ID: {encoded(KEY_ID)}\n"
    f"  AWS_SECRET_ACCESS_KEY: {encoded(SECRET)}\n  AWS_SESSION_TOKEN: {encoded(TOKEN)}\n",
    "Secret in plain text": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData:\n  AWS_ACCESS_KEY_ID: {KEY_ID}\n"
    f"  AWS_SECRET_ACCESS_KEY: {SECRET}\n  credentials: |\n    [default]\n    aws_access_key_id = {KEY_ID}\n"
    f"    aws_secret_access_key = {SECRET}\n",
    "ConfigMap": f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  AWS_ACCESS_KEY_ID: {KEY_ID}\n"
    f"  AWS_SECRET_ACCESS_KEY: {PLAIN}\n",
    "compose": f"services:\n  app:\n    image: x\n    environment:\n      - AWS_ACCESS_KEY_ID={KEY_ID}\n"
    f"      - AWS_SECRET_ACCESS_KEY={SECRET}\n      - AWS_PROFILE={PLAIN}\n  other:\n    image: x\n    environment:\n"
    f"      AWS_ACCESS_KEY_ID: {TEMPORARY}\n      AWS_SECRET_ACCESS_KEY: {PLAIN}\n",
    "folded": f"services:\n  app:\n    image: x\n    environment:\n      AWS_ACCESS_KEY_ID: {KEY_ID}\n"
    f"      AWS_SECRET_ACCESS_KEY: >-\n        {SECRET[:20]}\n        {SECRET[20:]}\n",
    "anchors": f"x: &key {KEY_ID}\ny: &secret {SECRET}\nservices:\n  app:\n    image: x\n    environment:\n"
    "      AWS_ACCESS_KEY_ID: *key\n      AWS_SECRET_ACCESS_KEY: *secret\n",
    "workflow": f"on: push\njobs:\n  a:\n    runs-on: x\n    env:\n      AWS_ACCESS_KEY_ID: {KEY_ID}\n"
    f"      AWS_SECRET_ACCESS_KEY: {SECRET}\n    steps:\n      - run: |\n          export AWS_ACCESS_KEY_ID={TEMPORARY}\n"
    f'          export AWS_SECRET_ACCESS_KEY="{SECRET}"\n          echo {SECRET}\n'
    f"          aws configure set aws_secret_access_key {SECRET} --profile {KEY_ID}\n"
    f"      - uses: aws-actions/configure-aws-credentials@v4\n        with:\n          aws-access-key-id: {KEY_ID}\n"
    f"          aws-secret-access-key: {SECRET}\n          role-duration-seconds: 60\n",
    "embedded Python": "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - shell: python\n        run: |\n"
    f'          import boto3\n          boto3.client("s3", aws_access_key_id="{KEY_ID}", aws_secret_access_key="{SECRET}")\n',
    "comment": f"# {KEY_ID} {SECRET}\nservices: {{app: {{image: x, environment: [AWS_PROFILE=x]}}}}\n",
    "suppression": f"services:\n  app:\n    image: x\n    environment:\n      AWS_PROFILE: x  # credlint: ignore[{KEY_ID}] {SECRET}\n",
    "syntax error": f"services:\n  app:\n    environment:\n      AWS_ACCESS_KEY_ID: {KEY_ID}\n      AWS_SECRET_ACCESS_KEY: '{SECRET}\n",
    "tab": f"AWS_ACCESS_KEY_ID: {KEY_ID}\n\tAWS_SECRET_ACCESS_KEY: {SECRET}\n",
    "unknown alias": f"AWS_ACCESS_KEY_ID: *{KEY_ID}\nAWS_SECRET_ACCESS_KEY: *{SECRET[:8]}\n",
    "unknown tag": f"AWS_ACCESS_KEY_ID: !{KEY_ID} x\nAWS_SECRET_ACCESS_KEY: {{{{ {SECRET} }}}}\n",
    "undecodable": f"AWS_ACCESS_KEY_ID: {KEY_ID} \udcff\n",
}
HEAD = "import logging\nimport os\nimport boto3\nimport oss2\n"

FILES = [
    *((f"{name.replace(' ', '-')}.py", HEAD + text + "\n") for name, text in PYTHON.items()),
    *((f"{name.replace(' ', '-')}.yaml", text) for name, text in YAML.items()),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Give a function that runs a command line in an empty folder and gives all that it printed."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> str:
        status = cli.main(arguments)
        out, err = capfd.readouterr()
        assert status in (0, 1), err
        return out + err

    return call


def leaks(text: str) -> Iterator[str]:
    """Give the secrets of which more than SHOWN characters in a row are printed."""
    for name, secret in SECRETS.items():
        for start in range(len(secret) - SHOWN):
            if secret[start : start + SHOWN + 1] in text:
                yield f"{name}: {start}"
                break


def commands(*paths: str) -> Iterator[tuple[str, ...]]:
    for name in FORMATS:
        yield "check", "--persona", "auditor", "--verbose", "--statistics", "--output-format", name, *paths
    for table in ("keys", "sources"):
        yield from ((table, "--verbose", "--output-format", name, *paths) for name in TABLE_FORMATS)
    yield from (("facts", path) for path in paths)


def test_the_test_would_notice() -> None:
    assert list(leaks(f"x{SECRET[10:17]}x")) == [f"{SECRET}: 10"]
    assert not list(leaks(f"ends with {KEY_ID[-4:]}"))


@pytest.mark.parametrize(("path", "text"), FILES, ids=[path for path, _ in FILES])
def test_no_secret_is_shown(run: Callable[..., str], path: str, text: str) -> None:
    Path(path).write_text(text, errors="surrogateescape")
    for command in commands(path):
        shown = run(*command) if command[0] != "facts" or "undecodable" not in path else ""
        assert list(leaks(shown)) == [], command


def test_no_secret_of_one_file_is_shown_by_another(run: Callable[..., str]) -> None:
    texts: Mapping[str, str] = {
        "pyproject.toml": "",
        "auth.py": f'import boto3\nKEY = "{KEY_ID}"\nSECRET = "{SECRET}"\n\n\ndef keys():\n    return KEY, SECRET\n',
        "upload.py": "import boto3\nfrom auth import KEY, SECRET, keys\n\n"
        "boto3.client('s3', aws_access_key_id=KEY, aws_secret_access_key=SECRET)\nboto3.client('s3', None, *keys())\n",
    }
    for name, text in texts.items():
        Path(name).write_text(text)
    for command in (*commands("upload.py"), *commands("auth.py", "upload.py")):
        assert list(leaks(run(*command))) == [], command


def test_configuration_is_not_quoted(run: Callable[..., str], capfd: pytest.CaptureFixture[str]) -> None:
    Path("a.py").touch()
    for text in (f'placeholders = ["{SECRET}"', f'placeholders = "{SECRET}"', f'local-endpoints = [["{SECRET}"]]'):
        Path("credlint.toml").write_text(text)
        assert cli.main(["check"]) == 2
        assert list(leaks("".join(capfd.readouterr()))) == []
