"""YAML files that name nothing of the catalogue but an object that does."""

from __future__ import annotations

from pathlib import Path

from tests.mdspec.lint import lint

SECRET = """apiVersion: v1
kind: Secret
metadata: {name: upload-keys, namespace: shop}
stringData:
  AWS_ACCESS_KEY_ID: "@@aws-key-id@@"
  AWS_SECRET_ACCESS_KEY: "@@aws-secret@@"
"""
ACCOUNT = """apiVersion: v1
kind: ServiceAccount
metadata:
  name: upload
  namespace: shop
  annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/upload"}
"""
POD = """apiVersion: v1
kind: Pod
metadata: {name: upload, namespace: shop}
spec:
  serviceAccountName: upload
  containers:
    - name: upload
      image: registry.example/upload:3
      envFrom: [{PREFIXsecretRef: {name: upload-keys}}]
"""


def found(folder: Path, pod: str, secret: str = SECRET) -> list[str]:
    files = {"a/secret.yaml": secret, "b/account.yaml": ACCOUNT, "c/pod.yaml": pod}
    findings, problems = lint(folder, files)
    assert problems == []
    return sorted(one.rule for one in findings if one.rule not in {"hardcoded-access-key", "key-inventory"})


def test_a_pod_that_takes_all_of_a_secret(tmp_path: Path) -> None:
    assert found(tmp_path, POD.replace("PREFIX", "")) == ["static-keys-shadow-role"]


def test_a_pod_of_another_secret(tmp_path: Path) -> None:
    assert found(tmp_path, POD.replace("PREFIX", "").replace("upload-keys", "upload-others")) == []


def test_a_pod_that_only_mentions_the_name(tmp_path: Path) -> None:
    text = POD.replace("      envFrom: [{PREFIXsecretRef: {name: upload-keys}}]\n", "      args: [upload-keys]\n")
    assert found(tmp_path, text) == []


def test_a_prefix_makes_other_names(tmp_path: Path) -> None:
    assert found(tmp_path, POD.replace("PREFIX", "prefix: APP_, ")) == []
    short = SECRET.replace("  AWS_", "  ") + "  AWS_REGION: eu-central-1\n"
    assert found(tmp_path, POD.replace("PREFIX", "prefix: AWS_, "), short) == ["static-keys-shadow-role"]
