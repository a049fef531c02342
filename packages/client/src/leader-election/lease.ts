/** What a candidate makes of the lease that it sees. Pure. */
import { formatMicroTime } from '@navarch/api/time';
import type { Lease, LeaseSpec } from '@navarch/api/types/coordination/v1';

/** The lease as last seen, and when it was first seen like that, by our monotonic clock. */
export interface Observation {
  readonly spec: LeaseSpec;
  readonly sinceMs: number;
}

export interface Circumstances {
  readonly identity: string;
  readonly leaseDurationMs: number;
  readonly monotonicMs: number;
  readonly wallMs: number;
}

export type Move =
  | { readonly kind: 'create'; readonly spec: LeaseSpec }
  /** Ours already, given up, or expired. */
  | { readonly kind: 'update'; readonly spec: LeaseSpec }
  | { readonly kind: 'wait'; readonly holder: string };

/** E2: time counts from when a lease was first seen as it is now. */
export function observe(
  previous: Observation | undefined,
  lease: Lease,
  monotonicMs: number,
): Observation {
  const isSame = previous && JSON.stringify(previous.spec) === JSON.stringify(lease.spec);
  return isSame ? previous : { spec: lease.spec, sinceMs: monotonicMs };
}

export function nextMove(seen: Observation | undefined, now: Circumstances): Move {
  if (!seen) return { kind: 'create', spec: held(now, now.wallMs, 0) };
  const { holderIdentity: holder = '', acquireTime, leaseTransitions = 0 } = seen.spec;
  if (holder === now.identity) {
    const spec = held(now, now.wallMs, leaseTransitions);
    return { kind: 'update', spec: { ...spec, ...(acquireTime && { acquireTime }) } };
  }
  const isExpired = now.monotonicMs >= seen.sinceMs + now.leaseDurationMs;
  if (holder !== '' && !isExpired) return { kind: 'wait', holder };
  return { kind: 'update', spec: held(now, now.wallMs, leaseTransitions + 1) };
}

/** The lease given up: anybody may take it at once. */
export function released(spec: LeaseSpec, wallMs: number): LeaseSpec {
  const now = formatMicroTime(wallMs);
  const { leaseTransitions = 0 } = spec;
  return {
    ...unrelated(spec),
    holderIdentity: '',
    leaseDurationSeconds: 1,
    acquireTime: now,
    renewTime: now,
    leaseTransitions,
  };
}

/** The spec to write over `before`: what this election does not know of stays. */
export function over(before: LeaseSpec, spec: LeaseSpec): LeaseSpec {
  return { ...unrelated(before), ...spec };
}

function unrelated({ strategy, preferredHolder }: LeaseSpec): LeaseSpec {
  return { ...(strategy && { strategy }), ...(preferredHolder && { preferredHolder }) };
}

function held(now: Circumstances, wallMs: number, leaseTransitions: number): LeaseSpec {
  const time = formatMicroTime(wallMs);
  return {
    holderIdentity: now.identity,
    leaseDurationSeconds: Math.round(now.leaseDurationMs / 1000),
    acquireTime: time,
    renewTime: time,
    leaseTransitions,
  };
}
