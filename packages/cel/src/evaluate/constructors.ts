/** Lists, maps and objects that an expression writes down. They are paid for also where they have no value. */
import type { TypeProvider } from '../checker/scope.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { listOf, mapKey, mapOf, Optional, type Value } from '../values.ts';
import {
  charge,
  faultNode,
  constantNode,
  isAbsorbable,
  isFixed,
  type Node,
  type Run,
} from './node.ts';
import { valueText } from './text.ts';

const listCost = 10;
const mapCost = 30;
const objectCost = 40;

/** An entry of a map. */
interface Entry {
  readonly key: Node;
  readonly value: Node;
  readonly optional: boolean;
}

/** A field of an object. */
interface Field {
  readonly name: string;
  readonly node: Node;
  readonly optional: boolean;
}

/** `[a, ?b]`; `optionals` are the indexes of elements with a question mark. */
export function listNode(elements: readonly Node[], optionals: ReadonlySet<number>): Node {
  const node = built(listCost, (frame) => {
    const items: Value[] = [];
    for (const [index, element] of elements.entries()) {
      const value = element.run(frame);
      if (!optionals.has(index)) items.push(value);
      else if (!(value instanceof Optional)) throw noOptional('list element', value);
      else if (value.value !== undefined) items.push(value.value);
    }
    return listOf(items);
  });
  return elements.every(isFixed) ? folded(node) : node;
}

/** `{a: b, ?c: d}`. */
export function mapNode(entries: readonly Entry[]): Node {
  const node = built(mapCost, (frame) => {
    const pairs = new Map<unknown, readonly [Value, Value]>();
    for (const { key, value, optional } of entries) {
      const name = key.run(frame);
      const what = entryValue(name, value.run(frame), optional);
      const unique = mapKey(name);
      if (unique === undefined) throw new CelError('unsupported key type');
      // The last one of a name decides, also when it is absent.
      if (what === undefined) pairs.delete(unique);
      else pairs.set(unique, [name, what]);
    }
    return mapOf(pairs.values());
  });
  return entries.every(({ key, value }) => isFixed(key) && isFixed(value)) ? folded(node) : node;
}

/** `Name{a: b, ?c: d}`. */
export function structNode(
  typeName: string,
  fields: readonly Field[],
  provider: TypeProvider,
): Node {
  return built(objectCost, (frame) => {
    const values = new Map<string, Value>();
    for (const { name, node, optional } of fields) {
      const value = entryValue(name, node.run(frame), optional);
      // The last one of a name decides, also when it is absent.
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    }
    if (provider.construct === undefined) throw noSuchOverload();
    return provider.construct(typeName, values);
  });
}

function built(cost: number, build: Run): Node {
  return {
    run(frame) {
      let value: Value;
      try {
        value = build(frame);
      } catch (error) {
        if (isAbsorbable(error)) charge(frame, cost);
        throw error;
      }
      charge(frame, cost);
      return value;
    },
  };
}

/** A literal that uses no variables. Upstream accepts one that has no value; evaluating it fails. */
function folded(node: Node): Node {
  try {
    return constantNode(runOnce(node));
  } catch (error) {
    if (error instanceof CelError) return faultNode(error);
    throw error;
  }
}

/** The value of a node that uses no variables; throws CelError. */
export function runOnce(node: Node): Value {
  return node.run({ bindings: new Map(), slots: [], cost: 0, costLimit: Infinity });
}

/** What an entry or a field is to be; undefined when it is to be left out. */
function entryValue(name: Value, value: Value, optional: boolean): Value | undefined {
  if (!optional) return value;
  if (!(value instanceof Optional)) throw noOptional(`entry '${valueText(name)}'`, value);
  return value.value;
}

function noOptional(what: string, value: Value): CelError {
  return new CelError(
    `cannot initialize optional ${what} from non-optional value ${valueText(value)}`,
  );
}
