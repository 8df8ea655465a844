"""An environment in which no SDK finds credentials, files or a metadata service but those that a test gives it."""

from __future__ import annotations

import os
from pathlib import Path

import boto3
import pytest

_FOREIGN = ("ALIBABA_", "ALICLOUD_", "ALIYUN_", "AWS_", "BOTO_", "MINIO_", "OSS_")


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(_FOREIGN):
            monkeypatch.delenv(name)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)  # it keeps what an earlier test gave it
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
