/** Who the components in this process are: their upstream names, to which RBAC applies as to anybody. Pure. */
import type { UserInfo } from '@navarch/api/extension/context';

const authenticated = 'system:authenticated';

/** The parts of the API server that are clients of it. */
export const apiServerIdentity: UserInfo = {
  username: 'system:apiserver',
  groups: ['system:masters', authenticated],
};

export const schedulerIdentity: UserInfo = {
  username: 'system:kube-scheduler',
  groups: [authenticated],
};

export const controllerManagerIdentity: UserInfo = {
  username: 'system:kube-controller-manager',
  groups: [authenticated],
};

/** Each controller writes as its own service account, whose role allows just what it does. */
export function controllerIdentity(serviceAccount: string): UserInfo {
  return {
    username: `system:serviceaccount:kube-system:${serviceAccount}`,
    groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', authenticated],
  };
}

/** One identity for all simulated nodes: what a node may see is enforced for real kubelets, not among simulated ones. */
export const simulatedNodesIdentity: UserInfo = {
  username: 'system:navarch:simulated-nodes',
  groups: ['system:masters', authenticated],
};
