/** What the rules of a schema may cost together. */
import type { FieldError, Path } from '@navarch/api/field-error';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';

export class CostContext {
  static forObject(_schema: JSONSchemaProps): CostContext {
    return new CostContext();
  }

  child(_parent: JSONSchemaProps, _step: string, _part: JSONSchemaProps): CostContext | undefined {
    return this;
  }

  totalErrors(_path: Path): FieldError[] {
    return [];
  }
}
