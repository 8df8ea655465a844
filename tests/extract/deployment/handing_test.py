"""Which jobs of a called workflow are read for its caller: those that what it hands on, or refuses, can reach."""

from __future__ import annotations

import pytest

from credlint.catalogue.load import load_providers
from credlint.catalogue.load_deployments import load_deployments
from credlint.extract.deployment.handing import Handing
from credlint.extract.deployment.opening import open_text
from credlint.extract.deployment.tree import value_at
from credlint.extract.text.conditions import Conditions
from credlint.model.project import Settings
from tests.extract.deployment.inheriting_test import Files

CONFIGURE = "aws-actions/configure-aws-credentials@v4"
GIVEN = "${{ inputs.seconds }}"
PATH = ".github/workflows/called.yml"


def reaches(*steps: str, env: str = "{}", more: str = "", before: str = "", refused: bool = False) -> bool:
    """Tell whether a job of a workflow is read for a caller that gives `seconds` and the switch `quick`."""
    declared = "{seconds: {type: number}, quick: {type: boolean}}"
    listed = "".join(f"      - {step}\n" for step in steps)
    text = f"on: {{workflow_call: {{inputs: {declared}}}}}\nenv: {env}\njobs:\n{before}  b:\n    runs-on: x\n{more}"
    files = Files({".github/actions/role/action.yml": "runs: {steps: [{run: echo $AWS_PROFILE}]}"})
    reading, parsed = open_text(
        PATH, f"{text}    steps:\n{listed}", Conditions(), load_providers(), Settings(), files
    )  # fmt: skip
    dialect = load_deployments().read("github-workflow")
    root = parsed.documents[0].root
    job = value_at(root, "jobs.b")
    assert root is not None
    assert job is not None
    handing = Handing(
        ("seconds", "quick"), root, dialect, reading, lambda name, *_: name.endswith("role"), refused=refused
    )
    handing.follow(root, dialect.shape("workflow"))
    first = value_at(root, "jobs.a")
    if first is not None:
        handing.reaches(first, dialect.shape("job"), "a")
    return handing.reaches(job, dialect.shape("job"), "b")


def test_a_job_that_names_what_it_is_handed() -> None:
    assert reaches(f"run: sleep {GIVEN}")
    assert reaches("run: sleep ${{ inputs['seconds'] }}")
    assert reaches("run: sleep ${{ inputs.quick && inputs.seconds || 5 }}")
    assert reaches("run: make", more=f'    env: {{SECONDS: "{GIVEN}"}}\n')
    assert not reaches("run: sleep 5")
    assert not reaches("run: sleep ${{ inputs.other }}", "uses: other/seconds@v1")


def test_to_ask_for_an_input_is_not_to_take_it() -> None:
    assert not reaches("run: make", more="    if: inputs.seconds == 600 && !inputs.seconds\n")
    assert not reaches("run: make ${{ inputs.quick }}")  # a switch holds no value


def test_a_variable_that_holds_it() -> None:
    assert reaches("run: sleep $WAIT", env=f"{{WAIT: '{GIVEN}'}}")
    assert not reaches("run: sleep $WAIT", env="{WAIT: 5}")
    assert not reaches("run: sleep 5", env=f"{{WAIT: '{GIVEN}'}}")


@pytest.mark.parametrize("name", ["AWS_PROFILE", "ROLE_DURATION_SECONDS"])
def test_variables_that_are_taken_unnamed(name: str) -> None:
    assert reaches("run: make", env=f"{{{name}: '{GIVEN}'}}")


def test_files_and_actions_that_find_variables_unnamed() -> None:
    holding = f"{{WAIT: '{GIVEN}'}}"
    assert reaches("uses: ./.github/actions/role", env=holding)
    assert reaches(f"uses: {CONFIGURE}", env=holding)
    assert not reaches("uses: ./.github/actions/other", "uses: actions/checkout@v4", env=holding)
    assert not reaches("uses: ./.github/actions/role")


def test_what_a_job_before_it_gives_on() -> None:
    first = "  a:\n    steps: [{{run: '{}'}}]\n"
    taken = "run: sleep ${{ needs.a.outputs.x }}"
    assert reaches(taken, before=first.format(GIVEN))
    assert not reaches(taken, before=first.format("make"))
    assert not reaches("run: sleep ${{ needs.c.outputs.x }}", before=first.format(GIVEN))


def test_what_the_caller_refuses() -> None:
    assert reaches(f"uses: {CONFIGURE}", refused=True)
    assert reaches("run: make", more="    uses: ./.github/workflows/inner.yml\n", refused=True)
    assert not reaches("run: make", "uses: actions/checkout@v4", refused=True)
