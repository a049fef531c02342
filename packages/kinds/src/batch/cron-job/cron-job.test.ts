/** Rules for cron jobs: the cases are answers of a real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CronJob } from '@navarch/api/types/batch/v1';
import type { Draft } from '@navarch/api/types/scalars';
import { messages } from '../../testing.ts';
import { cronJobWarnings } from '../job/warnings.ts';
import { setCronJobDefaults } from './cron-job.ts';
import { scheduleProblem } from './schedule.ts';
import { isTimeZone } from './time-zone.ts';
import { validateCronJob, validateCronJobUpdate } from './validate.ts';

const template = {
  metadata: {},
  spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'registry.test/img:1' }] },
} as const;

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
    'spec.timeZone: Invalid value: "local": unknown time zone local',
  ]);
  const zoned = cronJob({ schedule: 'TZ=UTC 0 0 * * *' });
  const updated = (spec: Partial<CronJob['spec']>, stored: CronJob) =>
    messages(validateCronJobUpdate(cronJob({ schedule: zoned.spec.schedule, ...spec }), stored));
  assert.deepEqual(updated({}, zoned), []);
  assert.deepEqual(updated({ timeZone: 'Etc/UTC' }, zoned), [
    'spec.schedule: Invalid value: "TZ=UTC 0 0 * * *": cannot use both timeZone field and TZ or CRON_TZ in schedule',
  ]);
  assert.deepEqual(updated({}, cronJob({})), [
    'spec.schedule: Invalid value: "TZ=UTC 0 0 * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
  ]);
  assert.deepEqual(cronJobWarnings(zoned, zoned), [
    'cannot use TZ or CRON_TZ in spec.spec.schedule, use timeZone instead, see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ for more details',
  ]);
});

const zones: readonly (readonly [name: string, isOne: boolean])[] = [
  ['Europe/Berlin', true],
  ['EST5EDT', true],
  ['US/Pacific', true],
  ['Etc/GMT+1', true],
  ['europe/berlin', false],
  ['EUROPE/BERLIN', false],
  ['+01:00', false],
];

test('names of time zones are those of the database', () => {
  for (const [name, isOne] of zones) assert.equal(isTimeZone(name), isOne, name);
});
