/**
 * Keeps all machines' leases fresh from one timer.
 *
 * Invariants: H1 each machine renews once per period, spread evenly over it. H2 one tick per second, however many machines. H3 a stopped
 * machine is silent. H4 no more than `inFlightMax` renewals are under way.
 */
import type { Client } from '@navarch/client/client';
import { isAlreadyExists, isNotFound } from '@navarch/client/errors';
import { leases, nodes } from '@navarch/api/resources';
import type { Lease } from '@navarch/api/types/coordination/v1';
import { formatMicroTime } from '@navarch/api/time';
import type { Lifetime } from '@navarch/runtime/lifetime';
import { errorText } from '@navarch/runtime/log';
import type { Runtime } from '@navarch/runtime/runtime';
import type { SimulatedMachine } from './machine.ts';
import { nodeStatusOf } from './node-object.ts';

const leaseNamespace = 'kube-node-lease';
const leaseDurationSeconds = 40;
const periodTicks = 10;
const tickMs = 1000;
/** A healthy status is reported again this often though nothing changed. */
const statusReportMs = 300_000;
const inFlightMax = 16;

export function startHeartbeats(
  machines: readonly SimulatedMachine[],
  {
    client,
    runtime,
    lifetime,
  }: { readonly client: Client; readonly runtime: Runtime; readonly lifetime: Lifetime },
): void {
  const pulse = new Pulse(client, runtime);
  lifetime.run('simulated node heartbeats', async (signal) => {
    for (let tick = 0; !signal.aborted; tick++) {
      const due = machines.filter(
        (machine) => !machine.stopped && machine.number % periodTicks === tick % periodTicks,
      ); // H1, H3
      await pulse.beat(due, signal);
      await runtime.clock.sleep(tickMs, signal).catch(() => undefined); // H2
    }
  });
}

class Pulse {
  readonly #client: Client;
  readonly #runtime: Runtime;
  readonly #leases = new Map<string, Lease>();
  readonly #reportedMs = new Map<string, number>();

  constructor(client: Client, runtime: Runtime) {
    this.#client = client;
    this.#runtime = runtime;
  }

  async beat(due: readonly SimulatedMachine[], signal: AbortSignal): Promise<void> {
    for (let first = 0; first < due.length; first += inFlightMax) {
      await Promise.all(
        due.slice(first, first + inFlightMax).map((machine) => this.#beatOne(machine, signal)),
      ); // H4
    }
  }

  async #beatOne(machine: SimulatedMachine, signal: AbortSignal): Promise<void> {
    try {
      await this.#renew(machine, signal);
      await this.#report(machine, signal);
    } catch (error) {
      this.#leases.delete(machine.name); // Read it anew next time.
      if (!signal.aborted)
        this.#runtime.log.warn('a heartbeat failed', {
          node: machine.name,
          error: errorText(error),
        });
    }
  }

  async #renew(machine: SimulatedMachine, signal: AbortSignal): Promise<void> {
    const renewTime = formatMicroTime(this.#runtime.clock.wallMs());
    const lease = this.#leases.get(machine.name) ?? (await this.#acquire(machine, signal));
    const renewed = { ...lease, spec: { ...lease.spec, renewTime } };
    this.#leases.set(machine.name, await this.#client.resource(leases).update(renewed, { signal }));
  }

  async #acquire(machine: SimulatedMachine, signal: AbortSignal): Promise<Lease> {
    const { name, uid } = machine;
    const ownerReferences = uid ? [{ apiVersion: 'v1', kind: 'Node', name, uid }] : undefined;
    try {
      return await this.#client.resource(leases).create(
        {
          metadata: { name, namespace: leaseNamespace, ownerReferences },
          spec: {
            holderIdentity: name,
            leaseDurationSeconds,
            renewTime: formatMicroTime(this.#runtime.clock.wallMs()),
          },
        },
        { signal },
      );
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
      return this.#client.resource(leases).get(leaseNamespace, name, { signal });
    }
  }

  /** Reports a healthy status when it is due, or when somebody declared the machine dead while it was away. */
  async #report(machine: SimulatedMachine, signal: AbortSignal): Promise<void> {
    const nowMs = this.#runtime.clock.monotonicMs();
    const node = machine.current();
    const believedReady = node?.status?.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    );
    if (believedReady && nowMs - (this.#reportedMs.get(machine.name) ?? 0) < statusReportMs) return;
    if (!node) return;
    const status = nodeStatusOf(machine, node.status, this.#runtime.clock.wallMs());
    await this.#client
      .resource(nodes)
      .patchStatus('', machine.name, { type: 'strategic', body: { status } }, { signal })
      .catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
    this.#reportedMs.set(machine.name, nowMs);
  }
}
