"""The dialect kustomize; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DataSource, DocumentForm, PatchForm, ResourceForm
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, Signature
from credlint.model.environments import RoleKind



def made() -> Dialect:
    return Dialect(
 name='kustomize',
 title='Kustomize',
 recognise=(
  Signature(paths=('kustomization.yaml', 'kustomization.yml'), has=()),
  Signature(
   paths=(),
   has=(),
   values=(('kind', ('Kustomization', 'Component')), ('apiVersion', ('kustomize.config.k8s.io/*',))),
   first_keys=frozenset({'apiVersion', 'kind'}),
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
   scopes=(),
   resources=(
    ResourceForm(
     kind='configmap',
     name='name',
     namespace='namespace',
     data=(DataSource(at='literals', encoded=False, assignments=True),),
     roles=(),
     at='configMapGenerator[]',
     opaque=('files', 'behavior'),
     files=('envs[]', 'env'),
    ),
    ResourceForm(
     kind='secret',
     name='name',
     namespace='namespace',
     data=(DataSource(at='literals', encoded=False, assignments=True),),
     roles=(),
     at='secretGenerator[]',
     opaque=('files', 'behavior'),
     files=('envs[]', 'env'),
    ),
   ),
   embedded=('patches[].patch', 'patchesStrategicMerge[]'),
   patches=PatchForm(
    at=('patches[]', 'patchesStrategicMerge[]', 'patchesJson6902[]'),
    text='patch',
    file='path',
    target='target',
    target_kind='kind',
    target_name='name',
    kind='kind',
    name='metadata.name',
    words=('envFrom', 'volumeMounts', 'serviceAccountName'),
    bases=('resources[]', 'bases[]', 'components[]'),
    parts=('components[]',),
    names=('kustomization.yaml', 'kustomization.yml'),
    merged=('configMapGenerator[]', 'secretGenerator[]'),
    merged_name='name',
    merges='behavior',
    key='name',
    erased=(('$patch', ('delete',)),),
    pointer='path',
    value='value',
    removes=(('op', ('remove',)),),
    replaces=(('op', ('replace',)),),
    looks=(('op', ('test',)),),
   ),
  ),
 ),
 shapes=(),
)
