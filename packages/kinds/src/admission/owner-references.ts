/**
 * Owners decide when an object goes: who gives an object another owner must be allowed to delete it, and who lets it hold up its
 * owner's deletion must be allowed to do that to the owner.
 */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { AuthorizationAttributes, RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { CustomResourceDefinition } from '@navarch/api/types/apiextensions/v1/custom-resource-definition';
import type { OwnerReference } from '@navarch/api/types/meta/v1/object';
import { semanticallyEqual } from '../equal.ts';
import { builtinResources } from '../index.ts';
import { listOf } from '../nil.ts';
import { refusal } from './refuse.ts';

const definitions = { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' };

export const ownerReferencesPermissionEnforcement: AdmissionPlugin = {
  name: 'OwnerReferencesPermissionEnforcement',
  // Old nodes write owners into statuses, which the kind leaves out.
  handles: ({ operation, resource, subresource }) =>
    (operation === 'CREATE' || operation === 'UPDATE') &&
    !(resource.group === '' && resource.resource === 'pods' && subresource === 'status'),
  validate(attributes, context) {
    const { object, oldObject } = attributes;
    if (!object?.metadata) return undefined;
    const before = ownersOf(oldObject);
    if (semanticallyEqual(ownersOf(object), before)) return undefined;
    return check(attributes, newlyBlocking(ownersOf(object), before), context);
  },
};

function ownersOf(object: KubernetesObject | undefined): readonly OwnerReference[] {
  return listOf(object?.metadata?.ownerReferences);
}

function newlyBlocking(
  now: readonly OwnerReference[],
  before: readonly OwnerReference[],
): readonly OwnerReference[] {
  const blocked = new Set(
    before.filter(({ blockOwnerDeletion }) => blockOwnerDeletion).map(({ uid }) => uid),
  );
  return now.filter(({ blockOwnerDeletion, uid }) => blockOwnerDeletion && !blocked.has(uid));
}

async function check(
  attributes: AdmissionAttributes,
  blocking: readonly OwnerReference[],
  context: RequestContext,
): Promise<void> {
  const { operation, resource, subresource, namespace, name } = attributes;
  if (operation !== 'CREATE') {
    // Whoever makes an object may say whose it is.
    const own = { ...resource, subresource, namespace, name };
    const why = await refusedBecause('delete', own, context);
    if (why !== undefined) {
      const message = `cannot set an ownerRef on a resource you can't delete: ${why}, <nil>`;
      throw refusal(attributes, message);
    }
  }
  for (const owner of blocking) {
    const kept = resourceOf(owner, context);
    if (!kept) {
      const { apiVersion, kind } = owner;
      const message = `cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion ${apiVersion} Kind ${kind}: no matches for kind "${kind}" in version "${apiVersion}"`;
      throw refusal(attributes, message);
    }
    const { isNamespaced, ...of } = kept;
    const home = isNamespaced ? namespace : '';
    const finalizers = { ...of, subresource: 'finalizers', namespace: home, name: owner.name };
    const why = await refusedBecause('update', finalizers, context);
    if (why === undefined) continue;
    const message = `cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: ${why}, <nil>`;
    throw refusal(attributes, message);
  }
}

/** Undefined when it is allowed. */
async function refusedBecause(
  verb: string,
  resource: NonNullable<AuthorizationAttributes['resource']>,
  { user, services }: RequestContext,
): Promise<string | undefined> {
  const { decision, reason } = await services.authorize({ user, verb, path: '', resource });
  return decision === 'allow' ? undefined : reason;
}

interface OwnerResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly isNamespaced: boolean;
}

/** Owners are named by kind, rights by resource. */
function resourceOf(
  { apiVersion, kind }: OwnerReference,
  { read }: RequestContext,
): OwnerResource | undefined {
  const slash = apiVersion.indexOf('/');
  const group = apiVersion.slice(0, Math.max(slash, 0));
  const version = apiVersion.slice(slash + 1);
  const known = builtinResources.find(
    (of) => of.kind === kind && of.group === group && of.version === version,
  );
  if (known) {
    const isNamespaced = known.scope === 'Namespaced';
    return { group, version, resource: known.plural, isNamespaced };
  }
  const custom = read
    .list<CustomResourceDefinition>(definitions, '')
    .find(
      ({ spec }) =>
        spec.group === group &&
        spec.names.kind === kind &&
        spec.versions.some(({ name, served }) => served && name === version),
    );
  if (!custom) return undefined;
  const { names, scope } = custom.spec;
  return { group, version, resource: names.plural, isNamespaced: scope === 'Namespaced' };
}
