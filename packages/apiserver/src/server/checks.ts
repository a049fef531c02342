/** The health checks of the server, under upstream's names. */
import type { HealthCheck, HealthEndpoint } from '../health/health.ts';

export interface ServerState {
  /** Why the store cannot be used now; undefined when it can. */
  readonly storeProblem: () => string | undefined;
  /** Whether the caches hold what the store holds. */
  readonly synced: () => boolean;
  /** Whether the objects that every cluster has are there. */
  readonly bootstrapped: () => boolean;
  readonly stopping: () => boolean;
}

export function createChecks(
  state: ServerState,
): Readonly<Record<HealthEndpoint, readonly HealthCheck[]>> {
  const check = (name: string, holds: () => boolean, otherwise: string): HealthCheck => ({
    name,
    check: () => (holds() ? undefined : otherwise),
  });
  const always = (name: string): HealthCheck => check(name, () => true, '');
  const etcd: HealthCheck = { name: 'etcd', check: state.storeProblem };
  const bootstrap = check('poststarthook/rbac/bootstrap-roles', state.bootstrapped, 'not finished');
  const alive = [always('ping'), always('log'), etcd, bootstrap];
  return {
    healthz: alive,
    livez: alive,
    readyz: [
      always('ping'),
      always('log'),
      etcd,
      { ...etcd, name: 'etcd-readiness' },
      check('informer-sync', state.synced, 'caches are not synced'),
      bootstrap,
      check('shutdown', () => !state.stopping(), 'process is shutting down'),
    ],
  };
}
