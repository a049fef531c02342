/** The cluster role aggregation controller: roles that are made of others (`admin`, `edit`, `view`) have their rules. */
import { clusterRoles } from '@navarch/api/resources';
import type { ClusterRole } from '@navarch/api/types/rbac/v1';
import { isNotFound } from '@navarch/client/errors';
import type { Informer } from '@navarch/client/informer';
import { createOwnWrites, type OwnWrites } from '@navarch/client/own-writes';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { planRules } from './plan.ts';

export const clusterRoleAggregationController: ControllerDefinition = {
  name: 'clusterrole-aggregation-controller',
  serviceAccount: 'clusterrole-aggregation-controller',
  start: (deps) => new ClusterRoleAggregationController(deps).start(),
};

const workers = 5;
const aggregates = 'aggregates';

function aggregateValues({ aggregationRule }: ClusterRole): readonly string[] {
  return aggregationRule ? ['yes'] : [];
}

class ClusterRoleAggregationController {
  readonly #deps: ControllerDependencies;
  readonly #roles: Informer<ClusterRole>;
  readonly #queue: WorkQueue;
  readonly #ownWrites: OwnWrites;

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#roles = deps.informers.of(clusterRoles, { indexes: { [aggregates]: aggregateValues } });
    this.#queue = createWorkQueue(deps.runtime, { name: 'ClusterRoleAggregator' });
    this.#ownWrites = createOwnWrites(deps.runtime);
  }

  start(): void {
    // Any role may be a part of any that aggregates.
    const notice = (): void => {
      for (const { metadata } of this.#roles.byIndex(aggregates, 'yes'))
        this.#queue.add(metadata.name ?? '');
    };
    this.#roles.onChange({ added: notice, updated: notice, deleted: notice });
    const { informers, lifetime, runtime } = this.#deps;
    runWorkers(this.#queue, (name) => this.#reconcile(name), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  async #reconcile(name: string): Promise<void> {
    const role = this.#roles.get('', name);
    if (!role) {
      this.#ownWrites.forget(name);
      return;
    }
    if (!this.#ownWrites.hasSeen(name)) return;
    const rules = planRules(role, this.#roles.list());
    if (!rules) return;
    try {
      const written = await this.#deps.client.resource(clusterRoles).update({ ...role, rules });
      this.#ownWrites.wrote(name, this.#roles, written);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}
