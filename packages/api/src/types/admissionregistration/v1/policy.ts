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

/**
 * Rules in CEL that requests must fulfil. A binding puts it into effect.
 * @kind
 */
export interface ValidatingAdmissionPolicy {
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
  readonly spec: ValidatingAdmissionPolicySpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: ValidatingAdmissionPolicyStatus;
}

/**
 * A list of validating admission policies.
 * @kind
 */
export interface ValidatingAdmissionPolicyList {
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
   * The validating admission policies.
   * @proto 2
   */
  readonly items: readonly ValidatingAdmissionPolicy[];
}

/** The rules, and which requests they are for. */
export interface ValidatingAdmissionPolicySpec {
  /**
   * The kind of the objects that parametrize it. Missing when there are none.
   * @proto 1 @explicit
   */
  readonly paramKind?: ParamKind;
  /**
   * Which requests it is for.
   * @proto 2 @explicit
   */
  readonly matchConstraints?: MatchResources;
  /**
   * The rules; all must hold.
   * @proto 3 @listType atomic
   */
  readonly validations?: readonly Validation[];
  /**
   * What happens when it cannot be asked or evaluated: `Fail` (the default) refuses the request,
   * `Ignore` goes on.
   * @proto 4 @explicit
   */
  readonly failurePolicy?: FailurePolicyType;
  /**
   * Annotations for the audit record.
   * @proto 5 @listType atomic
   */
  readonly auditAnnotations?: readonly AuditAnnotation[];
  /**
   * Conditions in CEL that a request must all fulfil, on top of the rules. At most 64.
   * @proto 6 @listType map name @patch merge name
   */
  readonly matchConditions?: readonly MatchCondition[];
  /**
   * Values for use in later expressions, as `variables.NAME`.
   * @proto 7 @listType map name @patch merge name
   */
  readonly variables?: readonly Variable[];
}

/**
 * The kind of parameter objects.
 * @structType atomic
 */
export interface ParamKind {
  /**
   * Their group and version.
   * @proto 1
   */
  readonly apiVersion?: string;
  /**
   * Their kind.
   * @proto 2
   */
  readonly kind?: string;
}

/** A rule that requests must fulfil. */
export interface Validation {
  /**
   * The rule; `object`, `oldObject`, `request`, `params`, `namespaceObject`, `variables` and
   * `authorizer` are known. It must give true.
   * @proto 1
   */
  readonly expression: string;
  /**
   * What to say when it does not. Needed when the rule has line breaks.
   * @proto 2
   */
  readonly message?: string;
  /**
   * The reason of the refusal: `Unauthorized`, `Forbidden`, `Invalid` (the default) or
   * `RequestEntityTooLarge`.
   * @proto 3 @explicit
   */
  readonly reason?: StatusReason;
  /**
   * An expression for what to say; goes before `message`.
   * @proto 4
   */
  readonly messageExpression?: string;
}

/** An annotation for the audit record. */
export interface AuditAnnotation {
  /**
   * Its key, to which the policy's name is put in front.
   * @proto 1
   */
  readonly key: string;
  /**
   * The expression for its value. Null or empty for none.
   * @proto 2
   */
  readonly valueExpression: string;
}

/**
 * A value for use in later expressions.
 * @structType atomic
 */
export interface Variable {
  /**
   * Its name.
   * @proto 1
   */
  readonly name: string;
  /**
   * The expression for it. It is evaluated once, when first used.
   * @proto 2
   */
  readonly expression: string;
}

/** What was found out about a policy. */
export interface ValidatingAdmissionPolicyStatus {
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 1
   */
  readonly observedGeneration?: Int64;
  /**
   * Expressions that do not fit the types of the resources.
   * @proto 2 @explicit
   */
  readonly typeChecking?: TypeChecking;
  /**
   * The latest findings about this object, one per type.
   * @proto 3 @listType map type
   */
  readonly conditions?: readonly Condition[];
}

/** What was found out about the types in expressions. */
export interface TypeChecking {
  /**
   * The expressions that do not fit.
   * @proto 1 @listType atomic
   */
  readonly expressionWarnings?: readonly ExpressionWarning[];
}

/** An expression that does not fit. */
export interface ExpressionWarning {
  /**
   * Its field in the policy.
   * @proto 2
   */
  readonly fieldRef: string;
  /**
   * What does not fit, and for which resource.
   * @proto 3
   */
  readonly warning: string;
}

/**
 * Puts a policy into effect, with parameters.
 * @kind
 */
export interface ValidatingAdmissionPolicyBinding {
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
  readonly spec: ValidatingAdmissionPolicyBindingSpec;
}

/**
 * A list of validating admission policy bindings.
 * @kind
 */
export interface ValidatingAdmissionPolicyBindingList {
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
   * The validating admission policy bindings.
   * @proto 2
   */
  readonly items: readonly ValidatingAdmissionPolicyBinding[];
}

/** Which policy, with which parameters, for which requests. */
export interface ValidatingAdmissionPolicyBindingSpec {
  /**
   * The policy.
   * @proto 1 @required
   */
  readonly policyName?: string;
  /**
   * Which parameter objects to use.
   * @proto 2 @explicit
   */
  readonly paramRef?: ParamRef;
  /**
   * Which requests the binding is for, beyond what the policy says.
   * @proto 3 @explicit
   */
  readonly matchResources?: MatchResources;
  /**
   * What a rule that is not fulfilled leads to: `Deny` refuses, `Warn` warns the client, `Audit`
   * notes it in the audit record.
   * @proto 4 @required @listType set
   */
  readonly validationActions?: readonly ValidationAction[];
}

/**
 * Which parameter objects to use: one by name, or those that a selector selects.
 * @structType atomic
 */
export interface ParamRef {
  /**
   * The name of the one.
   * @proto 1
   */
  readonly name?: string;
  /**
   * Its namespace; by default that of the object in the request.
   * @proto 2
   */
  readonly namespace?: string;
  /**
   * Labels of several. The rules are evaluated with each.
   * @proto 3 @explicit
   */
  readonly selector?: LabelSelector;
  /**
   * What happens when there is none: `Allow` goes on, `Deny` does as the failure policy says.
   * @proto 4 @explicit
   */
  readonly parameterNotFoundAction?: ParameterNotFoundActionType;
}

/** What happens when there is no parameter object. Known values: `Allow`, `Deny`. */
export type ParameterNotFoundActionType = string;

/**
 * What a rule that is not fulfilled leads to.
 * @enum
 */
export type ValidationAction = 'Deny' | 'Warn' | 'Audit';

/**
 * Changes to requests, written in CEL. A binding puts it into effect.
 * @kind
 */
export interface MutatingAdmissionPolicy {
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
  readonly spec: MutatingAdmissionPolicySpec;
}

/**
 * A list of mutating admission policies.
 * @kind
 */
export interface MutatingAdmissionPolicyList {
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
   * The mutating admission policies.
   * @proto 2
   */
  readonly items: readonly MutatingAdmissionPolicy[];
}

/** The changes, and which requests they are for. */
export interface MutatingAdmissionPolicySpec {
  /**
   * The kind of the objects that parametrize it. Missing when there are none.
   * @proto 1 @explicit
   */
  readonly paramKind?: ParamKind;
  /**
   * Which requests it is for.
   * @proto 2 @explicit
   */
  readonly matchConstraints?: MatchResources;
  /**
   * Values for use in later expressions, as `variables.NAME`.
   * @proto 3 @listType atomic
   */
  readonly variables?: readonly Variable[];
  /**
   * The changes, made one after another.
   * @proto 4 @listType atomic
   */
  readonly mutations?: readonly Mutation[];
  /**
   * What happens when it cannot be asked or evaluated: `Fail` (the default) refuses the request,
   * `Ignore` goes on.
   * @proto 5 @explicit
   */
  readonly failurePolicy?: FailurePolicyType;
  /**
   * Conditions in CEL that a request must all fulfil, on top of the rules. At most 64.
   * @proto 6 @listType map name @patch merge name
   */
  readonly matchConditions?: readonly MatchCondition[];
  /**
   * Whether it is asked again when later ones change the object: `Never` (the default) or
   * `IfNeeded`.
   * @proto 7
   */
  readonly reinvocationPolicy?: ReinvocationPolicyType;
}

/** A change to an object. */
export interface Mutation {
  /**
   * Which of the others is set.
   * @proto 2 @discriminator
   */
  readonly patchType: PatchType;
  /**
   * A change in the form of server-side apply.
   * @proto 3 @explicit
   */
  readonly applyConfiguration?: ApplyConfiguration;
  /**
   * A change in the form of a JSON patch.
   * @proto 4 @explicit
   */
  readonly jsonPatch?: JSONPatch;
}

/**
 * The form of a change.
 * @enum
 */
export type PatchType = 'ApplyConfiguration' | 'JSONPatch';

/** A change in the form of server-side apply. */
export interface ApplyConfiguration {
  /**
   * An expression that gives the configuration to apply.
   * @proto 1
   */
  readonly expression?: string;
}

/** A change in the form of a JSON patch. */
export interface JSONPatch {
  /**
   * An expression that gives the list of operations.
   * @proto 1
   */
  readonly expression?: string;
}

/**
 * Puts a policy into effect, with parameters.
 * @kind
 */
export interface MutatingAdmissionPolicyBinding {
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
  readonly spec: MutatingAdmissionPolicyBindingSpec;
}

/**
 * A list of mutating admission policy bindings.
 * @kind
 */
export interface MutatingAdmissionPolicyBindingList {
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
   * The mutating admission policy bindings.
   * @proto 2
   */
  readonly items: readonly MutatingAdmissionPolicyBinding[];
}

/** Which policy, with which parameters, for which requests. */
export interface MutatingAdmissionPolicyBindingSpec {
  /**
   * The policy.
   * @proto 1
   */
  readonly policyName?: string;
  /**
   * Which parameter objects to use.
   * @proto 2 @explicit
   */
  readonly paramRef?: ParamRef;
  /**
   * Which requests the binding is for, beyond what the policy says.
   * @proto 3 @explicit
   */
  readonly matchResources?: MatchResources;
}

/** What a policy's condition is about. */
export type ValidatingAdmissionPolicyConditionType = string;
