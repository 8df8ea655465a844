"""A program: asks botocore's own chain in each environment of a file, and writes what it answers. Nothing leaves it.

Every address is answered here: HTTP is cut off where botocore hands a request to its transport.
"""

from __future__ import annotations

import json
import os
import sys
from types import SimpleNamespace

import botocore.credentials
import botocore.session
from botocore.exceptions import ConnectTimeoutError
from botocore.httpsession import URLLib3Session
from botocore.utils import ContainerMetadataFetcher

ROLE = {
    "Code": "Success",
    "AccessKeyId": "id-role",
    "SecretAccessKey": "secret",
    "Token": "token",
    "Expiration": "2099-01-01T00:00:00Z",
}
METADATA = "http://169.254.169.254/"
now: dict[str, object] = {}


def send(self: object, request: object) -> SimpleNamespace:
    url = request.url
    if url.startswith(METADATA):
        if not now["machine"]:
            raise ConnectTimeoutError(endpoint_url=url)
        return answer("token" if url.endswith("/token") else "role" if url.endswith("/") else json.dumps(ROLE))
    if not now["container"]:
        raise ConnectTimeoutError(endpoint_url=url)
    return answer(json.dumps(ROLE))


def answer(text: str) -> SimpleNamespace:
    return SimpleNamespace(status_code=200, text=text, content=text.encode(), headers={})


def ask(case: dict[str, object]) -> dict[str, str | None]:
    now.update(case)
    os.environ.clear()
    os.environ.update(case["variables"])
    try:
        session = botocore.session.Session(profile=case["profile"])
        found = session.get_credentials()
    except Exception as error:  # noqa: BLE001 (whatever the SDK raises is its answer)
        return {"error": type(error).__name__, "text": str(error)}
    if found is None:
        return {"method": None}
    fixed = type(found) is botocore.credentials.Credentials  # others ask a service first
    return {"method": found.method, "key": found.access_key if fixed else None}


def main() -> None:
    URLLib3Session.send = send
    ContainerMetadataFetcher.RETRY_ATTEMPTS = 1
    ContainerMetadataFetcher.SLEEP_TIME = 0
    if getattr(botocore.credentials, "EC", "") is None:
        botocore.credentials.EC = object()  # as if awscrt were there, which it asks for first
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)
    json.dump([ask(case) for case in cases], sys.stdout)


main()
