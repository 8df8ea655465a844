"""Whatever the text is: facts, and problems in our own words."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credlint.model.problem import ProblemKind
from tests.extract.deployment.facts import WORKFLOW, clients, read
from tests.markers import render

PIECES = [
    "a: ", "- ", "{", "}", "[", "]", "&x ", "*x", "<<: *x", "!t ", "|\n", ">-\n", "'", '"', "#", "\n", "  ", "\t",
    "---\n", "{{ if x }}\n", "{{ end }}\n", "{{ y }}", "{% for a in b %}", "${{ secrets.X }}", "${X:-y}", "$(",
    "`", "on: push\n", "jobs:\n", "  a:\n", "    steps:\n", "      - run: |\n",
    "          aws sts assume-role --duration-seconds 1\n",
    "      - uses: aws-actions/configure-aws-credentials@v4\n", "        with: {role-to-assume: x}\n",
    "services:\n", "    environment:\n", "      AWS_ACCESS_KEY_ID: x\n", "apiVersion: v1\n", "kind: Secret\n",
    "kind: Pod\n", "data:\n", "spec:\n", "containers:\n", "env:\n", "[default]\naws_access_key_id = x\n", "\u2028",
    "\x00", "é", "😀", "\r\n", "\r",
]  # fmt: skip


@pytest.mark.property
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join),
    st.sampled_from([WORKFLOW, "x.yaml"]),
)
@settings(deadline=None)
def test_any_text_gives_facts(text: str, path: str) -> None:
    facts = read(text, path)
    assert facts.chunks[0] == 1
    lines = text.count("\n") + text.count("\r") + 1
    for literal in facts.literals:
        assert 0 <= literal.location.span.line <= lines


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "a:\n\tb: 1",
        "a: &a 1\nb: &a 2",
        "a: &a [*a]\nservices: *a",
        "services: &s\n  a: *s\n",
        "services: {a: &e {environment: *e}}",
        "<<: &m {<<: *m}\nservices: {a: {environment: {<<: *m}}}",
        "!!python/object:os.system [x]",
        "{{- range .x }}\n{{ end }}",
        "a: {{ b }}\n  {{- if }}",
        "--- - a\n... b",
        "jobs:\n  - steps",
        "on:\njobs:\n  a:\n    steps: {a: b}\n    env: [x]\n    permissions: [y]\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers: {a: b}\n",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers: [{env: {a: b}}, {env: [a, [b], {name: [c]}]}, x]\n",
        "apiVersion: v1\nkind: Secret\ndata: x\nmetadata: []\n",
        "services: {a: {environment: x, volumes: [{}, [], 1], env_file: [[], {}], build: .}}",
    ],
)
def test_odd_documents_hold_no_credentials(text: str) -> None:
    for facts in (read(text), read(text, WORKFLOW)):
        assert (facts.clients, facts.requests, facts.literals, facts.exposures) == ((), (), (), ())
        assert {problem.kind for problem in facts.problems} <= {ProblemKind.SYNTAX}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a: " * 50_000,
        "- " * 50_000,
        "{a: " * 20_000,
        "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" if n else "a0: &a0 [x]\n" for n in range(40)),
        "on: push\njobs: &j\n  a: &a\n    steps: &s [{run: x}]\n" + "".join(f"  b{n}: *a\n" for n in range(3_000)),
        "on: push\njobs:\n  a:\n    steps: &s [" + "{run: 'export A=$(b)', env: {A: b}}, " * 2_500 + "]\n",
        "services:\n" + "".join(f"  s{n}: {{image: x, environment: [A=b, AWS_PROFILE=c]}}\n" for n in range(2_500)),
        "a: |\n" + "  {{ x }} # y\n" * 20_000,
        "{{ if x }}\n" * 5_000 + "a: 1\n" + "{{ end }}\n" * 5_000,
        "k: '" + "AK" + "IA" * 100_000 + "'",
        "# " + "x # " * 100_000,
        "a: " + "${{ " * 20_000,
        "a: " + "{{ " * 20_000,
    ],
    ids=range(14),
)  # fmt: skip
def test_big_documents_take_little_time(text: str) -> None:
    start = time.process_time()
    read(text, WORKFLOW if text.startswith("on:") else "compose.yaml")
    assert time.process_time() - start < 10


def test_problems_name_the_line() -> None:
    (problem,) = read("a: 1\nb: [\n---\nc: 1\n").problems
    assert (problem.kind, problem.line) == (ProblemKind.SYNTAX, 3)


def test_what_stands_around_an_error_is_analysed() -> None:
    text = "services:\n  a:\n    image: x\n    environment: {AWS_ACCESS_KEY_ID: x, AWS_SECRET_ACCESS_KEY: y}\n  b: @\n"
    facts = read(text, "compose.yaml")
    assert len(facts.problems) == 1
    assert clients(facts) == {"environment of service a": ["literal | literal | absent"]}


def test_a_secret_whose_base64_broke_the_document_is_read() -> None:
    token = base64.b64encode(b"FwoGZXIvYXdzE" * 20).decode()
    wrapped = "\n".join(token[at : at + 76] for at in range(0, len(token), 76))
    key, secret = (base64.b64encode(word.encode()).decode() for word in (render("@@aws-temporary-key-id@@"), "s" * 40))
    text = (
        "apiVersion: v1\nkind: Secret\nmetadata: {name: uploader}\ndata:\n"
        f"  AWS_ACCESS_KEY_ID: {key}\n  AWS_SESSION_TOKEN: {wrapped}\n  AWS_SECRET_ACCESS_KEY: {secret}\n"
    )
    facts = read(text)
    assert [problem.line for problem in facts.problems] == [7]
    assert clients(facts) == {"secret uploader": ["literal | literal | literal"]}


def test_deep_documents_are_a_problem_of_their_own() -> None:
    deep = "a:\n" + "".join(f"{' ' * depth}- \n" for depth in range(1, 300))
    assert [problem.kind for problem in read(deep).problems] == [ProblemKind.TOO_DEEP]
