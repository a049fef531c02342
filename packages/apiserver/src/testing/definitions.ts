/**
 * Kinds for tests of the server itself: one with nothing special, one that insists on versions, one with grace and an index, one
 * whose deletion is held, a view, a review. Real kinds are another package's business.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition, TableDefinition, Verb } from '@navarch/api/extension/resource';
import { isDns1123Label } from '@navarch/api/names';
import { invalid } from '@navarch/api/field-error';
import type { HorizontalPodAutoscaler } from '@navarch/api/types/autoscaling/v2';
import type { Lease } from '@navarch/api/types/coordination/v1';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { Pod } from '@navarch/api/types/core/v1/pod';

const allVerbs: readonly Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

const table: TableDefinition<KubernetesObject> = {
  columns: [{ name: 'Name', type: 'string', format: 'name' }],
  row: (object) => [object.metadata.name ?? ''],
};

/** Erases the kind's type, as the list of all kinds does. */
function define<T extends KubernetesObject>(definition: ResourceDefinition<T>): ResourceDefinition {
  return definition as unknown as ResourceDefinition;
}

const configMaps = define<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  scope: 'Namespaced',
  verbs: allVerbs,
  schema: 'core/v1.ConfigMap',
  storagePrefix: 'configmaps',
  table,
  validate: (object) =>
    Object.keys(object.data ?? {}).includes('bad') ? [invalid('data', 'bad', 'must be good')] : [],
});

const leases = define<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  scope: 'Namespaced',
  verbs: allVerbs,
  schema: 'coordination/v1.Lease',
  storagePrefix: 'leases',
  table,
  createOnUpdate: true,
  requireResourceVersion: true,
});

const graceSecondsByDefault = 30;

const pods = define<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  scope: 'Namespaced',
  verbs: allVerbs,
  schema: 'core/v1.Pod',
  storagePrefix: 'pods',
  table,
  deleteAnswersObject: true,
  selectableFields: {
    'spec.nodeName': (pod) => pod.spec?.nodeName ?? '',
    'status.phase': (pod) => pod.status?.phase ?? '',
  },
  indexedFields: ['spec.nodeName'],
  prepareForUpdate: (submitted, stored) => ({ ...submitted, status: stored.status }),
  gracefulDeletion: {
    graceSeconds: (pod, requested) =>
      pod.spec?.nodeName ? (requested ?? graceSecondsByDefault) : 0,
  },
  subresources: [
    {
      type: 'object',
      name: 'status',
      kind: { group: '', version: 'v1', kind: 'Pod' },
      verbs: ['get', 'patch', 'update'],
      prepareForUpdate: (submitted, stored) => ({ ...submitted, spec: stored.spec }),
      resetFields: ['spec'],
    },
  ],
});

const namespaces = define<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  scope: 'Cluster',
  verbs: allVerbs.filter((verb) => verb !== 'deletecollection'),
  schema: 'core/v1.Namespace',
  storagePrefix: 'namespaces',
  table,
  validateName: isDns1123Label,
  holdsDeletion: (namespace) => (namespace.spec?.finalizers ?? []).length > 0,
  beginDeletion: (namespace) => ({ ...namespace, status: { phase: 'Terminating' } }),
});

const autoscalers = define<HorizontalPodAutoscaler>({
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  scope: 'Namespaced',
  verbs: allVerbs,
  schema: 'autoscaling/v2.HorizontalPodAutoscaler',
  storagePrefix: 'horizontalpodautoscalers',
  table,
});

const autoscalersV1 = define<KubernetesObject>({
  ...autoscalers,
  version: 'v1',
  schema: 'autoscaling/v1.HorizontalPodAutoscaler',
  viewOf: {
    group: 'autoscaling',
    version: 'v2',
    plural: 'horizontalpodautoscalers',
    toStored: (object) => ({ ...object, apiVersion: 'autoscaling/v2' }),
    fromStored: (object) => ({ ...object, apiVersion: 'autoscaling/v1' }),
  },
});

const reviews = define<KubernetesObject>({
  group: 'authorization.k8s.io',
  version: 'v1',
  kind: 'SelfSubjectAccessReview',
  plural: 'selfsubjectaccessreviews',
  singular: 'selfsubjectaccessreview',
  scope: 'Cluster',
  verbs: ['create'],
  schema: 'authorization/v1.SelfSubjectAccessReview',
  storagePrefix: '',
  table,
  answerCreate: (submitted) =>
    Promise.resolve({ ...submitted, status: { allowed: true } } as KubernetesObject),
});

export const testDefinitions: readonly ResourceDefinition[] = [
  configMaps,
  leases,
  pods,
  namespaces,
  autoscalersV1,
  autoscalers,
  reviews,
];
