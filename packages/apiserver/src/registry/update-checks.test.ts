/** How often a client sees what is wrong with metadata: as often as upstream looks at it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { StatusError } from '@navarch/api/status';
import type { Resource } from './resource.ts';
import { checkChanged } from './update-checks.ts';

type Checks = ResourceDefinition['metadataChecksOnUpdate'];

const cases: { name: string; checks?: Checks; subresource?: string; causes: number }[] = [
  { name: 'most kinds check it once', causes: 3 },
  { name: 'some do not', checks: { asNew: 0, asChanged: 0 }, causes: 2 },
  { name: 'some as of a new object', checks: { asNew: 1, asChanged: 0 }, causes: 3 },
  { name: 'some both ways', checks: { asNew: 1, asChanged: 1 }, causes: 4 },
  { name: 'some thrice', checks: { asNew: 2, asChanged: 1 }, causes: 5 },
  {
    name: 'subresources check it once',
    checks: { asNew: 2, asChanged: 1 },
    subresource: 'status',
    causes: 3,
  },
];

for (const { name, checks, subresource = '', causes } of cases) {
  test(name, () => {
    const definition = { kind: 'Thing', group: '', version: 'v1', metadataChecksOnUpdate: checks };
    // All that is asked of a resource here.
    const resource = {
      definition,
      form: {},
      isNamespaced: true,
      groupKind: { group: '', kind: 'Thing' },
    } as unknown as Resource;
    const stored: KubernetesObject = {
      kind: 'Thing',
      apiVersion: 'v1',
      metadata: { name: 'x', namespace: 'a', uid: 'u', resourceVersion: '1' },
    };
    const object = { ...stored, metadata: { ...stored.metadata, labels: { a: 'b c' } } };
    const context = { warn: () => undefined } as unknown as Parameters<
      typeof checkChanged
    >[3]['context'];
    assert.throws(
      () => checkChanged(resource, object, stored, { rules: {}, context, subresource }),
      (error) => error instanceof StatusError && error.status.details?.causes?.length === causes,
    );
  });
}
