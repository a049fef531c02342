import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ManagedFieldsEntry } from '@navarch/api/managed-fields';
import { keepOwners } from './keep-owners.ts';

const entry = {
  manager: 'm',
  operation: 'Update',
  apiVersion: 'v1',
  fieldsType: 'FieldsV1',
  fieldsV1: { 'f:data': {} },
} satisfies ManagedFieldsEntry;

const cases: readonly {
  readonly left: readonly object[] | undefined;
  /** Undefined where the change stays. */
  readonly problem: string | undefined;
}[] = [
  { left: undefined, problem: undefined },
  { left: [], problem: undefined },
  { left: [{ ...entry, manager: 'n' }], problem: undefined },
  { left: [{ ...entry, operation: '' }], problem: 'operation must be `Apply` or `Update`' },
  { left: [{ ...entry, apiVersion: '' }], problem: 'apiVersion must not be empty' },
  {
    left: [entry, { ...entry, fieldsType: '' }],
    problem: 'missing fieldsType in managed fields entry 1',
  },
  {
    left: [{ ...entry, fieldsType: 'FieldsV2' }],
    problem: 'invalid fieldsType "FieldsV2" in managed fields entry 0',
  },
  {
    left: [{ ...entry, fieldsV1: { 'x:data': 1 } }],
    problem: 'error decoding fields in managed fields entry 0',
  },
];

for (const { left, problem } of cases) {
  test(`owners that admission leaves: ${JSON.stringify(left)}`, () => {
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    // Nothing else of it is looked at.
    const context = { warn } as RequestContext;
    const object = (managedFields: unknown) =>
      ({
        metadata: { name: 'x', ...(managedFields !== undefined && { managedFields }) },
      }) as KubernetesObject;
    const kept = keepOwners(object([entry]), object(left), context);
    assert.deepEqual(kept, problem === undefined ? object(left) : object([entry]));
    assert.deepEqual(
      warnings.map((text) => text.split('please fix your requests: ')[1]),
      problem === undefined ? [] : [problem],
    );
  });
}
