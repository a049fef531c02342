/**
 * How many nodes of each zone are well, and what that means for the others: one sick node is the node's problem, many are the network's or
 * our own, and then driving pods away does more harm than good. Counts are kept as nodes change; nothing looks at all of them.
 */
import type { Node } from '@navarch/api/types/core/v1/node';
import { createRateLimiter, type RateLimiter } from '@navarch/runtime/rate-limiter';
import type { Clock } from '@navarch/runtime/clock';
import { readyStatus } from './plan.ts';

export type ZoneState = 'normal' | 'partial disruption' | 'full disruption';

/** Nodes whose pods may be driven away, per second and zone. */
const evictionsPerSecond = 0.1;
/** In a large zone of which much is sick. In a small one: none. */
const reducedPerSecond = 0.01;
/** Nodes that wait for their turn ask again after this. */
const turnRetryMs = 1000;
const largeZoneNodes = 50;
const sickShare = 0.55;
const excludedLabel = 'node.kubernetes.io/exclude-disruption';

interface Zone {
  ready: number;
  sick: number;
  limiter: RateLimiter | undefined;
  state: ZoneState;
}

interface Member {
  readonly zone: string;
  readonly isReady: boolean;
}

export function zoneState(ready: number, sick: number): ZoneState {
  if (ready === 0 && sick > 0) return 'full disruption';
  if (sick > 2 && sick / (sick + ready) >= sickShare) return 'partial disruption';
  return 'normal';
}

export class Zones {
  readonly #clock: Clock;
  readonly #zones = new Map<string, Zone>();
  readonly #members = new Map<string, Member>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Says whether that changed the state of its zone, or of all. */
  set(node: Node): boolean {
    const name = node.metadata.name ?? '';
    if (node.metadata.labels?.[excludedLabel] !== undefined) return this.remove(name);
    const member = { zone: zoneOf(node), isReady: readyStatus(node) === 'True' };
    const old = this.#members.get(name);
    if (old?.zone === member.zone && old.isReady === member.isReady) return false;
    this.#members.set(name, member);
    const left = old ? this.#count(old, -1) : false;
    return this.#count(member, 1) || left;
  }

  remove(name: string): boolean {
    const old = this.#members.get(name);
    this.#members.delete(name);
    return old ? this.#count(old, -1) : false;
  }

  /** Not one node of the cluster is well: more likely it is we who do not hear. */
  isAllDisrupted(): boolean {
    const zones = [...this.#zones.values()];
    return zones.length > 0 && zones.every(({ state }) => state === 'full disruption');
  }

  /** In how many milliseconds the node's turn to be evicted comes, 0 for now (and then it is taken); undefined when it does not. */
  turnMs(node: Node): number | undefined {
    const limiter = this.#zones.get(zoneOf(node))?.limiter;
    if (!limiter) return undefined;
    return limiter.tryTake() ? 0 : turnRetryMs;
  }

  #count({ zone: name, isReady }: Member, by: 1 | -1): boolean {
    const zone = this.#zones.get(name) ?? this.#create(name);
    if (isReady) zone.ready += by;
    else zone.sick += by;
    if (zone.ready + zone.sick === 0) {
      this.#zones.delete(name);
      return true;
    }
    const state = zoneState(zone.ready, zone.sick);
    if (state === zone.state) return false;
    zone.state = state;
    zone.limiter = this.#limiterFor(zone);
    return true;
  }

  #create(name: string): Zone {
    const limiter = this.#limiter(evictionsPerSecond);
    const zone: Zone = { ready: 0, sick: 0, limiter, state: 'normal' };
    this.#zones.set(name, zone);
    return zone;
  }

  #limiterFor({ state, ready, sick }: Zone): RateLimiter | undefined {
    if (state !== 'partial disruption') return this.#limiter(evictionsPerSecond);
    return ready + sick > largeZoneNodes ? this.#limiter(reducedPerSecond) : undefined;
  }

  #limiter(perSecond: number): RateLimiter {
    return createRateLimiter(this.#clock, { perSecond, burst: 1 });
  }
}

export function zoneOf({ metadata }: Node): string {
  const { labels = {} } = metadata;
  const region = labels['topology.kubernetes.io/region'] ?? '';
  const zone = labels['topology.kubernetes.io/zone'] ?? '';
  return `${region}:${zone}`;
}
