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

/** @kind */
export interface CronJob {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: CronJobSpec;
  /** @proto 3 @always */
  readonly status?: CronJobStatus;
}

/** @kind */
export interface CronJobList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly CronJob[];
}

export interface CronJobSpec {
  /** @proto 1 */
  readonly schedule: string;
  /** @proto 8 @explicit */
  readonly timeZone?: string;
  /** @proto 2 @explicit */
  readonly startingDeadlineSeconds?: Int64;
  /** @proto 3 */
  readonly concurrencyPolicy?: ConcurrencyPolicy;
  /** @proto 4 @explicit */
  readonly suspend?: boolean;
  /** @proto 5 */
  readonly jobTemplate: JobTemplateSpec;
  /** @proto 6 @explicit */
  readonly successfulJobsHistoryLimit?: Int32;
  /** @proto 7 @explicit */
  readonly failedJobsHistoryLimit?: Int32;
}

/** @enum */
export type ConcurrencyPolicy = 'Allow' | 'Forbid' | 'Replace';

export interface JobTemplateSpec {
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: JobSpec;
}

export interface JobSpec {
  /** @proto 1 @explicit */
  readonly parallelism?: Int32;
  /** @proto 2 @explicit */
  readonly completions?: Int32;
  /** @proto 3 @explicit */
  readonly activeDeadlineSeconds?: Int64;
  /** @proto 11 @explicit */
  readonly podFailurePolicy?: PodFailurePolicy;
  /** @proto 16 @explicit */
  readonly successPolicy?: SuccessPolicy;
  /** @proto 7 @explicit */
  readonly backoffLimit?: Int32;
  /** @proto 12 @explicit */
  readonly backoffLimitPerIndex?: Int32;
  /** @proto 13 @explicit */
  readonly maxFailedIndexes?: Int32;
  /** @proto 4 @explicit */
  readonly selector?: LabelSelector;
  /** @proto 5 @explicit */
  readonly manualSelector?: boolean;
  /** @proto 6 */
  readonly template: PodTemplateSpec;
  /** @proto 8 @explicit */
  readonly ttlSecondsAfterFinished?: Int32;
  /** @proto 9 @explicit */
  readonly completionMode?: CompletionMode;
  /** @proto 10 @explicit */
  readonly suspend?: boolean;
  /** @proto 14 @explicit */
  readonly podReplacementPolicy?: PodReplacementPolicy;
  /** @proto 15 @explicit */
  readonly managedBy?: string;
}

export interface PodFailurePolicy {
  /** @proto 1 @listType atomic */
  readonly rules: readonly PodFailurePolicyRule[];
}

export interface PodFailurePolicyRule {
  /** @proto 1 */
  readonly action: PodFailurePolicyAction;
  /** @proto 2 @explicit */
  readonly onExitCodes?: PodFailurePolicyOnExitCodesRequirement;
  /** @proto 3 @listType atomic */
  readonly onPodConditions?: readonly PodFailurePolicyOnPodConditionsPattern[];
}

/** @enum */
export type PodFailurePolicyAction = 'FailJob' | 'FailIndex' | 'Ignore' | 'Count';

export interface PodFailurePolicyOnExitCodesRequirement {
  /** @proto 1 @explicit */
  readonly containerName?: string;
  /** @proto 2 */
  readonly operator: PodFailurePolicyOnExitCodesOperator;
  /** @proto 3 @listType set */
  readonly values: readonly Int32[];
}

/** @enum */
export type PodFailurePolicyOnExitCodesOperator = 'In' | 'NotIn';

export interface PodFailurePolicyOnPodConditionsPattern {
  /** @proto 1 */
  readonly type: PodConditionType;
  /** @proto 2 @optional */
  readonly status: ConditionStatus;
}

export interface SuccessPolicy {
  /** @proto 1 @listType atomic */
  readonly rules: readonly SuccessPolicyRule[];
}

export interface SuccessPolicyRule {
  /** @proto 1 @explicit */
  readonly succeededIndexes?: string;
  /** @proto 2 @explicit */
  readonly succeededCount?: Int32;
}

/** @enum */
export type CompletionMode = 'NonIndexed' | 'Indexed';

/** @enum */
export type PodReplacementPolicy = 'TerminatingOrFailed' | 'Failed';

export interface CronJobStatus {
  /** @proto 1 @listType atomic */
  readonly active?: readonly ObjectReference[];
  /** @proto 4 @explicit */
  readonly lastScheduleTime?: Time;
  /** @proto 5 @explicit */
  readonly lastSuccessfulTime?: Time;
}

/** @kind */
export interface Job {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: JobSpec;
  /** @proto 3 @always */
  readonly status?: JobStatus;
}

/** @kind */
export interface JobList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly Job[];
}

export interface JobStatus {
  /** @proto 1 @listType atomic @patch merge type */
  readonly conditions?: readonly JobCondition[];
  /** @proto 2 @explicit */
  readonly startTime?: Time;
  /** @proto 3 @explicit */
  readonly completionTime?: Time;
  /** @proto 4 */
  readonly active?: Int32;
  /** @proto 5 */
  readonly succeeded?: Int32;
  /** @proto 6 */
  readonly failed?: Int32;
  /** @proto 11 @explicit */
  readonly terminating?: Int32;
  /** @proto 7 */
  readonly completedIndexes?: string;
  /** @proto 10 @explicit */
  readonly failedIndexes?: string;
  /** @proto 8 @explicit */
  readonly uncountedTerminatedPods?: UncountedTerminatedPods;
  /** @proto 9 @explicit */
  readonly ready?: Int32;
}

export interface JobCondition {
  /** @proto 1 */
  readonly type: JobConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastProbeTime?: Time;
  /** @proto 4 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 5 */
  readonly reason?: string;
  /** @proto 6 */
  readonly message?: string;
}

/** Known values: `Suspended`, `Complete`, `Failed`, `FailureTarget`, `SuccessCriteriaMet`. */
export type JobConditionType = string;

export interface UncountedTerminatedPods {
  /** @proto 1 @listType set */
  readonly succeeded?: readonly string[];
  /** @proto 2 @listType set */
  readonly failed?: readonly string[];
}
