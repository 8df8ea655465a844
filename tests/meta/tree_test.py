"""What stands in the tree: nothing that a secret scanner takes for a key, nothing left over, nothing large."""

from __future__ import annotations

import re

import pytest

from tests.tree import ROOT, tree_files

# As the scanners have them; each must stay silent on this repository.
SCANNERS = {
    # https://github.com/gitleaks/gitleaks/blob/master/config/gitleaks.toml
    "gitleaks aws-access-token": r"\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b",
    "gitleaks alibaba-access-key-id": r"\bLTAI(?i:[a-z0-9]{20})(?:[\x60'\"\s;]|\\[nr]|$)",
    "gitleaks alibaba-secret-key": r"(?i)alibaba[^\n]{0,20}(?:=|:)\s{0,5}['\"]?[a-z0-9]{30}(?:[\x60'\"\s;]|\\[nr]|$)",
    # https://github.com/trufflesecurity/trufflehog/tree/main/pkg/detectors
    "trufflehog aws": r"\b(?:AKIA|ABIA|ACCA|ASIA)[A-Z0-9]{16}\b",
    "trufflehog alibaba": r"\bLTAI[a-zA-Z0-9]{17,21}\b",
    # https://github.com/Yelp/detect-secrets/blob/master/detect_secrets/plugins/aws.py
    "detect-secrets aws": r"(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[0-9A-Z]{16}",
    "detect-secrets aws secret": r"(?i)aws.{0,20}?(?:key|pwd|pw|password|pass|token).{0,20}?['\"][0-9a-z/+]{40}['\"]",
    # https://rules.sonarsource.com/secrets/RSPEC-6336
    "sonar alibaba": r"\bLTAI[0-9A-Za-z]{12}(?:[0-9A-Za-z]{8})?\b",
    "alibaba sts id": r"\bSTS\.[0-9A-Za-z]{20,}\b",
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
}

# Files whose bytes are the test.
AS_IT_IS = re.compile(r"^tests/fixtures/")

LEFT_OVER = re.compile(r"\bT[O]DO\b|\bF[I]XME\b|\bX[X]X\b|^(?:<{7}|>{7}) |/home/\w+/|/Users/\w+/", re.MULTILINE)

FILES = [path for path in tree_files() if not AS_IT_IS.match(path)]


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("scanner", SCANNERS)
def test_scanner_is_silent(scanner: str) -> None:
    pattern = re.compile(SCANNERS[scanner], re.MULTILINE)
    assert [f"{path}:{hit.start()}" for path in FILES for hit in pattern.finditer(text(path))] == []


@pytest.mark.parametrize(
    ("scanner", "parts"),
    [
        ("gitleaks aws-access-token", ("AKIA", "Q3AM3UQ67SPQQA43")),
        ("gitleaks alibaba-access-key-id", ("LTAI", "5tBcc9SecYAo5tBcc9Se")),
        ("gitleaks alibaba-secret-key", ("alibaba_secret: ", "a1" * 15)),
        ("trufflehog aws", ("ASIA", "Q3AM3UQ67SPQQA43")),
        ("trufflehog alibaba", ("LTAI", "5tBcc9SecYAo5tBcc9Se")),
        ("detect-secrets aws", ("ASIA", "Q3AM3UQ67SPQQA43")),
        ("detect-secrets aws secret", ("aws_secret_key = '", "a1/+" * 10, "'")),
        ("sonar alibaba", ("LTAI", "5tBcc9SecYAo")),
        ("alibaba sts id", ("STS", ".NUgYrLnoC37mZZCNnAbezAbe")),
        ("private key", ("-----BEGIN RSA ", "PRIVATE KEY-----")),
    ],
)
def test_scanner_would_fire(scanner: str, parts: tuple[str, ...]) -> None:
    assert re.search(SCANNERS[scanner], "".join(parts), re.MULTILINE)


@pytest.mark.parametrize("path", FILES)
def test_file_is_tidy(path: str) -> None:
    content = text(path)
    assert not LEFT_OVER.search(content)
    assert "\r" not in content
    assert content == "" or content.endswith("\n")
    assert not re.search(r"[ \t]+$", content, re.MULTILINE)


def test_no_file_is_large() -> None:
    assert [path for path in FILES if (ROOT / path).stat().st_size > 300 * 1024] == []


def test_rule_data_names_its_schema() -> None:
    data = [path for path in FILES if path.startswith("rules/") and path.endswith(".yaml")]
    assert [path for path in data if not text(path).startswith("schema: 1\n")] == []
