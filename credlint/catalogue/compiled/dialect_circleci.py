"""The dialect circleci; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import ActionUse, Child, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, PlatformRole, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud



def made() -> Dialect:
    return Dialect(
 name='circleci',
 title='CircleCI',
 recognise=(
  Signature(paths=('*.circleci/*.yml', '*.circleci/*.yaml'), has=('jobs',), first_keys=frozenset({'jobs',})),
  Signature(paths=(), has=('version', 'jobs.*.docker', 'jobs.*.steps'), first_keys=frozenset({'jobs', 'version'})),
  Signature(paths=(), has=('version', 'jobs.*.machine', 'jobs.*.steps'), first_keys=frozenset({'jobs', 'version'})),
  Signature(
   paths=(),
   has=('version', 'orbs', 'workflows', 'jobs.*.steps'),
   first_keys=frozenset({'jobs', 'orbs', 'version', 'workflows'}),
  ),
 ),
 syntax=ExpressionSyntax.SHELL,
 contexts=(),
 functions=Functions(),
 step_output='',
 logged=True,
 mask_command='',
 environment_file='BASH_ENV',
 output_file='',
 set_command=None,
 web_identity=RoleKind.WEB_IDENTITY,
 default_service_account='',
 permission=None,
 documents=(DocumentForm(when=(), items='', namespace='', scopes=(Child(at='', shape='configuration'),), resources=()),),
 shapes=(
  Shape(
   name='configuration',
   title='configuration',
   process=False,
   ordered=False,
   environment=(),
   imports=(),
   mounts=(),
   scripts=(),
   action=None,
   condition='',
   image='',
   neighbours='',
   opaque=(),
   service_account='',
   children=(
    Child(at='jobs.*', shape='job'),
    Child(at='commands.*', shape='command'),
    Child(at='workflows.*.jobs[].*.pre-steps[]', shape='step'),
    Child(at='workflows.*.jobs[].*.post-steps[]', shape='step'),
    Child(at='workflows.*.jobs[].*.auth[]', shape='step'),
   ),
  ),
  Shape(
   name='job',
   title='job {key}',
   process=False,
   ordered=True,
   environment=(
    EnvironmentSource(
     at='docker[0].environment',
     forms=(EnvironmentForm.MAP, EnvironmentForm.MAPS, EnvironmentForm.ASSIGNMENTS),
     name='name',
     value='value',
     references=(),
     missing=None,
    ),
    EnvironmentSource(
     at='environment',
     forms=(EnvironmentForm.MAP, EnvironmentForm.MAPS),
     name='name',
     value='value',
     references=(),
     missing=None,
    ),
   ),
   imports=(),
   mounts=(),
   scripts=(),
   action=None,
   condition='',
   image='',
   neighbours='docker[].image',
   opaque=('executor',),
   service_account='',
   children=(Child(at='steps[]', shape='step', through=('when.steps[]', 'unless.steps[]')),),
  ),
  Shape(
   name='command',
   title='command {key}',
   process=False,
   ordered=True,
   environment=(),
   imports=(),
   mounts=(),
   scripts=(),
   action=None,
   condition='',
   image='',
   neighbours='',
   opaque=('steps',),
   service_account='',
   children=(Child(at='steps[]', shape='step', through=('when.steps[]', 'unless.steps[]')),),
  ),
  Shape(
   name='step',
   title='step {run.name} of {^^key}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='run.environment',
     forms=(EnvironmentForm.MAP,),
     name='name',
     value='value',
     references=(),
     missing=None,
    ),
   ),
   imports=(),
   mounts=(),
   scripts=(ScriptSource(at=('run.command', 'run'), form=ScriptForm.SCRIPT, shell='run.shell'),),
   action=ActionUse(uses='', inputs='', id='', keyed=True, names='orbs'),
   condition='',
   image='',
   neighbours='',
   opaque=(),
   service_account='',
   children=(Child(at='*.auth[]', shape='step'),),
  ),
 ),
 role_ways=(
  PlatformRole(cloud=Cloud.AWS, way='a job can assume a role by OIDC (`role_arn` of the orb circleci/aws-cli)', images=()),
  PlatformRole(cloud=Cloud.ALIBABA, way='a job can assume a role by OIDC (its token and AssumeRoleWithOIDC)', images=()),
 ),
 supplemented=True,
 exports_last=True,
)
