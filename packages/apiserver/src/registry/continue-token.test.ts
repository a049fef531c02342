import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeContinue } from './continue-token.ts';

const invalid = 'invalid continue token: continue key is not valid:';
const field = `${invalid} json: cannot unmarshal`;
/** What a token says, and where it begins or what is wrong with it. */
const cases: readonly (readonly [token: unknown, result: string])[] = [
  [{ v: 'meta.k8s.io/v1', rv: 5, start: 'a' }, 'a@5'],
  [{ v: 'meta.k8s.io/v1', rv: -1, start: 'd/a\0' }, 'd/a\0@-1'],
  [{ v: 'meta.k8s.io/v1', rv: 5, start: '/a' }, 'a@5'],
  [{ v: 'meta.k8s.io/v1', rv: 5, start: '/' }, '@5'],
  [{ v: 'meta.k8s.io/v1', rv: 5, start: 'a//b' }, `${invalid} a//b`],
  [{ v: 'meta.k8s.io/v1', rv: 5, start: 'a/' }, `${invalid} a/`],
  [{ v: 'meta.k8s.io/v1', rv: 5, start: '../a' }, `${invalid} ../a`],
  [
    { v: 'meta.k8s.io/v1' },
    `${invalid} incorrect encoded start resourceVersion (version meta.k8s.io/v1)`,
  ],
  [{ v: 'meta.k8s.io/v1', rv: 5 }, `${invalid} encoded start key empty (version meta.k8s.io/v1)`],
  [null, `${invalid} server does not recognize this encoded version `],
  [{ v: 'v2' }, `${invalid} server does not recognize this encoded version v2`],
  [[], `${field} array into Go value of type storage.continueToken`],
  ['a', `${field} string into Go value of type storage.continueToken`],
  [{ v: 1 }, `${field} number into Go struct field continueToken.v of type string`],
  [{ rv: 'x' }, `${field} string into Go struct field continueToken.rv of type int64`],
  [{ rv: 1.5 }, `${field} number 1.5 into Go struct field continueToken.rv of type int64`],
  [{ start: {} }, `${field} object into Go struct field continueToken.start of type string`],
];

for (const [token, result] of cases) {
  test(`continue token ${JSON.stringify(token)}`, () => {
    const text = Buffer.from(JSON.stringify(token)).toString('base64url');
    assert.equal(read(text), result);
  });
}

function read(token: string): string {
  try {
    const { start, revision } = decodeContinue(token);
    return `${start}@${revision}`;
  } catch (error) {
    return (error as Error).message;
  }
}
