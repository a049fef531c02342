/** What an expression is compiled to: functions over a frame. */
import { CelError, CostLimitExceeded } from '../errors.ts';
import type { Value } from '../values.ts';

/** Where the values of an expression's variables come from. A `Map` is one. */
export interface Bindings {
  get(name: string): Value | undefined;
}

/** The state of one evaluation. */
export interface Frame {
  readonly bindings: Bindings;
  /** Local variables; an accumulator may hold an error, which `||` and `&&` may yet absorb. */
  readonly slots: (Value | CelError | undefined)[];
  cost: number;
  readonly costLimit: number;
}

/** Computes a value; throws CelError. */
export type Run = (frame: Frame) => Value;

/** A compiled expression. */
export interface Node {
  readonly run: Run;
  /** The value, if it is the same in every evaluation. */
  readonly constant?: Value;
  /** The error, if every evaluation ends with it. */
  readonly fault?: CelError;
  /**
   * For variables and what is selected from them: the same without the cost of naming the
   * variable. Upstream does not charge that where such an expression is a branch of a conditional
   * or an index.
   */
  readonly resolve?: Run;
  /** What `run` costs beyond `resolve`. */
  readonly base?: number;
}

/** Adds to the cost; throws when the budget is spent. */
export function charge(frame: Frame, cost: number): void {
  frame.cost += cost;
  if (frame.cost > frame.costLimit) throw new CostLimitExceeded();
}

/** A node that always has the same value, which costs nothing. */
export const constantNode = (value: Value): Node => ({ run: () => value, constant: value });

/** A node that always fails alike, which costs nothing. */
export function faultNode(fault: CelError): Node {
  const run: Run = () => {
    throw fault;
  };
  return { run, fault };
}

/** Whether every evaluation of a node ends alike. */
export const isFixed = (node: Node): boolean =>
  node.constant !== undefined || node.fault !== undefined;

/** A variable, or what is selected from one. */
export function attributeNode(resolve: Run, base: number): Node {
  if (base === 0) return { run: resolve, resolve, base };
  const run: Run = (frame) => {
    charge(frame, base);
    return resolve(frame);
  };
  return { run, resolve, base };
}

/** Whether an error counts as a value that another one may outweigh. */
export function isAbsorbable(error: unknown): error is CelError {
  return error instanceof CelError && !(error instanceof CostLimitExceeded);
}

/** The value, or the error where there is none: what comes later may outweigh it. */
export function attempt(node: Node, frame: Frame): Value | CelError {
  try {
    return node.run(frame);
  } catch (error) {
    if (!isAbsorbable(error)) throw error;
    return error;
  }
}
