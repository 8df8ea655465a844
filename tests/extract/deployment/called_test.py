"""Actions of the project and workflows that are called, as their caller runs them."""

from __future__ import annotations

import textwrap

import pytest

from credlint.catalogue.load import load_catalogue
from credlint.extract.deployment.read import extract
from credlint.model.facts import FileFacts
from credlint.model.project import Settings
from tests.extract.deployment.facts import WORKFLOW, clients, durations, words
from tests.extract.deployment.inheriting_test import Files

ROLE = "arn:aws:iam::123456789012:role/x"
ACTION = ".github/actions/role/action.yml"
CONFIGURE = "aws-actions/configure-aws-credentials@v4"


def workflow(*steps: str, top: str = "permissions: {id-token: write}") -> str:
    listed = textwrap.indent("\n".join(textwrap.dedent(step).strip() for step in steps), " " * 6)
    return f"on: push\n{top}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{listed}\n"


def action(*steps: str, head: str = "") -> str:
    listed = textwrap.indent("\n".join(textwrap.dedent(step).strip() for step in steps), " " * 4)
    return f"name: role\n{head}\nruns:\n  using: composite\n  steps:\n{listed}\n"


def read(text: str, **others: str) -> FileFacts:
    """Read a workflow; others are the action and the workflow that it may call."""
    paths = {"action": ACTION, "other": ".github/actions/other/action.yaml", "called": ".github/workflows/called.yml"}
    files = Files({paths[name]: text for name, text in others.items()})
    return extract(WORKFLOW, text, load_catalogue(), files, Settings())


ASSUME = action(
    f"""
    - id: assume
      uses: {CONFIGURE}
      with: {{role-to-assume: "${{{{ inputs.role }}}}", role-duration-seconds: "${{{{ inputs.Seconds }}}}"}}
    """,
    head="inputs:\n  role: {required: true}\n  seconds: {default: 3600}\noutputs:\n"
    '  id: {value: "${{ steps.assume.outputs.aws-access-key-id }}"}\n  other: {value: x}\n',
)
USE = f"- id: role\n  uses: ./.github/actions/role\n  with: {{role: '{ROLE}'}}"
LONG = USE.replace(f"'{ROLE}'", f"'{ROLE}', Seconds: 600")


def test_what_an_action_exports_is_there_for_the_caller() -> None:
    facts = read(workflow(USE, "- run: x"), action=ASSUME)
    step = facts.scopes[2]
    assert {one.name: words(one.value) for one in step.exports} == {
        "AWS_ACCESS_KEY_ID": "AssumeRoleWithWebIdentity key_id",
        "AWS_SECRET_ACCESS_KEY": "AssumeRoleWithWebIdentity secret",
        "AWS_SESSION_TOKEN": "AssumeRoleWithWebIdentity token",
    }
    assert [role.kind.value for role in step.role_exports] == ["OIDC"]
    assert facts.requests == ()  # the action tells of it


def test_what_it_is_handed_is_a_matter_of_the_caller() -> None:
    facts = read(workflow(LONG), action=ASSUME)
    assert durations(facts) == [("AssumeRoleWithWebIdentity", 600)]
    (request,) = facts.requests
    assert request.location.path == ACTION
    assert [one.location and one.location.path for one in request.durations] == [WORKFLOW]
    assert [call.path for call in request.calls] == [WORKFLOW]


def test_an_input_that_is_not_given_is_blank() -> None:
    facts = read(workflow(USE.replace("role: ", "other: ")), action=ASSUME)
    assert facts.scopes[2].exports == ()


def test_outputs_of_an_action() -> None:
    step = (
        "- run: x\n  env: {AWS_ACCESS_KEY_ID: '${{ steps.role.outputs.id }}', OTHER: '${{ steps.role.outputs.other }}'}"
    )
    facts = read(workflow(USE, step), action=ASSUME)
    assert [words(one.value) for one in facts.scopes[3].variables] == ["AssumeRoleWithWebIdentity key_id", "unknown"]


def test_scripts_of_an_action_get_what_is_handed() -> None:
    head = "inputs: {seconds: {}, key: {}}"
    script = action(
        "- run: aws sts get-session-token --duration-seconds ${{ inputs.seconds }} > x", "- run: cat x >> $GITHUB_ENV",
        "- run: aws s3 ls\n  env: {AWS_ACCESS_KEY_ID: '${{ inputs.key }}', AWS_SECRET_ACCESS_KEY: '${{ inputs.n }}'}",
        head=head,
    )  # fmt: skip
    key = "${{ steps.id.outputs.aws-access-key-id }}"
    first = f"- id: id\n  uses: {CONFIGURE}\n  with: {{role-to-assume: '{ROLE}', output-env-credentials: false}}"
    use = f"- uses: ./.github/actions/role\n  with: {{seconds: 60, key: '{key}'}}"
    facts = read(workflow(first, use, "- run: y"), action=script)
    assert ("GetSessionToken", 60) in durations(facts)
    assert facts.scopes[3].exports_unknown
    assert clients(facts)["environment of step 3"] == ["AssumeRoleWithWebIdentity key_id | input n | unknown"]


def test_the_caller_grants() -> None:
    facts = read(workflow(USE, top=""), action=ASSUME)
    (gap,) = facts.gaps
    assert (gap.location.path, gap.other and gap.other.path) == (WORKFLOW, ACTION)
    assert "./.github/actions/role" in gap.title
    assert read(workflow(USE), action=ASSUME).gaps == ()
    called = workflow(USE, top="").replace("on: push", "on: workflow_call")
    assert read(called, action=ASSUME).gaps == ()


@pytest.mark.parametrize("uses", ["./.github/actions/missing", "owner/role@v1", "./.github/actions/role/deeper"])
def test_what_is_not_of_the_project(uses: str) -> None:
    facts = read(workflow(USE.replace("./.github/actions/role", uses)), action=ASSUME)
    assert facts.scopes[2].exports == ()


def test_actions_that_use_each_other_end() -> None:
    one = action("- uses: ./.github/actions/other")
    other = action("- uses: ./.github/actions/role", USE)
    assert read(workflow(USE), action=one, other=other).problems == ()
    many = action(*["- uses: ./.github/actions/other"] * 50)
    assert read(workflow(*[USE] * 50), action=many, other=action("- run: x")).problems == ()


CALLED = f"""on:
  workflow_call:
    inputs: {{seconds: {{default: 3600, type: number}}}}
jobs:
  b:
    runs-on: ubuntu-latest
    steps:
      - uses: {CONFIGURE}
        with: {{role-to-assume: '{ROLE}', role-duration-seconds: "${{{{ inputs.seconds }}}}"}}
"""


def calling(more: str, top: str = "") -> str:
    return f"on: push\n{top}\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n    secrets: inherit\n{more}"


def test_a_workflow_that_is_called() -> None:
    granted = "    permissions: {id-token: write}\n"
    facts = read(calling(f"{granted}    with: {{seconds: 600}}\n"), called=CALLED)
    assert durations(facts) == [("AssumeRoleWithWebIdentity", 600)]
    assert facts.gaps == ()
    assert read(calling(granted), called=CALLED).requests == ()
    (gap,) = read(calling(""), called=CALLED).gaps
    assert gap.location.path == WORKFLOW


def test_a_workflow_that_is_called_grants_nothing_to_itself() -> None:
    own = CALLED.replace("    runs-on", "    permissions: {id-token: write}\n    runs-on")
    assert len(read(calling("    permissions: {contents: read}\n"), called=own).gaps) == 1
    assert read(calling("", top="permissions: {id-token: write}"), called=own).gaps == ()


def test_a_workflow_that_is_called_has_none_of_the_variables() -> None:
    env = "env: {AWS_ACCESS_KEY_ID: '${{ secrets.A }}', AWS_SECRET_ACCESS_KEY: '${{ secrets.B }}'}"
    called = CALLED.replace(f"- uses: {CONFIGURE}", "- run: aws s3 ls").replace("        with", "        x")
    assert clients(read(calling("", top=env), called=called)) == {}
