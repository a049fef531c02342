/** The health checks of the server, under upstream's names. */
import type { HealthCheck, HealthEndpoint } from '../health/health.ts';

export interface ServerState {
  /** Why the store takes no writes now; undefined when it does. */
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
  // A store in this process can be read as long as the process lives; starting it again would not help it to be written.
  const etcd = always('etcd');
  const bootstrap = check('poststarthook/rbac/bootstrap-roles', state.bootstrapped, 'not finished');
  const alive = [always('ping'), always('log'), etcd, bootstrap];
  return {
    healthz: alive,
    livez: alive,
    readyz: [
      always('ping'),
      always('log'),
      etcd,
      { name: 'etcd-readiness', check: state.storeProblem },
      check('informer-sync', state.synced, 'caches are not synced'),
      bootstrap,
      check('shutdown', () => !state.stopping(), 'process is shutting down'),
    ],
  };
}
