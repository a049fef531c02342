/** The kinds of group batch. */
import type { ResourceDefinition } from '@navarch/api/extension/resource';
import { cronJobs } from './cron-job/cron-job.ts';
import { jobs } from './job/job.ts';

export const batchResources: readonly ResourceDefinition[] = [cronJobs, jobs];
