/** Which pods cannot be displaced without breaking a disruption budget. Pure. */
import { compileSelector, type Selector } from '@navarch/api/selectors';
import type { PodDisruptionBudget } from '@navarch/api/types/policy/v1';
import type { PodInfo } from '../../pod/pod-info.ts';

export interface DisruptionBudget {
  readonly namespace: string;
  readonly selector: Selector;
  readonly allowed: number;
  /** Names of pods that are on their way out already, and accounted for. */
  readonly disrupted: Readonly<Record<string, unknown>>;
}

/** A budget without a selector, or with an empty one, protects nothing here. */
export function readBudgets(budgets: readonly PodDisruptionBudget[]): readonly DisruptionBudget[] {
  return budgets.flatMap(({ metadata, spec, status }) => {
    const selector = compileSelector(spec?.selector);
    if (selector.matchesEverything || selector.matchesNothing) return [];
    return [
      {
        namespace: metadata.namespace ?? '',
        selector,
        allowed: status?.disruptionsAllowed ?? 0,
        disrupted: status?.disruptedPods ?? {},
      },
    ];
  });
}

/** Budgets are used up in the order of `pods`, which both lists keep. */
export function splitByBudgets(
  pods: readonly PodInfo[],
  budgets: readonly DisruptionBudget[],
): { readonly violating: readonly PodInfo[]; readonly others: readonly PodInfo[] } {
  const left = budgets.map(({ allowed }) => allowed);
  const violating: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const info of pods) {
    let breaks = false;
    for (const [index, budget] of budgets.entries()) {
      if (!protects(budget, info)) continue;
      const after = (left[index] ?? 0) - 1;
      left[index] = after;
      if (after < 0) breaks = true;
    }
    (breaks ? violating : others).push(info);
  }
  return { violating, others };
}

function protects({ namespace, selector, disrupted }: DisruptionBudget, { pod }: PodInfo): boolean {
  const { labels, name = '' } = pod.metadata;
  if (namespace !== pod.metadata.namespace || !labels || Object.keys(labels).length === 0)
    return false;
  return selector.matches(labels) && !(name in disrupted);
}
