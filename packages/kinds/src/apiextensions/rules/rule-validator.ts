/** The rules of a schema, evaluated for objects. */
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import type { RuleValidator } from '../values/validator.ts';

/** Undefined when there are none. */
export function compileRules(
  _schema: JSONSchemaProps,
  _options: { readonly isObject: boolean } = { isObject: true },
): RuleValidator | undefined {
  return undefined;
}
