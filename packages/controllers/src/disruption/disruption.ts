/** The disruption controller: keeps what disruption budgets allow up to date, for those who evict. */
import { podDisruptionBudgets, pods } from '@navarch/api/resources';
import { compileSelector } from '@navarch/api/selectors';
import { formatTime } from '@navarch/api/time';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '@navarch/api/types/policy/v1';
import { isConflict, isNotFound } from '@navarch/client/errors';
import { type EventDetails, referenceTo } from '@navarch/client/event-recorder';
import type { Informer } from '@navarch/client/informer';
import { keyOf, parseKey } from '@navarch/client/keys';
import { createOwnWrites, type OwnWrites } from '@navarch/client/own-writes';
import {
  createWorkQueue,
  type ReconcileResult,
  runWorkers,
  type WorkQueue,
} from '@navarch/client/work-queue';
import { errorText } from '@navarch/runtime/log';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { withPodCondition } from '../pods/conditions.ts';
import { selectorText } from './events.ts';
import { type BudgetPlan, countsScale, planBudget, planFailure } from './plan.ts';
import { Scales } from './scales.ts';
import { jsonText } from '@navarch/api/json-text';
import { staleInMs } from './stale-target.ts';

export const disruptionController: ControllerDefinition = {
  name: 'disruption-controller',
  serviceAccount: 'disruption-controller',
  eventSource: 'controllermanager',
  start: (deps) => new DisruptionController(deps).start(),
};

const workers = 1;

/** Looking at a budget means looking at all its pods: where there are many, several changes are looked at together. */
function batchMs(podCount: number): number {
  return Math.min(podCount / 10, 250);
}

class DisruptionController {
  readonly #deps: ControllerDependencies;
  readonly #budgets: Informer<PodDisruptionBudget>;
  readonly #pods: Informer<Pod>;
  readonly #scales: Scales;
  readonly #queue: WorkQueue;
  readonly #staleQueue: WorkQueue;
  readonly #ownWrites: OwnWrites;
  /** How many pods each budget had when it was looked at. */
  readonly #sizes = new Map<string, number>();

  constructor(deps: ControllerDependencies) {
    this.#deps = deps;
    this.#budgets = deps.informers.of(podDisruptionBudgets);
    this.#pods = deps.informers.of(pods);
    this.#scales = new Scales(deps.client, deps.informers);
    this.#queue = createWorkQueue(deps.runtime, { name: 'disruption' });
    this.#staleQueue = createWorkQueue(deps.runtime, { name: 'stale_pod_disruption' });
    this.#ownWrites = createOwnWrites(deps.runtime);
  }

  start(): void {
    const add = (budget: PodDisruptionBudget): void => this.#queue.add(keyOf(budget));
    this.#budgets.onChange({ added: add, updated: (_, budget) => add(budget), deleted: add });
    this.#pods.onChange({
      added: (pod) => this.#noticePod(pod),
      updated: (old, pod) => {
        this.#noticePod(pod);
        if (old.metadata.labels !== pod.metadata.labels) this.#queueBudgetsOf(old);
      },
      deleted: (pod) => this.#queueBudgetsOf(pod),
    });
    const { informers, lifetime, runtime } = this.#deps;
    const ready = (signal: AbortSignal): Promise<void> => informers.waitForSync(signal);
    const running = { count: workers, runtime, lifetime, ready };
    runWorkers(this.#queue, (key) => this.#reconcile(key), running);
    runWorkers(this.#staleQueue, (key) => this.#reconcileStale(key), running);
  }

  #noticePod(pod: Pod): void {
    const [first, second] = this.#queueBudgetsOf(pod);
    if (first && second) {
      const { namespace, name } = pod.metadata;
      this.#deps.recorder.record(referenceTo(pods, pod), {
        type: 'Warning',
        reason: 'MultiplePodDisruptionBudgets',
        message: `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${first.metadata.name}" arbitrarily.`,
      });
    }
    const staleMs = staleInMs(pod, this.#nowMs());
    if (staleMs !== undefined) this.#staleQueue.addAfter(keyOf(pod), staleMs);
  }

  #queueBudgetsOf({ metadata }: Pod): readonly PodDisruptionBudget[] {
    const selecting = this.#budgets
      .listNamespace(metadata.namespace ?? '')
      .filter(({ spec }) => compileSelector(spec.selector).matches(metadata.labels));
    for (const budget of selecting) {
      const key = keyOf(budget);
      this.#queue.addAfter(key, batchMs(this.#sizes.get(key) ?? 0));
    }
    return selecting;
  }

  async #reconcile(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const budget = this.#budgets.get(namespace, name);
    if (!budget) {
      this.#sizes.delete(key);
      this.#ownWrites.forget(key);
      return {};
    }
    if (!this.#ownWrites.hasSeen(key)) return {};
    try {
      const plan = await this.#plan(key, budget);
      for (const pod of plan.undeleted) this.#complain(budget, pod);
      await this.#writeStatus(key, budget, plan.status);
      return plan.recheckAtMs === undefined
        ? {}
        : { requeueAfterMs: Math.max(plan.recheckAtMs - this.#nowMs(), 0) };
    } catch (error) {
      if (isConflict(error)) return { requeue: true };
      await this.#writeStatus(key, budget, planFailure(budget, errorText(error), this.#nowMs()));
      return {};
    }
  }

  async #plan(key: string, budget: PodDisruptionBudget): Promise<BudgetPlan> {
    const selector = compileSelector(budget.spec.selector);
    const selected = this.#pods
      .listNamespace(budget.metadata.namespace ?? '')
      .filter(({ metadata }) => selector.matches(metadata.labels));
    this.#sizes.set(key, selected.length);
    if (selected.length === 0) {
      const message = 'No matching pods found';
      this.#say(budget, { type: 'Normal', reason: 'NoPods', message });
    }
    try {
      const scale = countsScale(budget) ? await this.#scaleOf(budget, selected) : 0;
      return planBudget({ budget, pods: selected, scale, nowMs: this.#nowMs() });
    } catch (error) {
      const message = `Failed to calculate the number of expected pods: ${errorText(error)}`;
      this.#say(budget, { type: 'Warning', reason: 'CalculateExpectedPodCountFailed', message });
      throw error;
    }
  }

  async #scaleOf(budget: PodDisruptionBudget, selected: readonly Pod[]): Promise<number> {
    const { scale, unmanaged } = await this.#scales.sumOf(selected);
    if (unmanaged.length > 0) {
      const message = `Pods selected by this PodDisruptionBudget (selector: ${selectorText(budget.spec.selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
      this.#say(budget, { type: 'Warning', reason: 'UnmanagedPods', message });
    }
    return scale;
  }

  async #writeStatus(
    key: string,
    budget: PodDisruptionBudget,
    status: PodDisruptionBudgetStatus,
  ): Promise<void> {
    if (sameStatus(budget.status, status)) return;
    const api = this.#deps.client.resource(podDisruptionBudgets);
    try {
      const written = await api.updateStatus({ ...budget, status });
      this.#ownWrites.wrote(key, this.#budgets, written);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }

  /** Takes back what said that a pod is about to go. */
  async #reconcileStale(key: string): Promise<ReconcileResult> {
    const { namespace, name } = parseKey(key);
    const pod = this.#pods.get(namespace, name);
    const leftMs = pod && staleInMs(pod, this.#nowMs());
    if (!pod || leftMs === undefined) return {};
    if (leftMs > 0) return { requeueAfterMs: leftMs };
    const condition = { type: 'DisruptionTarget', status: 'False' } as const;
    const before = pod.status?.conditions ?? [];
    const conditions = withPodCondition(before, condition, formatTime(this.#nowMs()));
    try {
      await this.#deps.client
        .resource(pods)
        .updateStatus({ ...pod, status: { ...pod.status, conditions } });
    } catch (error) {
      if (isConflict(error)) return { requeue: true };
      if (!isNotFound(error)) throw error;
    }
    return {};
  }

  /** In upstream's words, which have the namespace twice. */
  #complain({ metadata }: PodDisruptionBudget, pod: Pod): void {
    const { namespace } = metadata;
    this.#deps.recorder.record(referenceTo(pods, pod), {
      type: 'Warning',
      reason: 'NotDeleted',
      message: `Pod was expected by PDB ${namespace}/${namespace} to be deleted but it wasn't`,
    });
  }

  #say(budget: PodDisruptionBudget, event: EventDetails): void {
    this.#deps.recorder.record(referenceTo(podDisruptionBudgets, budget), event);
  }

  #nowMs(): number {
    return this.#deps.runtime.clock.wallMs();
  }
}

/** In whatever order the members come; what is absent and what is empty are the same. */
function sameStatus(
  before: PodDisruptionBudgetStatus | undefined,
  after: PodDisruptionBudgetStatus,
): boolean {
  return statusText(before) === statusText(after);
}

function statusText(status: Partial<PodDisruptionBudgetStatus> = {}): string {
  const { conditions = [], disruptedPods = {}, ...counts } = status;
  const { observedGeneration, disruptionsAllowed, currentHealthy } = counts;
  const { desiredHealthy, expectedPods } = counts;
  return jsonText([
    [observedGeneration, disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods],
    Object.entries(disruptedPods).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    conditions.map((it) => [it.type, it.status, it.reason, it.message, it.observedGeneration]),
  ]);
}
