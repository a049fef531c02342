/**
 * Custom resource definitions: how a cluster learns new kinds.
 * @group apiextensions.k8s.io v1
 */
import type { ListMeta, ObjectMeta } from '../../meta/v1/object.ts';
import type { Bytes, Int32, Int64, Time } from '../../scalars.ts';
import type { JSONSchemaProps } from './json-schema.ts';

/**
 * Teaches the cluster a new kind of object. Its name is `PLURAL.GROUP`.
 * @kind
 */
export interface CustomResourceDefinition {
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
  readonly spec: CustomResourceDefinitionSpec;
  /**
   * What is the case, as last seen. Set by the system, not by users.
   * @proto 3 @always
   */
  readonly status?: CustomResourceDefinitionStatus;
}

/**
 * A list of custom resource definitions.
 * @kind
 */
export interface CustomResourceDefinitionList {
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
   * The custom resource definitions.
   * @proto 2
   */
  readonly items: readonly CustomResourceDefinition[];
}

/** What the new kind is called, where it lives and what it looks like. */
export interface CustomResourceDefinitionSpec {
  /**
   * The API group, such as `example.com`.
   * @proto 1
   */
  readonly group: string;
  /**
   * The names of the kind and its resource.
   * @proto 3
   */
  readonly names: CustomResourceDefinitionNames;
  /**
   * `Namespaced` or `Cluster`. It cannot be changed.
   * @proto 4
   */
  readonly scope: ResourceScope;
  /**
   * The versions. Clients are shown the newest stable one first.
   * @proto 7 @listType atomic
   */
  readonly versions: readonly CustomResourceDefinitionVersion[];
  /**
   * How objects are converted between versions.
   * @proto 9 @explicit
   */
  readonly conversion?: CustomResourceConversion;
  /**
   * Only false is allowed; what a schema does not know is removed unless the schema says otherwise.
   * @proto 10
   */
  readonly preserveUnknownFields?: boolean;
}

/** The names of a kind and its resource. */
export interface CustomResourceDefinitionNames {
  /**
   * The plural, all lower case, as in URLs.
   * @proto 1
   */
  readonly plural: string;
  /**
   * The singular, all lower case. Defaults to `kind` in lower case.
   * @proto 2
   */
  readonly singular?: string;
  /**
   * Short names for command lines.
   * @proto 3 @listType atomic
   */
  readonly shortNames?: readonly string[];
  /**
   * The kind, in CamelCase.
   * @proto 4
   */
  readonly kind: string;
  /**
   * The kind of lists. Defaults to `KINDList`.
   * @proto 5
   */
  readonly listKind?: string;
  /**
   * Groups of resources that it belongs to, such as `all`.
   * @proto 6 @listType atomic
   */
  readonly categories?: readonly string[];
}

/** Whether objects are in namespaces. Known values: `Cluster`, `Namespaced`. */
export type ResourceScope = string;

/** One version of a kind. */
export interface CustomResourceDefinitionVersion {
  /**
   * Its name, such as `v1` or `v1beta1`.
   * @proto 1
   */
  readonly name: string;
  /**
   * Whether clients can use it.
   * @proto 2
   */
  readonly served: boolean;
  /**
   * Whether objects are stored in it. Exactly one version says so.
   * @proto 3
   */
  readonly storage: boolean;
  /**
   * Warn clients that use it. Defaults to false.
   * @proto 7
   */
  readonly deprecated?: boolean;
  /**
   * The warning; by default one is made.
   * @proto 8 @explicit
   */
  readonly deprecationWarning?: string;
  /**
   * What objects look like. Needed in every version.
   * @proto 4 @explicit
   */
  readonly schema?: CustomResourceValidation;
  /**
   * Which subresources there are.
   * @proto 5 @explicit
   */
  readonly subresources?: CustomResourceSubresources;
  /**
   * Columns for tables. By default the age only.
   * @proto 6 @listType atomic
   */
  readonly additionalPrinterColumns?: readonly CustomResourceColumnDefinition[];
  /**
   * Fields that field selectors may use. At most 8.
   * @proto 9 @listType atomic @gate CustomResourceFieldSelectors
   */
  readonly selectableFields?: readonly SelectableField[];
}

/** What objects look like. */
export interface CustomResourceValidation {
  /**
   * The schema; it has to be structural.
   * @proto 1 @explicit
   */
  readonly openAPIV3Schema?: JSONSchemaProps;
}

/** Which subresources a version has. */
export interface CustomResourceSubresources {
  /**
   * Present for a status subresource: writes to one of the two halves leave the other alone.
   * @proto 1 @explicit
   */
  readonly status?: CustomResourceSubresourceStatus;
  /**
   * Present for a scale subresource; says where its values are.
   * @proto 2 @explicit
   */
  readonly scale?: CustomResourceSubresourceScale;
}

/** Present for a status subresource. There is nothing to set. */
export interface CustomResourceSubresourceStatus {}

/** Where the values of a scale subresource are in the object. */
export interface CustomResourceSubresourceScale {
  /**
   * The path of the wanted number, such as `.spec.replicas`.
   * @proto 1
   */
  readonly specReplicasPath: string;
  /**
   * The path of the present number, such as `.status.replicas`.
   * @proto 2
   */
  readonly statusReplicasPath: string;
  /**
   * The path of the label selector in text form. Autoscaling needs it.
   * @proto 3 @explicit
   */
  readonly labelSelectorPath?: string;
}

/** A column of tables. */
export interface CustomResourceColumnDefinition {
  /**
   * The heading.
   * @proto 1
   */
  readonly name: string;
  /**
   * The type of the values: `string`, `integer`, `number`, `boolean` or `date`.
   * @proto 2
   */
  readonly type: string;
  /**
   * A hint on the type, such as `int32`.
   * @proto 3
   */
  readonly format?: string;
  /**
   * What the column shows.
   * @proto 4
   */
  readonly description?: string;
  /**
   * 0 is always shown; a higher number only where there is space.
   * @proto 5
   */
  readonly priority?: Int32;
  /**
   * The path of the value, such as `.spec.size`.
   * @proto 6
   */
  readonly jsonPath: string;
}

/** A field that field selectors may use. */
export interface SelectableField {
  /**
   * Its path, such as `.spec.color`. It has to be a plain value.
   * @proto 1
   */
  readonly jsonPath: string;
}

/** How objects are converted between versions. */
export interface CustomResourceConversion {
  /**
   * `None` (the default) only changes the version's name, `Webhook` asks a service.
   * @proto 1
   */
  readonly strategy: ConversionStrategyType;
  /**
   * The service to ask.
   * @proto 2 @explicit
   */
  readonly webhook?: WebhookConversion;
}

/** How objects are converted. Known values: `None`, `Webhook`. */
export type ConversionStrategyType = string;

/** A service that converts objects. */
export interface WebhookConversion {
  /**
   * How it is reached.
   * @proto 2 @explicit
   */
  readonly clientConfig?: WebhookClientConfig;
  /**
   * The versions of reviews that it understands, the best first.
   * @proto 3 @listType atomic
   */
  readonly conversionReviewVersions: readonly string[];
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

/** Whether the new kind is in use. */
export interface CustomResourceDefinitionStatus {
  /**
   * The latest findings. `Established` means that it is served.
   * @proto 1 @optional @listType map type
   */
  readonly conditions: readonly CustomResourceDefinitionCondition[];
  /**
   * The names in use. They may differ from the wanted ones when those were taken.
   * @proto 2 @optional
   */
  readonly acceptedNames: CustomResourceDefinitionNames;
  /**
   * Versions that objects may be stored in. One can be removed here once no object is left in it.
   * @proto 3 @optional @listType atomic
   */
  readonly storedVersions: readonly string[];
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 4 @gate CRDObservedGenerationTracking
   */
  readonly observedGeneration?: Int64;
}

/** A finding about a definition. */
export interface CustomResourceDefinitionCondition {
  /**
   * What the condition is about, such as `NamesAccepted` or `Established`.
   * @proto 1
   */
  readonly type: CustomResourceDefinitionConditionType;
  /**
   * `True`, `False` or `Unknown`.
   * @proto 2
   */
  readonly status: ConditionStatus;
  /**
   * When the status of this condition last changed.
   * @proto 3 @always
   */
  readonly lastTransitionTime?: Time;
  /**
   * Why, as one word for programs.
   * @proto 4
   */
  readonly reason?: string;
  /**
   * Why, as text for people.
   * @proto 5
   */
  readonly message?: string;
  /**
   * The `metadata.generation` that this status is about. While it is lower than the current one,
   * the status is about an older spec.
   * @proto 6 @gate CRDObservedGenerationTracking
   */
  readonly observedGeneration?: Int64;
}

/**
 * What a definition's condition is about. Known values: `Established`, `NamesAccepted`,
 * `NonStructuralSchema`, `Terminating`, `KubernetesAPIApprovalPolicyConformant`,
 * `StorageMigrating`.
 */
export type CustomResourceDefinitionConditionType = string;

/** Whether a condition holds. Known values: `True`, `False`, `Unknown`. */
export type ConditionStatus = string;
