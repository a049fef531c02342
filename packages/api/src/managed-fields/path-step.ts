/**
 * Steps of paths in FieldsV1: `f:name` a field, `k:{"name":"c"}` an item of a list by its keys, `v:"x"` an item of a set
 * by its value, `i:0` an item by its place. A step has one spelling, so that equal steps are equal text.
 */
import { decodeJson, encodeJson } from '@navarch/codec/json';

/** Fields come first, then keys, values, places; each kind by its own order. */
export function compareSteps(a: string, b: string): number {
  if (a === b) return 0;
  const kind = rank(a) - rank(b);
  if (kind !== 0) return kind;
  if (a.charCodeAt(0) === 0x66 || a === '.') return a < b ? -1 : 1;
  if (simple.test(a) && simple.test(b)) return a < b ? -1 : 1;
  return compareValues(parseTail(a), parseTail(b));
}

/** Only texts, without characters that sort before a closing quote: the JSON sorts as its value does. */
const simple = /^(?:v:"|k:\{"\w+":")[^"\\ !]*"\}?$/;

function rank(step: string): number {
  return step === '.' ? -1 : 'fkvi'.indexOf(step.charAt(0));
}

function parseTail(step: string): unknown {
  try {
    return decodeJson(step.slice(2));
  } catch {
    return step;
  }
}

/** Numbers by size, before texts, before the rest; objects member by member. */
function compareValues(a: unknown, b: unknown): number {
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : Number(a > b);
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  const kinds = kindOf(a) - kindOf(b);
  if (kinds !== 0) return kinds;
  if (typeof a === 'boolean') return Number(a) - Number(b);
  return isRecord(a) && isRecord(b) ? compareMembers(Object.entries(a), Object.entries(b)) : 0;
}

function compareMembers(a: readonly [string, unknown][], b: readonly [string, unknown][]): number {
  for (const [i, [name, value]] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (name !== other[0]) return name < other[0] ? -1 : 1;
    const order = compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function kindOf(value: unknown): number {
  return isNumber(value) ? 0 : ['number', 'string', 'boolean', 'object'].indexOf(typeof value);
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function fieldStep(name: string): string {
  return `f:${name}`;
}

/** `names` must be sorted. */
export function keyStep(names: readonly string[], values: readonly unknown[]): string {
  let text = 'k:{';
  for (let i = 0; i < names.length; i++) {
    text += `${i === 0 ? '' : ','}${jsonScalar(names[i])}:${jsonScalar(values[i])}`;
  }
  return `${text}}`;
}

const plainText = /^[\w\-./:@]*$/;

function jsonScalar(value: unknown): string {
  if (typeof value === 'string' && plainText.test(value)) return `"${value}"`;
  return encodeJson(value);
}

export function valueStep(value: unknown): string {
  return `v:${jsonScalar(value)}`;
}

/** The one spelling of a step that a client sent; undefined when it is none. */
export function canonicalStep(step: string): string | undefined {
  if (step.startsWith('f:')) return step;
  if (step.startsWith('i:')) return /^i:-?[0-9]+$/.test(step) ? step : undefined;
  if (!step.startsWith('k:') && !step.startsWith('v:')) return undefined;
  try {
    const value = decodeJson(step.slice(2));
    if (step.startsWith('v:')) return valueStep(value);
    if (!isRecord(value) || Array.isArray(value)) return undefined;
    const names = Object.keys(value).sort();
    return keyStep(
      names,
      names.map((name) => value[name]),
    );
  } catch {
    return undefined;
  }
}
