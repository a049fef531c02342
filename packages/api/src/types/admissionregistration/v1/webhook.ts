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

/** @kind */
export interface MutatingWebhookConfiguration {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @listType map name @patch merge name */
  readonly webhooks?: readonly MutatingWebhook[];
}

/** @kind */
export interface MutatingWebhookConfigurationList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly MutatingWebhookConfiguration[];
}

export interface MutatingWebhook {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly clientConfig: WebhookClientConfig;
  /** @proto 3 @listType atomic */
  readonly rules?: readonly RuleWithOperations[];
  /** @proto 4 @explicit */
  readonly failurePolicy?: FailurePolicyType;
  /** @proto 9 @explicit */
  readonly matchPolicy?: MatchPolicyType;
  /** @proto 5 @explicit */
  readonly namespaceSelector?: LabelSelector;
  /** @proto 11 @explicit */
  readonly objectSelector?: LabelSelector;
  /** @proto 6 @nullable */
  readonly sideEffects: SideEffectClass;
  /** @proto 7 @explicit */
  readonly timeoutSeconds?: Int32;
  /** @proto 8 @listType atomic */
  readonly admissionReviewVersions: readonly string[];
  /** @proto 10 @explicit */
  readonly reinvocationPolicy?: ReinvocationPolicyType;
  /** @proto 12 @listType map name @patch merge name */
  readonly matchConditions?: readonly MatchCondition[];
}

export interface WebhookClientConfig {
  /** @proto 3 @explicit */
  readonly url?: string;
  /** @proto 1 @explicit */
  readonly service?: ServiceReference;
  /** @proto 2 */
  readonly caBundle?: Bytes;
}

export interface ServiceReference {
  /** @proto 1 */
  readonly namespace: string;
  /** @proto 2 */
  readonly name: string;
  /** @proto 3 @explicit */
  readonly path?: string;
  /** @proto 4 @explicit */
  readonly port?: Int32;
}

/** @enum */
export type SideEffectClass = 'Unknown' | 'None' | 'Some' | 'NoneOnDryRun';

/** @enum */
export type ReinvocationPolicyType = 'Never' | 'IfNeeded';

/** @kind */
export interface ValidatingWebhookConfiguration {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 @listType map name @patch merge name */
  readonly webhooks?: readonly ValidatingWebhook[];
}

/** @kind */
export interface ValidatingWebhookConfigurationList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly ValidatingWebhookConfiguration[];
}

export interface ValidatingWebhook {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly clientConfig: WebhookClientConfig;
  /** @proto 3 @listType atomic */
  readonly rules?: readonly RuleWithOperations[];
  /** @proto 4 @explicit */
  readonly failurePolicy?: FailurePolicyType;
  /** @proto 9 @explicit */
  readonly matchPolicy?: MatchPolicyType;
  /** @proto 5 @explicit */
  readonly namespaceSelector?: LabelSelector;
  /** @proto 10 @explicit */
  readonly objectSelector?: LabelSelector;
  /** @proto 6 @nullable */
  readonly sideEffects: SideEffectClass;
  /** @proto 7 @explicit */
  readonly timeoutSeconds?: Int32;
  /** @proto 8 @listType atomic */
  readonly admissionReviewVersions: readonly string[];
  /** @proto 11 @listType map name @patch merge name */
  readonly matchConditions?: readonly MatchCondition[];
}
