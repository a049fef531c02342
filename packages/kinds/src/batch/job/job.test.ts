/** Defaults and rules of jobs: the cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, JobSpec } from '@navarch/api/types/batch/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { messages } from '../../testing.ts';
import { setJobDefaults } from './defaults.ts';
import { ownPodsBySelector } from './selector.ts';
import { validateJob, validateJobUpdate } from './validate.ts';
import { jobWarnings } from './warnings.ts';

const template = {
  metadata: {},
  spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'registry.test/img:1' }] },
} as const;

function job(spec: Partial<JobSpec> = {}, name = 'x'): Job {
  const draft = structuredClone({
    kind: 'Job',
    metadata: { name, namespace: 'n', uid: 'u-1' },
    spec: { template, ...spec },
  }) as Draft<Job>;
  setJobDefaults(draft);
  return ownPodsBySelector(draft);
}

const counts: readonly (readonly [given: Partial<JobSpec>, want: Partial<JobSpec>])[] = [
  [{}, { parallelism: 1, completions: 1, backoffLimit: 6 }],
  [{ parallelism: 3 }, { parallelism: 3, completions: undefined, backoffLimit: 6 }],
  [{ completions: 3 }, { parallelism: 1, completions: 3, backoffLimit: 6 }],
  [
    { completionMode: 'Indexed', completions: 2, backoffLimitPerIndex: 1 },
    { parallelism: 1, completions: 2, backoffLimit: 2_147_483_647 },
  ],
];

test('a job is completed', () => {
  for (const [given, want] of counts) {
    const { parallelism, completions, backoffLimit } = job(given).spec;
    assert.deepEqual({ parallelism, completions, backoffLimit }, want);
  }
});

test('a job finds its own pods only', () => {
  const made = job();
  const labels = {
    'batch.kubernetes.io/controller-uid': 'u-1',
    'batch.kubernetes.io/job-name': 'x',
    'controller-uid': 'u-1',
    'job-name': 'x',
  };
  assert.deepEqual(made.spec.template.metadata.labels, labels);
  assert.deepEqual(made.metadata.labels, labels);
  assert.deepEqual(made.spec.selector, {
    matchLabels: { 'batch.kubernetes.io/controller-uid': 'u-1' },
  });
  assert.deepEqual(validateJob(made), []);
  const manual = job({ manualSelector: true, selector: { matchLabels: { a: 'b' } } });
  assert.deepEqual(manual.spec.selector, { matchLabels: { a: 'b' } });
});

const onExit = { operator: 'In', values: [1] } as const;
const policies: readonly (readonly [name: string, spec: Partial<JobSpec>, says: string])[] = [
  [
    'fail index without a limit per index',
    { podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: onExit }] } },
    'spec.podFailurePolicy.rules[0].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set',
  ],
  [
    'neither kind',
    { podFailurePolicy: { rules: [{ action: 'Ignore' }] } },
    'spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
  ],
  [
    'zero for In',
    {
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [0] } }],
      },
    },
    'spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator',
  ],
  [
    'unknown container',
    {
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onExitCodes: { ...onExit, containerName: 'z' } }],
      },
    },
    'spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: "z": must be one of the container or initContainer names in the pod template',
  ],
  [
    'success of nothing',
    { completionMode: 'Indexed', completions: 5, successPolicy: { rules: [{}] } },
    'spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified',
  ],
  [
    'success of too many',
    {
      completionMode: 'Indexed',
      completions: 5,
      successPolicy: { rules: [{ succeededCount: 6 }] },
    },
    'spec.successPolicy.rules[0].succeededCount: Invalid value: 6: must be less than or equal to 5 (the number of specified completions)',
  ],
  [
    'pods that always restart',
    { template: { ...template, spec: { ...template.spec, restartPolicy: 'Always' } } },
    'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
  ],
  [
    'failed indexes without a limit for each',
    { completionMode: 'Indexed', completions: 5, maxFailedIndexes: 1 },
    'spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified',
  ],
  [
    'more failed indexes than there are',
    { completionMode: 'Indexed', completions: 5, backoffLimitPerIndex: 1, maxFailedIndexes: 6 },
    'spec.maxFailedIndexes: Invalid value: 6: must be less than or equal to completions',
  ],
  [
    'a limit for each index of none',
    { backoffLimitPerIndex: 1 },
    'spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode',
  ],
  [
    'too many indexed pods at a time',
    { completionMode: 'Indexed', completions: 5, parallelism: 100_001 },
    'spec.parallelism: Invalid value: 100001: must be less than or equal to 100000 when completion mode is Indexed',
  ],
  [
    'very many indexes that may all fail',
    { completionMode: 'Indexed', completions: 100_001, backoffLimitPerIndex: 1 },
    'spec.maxFailedIndexes: Required value: must be specified when completions is above 100000',
  ],
  [
    'an unknown mode',
    { completionMode: 'Each' } as object,
    'spec.completionMode: Unsupported value: "Each": supported values: "NonIndexed", "Indexed"',
  ],
  [
    'a manager without a domain',
    { managedBy: 'me' },
    'spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")',
  ],
  [
    'a manager with a long name',
    { managedBy: `example.com/${'a'.repeat(60)}` },
    'spec.managedBy: Too long: may not be more than 63 bytes',
  ],
  [
    'unknown replacement',
    { podReplacementPolicy: 'Never' } as object,
    'spec.podReplacementPolicy: Unsupported value: "Never": supported values: "Failed", "TerminatingOrFailed"',
  ],
  [
    'early replacement beside a failure policy',
    {
      podReplacementPolicy: 'TerminatingOrFailed',
      podFailurePolicy: { rules: [{ action: 'Ignore', onExitCodes: onExit }] },
    },
    'spec.podReplacementPolicy: Unsupported value: "TerminatingOrFailed": supported values: "Failed"',
  ],
  [
    'success by index without indexes',
    { successPolicy: { rules: [{ succeededCount: 1 }] } },
    'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: requires indexed completion mode',
  ],
];

test('a name leaves room for the indexes of the pods', () => {
  const name = 'a'.repeat(62);
  const indexed = job({ completionMode: 'Indexed', completions: 2 }, name);
  assert.deepEqual(messages(validateJob(indexed)), [
    `metadata.name: Invalid value: "${name}": will not able to create pod with invalid DNS label: ${name}-1`,
  ]);
});

const warned: readonly (readonly [spec: Partial<JobSpec>, says: readonly string[]])[] = [
  [{}, []],
  [
    { completionMode: 'Indexed', completions: 100_001, parallelism: 10_001 },
    [
      'spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail',
    ],
  ],
  [
    { template: { ...template, spec: { ...template.spec, imagePullSecrets: [{ name: '' }] } } },
    ['spec.template.spec.imagePullSecrets[0].name: invalid empty name ""'],
  ],
];

test('jobs are warned of', () => {
  for (const [spec, says] of warned) assert.deepEqual(jobWarnings(job(spec), undefined), says);
  assert.match(jobWarnings(job({}, 'a.b'), undefined)[0] ?? '', /^metadata.name: this is used in/);
  assert.deepEqual(jobWarnings(job({}, 'a.b'), job({}, 'a.b')), []);
});

test('jobs are checked', () => {
  for (const [name, spec, says] of policies) {
    assert.deepEqual(messages(validateJob(job(spec))), [says], name);
  }
});

test('the work of a job is fixed', () => {
  const stored = job({ completions: 2 });
  assert.deepEqual(messages(validateJobUpdate(job({ completions: 3 }), stored)), [
    'spec.completions: Invalid value: 3: field is immutable',
  ]);
  assert.deepEqual(validateJobUpdate(job({ completions: 2, parallelism: 0 }), stored), []);
});

test('a job that has not started may still be placed', () => {
  const placed = (nodeSelector: Record<string, string>, suspend: boolean) =>
    job({ suspend, template: { ...template, spec: { ...template.spec, nodeSelector } } });
  assert.deepEqual(validateJobUpdate(placed({ a: 'b' }, true), job({ suspend: true })), []);
  const started = validateJobUpdate(placed({ a: 'b' }, false), job({ suspend: false }));
  assert.deepEqual(
    started.map(({ field }) => field),
    ['spec.template'],
  );
});

test('what a suspended job asks for may change, and nothing else of its pods', () => {
  const asking = (container: object) =>
    job({
      suspend: true,
      template: {
        metadata: { labels: { a: 'b' } },
        spec: { ...template.spec, containers: [{ ...template.spec.containers[0], ...container }] },
      },
    });
  const stored = { ...job({ suspend: true }), status: { active: 0 } };
  const more = asking({ resources: { requests: { cpu: '1' } } });
  assert.deepEqual(validateJobUpdate(more, stored), []);
  const fields = (object: Job, before: Job) =>
    validateJobUpdate(object, before).map(({ field }) => field);
  assert.deepEqual(fields(asking({ image: 'registry.test/img:2' }), stored), ['spec.template']);
  assert.deepEqual(fields(more, { ...stored, status: { active: 1 } }), ['spec.template']);
});
