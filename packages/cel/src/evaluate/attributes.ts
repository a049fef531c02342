/** Variables, `.field`, `[index]`, their optional forms, and has(). */
import { CelError } from '../errors.ts';
import { hasField, lookUp, lookUpField } from '../functions/collections.ts';
import { isList, Optional, type Value } from '../values.ts';
import {
  attempt,
  attributeNode,
  charge,
  type Frame,
  isAbsorbable,
  type Node,
  type Run,
} from './node.ts';
import { valueText } from './text.ts';

const accessCost = 1;

/** A global variable. */
export function variableNode(name: string): Node {
  return attributeNode((frame) => {
    const value = frame.bindings.get(name);
    if (value === undefined) throw new CelError(`no such attribute(s): ${name}`);
    return value;
  }, accessCost);
}

/** A local variable. */
export function localNode(slot: number): Node {
  return attributeNode((frame) => valueIn(frame.slots[slot]), accessCost);
}

/** A local variable that is computed, and paid for, when it is read first. */
export function boundNode(slot: number, init: Node): Node {
  return attributeNode(
    (frame) => valueIn((frame.slots[slot] ??= attempt(init, frame))),
    accessCost,
  );
}

function valueIn(held: Value | CelError | undefined): Value {
  if (held instanceof CelError) throw held;
  if (held === undefined) throw new CelError('no such attribute(s)');
  return held;
}

/** `operand.field`, or `operand.?field`. */
export function fieldNode(operand: Node, field: string, optional: boolean): Node {
  const find = (container: Value): Value | undefined => lookUpField(container, field);
  const findPresent = (container: Value): Value | undefined =>
    hasField(container, field) ? lookUpField(container, field) : undefined;
  return qualified(operand, () => field, { find, findPresent }, optional);
}

/** `operand[index]`, or `operand[?index]`. */
export function indexNode(operand: Node, index: Node, optional: boolean): Node {
  if (index.constant !== undefined) {
    const key = index.constant;
    return qualified(
      operand,
      () => key,
      alike((container) => lookUp(container, key)),
      optional,
    );
  }
  const key = index.resolve ?? index.run;
  return qualified(operand, key, alike(lookUp), optional);
}

/** `has(operand.field)`. */
export function presenceNode(operand: Node, field: string): Node {
  const inner = operand.resolve ?? operand.run;
  const run: Run = (frame) => {
    const container = inner(frame);
    charge(frame, accessCost);
    if (!(container instanceof Optional)) return hasField(container, field);
    return container.value !== undefined && hasField(container.value, field);
  };
  return { run, resolve: run, base: 0 };
}

type Find = (container: Value, key: Value) => Value | undefined;

/** How something is found that must be there, and that need not. Of objects, absent fields may be null. */
interface Finds {
  readonly find: Find;
  readonly findPresent: Find;
}

const alike = (find: Find): Finds => ({ find, findPresent: find });

/** One step from a container to what is in it. */
function qualified(
  operand: Node,
  keyOf: Run,
  { find, findPresent }: Finds,
  optional: boolean,
): Node {
  const inner = operand.resolve ?? operand.run;
  const resolve: Run = (frame) => {
    const container = inner(frame);
    if (optional || container instanceof Optional) {
      return ifPresent(frame, container, (value) => findPresent(value, keyOf(frame)));
    }
    const key = keyAt(frame, keyOf);
    charge(frame, accessCost);
    const found = find(container, key);
    if (found !== undefined) return found;
    throw missing(container, key);
  };
  // What is selected from a computed value counts as naming that value, too.
  return attributeNode(resolve, operand.base ?? accessCost);
}

/** A step whose key has no value counts all the same. */
function keyAt(frame: Frame, keyOf: Run): Value {
  try {
    return keyOf(frame);
  } catch (error) {
    if (isAbsorbable(error)) charge(frame, accessCost);
    throw error;
  }
}

function ifPresent(
  frame: Frame,
  container: Value,
  find: (container: Value) => Value | undefined,
): Optional {
  const inner = container instanceof Optional ? container.value : container;
  if (inner === undefined) return Optional.none;
  const found = find(inner);
  if (found === undefined) return Optional.none;
  charge(frame, accessCost);
  return found instanceof Optional ? found : Optional.of(found);
}

function missing(container: Value, key: Value): CelError {
  const text = valueText(key);
  return new CelError(isList(container) ? `index out of bounds: ${text}` : `no such key: ${text}`);
}
