"""The dialect gitlab; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import Child, ExtendsForm, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, PlatformRole, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud, ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='gitlab',
 title='GitLab CI',
 recognise=(
  Signature(paths=('*.gitlab-ci.yml', '*.gitlab-ci.yaml', '*.gitlab/ci/*.yml', '*.gitlab/ci/*.yaml'), has=('*',)),
  Signature(paths=(), has=('stages', '*.script'), first_keys=frozenset({'stages',})),
  Signature(paths=('*.gitlab/*.yml', '*.gitlab/*.yaml'), has=('*.script',)),
  Signature(paths=(), has=('*.stage', '*.script')),
  Signature(paths=(), has=('*.extends', '*.script')),
  Signature(paths=(), has=('*.before_script', '*.script')),
  Signature(paths=(), has=('*.id_tokens', '*.script')),
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
 documents=(DocumentForm(when=(), items='', namespace='', scopes=(Child(at='', shape='pipeline'),), resources=()),),
 shapes=(
  Shape(
   name='pipeline',
   title='pipeline',
   process=False,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='variables',
     forms=(EnvironmentForm.MAP, EnvironmentForm.DESCRIBED),
     name='name',
     value='value',
     references=(),
     missing=None,
     outranked=True,
    ),
    EnvironmentSource(
     at='workflow.rules[].variables',
     forms=(EnvironmentForm.MAP,),
     name='name',
     value='value',
     references=(),
     missing=None,
     outranked=True,
     conditional=True,
    ),
   ),
   imports=(),
   mounts=(),
   scripts=(),
   action=None,
   condition='',
   image='',
   neighbours='',
   opaque=('include',),
   service_account='',
   children=(Child(at='*', shape='job', has=('script', 'extends')),),
  ),
  Shape(
   name='job',
   title='job {key}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='id_tokens',
     forms=(EnvironmentForm.MAP,),
     name='name',
     value='value',
     references=(),
     missing=None,
     refers=ReferenceKind.IDENTITY_TOKEN,
    ),
    EnvironmentSource(
     at='secrets',
     forms=(EnvironmentForm.MAP,),
     name='name',
     value='vault|vault.field|azure_key_vault.name|gcp_secret_manager.name|aws_secrets_manager.field|gitlab_secrets_manager.name',
     references=(),
     missing=None,
     refers=ReferenceKind.SECRET_STORE,
    ),
    EnvironmentSource(
     at='variables',
     forms=(EnvironmentForm.MAP, EnvironmentForm.DESCRIBED),
     name='name',
     value='value',
     references=(),
     missing=None,
     outranked=True,
    ),
    EnvironmentSource(
     at='rules[].variables',
     forms=(EnvironmentForm.MAP,),
     name='name',
     value='value',
     references=(),
     missing=None,
     outranked=True,
     conditional=True,
    ),
   ),
   imports=(),
   mounts=(),
   scripts=(
    ScriptSource(at=('before_script|^default.before_script|^before_script', 'script'), form=ScriptForm.LINES, shell=''),
    ScriptSource(at=('after_script|^default.after_script|^after_script',), form=ScriptForm.LINES, shell=''),
   ),
   action=None,
   condition='',
   image='image',
   neighbours='services[]|services[].name|^services[]|^services[].name|^default.services[]|^default.services[].name',
   opaque=('inherit',),
   service_account='',
   children=(),
   dotenv='artifacts.reports.dotenv',
   extends=ExtendsForm(at='extends', among='', name='', file=''),
  ),
 ),
 role_ways=(
  PlatformRole(
   cloud=Cloud.AWS,
   way='a job can assume a role by OIDC (`id_tokens` and AssumeRoleWithWebIdentity)',
   images=(),
  ),
  PlatformRole(cloud=Cloud.ALIBABA, way='a job can assume a role by OIDC (`id_tokens` and AssumeRoleWithOIDC)', images=()),
 ),
 supplemented=True,
)
