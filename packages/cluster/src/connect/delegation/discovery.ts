/** What another server says that it serves, in the form of the aggregated discovery document. Pure. */
import type {
  APIResourceDiscovery,
  APISubresourceDiscovery,
} from '@navarch/api/types/apidiscovery/v2';
import type { APIResource, APIResourceList } from '@navarch/api/types/meta/v1/discovery';

export function discoveryOf({ resources }: APIResourceList): readonly APIResourceDiscovery[] {
  const all = Array.isArray(resources) ? resources : [];
  return all
    .filter(({ name }) => !name.includes('/'))
    .map((resource) => ({
      resource: resource.name,
      responseKind: kindOf(resource),
      scope: resource.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: resource.singularName,
      verbs: resource.verbs,
      ...(resource.shortNames?.length && { shortNames: resource.shortNames }),
      ...(resource.categories?.length && { categories: resource.categories }),
      ...subresourcesOf(resource.name, all),
    }));
}

function subresourcesOf(
  name: string,
  all: readonly APIResource[],
): { readonly subresources?: readonly APISubresourceDiscovery[] } {
  const own = all.filter((other) => other.name.startsWith(`${name}/`));
  if (own.length === 0) return {};
  return {
    subresources: own.map((each) => ({
      subresource: each.name.slice(name.length + 1),
      responseKind: kindOf(each),
      verbs: each.verbs,
    })),
  };
}

function kindOf({
  group = '',
  version = '',
  kind,
}: APIResource): APIResourceDiscovery['responseKind'] {
  return { group, version, kind };
}
