"""A program: asks alibabacloud_credentials' own chain in each environment of a file. Nothing leaves it.

It reads the environment when it is imported: what it needs is loaded once, then each case is a child that imports it.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from importlib import import_module
from types import SimpleNamespace

from alibabacloud_credentials.provider.default import DefaultCredentialsProvider
from Tea.core import TeaCore

ROLE = {"Code": "Success", "AccessKeySecret": "secret", "SecurityToken": "token", "Expiration": "2099-01-01T00:00:00Z"}
now: dict[str, object] = {}


def act(request: SimpleNamespace, options: object = None) -> SimpleNamespace:
    """Answer a request: to the metadata of the machine, to the service of identities, or to an address of the case."""
    action = request.query.get("Action")
    if action:
        return answer(json.dumps({"Credentials": {"AccessKeyId": f"id-{action}", **ROLE}}))
    metadata = request.pathname.startswith("/latest/")
    if not now["machine" if metadata else "container"]:
        raise OSError("nobody answers")
    if metadata and request.pathname.endswith(("/token", "/")):
        return answer("role")
    return answer(json.dumps({"AccessKeyId": "id-machine" if metadata else "id-address", **ROLE}))


def answer(text: str) -> SimpleNamespace:
    return SimpleNamespace(status_code=200, body=text.encode())


def ask(case: dict[str, object]) -> dict[str, str]:
    now.update(case)
    os.environ.clear()
    os.environ.update(case["variables"])
    module = import_module(DefaultCredentialsProvider.__module__)  # anew: it reads the environment
    try:
        found = module.DefaultCredentialsProvider().get_credentials()
    except Exception as error:  # noqa: BLE001 (whatever the SDK raises is its answer)
        return {"error": type(error).__name__, "text": str(error)}
    return {"method": found.get_provider_name(), "key": found.get_access_key_id()}


def in_child(case: dict[str, object]) -> dict[str, str]:
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.write(writing, json.dumps(ask(case)).encode())
        os._exit(0)  # its threads do not end
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.wait()
    return json.loads(text)


def main() -> None:
    logging.disable()
    TeaCore.do_action = staticmethod(act)
    for name in [name for name in sys.modules if name.startswith("alibabacloud_credentials.")]:
        del sys.modules[name]
    del sys.modules["alibabacloud_credentials"]
    with open(sys.argv[1], encoding="utf-8") as file:
        cases = json.load(file)
    json.dump([in_child(case) for case in cases], sys.stdout)


main()
