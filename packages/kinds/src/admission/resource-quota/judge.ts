/** What a request would add to the quotas of its namespace, and whether they bear it. Pure: nothing is charged here. */
import type { AdmissionAttributes } from '@navarch/api/extension/admission';
import type { KubernetesObject } from '@navarch/api/extension/object';
import {
  addAmounts,
  type Amounts,
  amountsText,
  parseAmounts,
  printAmounts,
  selectAmounts,
  subtractAmounts,
} from '@navarch/api/quota/amounts';
import type { QuotaEvaluator } from '@navarch/api/quota/evaluator';
import { isInScope, limitsOf, scopesOf } from '@navarch/api/quota/quotas';
import { unknownReason } from '@navarch/api/status';
import type {
  ResourceQuota,
  ScopedResourceSelectorRequirement,
} from '@navarch/api/types/core/v1/quota';
import { compareText } from '../../table/cells.ts';
import { refusal } from '../refuse.ts';

/** apiserver.config.k8s.io/v1 ResourceQuotaConfiguration: what may only be used where a quota allows it. */
export interface LimitedResource {
  readonly apiGroup: string;
  readonly resource: string;
  /** Parts of the names of amounts that need a quota. */
  readonly matchContains: readonly string[];
  /** Scopes that need a quota. */
  readonly matchScopes: readonly ScopedResourceSelectorRequirement[];
}

export interface Request {
  readonly attributes: AdmissionAttributes;
  readonly object: KubernetesObject;
  readonly evaluator: QuotaEvaluator;
  readonly nowMs: number;
}

/**
 * What the request adds to what is used of this quota; undefined when it does not fall under it. Throws when the object does not say
 * what the quota has to know, or the quota is not yet known to be used.
 */
export function chargeTo(quota: ResourceQuota, request: Request): Amounts | undefined {
  const { attributes, object, evaluator, nowMs } = request;
  const limited = limitsOf(quota, evaluator);
  if (limited.length === 0 || !isInScope(quota, evaluator, object)) return undefined;
  const name = quota.metadata.name ?? '';
  const missing = evaluator.missing?.(object, limited);
  if (missing !== undefined) throw refusal(attributes, `failed quota: ${name}: ${missing}`);
  const used = quota.status?.used;
  if (limited.some((resource) => used?.[resource] === undefined)) {
    const resources = limited.toSorted(compareText).join(',');
    throw refusal(attributes, `status unknown for quota: ${name}, resources: ${resources}`);
  }
  const { oldObject, operation } = attributes;
  const isCounted =
    operation === 'UPDATE' && oldObject !== undefined && isInScope(quota, evaluator, oldObject);
  const added = isCounted ? growth(request, oldObject) : evaluator.usage(object, nowMs);
  const names = Object.keys(quota.status?.hard ?? {});
  return selectAmounts(added, (resource, amount) => !amount.isZero() && names.includes(resource));
}

function growth({ object, evaluator, nowMs }: Request, before: KubernetesObject): Amounts {
  return subtractAmounts(evaluator.usage(object, nowMs), evaluator.usage(before, nowMs));
}

/** The quota with that much more used. Throws when that is too much: statuses only say what is so already. */
export function charged(
  quota: ResourceQuota,
  added: Amounts,
  attributes: AdmissionAttributes,
): ResourceQuota {
  const hard = parseAmounts(quota.status?.hard);
  const before = parseAmounts(quota.status?.used);
  const used = addAmounts(before, added);
  const exceeded = (name: string): boolean => {
    const limit = hard.get(name);
    return added.has(name) && limit !== undefined && (used.get(name)?.compare(limit) ?? 0) > 0;
  };
  if (attributes.subresource !== 'status' && [...hard.keys()].some(exceeded)) {
    const [requested, taken, limit] = [added, before, hard].map((amounts) =>
      amountsText(selectAmounts(amounts, exceeded)),
    );
    const message = `exceeded quota: ${quota.metadata.name ?? ''}, requested: ${requested}, used: ${taken}, limited: ${limit}`;
    throw refusal(attributes, message);
  }
  return { ...quota, status: { ...quota.status, used: printAmounts(used) } };
}

/** The quota without what a request was charged that came to nothing. */
export function refunded(quota: ResourceQuota, amounts: Amounts): ResourceQuota {
  const used = subtractAmounts(parseAmounts(quota.status?.used), amounts);
  return { ...quota, status: { ...quota.status, used: printAmounts(used) } };
}

/** Refuses what needs a quota and has none. */
export function checkCovered(
  quotas: readonly ResourceQuota[],
  request: Request,
  limitedResources: readonly LimitedResource[],
): void {
  const { attributes, object, evaluator, nowMs } = request;
  const { group, resource } = attributes.resource;
  const own = limitedResources.filter(
    (limited) => limited.apiGroup === group && limited.resource === resource,
  );
  const matches = (scope: ScopedResourceSelectorRequirement) =>
    evaluator.inScope?.(scope, object) ?? false;
  const scopes = limitedResources.flatMap(({ matchScopes }) => matchScopes).filter(matches);
  if (own.length === 0 && scopes.length === 0) return;
  const { oldObject } = attributes;
  const added = oldObject ? growth(request, oldObject) : evaluator.usage(object, nowMs);
  if (![...added.values()].some((amount) => !amount.isZero())) return;
  const needed = [...evaluator.usage(object, nowMs)].flatMap(([name, amount]) =>
    amount.sign() > 0 && own.some(({ matchContains }) => containsAny(name, matchContains))
      ? [name]
      : [],
  );
  const covered = quotas
    .filter((quota) => isInScope(quota, evaluator, object))
    .flatMap((quota) => limitsOf(quota, evaluator));
  const uncovered = needed.filter((name) => !covered.includes(name)).toSorted(compareText);
  if (uncovered.length > 0) {
    throw refusal(attributes, `insufficient quota to consume: ${uncovered.join(',')}`);
  }
  const coveredScopes = quotas.flatMap(scopesOf).filter(matches);
  const open = scopes.filter(
    ({ scopeName }) => !coveredScopes.some((known) => known.scopeName === scopeName),
  );
  if (open.length > 0) {
    throw unknownReason(`insufficient quota to match these scopes: ${scopesText(open)}`);
  }
}

function containsAny(name: string, parts: readonly string[]): boolean {
  return parts.some((part) => name.includes(part));
}

/** `[{PriorityClass In [high low]}]`. */
function scopesText(scopes: readonly ScopedResourceSelectorRequirement[]): string {
  const texts = scopes.map(
    ({ scopeName, operator, values }) => `{${scopeName} ${operator} [${(values ?? []).join(' ')}]}`,
  );
  return `[${texts.join(' ')}]`;
}
