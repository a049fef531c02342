/** Rules for the status of a job: the cases are answers of a real server, and what its rules say beside them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, JobStatus } from '@navarch/api/types/batch/v1';
import { messages } from '../../testing.ts';
import { countIndexes, firstOverlap } from './indexes.ts';
import { validateJobStatusUpdate } from './validate-status.ts';

const job = { metadata: { name: 'x' }, spec: { completions: 1, parallelism: 1 } } as Job;

const condition = (type: string) => ({ type, status: 'True' });
const startTime = '2024-01-01T00:00:00Z';
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
    { active: 1, startTime, conditions: [condition('Complete')] },
    {},
    [
      'status.completionTime: Required value: completionTime is required for Complete jobs',
      'status.conditions: Invalid value: cannot set Complete=True condition without the SuccessCriteriaMet=true condition',
      'status.active: Invalid value: 1: active>0 is invalid for finished job',
    ],
  ],
  [
    'failed without a target',
    { startTime, conditions: [condition('Failed')] },
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
    ['status.conditions: Invalid value: cannot disable the terminal FailureTarget=True condition'],
  ],
  [
    'failed without a start',
    { conditions: [condition('FailureTarget'), condition('Failed')] },
    {},
    ['status.startTime: Required value: startTime is required for finished job'],
  ],
  [
    'failed with a pod that is not counted',
    {
      startTime,
      uncountedTerminatedPods: { failed: ['u'] },
      conditions: [condition('FailureTarget'), condition('Failed')],
    },
    {},
    [
      'status.uncountedTerminatedPods: Invalid value: {"Succeeded":null,"Failed":["u"]}: must be empty for finished job',
    ],
  ],
  [
    'a pod counted twice, another without a name',
    { uncountedTerminatedPods: { succeeded: ['u', ''], failed: ['u'] } },
    {},
    [
      'status.uncountedTerminatedPods.succeeded[1]: Invalid value: "": must not be empty',
      'status.uncountedTerminatedPods.failed[0]: Duplicate value: "u"',
    ],
  ],
  [
    'met and failed',
    { conditions: [condition('SuccessCriteriaMet'), condition('FailureTarget')] },
    {},
    [
      'status.conditions: Invalid value: cannot set SuccessCriteriaMet=True and FailureTarget=true conditions',
    ],
  ],
  ['what was wrong before', { ready: 2, active: 1, succeeded: 1 }, { ready: 2, active: 1 }, []],
  [
    'another start',
    { startTime: '2024-01-02T00:00:00Z' },
    { startTime },
    ['status.startTime: Required value: startTime cannot be removed for unsuspended job'],
  ],
  [
    'another start on resuming',
    { startTime: '2024-01-02T00:00:00Z', conditions: [{ type: 'Suspended', status: 'False' }] },
    { startTime, conditions: [condition('Suspended')] },
    [],
  ],
];

test('the status of a job never contradicts itself', () => {
  for (const [name, status, before, says] of statuses) {
    const errors = validateJobStatusUpdate({ ...job, status }, { ...job, status: before });
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

const overlaps: readonly (readonly [a: string, b: string, want: number | undefined])[] = [
  ['0-2', '3', undefined],
  ['0-2,4', '3-4', 4],
  ['x,1', '1', 1],
  ['', '1', undefined],
];

test('an index is either done or failed', () => {
  for (const [a, b, want] of overlaps) assert.equal(firstOverlap(a, b, 5), want, `${a} ${b}`);
});

test('indexes are counted', () => {
  for (const [text, want] of indexes) assert.equal(countIndexes(text, 5), want, text);
});
