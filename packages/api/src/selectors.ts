/**
 * Label selectors, from their text form and from meta/v1 LabelSelector objects, compiled to a matcher. Caches that keep
 * an index ask `exactValues` which values of a key can match at all.
 */
import { goQuote } from '@navarch/codec/go/text';
import { parseRequirements } from './selectors/parse.ts';
import {
  newRequirement,
  requirementMatches,
  requirementText,
  SelectorError,
  type Labels,
  type Operator,
  type Requirement,
} from './selectors/requirement.ts';

/** The parts of meta/v1 LabelSelector. */
export interface LabelSelectorObject {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelSelectorExpression[];
}

export interface LabelSelectorExpression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

export class Selector {
  readonly requirements: readonly Requirement[];
  readonly #nothing: boolean;

  constructor(requirements: readonly Requirement[], kind: 'some' | 'nothing' = 'some') {
    this.requirements = requirements;
    this.#nothing = kind === 'nothing';
  }

  matches(labels: Labels | undefined): boolean {
    if (this.#nothing) return false;
    for (const requirement of this.requirements) {
      if (!requirementMatches(requirement, labels)) return false;
    }
    return true;
  }

  /** True when every object matches, so that nobody need look at labels. */
  get matchesEverything(): boolean {
    return this.requirements.length === 0 && !this.#nothing;
  }

  get matchesNothing(): boolean {
    return this.#nothing;
  }

  /** The only values of this label that can match; undefined when the selector leaves it open. */
  exactValues(key: string): readonly string[] | undefined {
    for (const requirement of this.requirements) {
      if (requirement.key === key && isPositive(requirement.operator)) return requirement.values;
    }
    return undefined;
  }

  /** The text form, in order of keys; empty for everything and for nothing. */
  toString(): string {
    return this.requirements.map(requirementText).join(',');
  }
}

function isPositive(operator: Operator): boolean {
  return operator === '=' || operator === '==' || operator === 'in';
}

export const everything: Selector = new Selector([]);
export const nothing: Selector = new Selector([], 'nothing');

/** Reads the text form. Throws a SelectorError whose message goes to the client. */
export function parseSelector(text: string): Selector {
  const requirements = parseRequirements(text);
  return requirements.length === 0 ? everything : new Selector(requirements);
}

/**
 * Compiles a LabelSelector object: none selects nothing, an empty one everything. Throws a SelectorError when it was not
 * validated and does not hold.
 */
export function compileSelector(selector: LabelSelectorObject | undefined): Selector {
  if (selector === undefined) return nothing;
  const equal = Object.entries(selector.matchLabels ?? {}).map(([key, value]) =>
    newRequirement(key, '=', [value]),
  );
  const rest = (selector.matchExpressions ?? []).map((expression) =>
    newRequirement(expression.key, operatorOf(expression.operator), expression.values ?? []),
  );
  const requirements = [...equal, ...rest];
  return requirements.length === 0 ? everything : new Selector(requirements.sort(byKey));
}

/** Matches objects that have all these labels, without checking their syntax. */
export function selectorFromLabels(labels: Labels | undefined): Selector {
  const requirements = Object.entries(labels ?? {}).map(([key, value]): Requirement => ({
    key,
    operator: '=',
    values: [value],
  }));
  return requirements.length === 0 ? everything : new Selector(requirements.sort(byKey));
}

/** The selector as people read it in tables: `<none>` when it is empty, `<error>` when it does not hold. */
export function formatSelector(selector: LabelSelectorObject | undefined): string {
  try {
    return compileSelector(selector).toString() || '<none>';
  } catch (error) {
    if (error instanceof SelectorError) return '<error>';
    throw error;
  }
}

/** The LabelSelector object that says the same as a text form. */
export function parseToLabelSelector(text: string): LabelSelectorObject {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: LabelSelectorExpression[] = [];
  for (const { key, operator, values } of parseRequirements(text)) {
    if (operator === '=' || operator === '==') matchLabels[key] = values[0] ?? '';
    else matchExpressions.push(toExpression(key, operator, values));
  }
  return { matchLabels, matchExpressions };
}

function toExpression(
  key: string,
  operator: Operator,
  values: readonly string[],
): LabelSelectorExpression {
  switch (operator) {
    case 'exists':
      return { key, operator: 'Exists' };
    case '!':
      return { key, operator: 'DoesNotExist' };
    case 'gt':
    case 'lt':
      throw new SelectorError(`${goQuote(operator)} isn't supported in label selectors`);
    case 'in':
      return { key, operator: 'In', values };
    case 'notin':
    case '!=':
      return { key, operator: 'NotIn', values };
    default:
      throw new SelectorError(`${goQuote(operator)} is not a valid label selector operator`);
  }
}

function operatorOf(operator: string): Operator {
  switch (operator) {
    case 'In':
      return 'in';
    case 'NotIn':
      return 'notin';
    case 'Exists':
      return 'exists';
    case 'DoesNotExist':
      return '!';
    default:
      throw new SelectorError(`${goQuote(operator)} is not a valid label selector operator`);
  }
}

function byKey(a: Requirement, b: Requirement): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
