"""The dialect github-action; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import ActionUse, Child, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import CalleeForm, ChoiceForm, Dialect, ExpressionSyntax, Functions, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='github-action',
 title='GitHub composite action',
 recognise=(Signature(paths=(), has=('runs.using', 'runs.steps'), first_keys=frozenset({'runs',})),),
 syntax=ExpressionSyntax.GITHUB,
 contexts=(
  ('secrets', ReferenceKind.CI_SECRET),
  ('vars', ReferenceKind.CI_VARIABLE),
  ('env', ReferenceKind.ENVIRONMENT),
  ('inputs', ReferenceKind.INPUT),
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
 permission=None,
 documents=(DocumentForm(when=(), items='', namespace='', scopes=(Child(at='runs', shape='action'),), resources=()),),
 shapes=(
  Shape(
   name='action',
   title='composite action',
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
   opaque=(),
   service_account='',
   children=(Child(at='steps[]', shape='step'),),
  ),
  Shape(
   name='step',
   title='step {name|id|uses}',
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
 local_actions=CalleeForm(local='./', files=('action.yml', 'action.yaml'), declared='inputs.*', outputs='outputs.*'),
 choices=(ChoiceForm(context='inputs', at='inputs', value='default', within=''),),
)
