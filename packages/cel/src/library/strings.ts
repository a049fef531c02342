/** Strings, as cel-go's extension has them at the version that Kubernetes enables (2), but for `format`. */
import type { Library, OverloadCost } from '../declarations.ts';
import { addRanges, multiplyRanges, type Range, scaleRange, unknownRange } from '../cost/range.ts';
import { stringTraversalFactor } from '../cost/actual.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { dynType, intType, listType, stringType, type Type } from '../types.ts';
import { elementsOf, isList, listOf, type Value } from '../values.ts';
import { formatText } from './format-text.ts';
import { actualSize, type Behaviour, global, member, subjectSize, traverses } from './overloads.ts';
import { quoteText } from './quote.ts';

const strings = listType(stringType);

function textOf(value: Value | undefined): string {
  if (typeof value !== 'string') throw noSuchOverload();
  return value;
}

function intOf(value: Value | undefined): number {
  if (typeof value !== 'bigint') throw noSuchOverload();
  return Number(value);
}

/** Code points: what Go's strings are indexed by here. */
const charactersOf = (text: string): readonly string[] => Array.from(text);

/** By characters, not by UTF-16 units. */
function charAt(text: string, index: number): string {
  const characters = charactersOf(text);
  if (index < 0 || index > characters.length) throw new CelError(`index out of range: ${index}`);
  return characters[index] ?? '';
}

function indexOf(text: string, part: string, from: number): bigint {
  const characters = charactersOf(text);
  if (from < 0) throw new CelError(`index out of range: ${from}`);
  if (part === '') return BigInt(from);
  const wanted = charactersOf(part);
  for (let at = from; at <= characters.length - wanted.length; at += 1) {
    if (wanted.every((character, offset) => characters[at + offset] === character)) {
      return BigInt(at);
    }
  }
  return -1n;
}

function lastIndexOf(text: string, part: string, from: number | undefined): bigint {
  const characters = charactersOf(text);
  const wanted = charactersOf(part);
  if (from !== undefined && from < 0) throw new CelError(`index out of range: ${from}`);
  if (from !== undefined && from >= characters.length) return -1n;
  if (part === '') return BigInt(from ?? characters.length);
  const start = Math.min(from ?? characters.length, characters.length - wanted.length);
  for (let at = start; at >= 0; at -= 1) {
    if (wanted.every((character, offset) => characters[at + offset] === character)) {
      return BigInt(at);
    }
  }
  return -1n;
}

function substring(text: string, start: number, end: number | undefined): string {
  const characters = charactersOf(text);
  if (end !== undefined && start > end) {
    throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  }
  if (start < 0 || start > characters.length) throw new CelError(`index out of range: ${start}`);
  if (end === undefined) return characters.slice(start).join('');
  if (end < 0 || end > characters.length) throw new CelError(`index out of range: ${end}`);
  return characters.slice(start, end).join('');
}

function replace(text: string, old: string, by: string, times: number): string {
  if (times < 0) return replaceAll(text, old, by);
  let rest = text;
  let done = '';
  for (let count = 0; count < times; count += 1) {
    const at = old === '' ? 0 : rest.indexOf(old);
    if (at < 0) break;
    const [first = ''] = rest;
    const skipped = old === '' ? first : '';
    done += rest.slice(0, at) + by + skipped;
    rest = rest.slice(at + old.length + skipped.length);
    if (old === '' && first === '') break;
  }
  return done + rest;
}

function replaceAll(text: string, old: string, by: string): string {
  return old === ''
    ? [...charactersOf(text), ''].map((character) => by + character).join('')
    : text.split(old).join(by);
}

function split(text: string, separator: string, times: number): Value {
  if (times === 0) return listOf([]);
  const parts = separator === '' ? charactersOf(text) : text.split(separator);
  if (times < 0 || parts.length <= times) return listOf(parts);
  const head = parts.slice(0, times - 1);
  return listOf([...head, parts.slice(times - 1).join(separator)]);
}

/** Only ASCII letters change; the rest stays. */
const lowerAscii = (text: string): string =>
  text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const upperAscii = (text: string): string =>
  text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());

/** White space in Go's sense of Unicode. */
const blanks = /^[\s\u0085]+|[\s\u0085]+$/gu;

function join(list: Value | undefined, separator: string): string {
  if (list === undefined || list === null || !isList(list)) throw noSuchOverload();
  return [...elementsOf(list)].map(textOf).join(separator);
}

const sameSize = (size: Range): Range => size;

const joinCost: OverloadCost = {
  actual: (_, result) => Math.ceil(actualSize(result) * 2 * stringTraversalFactor),
  estimate: ({ target, args: [separator] }, sizes) => {
    if (target === undefined) return undefined;
    const count = sizes.sizeOf(target);
    const element = sizes.elementOf(target);
    let size = element ? multiplyRanges(count, sizes.sizeOf(element)) : unknownRange;
    if (separator !== undefined) {
      const gaps = { min: Math.max(count.min - 1, 0), max: Math.max(count.max - 1, 0) };
      size = addRanges(size, multiplyRanges(sizes.sizeOf(separator), gaps));
    }
    return { cost: scaleRange(size, stringTraversalFactor), resultSize: size };
  },
};

const replaceCost: OverloadCost = {
  actual: ([text]) => Math.ceil(actualSize(text) * 2 * stringTraversalFactor),
  estimate: (call, sizes) => {
    const [old, by] = call.args;
    if (old === undefined || by === undefined) return undefined;
    const size = subjectSize(call, sizes);
    const [replaced, replacement] = [sizes.sizeOf(old), sizes.sizeOf(by)];
    const least = replaced.max === 0 ? 0 : Math.ceil(size.min / replaced.max) * replacement.min;
    // Between all characters, too, when nothing is what is replaced.
    const most =
      replaced.min === 0
        ? size.max + (size.max + 1) * replacement.max
        : Math.ceil(size.max / replaced.min) * Math.max(replacement.max, replaced.min);
    return {
      cost: scaleRange(size, 2 * stringTraversalFactor),
      resultSize: { min: least, max: Math.min(most, 2 ** 64) },
    };
  },
};

const splitCost: OverloadCost = {
  actual: ([text]) => Math.ceil(actualSize(text) * 2 * stringTraversalFactor),
  estimate: (call, sizes) => {
    const size = subjectSize(call, sizes);
    const literal = call.args[1]?.literal;
    const most = typeof literal === 'bigint' && literal >= 0n ? Number(literal) : Infinity;
    return {
      cost: scaleRange(size, 2 * stringTraversalFactor),
      resultSize: { min: 0, max: Math.min(size.max, most) },
    };
  },
};

const [S, I]: readonly [Type, Type] = [stringType, intType];

function on(use: (text: string, args: readonly Value[]) => Value, cost?: OverloadCost): Behaviour {
  return {
    evaluate: ([text, ...args]) => use(textOf(text), args),
    ...(cost && { cost }),
  };
}

const found = (last: boolean): Behaviour =>
  on((text, [part, from]) => {
    const start = from === undefined ? undefined : intOf(from);
    return last ? lastIndexOf(text, textOf(part), start) : indexOf(text, textOf(part), start ?? 0);
  }, traverses());

const shortened = traverses(1, sameSize);

export const stringsLibrary: Library = {
  name: 'cel.lib.ext.strings',
  functions: [
    {
      name: 'charAt',
      overloads: [
        member(
          'string_char_at_int',
          [S, I],
          S,
          on((text, [at]) => charAt(text, intOf(at))),
        ),
      ],
    },
    {
      name: 'indexOf',
      overloads: [
        member('string_index_of_string', [S, S], I, found(false)),
        member('string_index_of_string_int', [S, S, I], I, found(false)),
      ],
    },
    {
      name: 'lastIndexOf',
      overloads: [
        member('string_last_index_of_string', [S, S], I, found(true)),
        member('string_last_index_of_string_int', [S, S, I], I, found(true)),
      ],
    },
    {
      name: 'join',
      overloads: [
        member('list_join', [strings], S, { evaluate: ([list]) => join(list, ''), cost: joinCost }),
        member('list_join_string', [strings, S], S, {
          evaluate: ([list, by]) => join(list, textOf(by)),
          cost: joinCost,
        }),
      ],
    },
    {
      name: 'lowerAscii',
      overloads: [member('string_lower_ascii', [S], S, on(lowerAscii, shortened))],
    },
    {
      name: 'upperAscii',
      overloads: [member('string_upper_ascii', [S], S, on(upperAscii, shortened))],
    },
    {
      name: 'trim',
      overloads: [
        member(
          'string_trim',
          [S],
          S,
          on((text) => text.replaceAll(blanks, ''), shortened),
        ),
      ],
    },
    {
      name: 'replace',
      overloads: [
        member(
          'string_replace_string_string',
          [S, S, S],
          S,
          on((text, [old, by]) => replaceAll(text, textOf(old), textOf(by)), replaceCost),
        ),
        member(
          'string_replace_string_string_int',
          [S, S, S, I],
          S,
          on(
            (text, [old, by, times]) => replace(text, textOf(old), textOf(by), intOf(times)),
            replaceCost,
          ),
        ),
      ],
    },
    {
      name: 'split',
      overloads: [
        member(
          'string_split_string',
          [S, S],
          strings,
          on((text, [by]) => split(text, textOf(by), -1), splitCost),
        ),
        member(
          'string_split_string_int',
          [S, S, I],
          strings,
          on((text, [by, times]) => split(text, textOf(by), intOf(times)), splitCost),
        ),
      ],
    },
    {
      name: 'substring',
      overloads: [
        member(
          'string_substring_int',
          [S, I],
          S,
          on((text, [start]) => substring(text, intOf(start), undefined), shortened),
        ),
        member(
          'string_substring_int_int',
          [S, I, I],
          S,
          on((text, [start, end]) => substring(text, intOf(start), intOf(end)), shortened),
        ),
      ],
    },
    {
      name: 'format',
      overloads: [
        member(
          'string_format',
          [S, listType(dynType)],
          S,
          on((text, [args]) => {
            if (args === undefined || args === null || !isList(args)) throw noSuchOverload();
            return formatText(text, args);
          }),
        ),
      ],
    },
    {
      name: 'strings.quote',
      overloads: [global('strings_quote', [S], S, on(quoteText))],
    },
  ],
};
