"""Scopes and environments of the dialects."""

from __future__ import annotations

import pytest

from credlint.catalogue.load_deployments import load_deployments
from credlint.extract.deployment.dialects import fits_path
from tests.extract.deployment.facts import WORKFLOW, clients, line, read, variables

POD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      serviceAccountName: web
      containers:
        - name: app
          image: registry.example/app:1
          env:
            - name: AWS_ACCESS_KEY_ID
              valueFrom: {secretKeyRef: {name: keys, key: id}}
            - name: AWS_SECRET_ACCESS_KEY
              valueFrom: {secretKeyRef: {name: keys, key: secret}}
            - name: AWS_SESSION_TOKEN
              value:
            - name: COPY
              value: $(AWS_ACCESS_KEY_ID)
            - name: MAYBE
              valueFrom: {configMapKeyRef: {name: c, key: k, optional: true}}
            - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
            - {value: no name}
          envFrom:
            - secretRef: {name: more}
            - {configMapRef: {name: settings, optional: true}, prefix: APP_}
          volumeMounts:
            - {name: aws, mountPath: /root/.aws}
            - {name: unknown, mountPath: /data}
      volumes:
        - {name: aws, secret: {secretName: aws-files}}
"""


def test_kubernetes() -> None:
    facts = read(POD)
    pod, container = facts.scopes
    assert (pod.title, pod.process, pod.service_account) == ("pod of Deployment web", False, "web")
    assert container.title == "container app of Deployment web"
    assert (container.process, container.parent, container.namespace, container.image) == (
        True, pod.index, "shop", "registry.example/app:1",
    )  # fmt: skip
    assert variables(facts)[container.title] == {
        "AWS_ACCESS_KEY_ID": "Kubernetes Secret keys.id",
        "AWS_SECRET_ACCESS_KEY": "Kubernetes Secret keys.secret",
        "AWS_SESSION_TOKEN": "blank",
        "COPY": "environment AWS_ACCESS_KEY_ID",
        "MAYBE": "unknown",
        "NODE": "unknown",
    }
    assert [(one.resource, one.name, one.prefix, one.optional) for one in container.imports] == [
        ("secret", "more", "", False), ("configmap", "settings", "APP_", True),
    ]  # fmt: skip
    assert [(one.path, one.source_kind, one.source) for one in container.mounts] == [
        ("/root/.aws", "secret", "aws-files"), ("/data", "volume", "unknown"),
    ]  # fmt: skip
    assert [line(facts, one.key_location) for one in container.variables[:2]] == [12, 14]
    assert clients(facts) == {
        "environment of container app of Deployment web": [
            "Kubernetes Secret keys.id | Kubernetes Secret keys.secret | blank"
        ]
    }


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("Pod", "spec"),
        ("Job", "spec.template.spec"),
        ("StatefulSet", "spec.template.spec"),
        ("CronJob", "spec.jobTemplate.spec.template.spec"),
    ],
)
def test_where_kinds_hold_their_pod(kind: str, path: str) -> None:
    text = f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: x}}\n"
    for depth, key in enumerate(path.split(".")):
        text += f"{'  ' * depth}{key}:\n"
    inner = "  " * (path.count(".") + 1)
    text += f"{inner}initContainers:\n{inner}- {{name: a, env: [{{name: AWS_PROFILE, value: x}}]}}\n"
    facts = read(text)
    assert variables(facts) == {f"container a of {kind} x": {"AWS_PROFILE": "x"}}
    assert facts.scopes[0].service_account == "default"


def test_a_list_holds_documents() -> None:
    text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  spec: {containers: [{name: a}]}\n- 1\n"
    assert [scope.title for scope in read(text).scopes] == ["pod of Pod 1", "container a of Pod 1"]


def test_a_kind_that_is_not_known_has_no_scope() -> None:
    text = "apiVersion: x/v1\nkind: Widget\nspec: {containers: [{env: [{name: AWS_PROFILE, value: x}]}]}"
    assert read(text).scopes == ()


COMPOSE = """\
x-keys: &keys
  AWS_ACCESS_KEY_ID: ${AWS_ACCESS_KEY_ID}
  AWS_SECRET_ACCESS_KEY: ${AWS_SECRET_ACCESS_KEY}
services:
  list:
    image: registry.example/a:1
    environment:
      - AWS_ACCESS_KEY_ID
      - AWS_SECRET_ACCESS_KEY=
      - "AWS_PROFILE=x y"
      - =nothing
    env_file: .env
    volumes: ["~/.aws:/root/.aws:ro", data:/data, {type: bind, source: ./x, target: /x}, /only]
  map:
    image: registry.example/a:1
    environment:
      <<: *keys
      AWS_SESSION_TOKEN:
      OTHER: {a: b}
    env_file: [{path: b.env, required: false}, c.env]
  whole:
    image: registry.example/a:1
    environment: *keys
    extends: {service: list}
"""


def test_compose() -> None:
    facts = read(COMPOSE, "compose.yaml")
    assert variables(facts) == {
        "service list": {
            "AWS_ACCESS_KEY_ID": "host variable AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY": "blank",
            "AWS_PROFILE": "x y",
        },
        "service map": {
            "AWS_SESSION_TOKEN": "host variable AWS_SESSION_TOKEN",
            "OTHER": "unknown",
            "AWS_ACCESS_KEY_ID": "host variable AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY": "host variable AWS_SECRET_ACCESS_KEY",
        },
        "service whole": {
            "AWS_ACCESS_KEY_ID": "host variable AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY": "host variable AWS_SECRET_ACCESS_KEY",
        },
    }  # fmt: skip
    first, second, third = facts.scopes
    assert [(one.path, one.source_kind, one.source) for one in first.mounts] == [
        ("/root/.aws", "host", "~/.aws"),
        ("/data", "volume", "data"),
        ("/x", "host", "./x"),
        ("/only", "host", "/only"),
    ]  # fmt: skip
    assert [(one.name, one.optional) for one in first.imports] == [(".env", False)]
    assert [(one.name, one.optional) for one in second.imports] == [("b.env", True), ("c.env", False)]
    assert (first.opaque, third.opaque) == (False, False)


def test_aliases_take_effect_where_they_are_used() -> None:
    facts = read(COMPOSE, "compose.yaml")
    places = {
        scope.title: [line(facts, one.key_location) for one in scope.variables if one.name == "AWS_ACCESS_KEY_ID"]
        for scope in facts.scopes
    }
    assert places == {"service list": [8], "service map": [17], "service whole": [23]}


def test_services_beside_a_stand_in_of_the_cloud() -> None:
    text = "services:\n  a: {image: app, environment: {AWS_PROFILE: x}}\n  s3: {image: 'minio/minio:latest'}\n"
    assert [scope.beside_local for scope in read(text, "compose.yaml").scopes] == [True, True]
    assert not read(text.replace("minio/minio", "registry.example/b"), "compose.yaml").scopes[0].beside_local


STEPS = """\
on: push
env: {AWS_ACCESS_KEY_ID: one, A: workflow}
jobs:
  deploy:
    container: {image: x, env: {B: container}}
    env: {A: job, B: job}
    steps:
      - name: First
        env: {A: step}
        run: echo "C=$A" >> "$GITHUB_ENV"
      - id: second
        run: 'true'
        env: {D: "${{ env.C }}", E: "${{ env.NONE }}"}
      - uses: actions/checkout@v4
      - if: github.ref == 'refs/heads/main'
        run: 'true'
      - if: always()
        run: 'true'
"""


def test_github_workflow() -> None:
    facts = read(STEPS, WORKFLOW)
    titles = [scope.title for scope in facts.scopes]
    assert titles == [
        "workflow",
        "job deploy",
        "step First of job deploy",
        "step second of job deploy",
        "step actions/checkout@v4 of job deploy",
        "step 4 of job deploy",
        "step 5 of job deploy",
    ]
    assert [scope.process for scope in facts.scopes] == [False, False, True, True, True, True, True]
    assert [one.name for one in facts.scopes[2].exports] == ["C"]
    assert [bool(scope.branches) for scope in facts.scopes[2:]] == [False, False, False, True, False]
    assert line(facts, facts.scopes[2].location) == 8


def test_composite_actions_have_steps() -> None:
    text = "runs:\n  using: composite\n  steps:\n    - run: 'true'\n      env: {AWS_PROFILE: x}\n"
    assert variables(read(text, "action.yml")) == {"step 1": {"AWS_PROFILE": "x"}}


def test_python_in_a_step_is_for_its_reader() -> None:
    head = "on: push\njobs:\n  a:\n    steps:\n      - shell: python\n        run: |\n"
    text = f"{head}          import boto3\n          x = 1\n"
    (embedded,) = read(text, WORKFLOW).embedded
    assert (embedded.language, embedded.lines[0], embedded.lines[1]) == ("python", (7, 10), (8, 10))
    other = text.replace("python", "pwsh")
    assert read(other, WORKFLOW).embedded == ()


TEMPLATE = """\
apiVersion: v1
kind: Pod
metadata: {name: {{ .Release.Name }}}
spec:
  containers:
    - name: app
      env:
        {{- if .Values.static }}
        - name: AWS_ACCESS_KEY_ID
          value: {{ .Values.id }}
        - name: AWS_SECRET_ACCESS_KEY
          value: literal-secret
        {{- else }}
        - name: AWS_PROFILE
          value: x
        {{- end }}
        {{- toYaml .Values.extra | nindent 8 }}
    - name: other
      env: {{ .Values.env }}
"""


def test_templates() -> None:
    facts = read(TEMPLATE, "chart/templates/pod.yaml")
    assert facts.problems == ()
    app, other = facts.scopes[1:]
    by_name = {one.name: one for one in app.variables}
    assert by_name["AWS_ACCESS_KEY_ID"].branches.isdisjoint(by_name["AWS_PROFILE"].branches)
    assert variables(facts)[app.title]["AWS_ACCESS_KEY_ID"] == "unknown"
    assert (app.opaque, other.opaque) == (True, True)


def test_quoted_marks_need_no_cover() -> None:
    head = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    env:\n"
    text = head + "    - {name: AWS_PROFILE, value: '{{ x }}'}\n"
    assert variables(read(text)) == {"container a of Pod 1": {"AWS_PROFILE": "unknown"}}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".github/workflows/a.yml", True),
        ("x/.github/workflows/a.yaml", True),
        ("docker-compose.override.yml", True),
        ("sub/compose.yaml", True),
        ("settings.yaml", False),
        ("compose/settings.yaml", False),
    ],
)
def test_paths_that_name_a_dialect(path: str, expected: bool) -> None:
    signatures = [one for dialect in load_deployments().dialects for one in dialect.recognise if one.paths]
    assert any(fits_path(one, path) for one in signatures) is expected


def test_a_process_bound() -> None:
    steps = "\n".join("      - run: 'true'" for _ in range(3_200))
    facts = read(f"on: push\njobs:\n  a:\n    steps:\n{steps}\n", WORKFLOW)
    assert len(facts.scopes) <= 3_001
    assert [problem.kind.value for problem in facts.problems] == ["budget"]
