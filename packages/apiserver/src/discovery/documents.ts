/** The discovery documents, in the form that each client asks for. Pure. */
import type { ResourceDefinition, Subresource } from '@navarch/api/extension/resource';
import type { APIGroupDiscovery, APIResourceDiscovery } from '@navarch/api/types/apidiscovery/v2';
import type { APIGroup, APIResource, APIResourceList } from '@navarch/api/types/meta/v1/discovery';
import type { ServedGroup, ServedVersion } from './groups.ts';
import { sha256 } from './sha256.ts';

export function groupVersionText({ group, version }: { group: string; version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `/api`: the versions of the core group. */
export function coreVersions(groups: readonly ServedGroup[], serverAddress: string) {
  const core = groups.find(({ name }) => name === '');
  return {
    kind: 'APIVersions',
    versions: core?.versions.map(({ version }) => version) ?? [],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
  };
}

/** `/apis`. */
export function groupList(groups: readonly ServedGroup[]) {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.filter(({ name }) => name !== '').map(groupEntry),
  };
}

/** `/apis/<group>`. */
export function groupDocument(group: ServedGroup): APIGroup {
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(group) };
}

function groupEntry({ name, versions }: ServedGroup): APIGroup {
  const entries = versions.map(({ version }) => ({ groupVersion: `${name}/${version}`, version }));
  const [preferredVersion] = entries;
  return { name, versions: entries, ...(preferredVersion && { preferredVersion }) };
}

/** `/api/v1` and `/apis/<group>/<version>`. */
export function resourceList(served: ServedVersion): APIResourceList {
  return {
    kind: 'APIResourceList',
    ...(served.group !== '' && { apiVersion: 'v1' }),
    groupVersion: groupVersionText(served),
    resources: served.resources.flatMap((definition) => [
      resourceEntry(definition),
      ...sortedSubresources(definition).map((subresource) =>
        subresourceEntry(definition, subresource),
      ),
    ]),
  };
}

/** Those of custom kinds come as their definition has them. */
function sortedSubresources({
  subresources = [],
  custom,
}: ResourceDefinition): readonly Subresource[] {
  if (custom) return subresources;
  return subresources.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function resourceEntry(definition: ResourceDefinition): APIResource {
  const { plural, singular, scope, kind, verbs, shortNames, categories } = definition;
  return {
    name: plural,
    singularName: singular,
    namespaced: scope === 'Namespaced',
    kind,
    verbs,
    ...(shortNames?.length && { shortNames }),
    ...(categories?.length && { categories }),
    ...(isStored(definition) && { storageVersionHash: storageVersionHash(definition) }),
  };
}

function isStored({ answerCreate, answerRead }: ResourceDefinition): boolean {
  return !answerCreate && !answerRead;
}

function subresourceEntry(definition: ResourceDefinition, subresource: Subresource): APIResource {
  const { kind, name, verbs } = subresource;
  return {
    name: `${definition.plural}/${name}`,
    singularName: '',
    namespaced: definition.scope === 'Namespaced',
    ...(isForeign(definition, subresource) && { group: kind.group, version: kind.version }),
    kind: kind.kind,
    verbs,
  };
}

/** Whether the subresource's kind is of another version than the resource itself. */
function isForeign({ group, version }: ResourceDefinition, { kind }: Subresource): boolean {
  return kind.version !== '' && (kind.group !== group || kind.version !== version);
}

/** Lets a client see that a resource is now stored as another version. */
export function storageVersionHash(definition: ResourceDefinition): string {
  const { group, version } = definition.viewOf ?? definition;
  const text = `${group}/${version}/${definition.kind}`;
  return btoa(String.fromCharCode(...sha256(new TextEncoder().encode(text)).subarray(0, 8)));
}

/** apidiscovery.k8s.io/v2: all of `/api`, or all of `/apis`, in one document. */
export function aggregated(groups: readonly ServedGroup[]) {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map(groupDiscovery),
  };
}

function groupDiscovery({ name, versions }: ServedGroup): APIGroupDiscovery {
  return {
    metadata: name === '' ? {} : { name },
    versions: versions.map(({ version, resources, delegated }) => ({
      version,
      resources: delegated?.resources ?? resources.map(resourceDiscovery),
      freshness: delegated?.isAvailable === false ? 'Stale' : 'Current',
    })),
  };
}

function resourceDiscovery(definition: ResourceDefinition): APIResourceDiscovery {
  const { plural, singular, scope, kind, verbs, shortNames, categories } = definition;
  const subresources = sortedSubresources(definition);
  return {
    resource: plural,
    responseKind: { group: '', version: '', kind },
    scope,
    singularResource: singular,
    verbs,
    ...(shortNames?.length && { shortNames }),
    ...(categories?.length && { categories }),
    ...(subresources.length > 0 && {
      subresources: subresources.map((subresource) => ({
        subresource: subresource.name,
        responseKind: isForeign(definition, subresource)
          ? { ...subresource.kind }
          : { group: '', version: '', kind: subresource.kind.kind },
        verbs: subresource.verbs,
      })),
    }),
  };
}
