/** What the rules of a schema may cost: each for all the values that there may be of it, and all together. */
import { type FieldError, forbidden, type Path } from '@navarch/api/field-error';
import type { Int64 } from '@navarch/api/types/scalars';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { declareType } from '../../cel/declared-type.ts';

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

interface Place {
  readonly schema: JSONSchemaProps;
  /** Kind and names are known here even if the schema does not say so. */
  readonly isObject: boolean;
  /** How many values there may be; undefined below lists and maps without bounds. */
  readonly count: number | undefined;
  /** The place around it. */
  readonly around: CostContext | undefined;
}

/** A place in a schema. */
export class CostContext {
  readonly isObject: boolean;
  readonly #schema: JSONSchemaProps;
  readonly #count: number | undefined;
  readonly #around: CostContext | undefined;
  readonly #total: Total;
  #hasType: boolean | undefined;

  private constructor({ schema, isObject, count, around }: Place, total: Total) {
    this.isObject = isObject;
    this.#schema = schema;
    this.#count = count;
    this.#around = around;
    this.#total = total;
  }

  static forObject(schema: JSONSchemaProps): CostContext {
    const place = { schema, isObject: true, count: 1, around: undefined };
    return new CostContext(place, { sum: 0, observed: [] });
  }

  /** Undefined inside restrictions, where rules are not counted. */
  child(step: string, part: JSONSchemaProps): CostContext | undefined {
    if (!['properties', 'items', 'additionalProperties'].includes(step)) return undefined;
    const most = this.#count === undefined ? undefined : elementsMax(this.#schema);
    const count = most === undefined || this.#count === undefined ? undefined : this.#count * most;
    const isObject = part['x-kubernetes-embedded-resource'] === true;
    return new CostContext({ schema: part, isObject, count, around: this }, this.#total);
  }

  /** Whether expressions can see values here. If they cannot see those around although there are rules, they see none. */
  get hasType(): boolean {
    this.#hasType ??=
      isTyped(this.#around) &&
      declareType(this.#schema, { isObject: this.isObject, name: 'selfType' }) !== undefined;
    return this.#hasType;
  }

  /** Whether there are rules here or further out. */
  get isInScope(): boolean {
    const own = this.#schema['x-kubernetes-validations'] ?? [];
    return own.length > 0 || this.#around?.isInScope === true;
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

/** Types are only made where there are rules. */
const isTyped = (around: CostContext | undefined): boolean =>
  around?.isInScope !== true || around.hasType;

/** How many values of its parts one value of a schema has at most; undefined when nothing says it. */
function elementsMax(schema: JSONSchemaProps): number | undefined {
  const { type, additionalProperties, maxProperties, maxItems } = schema;
  if (type === 'array') return bound(maxItems);
  return type === 'object' && additionalProperties !== undefined ? bound(maxProperties) : 1;
}

const bound = (max: Int64 | undefined): number | undefined =>
  max === undefined ? undefined : Math.max(0, Number(max));

export function excessText(what: string, cost: number, max: number): string {
  const factor = cost / max;
  const text =
    factor > 100 ? 'more than 100x' : `${factor < 1.5 ? factor.toFixed(6) : factor.toFixed(1)}x`;
  return `${what} exceeds budget by factor of ${text} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}
