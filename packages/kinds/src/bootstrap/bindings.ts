/** Who has the roles of a fresh cluster. */
import type { ClusterRoleBinding, RoleBinding, Subject } from '@navarch/api/types/rbac/v1';
import { controllerRules } from './controller-roles.ts';
import { bootstrapMeta } from './roles.ts';

const apiGroup = 'rbac.authorization.k8s.io';
const user = (name: string): Subject => ({ kind: 'User', apiGroup, name });
const group = (name: string): Subject => ({ kind: 'Group', apiGroup, name });
/** In kube-system. */
const serviceAccount = (name: string): Subject => ({
  kind: 'ServiceAccount',
  name,
  namespace: 'kube-system',
});

/** Binding and cluster role have the same name. */
const clusterSubjects: Readonly<Record<string, readonly Subject[]>> = {
  'cluster-admin': [group('system:masters')],
  'system:basic-user': [group('system:authenticated')],
  'system:discovery': [group('system:authenticated')],
  'system:kube-controller-manager': [user('system:kube-controller-manager')],
  'system:kube-dns': [serviceAccount('kube-dns')],
  'system:kube-scheduler': [user('system:kube-scheduler')],
  'system:monitoring': [group('system:monitoring')],
  // Nobody: the node authorizer grants to each node what concerns it.
  'system:node': [],
  'system:node-proxier': [user('system:kube-proxy')],
  'system:public-info-viewer': [group('system:authenticated'), group('system:unauthenticated')],
  'system:service-account-issuer-discovery': [group('system:serviceaccounts')],
  'system:volume-scheduler': [user('system:kube-scheduler')],
};

interface NamespacedBinding {
  readonly namespace: string;
  readonly name: string;
  /** The binding's name when omitted. */
  readonly role?: string;
  readonly subjects: readonly Subject[];
}

const namespacedBindings: readonly NamespacedBinding[] = [
  {
    namespace: 'kube-public',
    name: 'system:controller:bootstrap-signer',
    subjects: [serviceAccount('bootstrap-signer')],
  },
  {
    namespace: 'kube-system',
    name: 'system::extension-apiserver-authentication-reader',
    role: 'extension-apiserver-authentication-reader',
    subjects: [user('system:kube-controller-manager'), user('system:kube-scheduler')],
  },
  {
    namespace: 'kube-system',
    name: 'system::leader-locking-kube-controller-manager',
    subjects: [
      user('system:kube-controller-manager'),
      serviceAccount('kube-controller-manager'),
      serviceAccount('leader-election-controller'),
    ],
  },
  {
    namespace: 'kube-system',
    name: 'system::leader-locking-kube-scheduler',
    subjects: [user('system:kube-scheduler'), serviceAccount('kube-scheduler')],
  },
  {
    namespace: 'kube-system',
    name: 'system:controller:bootstrap-signer',
    subjects: [serviceAccount('bootstrap-signer')],
  },
  {
    namespace: 'kube-system',
    name: 'system:controller:cloud-provider',
    subjects: [serviceAccount('cloud-provider')],
  },
  {
    namespace: 'kube-system',
    name: 'system:controller:token-cleaner',
    subjects: [serviceAccount('token-cleaner')],
  },
];

export function bootstrapClusterRoleBindings(): readonly ClusterRoleBinding[] {
  const controllers = Object.keys(controllerRules).map(
    (name) => [`system:controller:${name}`, [serviceAccount(name)]] as const,
  );
  return [...Object.entries(clusterSubjects), ...controllers].map(([name, subjects]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: bootstrapMeta(name),
    ...(subjects.length > 0 && { subjects }),
    roleRef: { apiGroup, kind: 'ClusterRole', name },
  }));
}

export function bootstrapRoleBindings(): readonly RoleBinding[] {
  return namespacedBindings.map(({ namespace, name, role = name, subjects }) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: bootstrapMeta(name, namespace),
    subjects,
    roleRef: { apiGroup, kind: 'Role', name: role },
  }));
}
