/**
 * The JSON schema dialect in which custom resources are described.
 * @group apiextensions.k8s.io v1
 */
import type { Float64, Int64, JsonValue, StringMap } from '../../scalars.ts';

/** Where to read more. */
export interface ExternalDocumentation {
  /**
   * What is there.
   * @proto 1
   */
  readonly description?: string;
  /**
   * Its URL.
   * @proto 2
   */
  readonly url?: string;
}

/**
 * What a failed rule says was wrong.
 * @enum
 */
export type FieldValueErrorReason =
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueForbidden';

/** Schemas by name. */
export type JSONSchemaDefinitions = StringMap<JSONSchemaProps>;

/** A JSON schema, with extensions. */
export interface JSONSchemaProps {
  /**
   * Not supported.
   * @proto 1
   */
  readonly id?: string;
  /**
   * Not supported.
   * @proto 2
   */
  readonly $schema?: JSONSchemaURL;
  /**
   * Not supported.
   * @proto 3 @explicit
   */
  readonly $ref?: string;
  /**
   * What the value means, for people.
   * @proto 4
   */
  readonly description?: string;
  /**
   * `object`, `array`, `string`, `integer`, `number` or `boolean`.
   * @proto 5
   */
  readonly type?: string;
  /**
   * What a string or number holds, such as `date-time`, `int64` or `ipv4`. Unknown formats are
   * ignored.
   * @proto 6
   */
  readonly format?: string;
  /**
   * A title, for people.
   * @proto 7
   */
  readonly title?: string;
  /**
   * The value when there is none.
   * @proto 8 @explicit
   */
  readonly default?: JSON;
  /**
   * The greatest number allowed.
   * @proto 9 @explicit
   */
  readonly maximum?: Float64;
  /**
   * Whether `maximum` itself is refused.
   * @proto 10
   */
  readonly exclusiveMaximum?: boolean;
  /**
   * The least number allowed.
   * @proto 11 @explicit
   */
  readonly minimum?: Float64;
  /**
   * Whether `minimum` itself is refused.
   * @proto 12
   */
  readonly exclusiveMinimum?: boolean;
  /**
   * The most characters of a string.
   * @proto 13 @explicit
   */
  readonly maxLength?: Int64;
  /**
   * The fewest characters of a string.
   * @proto 14 @explicit
   */
  readonly minLength?: Int64;
  /**
   * A regular expression that a string must match somewhere.
   * @proto 15
   */
  readonly pattern?: string;
  /**
   * The most items of an array.
   * @proto 16 @explicit
   */
  readonly maxItems?: Int64;
  /**
   * The fewest items of an array.
   * @proto 17 @explicit
   */
  readonly minItems?: Int64;
  /**
   * Only false is allowed; use list type `set`.
   * @proto 18
   */
  readonly uniqueItems?: boolean;
  /**
   * A number must be a multiple of this.
   * @proto 19 @explicit
   */
  readonly multipleOf?: Float64;
  /**
   * The only values allowed.
   * @proto 20 @listType atomic
   */
  readonly enum?: readonly JSON[];
  /**
   * The most properties of an object.
   * @proto 21 @explicit
   */
  readonly maxProperties?: Int64;
  /**
   * The fewest properties of an object.
   * @proto 22 @explicit
   */
  readonly minProperties?: Int64;
  /**
   * Properties that must be there.
   * @proto 23 @listType atomic
   */
  readonly required?: readonly string[];
  /**
   * The schema of an array's items.
   * @proto 24 @explicit
   */
  readonly items?: JSONSchemaPropsOrArray;
  /**
   * Schemas that must all fit.
   * @proto 25 @listType atomic
   */
  readonly allOf?: readonly JSONSchemaProps[];
  /**
   * Schemas of which exactly one must fit.
   * @proto 26 @listType atomic
   */
  readonly oneOf?: readonly JSONSchemaProps[];
  /**
   * Schemas of which at least one must fit.
   * @proto 27 @listType atomic
   */
  readonly anyOf?: readonly JSONSchemaProps[];
  /**
   * A schema that must not fit.
   * @proto 28 @explicit
   */
  readonly not?: JSONSchemaProps;
  /**
   * The schemas of an object's properties.
   * @proto 29
   */
  readonly properties?: StringMap<JSONSchemaProps>;
  /**
   * The schema of all other properties, or whether they are allowed. Not together with
   * `properties`.
   * @proto 30 @explicit
   */
  readonly additionalProperties?: JSONSchemaPropsOrBool;
  /**
   * Not supported.
   * @proto 31
   */
  readonly patternProperties?: StringMap<JSONSchemaProps>;
  /**
   * Not supported.
   * @proto 32
   */
  readonly dependencies?: JSONSchemaDependencies;
  /**
   * Not supported.
   * @proto 33 @explicit
   */
  readonly additionalItems?: JSONSchemaPropsOrBool;
  /**
   * Not supported.
   * @proto 34
   */
  readonly definitions?: JSONSchemaDefinitions;
  /**
   * Where to read more.
   * @proto 35 @explicit
   */
  readonly externalDocs?: ExternalDocumentation;
  /**
   * An example, for people.
   * @proto 36 @explicit
   */
  readonly example?: JSON;
  /**
   * Whether null is allowed. Defaults to false.
   * @proto 37
   */
  readonly nullable?: boolean;
  /**
   * True keeps properties that the schema does not know.
   * @proto 38 @explicit
   */
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  /**
   * The value is an object with kind, apiVersion and metadata, which are checked.
   * @proto 39
   */
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  /**
   * The value is an integer or a string.
   * @proto 40
   */
  readonly 'x-kubernetes-int-or-string'?: boolean;
  /**
   * The properties that identify an item, for list type `map`.
   * @proto 41 @listType atomic
   */
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  /**
   * How lists merge: `atomic` (the default) as a whole, `set` by value, `map` by key.
   * @proto 42 @explicit
   */
  readonly 'x-kubernetes-list-type'?: string;
  /**
   * How objects merge: `granular` (the default) by property, `atomic` as a whole.
   * @proto 43 @explicit
   */
  readonly 'x-kubernetes-map-type'?: string;
  /**
   * Rules in CEL that the value must fulfil.
   * @proto 44 @listType map rule @patch merge rule
   */
  readonly 'x-kubernetes-validations'?: ValidationRules;
}

/** A URL of a schema. */
export type JSONSchemaURL = string;

/** Any JSON value. */
export type JSON = JsonValue;

/**
 * A schema, or several.
 * @proto 1 2
 */
export type JSONSchemaPropsOrArray = JSONSchemaProps | readonly JSONSchemaProps[];

/**
 * A schema, or whether anything is allowed.
 * @proto 1 2
 */
export type JSONSchemaPropsOrBool = boolean | JSONSchemaProps;

/** For each property, what must be there too. */
export type JSONSchemaDependencies = StringMap<JSONSchemaPropsOrStringArray>;

/**
 * A schema, or names of properties.
 * @proto 1 2
 */
export type JSONSchemaPropsOrStringArray = JSONSchemaProps | readonly string[];

/** Rules in CEL. */
export type ValidationRules = readonly ValidationRule[];

/** A rule in CEL that a value must fulfil. */
export interface ValidationRule {
  /**
   * The expression; `self` is the value, `oldSelf` the one before an update. It must give true.
   * @proto 1
   */
  readonly rule: string;
  /**
   * What to say when it does not. Needed when the rule has line breaks.
   * @proto 2
   */
  readonly message?: string;
  /**
   * An expression for what to say; goes before `message`.
   * @proto 3
   */
  readonly messageExpression?: string;
  /**
   * What to say was wrong. Defaults to `FieldValueInvalid`.
   * @proto 4 @explicit
   */
  readonly reason?: FieldValueErrorReason;
  /**
   * The field, below the value, that is to blame, such as `.foo.bar`.
   * @proto 5
   */
  readonly fieldPath?: string;
  /**
   * True runs the rule even when there was no value before; `oldSelf` is then an optional.
   * @proto 6 @explicit @gate CRDValidationRatcheting
   */
  readonly optionalOldSelf?: boolean;
}
