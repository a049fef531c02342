/** Says in the status of each flow schema whether its priority level exists, as upstream's API server does. */
import { flowSchemas, priorityLevelConfigurations } from '@navarch/api/resources';
import { formatTime } from '@navarch/api/time';
import type {
  FlowSchema,
  FlowSchemaCondition,
  PriorityLevelConfiguration,
} from '@navarch/api/types/flowcontrol/v1';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import type { Informer, Informers } from '@navarch/client/informer';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';

export interface FlowSchemaStatusOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  readonly client: Client;
  readonly informers: Informers;
}

const owner = { fieldManager: 'api-priority-and-fairness-config-consumer-v1', force: true };
const dangling = 'Dangling';

/** Looks after all flow schemas until the lifetime ends. */
export function startFlowSchemaStatus(options: FlowSchemaStatusOptions): void {
  new FlowSchemaStatusController(options).start();
}

class FlowSchemaStatusController {
  readonly #options: FlowSchemaStatusOptions;
  readonly #schemas: Informer<FlowSchema>;
  readonly #levels: Informer<PriorityLevelConfiguration>;
  readonly #queue: WorkQueue;

  constructor(options: FlowSchemaStatusOptions) {
    this.#options = options;
    this.#schemas = options.informers.of(flowSchemas);
    this.#levels = options.informers.of(priorityLevelConfigurations);
    this.#queue = createWorkQueue(options.runtime, { name: 'flow-schema-status' });
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#options;
    const add = ({ metadata }: FlowSchema): void => this.#queue.add(metadata.name ?? '');
    const addAllOf = ({ metadata }: PriorityLevelConfiguration): void => {
      for (const schema of this.#schemas.list()) if (levelOf(schema) === metadata.name) add(schema);
    };
    this.#schemas.onChange({ added: add, updated: (_, schema) => add(schema) });
    this.#levels.onChange({ added: addAllOf, deleted: addAllOf });
    runWorkers(this.#queue, (name) => this.#reconcile(name), {
      count: 1,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  async #reconcile(name: string): Promise<void> {
    const schema = this.#schemas.get('', name);
    if (!schema) return;
    const level = levelOf(schema);
    const wanted = conditionFor(level, this.#levels.get('', level) !== undefined);
    const found = schema.status?.conditions?.find(({ type }) => type === dangling);
    if (found && says(found, wanted)) return;
    const lastTransitionTime = formatTime(this.#options.runtime.clock.wallMs());
    const conditions = [{ ...wanted, lastTransitionTime }];
    const body = { metadata: { name }, status: { conditions } };
    try {
      const client = this.#options.client.resource(flowSchemas);
      await client.patchStatus('', name, { type: 'apply', body }, owner);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function levelOf({ spec }: FlowSchema): string {
  return spec.priorityLevelConfiguration.name;
}

function conditionFor(level: string, exists: boolean): FlowSchemaCondition {
  const what = `This FlowSchema references the PriorityLevelConfiguration object named "${level}"`;
  return exists
    ? { type: dangling, status: 'False', reason: 'Found', message: `${what} and it exists` }
    : {
        type: dangling,
        status: 'True',
        reason: 'NotFound',
        message: `${what} but there is no such object`,
      };
}

function says(found: FlowSchemaCondition, wanted: FlowSchemaCondition): boolean {
  const { status, reason, message } = wanted;
  return found.status === status && found.reason === reason && found.message === message;
}
