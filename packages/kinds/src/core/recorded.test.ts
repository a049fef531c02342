/**
 * What a real server makes of objects that are posted. The files in `golden` have one a line: the resource, the object without its
 * name, and what came of it: the mistakes that were told, or values by their paths in the object that was answered. They are answers
 * of kube-apiserver, without what only its admission and its allocators do.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { fakeContext, messages } from '../testing.ts';
import { coreResources } from './index.ts';
import { submitted } from './testing.ts';

type Recorded<T> = readonly [plural: string, object: object, outcome: T];

function read<T>(name: string): readonly Recorded<T>[] {
  const file = new URL(`golden/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded<T>[];
}

interface Posted {
  readonly definition: ResourceDefinition;
  readonly object: KubernetesObject;
}

function post(plural: string, value: object): Posted {
  const definition = coreResources.find((one) => one.plural === plural);
  assert.ok(definition, plural);
  const object = submitted(definition, { metadata: { name: 'x' }, ...value });
  const placed = { ...object, metadata: { ...object.metadata, namespace: 'n' } };
  return {
    definition,
    object: definition.prepareForCreate?.(placed, fakeContext()) ?? placed,
  };
}

test('mistakes are told in the words of a real server', async (t) => {
  for (const [plural, value, expected] of read<readonly string[]>('mistakes')) {
    await t.test(`${plural} ${JSON.stringify(value)}`, () => {
      const { definition, object } = post(plural, value);
      assert.deepEqual(messages(definition.validate?.(object) ?? []), expected);
    });
  }
});

test('objects are completed as by a real server', async (t) => {
  for (const [plural, value, expected] of read<Readonly<Record<string, unknown>>>('completed')) {
    await t.test(`${plural} ${JSON.stringify(value)}`, () => {
      const { definition, object } = post(plural, value);
      assert.deepEqual(messages(definition.validate?.(object) ?? []), []);
      // Members that are undefined are not written.
      const written: unknown = JSON.parse(JSON.stringify(object));
      for (const [path, wanted] of Object.entries(expected)) {
        assert.deepEqual(at(written, path), wanted, path);
      }
    });
  }
});

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    found =
      typeof found === 'object' ? (found as Record<string, unknown> | null)?.[name] : undefined;
  }
  return found;
}
