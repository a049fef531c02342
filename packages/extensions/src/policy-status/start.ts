/**
 * Says in the status of each validating admission policy what its expressions get wrong about the types that they look at, as
 * upstream's validatingadmissionpolicy-status-controller does.
 *
 * Invariants: P1 one generation of a policy is checked once: kinds that come later do not change what was said.
 */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { customResourceDefinitions, validatingAdmissionPolicies } from '@navarch/api/resources';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { ValidatingAdmissionPolicy } from '@navarch/api/types/admissionregistration/v1/policy';
import type { Client } from '@navarch/client/client';
import { isNotFound } from '@navarch/client/errors';
import type { Informer, Informers } from '@navarch/client/informer';
import { createWorkQueue, runWorkers, type WorkQueue } from '@navarch/client/work-queue';
import { type KnownKinds, typeCheck } from '@navarch/kinds/admission/policy/validating/type-check';
import type { Lifetime } from '@navarch/runtime/lifetime';
import type { Runtime } from '@navarch/runtime/runtime';
import { createKnownKinds } from './known-kinds.ts';

export interface PolicyStatusOptions {
  readonly runtime: Runtime;
  readonly lifetime: Lifetime;
  /** Writes the statuses. */
  readonly client: Client;
  /** Of whoever may read policies and definitions. */
  readonly informers: Informers;
  /** The kinds that are built in. */
  readonly builtIn: readonly ResourceDefinition[];
}

/** The controller's account, and who owns what it writes. */
export const policyStatusController = 'validatingadmissionpolicy-status-controller';

const workers = 5;

/** Looks after all policies until the lifetime ends. */
export function startPolicyStatus(options: PolicyStatusOptions): void {
  new PolicyStatusController(options).start();
}

class PolicyStatusController {
  readonly #options: PolicyStatusOptions;
  readonly #policies: Informer<ValidatingAdmissionPolicy>;
  readonly #definitions: Informer<CustomResourceDefinition>;
  readonly #queue: WorkQueue;
  #known: KnownKinds | undefined;

  constructor(options: PolicyStatusOptions) {
    this.#options = options;
    this.#policies = options.informers.of(validatingAdmissionPolicies);
    this.#definitions = options.informers.of(customResourceDefinitions);
    this.#queue = createWorkQueue(options.runtime, { name: 'validatingadmissionpolicy-status' });
  }

  start(): void {
    const { informers, lifetime, runtime } = this.#options;
    const add = ({ metadata }: ValidatingAdmissionPolicy): void =>
      this.#queue.add(metadata.name ?? '');
    this.#policies.onChange({ added: add, updated: (_, policy) => add(policy) });
    runWorkers(this.#queue, (name) => this.#reconcile(name), {
      count: workers,
      runtime,
      lifetime,
      ready: (signal) => informers.waitForSync(signal),
    });
  }

  async #reconcile(name: string): Promise<void> {
    const policy = this.#policies.get('', name);
    const generation = Number(policy?.metadata.generation ?? 0);
    if (!policy || generation <= Number(policy.status?.observedGeneration ?? 0)) return; // P1
    const typeChecking = checkingOf(policy, this.#kinds());
    const body = { metadata: { name }, status: { observedGeneration: generation, typeChecking } };
    const owner = { fieldManager: policyStatusController, force: true };
    try {
      const client = this.#options.client.resource(validatingAdmissionPolicies);
      await client.patchStatus('', name, { type: 'apply', body }, owner);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Made when there is a policy: most clusters have none. */
  #kinds(): KnownKinds {
    return (this.#known ??= createKnownKinds(this.#options.builtIn, () =>
      this.#definitions.list(),
    ));
  }
}

function checkingOf(policy: ValidatingAdmissionPolicy, known: KnownKinds): object {
  const expressionWarnings = typeCheck(policy, known);
  return expressionWarnings.length === 0 ? {} : { expressionWarnings };
}
