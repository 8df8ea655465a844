"""The dialect bitbucket; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import ActionUse, Child, Shape
from credlint.catalogue.deployment_sources import ScriptForm, ScriptSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, IdentityToken, PlatformRole, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud



def made() -> Dialect:
    return Dialect(
 name='bitbucket',
 title='Bitbucket Pipelines',
 recognise=(
  Signature(
   paths=('bitbucket-pipelines*.yml', 'bitbucket-pipelines*.yaml'),
   has=('pipelines',),
   first_keys=frozenset({'pipelines',}),
  ),
  Signature(
   paths=('bitbucket-pipelines*.yml', 'bitbucket-pipelines*.yaml'),
   has=('definitions',),
   first_keys=frozenset({'definitions',}),
  ),
  Signature(paths=(), has=('pipelines.default[].step',), first_keys=frozenset({'pipelines',})),
 ),
 syntax=ExpressionSyntax.SHELL,
 contexts=(),
 functions=Functions(),
 step_output='',
 logged=True,
 mask_command='',
 environment_file='',
 output_file='',
 set_command=None,
 web_identity=RoleKind.WEB_IDENTITY,
 default_service_account='',
 permission=None,
 documents=(DocumentForm(when=(), items='', namespace='', scopes=(Child(at='', shape='pipelines'),), resources=()),),
 shapes=(
  Shape(
   name='pipelines',
   title='pipelines',
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
    Child(at='pipelines.default[].step', shape='step'),
    Child(at='pipelines.default[].parallel[].step', shape='step'),
    Child(at='pipelines.default[].parallel.steps[].step', shape='step'),
    Child(at='pipelines.default[].stage.steps[].step', shape='step'),
    Child(at='pipelines.*.*[].step', shape='step'),
    Child(at='pipelines.*.*[].parallel[].step', shape='step'),
    Child(at='pipelines.*.*[].parallel.steps[].step', shape='step'),
    Child(at='pipelines.*.*[].stage.steps[].step', shape='step'),
    Child(at='definitions.steps[].step', shape='step'),
    Child(at='definitions.pipelines.*[].step', shape='step'),
    Child(at='definitions.pipelines.*[].parallel[].step', shape='step'),
    Child(at='definitions.pipelines.*[].parallel.steps[].step', shape='step'),
    Child(at='definitions.pipelines.*[].stage.steps[].step', shape='step'),
   ),
  ),
  Shape(
   name='step',
   title='step {name}',
   process=True,
   ordered=False,
   environment=(),
   imports=(),
   mounts=(),
   scripts=(
    ScriptSource(at=('script',), form=ScriptForm.LINES, shell=''),
    ScriptSource(at=('after-script',), form=ScriptForm.LINES, shell=''),
   ),
   action=None,
   condition='',
   image='image',
   neighbours='services[]',
   opaque=(),
   service_account='',
   children=(Child(at='script[]', shape='pipe', has=('pipe',)), Child(at='after-script[]', shape='pipe', has=('pipe',))),
  ),
  Shape(
   name='pipe',
   title='pipe {pipe}',
   process=True,
   ordered=False,
   environment=(),
   imports=(),
   mounts=(),
   scripts=(),
   action=ActionUse(uses='pipe', inputs='variables', id='', separator=':'),
   condition='',
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
   way='a step can assume a role by OIDC (`oidc: true`, and AWS_OIDC_ROLE_ARN of the pipe or AssumeRoleWithWebIdentity)',
   images=(),
  ),
  PlatformRole(cloud=Cloud.ALIBABA, way='a step can assume a role by OIDC (`oidc: true` and AssumeRoleWithOIDC)', images=()),
 ),
 identity=IdentityToken(
  below='pipelines',
  holder='step',
  at='oidc',
  granted=('true',),
  words=('BITBUCKET_STEP_OIDC_TOKEN', 'AWS_OIDC_ROLE_ARN'),
  cloud=Cloud.AWS,
 ),
 supplemented=True,
)
