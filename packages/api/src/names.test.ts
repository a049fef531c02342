import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as names from './names.ts';

const labelExample =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const keyExample =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

const cases: [(text: string) => readonly string[], string, readonly string[]][] = [
  [names.isDns1123Label, 'a-1', []],
  [names.isDns1123Label, 'a.b', ['must not contain dots']],
  [names.isDns1123Label, 'A', [labelExample]],
  [names.isDns1123Label, 'a'.repeat(64), ['must be no more than 63 characters']],
  [names.isDns1123Label, 'a\n', [labelExample]],
  [names.isQualifiedName, 'example.com/Name', []],
  [names.isQualifiedName, '', ['name part must be non-empty', `name part ${keyExample}`]],
  [names.isQualifiedName, '/a', ['prefix part must be non-empty']],
  [names.isQualifiedName, `${'p'.repeat(254)}/a`, ['prefix part must be no more than 253 bytes']],
  [names.isQualifiedName, 'k'.repeat(64), ['name part must be no more than 63 bytes']],
  [
    names.isQualifiedName,
    'a/b/c',
    [
      `a valid label key ${keyExample} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ],
  ],
  [names.isLabelValue, '', []],
  [names.isLabelValue, 'v'.repeat(64), ['must be no more than 63 bytes']],
  [names.isConfigMapKey, '..a', ["must not start with '..'"]],
  [names.isConfigMapKey, '.', ["must not be '.'"]],
  [names.isPathSegmentName, 'a/b%', ["may not contain '/'", "may not contain '%'"]],
  [names.isPathSegmentName, '..', ["may not be '..'"]],
  [names.isPortName, 'http-alt', []],
  [names.isPortName, '80', ['must contain at least one letter (a-z)']],
  [names.isPercent, '10%', []],
  [names.isRelaxedEnvVarName, 'a b', []],
  [names.isRelaxedEnvVarName, '', ['environment variable name must be non-empty']],
];

test('names and what is wrong with them', () => {
  for (const [check, text, expected] of cases) assert.deepEqual([...check(text)], expected, text);
});
