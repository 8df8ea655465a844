"""The dialect azure-pipelines; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import ActionUse, Child, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, ImportSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, PlatformRole, SetCommand, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud, ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='azure-pipelines',
 title='Azure Pipelines',
 recognise=(
  Signature(
   paths=('azure-pipelines*.yml', 'azure-pipelines*.yaml', '*.azure-pipelines/*', '*.pipelines/*'),
   has=('steps',),
   first_keys=frozenset({'steps',}),
  ),
  Signature(
   paths=('azure-pipelines*.yml', 'azure-pipelines*.yaml', '*.azure-pipelines/*', '*.pipelines/*'),
   has=('jobs',),
   first_keys=frozenset({'jobs',}),
  ),
  Signature(
   paths=('azure-pipelines*.yml', 'azure-pipelines*.yaml', '*.azure-pipelines/*', '*.pipelines/*'),
   has=('stages',),
   first_keys=frozenset({'stages',}),
  ),
  Signature(
   paths=('azure-pipelines*.yml', 'azure-pipelines*.yaml', '*.azure-pipelines/*', '*.pipelines/*'),
   has=('variables',),
   first_keys=frozenset({'variables',}),
  ),
  Signature(paths=(), has=('pool', 'steps[].task'), first_keys=frozenset({'pool', 'steps'})),
  Signature(paths=(), has=('pool', 'steps[].script'), first_keys=frozenset({'pool', 'steps'})),
  Signature(paths=(), has=('pool', 'steps[].bash'), first_keys=frozenset({'pool', 'steps'})),
  Signature(paths=(), has=('jobs[].job', 'jobs[].steps'), first_keys=frozenset({'jobs',})),
  Signature(paths=(), has=('stages[].stage', 'stages[].jobs'), first_keys=frozenset({'stages',})),
 ),
 syntax=ExpressionSyntax.MACRO,
 contexts=(('variables', ReferenceKind.ENVIRONMENT), ('parameters', ReferenceKind.INPUT)),
 functions=Functions(),
 step_output='',
 logged=True,
 mask_command='',
 environment_file='',
 output_file='',
 set_command=SetCommand(text='##vso[task.setvariable variable=', unless=('issecret=true', 'isoutput=true'), masks='issecret=true'),
 web_identity=RoleKind.WEB_IDENTITY,
 default_service_account='',
 permission=None,
 documents=(DocumentForm(when=(), items='', namespace='', scopes=(Child(at='', shape='pipeline'),), resources=()),),
 shapes=(
  Shape(
   name='pipeline',
   title='pipeline',
   process=False,
   ordered=True,
   environment=(
    EnvironmentSource(
     at='variables',
     forms=(EnvironmentForm.MAP, EnvironmentForm.ENTRIES),
     name='name',
     value='value',
     references=(),
     missing=None,
     capitals=True,
    ),
   ),
   imports=(
    ImportSource(at='variables[]', resource='variable group', name='group', prefix='', optional=''),
    ImportSource(at='variables[]', resource='template', name='template', prefix='', optional=''),
   ),
   mounts=(),
   scripts=(),
   action=None,
   condition='',
   image='',
   neighbours='',
   opaque=('extends', 'template'),
   service_account='',
   children=(
    Child(at='stages[]', shape='stage', through=('${{*[]',)),
    Child(at='jobs[]', shape='job', through=('${{*[]',)),
    Child(at='steps[]', shape='step', through=('${{*[]',)),
   ),
  ),
  Shape(
   name='stage',
   title='stage {stage}',
   process=False,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='variables',
     forms=(EnvironmentForm.MAP, EnvironmentForm.ENTRIES),
     name='name',
     value='value',
     references=(),
     missing=None,
     capitals=True,
    ),
   ),
   imports=(
    ImportSource(at='variables[]', resource='variable group', name='group', prefix='', optional=''),
    ImportSource(at='variables[]', resource='template', name='template', prefix='', optional=''),
   ),
   mounts=(),
   scripts=(),
   action=None,
   condition='',
   image='',
   neighbours='',
   opaque=('template',),
   service_account='',
   children=(Child(at='jobs[]', shape='job', through=('${{*[]',)),),
  ),
  Shape(
   name='job',
   title='job {job|deployment}',
   process=False,
   ordered=True,
   environment=(
    EnvironmentSource(
     at='variables',
     forms=(EnvironmentForm.MAP, EnvironmentForm.ENTRIES),
     name='name',
     value='value',
     references=(),
     missing=None,
     capitals=True,
    ),
   ),
   imports=(
    ImportSource(at='variables[]', resource='variable group', name='group', prefix='', optional=''),
    ImportSource(at='variables[]', resource='template', name='template', prefix='', optional=''),
   ),
   mounts=(),
   scripts=(),
   action=None,
   condition='',
   image='',
   neighbours='',
   opaque=('template',),
   service_account='',
   children=(
    Child(at='steps[]', shape='step', through=('${{*[]',)),
    Child(at='strategy.*.*.steps[]', shape='step', through=('${{*[]',)),
    Child(at='strategy.*.on.*.steps[]', shape='step', through=('${{*[]',)),
   ),
  ),
  Shape(
   name='step',
   title='step {displayName|name|task}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(at='env', forms=(EnvironmentForm.MAP,), name='name', value='value', references=(), missing=None),
   ),
   imports=(),
   mounts=(),
   scripts=(
    ScriptSource(at=('script', 'bash'), form=ScriptForm.SCRIPT, shell=''),
    ScriptSource(at=('pwsh', 'powershell'), form=ScriptForm.POWERSHELL, shell=''),
    ScriptSource(at=('inputs.script', 'inputs.inlineScript'), form=ScriptForm.SCRIPT, shell='inputs.scriptType'),
   ),
   action=ActionUse(uses='task', inputs='inputs', id='name'),
   condition='condition',
   image='',
   neighbours='',
   opaque=(),
   service_account='',
   children=(),
  ),
 ),
 role_ways=(
  PlatformRole(
   cloud=Cloud.AWS,
   way='a job can assume a role by OIDC (a service connection of the AWS Toolkit that uses it)',
   images=(),
  ),
  PlatformRole(
   cloud=Cloud.ALIBABA,
   way='a job can assume a role by OIDC (the token of a service connection and AssumeRoleWithOIDC)',
   images=(),
  ),
 ),
 supplemented=True,
)
