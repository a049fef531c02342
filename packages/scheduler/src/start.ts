/**
 * The scheduler: takes pods without a node from its queue, finds each a node, binds it.
 *
 * Invariants: D1 one pod is decided at a time, without await, on the newest state. D2 bindings run side by side, at most
 * `bindingsInFlightMax`. D3 an event-loop turn decides at most `decisionsPerTurn` pods, so that others get their turn too. D4 a failed
 * binding frees what it took and queues the pod again.
 */
import {
  namespaces as namespaceResource,
  nodes as nodeResource,
  pods as podResource,
} from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { formatTime } from '@navarch/api/time';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import {
  createEventRecorder,
  type EventRecorder,
  referenceTo,
} from '@navarch/client/event-recorder';
import type { Informers } from '@navarch/client/informer';
import type { Lifetime } from '@navarch/runtime/lifetime';
import { errorText } from '@navarch/runtime/log';
import type { HistogramMetric } from '@navarch/runtime/metrics';
import type { Runtime } from '@navarch/runtime/runtime';
import { ClusterState } from './cluster/cluster-state.ts';
import { followCluster } from './cluster/follow-cluster.ts';
import type { NodeInfo } from './cluster/node-info.ts';
import { unschedulableMessage } from './failure-message.ts';
import type { ClusterEvent } from './framework/plugin.ts';
import type { PodInfo } from './pod/pod-info.ts';
import { defaultProfile } from './plugins/plugin-order.ts';
import { type QueuedPod, SchedulingQueue } from './queue/scheduling-queue.ts';
import { type RejectedNode, scheduleOne, type Search } from './schedule-one.ts';

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
/** Seconds, as upstream's scheduler_scheduling_attempt_duration_seconds. */
const attemptBuckets = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.1, 1];

/** Runs until the lifetime ends. */
export function startScheduler(options: SchedulerOptions): void {
  const scheduler = new Scheduler(options);
  scheduler.start();
}

class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #cluster = new ClusterState();
  readonly #queue: SchedulingQueue;
  readonly #recorder: EventRecorder;
  readonly #search: Search;
  readonly #attempts: HistogramMetric;
  #binding = 0;
  #turnPlanned = false;
  #synced = false;

  constructor(options: SchedulerOptions) {
    const { runtime, lifetime, client } = options;
    this.#options = options;
    this.#queue = new SchedulingQueue(runtime.clock, () => this.#planTurn());
    this.#recorder = createEventRecorder(client, {
      runtime,
      lifetime,
      component: 'default-scheduler',
    });
    this.#search = { profile: defaultProfile, random: runtime.random, nextStart: 0 };
    this.#attempts = runtime.metrics.histogram(
      'scheduler_scheduling_attempt_duration_seconds',
      'Seconds to decide about one pod, binding not included',
      ['result'],
      attemptBuckets,
    );
  }

  start(): void {
    const { informers, lifetime, schedulerName = 'default-scheduler' } = this.#options;
    const nodes = informers.of(nodeResource);
    const pods = informers.of(podResource);
    followCluster(
      { namespaces: informers.of(namespaceResource), nodes, pods },
      {
        cluster: this.#cluster,
        queue: this.#queue,
        profile: defaultProfile,
        isOurs: (pod) => (pod.spec.schedulerName ?? schedulerName) === schedulerName,
        onGated: (info, message) => this.#say(info.pod, 'SchedulingGated', message),
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
    for (
      let decided = 0;
      decided < decisionsPerTurn && this.#binding < bindingsInFlightMax;
      decided++
    ) {
      // D2
      const next = this.#queue.take();
      if (!next) return;
      this.#decide(next);
    }
    if (this.#queue.activeLength > 0 && this.#binding < bindingsInFlightMax) this.#planTurn(); // D3
  }

  /** D1. */
  #decide(queued: QueuedPod): void {
    const { clock } = this.#options.runtime;
    const beganMs = clock.monotonicMs();
    const decision = scheduleOne(queued.info, this.#cluster, this.#search);
    const seconds = (clock.monotonicMs() - beganMs) / 1000;
    this.#attempts.observe(
      { result: decision.kind === 'chosen' ? 'scheduled' : 'unschedulable' },
      seconds,
    );
    if (decision.kind === 'chosen') {
      this.#cluster.assume(queued.info, decision.node);
      this.#options.lifetime.run('binding', () => this.#bind(queued, decision.node));
      return;
    }
    this.#queue.unschedulable(queued, eventsThatHelp(decision.rejected));
    this.#reject(queued.info, unschedulableMessage(decision.nodes, decision.rejected));
  }

  async #bind(queued: QueuedPod, node: NodeInfo): Promise<void> {
    const { namespace = '', name = '', uid = '' } = queued.info.pod.metadata;
    this.#binding++;
    try {
      await this.#options.client.resource(podResource).createSubresource(
        { namespace, name, subresource: 'binding' },
        {
          apiVersion: 'v1',
          kind: 'Binding',
          metadata: { namespace, name, uid },
          target: { kind: 'Node', name: node.name },
        },
      );
      this.#queue.done(uid);
      this.#recorder.record(referenceTo(podResource, queued.info.pod), {
        type: 'Normal',
        reason: 'Scheduled',
        action: 'Binding',
        message: `Successfully assigned ${namespace}/${name} to ${node.name}`,
      });
    } catch (error) {
      this.#bindingFailed(queued, error);
    } finally {
      this.#binding--;
      this.#planTurn();
    }
  }

  /** D4. */
  #bindingFailed(queued: QueuedPod, error: unknown): void {
    this.#cluster.forget(queued.info.uid);
    if (isNotFound(error)) {
      this.#queue.remove(queued.info.uid);
      return;
    }
    this.#options.runtime.log.warn('binding failed', {
      pod: queued.info.key,
      error: errorText(error),
    });
    this.#queue.unschedulable(queued, new Set());
    this.#queue.on('pod:unassigned');
  }

  #reject(info: PodInfo, message: string): void {
    this.#recorder.record(referenceTo(podResource, info.pod), {
      type: 'Warning',
      reason: 'FailedScheduling',
      action: 'Scheduling',
      message,
    });
    this.#say(info.pod, 'Unschedulable', message);
  }

  /** Writes the PodScheduled condition, when it does not say so already. */
  #say(pod: Pod, reason: string, message: string): void {
    const before = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
    if (before?.status === 'False' && before.reason === reason && before.message === message)
      return;
    const { namespace = '', name = '', generation, uid } = pod.metadata;
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason,
      message,
      ...(generation !== undefined && { observedGeneration: generation }),
      lastProbeTime: null,
      lastTransitionTime:
        before?.status === 'False'
          ? before.lastTransitionTime
          : formatTime(this.#options.runtime.clock.wallMs()),
    };
    this.#options.lifetime.run('pod condition', async (signal) => {
      const body = { metadata: { uid }, status: { conditions: [condition] } };
      await this.#options.client
        .resource(podResource)
        .patchStatus(namespace, name, { type: 'strategic', body }, { signal })
        .catch((error: unknown) => {
          if (!isNotFound(error)) throw error;
        });
    });
  }
}

/** What the plugins that rejected nodes listen to. */
function eventsThatHelp(rejected: readonly RejectedNode[]): ReadonlySet<ClusterEvent> {
  const rejecting = new Set(rejected.map(({ plugin }) => plugin));
  const events = new Set<ClusterEvent>(['node:added']);
  for (const plugin of defaultProfile.filters) {
    if (rejecting.has(plugin.name)) for (const event of plugin.wakeOn) events.add(event);
  }
  return events;
}
