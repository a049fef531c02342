/**
 * Custom resource definitions: how a cluster learns new kinds.
 * @group apiextensions.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Bytes, Int32, Int64, Time } from '../../scalars.ts';
import type { JSONSchemaProps } from './json-schema.ts';

/** @kind */
export interface CustomResourceDefinition {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ObjectMeta;
  /** @proto 2 */
  readonly spec: CustomResourceDefinitionSpec;
  /** @proto 3 @always */
  readonly status?: CustomResourceDefinitionStatus;
}

/** @kind */
export interface CustomResourceDefinitionList {
  readonly kind?: string;
  readonly apiVersion?: string;
  /** @proto 1 @optional */
  readonly metadata: ListMeta;
  /** @proto 2 */
  readonly items: readonly CustomResourceDefinition[];
}

export interface CustomResourceDefinitionSpec {
  /** @proto 1 */
  readonly group: string;
  /** @proto 3 */
  readonly names: CustomResourceDefinitionNames;
  /** @proto 4 */
  readonly scope: ResourceScope;
  /** @proto 7 @listType atomic */
  readonly versions: readonly CustomResourceDefinitionVersion[];
  /** @proto 9 @explicit */
  readonly conversion?: CustomResourceConversion;
  /** @proto 10 */
  readonly preserveUnknownFields?: boolean;
}

export interface CustomResourceDefinitionNames {
  /** @proto 1 */
  readonly plural: string;
  /** @proto 2 */
  readonly singular?: string;
  /** @proto 3 @listType atomic */
  readonly shortNames?: readonly string[];
  /** @proto 4 */
  readonly kind: string;
  /** @proto 5 */
  readonly listKind?: string;
  /** @proto 6 @listType atomic */
  readonly categories?: readonly string[];
}

/** Known values: `Cluster`, `Namespaced`. */
export type ResourceScope = string;

export interface CustomResourceDefinitionVersion {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly served: boolean;
  /** @proto 3 */
  readonly storage: boolean;
  /** @proto 7 */
  readonly deprecated?: boolean;
  /** @proto 8 @explicit */
  readonly deprecationWarning?: string;
  /** @proto 4 @explicit */
  readonly schema?: CustomResourceValidation;
  /** @proto 5 @explicit */
  readonly subresources?: CustomResourceSubresources;
  /** @proto 6 @listType atomic */
  readonly additionalPrinterColumns?: readonly CustomResourceColumnDefinition[];
  /** @proto 9 @listType atomic @gate CustomResourceFieldSelectors */
  readonly selectableFields?: readonly SelectableField[];
}

export interface CustomResourceValidation {
  /** @proto 1 @explicit */
  readonly openAPIV3Schema?: JSONSchemaProps;
}

export interface CustomResourceSubresources {
  /** @proto 1 @explicit */
  readonly status?: CustomResourceSubresourceStatus;
  /** @proto 2 @explicit */
  readonly scale?: CustomResourceSubresourceScale;
}

export interface CustomResourceSubresourceStatus {}

export interface CustomResourceSubresourceScale {
  /** @proto 1 */
  readonly specReplicasPath: string;
  /** @proto 2 */
  readonly statusReplicasPath: string;
  /** @proto 3 @explicit */
  readonly labelSelectorPath?: string;
}

export interface CustomResourceColumnDefinition {
  /** @proto 1 */
  readonly name: string;
  /** @proto 2 */
  readonly type: string;
  /** @proto 3 */
  readonly format?: string;
  /** @proto 4 */
  readonly description?: string;
  /** @proto 5 */
  readonly priority?: Int32;
  /** @proto 6 */
  readonly jsonPath: string;
}

export interface SelectableField {
  /** @proto 1 */
  readonly jsonPath: string;
}

export interface CustomResourceConversion {
  /** @proto 1 */
  readonly strategy: ConversionStrategyType;
  /** @proto 2 @explicit */
  readonly webhook?: WebhookConversion;
}

/** Known values: `None`, `Webhook`. */
export type ConversionStrategyType = string;

export interface WebhookConversion {
  /** @proto 2 @explicit */
  readonly clientConfig?: WebhookClientConfig;
  /** @proto 3 @listType atomic */
  readonly conversionReviewVersions: readonly string[];
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

export interface CustomResourceDefinitionStatus {
  /** @proto 1 @optional @listType map type */
  readonly conditions: readonly CustomResourceDefinitionCondition[];
  /** @proto 2 @optional */
  readonly acceptedNames: CustomResourceDefinitionNames;
  /** @proto 3 @optional @listType atomic */
  readonly storedVersions: readonly string[];
  /** @proto 4 @gate CRDObservedGenerationTracking */
  readonly observedGeneration?: Int64;
}

export interface CustomResourceDefinitionCondition {
  /** @proto 1 */
  readonly type: CustomResourceDefinitionConditionType;
  /** @proto 2 */
  readonly status: ConditionStatus;
  /** @proto 3 @always */
  readonly lastTransitionTime?: Time;
  /** @proto 4 */
  readonly reason?: string;
  /** @proto 5 */
  readonly message?: string;
  /** @proto 6 @gate CRDObservedGenerationTracking */
  readonly observedGeneration?: Int64;
}

/**
 * Known values: `Established`, `NamesAccepted`, `NonStructuralSchema`, `Terminating`,
 * `KubernetesAPIApprovalPolicyConformant`, `StorageMigrating`.
 */
export type CustomResourceDefinitionConditionType = string;

/** Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;
