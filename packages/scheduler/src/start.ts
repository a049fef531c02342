/**
 * The scheduler: takes pods without a node from its queue, finds each a node, binds it.
 *
 * Invariants: D1 one pod is decided at a time, without await, on the newest state. D2 bindings run side by side, at most
 * `bindingsInFlightMax`. D3 an event-loop turn decides at most `decisionsPerTurn` pods, and none after `turnMsMax`, so that others get
 * their turn too. D4 a failed binding frees what it took and queues the pod again. D5 a pod that displaces others is not tried again before they have been deleted.
 */
import {
  namespaces as namespaceResource,
  nodes as nodeResource,
  podDisruptionBudgets,
  pods as podResource,
  replicaSets,
  replicationControllers,
  services,
  statefulSets,
} from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { PodDisruptionBudget } from '@navarch/api/types/policy/v1';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import { createEventRecorder, type EventRecorder } from '@navarch/client/event-recorder';
import type { Informer, Informers } from '@navarch/client/informer';
import type { Lifetime } from '@navarch/runtime/lifetime';
import { errorText } from '@navarch/runtime/log';
import type { Runtime } from '@navarch/runtime/runtime';
import { ClusterState } from './cluster/cluster-state.ts';
import { createDefaultSpread } from './cluster/default-spread.ts';
import { followCluster } from './cluster/follow-cluster.ts';
import type { NodeInfo } from './cluster/node-info.ts';
import { unschedulableMessage } from './failure-message.ts';
import type { ClusterEvent } from './framework/plugin.ts';
import { SharedWork } from './framework/shared-work.ts';
import { applyPreemption } from './plugins/default-preemption/apply.ts';
import { preempt, type Preemption } from './plugins/default-preemption/default-preemption.ts';
import { readBudgets } from './plugins/default-preemption/disruption-budgets.ts';
import { defaultProfile } from './plugins/plugin-order.ts';
import { createPodWriter, type PodWriter, type Waiting } from './pod-writer.ts';
import type { PodInfo } from './pod/pod-info.ts';
import { type QueuedPod, SchedulingQueue } from './queue/scheduling-queue.ts';
import { scheduleOne, type Search, type Unschedulable } from './schedule-one.ts';
import { createSchedulerMetrics, type SchedulerMetrics } from './scheduler-metrics.ts';

export interface SchedulerOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly client: Client;
  readonly informers: Informers;
  /** Only pods that name this scheduler are ours. */
  readonly schedulerName?: string;
}

const bindingsInFlightMax = 64;
const decisionsPerTurn = 32;
const turnMsMax = 5;

/** Runs until the lifetime ends. */
export function startScheduler(options: SchedulerOptions): void {
  const scheduler = new Scheduler(options);
  scheduler.start();
}

class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #schedulerName: string;
  readonly #cluster = new ClusterState();
  readonly #queue: SchedulingQueue;
  readonly #recorder: EventRecorder;
  readonly #writer: PodWriter;
  readonly #search: Search;
  readonly #metrics: SchedulerMetrics;
  readonly #budgets: Informer<PodDisruptionBudget>;
  readonly #pods: Informer<Pod>;
  #binding = 0;
  #turnPlanned = false;
  #synced = false;

  constructor(options: SchedulerOptions) {
    const { runtime, lifetime, client, schedulerName = 'default-scheduler' } = options;
    this.#options = options;
    this.#schedulerName = schedulerName;
    this.#queue = new SchedulingQueue(runtime.clock, () => this.#planTurn());
    this.#recorder = createEventRecorder(client, { runtime, lifetime, component: schedulerName });
    this.#writer = createPodWriter(client, this.#recorder, () => runtime.clock.wallMs());
    this.#search = {
      profile: defaultProfile,
      random: runtime.random,
      shared: new SharedWork(),
      nextStart: 0,
    };
    this.#budgets = options.informers.of(podDisruptionBudgets);
    this.#pods = options.informers.of(podResource);
    this.#metrics = createSchedulerMetrics(runtime.metrics, schedulerName, {
      queue: this.#queue,
      cluster: this.#cluster,
    });
  }

  start(): void {
    const { informers, lifetime } = this.#options;
    this.#cluster.defaultSpread = createDefaultSpread({
      services: informers.of(services),
      replicationControllers: informers.of(replicationControllers),
      replicaSets: informers.of(replicaSets),
      statefulSets: informers.of(statefulSets),
    });
    followCluster(
      {
        namespaces: informers.of(namespaceResource),
        nodes: informers.of(nodeResource),
        pods: this.#pods,
      },
      {
        cluster: this.#cluster,
        queue: this.#queue,
        profile: defaultProfile,
        isOurs: ({ spec }) => (spec.schedulerName ?? this.#schedulerName) === this.#schedulerName,
      },
    );
    lifetime.run('scheduler', async (signal) => {
      await informers.waitForSync(signal);
      this.#synced = true;
      this.#planTurn();
    });
    lifetime.onStop(() => this.#queue.stop());
  }

  #planTurn(): void {
    if (this.#turnPlanned || !this.#synced) return;
    this.#turnPlanned = true;
    this.#options.runtime.clock.soon(() => {
      this.#turnPlanned = false;
      this.#turn();
    });
  }

  #turn(): void {
    if (this.#options.lifetime.signal.aborted) return;
    const endMs = this.#nowMs() + turnMsMax;
    for (let decided = 0; decided < decisionsPerTurn && this.#nowMs() < endMs; decided++) {
      if (this.#binding >= bindingsInFlightMax) return; // D2: whoever ends plans the next turn.
      const next = this.#queue.take();
      if (!next) return;
      this.#decideOrReport(next);
    }
    if (this.#queue.activeLength > 0) this.#planTurn(); // D3
  }

  /** Whatever goes wrong with one pod is no reason to leave the others waiting. */
  #decideOrReport(queued: QueuedPod): void {
    const beganMs = this.#nowMs();
    try {
      this.#decide(queued);
    } catch (error) {
      this.#metrics.attempted('error', (this.#nowMs() - beganMs) / 1000);
      this.#fail(queued, errorText(error));
    }
  }

  /** D1. */
  #decide(queued: QueuedPod): void {
    const beganMs = this.#nowMs();
    const { info } = queued;
    const promised = this.#cluster.nominations.nodeOf(info.uid);
    const decision = scheduleOne(info, this.#cluster, this.#search, promised);
    this.#metrics.decided((this.#nowMs() - beganMs) / 1000);
    if (decision.kind === 'chosen') {
      this.#cluster.assume(info, decision.node);
      this.#options.lifetime.run('binding', () => this.#bind(queued, decision.node, beganMs));
      return;
    }
    this.#makeRoom(queued, decision);
    this.#metrics.attempted('unschedulable', (this.#nowMs() - beganMs) / 1000);
  }

  async #bind(queued: QueuedPod, node: NodeInfo, beganMs: number): Promise<void> {
    const { info } = queued;
    this.#binding++;
    try {
      await this.#writer.bind(info, node.name);
      this.#queue.done(info.uid);
      this.#writer.sayScheduled(info, node.name);
      this.#metrics.attempted('scheduled', (this.#nowMs() - beganMs) / 1000);
      this.#metrics.bound(queued, this.#nowMs());
    } catch (error) {
      this.#metrics.attempted('error', (this.#nowMs() - beganMs) / 1000);
      this.#bindingFailed(queued, error);
    } finally {
      this.#binding--;
      this.#planTurn();
    }
  }

  /** D4. */
  #bindingFailed(queued: QueuedPod, error: unknown): void {
    const { info } = queued;
    this.#cluster.forget(info.uid);
    this.#queue.on('pod:unassigned');
    if (isNotFound(error)) {
      this.#queue.remove(info.uid);
      return;
    }
    this.#fail(queued, `running Bind plugin "DefaultBinder": ${errorText(error)}`);
  }

  #fail(queued: QueuedPod, message: string): void {
    const { info } = queued;
    this.#options.runtime.log.warn('scheduling failed', { pod: info.key, error: message });
    this.#queue.retry(queued);
    this.#cluster.nominations.remove(info.uid);
    this.#writer.sayFailed(info, message);
    this.#say(info, { reason: 'SchedulerError', message, nominatedNode: '' });
  }

  /** Nobody fits: perhaps somebody can go. */
  #makeRoom(queued: QueuedPod, failure: Unschedulable): void {
    const { info } = queued;
    const wakeOn = eventsThatHelp(failure);
    const preemption = this.#preempt(info, failure);
    const nominatedNode = nominationAfter(preemption);
    if (nominatedNode !== undefined) this.#cluster.nominations.set(info, nominatedNode);
    const message = unschedulableMessage(
      failure,
      preemption.kind === 'preempt' ? undefined : preemption.message,
    );
    this.#writer.sayFailed(info, message);
    this.#say(info, {
      reason: 'Unschedulable',
      message,
      ...(nominatedNode !== undefined && { nominatedNode }),
    });
    if (preemption.kind === 'preempt') this.#displace(queued, preemption, wakeOn);
    else this.#queue.unschedulable(queued, wakeOn);
  }

  #preempt(info: PodInfo, failure: Unschedulable): Preemption {
    if (failure.nodes === 0) return { kind: 'impossible', message: '' };
    this.#metrics.triedToPreempt();
    return preempt(info, failure, {
      cluster: this.#cluster,
      profile: defaultProfile,
      random: this.#options.runtime.random,
      budgets: () => readBudgets(this.#budgets.list()),
    });
  }

  /** D5. */
  #displace(
    queued: QueuedPod,
    { candidate }: Extract<Preemption, { kind: 'preempt' }>,
    wakeOn: ReadonlySet<ClusterEvent>,
  ): void {
    const { client, lifetime, runtime } = this.#options;
    this.#metrics.preempted(candidate.victims.length);
    const losing = this.#cluster.nominations.below(queued.info, candidate.nodeName);
    lifetime.run('preemption', async (signal) => {
      const nowMs = (): number => runtime.clock.wallMs();
      try {
        await applyPreemption(queued.info, candidate, losing, {
          client,
          recorder: this.#recorder,
          nowMs,
          signal,
        });
        this.#queue.unschedulable(queued, wakeOn);
      } catch (error) {
        this.#queue.retry(queued);
        throw error;
      }
    });
  }

  /** What the cache has by now is newer than what was queued. */
  #say({ pod, uid }: PodInfo, waiting: Waiting): void {
    const { lifetime } = this.#options;
    const latest = this.#pods.get(pod.metadata.namespace ?? '', pod.metadata.name ?? '');
    const current = latest?.metadata.uid === uid ? latest : pod;
    const writing = this.#writer.say(current, waiting, lifetime.signal);
    if (writing) lifetime.run('pod status', () => writing);
  }

  #nowMs(): number {
    return this.#options.runtime.clock.monotonicMs();
  }
}

/** '' when the pod is promised nothing any more; undefined when nothing changes. */
function nominationAfter(preemption: Preemption): string | undefined {
  switch (preemption.kind) {
    case 'preempt':
      return preemption.candidate.nodeName;
    case 'impossible':
      return '';
    case 'notEligible':
      return undefined;
  }
}

/** What the plugins that rejected nodes listen to. */
function eventsThatHelp({ rejected, passedOver }: Unschedulable): ReadonlySet<ClusterEvent> {
  const rejecting = new Set(passedOver.plugins);
  for (const { plugin } of rejected) rejecting.add(plugin);
  const events = new Set<ClusterEvent>(['node:added']);
  for (const plugin of defaultProfile.filters) {
    if (rejecting.has(plugin.name)) for (const event of plugin.wakeOn) events.add(event);
  }
  return events;
}
