/** Loops over lists and maps. */
import { CelError } from '../errors.ts';
import { asMap, isList, kindOf, typeNameOf, type Value, type ValueKind } from '../values.ts';
import { attempt, type Node } from './node.ts';

/** A compiled loop. Slots are where its variables live. */
export interface Loop {
  readonly range: Node;
  readonly accuInit: Node;
  readonly condition: Node;
  readonly step: Node;
  readonly result: Node;
  readonly accuSlot: number;
  readonly slot: number;
  /** For loops with two variables. */
  readonly slot2: number | undefined;
}

/** A loop as an expression. */
export function loopNode(loop: Loop): Node {
  return {
    run(frame) {
      const range = loop.range.run(frame);
      const { accuSlot } = loop;
      const outer = [frame.slots[accuSlot], frame.slots[loop.slot]];
      frame.slots[accuSlot] = attempt(loop.accuInit, frame);
      for (const [first, second] of rounds(range, loop.slot2 !== undefined)) {
        frame.slots[loop.slot] = first;
        if (loop.slot2 !== undefined) frame.slots[loop.slot2] = second;
        if (loop.condition.run(frame) === false) break;
        frame.slots[accuSlot] = attempt(loop.step, frame);
      }
      const result = loop.result.run(frame);
      [frame.slots[accuSlot], frame.slots[loop.slot]] = outer;
      return result;
    },
  };
}

/** What gives a local variable its scope: it has no value until it is read. */
export function bindingNode(slot: number, result: Node): Node {
  return {
    run(frame) {
      const outer = frame.slots[slot];
      frame.slots[slot] = undefined;
      const value = result.run(frame);
      frame.slots[slot] = outer;
      return value;
    },
  };
}

/** The values of the variables: elements or keys; with two, index and element, key and value. */
function* rounds(range: Value, two: boolean): Iterable<readonly [Value, Value]> {
  if (isList(range)) {
    for (let index = 0; index < range.size; index += 1) {
      const element = range.get(index);
      yield two ? [BigInt(index), element] : [element, null];
    }
    return;
  }
  const map = asMap(range);
  if (map === undefined) throw notIterable(range, two);
  for (const key of map.keys()) yield [key, two ? (map.get(key) ?? null) : null];
}

/** The names of types are those that Go has for them. */
const goTypes: Readonly<Partial<Record<ValueKind, string>>> = {
  bool: 'types.Bool',
  bytes: 'types.Bytes',
  double: 'types.Double',
  duration: 'types.Duration',
  int: 'types.Int',
  null: 'types.Null',
  optional: '*types.Optional',
  string: 'types.String',
  timestamp: 'types.Timestamp',
  type: '*types.Type',
  uint: 'types.Uint',
};

function notIterable(range: Value, two: boolean): CelError {
  const type = goTypes[kindOf(range)] ?? typeNameOf(range);
  return new CelError(
    two ? `unsupported comprehension range type: ${type}` : `got '${type}', expected iterable type`,
  );
}
