"""The dialect serverless-devs; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import Child, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, RoleSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, PlatformRole, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud, ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='serverless-devs',
 title='Serverless Devs',
 recognise=(
  Signature(paths=(), has=('edition', 'services.*.component'), first_keys=frozenset({'edition', 'services'})),
  Signature(paths=(), has=('edition', 'resources.*.component'), first_keys=frozenset({'edition', 'resources'})),
 ),
 syntax=ExpressionSyntax.SOURCES,
 contexts=(('env', ReferenceKind.HOST_VARIABLE), ('secret', ReferenceKind.SECRET_STORE)),
 functions=Functions(),
 step_output='',
 logged=False,
 mask_command='',
 environment_file='',
 output_file='',
 set_command=None,
 web_identity=RoleKind.WEB_IDENTITY,
 default_service_account='',
 permission=None,
 documents=(
  DocumentForm(
   when=(),
   items='',
   namespace='',
   scopes=(
    Child(at='services.*', shape='service-and-function', when=(('component', ('fc', 'devsapp/fc')),)),
    Child(at='resources.*', shape='service-and-function', when=(('component', ('fc', 'devsapp/fc')),)),
    Child(at='resources.*', shape='function', when=(('component', ('fc3', 'devsapp/fc3')),)),
    Child(at='services.*', shape='function', when=(('component', ('fc3', 'devsapp/fc3')),)),
   ),
   resources=(),
  ),
 ),
 shapes=(
  Shape(
   name='service-and-function',
   title='function {key}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='props.function.environmentVariables',
     forms=(EnvironmentForm.MAP,),
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
   neighbours='',
   opaque=(),
   service_account='',
   children=(),
   roles=(RoleSource(at='props.service.role', kind=RoleKind.FUNCTION_ROLE, cloud=Cloud.ALIBABA),),
   injected=('ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN'),
   closed=True,
   code='props.function.codeUri',
  ),
  Shape(
   name='function',
   title='function {key}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='props.environmentVariables',
     forms=(EnvironmentForm.MAP,),
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
   neighbours='',
   opaque=(),
   service_account='',
   children=(),
   roles=(RoleSource(at='props.role', kind=RoleKind.FUNCTION_ROLE, cloud=Cloud.ALIBABA),),
   injected=('ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALIBABA_CLOUD_SECURITY_TOKEN'),
   closed=True,
   code='props.code',
  ),
 ),
 role_ways=(PlatformRole(cloud=Cloud.ALIBABA, way='a function can be given a role (role)', images=()),),
)
