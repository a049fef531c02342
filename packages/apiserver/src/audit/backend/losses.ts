/** Audit events that nobody will read: each is counted by whose failure it was, and said in the server's own log. */
import { errorText, type Log } from '@navarch/runtime/log';
import type { CounterMetric, Metrics } from '@navarch/runtime/metrics';

/** Upstream's names, which are the labels of the metric. */
export type AuditPlugin = 'buffered' | 'log' | 'truncate' | 'webhook';

export class AuditLosses {
  readonly #log: Log;
  readonly #counter: CounterMetric;

  constructor({ log, metrics }: { readonly log: Log; readonly metrics: Metrics }) {
    this.#log = log;
    const help = 'Audit events that could not be written.';
    this.#counter = metrics.counter('apiserver_audit_error_total', help, ['plugin']);
  }

  add(plugin: AuditPlugin, error: unknown, count: number): void {
    if (count === 0) return;
    this.#counter.add({ plugin }, count);
    this.#log.error('audit events are lost', { plugin, count, error: errorText(error) });
  }
}
