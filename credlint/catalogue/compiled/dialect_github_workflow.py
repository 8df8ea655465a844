"""The dialect github-workflow; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import ActionUse, Child, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import CalleeForm, ChoiceForm, Dialect, ExpressionSyntax, Functions, Permission, PlatformRole, SecretCall, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud, ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='github-workflow',
 title='GitHub workflow',
 recognise=(
  Signature(
   paths=('*.github/workflows/*', '*.gitea/workflows/*', '*.forgejo/workflows/*'),
   has=('jobs',),
   first_keys=frozenset({'jobs',}),
  ),
  Signature(paths=(), has=('jobs.*.steps',), first_keys=frozenset({'jobs',})),
 ),
 syntax=ExpressionSyntax.GITHUB,
 contexts=(
  ('secrets', ReferenceKind.CI_SECRET),
  ('vars', ReferenceKind.CI_VARIABLE),
  ('env', ReferenceKind.ENVIRONMENT),
  ('inputs', ReferenceKind.INPUT),
  ('github.event.inputs', ReferenceKind.INPUT),
 ),
 functions=Functions(),
 step_output='steps.*.outputs.*',
 logged=True,
 mask_command='::add-mask::',
 environment_file='GITHUB_ENV',
 output_file='GITHUB_OUTPUT',
 set_command=None,
 web_identity=RoleKind.WEB_IDENTITY,
 default_service_account='',
 permission=Permission(
  at='permissions',
  name='id-token',
  granted=('write',),
  all=('write-all',),
  caller_at='on',
  caller='workflow_call',
 ),
 documents=(DocumentForm(when=(), items='', namespace='', scopes=(Child(at='', shape='workflow'),), resources=()),),
 shapes=(
  Shape(
   name='workflow',
   title='workflow',
   process=False,
   ordered=False,
   environment=(
    EnvironmentSource(at='env', forms=(EnvironmentForm.MAP,), name='name', value='value', references=(), missing=None),
   ),
   imports=(),
   mounts=(),
   scripts=(),
   action=None,
   condition='',
   image='',
   neighbours='',
   opaque=(),
   service_account='',
   children=(Child(at='jobs.*', shape='job'),),
  ),
  Shape(
   name='job',
   title='job {key}',
   process=False,
   ordered=True,
   environment=(
    EnvironmentSource(at='container.env', forms=(EnvironmentForm.MAP,), name='name', value='value', references=(), missing=None),
    EnvironmentSource(at='env', forms=(EnvironmentForm.MAP,), name='name', value='value', references=(), missing=None),
   ),
   imports=(),
   mounts=(),
   scripts=(),
   action=None,
   condition='if',
   image='',
   neighbours='services.*.image',
   opaque=(),
   service_account='',
   children=(Child(at='steps[]', shape='step'),),
   runner='runs-on',
   hosted=(
    'ubuntu-latest',
    'ubuntu-[0-9][0-9].[0-9][0-9]',
    'ubuntu-[0-9][0-9].[0-9][0-9]-arm',
    'windows-latest',
    'windows-20[0-9][0-9]',
    'macos-latest',
    'macos-[0-9][0-9]',
    'macos-[0-9][0-9]-*',
   ),
   minutes='timeout-minutes',
   outputs='outputs.*',
  ),
  Shape(
   name='step',
   title='step {name|id|uses} of job {^^key}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(at='env', forms=(EnvironmentForm.MAP,), name='name', value='value', references=(), missing=None),
   ),
   imports=(),
   mounts=(),
   scripts=(ScriptSource(at=('run',), form=ScriptForm.SCRIPT, shell='shell'),),
   action=ActionUse(uses='uses', inputs='with', id='id'),
   condition='if',
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
   way='a job can assume a role by OIDC (role-to-assume and the permission id-token)',
   images=(),
  ),
  PlatformRole(
   cloud=Cloud.ALIBABA,
   way='a job can assume a role by OIDC (role-to-assume, oidc-provider-arn and the permission id-token)',
   images=(),
  ),
 ),
 calls=SecretCall(
  at='jobs.*',
  uses='uses',
  local='./',
  secrets='secrets',
  callee='workflow_call',
  pattern='\\$\\{\\{[^{}]*\\bsecrets\\.(\\w+)',
  inputs='with',
  declared='on.workflow_call.inputs.*',
  switches=(('type', ('boolean',)),),
 ),
 local_actions=CalleeForm(local='./', files=('action.yml', 'action.yaml'), declared='inputs.*', outputs='outputs.*'),
 job_output='needs.*.outputs.*',
 choices=(
  ChoiceForm(context='inputs', at='on.workflow_call.inputs', value='default', within=''),
  ChoiceForm(context='inputs', at='on.workflow_dispatch.inputs', value='default', within=''),
  ChoiceForm(context='github.event.inputs', at='on.workflow_dispatch.inputs', value='default', within=''),
  ChoiceForm(context='matrix', at='strategy.matrix', value='', within='jobs.*'),
  ChoiceForm(context='matrix', at='strategy.matrix.include[]', value='', within='jobs.*'),
 ),
)
