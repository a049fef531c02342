/** What a pod or claim asks for that the limit range of its namespace does not allow. */
import { Quantity } from '@navarch/api/quantity';
import { isPodLevelResource } from '@navarch/api/quota/resource-names';
import type { PersistentVolumeClaim } from '@navarch/api/types/core/v1/persistent-volume';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { LimitRange, LimitRangeItem } from '@navarch/api/types/core/v1/quota';
import type { ResourceList } from '@navarch/api/types/core/v1/resources';
import { listOf } from '../nil.ts';
import { compareText } from '../table/cells.ts';

interface Asked {
  readonly limits?: ResourceList;
  readonly requests?: ResourceList;
}

export function podProblems({ spec }: Pod, range: LimitRange): string[] {
  const containers = [...listOf(spec.containers), ...listOf(spec.initContainers)];
  return listOf(range.spec.limits).flatMap((item) => {
    if (item.type === 'Container') {
      return containers.flatMap(({ resources }) => itemProblems(item, resources ?? {}));
    }
    return item.type === 'Pod' ? itemProblems(item, podTotals(spec)) : [];
  });
}

export function claimProblems({ spec }: PersistentVolumeClaim, range: LimitRange): string[] {
  const { requests } = spec.resources ?? {};
  return listOf(range.spec.limits)
    .filter((item) => item.type === 'PersistentVolumeClaim')
    .flatMap((item) => [
      ...each(item.min, (name, low) => {
        const request = requests?.[name];
        const text = `minimum ${name} usage per ${item.type} is ${low}`;
        if (request === undefined) return `${text}.  No request is specified`;
        return isLess(request, low) && `${text}, but request is ${request}`;
      }),
      ...each(item.max, (name, high) => {
        const request = requests?.[name];
        const text = `maximum ${name} usage per ${item.type} is ${high}`;
        if (request === undefined) return `${text}.  No request is specified`;
        return isLess(high, request) && `${text}, but request is ${request}`;
      }),
    ]);
}

function itemProblems(item: LimitRangeItem, asked: Asked): string[] {
  const { type } = item;
  return [
    ...each(item.min, (name, low) => minimumProblem(type, name, low, asked)),
    ...each(item.max, (name, high) => maximumProblem(type, name, high, asked)),
    ...each(item.maxLimitRequestRatio, (name, ratio) => ratioProblem(type, name, ratio, asked)),
  ];
}

type Problem = string | false;

function minimumProblem(type: string, name: string, low: string, asked: Asked): Problem {
  const [request, limit] = [asked.requests?.[name], asked.limits?.[name]];
  const text = `minimum ${name} usage per ${type} is ${low}`;
  if (request === undefined) return `${text}.  No request is specified`;
  if (isLess(request, low)) return `${text}, but request is ${request}`;
  return limit !== undefined && isLess(limit, low) && `${text}, but limit is ${limit}`;
}

function maximumProblem(type: string, name: string, high: string, asked: Asked): Problem {
  const [request, limit] = [asked.requests?.[name], asked.limits?.[name]];
  const text = `maximum ${name} usage per ${type} is ${high}`;
  if (limit === undefined) return `${text}.  No limit is specified`;
  if (isLess(high, limit)) return `${text}, but limit is ${limit}`;
  return request !== undefined && isLess(high, request) && `${text}, but request is ${request}`;
}

function ratioProblem(type: string, name: string, ratio: string, asked: Asked): Problem {
  const request = amount(asked.requests?.[name]);
  const limit = amount(asked.limits?.[name]);
  const text = `${name} max limit to request ratio per ${type} is ${ratio}`;
  if (request === 0) return `${text}, but no request is specified or request is 0`;
  if (limit === 0) return `${text}, but no limit is specified or limit is 0`;
  const provided = limit / request;
  return provided > amount(ratio) && `${text}, but provided ratio is ${provided.toFixed(6)}`;
}

/** In the order of the names, so that the same request always gets the same answer. */
function each(
  list: ResourceList | undefined,
  problem: (name: string, value: string) => Problem,
): string[] {
  return Object.entries(list ?? {})
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([name, value]) => problem(name, value))
    .filter((text) => text !== false);
}

function isLess(a: string, b: string): boolean {
  return Quantity.parse(a).compare(Quantity.parse(b)) < 0;
}

const nanosPerUnit = 1e9;

/** For ratios: precise enough, and zero when absent. */
function amount(text: string | undefined): number {
  return text === undefined ? 0 : Number(Quantity.parse(text).nanos) / nanosPerUnit;
}

/** What the pod needs at most at once: all containers together, or one init container if that is more; or what it says as a whole. */
function podTotals(spec: Pod['spec']): Asked {
  const total = (kind: 'limits' | 'requests'): ResourceList => {
    const lists = listOf(spec.containers).map(({ resources }) => resources?.[kind] ?? {});
    const sums = new Map<string, Quantity>();
    for (const name of Object.keys(Object.assign({}, ...lists))) {
      const values = lists.map((list) => list[name]);
      // An amount that one container leaves open is open for the pod.
      if (values.includes(undefined)) continue;
      sums.set(
        name,
        values.reduce((sum, text) => sum.add(Quantity.parse(text ?? '0')), Quantity.zero),
      );
    }
    for (const { resources } of listOf(spec.initContainers)) {
      for (const [name, text] of Object.entries(resources?.[kind] ?? {})) {
        const value = Quantity.parse(text);
        const sum = sums.get(name);
        if (!sum || sum.compare(value) < 0) sums.set(name, value);
      }
    }
    for (const [name, text] of Object.entries(spec.resources?.[kind] ?? {})) {
      if (isPodLevelResource(name)) sums.set(name, Quantity.parse(text));
    }
    return Object.fromEntries([...sums].map(([name, value]) => [name, value.toString()]));
  };
  return { limits: total('limits'), requests: total('requests') };
}
