"""The dialect kubernetes; written by `python -m credlint.catalogue.compile`, not by hand."""

# fmt: off
from __future__ import annotations

from credlint.catalogue.deployment_documents import DataSource, Demand, DocumentForm, ResourceForm, Rollout
from credlint.catalogue.deployment_shapes import Child, Shape
from credlint.catalogue.deployment_sources import EnvironmentForm, EnvironmentSource, ImportSource, MountForm, MountSource, ReferenceForm, RoleSource, ScriptForm, ScriptSource
from credlint.catalogue.deployments import Dialect, ExpressionSyntax, Functions, PlatformRole, Signature
from credlint.model.environments import GapKind, RoleKind
from credlint.model.values import Cloud, ReferenceKind



def made() -> Dialect:
    return Dialect(
 name='kubernetes',
 title='Kubernetes',
 recognise=(Signature(paths=(), has=('apiVersion', 'kind'), first_keys=frozenset({'apiVersion', 'kind'})),),
 syntax=ExpressionSyntax.CONTAINER,
 contexts=(),
 functions=Functions(),
 step_output='',
 logged=False,
 mask_command='',
 environment_file='',
 output_file='',
 set_command=None,
 web_identity=RoleKind.IRSA,
 default_service_account='default',
 permission=None,
 documents=(
  DocumentForm(when=(('kind', ('List',)),), items='items', namespace='', scopes=(), resources=()),
  DocumentForm(
   when=(('kind', ('Pod',)),),
   items='',
   namespace='metadata.namespace',
   scopes=(Child(at='spec', shape='lone-pod', skip='metadata.annotations.eks\\.amazonaws\\.com/skip-containers'),),
   resources=(),
   misplaced=(
    RoleSource(at='metadata.annotations.eks\\.amazonaws\\.com/role-arn', kind=RoleKind.IRSA, cloud=Cloud.AWS),
    RoleSource(
     at='spec.template.metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     kind=RoleKind.IRSA,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='spec.jobTemplate.spec.template.metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     kind=RoleKind.IRSA,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     kind=RoleKind.RRSA,
     cloud=Cloud.ALIBABA,
    ),
    RoleSource(
     at='spec.template.metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     kind=RoleKind.RRSA,
     cloud=Cloud.ALIBABA,
    ),
   ),
  ),
  DocumentForm(
   when=(
    (
     'kind',
     (
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'ReplicaSet',
      'ReplicationController',
      'Rollout',
      'DeploymentConfig',
     ),
    ),
   ),
   items='',
   namespace='metadata.namespace',
   scopes=(
    Child(
     at='spec.template.spec',
     shape='pod',
     skip='spec.template.metadata.annotations.eks\\.amazonaws\\.com/skip-containers',
    ),
   ),
   resources=(),
   misplaced=(
    RoleSource(at='metadata.annotations.eks\\.amazonaws\\.com/role-arn', kind=RoleKind.IRSA, cloud=Cloud.AWS),
    RoleSource(
     at='spec.template.metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     kind=RoleKind.IRSA,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='spec.jobTemplate.spec.template.metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     kind=RoleKind.IRSA,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     kind=RoleKind.RRSA,
     cloud=Cloud.ALIBABA,
    ),
    RoleSource(
     at='spec.template.metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     kind=RoleKind.RRSA,
     cloud=Cloud.ALIBABA,
    ),
   ),
   rollout=Rollout(
    at=('metadata.annotations', 'spec.template.metadata.annotations'),
    keys=(
     'checksum*',
     '*checksum*',
     '*hash*',
     '*.stakater.com/*',
     '*wave.pusher.com/*',
     '*version*',
     '*rollme*',
     '*revision*',
    ),
   ),
  ),
  DocumentForm(
   when=(('kind', ('Job',)),),
   items='',
   namespace='metadata.namespace',
   scopes=(
    Child(
     at='spec.template.spec',
     shape='pod',
     skip='spec.template.metadata.annotations.eks\\.amazonaws\\.com/skip-containers',
    ),
   ),
   resources=(),
   misplaced=(
    RoleSource(at='metadata.annotations.eks\\.amazonaws\\.com/role-arn', kind=RoleKind.IRSA, cloud=Cloud.AWS),
    RoleSource(
     at='spec.template.metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     kind=RoleKind.IRSA,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='spec.jobTemplate.spec.template.metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     kind=RoleKind.IRSA,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     kind=RoleKind.RRSA,
     cloud=Cloud.ALIBABA,
    ),
    RoleSource(
     at='spec.template.metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     kind=RoleKind.RRSA,
     cloud=Cloud.ALIBABA,
    ),
   ),
  ),
  DocumentForm(
   when=(('kind', ('CronJob',)),),
   items='',
   namespace='metadata.namespace',
   scopes=(
    Child(
     at='spec.jobTemplate.spec.template.spec',
     shape='pod',
     skip='spec.jobTemplate.spec.template.metadata.annotations.eks\\.amazonaws\\.com/skip-containers',
    ),
   ),
   resources=(),
   misplaced=(
    RoleSource(at='metadata.annotations.eks\\.amazonaws\\.com/role-arn', kind=RoleKind.IRSA, cloud=Cloud.AWS),
    RoleSource(
     at='spec.template.metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     kind=RoleKind.IRSA,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='spec.jobTemplate.spec.template.metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     kind=RoleKind.IRSA,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     kind=RoleKind.RRSA,
     cloud=Cloud.ALIBABA,
    ),
    RoleSource(
     at='spec.template.metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     kind=RoleKind.RRSA,
     cloud=Cloud.ALIBABA,
    ),
   ),
  ),
  DocumentForm(
   when=(('kind', ('ServiceAccount',)),),
   items='',
   namespace='',
   scopes=(),
   resources=(
    ResourceForm(
     kind='serviceaccount',
     name='metadata.name',
     namespace='metadata.namespace',
     data=(),
     roles=(
      RoleSource(at='metadata.annotations.eks\\.amazonaws\\.com/role-arn', kind=RoleKind.IRSA, cloud=Cloud.AWS),
      RoleSource(
       at='metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
       kind=RoleKind.RRSA,
       cloud=Cloud.ALIBABA,
      ),
     ),
    ),
   ),
   demands=(
    Demand(
     at='metadata.annotations.eks\\.amazonaws\\.com/role-arn',
     gap=GapKind.OTHER_CLOUD,
     cloud=Cloud.AWS,
     unlike='acs:',
     minimum=0,
     maximum=0,
     kind='kind',
     name='metadata.name',
    ),
    Demand(
     at='metadata.annotations.pod-identity\\.alibabacloud\\.com/role-name',
     gap=GapKind.OTHER_CLOUD,
     cloud=Cloud.ALIBABA,
     unlike='acs:|arn:',
     minimum=0,
     maximum=0,
     kind='kind',
     name='metadata.name',
    ),
    Demand(
     at='metadata.annotations.eks\\.amazonaws\\.com/token-expiration',
     gap=GapKind.TOKEN_LIFETIME,
     cloud=Cloud.AWS,
     unlike='',
     minimum=600,
     maximum=86400,
     kind='kind',
     name='metadata.name',
     lasts=600,
    ),
    Demand(
     at='metadata.annotations.pod-identity\\.alibabacloud\\.com/service-account-token-expiration',
     gap=GapKind.TOKEN_LIFETIME,
     cloud=Cloud.ALIBABA,
     unlike='',
     minimum=600,
     maximum=43200,
     kind='kind',
     name='metadata.name',
     lasts=3600,
    ),
   ),
  ),
  DocumentForm(
   when=(('kind', ('PodIdentityAssociation',)),),
   items='',
   namespace='',
   scopes=(),
   resources=(
    ResourceForm(
     kind='serviceaccount',
     name='spec.serviceAccount',
     namespace='spec.namespace',
     data=(),
     roles=(RoleSource(at='spec.roleARN', kind=RoleKind.POD_IDENTITY, cloud=Cloud.AWS),),
    ),
   ),
  ),
  DocumentForm(
   when=(('kind', ('Namespace',)),),
   items='',
   namespace='',
   scopes=(),
   resources=(
    ResourceForm(
     kind='namespace',
     name='metadata.name',
     namespace='',
     data=(),
     roles=(
      RoleSource(
       at='metadata.labels.pod-identity\\.alibabacloud\\.com/injection',
       kind=RoleKind.RRSA,
       cloud=Cloud.ALIBABA,
      ),
     ),
    ),
   ),
   demands=(
    Demand(
     at='metadata.labels.pod-identity\\.alibabacloud\\.com/injection',
     gap=GapKind.NO_TEXT,
     cloud=Cloud.ALIBABA,
     unlike='',
     minimum=0,
     maximum=0,
     kind='kind',
     name='metadata.name',
    ),
   ),
  ),
  DocumentForm(
   when=(('kind', ('Secret',)),),
   items='',
   namespace='',
   scopes=(),
   resources=(
    ResourceForm(
     kind='secret',
     name='metadata.name',
     namespace='metadata.namespace',
     data=(DataSource(at='data', encoded=True), DataSource(at='stringData', encoded=False)),
     roles=(),
    ),
   ),
  ),
  DocumentForm(
   when=(('kind', ('SealedSecret',)),),
   items='',
   namespace='',
   scopes=(),
   resources=(
    ResourceForm(
     kind='secret',
     name='spec.template.metadata.name|metadata.name',
     namespace='metadata.namespace',
     data=(
      DataSource(at='spec.encryptedData', encoded=False, hidden=True),
      DataSource(at='spec.template.data', encoded=False, hidden=True),
     ),
     roles=(),
     title='SealedSecret',
    ),
   ),
  ),
  DocumentForm(
   when=(('kind', ('ConfigMap',)),),
   items='',
   namespace='',
   scopes=(),
   resources=(
    ResourceForm(
     kind='configmap',
     name='metadata.name',
     namespace='metadata.namespace',
     data=(DataSource(at='data', encoded=False),),
     roles=(),
    ),
   ),
   embedded=('data.artifactRepository', 'data.default-v1', 'data.s3-artifact-repository'),
  ),
 ),
 shapes=(
  Shape(
   name='lone-pod',
   title='pod of {^kind} {^metadata.name|^metadata.generateName}',
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
   service_account='serviceAccountName|serviceAccount',
   children=(
    Child(at='containers[]', shape='container'),
    Child(at='initContainers[]', shape='container'),
    Child(at='ephemeralContainers[]', shape='container'),
   ),
   roles=(
    RoleSource(at='^metadata.annotations.iam\\.amazonaws\\.com/role', kind=RoleKind.INSTANCE_ROLE, cloud=Cloud.AWS),
   ),
  ),
  Shape(
   name='pod',
   title='pod of {^kind} {^metadata.name|^metadata.generateName}',
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
   service_account='serviceAccountName|serviceAccount',
   children=(
    Child(at='containers[]', shape='container'),
    Child(at='initContainers[]', shape='container'),
    Child(at='ephemeralContainers[]', shape='container'),
   ),
   roles=(
    RoleSource(
     at='^spec.template.metadata.annotations.iam\\.amazonaws\\.com/role',
     kind=RoleKind.INSTANCE_ROLE,
     cloud=Cloud.AWS,
    ),
    RoleSource(
     at='^spec.jobTemplate.spec.template.metadata.annotations.iam\\.amazonaws\\.com/role',
     kind=RoleKind.INSTANCE_ROLE,
     cloud=Cloud.AWS,
    ),
   ),
  ),
  Shape(
   name='container',
   title='container {name} of {^kind} {^metadata.name|^metadata.generateName}',
   process=True,
   ordered=False,
   environment=(
    EnvironmentSource(
     at='env',
     forms=(EnvironmentForm.ENTRIES,),
     name='name',
     value='value',
     references=(
      ReferenceForm(
       at='valueFrom.secretKeyRef',
       kind=ReferenceKind.KUBERNETES_SECRET,
       name='name',
       field='key',
       optional='optional',
      ),
      ReferenceForm(
       at='valueFrom.configMapKeyRef',
       kind=ReferenceKind.CONFIG_MAP,
       name='name',
       field='key',
       optional='optional',
      ),
     ),
     missing=None,
    ),
   ),
   imports=(
    ImportSource(at='envFrom[]', resource='secret', name='secretRef.name', prefix='prefix', optional='secretRef.optional'),
    ImportSource(
     at='envFrom[]',
     resource='configmap',
     name='configMapRef.name',
     prefix='prefix',
     optional='configMapRef.optional',
    ),
   ),
   mounts=(
    MountSource(
     at='volumeMounts[]',
     form=MountForm.VOLUMES,
     target='mountPath',
     source='name',
     volumes='volumes[]',
     sources=(
      ('secret', 'secret.secretName|projected.sources[].secret.name'),
      ('configmap', 'configMap.name|projected.sources[].configMap.name'),
      ('host', 'hostPath.path'),
     ),
     part='subPath',
    ),
   ),
   scripts=(
    ScriptSource(at=('command',), form=ScriptForm.WORDS, shell=''),
    ScriptSource(at=('args',), form=ScriptForm.WORDS, shell=''),
   ),
   action=None,
   condition='',
   image='image',
   neighbours='',
   opaque=(),
   service_account='',
   children=(),
   closed=True,
   complete='image',
  ),
 ),
 role_ways=(
  PlatformRole(
   cloud=Cloud.AWS,
   way='the cluster can give a role to its ServiceAccount (IRSA or EKS Pod Identity)',
   images=('*.dkr.ecr.*.amazonaws.com/*', '*.dkr.ecr.*.amazonaws.com.cn/*'),
  ),
  PlatformRole(
   cloud=Cloud.ALIBABA,
   way='the cluster can give a role to its ServiceAccount (RRSA)',
   images=('registry*.aliyuncs.com/*', '*-registry*.cr.aliyuncs.com/*'),
  ),
 ),
)
