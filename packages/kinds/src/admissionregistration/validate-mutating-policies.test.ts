import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorMessage } from '@navarch/api/field-error';
import type {
  MatchResources,
  NamedRuleWithOperations,
} from '@navarch/api/types/admissionregistration/v1/matching';
import type {
  MutatingAdmissionPolicySpec,
  Mutation,
} from '@navarch/api/types/admissionregistration/v1/policy';
import { validateBinding, validatePolicy } from './validate-mutating-policies.ts';

const rule = {
  operations: ['CREATE'],
  apiGroups: [''],
  apiVersions: ['v1'],
  resources: ['pods'],
} satisfies NamedRuleWithOperations;
const metadata = { name: 'x' };

const spec = {
  failurePolicy: 'Fail',
  reinvocationPolicy: 'Never',
  matchConstraints: { resourceRules: [rule] },
  mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression: 'Object{}' } }],
} satisfies MutatingAdmissionPolicySpec;

const apply = (expression: string): Mutation => ({
  patchType: 'ApplyConfiguration',
  applyConfiguration: { expression },
});
const patch = (expression: string): Mutation => ({
  patchType: 'JSONPatch',
  jsonPatch: { expression },
});

const mutation = 'spec.mutations[0]';
const applied = `${mutation}.applyConfiguration`;
const patched = `${mutation}.jsonPatch`;

const policies: readonly [
  name: string,
  change: Partial<MutatingAdmissionPolicySpec> | Mutation,
  ...errors: string[],
][] = [
  ['all that is needed', {}],
  [
    'no mutations',
    { mutations: [] },
    'spec.mutations: Required value: mutations must contain at least one item',
  ],
  [
    'no answer to whether it is asked again',
    { reinvocationPolicy: '' as 'Never' },
    'spec.reinvocationPolicy: Required value',
  ],
  [
    'another answer',
    { reinvocationPolicy: 'Always' as 'Never' },
    'spec.reinvocationPolicy: Unsupported value: "Always": supported values: "IfNeeded", "Never"',
  ],
  [
    'a deletion',
    { matchConstraints: { resourceRules: [{ ...rule, operations: ['DELETE'] }] } },
    'spec.matchConstraints.resourceRules.operations: Unsupported value: "DELETE": supported values: "*", "CONNECT", "CREATE", "UPDATE"',
  ],
  ['no type', { patchType: '' as Mutation['patchType'] }, `${mutation}.patchType: Required value`],
  [
    'another type',
    { patchType: 'Merge' as Mutation['patchType'] },
    `${mutation}.patchType: Unsupported value: "Merge": supported values: "ApplyConfiguration", "JSONPatch"`,
  ],
  [
    'the other member',
    { patchType: 'JSONPatch', applyConfiguration: { expression: 'Object{}' } },
    `${patched}: Required value: must be specified when patchType is JSONPatch`,
    `${applied}: Invalid value: "{applyConfiguration}": must not be specified when patchType is JSONPatch`,
  ],
  ['a blank expression', patch(' '), `${patched}.expression: Required value`],
  [
    'a nested object',
    apply('Object{spec: Object.spec{containers: [Object.spec.containers{name: "a"}]}}'),
  ],
  [
    'a field by its escaped name',
    apply('Object{metadata: Object.metadata{labels: {"a.b/c": "d"}}}'),
  ],
  [
    'an expression of another type',
    apply('"a"'),
    `${applied}.expression: Invalid value: "\\"a\\"": must evaluate to Object but got string`,
  ],
  [
    'no list of operations',
    patch('["a"]'),
    `${patched}.expression: Invalid value: "[\\"a\\"]": must evaluate to list(JSONPatch) but got list(string)`,
  ],
  [
    'an operation with a number as path',
    patch('[JSONPatch{op: "add", path: 1}]'),
    `${patched}.expression: Invalid value: "[JSONPatch{op: \\"add\\", path: 1}]": compilation failed: ERROR: <input>:1:27: expected type of field 'path' is 'string' but provided type is 'int'\n | [JSONPatch{op: "add", path: 1}]\n | ..........................^`,
  ],
  [
    'a key that is escaped for a path',
    patch(
      '[JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey("a/b"), value: "c"}]',
    ),
  ],
];

for (const [name, change, ...errors] of policies) {
  test(`a policy: ${name}`, () => {
    const changed = 'patchType' in change ? { mutations: [change] } : change;
    const found = validatePolicy({ metadata, spec: { ...spec, ...changed } }).map(errorMessage);
    assert.deepEqual(found, errors);
  });
}

test('only mutations may construct patches', () => {
  const variables = [{ name: 'a', expression: 'Object{}' }];
  const [error = ''] = validatePolicy({ metadata, spec: { ...spec, variables } }).map(errorMessage);
  assert.match(error, /^spec.variables\[0\].expression: .*undeclared reference to 'Object'/);
});

test('a binding, too, covers no deletion', () => {
  const matchResources = {
    resourceRules: [{ ...rule, operations: ['*', 'DELETE'] }],
  } satisfies MatchResources;
  const errors = validateBinding({ metadata, spec: { policyName: 'p', matchResources } });
  assert.deepEqual(
    errors.map(({ field }) => field),
    [
      'spec.matchResources.resourceRules[0].operations',
      'spec.matchResources.resourceRules.operations',
    ],
  );
});
