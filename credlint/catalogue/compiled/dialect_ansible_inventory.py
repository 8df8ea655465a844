"""The dialect ansible-inventory; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DocumentForm
from credlint.catalogue.deployment_shapes import ActionUse, Child, Shape
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, Signature
from credlint.model.environments import RoleKind
from credlint.model.values import ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='ansible-inventory',
 title='Ansible inventory plugin',
 recognise=(
  Signature(
   paths=(),
   has=('plugin',),
   values=(('plugin', ('amazon.aws.*', 'aws_*', 'community.aws.*')),),
   first_keys=frozenset({'plugin',}),
  ),
 ),
 syntax=ExpressionSyntax.JINJA,
 contexts=(('env', ReferenceKind.HOST_VARIABLE), ('ansible_env', ReferenceKind.HOST_VARIABLE)),
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
 documents=(DocumentForm(when=(), items='', namespace='', scopes=(Child(at='', shape='inventory'),), resources=()),),
 shapes=(
  Shape(
   name='inventory',
   title='inventory {plugin}',
   process=True,
   ordered=False,
   environment=(),
   imports=(),
   mounts=(),
   scripts=(),
   action=ActionUse(uses='plugin', inputs='', id=''),
   condition='',
   image='',
   neighbours='',
   opaque=(),
   service_account='',
   children=(),
  ),
 ),
)
