/** The scheduler's metrics, under upstream's names, labels and buckets. */
import type { Metrics } from '@navarch/runtime/metrics';
import type { ClusterState } from './cluster/cluster-state.ts';
import type { QueuedPod, SchedulingQueue } from './queue/scheduling-queue.ts';

export type AttemptResult = 'scheduled' | 'unschedulable' | 'error';

export interface SchedulerMetrics {
  /** A decision was made; binding not included. */
  decided(seconds: number): void;
  /** An attempt is over, binding included. */
  attempted(result: AttemptResult, seconds: number): void;
  bound(pod: QueuedPod, nowMs: number): void;
  triedToPreempt(): void;
  preempted(victims: number): void;
}

const attemptsMax = 15;

export function createSchedulerMetrics(
  metrics: Metrics,
  profile: string,
  { queue, cluster }: { readonly queue: SchedulingQueue; readonly cluster: ClusterState },
): SchedulerMetrics {
  const counters = createCounters(metrics);
  const histograms = createHistograms(metrics);
  watchQueue(metrics, queue);
  watchCluster(metrics, cluster);
  return {
    decided: (seconds) => histograms.algorithm.observe({}, seconds),
    attempted(result, seconds) {
      counters.attempts.add({ result, profile });
      histograms.attempt.observe({ result, profile }, seconds);
    },
    bound({ attempts, firstTriedMs }, nowMs) {
      histograms.attempts.observe({}, attempts);
      const label = attempts >= attemptsMax ? `${attemptsMax}+` : `${attempts}`;
      histograms.sli.observe({ attempts: label }, (nowMs - (firstTriedMs ?? nowMs)) / 1000);
    },
    triedToPreempt: () => counters.preemptions.add({}),
    preempted: (victims) => histograms.victims.observe({}, victims),
  };
}

function createCounters(metrics: Metrics) {
  return {
    attempts: metrics.counter(
      'scheduler_schedule_attempts_total',
      'Attempts to schedule a pod, by result',
      ['result', 'profile'],
    ),
    preemptions: metrics.counter(
      'scheduler_preemption_attempts_total',
      'Attempts to make room for a pod by displacing others',
      [],
    ),
  };
}

function createHistograms(metrics: Metrics) {
  return {
    attempt: metrics.histogram(
      'scheduler_scheduling_attempt_duration_seconds',
      'Seconds per attempt to schedule a pod, binding included',
      ['result', 'profile'],
      doubling(0.001, 15),
    ),
    algorithm: metrics.histogram(
      'scheduler_scheduling_algorithm_duration_seconds',
      'Seconds to decide about a pod',
      [],
      doubling(0.001, 15),
    ),
    sli: metrics.histogram(
      'scheduler_pod_scheduling_sli_duration_seconds',
      'Seconds from the first attempt to schedule a pod until it was bound, by number of attempts',
      ['attempts'],
      doubling(0.01, 20),
    ),
    attempts: metrics.histogram(
      'scheduler_pod_scheduling_attempts',
      'Attempts that it took to schedule a pod',
      [],
      doubling(1, 5),
    ),
    victims: metrics.histogram(
      'scheduler_preemption_victims',
      'Pods displaced at a time',
      [],
      doubling(1, 7),
    ),
  };
}

function watchQueue(metrics: Metrics, queue: SchedulingQueue): void {
  metrics.gauge(
    'scheduler_pending_pods',
    'Pods that wait for a node, by why they wait',
    ['queue'],
    (set) => {
      for (const [name, count] of Object.entries(queue.counts())) set({ queue: name }, count);
    },
  );
}

function watchCluster(metrics: Metrics, cluster: ClusterState): void {
  metrics.gauge(
    'scheduler_cache_size',
    'Nodes, pods and assumed pods that the scheduler knows',
    ['type'],
    (set) => {
      set({ type: 'nodes' }, cluster.nodes.length);
      set({ type: 'pods' }, cluster.placedPods);
      set({ type: 'assumed_pods' }, cluster.assumedPods);
    },
  );
}

function doubling(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first * 2 ** index);
}
