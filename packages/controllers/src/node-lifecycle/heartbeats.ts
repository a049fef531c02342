/**
 * When each node was last heard of, by our own clock: what nodes write into their leases and status are only signs of life, because their
 * clocks may be wrong.
 */
import { parseTime } from '@navarch/api/time';
import type { Lease } from '@navarch/api/types/coordination/v1';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Clock } from '@navarch/runtime/clock';

/** Silence after which nothing is known of a node. */
export const graceMs = 50_000;
/** The same for nodes that have not said anything yet. */
const startupGraceMs = 60_000;

interface Pulse {
  heardMs: number;
  heartbeat: string | undefined;
  renewed: string | undefined;
}

export class Heartbeats {
  readonly #clock: Clock;
  readonly #pulses = new Map<string, Pulse>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  seeNode({ metadata, status }: Node): void {
    const heartbeat = status?.conditions?.find(({ type }) => type === 'Ready')?.lastHeartbeatTime;
    const pulse = this.#pulses.get(metadata.name ?? '');
    if (!pulse) {
      const ageMs = this.#clock.wallMs() - parseTime(metadata.creationTimestamp ?? '');
      // One that speaks is heard for the first time: we may have been away. One that never spoke has been silent all its life.
      const silentMs = heartbeat === undefined ? Math.max(ageMs, 0) : 0;
      this.#add(metadata.name ?? '', { heartbeat, renewed: undefined, silentMs });
    } else if (pulse.heartbeat !== heartbeat) {
      pulse.heartbeat = heartbeat;
      if (heartbeat !== undefined) pulse.heardMs = this.#clock.monotonicMs();
    }
  }

  /** A lease may be seen before its node. */
  seeLease({ metadata, spec }: Lease): void {
    const name = metadata.name ?? '';
    const renewed = spec.renewTime;
    const pulse = this.#pulses.get(name);
    if (!pulse) this.#add(name, { heartbeat: undefined, renewed, silentMs: 0 });
    else if (renewed !== undefined && renewed !== pulse.renewed) {
      pulse.renewed = renewed;
      pulse.heardMs = this.#clock.monotonicMs();
    }
  }

  forget(name: string): void {
    this.#pulses.delete(name);
  }

  /** After a time in which we heard of nobody, everybody gets another chance. */
  excuseAll(): void {
    const now = this.#clock.monotonicMs();
    for (const pulse of this.#pulses.values()) pulse.heardMs = now;
  }

  /** In how many milliseconds the node's silence has lasted too long; 0 or less when it has. */
  patienceMs(node: Node): number {
    const pulse = this.#pulses.get(node.metadata.name ?? '');
    const hasSpoken = node.status?.conditions?.some(({ type }) => type === 'Ready');
    const now = this.#clock.monotonicMs();
    return (pulse?.heardMs ?? now) + (hasSpoken ? graceMs : startupGraceMs) - now;
  }

  #add(
    name: string,
    first: Pick<Pulse, 'heartbeat' | 'renewed'> & { readonly silentMs: number },
  ): void {
    const { heartbeat, renewed, silentMs } = first;
    this.#pulses.set(name, {
      heardMs: this.#clock.monotonicMs() - silentMs,
      heartbeat,
      renewed,
    });
  }
}
