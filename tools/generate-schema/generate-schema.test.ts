import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generateSchema } from '../generate-schema.ts';
import { compileTypes } from './compile-types.ts';
import { parseDocComment, tagWords } from './doc-comment.ts';
import { readTypesFile } from './read-types.ts';

test('the committed schema is what the types compile to', () => {
  for (const { path, text } of generateSchema()) {
    assert.ok(readFileSync(path, 'utf8') === text, `${path} is old: run npm run generate`);
  }
});

test('a doc comment is text and tags', () => {
  const comment = parseDocComment(
    '*\n   * How long to wait,\n   * in seconds.\n   *\n   * Zero is now.\n   * @proto 4 @default 5\n   * @patch merge name\n   ',
  );
  assert.equal(comment.text, 'How long to wait, in seconds.\n\nZero is now.');
  assert.deepEqual(tagWords(comment, 'proto'), ['4']);
  assert.deepEqual(tagWords(comment, 'default'), ['5']);
  assert.deepEqual(tagWords(comment, 'patch'), ['merge', 'name']);
  assert.equal(parseDocComment('* One line. ').text, 'One line.');
  assert.throws(() => parseDocComment('* @prot 4 '), /unknown tag/);
});

test('what each form of declaration compiles to', () => {
  const cases: { name: string; source: string; compiled: string }[] = [
    {
      name: 'a field that is always written',
      source: 'export interface T { /** @proto 1 */ readonly a: Int32 }',
      compiled: 'struct:|a int32 1 Ar',
    },
    {
      name: 'a field that keeps an explicit zero',
      source: 'export interface T { /** @proto 1 @explicit */ readonly a?: boolean }',
      compiled: 'struct:|a boolean 1 En',
    },
    {
      name: 'a list, of a type in another file, merged by key',
      source:
        'export interface T { /** @proto 2 @listType map k @patch merge k */ readonly a?: readonly Other[] }',
      compiled: 'struct:|a []other/v1.Thing 2 In list=map,k patch=merge:k',
    },
    {
      name: 'a map of lists, with one owner',
      source:
        'export interface T { /** @proto 2 @mapType atomic */ readonly a?: StringMap<readonly string[]> }',
      compiled: 'struct:|a {}[]string 2 In atomic=true',
    },
    {
      name: 'a named list can be nil',
      source:
        'export interface T { /** @proto 1 */ readonly a: L } export type L = readonly string[];',
      compiled: 'struct:|a g/v1.L 1 Anr',
    },
    {
      name: 'an inlined struct at its place',
      source:
        '/** @inline S 3 after a */ export interface T extends S { /** @proto 1 */ readonly a: string; /** @proto 2 */ readonly z: string } export interface S { /** @proto 1 */ readonly m?: string }',
      compiled: 'struct:|a string 1 Ar| g/v1.S 3 +|z string 2 Ar',
    },
    {
      name: 'an enumeration',
      source: "/** @enum */ export type T = 'A' | 'B C';",
      compiled: 'is:string|A|B C',
    },
    {
      name: 'a union',
      source: '/** @proto 1 2 */ export type T = boolean | readonly string[];',
      compiled: 'union:1 boolean|2 []string',
    },
  ];
  for (const { name, source, compiled } of cases) {
    const text = `/** @group g.example v1 */
import type { Int32, StringMap } from '../scalars.ts';
import type { Thing as Other } from '../other/v1.ts';
${source}`;
    const { types } = compileTypes([readTypesFile('g/v1.ts', text)]);
    assert.equal(types['g/v1.T'], compiled, name);
  }
});
