/** What custom objects must satisfy, on writes of the whole and of the status. */
import type { ObjectSubresource, ResourceDefinition } from '@navarch/api/extension/resource';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { CustomResourceSubresourceScale } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { JSONSchemaProps } from '@navarch/api/types/apiextensions/v1/json-schema';

export interface RuleSource {
  readonly schema: JSONSchemaProps;
  readonly scale: CustomResourceSubresourceScale | undefined;
}

export interface CustomRules {
  readonly object: Pick<ResourceDefinition, 'validate' | 'validateUpdate'>;
  readonly status: Pick<ObjectSubresource<KubernetesObject>, 'validateUpdate'>;
}

export function rulesOf(_source: RuleSource): CustomRules {
  return { object: {}, status: {} };
}
