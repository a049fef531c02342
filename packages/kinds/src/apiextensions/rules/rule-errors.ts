/** What holds for the rules of one schema. */
import type { FieldError, Path } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import type { CostContext } from './cost-context.ts';

export function ruleErrors(
  _schema: JSONSchemaProps,
  _path: Path,
  _around: { readonly costs: CostContext | undefined; readonly uncorrelatable: Path | undefined },
): { readonly formErrors: FieldError[]; readonly ruleErrors: FieldError[] } {
  return { formErrors: [], ruleErrors: [] };
}
