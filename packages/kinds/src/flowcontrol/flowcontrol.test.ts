import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorMessage } from '@navarch/api/field-error';
import type {
  FlowSchema,
  NonResourcePolicyRule,
  PriorityLevelConfiguration,
} from '@navarch/api/types/flowcontrol/v1';
import { bootstrapFlowSchemas, bootstrapPriorityLevels } from '../bootstrap/flow-control.ts';
import { validateFlowSchema } from './validate-flow-schema.ts';
import { validatePriorityLevel } from './validate-priority-level.ts';
import { validateFlowControlStatus } from './validate-status.ts';

function schemaErrors(rule: NonResourcePolicyRule): string[] {
  const schema: FlowSchema = {
    metadata: { name: 'x' },
    spec: {
      priorityLevelConfiguration: { name: 'catch-all' },
      matchingPrecedence: 1000,
      rules: [{ subjects: [{ kind: 'User', user: { name: 'u' } }], nonResourceRules: [rule] }],
    },
  };
  return validateFlowSchema(schema).map(errorMessage);
}

function queueErrors(queues: number, handSize: number): string[] {
  const level: PriorityLevelConfiguration = {
    metadata: { name: 'x' },
    spec: {
      type: 'Limited',
      limited: {
        nominalConcurrencyShares: 1,
        limitResponse: { type: 'Queue', queuing: { queues, handSize, queueLengthLimit: 50 } },
      },
    },
  };
  return validatePriorityLevel(level).map(errorMessage);
}

test('what a cluster starts with is valid', () => {
  assert.deepEqual(bootstrapFlowSchemas('').flatMap(validateFlowSchema), []);
  assert.deepEqual(bootstrapPriorityLevels().flatMap(validatePriorityLevel), []);
});

test('URLs end in a wildcard or have none', () => {
  const path = 'spec.rules[0].nonResourceRules[0].nonResourceURLs';
  const verbs = ['get'];
  assert.deepEqual(schemaErrors({ verbs, nonResourceURLs: ['/', '/a/*', '/a'] }), []);
  assert.deepEqual(schemaErrors({ verbs, nonResourceURLs: ['/a*', '/*/*'] }), [
    `${path}[0]: Invalid value: "/a*": wildcard can only do suffix matching`,
    `${path}[1]: Invalid value: "/*/*": wildcard can only do suffix matching`,
  ]);
  assert.deepEqual(schemaErrors({ verbs, nonResourceURLs: ['*', '/a'] }), [
    `${path}: Invalid value: ["*","/a"]: if '*' is present, must not specify other non-resource URLs`,
  ]);
});

test('hands are dealt from queues that there are, with the bits of one hash', () => {
  const path = 'spec.limited.limitResponse.queuing.handSize';
  assert.deepEqual(queueErrors(64, 8), []);
  assert.deepEqual(queueErrors(4, 8), [
    `${path}: Invalid value: 8: should not be greater than queues (4)`,
  ]);
  assert.deepEqual(queueErrors(10_000, 8), [
    `${path}: Invalid value: 8: required entropy bits of deckSize 10000 and handSize 8 should not be greater than 60`,
  ]);
});

test('the last level stays as it is', () => {
  const level: PriorityLevelConfiguration = {
    metadata: { name: 'catch-all' },
    spec: {
      type: 'Limited',
      limited: { nominalConcurrencyShares: 6, limitResponse: { type: 'Reject' } },
    },
  };
  const [error] = validatePriorityLevel(level).map(errorMessage);
  assert.equal(
    error,
    'spec: Invalid value: {"Type":"Limited","Limited":{"NominalConcurrencyShares":6,"LimitResponse":{"Type":"Reject","Queuing":null},"LendablePercent":null,"BorrowingLimitPercent":null},"Exempt":null}: spec of \'catch-all\' must equal the fixed value',
  );
});

test('the first level stays as it is, but for what it lends', () => {
  const exempt = (spec: PriorityLevelConfiguration['spec']) =>
    validatePriorityLevel({ metadata: { name: 'exempt' }, spec }).map(errorMessage);
  assert.deepEqual(exempt({ type: 'Exempt', exempt: { nominalConcurrencyShares: 7 } }), []);
  const limited = { nominalConcurrencyShares: 1, limitResponse: { type: 'Reject' } } as const;
  assert.deepEqual(exempt({ type: 'Limited', limited }), [
    "spec.type: Invalid value: \"Limited\": must be 'Exempt' if and only if `name` is 'exempt'",
    'spec: Invalid value: {"Type":"Limited","Limited":{"NominalConcurrencyShares":1,"LimitResponse":{"Type":"Reject","Queuing":null},"LendablePercent":null,"BorrowingLimitPercent":null},"Exempt":null}: spec of \'exempt\' except the \'spec.exempt\' field must equal the fixed value',
  ]);
});

test('the first and the last schema stay as they are', () => {
  const schema: FlowSchema = {
    metadata: { name: 'catch-all' },
    spec: {
      priorityLevelConfiguration: { name: 'catch-all' },
      matchingPrecedence: 10_000,
      rules: [
        {
          subjects: [{ kind: 'ServiceAccount', serviceAccount: { namespace: 'n', name: '*' } }],
          resourceRules: [
            { verbs: ['get'], apiGroups: ['*'], resources: ['*'], namespaces: ['*'] },
          ],
        },
      ],
    },
  };
  assert.deepEqual(validateFlowSchema(schema).map(errorMessage), [
    'spec: Invalid value: {"PriorityLevelConfiguration":{"Name":"catch-all"},"MatchingPrecedence":10000,"DistinguisherMethod":null,"Rules":[{"Subjects":[{"Kind":"ServiceAccount","User":null,"Group":null,"ServiceAccount":{"Namespace":"n","Name":"*"}}],"ResourceRules":[{"Verbs":["get"],"APIGroups":["*"],"Resources":["*"],"ClusterScope":false,"Namespaces":["*"]}],"NonResourceRules":null}]}: spec of \'catch-all\' must equal the fixed value',
  ]);
});

test('conditions have types, each its own', () => {
  const status = { conditions: [{ type: 'a' }, { type: 'a' }, {}] };
  assert.deepEqual(validateFlowControlStatus({ status }).map(errorMessage), [
    'status.conditions[1].type: Duplicate value: "a"',
    'status.conditions[2].type: Required value: must not be empty',
  ]);
});
