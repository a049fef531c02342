/**
 * Admission webhooks: which requests go to which outside service.
 * @group admissionregistration.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { LabelSelector } from '../../meta/v1/selector.ts';
import type { Bytes, Int32 } from '../../scalars.ts';
import type {
  FailurePolicyType,
  MatchCondition,
  MatchPolicyType,
  RuleWithOperations,
} from './matching.ts';

/**
 * Services that may change or refuse requests.
 * @kind
 */
export interface MutatingWebhookConfiguration {
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
   * The webhooks.
   * @proto 2 @listType map name @patch merge name
   */
  readonly webhooks?: readonly MutatingWebhook[];
}

/**
 * A list of mutating webhook configurations.
 * @kind
 */
export interface MutatingWebhookConfigurationList {
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
   * The mutating webhook configurations.
   * @proto 2
   */
  readonly items: readonly MutatingWebhookConfiguration[];
}

/** A service that may change or refuse requests. They are asked one after another. */
export interface MutatingWebhook {
  /**
   * The name, in full, such as `check.example.com`; unique in its list.
   * @proto 1
   */
  readonly name: string;
  /**
   * How the webhook is reached.
   * @proto 2
   */
  readonly clientConfig: WebhookClientConfig;
  /**
   * Which operations on which resources it is asked about.
   * @proto 3 @listType atomic
   */
  readonly rules?: readonly RuleWithOperations[];
  /**
   * What happens when it cannot be asked or evaluated: `Fail` (the default) refuses the request,
   * `Ignore` goes on.
   * @proto 4 @explicit
   */
  readonly failurePolicy?: FailurePolicyType;
  /**
   * Whether requests through other versions of a resource count: `Equivalent` (the default) counts
   * them, `Exact` does not.
   * @proto 9 @explicit
   */
  readonly matchPolicy?: MatchPolicyType;
  /**
   * Only objects in namespaces with these labels; cluster-scoped objects always count. Defaults to
   * all.
   * @proto 5 @explicit
   */
  readonly namespaceSelector?: LabelSelector;
  /**
   * Only if the new or the old object has these labels. Defaults to all.
   * @proto 11 @explicit
   */
  readonly objectSelector?: LabelSelector;
  /**
   * Whether it has side effects: `None`, or `NoneOnDryRun`. Others are no longer allowed.
   * @proto 6 @nullable
   */
  readonly sideEffects: SideEffectClass;
  /**
   * Seconds to wait for the answer, 1 to 30. Defaults to 10.
   * @proto 7 @explicit
   */
  readonly timeoutSeconds?: Int32;
  /**
   * The versions of reviews that it understands, the best first.
   * @proto 8 @listType atomic
   */
  readonly admissionReviewVersions: readonly string[];
  /**
   * Whether it is asked again when later ones change the object: `Never` (the default) or
   * `IfNeeded`.
   * @proto 10 @explicit
   */
  readonly reinvocationPolicy?: ReinvocationPolicyType;
  /**
   * Conditions in CEL that a request must all fulfil, on top of the rules. At most 64.
   * @proto 12 @listType map name @patch merge name
   */
  readonly matchConditions?: readonly MatchCondition[];
}

/** How a webhook is reached: by URL or by service. */
export interface WebhookClientConfig {
  /**
   * The URL; it has to be https.
   * @proto 3 @explicit
   */
  readonly url?: string;
  /**
   * The service in the cluster.
   * @proto 1 @explicit
   */
  readonly service?: ServiceReference;
  /**
   * Certificates that sign the webhook's, in PEM. By default those of the system.
   * @proto 2
   */
  readonly caBundle?: Bytes;
}

/** Names a service, with path and port. */
export interface ServiceReference {
  /**
   * Its namespace.
   * @proto 1
   */
  readonly namespace: string;
  /**
   * Its name.
   * @proto 2
   */
  readonly name: string;
  /**
   * The path to ask for.
   * @proto 3 @explicit
   */
  readonly path?: string;
  /**
   * The port. Defaults to 443.
   * @proto 4 @explicit
   */
  readonly port?: Int32;
}

/**
 * Whether a webhook has side effects.
 * @enum
 */
export type SideEffectClass = 'Unknown' | 'None' | 'Some' | 'NoneOnDryRun';

/**
 * Whether something is run again.
 * @enum
 */
export type ReinvocationPolicyType = 'Never' | 'IfNeeded';

/**
 * Services that may refuse requests.
 * @kind
 */
export interface ValidatingWebhookConfiguration {
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
   * The webhooks.
   * @proto 2 @listType map name @patch merge name
   */
  readonly webhooks?: readonly ValidatingWebhook[];
}

/**
 * A list of validating webhook configurations.
 * @kind
 */
export interface ValidatingWebhookConfigurationList {
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
   * The validating webhook configurations.
   * @proto 2
   */
  readonly items: readonly ValidatingWebhookConfiguration[];
}

/** A service that may refuse requests. They are asked all at once. */
export interface ValidatingWebhook {
  /**
   * The name, in full, such as `check.example.com`; unique in its list.
   * @proto 1
   */
  readonly name: string;
  /**
   * How the webhook is reached.
   * @proto 2
   */
  readonly clientConfig: WebhookClientConfig;
  /**
   * Which operations on which resources it is asked about.
   * @proto 3 @listType atomic
   */
  readonly rules?: readonly RuleWithOperations[];
  /**
   * What happens when it cannot be asked or evaluated: `Fail` (the default) refuses the request,
   * `Ignore` goes on.
   * @proto 4 @explicit
   */
  readonly failurePolicy?: FailurePolicyType;
  /**
   * Whether requests through other versions of a resource count: `Equivalent` (the default) counts
   * them, `Exact` does not.
   * @proto 9 @explicit
   */
  readonly matchPolicy?: MatchPolicyType;
  /**
   * Only objects in namespaces with these labels; cluster-scoped objects always count. Defaults to
   * all.
   * @proto 5 @explicit
   */
  readonly namespaceSelector?: LabelSelector;
  /**
   * Only if the new or the old object has these labels. Defaults to all.
   * @proto 10 @explicit
   */
  readonly objectSelector?: LabelSelector;
  /**
   * Whether it has side effects: `None`, or `NoneOnDryRun`. Others are no longer allowed.
   * @proto 6 @nullable
   */
  readonly sideEffects: SideEffectClass;
  /**
   * Seconds to wait for the answer, 1 to 30. Defaults to 10.
   * @proto 7 @explicit
   */
  readonly timeoutSeconds?: Int32;
  /**
   * The versions of reviews that it understands, the best first.
   * @proto 8 @listType atomic
   */
  readonly admissionReviewVersions: readonly string[];
  /**
   * Conditions in CEL that a request must all fulfil, on top of the rules. At most 64.
   * @proto 11 @listType map name @patch merge name
   */
  readonly matchConditions?: readonly MatchCondition[];
}
