/** Paths to fields, `.spec.tags['a.b']`, that must lead somewhere in a schema. */
import { Path } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { propertyOf, valueSchema } from '../custom/schema-parts.ts';

export type ResolvedPath =
  | { readonly path: Path; readonly schema: JSONSchemaProps }
  | { readonly problem: string };

/** Brackets hold names in single quotes. */
export function resolveFieldPath(
  text: string,
  schema: JSONSchemaProps,
  { brackets }: { readonly brackets: boolean },
): ResolvedPath {
  const tokens = text.match(/'(?:\\.|[^'\\])*'|[.[\]]|[^.[\]]+/g) ?? [];
  let place: Extract<ResolvedPath, { path: Path }> = { path: Path.root, schema };
  for (let i = 0; i < tokens.length; i++) {
    const step = readStep(tokens, i, brackets);
    if ('problem' in step) return step;
    const next = enter(place, step.name);
    if (!next) return { problem: 'does not refer to a valid field' };
    if (step.unclosed !== undefined) return { problem: step.unclosed };
    place = next;
    i += step.length;
  }
  return place;
}

type Step =
  | {
      readonly name: string;
      /** How many tokens follow the first. */
      readonly length: number;
      /** What is wrong after the name. */
      readonly unclosed?: string | undefined;
    }
  | { readonly problem: string };

function readStep(tokens: readonly string[], at: number, brackets: boolean): Step {
  const ended = 'unexpected end of JSON path';
  const [token = '', name, close] = tokens.slice(at, at + 3);
  if (token === '.') return name === undefined ? { problem: ended } : { name, length: 1 };
  if (token !== '[') return { problem: `expected [ or . but got: ${token}` };
  if (!brackets) return { problem: 'array notation is not allowed' };
  if (name === undefined) return { problem: ended };
  if (name.length < 2 || !name.startsWith("'") || !name.endsWith("'")) {
    return { problem: `expected single quoted string but got ${name}` };
  }
  const unescaped = unescape(name.slice(1, -1));
  if ('problem' in unescaped) return unescaped;
  const unclosed = close === undefined ? ended : `expected ] but got ${close}`;
  return { name: unescaped.text, length: 2, unclosed: close === ']' ? undefined : unclosed };
}

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  "'": "'",
  '\\': '\\',
};

function unescape(text: string): { readonly text: string } | { readonly problem: string } {
  const bad = [...text.matchAll(/\\(.)/g)].find(([, char = '']) => escapes[char] === undefined);
  if (bad) return { problem: `invalid string literal: invalid escape char ${bad[0]}` };
  return { text: text.replace(/\\(.)/g, (_, char: string) => escapes[char] ?? char) };
}

function enter(
  { path, schema }: { readonly path: Path; readonly schema: JSONSchemaProps },
  name: string,
): { readonly path: Path; readonly schema: JSONSchemaProps } | undefined {
  if (schema.properties) {
    const property = propertyOf(schema, name);
    return property && { path: path.child(name), schema: property };
  }
  const values = valueSchema(schema);
  return values && { path: path.key(name), schema: values };
}
