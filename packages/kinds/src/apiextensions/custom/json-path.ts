/**
 * JSONPath as kubectl and printer columns use it: members, indexes, slices, wildcards, descent, and filters such as
 * `.status.conditions[?(@.type=="Ready")].status`. Compiled once; what cannot be read finds nothing.
 */
import { isMembers } from './schema-parts.ts';

export type JsonPath = (value: unknown) => readonly unknown[];

type Step = (values: readonly unknown[]) => readonly unknown[];

export class JsonPathError extends Error {}

/** Of a path such as `.spec.size`. Throws a JsonPathError for what is none. */
export function compileJsonPath(text: string): JsonPath {
  const steps = new Parser(text).steps();
  return (value) => steps.reduce<readonly unknown[]>((values, step) => step(values), [value]);
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  steps(): readonly Step[] {
    const steps: Step[] = [];
    if (this.#text[this.#at] === '$' || this.#text[this.#at] === '@') this.#at++;
    while (this.#at < this.#text.length) steps.push(this.#step());
    return steps;
  }

  #step(): Step {
    if (this.#take('..')) return this.#named(descend);
    if (this.#take('.')) return this.#named((values) => values);
    if (this.#take('[')) return this.#bracket(this.#until(']'));
    throw new JsonPathError(`unexpected ${this.#text.slice(this.#at)}`);
  }

  #named(before: Step): Step {
    if (this.#text[this.#at] === '[') return before;
    if (this.#take('*')) return (values) => before(values).flatMap(children);
    const name = this.#name();
    return name === ''
      ? before
      : (values) => before(values).flatMap((value) => memberOf(value, name));
  }

  #name(): string {
    let name = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] ?? '';
      if (char === '\\') name += this.#text[++this.#at] ?? '';
      else if ('.[]{} '.includes(char)) break;
      else name += char;
    }
    return name;
  }

  #bracket(inside: string): Step {
    const content = inside.trim();
    if (content === '*') return (values) => values.flatMap(children);
    if (content.startsWith('?(') && content.endsWith(')')) {
      const test = compileFilter(content.slice(2, -1));
      return (values) => values.flatMap((value) => elements(value).filter(test));
    }
    const picks = splitOutsideQuotes(content, ',').map((part) => pick(part.trim()));
    return (values) => values.flatMap((value) => picks.flatMap((one) => one(value)));
  }

  /** What stands before the closing bracket that belongs to the one just read. */
  #until(close: string): string {
    const start = this.#at;
    let depth = 1;
    let quote = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] ?? '';
      if (quote !== '') {
        if (char === quote) quote = '';
      } else if (char === '"' || char === "'") quote = char;
      else if (char === '[') depth++;
      else if (char === close && --depth === 0) return this.#text.slice(start, this.#at++);
    }
    throw new JsonPathError('unterminated array');
  }

  #take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }
}

function memberOf(value: unknown, name: string): readonly unknown[] {
  return isMembers(value) && Object.hasOwn(value, name) ? [value[name]] : [];
}

function children(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isMembers(value) ? Object.values(value) : [];
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

const descend: Step = (values) =>
  values.flatMap((value) => [value, ...descend(children(value).filter((child) => child !== null))]);

/** One part of a bracket: a name in quotes, an index, a slice. */
function pick(part: string): JsonPath {
  const quoted = /^(['"])(.*)\1$/.exec(part);
  if (quoted) return (value) => memberOf(value, quoted[2] ?? '');
  if (/^-?\d+$/.test(part)) {
    const index = Number(part);
    return (value) => {
      const item = Array.isArray(value) ? value.at(index) : undefined;
      return item === undefined ? [] : [item];
    };
  }
  const slice = /^(-?\d*):(-?\d*)(?::(\d+))?$/.exec(part);
  if (!slice) throw new JsonPathError(`invalid array index ${part}`);
  const [, from = '', to = '', step = ''] = slice;
  const every = step === '' ? 1 : Number(step);
  return (value) => {
    if (!Array.isArray(value)) return [];
    const end = to === '' ? value.length : Number(to);
    return value
      .slice(from === '' ? 0 : Number(from), end)
      .filter((_, i) => every > 0 && i % every === 0);
  };
}

const comparison = /^(.*?)\s*(==|!=|<=|>=|<|>)\s*(.*)$/;

function compileFilter(text: string): (value: unknown) => boolean {
  const parts = comparison.exec(text.trim());
  if (!parts) {
    const path = compileJsonPath(text.trim());
    return (value) => path(value).length > 0;
  }
  const [, left = '', operator = '', right = ''] = parts;
  const a = operand(left.trim());
  const b = operand(right.trim());
  return (value) => {
    const [x] = a(value);
    const [y] = b(value);
    return x !== undefined && y !== undefined && compare(x, operator, y);
  };
}

function operand(text: string): JsonPath {
  const quoted = /^(['"])(.*)\1$/.exec(text);
  if (quoted) return () => [quoted[2] ?? ''];
  if (text === 'true' || text === 'false') return () => [text === 'true'];
  if (/^-?\d+(\.\d+)?$/.test(text)) return () => [Number(text)];
  return compileJsonPath(text);
}

function compare(a: unknown, operator: string, b: unknown): boolean {
  if (typeof a !== typeof b) return operator === '!=';
  const x = a as string | number;
  const y = b as string | number;
  switch (operator) {
    case '==':
      return x === y;
    case '!=':
      return x !== y;
    case '<':
      return x < y;
    case '<=':
      return x <= y;
    case '>':
      return x > y;
    default:
      return x >= y;
  }
}

function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === separator) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** The value at a path without a `*`, a filter or a slice; undefined when it is not there. */
export function firstAt(path: JsonPath, value: unknown): unknown {
  return path(value)[0];
}
