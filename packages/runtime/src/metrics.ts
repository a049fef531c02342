/** Metrics in the Prometheus model. Every control plane owns one registry: nothing is global. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

type LabelValues = Readonly<Record<string, string | number>>;

export interface CounterMetric {
  add(labels: LabelValues, amount?: number): void;
}
export interface GaugeMetric {
  set(labels: LabelValues, value: number): void;
  add(labels: LabelValues, amount: number): void;
}
export interface HistogramMetric {
  observe(labels: LabelValues, value: number): void;
}

export class Metrics {
  readonly #registry = new Registry();

  /** A value that only grows. `name` ends in `_total`. */
  counter(name: string, help: string, labelNames: readonly string[]): CounterMetric {
    const metric = new Counter({ name, help, labelNames: [...labelNames], registers: [this.#registry] });
    return { add: (labels, amount = 1) => metric.inc({ ...labels }, amount) };
  }

  /** A value that goes up and down. `read`, when given, is called at each scrape. */
  gauge(
    name: string,
    help: string,
    labelNames: readonly string[],
    read?: (set: (labels: LabelValues, value: number) => void) => void,
  ): GaugeMetric {
    const metric = new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
      ...(read && { collect: () => read((labels, value) => metric.set({ ...labels }, value)) }),
    });
    return {
      set: (labels, value) => metric.set({ ...labels }, value),
      add: (labels, amount) => metric.inc({ ...labels }, amount),
    };
  }

  /** Counts of values by upper bound; `buckets` ascend, in the unit that ends `name`. */
  histogram(
    name: string,
    help: string,
    labelNames: readonly string[],
    buckets: readonly number[],
  ): HistogramMetric {
    const metric = new Histogram({
      name,
      help,
      labelNames: [...labelNames],
      buckets: [...buckets],
      registers: [this.#registry],
    });
    return { observe: (labels, value) => metric.observe({ ...labels }, value) };
  }

  /** All metrics in the Prometheus text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
