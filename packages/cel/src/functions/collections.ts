/** Lists, maps and strings as containers: size, `in`, indexing, contains and its kind, matches. */
import { RE2JS } from 're2js';
import type { FunctionDeclaration, Overload } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { equalValues } from '../evaluate/compare.ts';
import { valueText } from '../evaluate/text.ts';
import {
  asMap,
  type CelObject,
  fitsInt,
  isList,
  isMap,
  kindOf,
  typeNameOf,
  Uint,
  type Value,
} from '../values.ts';
import { codePointCount } from '../text.ts';
import { declare, type Evaluate, unguarded } from './signature.ts';

/** Characters, bytes, elements or entries; undefined for what has no size. */
export function sizeOf(value: Value): number | undefined {
  if (typeof value === 'string') return codePointCount(value);
  if (value instanceof Uint8Array) return value.length;
  return value !== null && isList(value) ? value.size : asMap(value)?.size;
}

/** Whether a container has a value: a list an element, a map a key. */
export function isIn(value: Value, container: Value): boolean {
  const map = asMap(container);
  if (map !== undefined) return map.get(value) !== undefined;
  if (isList(container)) {
    for (let index = 0; index < container.size; index += 1) {
      if (equalValues(value, container.get(index))) return true;
    }
    return false;
  }
  throw noSuchOverload();
}

/** A compiled pattern; throws CelError with Go's text. */
export function compilePattern(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Go always shows the place, also where it is the end.
    throw new CelError(message.endsWith('`') ? message : `${message}: \`\``);
  }
}

const size: Evaluate = ([value = null]) => {
  const found = sizeOf(value);
  if (found === undefined) throw noSuchOverload();
  return BigInt(found);
};

function onStrings(test: (text: string, part: string) => boolean): Evaluate {
  return ([text, part]) => {
    if (typeof text !== 'string' || typeof part !== 'string') throw noSuchOverload();
    return test(text, part);
  };
}

/** What `_[_]` finds; undefined when nothing is there or the container has no such thing. */
export function lookUp(container: Value, key: Value): Value | undefined {
  if (isMap(container)) return container.get(key);
  if (isList(container)) {
    const index = listIndex(key);
    return index >= 0 && index < container.size ? container.get(index) : undefined;
  }
  return isObject(container) && typeof key === 'string' ? container.get(key) : undefined;
}

/** What `.field` finds; undefined when nothing is there. A list takes the name for an index, which it cannot be. */
export function lookUpField(container: Value, field: string): Value | undefined {
  if (typeof container !== 'object' || container === null) return undefined;
  if (container instanceof Uint8Array) return undefined;
  switch (container.kind) {
    case 'map':
    case 'object':
      return container.get(field);
    case 'list':
      throw wrongIndex(field);
    default:
      return undefined;
  }
}

/** What `has(container.field)` says. */
export function hasField(container: Value, field: string): boolean {
  return isObject(container) ? container.has(field) : lookUpField(container, field) !== undefined;
}

const isObject = (value: Value): value is CelObject => kindOf(value) === 'object';

function listIndex(key: Value): number {
  if (typeof key === 'bigint') return Number(key);
  if (key instanceof Uint && fitsInt(key.value)) return Number(key.value);
  if (typeof key === 'number' && Number.isInteger(key) && Math.abs(key) < 2 ** 63) return key;
  throw wrongIndex(key);
}

function wrongIndex(key: Value): CelError {
  const isNumber = typeof key === 'number' || key instanceof Uint;
  const what = isNumber ? `value ${valueText(key)}` : `type '${typeNameOf(key)}'`;
  return new CelError(`unsupported index ${what} in list`);
}

/** Compiles a pattern that is a literal only once. */
function withPattern(declaration: FunctionDeclaration): FunctionDeclaration {
  const prepare: Overload['prepare'] = ([, pattern]) => {
    if (typeof pattern !== 'string') return undefined;
    const compiled = compilePattern(pattern);
    return onStrings((text) => compiled.matcher(text).find());
  };
  const overloads = declaration.overloads.map((overload) => ({ ...overload, prepare }));
  return { ...declaration, overloads };
}

const special: Evaluate = () => {
  throw noSuchOverload();
};

/** The declarations. */
export const collections = [
  declare('_[_]', special, 'index_list(list(A), int) A', 'index_map(map(A, B), A) B'),
  unguarded(
    declare(
      '@in',
      ([value = null, container = null]) => isIn(value, container),
      'in_list(A, list(A)) bool',
      'in_map(A, map(A, B)) bool',
    ),
    'all',
  ),
  unguarded(
    declare(
      'size',
      size,
      'size_bytes(bytes) int',
      'bytes_size.(bytes) int',
      'size_list(list(A)) int',
      'list_size.(list(A)) int',
      'size_map(map(A, B)) int',
      'map_size.(map(A, B)) int',
      'size_string(string) int',
      'string_size.(string) int',
    ),
    ['string', 'bytes', 'list', 'map', 'object'],
  ),
  declare(
    'contains',
    onStrings((text, part) => text.includes(part)),
    'contains_string.(string, string) bool',
  ),
  declare(
    'startsWith',
    onStrings((text, part) => text.startsWith(part)),
    'starts_with_string.(string, string) bool',
  ),
  declare(
    'endsWith',
    onStrings((text, part) => text.endsWith(part)),
    'ends_with_string.(string, string) bool',
  ),
  unguarded(
    withPattern(
      declare(
        'matches',
        onStrings((text, pattern) => compilePattern(pattern).matcher(text).find()),
        'matches(string, string) bool',
        'matches_string.(string, string) bool',
      ),
    ),
    ['string'],
  ),
];
