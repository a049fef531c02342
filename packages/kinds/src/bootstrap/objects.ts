/** Everything a cluster must contain before anybody uses it, and what becomes of it when it is already there. */
import type { ResourceName } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { formatTime } from '@navarch/api/time';
import type { Endpoints } from '@navarch/api/types/core/v1/endpoints';
import type { Service } from '@navarch/api/types/core/v1/service';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';
import type { FlowSchema, PriorityLevelConfiguration } from '@navarch/api/types/flowcontrol/v1';
import type { ConfigMap } from '@navarch/api/types/core/v1/config';
import type {
  ClusterRole,
  ClusterRoleBinding,
  Role,
  RoleBinding,
} from '@navarch/api/types/rbac/v1';
import { bootstrapApiServices } from './api-services.ts';
import { bootstrapClusterRoleBindings, bootstrapRoleBindings } from './bindings.ts';
import {
  authenticationConfig,
  bootstrapNamespaces,
  bootstrapPriorityClasses,
  defaultServiceCidr,
  kubernetesEndpoints,
  kubernetesEndpointSlice,
  kubernetesService,
  type ServerAddress,
  tokenTracking,
} from './cluster-objects.ts';
import { bootstrapFlowSchemas, bootstrapPriorityLevels } from './flow-control.ts';
import { keep, mergeBinding, mergeRole, mergeServicePorts, replaceParts } from './merge.ts';
import { bootstrapClusterRoles, bootstrapRoles } from './roles.ts';

export interface BootstrapOptions {
  readonly serviceClusterIpRanges: readonly string[];
  /** Left out when nobody can reach the server over a network: a simulation. */
  readonly address?: ServerAddress;
  /** PEM of the authorities for client certificates and for the front proxy. */
  readonly authorities?: { readonly client: string; readonly frontProxy: string };
  readonly nowMs: number;
}

export interface BootstrapObject {
  readonly of: ResourceName;
  readonly wanted: KubernetesObject;
  /** Gives `existing` itself when it may stay as it is. */
  readonly merge: (existing: KubernetesObject, wanted: KubernetesObject) => KubernetesObject;
}

/** Objects of one step may be written at the same time; each step needs the ones before. */
export function bootstrapSteps(options: BootstrapOptions): readonly (readonly BootstrapObject[])[] {
  const time = formatTime(options.nowMs);
  return [
    [
      ...list('', 'namespaces', bootstrapNamespaces(), keep),
      ...list(
        'networking.k8s.io',
        'servicecidrs',
        [defaultServiceCidr(options.serviceClusterIpRanges, time)],
        keep,
      ),
      ...list('scheduling.k8s.io', 'priorityclasses', bootstrapPriorityClasses(), keep),
      ...accessObjects(),
      ...flowControlObjects(time),
      ...list('apiregistration.k8s.io', 'apiservices', bootstrapApiServices(time), keep),
    ],
    [...serverObjects(options), ...list('', 'configmaps', [tokenTracking(time)], keep)],
  ];
}

/** Typed per resource, plain outside: the reader gives each merge objects of its own resource. */
function list<T extends KubernetesObject>(
  group: string,
  resource: string,
  objects: readonly T[],
  merge: (existing: T, wanted: T) => T,
): readonly BootstrapObject[] {
  return objects.map((wanted) => ({
    of: { group, resource },
    wanted,
    merge: merge as unknown as BootstrapObject['merge'],
  }));
}

function accessObjects(): readonly BootstrapObject[] {
  const group = 'rbac.authorization.k8s.io';
  return [
    ...list<ClusterRole>(group, 'clusterroles', bootstrapClusterRoles(), mergeRole),
    ...list<ClusterRoleBinding>(
      group,
      'clusterrolebindings',
      bootstrapClusterRoleBindings(),
      mergeBinding,
    ),
    ...list<Role>(group, 'roles', bootstrapRoles(), mergeRole),
    ...list<RoleBinding>(group, 'rolebindings', bootstrapRoleBindings(), mergeBinding),
  ];
}

function flowControlObjects(time: string): readonly BootstrapObject[] {
  const group = 'flowcontrol.apiserver.k8s.io';
  const annotation = 'apf.kubernetes.io/autoupdate-spec';
  return [
    ...list<PriorityLevelConfiguration>(
      group,
      'prioritylevelconfigurations',
      bootstrapPriorityLevels(),
      replaceParts(['spec'], annotation),
    ),
    ...list<FlowSchema>(
      group,
      'flowschemas',
      bootstrapFlowSchemas(time),
      replaceParts(['spec'], annotation),
    ),
  ];
}

function serverObjects({ address, authorities }: BootstrapOptions): readonly BootstrapObject[] {
  const configs = authorities ? [authenticationConfig(authorities)] : [];
  return [
    ...list<ConfigMap>('', 'configmaps', configs, replaceParts(['data'])),
    ...(address
      ? list<Service>('', 'services', [kubernetesService(address)], mergeServicePorts)
      : []),
    ...(address?.ip === undefined ? [] : endpointObjects(address.ip, address.port)),
  ];
}

function endpointObjects(ip: string, port: number): readonly BootstrapObject[] {
  return [
    ...list<Endpoints>('', 'endpoints', [kubernetesEndpoints(ip, port)], replaceParts(['subsets'])),
    ...list<EndpointSlice>(
      'discovery.k8s.io',
      'endpointslices',
      [kubernetesEndpointSlice(ip, port)],
      replaceParts(['endpoints', 'ports']),
    ),
  ];
}
