/**
 * The JSON schema dialect in which custom resources are described.
 * @group apiextensions.k8s.io v1
 */
import type { Float64, Int64, JsonValue, StringMap } from '../../scalars.ts';

export interface ExternalDocumentation {
  /** @proto 1 */
  readonly description?: string;
  /** @proto 2 */
  readonly url?: string;
}

/** @enum */
export type FieldValueErrorReason =
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueForbidden';

export type JSONSchemaDefinitions = StringMap<JSONSchemaProps>;

export interface JSONSchemaProps {
  /** @proto 1 */
  readonly id?: string;
  /** @proto 2 */
  readonly $schema?: JSONSchemaURL;
  /** @proto 3 @explicit */
  readonly $ref?: string;
  /** @proto 4 */
  readonly description?: string;
  /** @proto 5 */
  readonly type?: string;
  /** @proto 6 */
  readonly format?: string;
  /** @proto 7 */
  readonly title?: string;
  /** @proto 8 @explicit */
  readonly default?: JSON;
  /** @proto 9 @explicit */
  readonly maximum?: Float64;
  /** @proto 10 */
  readonly exclusiveMaximum?: boolean;
  /** @proto 11 @explicit */
  readonly minimum?: Float64;
  /** @proto 12 */
  readonly exclusiveMinimum?: boolean;
  /** @proto 13 @explicit */
  readonly maxLength?: Int64;
  /** @proto 14 @explicit */
  readonly minLength?: Int64;
  /** @proto 15 */
  readonly pattern?: string;
  /** @proto 16 @explicit */
  readonly maxItems?: Int64;
  /** @proto 17 @explicit */
  readonly minItems?: Int64;
  /** @proto 18 */
  readonly uniqueItems?: boolean;
  /** @proto 19 @explicit */
  readonly multipleOf?: Float64;
  /** @proto 20 @listType atomic */
  readonly enum?: readonly JSON[];
  /** @proto 21 @explicit */
  readonly maxProperties?: Int64;
  /** @proto 22 @explicit */
  readonly minProperties?: Int64;
  /** @proto 23 @listType atomic */
  readonly required?: readonly string[];
  /** @proto 24 @explicit */
  readonly items?: JSONSchemaPropsOrArray;
  /** @proto 25 @listType atomic */
  readonly allOf?: readonly JSONSchemaProps[];
  /** @proto 26 @listType atomic */
  readonly oneOf?: readonly JSONSchemaProps[];
  /** @proto 27 @listType atomic */
  readonly anyOf?: readonly JSONSchemaProps[];
  /** @proto 28 @explicit */
  readonly not?: JSONSchemaProps;
  /** @proto 29 */
  readonly properties?: StringMap<JSONSchemaProps>;
  /** @proto 30 @explicit */
  readonly additionalProperties?: JSONSchemaPropsOrBool;
  /** @proto 31 */
  readonly patternProperties?: StringMap<JSONSchemaProps>;
  /** @proto 32 */
  readonly dependencies?: JSONSchemaDependencies;
  /** @proto 33 @explicit */
  readonly additionalItems?: JSONSchemaPropsOrBool;
  /** @proto 34 */
  readonly definitions?: JSONSchemaDefinitions;
  /** @proto 35 @explicit */
  readonly externalDocs?: ExternalDocumentation;
  /** @proto 36 @explicit */
  readonly example?: JSON;
  /** @proto 37 */
  readonly nullable?: boolean;
  /** @proto 38 @explicit */
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  /** @proto 39 */
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  /** @proto 40 */
  readonly 'x-kubernetes-int-or-string'?: boolean;
  /** @proto 41 @listType atomic */
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  /** @proto 42 @explicit */
  readonly 'x-kubernetes-list-type'?: string;
  /** @proto 43 @explicit */
  readonly 'x-kubernetes-map-type'?: string;
  /** @proto 44 @listType map rule @patch merge rule */
  readonly 'x-kubernetes-validations'?: ValidationRules;
}

export type JSONSchemaURL = string;

export type JSON = JsonValue;

/** @proto 1 2 */
export type JSONSchemaPropsOrArray = JSONSchemaProps | readonly JSONSchemaProps[];

/** @proto 1 2 */
export type JSONSchemaPropsOrBool = boolean | JSONSchemaProps;

export type JSONSchemaDependencies = StringMap<JSONSchemaPropsOrStringArray>;

/** @proto 1 2 */
export type JSONSchemaPropsOrStringArray = JSONSchemaProps | readonly string[];

export type ValidationRules = readonly ValidationRule[];

export interface ValidationRule {
  /** @proto 1 */
  readonly rule: string;
  /** @proto 2 */
  readonly message?: string;
  /** @proto 3 */
  readonly messageExpression?: string;
  /** @proto 4 @explicit */
  readonly reason?: FieldValueErrorReason;
  /** @proto 5 */
  readonly fieldPath?: string;
  /** @proto 6 @explicit @gate CRDValidationRatcheting */
  readonly optionalOldSelf?: boolean;
}
