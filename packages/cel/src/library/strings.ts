/** Strings, as cel-go's extension has them at the version that Kubernetes enables (2). */
import type { Library, OverloadCost } from '../declarations.ts';
import { CelError, noSuchOverload } from '../errors.ts';
import { valueText } from '../evaluate/text.ts';
import { dynType, intType, listType, stringType, type Type } from '../types.ts';
import { elementsOf, isList, listOf, type Value } from '../values.ts';
import { findFormatMistakes } from '../validate/format-calls.ts';
import { formatText } from './format-text.ts';
import { type Behaviour, global, member, traverses } from './overloads.ts';
import { quoteText } from './quote.ts';
import { joinCost, replaceCost, splitCost } from './string-costs.ts';
import { traversalOfReceiver } from './traversal-costs.ts';

const strings = listType(stringType);

function textOf(value: Value | undefined): string {
  if (typeof value !== 'string') throw noSuchOverload();
  return value;
}

function intOf(value: Value | undefined): bigint {
  if (typeof value !== 'bigint') throw noSuchOverload();
  return value;
}

/** Code points: what Go's strings are indexed by here. */
const charactersOf = (text: string): readonly string[] => Array.from(text);

/** By characters, not by UTF-16 units. */
function charAt(text: string, at: bigint): string {
  const characters = charactersOf(text);
  checkIndex(at, characters.length);
  return characters[Number(at)] ?? '';
}

function checkIndex(index: bigint, most: number): void {
  if (index < 0n || index > most) throw new CelError(`index out of range: ${index}`);
}

/** Nothing is found where the search begins, wherever that is. */
function indexOf(text: string, part: string, from: bigint): bigint {
  if (part === '') return from;
  const characters = charactersOf(text);
  if (from < 0n) throw new CelError(`index out of range: ${from}`);
  const wanted = charactersOf(part);
  const last = characters.length - wanted.length;
  for (let at = Math.min(Number(from), characters.length); at <= last; at += 1) {
    if (standsAt(characters, wanted, at)) return BigInt(at);
  }
  return -1n;
}

function lastIndexOf(text: string, part: string, from: bigint | undefined): bigint {
  const characters = charactersOf(text);
  if (part === '') return from ?? BigInt(characters.length);
  if (from !== undefined && from < 0n) throw new CelError(`index out of range: ${from}`);
  if (from !== undefined && from >= characters.length) return -1n;
  const wanted = charactersOf(part);
  const last = characters.length - wanted.length;
  for (let at = from === undefined ? last : Math.min(Number(from), last); at >= 0; at -= 1) {
    if (standsAt(characters, wanted, at)) return BigInt(at);
  }
  return -1n;
}

function standsAt(characters: readonly string[], wanted: readonly string[], at: number): boolean {
  return wanted.every((character, offset) => characters[at + offset] === character);
}

function substring(text: string, start: bigint, end: bigint | undefined): string {
  const characters = charactersOf(text);
  if (end !== undefined && start > end) {
    throw new CelError(`invalid substring range. start: ${start}, end: ${end}`);
  }
  checkIndex(start, characters.length);
  if (end !== undefined) checkIndex(end, characters.length);
  return characters.slice(Number(start), end === undefined ? undefined : Number(end)).join('');
}

/** All of them when `times` is negative. */
function replace(text: string, old: string, by: string, times: bigint): string {
  if (times < 0n) return replaceAll(text, old, by);
  if (old === '') return replaceNothing(text, by, Number(times));
  let rest = text;
  let done = '';
  for (let left = times; left > 0n; left -= 1n) {
    const at = rest.indexOf(old);
    if (at < 0) break;
    done += rest.slice(0, at) + by;
    rest = rest.slice(at + old.length);
  }
  return done + rest;
}

function replaceAll(text: string, old: string, by: string): string {
  return old === '' ? replaceNothing(text, by, Infinity) : text.split(old).join(by);
}

/** Nothing stands before every character and at the end. */
function replaceNothing(text: string, by: string, times: number): string {
  const places = [...charactersOf(text), ''];
  return places.map((character, index) => (index < times ? by : '') + character).join('');
}

/** All of them when `times` is negative. */
function split(text: string, separator: string, times: bigint): Value {
  if (times === 0n) return listOf([]);
  const parts = separator === '' ? charactersOf(text) : text.split(separator);
  if (times < 0n || parts.length <= times) return listOf(parts);
  const last = Number(times) - 1;
  return listOf([...parts.slice(0, last), parts.slice(last).join(separator)]);
}

/** Only ASCII letters change; the rest stays. */
const lowerAscii = (text: string): string =>
  text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
const upperAscii = (text: string): string =>
  text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());

/** White space in Go's sense of Unicode. */
const blanks = /^\p{White_Space}+|\p{White_Space}+$/gu;

function join(list: Value | undefined, separator: string): string {
  if (list === undefined || list === null || !isList(list)) throw noSuchOverload();
  const texts = Array.from(elementsOf(list), (element) => {
    if (typeof element === 'string') return element;
    throw new CelError(`join: invalid input: ${valueText(element)}`);
  });
  return texts.join(separator);
}

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
    return last ? lastIndexOf(text, textOf(part), start) : indexOf(text, textOf(part), start ?? 0n);
  }, traversalOfReceiver);

const shortened = traverses(1, (size) => size);

export const stringsLibrary: Library = {
  name: 'cel.lib.ext.strings',
  validators: [findFormatMistakes],
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
          on((text, [by]) => split(text, textOf(by), -1n), splitCost),
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
