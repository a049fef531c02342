/** What the status of an API service should say, from what is known of its service; or that its server must be asked. Pure. */
import type { APIService, APIServiceCondition } from '@navarch/api/types/apiregistration/v1';
import type { Service } from '@navarch/api/types/core/v1/service';
import type { EndpointSlice } from '@navarch/api/types/discovery/v1';

export interface Finding {
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

export const local: Finding = {
  status: 'True',
  reason: 'Local',
  message: 'Local APIServices are always available',
};

export const passed: Finding = {
  status: 'True',
  reason: 'Passed',
  message: 'all checks passed',
};

export function failedDiscovery(message: string): Finding {
  return { status: 'False', reason: 'FailedDiscoveryCheck', message };
}

const portDefault = 443;

/** Undefined when only the server itself can say: then it is asked. `slices` are those of the service. */
export function findAvailability(
  { spec }: APIService,
  service: Service | undefined,
  slices: readonly EndpointSlice[],
): Finding | undefined {
  if (!spec.service) return local;
  const { namespace = '', name = '', port = portDefault } = spec.service;
  const subject = `service/${name} in ${JSON.stringify(namespace)}`;
  const lacks = (reason: string, message: string): Finding => ({
    status: 'False',
    reason,
    message,
  });
  if (!service) return lacks('ServiceNotFound', `${subject} is not present`);
  if ((service.spec.type ?? 'ClusterIP') !== 'ClusterIP') return undefined;
  const wanted = (service.spec.ports ?? []).find((candidate) => candidate.port === port);
  if (!wanted) return lacks('ServicePortError', `${subject} is not listening on port ${port}`);
  if (slices.length === 0) {
    return lacks('EndpointsNotFound', `cannot find endpointslices for ${subject}`);
  }
  const portName = wanted.name ?? '';
  if (slices.some((slice) => hasReady(slice, portName))) return undefined;
  const quoted = JSON.stringify(portName);
  return lacks(
    'MissingEndpoints',
    `endpointslices for ${subject} have no addresses with port name ${quoted}`,
  );
}

function hasReady({ endpoints, ports }: EndpointSlice, portName: string): boolean {
  if (!(ports ?? []).some(({ name = '' }) => name === portName)) return false;
  return (endpoints ?? []).some(
    ({ addresses, conditions }) => addresses.length > 0 && conditions?.ready !== false,
  );
}

/** The conditions with the finding among them; the same array when nothing is new. Its time is `now` when its status is. */
export function withFinding(
  conditions: readonly APIServiceCondition[],
  { status, reason, message }: Finding,
  now: string,
): readonly APIServiceCondition[] {
  const at = conditions.findIndex(({ type }) => type === 'Available');
  const old = conditions[at];
  if (old?.status === status && old.reason === reason && old.message === message) {
    return conditions;
  }
  const lastTransitionTime = old?.status === status ? (old.lastTransitionTime ?? now) : now;
  const next = { type: 'Available', status, lastTransitionTime, reason, message };
  return old ? conditions.with(at, next) : [...conditions, next];
}

export function isAvailable({ status }: APIService): boolean {
  const conditions = status?.conditions ?? [];
  return conditions.some((each) => each.type === 'Available' && each.status === 'True');
}
