"""The dialect concourse; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import Child, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, PlatformRole, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import Cloud



def made() -> Dialect:
    return Dialect(
 name='concourse',
 title='Concourse pipeline',
 recognise=(
  Signature(paths=(), has=('jobs', 'jobs[].plan'), first_keys=frozenset({'jobs',})),
  Signature(paths=(), has=('platform', 'run.path'), first_keys=frozenset({'platform', 'run'})),
 ),
 syntax=ExpressionSyntax.PARENTHESES,
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
 documents=(
  DocumentForm(
   when=(),
   items='',
   namespace='',
   scopes=(Child(at='jobs[]', shape='job'), Child(at='', shape='task-file', has=('run.path',))),
   resources=(),
  ),
 ),
 shapes=(
  Shape(
   name='job',
   title='job {name}',
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
    Child(at='plan[]', shape='task', has=('task',)),
    Child(at='plan[]', shape='step'),
    Child(at='ensure', shape='task', has=('task',)),
    Child(at='on_failure', shape='task', has=('task',)),
    Child(at='on_success', shape='task', has=('task',)),
   ),
  ),
  Shape(
   name='step',
   title='step',
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
    Child(at='do[]', shape='task', has=('task',)),
    Child(at='do[]', shape='step'),
    Child(at='in_parallel[]', shape='task', has=('task',)),
    Child(at='in_parallel[]', shape='step'),
    Child(at='in_parallel.steps[]', shape='task', has=('task',)),
    Child(at='in_parallel.steps[]', shape='step'),
    Child(at='aggregate[]', shape='task', has=('task',)),
    Child(at='aggregate[]', shape='step'),
    Child(at='try', shape='task', has=('task',)),
    Child(at='try', shape='step'),
    Child(at='ensure', shape='task', has=('task',)),
    Child(at='ensure', shape='step'),
    Child(at='on_success', shape='task', has=('task',)),
    Child(at='on_success', shape='step'),
    Child(at='on_failure', shape='task', has=('task',)),
    Child(at='on_failure', shape='step'),
   ),
  ),
  Shape(
   name='task',
   title='task {task}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(at='config.params', forms=(EnvironmentForm.MAP,), name='name', value='value', references=(), missing=None),
    EnvironmentSource(at='params', forms=(EnvironmentForm.MAP,), name='name', value='value', references=(), missing=None),
   ),
   imports=(),
   mounts=(),
   scripts=(ScriptSource(at=('config.run.args',), form=ScriptForm.LINES, shell='config.run.path'),),
   action=None,
   condition='',
   image='',
   neighbours='',
   opaque=(),
   service_account='',
   children=(),
  ),
  Shape(
   name='task-file',
   title='task',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(at='params', forms=(EnvironmentForm.MAP,), name='name', value='value', references=(), missing=None),
   ),
   imports=(),
   mounts=(),
   scripts=(ScriptSource(at=('run.args',), form=ScriptForm.LINES, shell='run.path'),),
   action=None,
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
   way='a task can assume a role by an ID token of the pipeline (a var source of the type idtoken)',
   images=(),
  ),
 ),
)
