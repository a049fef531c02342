/** Counts what a namespace uses, from the caches of everything that some quota limits. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { addAmounts, type Amounts, sameAmounts } from '@navarch/api/quota/amounts';
import type { QuotaEvaluator } from '@navarch/api/quota/evaluator';
import { evaluatorOf, measureUsage } from '@navarch/api/quota/quotas';
import type { ResourceQuota } from '@navarch/api/types/core/v1/quota';
import type { Informer } from '@navarch/client/informer';
import type { Kind } from '../garbage-collector/graph.ts';

interface Counted {
  readonly evaluator: QuotaEvaluator;
  readonly informer: Informer<KubernetesObject>;
}

export interface Count {
  readonly amounts: Amounts;
  /** How many objects were looked at. */
  readonly objects: number;
  /** Some caches are not complete yet: what is in them was left out. */
  readonly isPartial: boolean;
}

export class UsageCounter {
  readonly #byKind = new Map<string, Counted>();
  readonly #onRelease: (object: KubernetesObject, evaluator: QuotaEvaluator) => void;
  readonly #nowMs: () => number;

  /** `onRelease` hears of objects that use less than before, or are gone. */
  constructor(
    onRelease: (object: KubernetesObject, evaluator: QuotaEvaluator) => void,
    nowMs: () => number,
  ) {
    this.#onRelease = onRelease;
    this.#nowMs = nowMs;
  }

  isWatching({ group, plural }: Kind): boolean {
    return this.#byKind.has(`${group}/${plural}`);
  }

  watch(kind: Kind, informer: Informer<KubernetesObject>): void {
    const evaluator = evaluatorOf({ group: kind.group, resource: kind.plural });
    if (!evaluator || kind.scope !== 'Namespaced') return;
    const remembering = withMemory(evaluator);
    this.#byKind.set(`${kind.group}/${kind.plural}`, { evaluator: remembering, informer });
    const isCount = evaluator.updates.length === 0;
    informer.onChange({
      deleted: (object) => this.#onRelease(object, evaluator),
      updated: (old, object) => {
        if (isCount) return;
        const nowMs = this.#nowMs();
        const before = remembering.usage(old, nowMs);
        if (!sameAmounts(before, remembering.usage(object, nowMs))) {
          this.#onRelease(object, evaluator);
        }
      },
    });
  }

  count(quota: ResourceQuota): Count {
    const namespace = quota.metadata.namespace ?? '';
    const limited = Object.keys(quota.spec.hard ?? {});
    let amounts: Amounts = new Map();
    let objects = 0;
    let isPartial = false;
    for (const { evaluator, informer } of this.#byKind.values()) {
      if (!limited.some((name) => evaluator.measures(name))) continue;
      if (!informer.hasSynced()) {
        isPartial = true;
        continue;
      }
      const all = informer.listNamespace(namespace);
      objects += all.length;
      amounts = addAmounts(amounts, measureUsage(quota, evaluator, all, this.#nowMs()));
    }
    return { amounts, objects, isPartial };
  }
}

/** Objects in caches never change, so that what they use need not be worked out again, until they are on their way out. */
function withMemory(evaluator: QuotaEvaluator): QuotaEvaluator {
  const known = new WeakMap<KubernetesObject, Amounts>();
  return {
    ...evaluator,
    usage(object, nowMs) {
      const before = known.get(object);
      if (before) return before;
      const usage = evaluator.usage(object, nowMs);
      if (object.metadata.deletionTimestamp === undefined) known.set(object, usage);
      return usage;
    },
  };
}
