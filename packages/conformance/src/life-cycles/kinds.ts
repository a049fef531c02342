/** One object of each kind that upstream's conformance tests take through its life, as small as it may be. */

export interface LivingKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly isNamespaced: boolean;
  /** What an object has besides its metadata. `id` tells objects apart that may not be alike. */
  readonly make: (id: string) => object;
  /** For kinds whose name is more than a name. */
  readonly nameOf?: (id: string) => string;
  /** What status writes say; absent for kinds without status, or whose status is only the system's. */
  readonly status?: object;
  /** Status writes leave the annotations as they are. */
  readonly keepsMetadata?: boolean;
}

const condition = { type: 'Seen', status: 'True', reason: 'Tested', message: 'by a test' };
const timed = { ...condition, lastTransitionTime: '2026-01-01T00:00:00Z' };
const conditions = { conditions: [timed] };
const pod = { containers: [{ name: 'c', image: 'example.com/c:1' }] };
const template = { metadata: { labels: { app: 'a' } }, spec: pod };
const workload = { selector: { matchLabels: { app: 'a' } }, template };
const job = { template: { spec: { ...pod, restartPolicy: 'Never' } } };
const rule = { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'] };
const nowhere = { matchLabels: { nowhere: 'yes' } };
const role = (kind: string): object => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name: 'x' });

type Rest = Omit<LivingKind, 'apiVersion' | 'kind' | 'plural' | 'isNamespaced'>;

function namespaced(apiVersion: string, kind: string, plural: string, rest: Rest): LivingKind {
  return { apiVersion, kind, plural, isNamespaced: true, ...rest };
}

function ofCluster(apiVersion: string, kind: string, plural: string, rest: Rest): LivingKind {
  return { apiVersion, kind, plural, isNamespaced: false, ...rest };
}

const core: readonly LivingKind[] = [
  namespaced('v1', 'ConfigMap', 'configmaps', { make: () => ({ data: { a: 'b' } }) }),
  namespaced('v1', 'Secret', 'secrets', { make: () => ({ data: { a: 'Yg==' } }) }),
  namespaced('v1', 'ServiceAccount', 'serviceaccounts', { make: () => ({}) }),
  namespaced('v1', 'PodTemplate', 'podtemplates', { make: () => ({ template }) }),
  namespaced('v1', 'LimitRange', 'limitranges', {
    make: () => ({ spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } }),
  }),
  namespaced('v1', 'ResourceQuota', 'resourcequotas', {
    make: () => ({ spec: { hard: { cpu: '1' } } }),
    status: { hard: { cpu: '1' } },
  }),
  namespaced('v1', 'ReplicationController', 'replicationcontrollers', {
    make: () => ({ spec: { replicas: 0, template } }),
    status: conditions,
  }),
  namespaced('v1', 'Service', 'services', {
    make: () => ({ spec: { ports: [{ port: 80 }] } }),
    status: conditions,
  }),
  namespaced('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', {
    make: () => ({
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }),
    status: { conditions: [{ ...timed, lastProbeTime: '2026-01-01T00:00:00Z' }] },
  }),
  ofCluster('v1', 'PersistentVolume', 'persistentvolumes', {
    make: () => ({
      spec: {
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '1Gi' },
        hostPath: { path: '/a' },
      },
    }),
    status: { message: 'by a test', reason: 'Tested' },
  }),
];

const workloads: readonly LivingKind[] = [
  ...(['Deployment', 'ReplicaSet', 'DaemonSet'] as const).map((kind) =>
    namespaced('apps/v1', kind, `${kind.toLowerCase()}s`, {
      make: () => ({ spec: { ...(kind !== 'DaemonSet' && { replicas: 0 }), ...workload } }),
      status: { conditions: [timed] },
    }),
  ),
  namespaced('apps/v1', 'StatefulSet', 'statefulsets', {
    make: () => ({ spec: { replicas: 0, serviceName: 'x', ...workload } }),
    status: { conditions: [timed] },
  }),
  namespaced('apps/v1', 'ControllerRevision', 'controllerrevisions', {
    make: () => ({ data: { a: 1 }, revision: 2 }),
  }),
  namespaced('batch/v1', 'Job', 'jobs', { make: () => ({ spec: { suspend: true, ...job } }) }),
  namespaced('batch/v1', 'CronJob', 'cronjobs', {
    make: () => ({ spec: { suspend: true, schedule: '0 * * * *', jobTemplate: { spec: job } } }),
    status: { lastScheduleTime: '2026-01-01T00:00:00Z' },
  }),
  namespaced('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', {
    make: () => ({ spec: { minAvailable: '1%', selector: nowhere } }),
    status: { disruptedPods: { a: '2026-01-01T00:00:00Z' } },
  }),
  namespaced('coordination.k8s.io/v1', 'Lease', 'leases', {
    make: () => ({ spec: { holderIdentity: 'a', renewTime: '2026-01-01T00:00:00.000001Z' } }),
  }),
];

const networking: readonly LivingKind[] = [
  namespaced('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices', {
    make: () => ({ addressType: 'IPv4', endpoints: [{ addresses: ['192.0.2.1'] }] }),
  }),
  namespaced('networking.k8s.io/v1', 'Ingress', 'ingresses', {
    make: () => ({ spec: { defaultBackend: { service: { name: 'x', port: { number: 80 } } } } }),
    status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
  }),
  namespaced('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', {
    make: () => ({ spec: { podSelector: {} } }),
  }),
  ofCluster('networking.k8s.io/v1', 'IngressClass', 'ingressclasses', {
    make: () => ({ spec: { controller: 'example.com/x' } }),
  }),
  ofCluster('networking.k8s.io/v1', 'IPAddress', 'ipaddresses', {
    nameOf: (id) => `192.0.2.${id}`,
    make: () => ({ spec: { parentRef: { resource: 'services', namespace: 'x', name: 'x' } } }),
  }),
];

const storage: readonly LivingKind[] = [
  namespaced('storage.k8s.io/v1', 'CSIStorageCapacity', 'csistoragecapacities', {
    make: () => ({ storageClassName: 'x', maximumVolumeSize: '1Gi' }),
  }),
  ofCluster('storage.k8s.io/v1', 'CSIDriver', 'csidrivers', { make: () => ({ spec: {} }) }),
  ofCluster('storage.k8s.io/v1', 'CSINode', 'csinodes', {
    make: () => ({ spec: { drivers: [] } }),
  }),
  ofCluster('storage.k8s.io/v1', 'StorageClass', 'storageclasses', {
    make: () => ({ provisioner: 'example.com/x' }),
  }),
  ofCluster('storage.k8s.io/v1', 'VolumeAttributesClass', 'volumeattributesclasses', {
    make: () => ({ driverName: 'example.com', parameters: { a: 'b' } }),
  }),
  ofCluster('storage.k8s.io/v1', 'VolumeAttachment', 'volumeattachments', {
    make: () => ({
      spec: { attacher: 'example.com', nodeName: 'x', source: { persistentVolumeName: 'x' } },
    }),
    status: { attached: true },
    keepsMetadata: true,
  }),
];

const server: readonly LivingKind[] = [
  ofCluster(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicy',
    'validatingadmissionpolicies',
    {
      make: () => ({
        spec: {
          matchConstraints: {
            namespaceSelector: nowhere,
            resourceRules: [{ ...rule, resources: ['deployments'] }],
          },
          validations: [{ expression: 'true' }],
        },
      }),
      status: conditions,
      keepsMetadata: true,
    },
  ),
  ofCluster(
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    'validatingadmissionpolicybindings',
    {
      make: () => ({ spec: { policyName: 'x', validationActions: ['Deny'] } }),
    },
  ),
  ofCluster('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', 'flowschemas', {
    make: () => ({
      spec: { priorityLevelConfiguration: { name: 'global-default' }, matchingPrecedence: 9999 },
    }),
    status: conditions,
  }),
  ofCluster(
    'flowcontrol.apiserver.k8s.io/v1',
    'PriorityLevelConfiguration',
    'prioritylevelconfigurations',
    {
      make: () => ({
        spec: { type: 'Limited', limited: { limitResponse: { type: 'Reject' } } },
      }),
      status: conditions,
    },
  ),
  ofCluster('node.k8s.io/v1', 'RuntimeClass', 'runtimeclasses', { make: () => ({ handler: 'x' }) }),
  ofCluster('scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', {
    make: () => ({ value: 10 }),
  }),
  ofCluster('rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', {
    make: () => ({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
  }),
  ofCluster('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings', {
    make: () => ({ roleRef: role('ClusterRole') }),
  }),
  namespaced('rbac.authorization.k8s.io/v1', 'Role', 'roles', { make: () => ({ rules: [] }) }),
  namespaced('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings', {
    make: () => ({ roleRef: role('Role') }),
  }),
];

export const livingKinds: readonly LivingKind[] = [
  ...core,
  ...workloads,
  ...networking,
  ...storage,
  ...server,
];
