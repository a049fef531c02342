/** Indicators of the service level: what health checks found, each time that somebody asked for all of them. Served on their own. */
import { Metrics } from '@navarch/runtime/metrics';
import type { HealthEndpoint, HealthFinding } from './health.ts';

export class HealthSlis {
  readonly #metrics = new Metrics();
  readonly #latest = this.#metrics.gauge(
    'kubernetes_healthcheck',
    '[STABLE] This metric records the result of a single healthcheck.',
    ['name', 'type'],
  );
  readonly #counted = this.#metrics.counter(
    'kubernetes_healthchecks_total',
    '[STABLE] This metric records the results of all healthcheck.',
    ['name', 'status', 'type'],
  );

  count(type: HealthEndpoint, findings: readonly HealthFinding[]): void {
    for (const { name, isWell } of findings) {
      this.#latest.set({ name, type }, isWell ? 1 : 0);
      this.#counted.add({ name, status: isWell ? 'success' : 'error', type });
    }
  }

  /** In the Prometheus text format. */
  text(): Promise<string> {
    return this.#metrics.text();
  }
}
