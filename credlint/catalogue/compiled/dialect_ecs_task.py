"""The dialect ecs-task; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import Child, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, MountForm, MountSource, ReferenceForm, RoleSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, PlatformRole, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud, ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='ecs-task',
 title='ECS task definition',
 recognise=(
  Signature(paths=(), has=('family', 'containerDefinitions'), first_keys=frozenset({'containerDefinitions', 'family'})),
  Signature(
   paths=(),
   has=('taskDefinition.family', 'taskDefinition.containerDefinitions'),
   first_keys=frozenset({'taskDefinition',}),
  ),
 ),
 syntax=ExpressionSyntax.NONE,
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
  DocumentForm(
   when=(),
   items='',
   namespace='',
   scopes=(Child(at='taskDefinition', shape='task'), Child(at='', shape='task')),
   resources=(),
  ),
 ),
 shapes=(
  Shape(
   name='task',
   title='task {family}',
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
   children=(Child(at='containerDefinitions[]', shape='container'),),
   roles=(RoleSource(at='taskRoleArn', kind=RoleKind.TASK_ROLE, cloud=Cloud.AWS),),
  ),
  Shape(
   name='container',
   title='container {name}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='environment',
     forms=(EnvironmentForm.ENTRIES,),
     name='name',
     value='value',
     references=(),
     missing=None,
    ),
    EnvironmentSource(
     at='secrets',
     forms=(EnvironmentForm.ENTRIES,),
     name='name',
     value='value',
     references=(ReferenceForm(at='valueFrom', kind=ReferenceKind.SECRET_STORE, name='', field='', optional=''),),
     missing=None,
    ),
   ),
   imports=(),
   mounts=(
    MountSource(
     at='mountPoints[]',
     form=MountForm.VOLUMES,
     target='containerPath',
     source='sourceVolume',
     volumes='volumes[]',
     sources=(('host', 'host.sourcePath'),),
    ),
   ),
   scripts=(
    ScriptSource(at=('command',), form=ScriptForm.WORDS, shell=''),
    ScriptSource(at=('entryPoint',), form=ScriptForm.WORDS, shell=''),
   ),
   action=None,
   condition='',
   image='image',
   neighbours='',
   opaque=('environmentFiles',),
   service_account='',
   children=(),
   closed=True,
  ),
 ),
 role_ways=(PlatformRole(cloud=Cloud.AWS, way='a task can be given a role (taskRoleArn)', images=()),),
)
