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

type ReadGauge = (set: (labels: LabelValues, value: number) => void) => void;

/** Asking again for a name gives the metric that is there: components of one kind share it, told apart by labels. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, CounterMetric>();
  readonly #gauges = new Map<string, GaugeMetric & { readonly reads: ReadGauge[] }>();
  readonly #histograms = new Map<string, HistogramMetric>();

  /** A value that only grows. `name` ends in `_total`. */
  counter(name: string, help: string, labelNames: readonly string[]): CounterMetric {
    const known = this.#counters.get(name);
    if (known) return known;
    const metric = new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
    });
    const counter: CounterMetric = {
      add: (labels, amount = 1) => metric.inc({ ...labels }, amount),
    };
    this.#counters.set(name, counter);
    return counter;
  }

  /** A value that goes up and down. `read`, when given, is called at each scrape, with those of earlier calls. */
  gauge(name: string, help: string, labelNames: readonly string[], read?: ReadGauge): GaugeMetric {
    const known = this.#gauges.get(name);
    if (known) {
      if (read) known.reads.push(read);
      return known;
    }
    const reads: ReadGauge[] = read ? [read] : [];
    const set = (labels: LabelValues, value: number): void => metric.set({ ...labels }, value);
    const metric = new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
      collect: () => {
        if (reads.length > 0) metric.reset(); // What nobody says any more is no more.
        for (const read of reads) read(set);
      },
    });
    const gauge = {
      set,
      add: (labels: LabelValues, amount: number) => metric.inc({ ...labels }, amount),
      reads,
    };
    this.#gauges.set(name, gauge);
    return gauge;
  }

  /** Counts of values by upper bound; `buckets` ascend, in the unit that ends `name`. */
  histogram(
    name: string,
    help: string,
    labelNames: readonly string[],
    buckets: readonly number[],
  ): HistogramMetric {
    const known = this.#histograms.get(name);
    if (known) return known;
    const metric = new Histogram({
      name,
      help,
      labelNames: [...labelNames],
      buckets: [...buckets],
      registers: [this.#registry],
    });
    const histogram: HistogramMetric = {
      observe: (labels, value) => metric.observe({ ...labels }, value),
    };
    this.#histograms.set(name, histogram);
    return histogram;
  }

  /** All metrics in the Prometheus text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
