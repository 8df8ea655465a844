"""A small AWS account for examples to run in: moto as a server, which checks keys, signatures and permissions.

The account has one user who may do nothing but assume roles, two roles that may do anything with S3, and one bucket.
What every request was signed with is kept.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from moto import settings
from moto.moto_api._internal import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.markers import render

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ACCOUNT = "123456789012"
REGION = "eu-central-1"
BUCKET = "uploads"
USER = "parent"
UPLOAD_ROLE = f"arn:aws:iam::{ACCOUNT}:role/upload"
ARCHIVE_ROLE = f"arn:aws:iam::{ACCOUNT}:role/archive"
OBJECTS = ("report.txt", "archive/report.txt")

_CREDENTIAL = re.compile(r"Credential=([^/]+)/[^/]+/[^/]+/([^/]+)/")


@dataclass(frozen=True, slots=True)
class Signed:
    """What a request was signed with, for which service, and whether a session token came along."""

    service: str
    key_id: str
    with_token: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a program ended: its exit status, what it wrote, and the requests it sent."""

    status: int
    text: str
    requests: tuple[Signed, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """The parts of one set of credentials; a long-lived one has no token."""

    key_id: str
    secret: str
    token: str | None = None

    def variables(self) -> dict[str, str]:
        """Give them under the names that the SDKs read."""
        pair = {"AWS_ACCESS_KEY_ID": self.key_id, "AWS_SECRET_ACCESS_KEY": self.secret}
        return pair if self.token is None else {**pair, "AWS_SESSION_TOKEN": self.token}


@dataclass(slots=True)
class _Recorder:
    """The server's application, with an ear at the door."""

    application: WSGIApplication
    requests: list[Signed] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> object:
        """Note how a request is signed, and pass it on."""
        signature = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        if signature:
            token = bool(environ.get("HTTP_X_AMZ_SECURITY_TOKEN"))
            self.requests.append(Signed(signature[2], signature[1], token))
        return self.application(environ, start_response)


class _Quiet(WSGIRequestHandler):
    """Says nothing about the requests it serves."""

    def log(self, *_: object) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class World:
    """The account: where it listens, and the keys that were issued in it."""

    host: str
    parent: Keys
    session: Keys
    _recorder: _Recorder

    def markers(self) -> dict[str, str]:
        """Give what the markers of an example stand for here (see tests.markers.render)."""
        return {
            "aws-key-id": self.parent.key_id,
            "aws-temporary-key-id": self.session.key_id,
            "aws-secret": self.parent.secret,
            "aws-session-token": str(self.session.token),
        }

    def run(self, path: Path, text: str, keys: Keys | None = None, **variables: str) -> Outcome:
        """Write a program to `path` and run it, with the parent's keys or those given and further variables."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(text, self.markers()), encoding="utf-8")
        del self._recorder.requests[:]
        done = subprocess.run(
            [sys.executable, "-W", "ignore", path.name],
            cwd=path.parent,
            env=self._environment(path.parent) | (keys or self.parent).variables() | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Outcome(done.returncode, done.stdout + done.stderr, tuple(self._recorder.requests))

    def _environment(self, home: Path) -> dict[str, str]:
        """Give all that a program finds, and nothing of the environment of the tests but where programs are."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "AWS_ENDPOINT_URL": f"http://{self.host}",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
            "S3_HOST": self.host,
            "UPLOAD_ROLE_ARN": UPLOAD_ROLE,
            "ARCHIVE_ROLE_ARN": ARCHIVE_ROLE,
            "PARENT_KEY_ID": self.parent.key_id,
            "PARENT_KEY_SECRET": self.parent.secret,
        }


@contextmanager
def open_world() -> Iterator[World]:
    """Start the server, furnish the account, and stop the server in the end."""
    recorder = _Recorder(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, recorder, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    before = settings.INITIAL_NO_AUTH_ACTION_COUNT
    moto_api_backend.reset()  # what another world left
    try:
        parent = _furnish(host)
        settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
        yield World(host, parent, _assume(host, parent), recorder)
    finally:
        settings.INITIAL_NO_AUTH_ACTION_COUNT = before
        server.shutdown()
        thread.join()
        server.server_close()


def _furnish(host: str) -> Keys:
    """Make user, roles, bucket and objects; give the keys of the user."""
    anyone = boto3.Session("anyone", "anything", region_name=REGION)
    iam = anyone.client("iam", endpoint_url=f"http://{host}")
    user = iam.create_user(UserName=USER)["User"]["Arn"]
    key = iam.create_access_key(UserName=USER)["AccessKey"]
    iam.put_user_policy(UserName=USER, PolicyName="assume", PolicyDocument=_policy("sts:AssumeRole", Resource="*"))
    for arn in (UPLOAD_ROLE, ARCHIVE_ROLE):
        name = arn.rpartition("/")[2]
        trust = _policy("sts:AssumeRole", Principal={"AWS": user})
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)
        iam.put_role_policy(RoleName=name, PolicyName="s3", PolicyDocument=_policy("s3:*", Resource="*"))
    s3 = anyone.client("s3", endpoint_url=f"http://{host}")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    for name in OBJECTS:
        s3.put_object(Bucket=BUCKET, Key=name, Body=b"report")
    return Keys(key["AccessKeyId"], key["SecretAccessKey"])


def _policy(action: str, **more: object) -> str:
    statement = {"Effect": "Allow", "Action": action, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _assume(host: str, parent: Keys) -> Keys:
    """Give a session of the upload role."""
    sts = boto3.Session(parent.key_id, parent.secret, region_name=REGION).client("sts", endpoint_url=f"http://{host}")
    parts = sts.assume_role(RoleArn=UPLOAD_ROLE, RoleSessionName="world")["Credentials"]
    return Keys(parts["AccessKeyId"], parts["SecretAccessKey"], parts["SessionToken"])
