/** `find` and `findAll`: what they find, and where a bad pattern is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEnvironment } from '../environment.ts';
import { evaluateText } from '../testing.ts';
import { dynType } from '../types.ts';
import { kubernetesLibraries } from './kubernetes.ts';

const environment = createEnvironment({
  libraries: kubernetesLibraries,
  variables: { any: dynType },
});

const cases: Readonly<Record<string, string>> = {
  "'abc 123'.find('[0-9]+')": "'123'",
  "'xyz'.find('[0-9]+')": "''",
  "'abc 123'.find('[a-z]' + '+')": "'abc'",
  "dyn('abc').find('b.')": "'bc'",
  "dyn(1).find('b.')": 'error: no such overload: find(int, string)',
  "'123 abc 456'.findAll('[0-9]+')": "['123', '456']",
  "'123 abc 456'.findAll('[0-9]+', 1)": "['123']",
  "'123 abc 456'.findAll('[0-9]+', 0)": '[]',
  "'123 abc 456'.findAll('[0-9]+', -1)": "['123', '456']",
  "'123 abc 456'.findAll('[0-9]' + '+', 5)": "['123', '456']",
  "'xyz'.findAll('[0-9]+')": '[]',
  // Nothing is no find right after another one.
  "'baaac'.findAll('a*')": "['', 'aaa', '']",
  "'aé😀b'.findAll('b*')": "['', '', '', 'b']",
  "'ab'.findAll('')": "['', '', '']",
  "'aaa'.findAll('^a')": "['a']",
  // A literal is an error of the program, anything else one of the evaluation.
  "'a'.find('(')": 'program instantiation failed: error parsing regexp: missing closing ): `(`',
  "'a'.findAll('a\\\\', 1)":
    'program instantiation failed: error parsing regexp: trailing backslash at end of expression: ``',
  "dyn('a').find('[b')":
    'program instantiation failed: error parsing regexp: missing closing ]: `[b`',
  "'a'.find('(' + '')": 'error: Illegal regex: error parsing regexp: missing closing ): `(`',
  "'a'.findAll('*' + '')":
    'error: Illegal regex: error parsing regexp: missing argument to repetition operator: `*`',
  // `matches` is the language's own.
  "'a'.matches('(' + '')": 'error: error parsing regexp: missing closing ): `(`',
  "matches('a', '(')": 'program instantiation failed: error parsing regexp: missing closing ): `(`',
};

test('patterns', () => {
  for (const [text, value] of Object.entries(cases)) {
    assert.equal(evaluateText(text, environment), value, text);
  }
});
