/** What a schema says about a custom object, as one list of errors: values, embedded objects, lists that are sets or maps, rules. */
import { type FieldError, invalid, Path } from '@navarch/api/field-error';
import type { Warn } from '@navarch/api/extension/resource';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { correlate } from './correlation.ts';
import { embeddedErrors } from './embedded.ts';
import { listTypeErrors } from './list-types.ts';
import { type ScalePaths, scaleErrors } from './scale.ts';
import { compileSchema } from './schema-validator.ts';

/** Checks whole objects of one version of a custom kind. Their metadata is checked by others. */
export interface ValueValidator {
  validate(value: unknown): FieldError[];
  /** Errors in what an update leaves as it was are forgiven; of rules that failed, clients are told. */
  validateUpdate(value: unknown, old: unknown, warn?: Warn): FieldError[];
}

export interface ValidatorOptions {
  readonly scale?: ScalePaths | undefined;
  /** The rules of the schema; none when omitted. */
  readonly rules?: RuleValidator | undefined;
}

/** Evaluates what a schema says in expressions. */
export interface RuleValidator {
  validate(value: unknown): FieldError[];
  /** Failures in what an update leaves as it was are only told. */
  validateUpdate(value: unknown, old: unknown, warn: Warn): FieldError[];
  /** A part of an object that is its own old value. */
  validatePart(value: unknown, path: Path): FieldError[];
}

/** The schema must be structural. Cheap: what is expensive is made when it is first needed. */
export function compileValidator(
  schema: JSONSchemaProps,
  { scale, rules }: ValidatorOptions = {},
): ValueValidator {
  const values = compileSchema(schema);
  return {
    validate(value) {
      const errors = [
        ...values.validate(value),
        ...scaleErrors(value, scale),
        ...embeddedErrors(value, schema, Path.root),
        ...listTypeErrors(value, schema, Path.root),
      ];
      return rules ? withRules(errors, () => rules.validate(value)) : errors;
    },
    validateUpdate(value, old, warn = () => undefined) {
      const errors = [
        ...values.validate(value, Path.root, correlate(value, old, schema)),
        ...scaleErrors(value, scale),
        ...embeddedErrors(value, schema, Path.root),
      ];
      if (listTypeErrors(old, schema, Path.root).length === 0) {
        errors.push(...listTypeErrors(value, schema, Path.root));
      }
      return rules ? withRules(errors, () => rules.validateUpdate(value, old, warn)) : errors;
    },
  };
}

const blocking: ReadonlySet<FieldError['type']> = new Set([
  'NotSupported',
  'Required',
  'TooLong',
  'TooMany',
  'TypeInvalid',
]);

/** Rules may rely on types and sizes; where those are wrong, they are not evaluated. */
export function withRules(errors: FieldError[], rules: () => readonly FieldError[]): FieldError[] {
  if (!errors.some(({ type }) => blocking.has(type))) return [...errors, ...rules()];
  const detail =
    'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';
  return [...errors, invalid(Path.root, null, detail)];
}
