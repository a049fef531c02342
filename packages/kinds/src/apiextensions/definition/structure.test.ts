/** What is told of definitions that servers of old accepted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { structureProblem } from './structure.ts';

function definition(
  schemas: readonly (JSONSchemaProps | undefined)[],
  preserveUnknownFields = false,
): CustomResourceDefinition {
  return {
    metadata: { name: 'cats.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'cats', kind: 'Cat' },
      preserveUnknownFields,
      versions: schemas.map((openAPIV3Schema, index) => ({
        name: `v${index + 1}`,
        served: true,
        storage: index === 0,
        ...(openAPIV3Schema && { schema: { openAPIV3Schema } }),
      })),
    },
  };
}

const fine: JSONSchemaProps = { type: 'object', properties: { spec: { type: 'object' } } };
const untyped: JSONSchemaProps = { properties: { spec: {} } };
const at = 'spec.versions[1].schema.openAPIV3Schema';
const empty = 'must not be empty for specified object fields';

const cases: readonly {
  readonly name: string;
  readonly crd: CustomResourceDefinition;
  readonly says: string;
}[] = [
  { name: 'a structural schema', crd: definition([fine]), says: 'nothing' },
  { name: 'no schema', crd: definition([undefined]), says: 'nothing' },
  {
    name: 'members that stay',
    crd: definition([undefined], true),
    says: 'True Violations: spec.preserveUnknownFields: Invalid value: true: must be false',
  },
  {
    name: 'no types',
    crd: definition([fine, untyped]),
    says: `True Violations: [${at}.properties[spec].type: Required value: ${empty}, ${at}.type: Required value: must not be empty at the root]`,
  },
  {
    name: 'a reference',
    crd: definition([fine, { ...fine, anyOf: [{ $ref: '#/x' }] }]),
    says: "Unknown StructuralError: failed to check validation schema for version v2: OpenAPIV3Schema '$ref' is not supported",
  },
  {
    name: 'a schema for each item',
    crd: definition([{ type: 'object', properties: { a: { type: 'array', items: [fine] } } }]),
    says: "Unknown StructuralError: failed to check validation schema for version v1: OpenAPIV3Schema 'items' must be a schema, but is an array",
  },
  {
    name: 'no unknown members, said twice',
    crd: definition([{ ...fine, 'x-kubernetes-preserve-unknown-fields': false }]),
    says: "Unknown StructuralError: failed to check validation schema for version v1: internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined",
  },
  {
    name: 'an empty map of definitions is none',
    crd: definition([{ ...fine, definitions: {} }]),
    says: 'nothing',
  },
];

for (const { name, crd, says } of cases) {
  test(name, () => {
    const problem = structureProblem(crd);
    const text = problem ? `${problem.status} ${problem.reason}: ${problem.message}` : 'nothing';
    assert.equal(text, says);
  });
}
