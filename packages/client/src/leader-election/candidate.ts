/** A candidate: acquires, renews and gives back the lease. See `leader-election.ts` for its invariants E1 and E2. */
import { leases } from '@navarch/api/resources';
import type { Lease, LeaseSpec } from '@navarch/api/types/coordination/v1';
import type { GaugeMetric } from '@navarch/runtime/metrics';
import { errorText } from '@navarch/runtime/log';
import type { Client, ResourceClient } from '../client.ts';
import { type LinkedAbort, linkedAbort, withDeadline } from '../deadline.ts';
import { isAlreadyExists, isConflict, isNotFound } from '../errors.ts';
import type { LeaderElectionOptions, LeaderElectionTiming } from '../leader-election.ts';
import { nextMove, type Observation, observe, over, released } from './lease.ts';

const upstreamTiming: LeaderElectionTiming = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
};

/** While acquiring, tries are spread over this many more retry periods, so that candidates do not collide. */
const jitterPeriods = 1.2;

export class Candidate {
  readonly #options: LeaderElectionOptions;
  readonly #timing: LeaderElectionTiming;
  readonly #leases: ResourceClient<Lease>;
  readonly #isLeader: GaugeMetric;
  #lease: Lease | undefined;
  #seen: Observation | undefined;
  #reported = '';
  /** When the last request that succeeded was sent. */
  #renewedMs = 0;

  constructor(client: Client, options: LeaderElectionOptions) {
    this.#options = options;
    this.#timing = { ...upstreamTiming, ...options.timing };
    this.#leases = client.resource(leases);
    this.#isLeader = options.runtime.metrics.gauge(
      'leader_election_master_status',
      'Whether this process holds the lease (1) or does not (0)',
      ['name'],
    );
  }

  async run(): Promise<'lost' | 'stopped'> {
    const { signal, runtime, name, identity } = this.#options;
    this.#isLeader.set({ name }, 0);
    if (!(await this.#acquire())) return 'stopped';
    runtime.log.info('became the leader', { lease: name, identity });
    this.#isLeader.set({ name }, 1);
    const leading = linkedAbort(signal);
    const led = this.#lead(leading);
    led.catch(() => {}); // It is awaited below, after the renewing has ended.
    try {
      const outcome = await this.#keep(leading);
      await led.catch((error: unknown) => {
        if (outcome !== 'lost' && !signal.aborted) throw error;
      });
      return outcome;
    } finally {
      leading.release();
      this.#isLeader.set({ name }, 0);
      await this.#giveBack();
    }
  }

  async #lead(leading: LinkedAbort): Promise<void> {
    try {
      await this.#options.lead(leading.signal);
    } finally {
      leading.abort(new Error('the leader is done'));
    }
  }

  /** False when the signal was aborted first. */
  async #acquire(): Promise<boolean> {
    const { signal, runtime } = this.#options;
    const { retryPeriodMs } = this.#timing;
    while (!signal.aborted) {
      if (await this.#try(signal)) return true;
      const pauseMs = retryPeriodMs * (1 + jitterPeriods * runtime.random.next());
      await runtime.clock.sleep(pauseMs, signal).catch(() => {});
    }
    return false;
  }

  /** Renews until `leading` is aborted; aborts it when the lease could not be renewed in time. */
  async #keep(leading: LinkedAbort): Promise<'lost' | 'stopped'> {
    const { clock } = this.#options.runtime;
    const lost = new Error('the lease was lost');
    let isLost = false;
    const lose = (): void => {
      isLost = true;
      leading.abort(lost);
    };
    const untilDeadlineMs = (): number =>
      this.#timing.renewDeadlineMs - (clock.monotonicMs() - this.#renewedMs);
    let deadline = clock.after(untilDeadlineMs(), lose); // E1
    while (!leading.signal.aborted) {
      await clock.sleep(this.#timing.retryPeriodMs, leading.signal).catch(() => {});
      if (leading.signal.aborted) break;
      if (await this.#try(leading.signal)) {
        deadline.cancel();
        deadline = clock.after(untilDeadlineMs(), lose);
      } else if (this.#holder() !== this.#options.identity) lose();
    }
    deadline.cancel();
    return isLost ? 'lost' : 'stopped';
  }

  /** One attempt to acquire or renew. Never rejects. */
  async #try(signal: AbortSignal): Promise<boolean> {
    const { clock, log } = this.#options.runtime;
    const sentMs = clock.monotonicMs();
    try {
      const isHeld = await withDeadline(clock, this.#timing.renewDeadlineMs, signal, (signal) =>
        this.#move(signal),
      );
      if (isHeld) this.#renewedMs = sentMs;
      return isHeld;
    } catch (error) {
      this.#lease = undefined; // Whatever we know of it may be wrong: read it again.
      const fields = { lease: this.#options.name, error: errorText(error) };
      if (isConflict(error) || isAlreadyExists(error))
        log.debug('another candidate was first', fields);
      else if (!signal.aborted) log.warn('could not acquire or renew the lease', fields);
      return false;
    }
  }

  async #move(signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#options.runtime;
    // The holder writes over the lease it wrote last; who is not the holder looks at it first.
    const isOurs = this.#lease !== undefined && this.#holder() === this.#options.identity;
    const lease = isOurs ? this.#lease : await this.#read(signal);
    this.#seen = lease && observe(this.#seen, lease, clock.monotonicMs());
    const move = nextMove(this.#seen, {
      identity: this.#options.identity,
      leaseDurationMs: this.#timing.leaseDurationMs,
      monotonicMs: clock.monotonicMs(),
      wallMs: clock.wallMs(),
    });
    this.#report();
    if (move.kind === 'wait') return false;
    this.#lease = await this.#write(lease, move.spec, signal);
    this.#seen = observe(this.#seen, this.#lease, clock.monotonicMs());
    this.#report();
    return true;
  }

  async #read(signal: AbortSignal): Promise<Lease | undefined> {
    const { namespace, name } = this.#options;
    try {
      return await this.#leases.get(namespace, name, { signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  #write(lease: Lease | undefined, spec: LeaseSpec, signal: AbortSignal): Promise<Lease> {
    const { namespace, name } = this.#options;
    if (!lease) return this.#leases.create({ metadata: { namespace, name }, spec }, { signal });
    return this.#leases.update({ ...lease, spec: over(lease.spec, spec) }, { signal });
  }

  async #giveBack(): Promise<void> {
    const { runtime, identity, name } = this.#options;
    const lease = this.#lease;
    if (!lease || this.#holder() !== identity) return;
    const spec = released(lease.spec, runtime.clock.wallMs());
    try {
      // The election's own signal is aborted by now.
      const unaborted = new AbortController().signal;
      await withDeadline(runtime.clock, this.#timing.renewDeadlineMs, unaborted, (signal) =>
        this.#leases.update({ ...lease, spec }, { signal }),
      );
    } catch (error) {
      runtime.log.warn('could not give back the lease', { lease: name, error: errorText(error) });
    }
  }

  #holder(): string {
    return this.#seen?.spec.holderIdentity ?? '';
  }

  #report(): void {
    const holder = this.#holder();
    if (holder === '' || holder === this.#reported) return;
    this.#reported = holder;
    this.#options.onNewLeader?.(holder);
  }
}
