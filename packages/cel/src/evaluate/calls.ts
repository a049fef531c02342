/** Calls: choosing the overload, evaluating arguments, counting cost. */
import type { Overload } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { actualCost, type ActualCost } from '../cost/actual.ts';
import { isDynamic, type Type, typeName, typeParameters } from '../types.ts';
import {
  asMap,
  type CelList,
  type CelMap,
  isList,
  kindOf,
  Optional,
  typeNameOf,
  type Value,
} from '../values.ts';
import { attempt, charge, type Frame, isAbsorbable, type Node, type Run } from './node.ts';

/** A call as the checker left it. */
export interface Call {
  readonly name: string;
  readonly args: readonly Node[];
  /** Static types of the arguments, the receiver included. */
  readonly types: readonly Type[];
  readonly overloads: readonly Overload[];
  /** The cost of `==` for values of a type (by name), where it is not the default. */
  readonly equalityCosts: ReadonlyMap<string, ActualCost>;
}

/**
 * A function's call. It is paid for also where it has no value, as upstream has it: with up to two arguments whichever of
 * them failed (both are evaluated), with more only if the last one did (nothing is evaluated after one that failed).
 */
export function callNode(call: Call): Node {
  const invoke = dispatcher(call);
  const cost = actualCost(call.name, call.overloads, call.equalityCosts);
  const paid = (frame: Frame, args: readonly Value[]): Value => {
    let result: Value;
    try {
      result = invoke(args);
    } catch (error) {
      if (isAbsorbable(error)) charge(frame, costOfFailure(cost, args));
      throw error;
    }
    charge(frame, cost(args, result));
    return result;
  };
  const fail = (frame: Frame, args: readonly (Value | CelError)[], failure: CelError): never => {
    charge(frame, costOfFailure(cost, args.map(standIn)));
    throw failure;
  };
  const [first, second] = call.args;
  if (first !== undefined && call.args.length === 1) {
    return {
      run(frame) {
        const value = attempt(first, frame);
        return value instanceof CelError ? fail(frame, [value], value) : paid(frame, [value]);
      },
    };
  }
  if (first !== undefined && second !== undefined && call.args.length === 2) {
    return {
      run(frame) {
        const left = attempt(first, frame);
        const right = attempt(second, frame);
        if (left instanceof CelError) return fail(frame, [left, right], left);
        if (right instanceof CelError) return fail(frame, [left, right], right);
        return paid(frame, [left, right]);
      },
    };
  }
  return {
    run(frame) {
      const args: Value[] = [];
      for (const [index, arg] of call.args.entries()) {
        const value = attempt(arg, frame);
        if (!(value instanceof CelError)) args.push(value);
        else if (index < call.args.length - 1) throw value;
        else fail(frame, [...args, value], value);
      }
      return paid(frame, args);
    },
  };
}

/** What looks into values that are not there costs 1. */
function costOfFailure(cost: ActualCost, args: readonly Value[]): number {
  try {
    return cost(args, null);
  } catch (error) {
    if (isAbsorbable(error)) return 1;
    throw error;
  }
}

/** Errors are as large as scalars. */
const standIn = (value: Value | CelError): Value => (value instanceof CelError ? null : value);

type Invoke = (args: readonly Value[]) => Value;

/** Calls the one implementation there is, or the one whose types fit the values. */
function dispatcher({ name, args, overloads, types }: Call): Invoke {
  const isShared = new Set(overloads.map((overload) => overload.evaluate)).size === 1;
  // An implementation that serves several overloads looks at the kinds of its arguments itself.
  const isDecided = overloads.length > 1 || types.every((type) => isCertain(type));
  const constants = args.map((arg) => arg.constant);
  const prepared = overloads.map((overload) => ({
    types: overload.args,
    unguarded: overload.unguarded === true,
    evaluate: overload.prepare?.(constants) ?? overload.evaluate,
  }));
  const [only] = prepared;
  if (only !== undefined && isShared && isDecided) return only.evaluate;
  return (given) => {
    const fitting = prepared.find((overload) => overload.unguarded || fits(overload.types, given));
    if (fitting === undefined) {
      throw new CelError(`no such overload: ${name}(${given.map(typeNameOf).join(', ')})`);
    }
    return fitting.evaluate(given);
  };
}

/** Whether values of this type are what the checker says, without a look. */
function isCertain(type: Type): boolean {
  if (isDynamic(type) || type.kind === 'wrapper' || type.kind === 'param') return false;
  return typeParameters(type).every((part) => isCertain(part));
}

function fits(types: readonly Type[], args: readonly Value[]): boolean {
  return (
    types.length === args.length &&
    types.every((type, index) => fitsType(type, args[index] ?? null))
  );
}

function fitsType(type: Type, value: Value): boolean {
  const kind = kindOf(value);
  switch (type.kind) {
    case 'any':
    case 'dyn':
    case 'param':
    case 'error':
      return true;
    case 'wrapper':
      return kind === 'null' || fitsType(type.of, value);
    case 'opaque':
      if (value instanceof Optional) return type.name === 'optional_type';
      return kind === 'opaque' && typeNameOf(value) === typeName(type);
    case 'object':
      return (kind === 'opaque' || kind === 'object') && typeNameOf(value) === type.name;
    case 'list':
      return isList(value) && fitsList(type, value);
    case 'map': {
      const map = asMap(value);
      return map !== undefined && fitsMap(type, map);
    }
    default:
      return kind === type.kind;
  }
}

/** The first element stands for all, as the first entry of a map does. */
function fitsList({ element }: Extract<Type, { kind: 'list' }>, list: CelList): boolean {
  return list.size === 0 || fitsType(element, list.get(0));
}

function fitsMap({ key, value }: Extract<Type, { kind: 'map' }>, map: CelMap): boolean {
  for (const first of map.keys()) {
    return fitsType(key, first) && fitsType(value, map.get(first) ?? null);
  }
  return true;
}

/** `a || b` where `absorbing` is true, `a && b` where it is false. */
export function logicalNode(args: readonly Node[], absorbing: boolean): Node {
  const runs = args.map((arg) => arg.run);
  return {
    run(frame) {
      let failure: CelError | undefined;
      for (const run of runs) {
        try {
          const value = run(frame);
          if (value === absorbing) return absorbing;
          if (typeof value !== 'boolean') failure ??= noSuchOverload();
        } catch (error) {
          if (!isAbsorbable(error)) throw error;
          failure ??= error;
        }
      }
      if (failure !== undefined) throw failure;
      return !absorbing;
    },
  };
}

/** `condition ? yes : no`. Branches that only name something cost less than elsewhere. */
export function conditionalNode(condition: Node, yes: Node, no: Node): Node {
  const [ifTrue, ifFalse] = [yes.resolve ?? yes.run, no.resolve ?? no.run];
  const run: Run = (frame) => {
    const value = condition.run(frame);
    if (value === true) return ifTrue(frame);
    if (value === false) return ifFalse(frame);
    throw noSuchOverload();
  };
  return { run, resolve: run, base: 0 };
}

/** Whether the loop shall go on: anything but false, an error included. */
export function notStrictlyFalseNode(operand: Node): Node {
  return {
    run(frame) {
      let value: Value;
      try {
        value = operand.run(frame);
      } catch (error) {
        if (!isAbsorbable(error)) throw error;
        value = true;
      }
      charge(frame, 1);
      return typeof value === 'boolean' ? value : true;
    },
  };
}

/** `optional.or(other)` and `optional.orValue(other)`. */
export function orNode(optional: Node, other: Node, unwraps: boolean): Node {
  return {
    run(frame) {
      const value = optional.run(frame);
      if (!(value instanceof Optional)) throw noSuchOverload();
      if (value.value === undefined) return other.run(frame);
      return unwraps ? value.value : value;
    },
  };
}
