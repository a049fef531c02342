/** What the rules of a schema may cost: each for all the values that there may be of it, and all together. */
import { type FieldError, forbidden, type Path } from '@navarch/api/field-error';
import type { Int64 } from '@navarch/api/types/scalars';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';

/** KEP-2876: so much may one rule cost, and all rules of a schema. */
export const ruleCostMax = 10_000_000;
const totalCostMax = 100_000_000;
const mostExpensiveMax = 4;
/** What costs less than this part of the total is never named. */
const shareMin = 0.01;

interface Total {
  sum: number;
  readonly observed: { readonly path: Path; readonly cost: number }[];
}

/** A place in a schema. How many values may be there is unknown below lists and maps without bounds. */
export class CostContext {
  /** Kind and names are known here even if the schema does not say so. */
  readonly isObject: boolean;
  readonly #count: number | undefined;
  readonly #total: Total;

  private constructor(isObject: boolean, count: number | undefined, total: Total) {
    this.isObject = isObject;
    this.#count = count;
    this.#total = total;
  }

  static forObject(): CostContext {
    return new CostContext(true, 1, { sum: 0, observed: [] });
  }

  /** Undefined inside restrictions, where rules are not counted. */
  child(parent: JSONSchemaProps, step: string, part: JSONSchemaProps): CostContext | undefined {
    const isObject = part['x-kubernetes-embedded-resource'] === true;
    const at = (count: number | undefined): CostContext =>
      new CostContext(isObject, count, this.#total);
    const times = (max: Int64 | undefined): number | undefined =>
      max === undefined || this.#count === undefined
        ? undefined
        : this.#count * Math.max(0, Number(max));
    switch (step) {
      case 'properties':
        return at(this.#count);
      case 'items':
        return at(times(parent.maxItems));
      case 'additionalProperties':
        return at(times(parent.maxProperties));
      default:
        return undefined;
    }
  }

  /** For all values; `otherwise` is how many there are where nothing says it. */
  costOf(cost: number, otherwise: number): number {
    return cost * (this.#count ?? otherwise);
  }

  observe(path: Path, cost: number): void {
    this.#total.sum += cost;
    if (cost >= totalCostMax * shareMin) this.#total.observed.push({ path, cost });
  }

  /** The most expensive are named. */
  totalErrors(path: Path): FieldError[] {
    const { sum, observed } = this.#total;
    if (sum <= totalCostMax) return [];
    const detail =
      'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema';
    const expensive = [...observed].sort((a, b) => b.cost - a.cost).slice(0, mostExpensiveMax);
    const what = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema';
    return [
      ...expensive.map((rule) => forbidden(rule.path, detail)),
      forbidden(path, excessText(what, sum, totalCostMax)),
    ];
  }
}

export function excessText(what: string, cost: number, max: number): string {
  const factor = cost / max;
  const text =
    factor > 100 ? 'more than 100x' : `${factor < 1.5 ? factor.toFixed(6) : factor.toFixed(1)}x`;
  return `${what} exceeds budget by factor of ${text} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}
