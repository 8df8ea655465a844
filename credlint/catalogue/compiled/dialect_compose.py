"""The dialect compose; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import Child, ExtendsForm, OverlayForm, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, ImportSource, MountForm, MountSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='compose',
 title='Compose',
 recognise=(
  Signature(paths=('*compose*.yml', '*compose*.yaml'), has=('services',), first_keys=frozenset({'services',})),
  Signature(paths=(), has=('services.*.image',), first_keys=frozenset({'services',})),
  Signature(paths=(), has=('services.*.build',), first_keys=frozenset({'services',})),
 ),
 syntax=ExpressionSyntax.HOST,
 contexts=(),
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
  DocumentForm(when=(), items='', namespace='', scopes=(Child(at='services.*', shape='service'),), resources=()),
 ),
 shapes=(
  Shape(
   name='service',
   title='service {key}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='environment',
     forms=(EnvironmentForm.MAP, EnvironmentForm.ASSIGNMENTS),
     name='name',
     value='value',
     references=(),
     missing=ReferenceKind.HOST_VARIABLE,
    ),
   ),
   imports=(
    ImportSource(at='env_file', resource='env_file', name='', prefix='', optional=''),
    ImportSource(at='env_file[]', resource='env_file', name='path', prefix='', optional='required'),
   ),
   mounts=(
    MountSource(at='volumes[]', form=MountForm.BINDS, target='target', source='source', volumes='', sources=()),
   ),
   scripts=(
    ScriptSource(at=('command',), form=ScriptForm.WORDS, shell=''),
    ScriptSource(at=('entrypoint',), form=ScriptForm.WORDS, shell=''),
   ),
   action=None,
   condition='',
   image='image',
   neighbours='^services.*.image',
   opaque=(),
   service_account='',
   children=(),
   extends=ExtendsForm(at='extends', among='services', name='service', file='file'),
   overlay=OverlayForm(
    files=('*compose.*.yml', '*compose.*.yaml'),
    always=('*compose.override.*',),
    among='services',
    complete=('image', 'build'),
   ),
   closed=True,
   build='build.context|build',
   dockerfile='build.dockerfile',
   code='build.context|build',
  ),
 ),
 values_file='.env',
)
