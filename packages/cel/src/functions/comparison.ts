/** `== != < <= > >=` and the logical operators' types. */
import type { FunctionDeclaration } from '../declarations.ts';
import { noSuchOverload } from '../errors.ts';
import { compareValues, equalValues } from '../evaluate/compare.ts';
import { declare, type Evaluate, unguarded } from './signature.ts';

/** Pairs of different types that have an order. */
const mixed = [
  ['int', 'double'],
  ['int', 'uint'],
  ['uint', 'double'],
  ['uint', 'int'],
  ['double', 'int'],
  ['double', 'uint'],
] as const;

/** What has an order. */
const same = [
  ...(['bool', 'int', 'uint', 'double'] as const),
  ...(['string', 'bytes', 'timestamp', 'duration'] as const),
];

function ordering(
  name: string,
  id: string,
  holds: (order: number) => boolean,
): FunctionDeclaration {
  const evaluate: Evaluate = ([left = null, right = null]) => holds(compareValues(left, right));
  const inId = (type: string): string => type.replace('int', 'int64');
  const declaration = declare(
    name,
    evaluate,
    ...same.map((type) => `${id}_${inId(type)}(${type}, ${type}) bool`),
    ...mixed.map(([left, right]) => `${id}_${inId(left)}_${inId(right)}(${left}, ${right}) bool`),
  );
  return unguarded(declaration, same);
}

const not: Evaluate = ([value]) => {
  if (typeof value !== 'boolean') throw noSuchOverload();
  return !value;
};

/** The evaluator has its own way with these, because they need not evaluate all arguments. */
const special: Evaluate = () => {
  throw noSuchOverload();
};

/** The declarations. */
export const comparison = [
  declare('_?_:_', special, 'conditional(bool, A, A) A'),
  declare('_&&_', special, 'logical_and(bool, bool) bool'),
  declare('_||_', special, 'logical_or(bool, bool) bool'),
  unguarded(declare('!_', not, 'logical_not(bool) bool'), 'all'),
  declare('@not_strictly_false', special, 'not_strictly_false(bool) bool'),
  declare('_==_', ([left = null, right = null]) => equalValues(left, right), 'equals(A, A) bool'),
  declare(
    '_!=_',
    ([left = null, right = null]) => !equalValues(left, right),
    'not_equals(A, A) bool',
  ),
  ordering('_<_', 'less', (order) => order < 0),
  ordering('_<=_', 'less_equals', (order) => order <= 0),
  ordering('_>_', 'greater', (order) => order > 0),
  ordering('_>=_', 'greater_equals', (order) => order >= 0),
];
