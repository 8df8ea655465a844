"""Which processes no check can have anything to say of."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_providers
from credlint.checks import run_checks
from credlint.link.environments import process_environment
from credlint.link.processes import process_units, processes
from tests.extract.deployment.facts import WORKFLOW, read

ROLE = "arn:aws:iam::123456789012:role/x"


def titles(*steps: str, env: str = "{}", path: str = WORKFLOW) -> list[str]:
    """Give the titles of the processes of a workflow that checks look at."""
    text = (
        f"on: push\npermissions: {{id-token: write}}\nenv: {env}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
    )
    facts = [read(text + "".join(f"      - {step}\n" for step in steps), path)]
    catalogue = load_providers()
    asked = [unit.scope.title for unit in process_units(facts, catalogue)]
    for unit, _ in processes(facts, catalogue):
        if unit.scope.title not in asked:
            assert list(run_checks([unit, process_environment(unit, catalogue)])) == []
    return [title.split()[1] for title in asked]


def test_a_step_without_anything() -> None:
    assert titles("{name: x, run: make}", "{uses: actions/checkout@v4}", env="{LEVEL: 3}") == []


@pytest.mark.parametrize(
    "env",
    ["{AWS_PROFILE: dev}", "{AWS_REGION: x}", "{AWS_ENDPOINT_URL_STS: 'https://s3.amazonaws.com'}"],
)
def test_a_variable_of_an_sdk_reaches_all_inside(env: str) -> None:
    assert titles("{name: x, run: make}", env=env) == ["x"]
    assert titles(f"{{name: x, run: make, env: {env}}}", "{name: y, run: make}") == ["x"]


def test_what_a_step_leaves_reaches_those_behind_it() -> None:
    keys = f"{{name: k, uses: aws-actions/configure-aws-credentials@v4, with: {{role-to-assume: '{ROLE}'}}}}"
    assert titles("{name: x, run: make}", keys, "{name: y, run: make}") == ["k", "y"]
    assert titles("{name: x, run: echo A=b >> $GITHUB_ENV}", "{name: y, run: make}") == []
    wrote = "{name: w, run: 'aws configure set region x --profile dev'}"
    assert titles(wrote, "{name: y, run: make}")[:1] == ["w"]


def test_containers_with_an_account_a_mount_or_an_import() -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: x}]\n"
    catalogue = load_providers()
    compose = "services:\n  c:\n    image: x\n"
    for text in (pod, f"{compose}    env_file: a.env\n", f"{compose}    volumes: ['~/.aws:/root/.aws']\n"):
        assert len(list(process_units([read(text)], catalogue))) == 1, text
    assert list(process_units([read(compose)], catalogue)) == []
