/** JSON values as YAML, byte for byte as the API server and kubectl write it: keys sorted, lists not indented. */
import { goNumber } from '../go/text.ts';
import { writeScalar } from './scalar.ts';
import { compareKeys } from './sort.ts';

/** Ends with a line end. */
export function formatYaml(value: unknown): string {
  return `${write(value, 0, 0)}\n`;
}

/** `column` is where the value starts, if it stays on the line; `indent` that of its own lines. */
function write(value: unknown, column: number, indent: number): string {
  if (typeof value === 'string') {
    return writeScalar(value, { column, indent: Math.max(indent, 2), place: 'value' });
  }
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return Array.isArray(value) ? writeList(value, indent) : writeMap(value as Members, indent);
}

type Members = Readonly<Record<string, unknown>>;

/** Go's shortest form: an exponent beyond 21 digits for whole numbers, beyond 6 for others. */
function writeNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : value < 0 ? '-.inf' : '.nan';
  const [, , exponent = '0'] = /^(.*)e(.*)$/.exec(value.toExponential()) ?? [];
  if (Number(exponent) < 21 && Number(exponent) >= -4) return goNumber(value);
  return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
}

function writeList(list: readonly unknown[], indent: number): string {
  if (list.length === 0) return '[]';
  const pad = ' '.repeat(indent);
  return list.map((item) => `- ${write(item, indent + 2, indent + 2)}`).join(`\n${pad}`);
}

function writeMap(map: Members, indent: number): string {
  const keys = Object.keys(map).filter((key) => map[key] !== undefined);
  if (keys.length === 0) return '{}';
  const pad = `\n${' '.repeat(indent)}`;
  return keys
    .sort(compareKeys)
    .map((key) => writeMember(key, map[key], indent))
    .join(pad);
}

const simpleKeyMax = 128;

function writeMember(key: string, value: unknown, indent: number): string {
  const name = writeScalar(key, { column: indent, indent: indent + 2, place: 'key' });
  if (name.length > simpleKeyMax) {
    return `? ${name}\n${' '.repeat(indent)}: ${write(value, indent + 2, indent + 2)}`;
  }
  if (isFilledList(value)) return `${name}:\n${' '.repeat(indent)}${write(value, indent, indent)}`;
  if (isFilledMap(value))
    return `${name}:\n${' '.repeat(indent + 2)}${write(value, 0, indent + 2)}`;
  return `${name}: ${write(value, indent + name.length + 2, indent + 2)}`;
}

function isFilledList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function isFilledMap(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
  );
}
