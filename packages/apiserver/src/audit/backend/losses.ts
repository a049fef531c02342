/**
 * Audit events that nobody will read: each is counted by whose failure it was, and said in the server's own log. There the first is
 * said at once, and those that follow it soon together: events are lost when there are many, and lines would be as many.
 */
import type { Clock } from '@navarch/runtime/clock';
import { errorText, type Log } from '@navarch/runtime/log';
import type { CounterMetric, Metrics } from '@navarch/runtime/metrics';

/** Upstream's names, which are the labels of the metric. */
export type AuditPlugin = 'buffered' | 'log' | 'truncate' | 'webhook';

/** Losses of one kind are said together, this often. */
const repeatMs = 1_000;

export interface AuditLossesParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

interface Unsaid {
  readonly plugin: AuditPlugin;
  readonly error: string;
  count: number;
}

export class AuditLosses {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #counter: CounterMetric;
  /** What has been said a moment ago, and how often it came true since. At most one of each failure of each plugin. */
  readonly #unsaid = new Map<string, Unsaid>();

  constructor({ clock, log, metrics }: AuditLossesParts) {
    this.#clock = clock;
    this.#log = log;
    const help = 'Audit events that could not be written.';
    this.#counter = metrics.counter('apiserver_audit_error_total', help, ['plugin']);
  }

  add(plugin: AuditPlugin, failure: unknown, count: number): void {
    if (count === 0) return;
    this.#counter.add({ plugin }, count);
    const error = errorText(failure);
    const key = `${plugin} ${error}`;
    const known = this.#unsaid.get(key);
    if (known) {
      known.count += count;
      return;
    }
    this.#say({ plugin, error, count });
    this.#unsaid.set(key, { plugin, error, count: 0 });
    this.#clock.after(repeatMs, () => this.#sayAgain(key));
  }

  /** What is left to say. */
  end(): void {
    for (const key of this.#unsaid.keys()) this.#sayAgain(key);
  }

  #sayAgain(key: string): void {
    const unsaid = this.#unsaid.get(key);
    this.#unsaid.delete(key);
    if (unsaid && unsaid.count > 0) this.#say(unsaid);
  }

  #say({ plugin, count, error }: Unsaid): void {
    this.#log.error('audit events are lost', { plugin, count, error });
  }
}
