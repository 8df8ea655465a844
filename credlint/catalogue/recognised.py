"""How dialects are recognised; written by `python -m credlint.catalogue.compile`, not by hand."""

from __future__ import annotations

from typing import TypeAlias

Names: TypeAlias = tuple[str, ...]
# paths, has, values, lacks, first keys
Row: TypeAlias = tuple[Names, Names, tuple[tuple[str, Names], ...], Names, Names]

# file, dialect, the file of variables for later steps, signatures
RECOGNISED: tuple[tuple[str, str, str, tuple[Row, ...]], ...] = (
    (
        "ansible-inventory",
        "ansible-inventory",
        "",
        (((), ("plugin",), (("plugin", ("amazon.aws.*", "aws_*", "community.aws.*")),), (), ("plugin",)),),
    ),
    (
        "ansible-tasks",
        "ansible-tasks",
        "",
        (
            (("*/tasks/*.yml", "*/tasks/*.yaml", "*/handlers/*.yml", "*/handlers/*.yaml"), ("[]",), (), (), ()),
            ((), ("[].register",), (), (), ()),
            ((), ("[].block",), (), (), ()),
            ((), ("[].become",), (), (), ()),
            ((), ("[].when",), (), (), ()),
        ),
    ),
    (
        "ansible",
        "ansible",
        "",
        (
            ((), ("[].hosts",), (), (), ()),
            ((), ("[].import_playbook",), (), (), ()),
            ((), ("[].ansible\\.builtin\\.import_playbook",), (), (), ()),
        ),
    ),
    (
        "azure-pipelines",
        "azure-pipelines",
        "",
        (
            (
                ("azure-pipelines*.yml", "azure-pipelines*.yaml", "*.azure-pipelines/*", "*.pipelines/*"),
                ("steps",),
                (),
                (),
                ("steps",),
            ),
            (
                ("azure-pipelines*.yml", "azure-pipelines*.yaml", "*.azure-pipelines/*", "*.pipelines/*"),
                ("jobs",),
                (),
                (),
                ("jobs",),
            ),
            (
                ("azure-pipelines*.yml", "azure-pipelines*.yaml", "*.azure-pipelines/*", "*.pipelines/*"),
                ("stages",),
                (),
                (),
                ("stages",),
            ),
            (
                ("azure-pipelines*.yml", "azure-pipelines*.yaml", "*.azure-pipelines/*", "*.pipelines/*"),
                ("variables",),
                (),
                (),
                ("variables",),
            ),
            ((), ("pool", "steps[].task"), (), (), ("pool", "steps")),
            ((), ("pool", "steps[].script"), (), (), ("pool", "steps")),
            ((), ("pool", "steps[].bash"), (), (), ("pool", "steps")),
            ((), ("jobs[].job", "jobs[].steps"), (), (), ("jobs",)),
            ((), ("stages[].stage", "stages[].jobs"), (), (), ("stages",)),
        ),
    ),
    (
        "bitbucket",
        "bitbucket",
        "",
        (
            (("bitbucket-pipelines*.yml", "bitbucket-pipelines*.yaml"), ("pipelines",), (), (), ("pipelines",)),
            (("bitbucket-pipelines*.yml", "bitbucket-pipelines*.yaml"), ("definitions",), (), (), ("definitions",)),
            ((), ("pipelines.default[].step",), (), (), ("pipelines",)),
        ),
    ),
    (
        "circleci",
        "circleci",
        "BASH_ENV",
        (
            (("*.circleci/*.yml", "*.circleci/*.yaml"), ("jobs",), (), (), ("jobs",)),
            ((), ("version", "jobs.*.docker", "jobs.*.steps"), (), (), ("jobs", "version")),
            ((), ("version", "jobs.*.machine", "jobs.*.steps"), (), (), ("jobs", "version")),
            ((), ("version", "orbs", "workflows", "jobs.*.steps"), (), (), ("jobs", "orbs", "version", "workflows")),
        ),
    ),
    (
        "cloudformation",
        "cloudformation",
        "",
        (
            ((), ("AWSTemplateFormatVersion",), (), (), ("AWSTemplateFormatVersion",)),
            ((), ("Resources",), (("Resources.*.Type", ("AWS::*",)),), (), ("Resources",)),
        ),
    ),
    (
        "codebuild",
        "codebuild",
        "",
        (
            (
                ("buildspec*.yml", "buildspec*.yaml", "*buildspec.yml", "*buildspec.yaml"),
                ("phases",),
                (),
                (),
                ("phases",),
            ),
            ((), ("version", "phases.*.commands"), (), (), ("phases", "version")),
        ),
    ),
    (
        "compose",
        "compose",
        "",
        (
            (("*compose*.yml", "*compose*.yaml"), ("services",), (), (), ("services",)),
            ((), ("services.*.image",), (), (), ("services",)),
            ((), ("services.*.build",), (), (), ("services",)),
        ),
    ),
    (
        "concourse",
        "concourse",
        "",
        (((), ("jobs", "jobs[].plan"), (), (), ("jobs",)), ((), ("platform", "run.path"), (), (), ("platform", "run"))),
    ),
    (
        "ecs-task",
        "ecs-task",
        "",
        (
            ((), ("family", "containerDefinitions"), (), (), ("containerDefinitions", "family")),
            ((), ("taskDefinition.family", "taskDefinition.containerDefinitions"), (), (), ("taskDefinition",)),
        ),
    ),
    ("github-action", "github-action", "GITHUB_ENV", (((), ("runs.using", "runs.steps"), (), (), ("runs",)),)),
    (
        "github-workflow",
        "github-workflow",
        "GITHUB_ENV",
        (
            (("*.github/workflows/*", "*.gitea/workflows/*", "*.forgejo/workflows/*"), ("jobs",), (), (), ("jobs",)),
            ((), ("jobs.*.steps",), (), (), ("jobs",)),
        ),
    ),
    (
        "gitlab",
        "gitlab",
        "",
        (
            (("*.gitlab-ci.yml", "*.gitlab-ci.yaml", "*.gitlab/ci/*.yml", "*.gitlab/ci/*.yaml"), ("*",), (), (), ()),
            ((), ("stages", "*.script"), (), (), ("stages",)),
            (("*.gitlab/*.yml", "*.gitlab/*.yaml"), ("*.script",), (), (), ()),
            ((), ("*.stage", "*.script"), (), (), ()),
            ((), ("*.extends", "*.script"), (), (), ()),
            ((), ("*.before_script", "*.script"), (), (), ()),
            ((), ("*.id_tokens", "*.script"), (), (), ()),
        ),
    ),
    (
        "helm-values",
        "helm-values",
        "",
        (
            (
                ("values.y*ml", "values[-_.]*.y*ml", "*[-_.]values.y*ml"),
                (),
                (),
                ("apiVersion", "services", "jobs", "sops"),
                (),
            ),
        ),
    ),
    ("kubernetes", "kubernetes", "", (((), ("apiVersion", "kind"), (), (), ("apiVersion", "kind")),)),
    (
        "kustomize",
        "kustomize",
        "",
        (
            (("kustomization.yaml", "kustomization.yml"), (), (), (), ()),
            (
                (),
                (),
                (("kind", ("Kustomization", "Component")), ("apiVersion", ("kustomize.config.k8s.io/*",))),
                (),
                ("apiVersion", "kind"),
            ),
        ),
    ),
    ("ros", "ros", "", (((), ("ROSTemplateFormatVersion",), (), (), ("ROSTemplateFormatVersion",)),)),
    (
        "serverless-devs",
        "serverless-devs",
        "",
        (
            ((), ("edition", "services.*.component"), (), (), ("edition", "services")),
            ((), ("edition", "resources.*.component"), (), (), ("edition", "resources")),
        ),
    ),
    (
        "serverless",
        "serverless",
        "",
        (
            (("serverless*.yml", "serverless*.yaml"), ("provider",), (), (), ("provider",)),
            ((), ("service", "provider.name", "functions"), (), (), ("functions", "provider", "service")),
            ((), ("service", "provider.runtime"), (), (), ("provider", "service")),
        ),
    ),
    (
        "argo",
        "argo",
        "",
        (
            (
                (),
                ("apiVersion", "kind"),
                (
                    ("apiVersion", ("argoproj.io/*",)),
                    (
                        "kind",
                        (
                            "Workflow",
                            "WorkflowTemplate",
                            "ClusterWorkflowTemplate",
                            "CronWorkflow",
                            "Sensor",
                            "EventSource",
                        ),
                    ),
                ),
                (),
                ("apiVersion", "kind"),
            ),
            ((), ("s3.accessKeySecret.name",), (), (), ("s3",)),
            ((), ("oss.accessKeySecret.name",), (), (), ("oss",)),
        ),
    ),
    (
        "external-secrets",
        "external-secrets",
        "",
        (
            (
                (),
                ("apiVersion", "kind"),
                (("apiVersion", ("external-secrets.io/*", "generators.external-secrets.io/*")),),
                (),
                ("apiVersion", "kind"),
            ),
        ),
    ),
    (
        "knative",
        "knative",
        "",
        (
            (
                (),
                ("apiVersion", "kind"),
                (("apiVersion", ("serving.knative.dev/*", "sources.knative.dev/*", "serving.kserve.io/*")),),
                (),
                ("apiVersion", "kind"),
            ),
        ),
    ),
    (
        "tekton",
        "tekton",
        "",
        (((), ("apiVersion", "kind"), (("apiVersion", ("tekton.dev/*",)),), (), ("apiVersion", "kind")),),
    ),
)
