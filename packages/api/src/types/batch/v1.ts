/**
 * Jobs that run to completion, once or on a schedule.
 * @group batch v1
 */
import type { ConditionStatus } from '../core/v1/cluster.ts';
import type { PodConditionType, PodTemplateSpec } from '../core/v1/pod.ts';
import type { ObjectReference } from '../core/v1/reference.ts';
import type { ListMeta, ObjectMeta } from '../meta/v1/object.ts';
import type { LabelSelector } from '../meta/v1/selector.ts';
import type { Int32, Int64, Time } from '../scalars.ts';

/**
 * Makes a job on a schedule.
 * @kind
 */
export interface CronJob {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2
   */
  readonly spec: CronJobSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: CronJobStatus;
}

/**
 * A list of cron jobs.
 * @kind
 */
export interface CronJobList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The cron jobs.
   * @proto 2
   */
  readonly items: readonly CronJob[];
}

/** When jobs are made, and what they look like. */
export interface CronJobSpec {
  /**
   * The schedule: minute, hour, day, month, weekday, or a word such as `@hourly`.
   * @proto 1
   */
  readonly schedule: string;
  /**
   * The time zone of the schedule, such as `Europe/Zurich`. By default that of the controller.
   * @proto 8 @explicit
   */
  readonly timeZone?: string;
  /**
   * Seconds after its time until a missed job is no longer made. Missing for any number.
   * @proto 2 @explicit
   */
  readonly startingDeadlineSeconds?: Int64;
  /**
   * What happens while an earlier job still runs: `Allow` (the default) runs both, `Forbid` leaves
   * the new one out, `Replace` stops the old one.
   * @proto 3
   */
  readonly concurrencyPolicy?: ConcurrencyPolicy;
  /**
   * While true, no jobs are made. Those that run go on. Defaults to false.
   * @proto 4 @explicit
   */
  readonly suspend?: boolean;
  /**
   * What the jobs look like.
   * @proto 5
   */
  readonly jobTemplate: JobTemplateSpec;
  /**
   * How many jobs that succeeded are kept. Defaults to 3.
   * @proto 6 @explicit
   */
  readonly successfulJobsHistoryLimit?: Int32;
  /**
   * How many jobs that failed are kept. Defaults to 1.
   * @proto 7 @explicit
   */
  readonly failedJobsHistoryLimit?: Int32;
}

/**
 * What happens while an earlier job still runs.
 * @enum
 */
export type ConcurrencyPolicy = 'Allow' | 'Forbid' | 'Replace';

/** What jobs that are made from it look like. */
export interface JobTemplateSpec {
  /**
   * Labels and annotations, for each job.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What each job runs.
   * @proto 2 @optional
   */
  readonly spec: JobSpec;
}

/** What a job is to run, and when it is done. */
export interface JobSpec {
  /**
   * How many pods run at a time, at most. Defaults to 1.
   * @proto 1 @explicit
   */
  readonly parallelism?: Int32;
  /**
   * How many pods must succeed. Missing means that the success of any one is enough, and no further
   * ones start. Defaults to 1 when `parallelism` is missing too.
   * @proto 2 @explicit
   */
  readonly completions?: Int32;
  /**
   * Seconds after its start until the job is stopped and counts as failed. Time while suspended
   * does not count.
   * @proto 3 @explicit
   */
  readonly activeDeadlineSeconds?: Int64;
  /**
   * Rules for pods that fail; without any, each failure counts against `backoffLimit`.
   * @proto 11 @explicit
   */
  readonly podFailurePolicy?: PodFailurePolicy;
  /**
   * Rules by which an indexed job succeeds early. By default all indexes must succeed.
   * @proto 16 @explicit
   */
  readonly successPolicy?: SuccessPolicy;
  /**
   * How many failures of pods the job survives. Defaults to 6.
   * @proto 7 @explicit
   */
  readonly backoffLimit?: Int32;
  /**
   * How many failures each index survives, for indexed jobs.
   * @proto 12 @explicit
   */
  readonly backoffLimitPerIndex?: Int32;
  /**
   * How many failed indexes the job survives, with `backoffLimitPerIndex`.
   * @proto 13 @explicit
   */
  readonly maxFailedIndexes?: Int32;
  /**
   * Which pods belong to it, by label. Set by the server; leave it alone.
   * @proto 4 @explicit
   */
  readonly selector?: LabelSelector;
  /**
   * True keeps the server from setting `selector`. Rarely wise.
   * @proto 5 @explicit
   */
  readonly manualSelector?: boolean;
  /**
   * What its pods look like. Their restart policy can only be `Never` or `OnFailure`.
   * @proto 6
   */
  readonly template: PodTemplateSpec;
  /**
   * Seconds after its end until the job is deleted. Missing for never, zero for at once.
   * @proto 8 @explicit
   */
  readonly ttlSecondsAfterFinished?: Int32;
  /**
   * `NonIndexed` (the default), or `Indexed`, where each pod gets a number from 0 and each number
   * must succeed.
   * @proto 9 @explicit
   */
  readonly completionMode?: CompletionMode;
  /**
   * While true, no pods run; turning it on later stops those that do. Defaults to false.
   * @proto 10 @explicit
   */
  readonly suspend?: boolean;
  /**
   * When a pod is replaced: once it is ending or failed (`TerminatingOrFailed`), or only once it
   * has failed (`Failed`).
   * @proto 14 @explicit
   */
  readonly podReplacementPolicy?: PodReplacementPolicy;
  /**
   * The controller that looks after the job, for others than the built-in one. It cannot be
   * changed.
   * @proto 15 @explicit
   */
  readonly managedBy?: string;
}

/** Rules for pods that fail. */
export interface PodFailurePolicy {
  /**
   * The rules; the first that fits counts. At most 20.
   * @proto 1 @listType atomic
   */
  readonly rules: readonly PodFailurePolicyRule[];
}

/** What to do when a pod fails in a certain way. It has one of the two requirements. */
export interface PodFailurePolicyRule {
  /**
   * `FailJob` fails the job, `FailIndex` the index, `Ignore` does not count the failure, `Count`
   * counts it as usual.
   * @proto 1
   */
  readonly action: PodFailurePolicyAction;
  /**
   * Exit codes that it fits.
   * @proto 2 @explicit
   */
  readonly onExitCodes?: PodFailurePolicyOnExitCodesRequirement;
  /**
   * Conditions of the pod, any of which it fits.
   * @proto 3 @listType atomic
   */
  readonly onPodConditions?: readonly PodFailurePolicyOnPodConditionsPattern[];
}

/**
 * What to do when a pod fails.
 * @enum
 */
export type PodFailurePolicyAction = 'FailJob' | 'FailIndex' | 'Ignore' | 'Count';

/** Exit codes of containers that failed. */
export interface PodFailurePolicyOnExitCodesRequirement {
  /**
   * Only this container; by default all.
   * @proto 1 @explicit
   */
  readonly containerName?: string;
  /**
   * `In` fits when an exit code is listed, `NotIn` when one is not.
   * @proto 2
   */
  readonly operator: PodFailurePolicyOnExitCodesOperator;
  /**
   * The exit codes, without repetition. Not 0 with `In`.
   * @proto 3 @listType set
   */
  readonly values: readonly Int32[];
}

/**
 * How exit codes are compared.
 * @enum
 */
export type PodFailurePolicyOnExitCodesOperator = 'In' | 'NotIn';

/** A condition of a pod. */
export interface PodFailurePolicyOnPodConditionsPattern {
  /**
   * Its type.
   * @proto 1
   */
  readonly type: PodConditionType;
  /**
   * Its status. Defaults to `True`.
   * @proto 2 @optional
   */
  readonly status: ConditionStatus;
}

/** Rules by which a job succeeds before all its indexes have. */
export interface SuccessPolicy {
  /**
   * The rules; the first that fits ends the job. At most 20.
   * @proto 1 @listType atomic
   */
  readonly rules: readonly SuccessPolicyRule[];
}

/** When a job succeeds early. With both requirements, both must hold. */
export interface SuccessPolicyRule {
  /**
   * Indexes that must have succeeded, such as `0-2,5`.
   * @proto 1 @explicit
   */
  readonly succeededIndexes?: string;
  /**
   * How many indexes must have succeeded, of those listed or of all.
   * @proto 2 @explicit
   */
  readonly succeededCount?: Int32;
}

/**
 * How the pods of a job count.
 * @enum
 */
export type CompletionMode = 'NonIndexed' | 'Indexed';

/**
 * When a pod is replaced.
 * @enum
 */
export type PodReplacementPolicy = 'TerminatingOrFailed' | 'Failed';

/** What a cron job has done. */
export interface CronJobStatus {
  /**
   * The jobs that run.
   * @proto 1 @listType atomic
   */
  readonly active?: readonly ObjectReference[];
  /**
   * The time, by the schedule, of the last job.
   * @proto 4 @explicit
   */
  readonly lastScheduleTime?: Time;
  /**
   * When a job last succeeded.
   * @proto 5 @explicit
   */
  readonly lastSuccessfulTime?: Time;
}

/**
 * Pods that run until enough of them have succeeded.
 * @kind
 */
export interface Job {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * Name, namespace, labels, annotations and the rest of what every object carries.
   * @proto 1 @optional
   */
  readonly metadata: ObjectMeta;
  /**
   * What is wanted.
   * @proto 2 @optional
   */
  readonly spec: JobSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: JobStatus;
}

/**
 * A list of jobs.
 * @kind
 */
export interface JobList {
  /** The kind of this object, in CamelCase. Clients may leave it out where the URL says it. */
  readonly kind?: string;
  /** The group and version that this object is written in, such as `v1` or `apps/v1`. */
  readonly apiVersion?: string;
  /**
   * The version of the list, and where it goes on.
   * @proto 1 @optional
   */
  readonly metadata: ListMeta;
  /**
   * The jobs.
   * @proto 2
   */
  readonly items: readonly Job[];
}

/** How far a job has come. */
export interface JobStatus {
  /**
   * The latest findings. `Complete` or `Failed` means that it is over for good; `Suspended` that it
   * waits.
   * @proto 1 @listType atomic @patch merge type
   */
  readonly conditions?: readonly JobCondition[];
  /**
   * When it was started, or last resumed.
   * @proto 2 @explicit
   */
  readonly startTime?: Time;
  /**
   * When it succeeded. Missing as long as it has not.
   * @proto 3 @explicit
   */
  readonly completionTime?: Time;
  /**
   * How many pods are running or waiting to.
   * @proto 4
   */
  readonly active?: Int32;
  /**
   * How many pods have succeeded.
   * @proto 5
   */
  readonly succeeded?: Int32;
  /**
   * How many pods have failed.
   * @proto 6
   */
  readonly failed?: Int32;
  /**
   * How many pods are ending.
   * @proto 11 @explicit
   */
  readonly terminating?: Int32;
  /**
   * Indexes that have succeeded, such as `1,3-5`.
   * @proto 7
   */
  readonly completedIndexes?: string;
  /**
   * Indexes that have failed for good, such as `1,3-5`.
   * @proto 10 @explicit
   */
  readonly failedIndexes?: string;
  /**
   * Pods that have ended but are not yet in the counts.
   * @proto 8 @explicit
   */
  readonly uncountedTerminatedPods?: UncountedTerminatedPods;
  /**
   * How many of the active pods are ready.
   * @proto 9 @explicit
   */
  readonly ready?: Int32;
}

/** A finding about a job. */
export interface JobCondition {
  /**
   * `Complete`, `Failed`, `Suspended`, or what leads there.
   * @proto 1
   */
  readonly type: JobConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When the condition was last checked.
   * @proto 3 @always
   */
  readonly lastProbeTime?: Time;
  /**
   * When the status of this condition last changed.
   * @proto 4 @always
   */
  readonly lastTransitionTime?: Time;
  /**
   * Why, as one word for programs.
   * @proto 5
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 6
   */
  readonly message?: string;
}

/**
 * What a job's condition is about. Known values: `Suspended`, `Complete`, `Failed`,
 * `FailureTarget`, `SuccessCriteriaMet`.
 */
export type JobConditionType = string;

/** Pods that have ended but are not yet in the counts. */
export interface UncountedTerminatedPods {
  /**
   * The uids of those that succeeded.
   * @proto 1 @listType set
   */
  readonly succeeded?: readonly string[];
  /**
   * The uids of those that failed.
   * @proto 2 @listType set
   */
  readonly failed?: readonly string[];
}
