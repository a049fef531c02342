/** Defaults and rules of jobs and cron jobs: the cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CronJob, Job, JobSpec, JobStatus } from '@navarch/api/types/batch/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { messages } from '../testing.ts';
import { scheduleProblem } from './cron-job/schedule.ts';
import { setCronJobDefaults } from './cron-job/cron-job.ts';
import { validateCronJob } from './cron-job/validate.ts';
import { setJobDefaults } from './job/defaults.ts';
import { countIndexes } from './job/indexes.ts';
import { ownPodsBySelector } from './job/selector.ts';
import { validateJob, validateJobUpdate } from './job/validate.ts';
import { validateJobStatusUpdate } from './job/validate-status.ts';

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
];

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

const condition = (type: string) => ({ type, status: 'True' });
const statuses: readonly (readonly [
  name: string,
  status: JobStatus,
  before: JobStatus,
  says: readonly string[],
])[] = [
  ['running', { active: 1, ready: 1 }, {}, []],
  [
    'more ready than active',
    { active: 1, ready: 2 },
    {},
    ['status.ready: Invalid value: 2: cannot set more ready pods than active'],
  ],
  [
    'complete without anything',
    { active: 1, conditions: [condition('Complete')] },
    {},
    [
      'status.completionTime: Required value: completionTime is required for Complete jobs',
      'status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition',
      'status.active: Invalid value: 1: active>0 is invalid for finished job',
    ],
  ],
  [
    'failed without a target',
    { conditions: [condition('Failed')] },
    {},
    [
      'status.conditions: Invalid value: cannot set Failed=True condition without the FailureTarget=true condition',
    ],
  ],
  [
    'counting down',
    { succeeded: 1 },
    { succeeded: 2 },
    ['status.succeeded: Invalid value: 1: cannot decrease the succeeded counter'],
  ],
  [
    'failing no more',
    {},
    { conditions: [condition('FailureTarget')] },
    ['status.conditions: Invalid value: cannot disable the FailureTarget=True condition'],
  ],
];

test('the status of a job never contradicts itself', () => {
  for (const [name, status, before, says] of statuses) {
    const errors = validateJobStatusUpdate({ ...job(), status }, { ...job(), status: before });
    assert.deepEqual(messages(errors), says, name);
  }
});

const indexes: readonly (readonly [text: string, want: number | string])[] = [
  ['', 0],
  ['0,2-3', 3],
  ['3-1', 'non-increasing order, previous: 3, current: 1'],
  ['9', 'too large index: "9"'],
  ['a', 'cannot convert string to integer for index: "a"'],
  [
    '1-2-3',
    `the fragment "1-2-3" violates the requirement that an index interval can have at most two parts separated by '-'`,
  ],
  ['2,1', 'non-increasing order, previous: 2, current: 1'],
];

test('indexes are counted', () => {
  for (const [text, want] of indexes) assert.equal(countIndexes(text, 5), want, text);
});

const schedules: readonly (readonly [schedule: string, says: string | undefined])[] = [
  ['@hourly', undefined],
  ['@every 1h30m', undefined],
  ['*/15 0-6 * JAN-MAR MON,wed', undefined],
  ['? * * * *', undefined],
  ['1,,2 * * * *', undefined],
  ['5/20 * * * *', undefined],
  ['TZ=UTC 0 0 * * *', undefined],
  ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
  ['60 * * * *', 'end of range (60) above maximum (59): 60'],
  ['* * 0 * *', 'beginning of range (0) below minimum (1): 0'],
  ['* * * * 8', 'end of range (8) above maximum (6): 8'],
  ['a * * * *', 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
  ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
  ['@weakly', 'unrecognized descriptor: @weakly'],
  ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
  [
    'CRON_TZ=Nowhere/Land 0 0 * * *',
    'provided bad location Nowhere/Land: unknown time zone Nowhere/Land',
  ],
];

test('schedules are read as robfig reads them', () => {
  for (const [schedule, says] of schedules) {
    assert.equal(scheduleProblem(schedule), says, schedule);
  }
});

test('cron jobs are checked', () => {
  const cronJob = (spec: Partial<CronJob['spec']>, name = 'x'): CronJob => {
    const draft = structuredClone({
      metadata: { name },
      spec: {
        schedule: '*/5 * * * *',
        jobTemplate: { metadata: {}, spec: { template } },
        ...spec,
      },
    }) as Draft<CronJob>;
    setCronJobDefaults(draft);
    return draft;
  };
  const says = (spec: Partial<CronJob['spec']>, name?: string) =>
    messages(validateCronJob(cronJob(spec, name)));
  assert.deepEqual(says({}), []);
  assert.deepEqual(says({}, 'a'.repeat(53)), [
    `metadata.name: Invalid value: "${'a'.repeat(53)}": must be no more than 52 characters`,
  ]);
  assert.deepEqual(says({ timeZone: 'Mars/Olympus' }), [
    'spec.timeZone: Invalid value: "Mars/Olympus": unknown time zone Mars/Olympus',
  ]);
  assert.deepEqual(says({ timeZone: 'local' }), [
    'spec.timeZone: Invalid value: "local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
  ]);
});
