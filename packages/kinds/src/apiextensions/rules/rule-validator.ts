/**
 * The rules of a schema, evaluated for objects.
 *
 * Values are visited from the outside in; null is not checked. All rules of an object share a budget: when it is spent, the
 * rest is not evaluated, and the object is refused.
 */
import { type FieldError, Path } from '@navarch/api/field-error';
import type { Warn } from '@navarch/api/extension/resource';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { isEmbedded, isMembers, itemsOf, valueSchema } from '../custom/schema-parts.ts';
import { type Correlation, correlate } from '../values/correlation.ts';
import { itemKey } from '../values/list-types.ts';
import type { RuleValidator } from '../values/validator.ts';
import { compileRuleSet, type RuleSet } from './compile-rule.ts';
import { evaluateRules } from './evaluate-rules.ts';
import { RuleBudget } from './rule-budget.ts';

/** Undefined when there are none. Rules are compiled when there is a first value for them. */
export function compileRules(
  schema: JSONSchemaProps,
  { isObject }: { readonly isObject: boolean } = { isObject: true },
): RuleValidator | undefined {
  if (!hasRules(schema)) return undefined;
  const root = new RuleNode(schema, isObject);
  const run = (visited: Visited, warn: Warn): FieldError[] => {
    const errors: FieldError[] = [];
    visit(root, visited, { errors, budget: new RuleBudget(), warn });
    return errors;
  };
  const silent = (): void => undefined;
  return {
    validate: (value) => run({ value, old: undefined, path: Path.root, ratchet: none }, silent),
    validatePart(value, path) {
      const kept = run({ value, old: value, path, ratchet: none }, silent);
      // Rules may let pass what was there before.
      return kept.length > 0 ? kept : run({ value, old: undefined, path, ratchet: none }, silent);
    },
    validateUpdate(value, old, warn) {
      const ratchet = { current: correlate(value, old, schema), nearest: undefined };
      return run({ value, old, path: Path.root, ratchet }, warn);
    },
  };
}

/** What an update left alone is not refused for rules that only look at the new value. */
interface Ratchet {
  readonly current: Correlation | undefined;
  /** The closest part around it that could be related to an old one. */
  readonly nearest: Correlation | undefined;
}

const none: Ratchet = { current: undefined, nearest: undefined };

function isUnchanged({ current, nearest }: Ratchet): boolean {
  return (current ?? nearest)?.isUnchanged() === true;
}

function below(
  { current, nearest }: Ratchet,
  step: (current: Correlation) => Correlation | undefined,
): Ratchet {
  return current ? { current: step(current), nearest: current } : { current, nearest };
}

/** A schema with its rules. */
class RuleNode {
  readonly schema: JSONSchemaProps;
  readonly isObject: boolean;
  readonly #made: {
    rules?: RuleSet | undefined;
    properties?: ReadonlyMap<string, RuleNode>;
    inner?: Inner;
  } = {};

  constructor(schema: JSONSchemaProps, isObject: boolean) {
    this.schema = schema;
    this.isObject = isObject;
  }

  get rules(): RuleSet | undefined {
    return (this.#made.rules ??= compileRuleSet(this.schema, this.isObject));
  }

  get properties(): ReadonlyMap<string, RuleNode> {
    return (this.#made.properties ??= new Map(
      Object.entries(this.schema.properties ?? {}).flatMap(([name, part]) => {
        const node = nodeOf(part);
        return node ? [[name, node]] : [];
      }),
    ));
  }

  get inner(): Inner {
    return (this.#made.inner ??= {
      items: nodeOf(itemsOf(this.schema)),
      values: nodeOf(valueSchema(this.schema)),
    });
  }
}

interface Inner {
  readonly items: RuleNode | undefined;
  readonly values: RuleNode | undefined;
}

function nodeOf(schema: JSONSchemaProps | undefined): RuleNode | undefined {
  return schema && hasRules(schema) ? new RuleNode(schema, isEmbedded(schema)) : undefined;
}

function hasRules(schema: JSONSchemaProps): boolean {
  if ((schema['x-kubernetes-validations'] ?? []).length > 0) return true;
  const parts = [itemsOf(schema), valueSchema(schema), ...Object.values(schema.properties ?? {})];
  return parts.some((part) => part !== undefined && hasRules(part));
}

interface Visited {
  readonly value: unknown;
  readonly old: unknown;
  readonly path: Path;
  readonly ratchet: Ratchet;
}

interface Progress {
  readonly errors: FieldError[];
  readonly budget: RuleBudget;
  readonly warn: Warn;
}

function visit(node: RuleNode, visited: Visited, progress: Progress): void {
  const { value, old, path, ratchet } = visited;
  if (value === null || value === undefined || progress.budget.isSpent) return;
  if (node.rules) {
    const { schema, isObject } = node;
    const forgive = isUnchanged(ratchet) ? progress.warn : undefined;
    const subject = { value, old: old ?? undefined, schema, isObject, path, forgive };
    progress.errors.push(...evaluateRules(node.rules, subject, progress.budget));
  }
  if (Array.isArray(value)) visitItems(node, value, visited, progress);
  else if (isMembers(value)) visitMembers(node, value, visited, progress);
}

function visitItems(
  { inner, schema }: RuleNode,
  items: readonly unknown[],
  { old, path, ratchet }: Visited,
  progress: Progress,
): void {
  if (!inner.items) return;
  const oldItem = oldItems(old, schema);
  for (const [i, value] of items.entries()) {
    const deeper = below(ratchet, (current) => current.item(i));
    const item = { value, old: oldItem(value), path: path.index(i), ratchet: deeper };
    visit(inner.items, item, progress);
  }
}

/** Only items with keys can be found again. */
function oldItems(old: unknown, schema: JSONSchemaProps): (item: unknown) => unknown {
  if (!Array.isArray(old) || schema['x-kubernetes-list-type'] !== 'map') return () => undefined;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const byKey = new Map(old.map((item: unknown) => [itemKey(item, keys), item]));
  return (item) => byKey.get(itemKey(item, keys));
}

/** Changes of an object's own version and kind are not seen: both objects have been converted to one. */
function isHidden(name: string, { current, nearest }: Ratchet): boolean {
  return (
    (name === 'apiVersion' || name === 'kind') && current !== undefined && nearest === undefined
  );
}

function visitMembers(
  { inner, properties }: RuleNode,
  value: Readonly<Record<string, unknown>>,
  { old, path, ratchet }: Visited,
  progress: Progress,
): void {
  for (const [name, member] of Object.entries(value)) {
    const property = properties.get(name);
    const node = property ?? inner.values;
    if (!node) continue;
    const oldMember = isMembers(old) && Object.hasOwn(old, name) ? old[name] : undefined;
    const deeper = isHidden(name, ratchet)
      ? none
      : below(ratchet, (current) => current.member(name));
    const at = property ? path.child(name) : path.key(name);
    visit(node, { value: member, old: oldMember, path: at, ratchet: deeper }, progress);
  }
}
