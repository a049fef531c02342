/**
 * Admission policies: rules in CEL that accept, refuse or change requests.
 * @group admissionregistration.k8s.io v1
 */
import type { Condition } from '../../meta/v1/condition.ts';
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { StatusReason } from '../../meta/v1/status.ts';
import type { Int64 } from '../../scalars.ts';
import type { FailurePolicyType, MatchCondition, MatchResources } from './matching.ts';
import type { ReinvocationPolicyType } from './webhook.ts';

/** @kind */
export interface ValidatingAdmissionPolicy {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: ValidatingAdmissionPolicySpec;
  /** @proto 3 @always */
  readonly status?: ValidatingAdmissionPolicyStatus;
}

/** @kind */
export interface ValidatingAdmissionPolicyList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ValidatingAdmissionPolicy[];
}

export interface ValidatingAdmissionPolicySpec {
  /** @proto 1 @explicit */
  readonly paramKind?: ParamKind;
  /** @proto 2 @explicit */
  readonly matchConstraints?: MatchResources;
  /** @proto 3 @listType atomic */
  readonly validations?: readonly Validation[];
  /** @proto 4 @explicit */
  readonly failurePolicy?: FailurePolicyType;
  /** @proto 5 @listType atomic */
  readonly auditAnnotations?: readonly AuditAnnotation[];
  /** @proto 6 @listType map name @patch merge name */
  readonly matchConditions?: readonly MatchCondition[];
  /** @proto 7 @listType map name @patch merge name */
  readonly variables?: readonly Variable[];
}

/** @structType atomic */
export interface ParamKind {
  /** @proto 1 */
  readonly apiVersion?: string;
  /** @proto 2 */
  readonly kind?: string;
}

export interface Validation {
  /** @proto 1 */
  readonly expression: string;
  /** @proto 2 */
  readonly message?: string;
  /** @proto 3 @explicit */
  readonly reason?: StatusReason;
  /** @proto 4 */
  readonly messageExpression?: string;
}

export interface AuditAnnotation {
  /** @proto 1 */
  readonly key: string;
  /** @proto 2 */
  readonly valueExpression: string;
}

/** @structType atomic */
export interface Variable {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly expression: string;
}

export interface ValidatingAdmissionPolicyStatus {
  /** @proto 1 */
  readonly observedGeneration?: Int64;
  /** @proto 2 @explicit */
  readonly typeChecking?: TypeChecking;
  /** @proto 3 @listType map type */
  readonly conditions?: readonly Condition[];
}

export interface TypeChecking {
  /** @proto 1 @listType atomic */
  readonly expressionWarnings?: readonly ExpressionWarning[];
}

export interface ExpressionWarning {
  /** @proto 2 */
  readonly fieldRef: string;
  /** @proto 3 */
  readonly warning: string;
}

/** @kind */
export interface ValidatingAdmissionPolicyBinding {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: ValidatingAdmissionPolicyBindingSpec;
}

/** @kind */
export interface ValidatingAdmissionPolicyBindingList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ValidatingAdmissionPolicyBinding[];
}

export interface ValidatingAdmissionPolicyBindingSpec {
  /** @proto 1 @required */
  readonly policyName?: string;
  /** @proto 2 @explicit */
  readonly paramRef?: ParamRef;
  /** @proto 3 @explicit */
  readonly matchResources?: MatchResources;
  /** @proto 4 @required @listType set */
  readonly validationActions?: readonly ValidationAction[];
}

/** @structType atomic */
export interface ParamRef {
  /** @proto 1 */
  readonly name?: string;
  /** @proto 2 */
  readonly namespace?: string;
  /** @proto 3 @explicit */
  readonly selector?: LabelSelector;
  /** @proto 4 @explicit */
  readonly parameterNotFoundAction?: ParameterNotFoundActionType;
}

/** Known values: `Allow`, `Deny`. */
export type ParameterNotFoundActionType = string;

/** @enum */
export type ValidationAction = 'Deny' | 'Warn' | 'Audit';

/** @kind */
export interface MutatingAdmissionPolicy {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: MutatingAdmissionPolicySpec;
}

/** @kind */
export interface MutatingAdmissionPolicyList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly MutatingAdmissionPolicy[];
}

export interface MutatingAdmissionPolicySpec {
  /** @proto 1 @explicit */
  readonly paramKind?: ParamKind;
  /** @proto 2 @explicit */
  readonly matchConstraints?: MatchResources;
  /** @proto 3 @listType atomic */
  readonly variables?: readonly Variable[];
  /** @proto 4 @listType atomic */
  readonly mutations?: readonly Mutation[];
  /** @proto 5 @explicit */
  readonly failurePolicy?: FailurePolicyType;
  /** @proto 6 @listType map name @patch merge name */
  readonly matchConditions?: readonly MatchCondition[];
  /** @proto 7 */
  readonly reinvocationPolicy?: ReinvocationPolicyType;
}

export interface Mutation {
  /** @proto 2 @discriminator */
  readonly patchType: PatchType;
  /** @proto 3 @explicit */
  readonly applyConfiguration?: ApplyConfiguration;
  /** @proto 4 @explicit */
  readonly jsonPatch?: JSONPatch;
}

/** @enum */
export type PatchType = 'ApplyConfiguration' | 'JSONPatch';

export interface ApplyConfiguration {
  /** @proto 1 */
  readonly expression?: string;
}

export interface JSONPatch {
  /** @proto 1 */
  readonly expression?: string;
}

/** @kind */
export interface MutatingAdmissionPolicyBinding {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @optional */
  readonly spec: MutatingAdmissionPolicyBindingSpec;
}

/** @kind */
export interface MutatingAdmissionPolicyBindingList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly MutatingAdmissionPolicyBinding[];
}

export interface MutatingAdmissionPolicyBindingSpec {
  /** @proto 1 */
  readonly policyName?: string;
  /** @proto 2 @explicit */
  readonly paramRef?: ParamRef;
  /** @proto 3 @explicit */
  readonly matchResources?: MatchResources;
}

export type ValidatingAdmissionPolicyConditionType = string;
