/**
 * How a kind is defined: what is particular to it, with the usual left out. The result is what the generic registry reads;
 * it never learns the object's type, so the type parameter ends here.
 */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceDefinition, Verb } from '@navarch/api/extension/resource';

export const allVerbs: readonly Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

type Usual = 'singular' | 'verbs' | 'schema' | 'storagePrefix';

/** A definition without the properties that follow from the others. */
export type ResourceParts<T extends KubernetesObject> = Omit<ResourceDefinition<T>, Usual> &
  Partial<Pick<ResourceDefinition<T>, Usual>>;

/**
 * Completes a definition: all verbs, the kind in lower case as singular, the schema by group and kind, and the plural as
 * storage prefix, which is upstream's layout for nearly every resource.
 */
export function defineResource<T extends KubernetesObject>(
  parts: ResourceParts<T>,
): ResourceDefinition {
  const definition: ResourceDefinition<T> = {
    singular: parts.kind.toLowerCase(),
    verbs: allVerbs,
    schema: schemaName(parts.group, parts.version, parts.kind),
    storagePrefix: parts.plural,
    ...parts,
  };
  // The registry only hands a definition objects that were decoded by its own schema.
  return definition as unknown as ResourceDefinition;
}

/** `apps/v1.Deployment`: the group's first word, `core` for the group without a name. */
export function schemaName(group: string, version: string, kind: string): string {
  const [folder = ''] = group.split('.');
  return `${folder === '' ? 'core' : folder}/${version}.${kind}`;
}
