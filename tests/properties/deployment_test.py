"""Documents made of the words of all dialects: a run over one ends with a report whose places are in the file."""

from __future__ import annotations

import functools
import os
import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credlint.catalogue.deployment_shapes import Shape
from credlint.catalogue.deployments import Dialect
from credlint.catalogue.load import load_catalogue, rules_folder
from credlint.catalogue.load_deployments import load_deployments
from credlint.extract.deployment.tree import split_path
from tests.markers import render
from tests.properties.any_input_test import hold

pytestmark = pytest.mark.property

PATHS = [
    ".github/workflows/a.yml", "compose.yaml", "chart/values.yaml", "chart/templates/a.yaml", "kustomization.yaml",
    ".gitlab-ci.yml", "buildspec.yml", "serverless.yml", "a.yaml",
]  # fmt: skip
VALUES = [
    *(
        "",
        "x",
        "0",
        "600",
        "1h",
        "true",
        "off",
        "~",
        "uploader",
        "AWS_PROFILE",
        "AWS_ACCESS_KEY_ID=x",
        "a:b:c",
        "python",
    ),
    *("{{ .Values.x }}", "${{ secrets.X }}", "${X:-y}", "$(X)", "sh", "a\tb", "'", '"', "- x", "? y", "!z", "QVdT"),
    *("arn:aws:iam::111122223333:role/a", "acs:ram::1:role/a", "\N{GRINNING FACE}", "line\nline\n"),
    *("@@aws-key-id@@", "@@aws-temporary-key-id@@", "@@aws-secret-encoded@@", "[default]\nrole_arn = x\n"),
    *("#!/bin/sh\naws sts assume-role --duration-seconds 60\n", "import boto3\nboto3.client('s3')\n"),
    "apiVersion: v1\nkind: Pod\nspec: {containers: [{env: [{name: AWS_PROFILE}]}]}\n",
]
SPLICES = [
    "{{- if .Values.x }}",
    "{{- else }}",
    "{{- end }}",
    "  {{- toYaml .Values.env | nindent 2 }}",
    "{% if x %}",
    "---",
    "<<: *a1",
    "# x",
]


@functools.cache
def words() -> list[str]:
    """Give the keys that paths of the dialects are made of, the kinds that they know, and variables."""
    found: set[str] = set()
    for path in sorted((rules_folder() / "deployments").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        found.update(re.findall(r"[A-Za-z][A-Za-z_]{2,30}", text))
    return sorted(found) + [
        name for family in load_catalogue().families for _, names in family.variables for name in names
    ]


KEYS = st.deferred(lambda: st.sampled_from(words()))
SCALARS = st.sampled_from(VALUES) | KEYS
VARIABLES = st.deferred(
    lambda: st.sampled_from(
        [name for family in load_catalogue().families for _, names in family.variables for name in names]
    )
)
ANYTHING = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=25,
)


def put(node: object, path: str, value: object) -> None:
    """Put a value at a path of a dialect, where what is there already lets it."""
    parts = [part for part in split_path(path.split("|", maxsplit=1)[0].lstrip("^")) if part != "**"]
    for number, part in enumerate(parts):
        key, listed, _ = part.partition("[")
        last = number == len(parts) - 1
        below: object = value if last else {}
        if not isinstance(node, dict):
            return
        node = node.setdefault(key.replace("*", "x"), [below] if listed else below)
        node = node[0] if listed and isinstance(node, list) and node else node


@st.composite
def nodes(draw: st.DrawFn, dialect: Dialect, shape: Shape, depth: int = 0) -> object:
    """Give a node of a shape, with some of what it may have."""
    node: dict[str, object] = draw(st.dictionaries(KEYS, SCALARS, max_size=2))
    for source in shape.environment:
        names = draw(st.lists(VARIABLES, max_size=4))
        form = draw(st.integers(0, 3))
        variables: object = {name: draw(SCALARS) for name in names}
        if form == 1:
            variables = [{source.name or "name": name, source.value or "value": draw(SCALARS)} for name in names]
        elif form > 1:
            variables = [f"{name}={draw(SCALARS)}" for name in names]
        put(node, source.at, variables)
        for _, path in source.parts:
            put(node, f"{source.at}.{path}".strip("."), draw(SCALARS | st.just({"name": "x", "key": "y"})))
    for script in shape.scripts:
        put(node, script.at[0], draw(SCALARS | st.lists(SCALARS, max_size=3)))
    for role in shape.roles:
        put(node, role.at or "x", draw(SCALARS))
    for child in shape.children if depth < 4 else ():
        put(node, child.at, draw(nodes(dialect, dialect.shape(child.shape), depth + 1)))
    return node


@st.composite
def shaped(draw: st.DrawFn) -> object:
    """Give a document of a dialect."""
    dialect = draw(st.sampled_from(load_deployments().dialects))
    form = draw(st.sampled_from(dialect.documents))
    root: dict[str, object] = {}
    for signature in dialect.recognise[:1]:
        for path, globs in signature.values:
            put(root, path, globs[0].replace("*", "v1"))
        for path in signature.has:
            put(root, path, draw(SCALARS))
    for path, values in form.when:
        put(root, path, values[0])
    for child in form.scopes:
        found = draw(nodes(dialect, dialect.shape(child.shape)))
        if child.at.strip("*"):
            put(root, child.at, found)
        elif isinstance(found, dict):
            root.update(found)
    for resource in form.resources:
        put(root, resource.name, "uploader")
        for data in resource.data:
            put(root, f"{resource.at}.{data.at}".strip("."), {draw(VARIABLES): draw(SCALARS)})
    return root


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Give a text of YAML, with templates, anchors and styles of all kinds."""
    top = draw(shaped() | ANYTHING)
    text: str = yaml.dump(
        [top] if draw(st.integers(0, 9)) == 0 else top,
        default_flow_style=draw(st.sampled_from([True, False, None])),
        default_style=draw(st.sampled_from([None, None, '"', "'", "|", ">"])),
        width=draw(st.sampled_from([20, 200])),
        sort_keys=False,
    )
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 3))):
        lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(SPLICES)))
    return draw(st.sampled_from(["\n", "\r\n", "\r"])).join(lines)


@given(documents(), st.sampled_from(PATHS))
@settings(
    max_examples=int(os.environ.get("CREDLINT_PROPERTY_EXAMPLES", "200")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_documents_of_all_dialects(text: str, path: str) -> None:
    hold(path, render(text).encode())
