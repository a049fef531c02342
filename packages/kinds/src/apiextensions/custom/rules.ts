/** What custom objects must satisfy, on writes of the whole and of the status. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ObjectSubresource, ResourceDefinition, Warn } from '@navarch/api/extension/resource';
import type { CustomResourceSubresourceScale } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';
import { compileRules } from '../rules/rule-validator.ts';
import { compileValidator, type ValueValidator } from '../values/validator.ts';

export interface RuleSource {
  readonly schema: JSONSchemaProps;
  readonly scale: CustomResourceSubresourceScale | undefined;
}

export interface CustomRules {
  readonly object: Pick<ResourceDefinition, 'validate' | 'validateUpdate'>;
  readonly status: Pick<ObjectSubresource<KubernetesObject>, 'validateUpdate'>;
}

/** Nothing is compiled before the first object comes. */
export function rulesOf({ schema, scale }: RuleSource): CustomRules {
  const made: { validator?: ValueValidator } = {};
  const validator = (): ValueValidator =>
    (made.validator ??= compileValidator(schema, { scale, rules: compileRules(schema) }));
  const update = {
    validateUpdate: (object: KubernetesObject, stored: KubernetesObject, warn?: Warn) =>
      validator().validateUpdate(object, stored, warn),
  };
  return {
    object: { validate: (object) => validator().validate(object), ...update },
    status: update,
  };
}
