/** What the server serves: every resource, built-in, custom and aggregated, and which resource a kind is. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import { resource, type ResourceReference } from '@navarch/api/resources';
import type {
  APIGroupList,
  APIResource,
  APIResourceList,
  APIVersions,
} from '@navarch/api/types/meta/v1/discovery';
import type { Client } from '@navarch/client/client';
import { Gate } from '@navarch/client/gate';
import { limits } from '@navarch/runtime/limits';
import { errorText } from '@navarch/runtime/log';

export interface DiscoveredResource {
  readonly reference: ResourceReference<KubernetesObject>;
  readonly verbs: ReadonlySet<string>;
}

export interface Discovery {
  /** Each resource once, in the version that its group prefers among those that have it. */
  readonly preferred: readonly DiscoveredResource[];
  /** What serves a kind, by `kindKey`. All versions. */
  readonly byKind: ReadonlyMap<string, ResourceReference<KubernetesObject>>;
  /** Groups and versions that could not be asked, such as `metrics.k8s.io/v1beta1`, and why. */
  readonly failures: ReadonlyMap<string, string>;
}

export function kindKey(apiVersion: string, kind: string): string {
  return `${apiVersion} ${kind}`;
}

interface ServedVersion {
  readonly group: string;
  readonly version: string;
  readonly groupVersion: string;
  readonly path: string;
}

/** Throws when even the list of groups cannot be had. What a single group refuses is in `failures`. */
export async function discover(client: Client, signal: AbortSignal): Promise<Discovery> {
  const get = (path: string): Promise<unknown> => client.raw({ method: 'GET', path, signal });
  const [core, groups] = await Promise.all([get('/api'), get('/apis')]);
  const versions = [...coreVersions(core as APIVersions), ...groupVersions(groups as APIGroupList)];
  const some = new Gate(limits.clientRequestsAtOnce);
  const lists = await Promise.all(
    versions.map((version) => some.through(() => readVersion(version, get))),
  );
  return assemble(versions, lists);
}

function coreVersions({ versions }: APIVersions): readonly ServedVersion[] {
  return versions.map((version) => ({
    group: '',
    version,
    groupVersion: version,
    path: `/api/${version}`,
  }));
}

/** Of each group the preferred version first. */
function groupVersions({ groups }: APIGroupList): readonly ServedVersion[] {
  return groups.flatMap(({ name, versions, preferredVersion }) => {
    const first = preferredVersion?.groupVersion;
    const ordered = versions.toSorted(
      (a, b) => Number(b.groupVersion === first) - Number(a.groupVersion === first),
    );
    return ordered.map(({ groupVersion, version }) => ({
      group: name,
      version,
      groupVersion,
      path: `/apis/${groupVersion}`,
    }));
  });
}

async function readVersion(
  { path }: ServedVersion,
  get: (path: string) => Promise<unknown>,
): Promise<readonly APIResource[] | string> {
  try {
    return ((await get(path)) as APIResourceList).resources;
  } catch (error) {
    return errorText(error);
  }
}

function assemble(
  versions: readonly ServedVersion[],
  lists: readonly (readonly APIResource[] | string)[],
): Discovery {
  const preferred = new Map<string, DiscoveredResource>();
  const byKind = new Map<string, ResourceReference<KubernetesObject>>();
  const failures = new Map<string, string>();
  for (const [index, served] of versions.entries()) {
    const list = lists[index] ?? [];
    if (typeof list === 'string') {
      failures.set(served.groupVersion, list);
      continue;
    }
    for (const { name, kind, namespaced, verbs } of list) {
      if (name.includes('/')) continue; // A subresource.
      const { group, version, groupVersion } = served;
      const scope = namespaced ? 'Namespaced' : 'Cluster';
      const reference = resource<KubernetesObject>({ group, version, kind, plural: name, scope });
      byKind.set(kindKey(groupVersion, kind), reference);
      const key = `${group}/${name}`;
      if (!preferred.has(key)) preferred.set(key, { reference, verbs: new Set(verbs) });
    }
  }
  return { preferred: [...preferred.values()], byKind, failures };
}
