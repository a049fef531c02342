/** Kinds of the core group: what runs, where it runs, how it is found, what it is given. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { endpointSlices } from '../discovery/endpoint-slice/endpoint-slice.ts';
import { bindings } from './binding/binding.ts';
import { configMaps } from './config-map/config-map.ts';
import { endpoints } from './endpoints/endpoints.ts';
import { namespaces } from './namespace/namespace.ts';
import { nodes } from './node/node.ts';
import { pods } from './pod/pod.ts';
import { secrets } from './secret/secret.ts';
import { serviceAccounts } from './service-account/service-account.ts';
import { services } from './service/service.ts';

export const coreResources: readonly ResourceDefinition[] = [
  bindings,
  configMaps,
  endpoints,
  endpointSlices,
  namespaces,
  nodes,
  pods,
  secrets,
  serviceAccounts,
  services,
];
