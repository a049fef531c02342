/** What a queue tells about itself, under the metric names that Kubernetes dashboards know. */
import type { CounterMetric, GaugeMetric, HistogramMetric } from '@navarch/runtime/metrics';
import type { Runtime } from '@navarch/runtime/runtime';

/** 10 ns to 1000 s, as upstream. */
const secondsBuckets = Array.from({ length: 12 }, (_, power) => 10 ** (power - 8));

export class QueueMetrics {
  readonly #runtime: Runtime;
  readonly #labels: { readonly name: string };
  readonly #depth: GaugeMetric;
  readonly #adds: CounterMetric;
  readonly #retries: CounterMetric;
  readonly #queueSeconds: HistogramMetric;
  readonly #workSeconds: HistogramMetric;
  readonly #addedAtMs = new Map<string, number>();
  readonly #begunAtMs = new Map<string, number>();
  #stopped = false;

  constructor(runtime: Runtime, name: string) {
    const { metrics } = runtime;
    this.#runtime = runtime;
    this.#labels = { name };
    this.#depth = metrics.gauge('workqueue_depth', 'Keys that wait in the queue', ['name']);
    this.#adds = metrics.counter('workqueue_adds_total', 'Keys added to the queue', ['name']);
    this.#retries = metrics.counter('workqueue_retries_total', 'Keys added with back-off', [
      'name',
    ]);
    this.#queueSeconds = metrics.histogram(
      'workqueue_queue_duration_seconds',
      'How long a key waited before it was processed',
      ['name'],
      secondsBuckets,
    );
    this.#workSeconds = metrics.histogram(
      'workqueue_work_duration_seconds',
      'How long processing a key took',
      ['name'],
      secondsBuckets,
    );
    this.#registerPresentWork();
  }

  added(key: string): void {
    this.#adds.add(this.#labels);
    this.#addedAtMs.set(key, this.#nowMs());
  }

  retried(): void {
    this.#retries.add(this.#labels);
  }

  depth(length: number): void {
    this.#depth.set(this.#labels, length);
  }

  begun(key: string): void {
    const nowMs = this.#nowMs();
    this.#queueSeconds.observe(this.#labels, (nowMs - (this.#addedAtMs.get(key) ?? nowMs)) / 1000);
    this.#addedAtMs.delete(key);
    this.#begunAtMs.set(key, nowMs);
  }

  ended(key: string): void {
    const nowMs = this.#nowMs();
    this.#workSeconds.observe(this.#labels, (nowMs - (this.#begunAtMs.get(key) ?? nowMs)) / 1000);
    this.#begunAtMs.delete(key);
  }

  stopped(): void {
    this.#stopped = true;
    this.#addedAtMs.clear();
    this.depth(0);
  }

  /** These two only make sense at the moment they are asked for: they show work that hangs. */
  #registerPresentWork(): void {
    const { metrics } = this.#runtime;
    metrics.gauge(
      'workqueue_unfinished_work_seconds',
      'The time spent so far on what is being processed, summed up',
      ['name'],
      (set) => this.#readPresent(set, (sum, seconds) => sum + seconds),
    );
    metrics.gauge(
      'workqueue_longest_running_processor_seconds',
      'The time spent so far on the key that has been processed longest',
      ['name'],
      (set) => this.#readPresent(set, Math.max),
    );
  }

  #readPresent(
    set: (labels: { readonly name: string }, value: number) => void,
    combine: (sum: number, seconds: number) => number,
  ): void {
    if (this.#stopped && this.#begunAtMs.size === 0) return; // A later queue of that name may set it.
    const nowMs = this.#nowMs();
    let value = 0;
    for (const begunAtMs of this.#begunAtMs.values())
      value = combine(value, (nowMs - begunAtMs) / 1000);
    set(this.#labels, value);
  }

  #nowMs(): number {
    return this.#runtime.clock.monotonicMs();
  }
}
