/** A server whose discovery says what a test says, over the small server in memory. */
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { ResourceReference } from '@navarch/api/resources';
import { serviceUnavailable } from '@navarch/api/status';
import type { FakeServer } from '@navarch/client/testing';
import type { Transport } from '@navarch/client/transport';

type Reference = ResourceReference<KubernetesObject>;

export interface FakeDiscovery {
  /** Of each group, versions in the order of preference. */
  served: readonly Reference[];
  /** Groups and versions that cannot be asked, such as `metrics.k8s.io/v1beta1`. */
  broken: readonly string[];
}

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export function withDiscovery(server: FakeServer, discovery: FakeDiscovery): Transport {
  return {
    decodes: false,
    request: async (request) => {
      const groupVersion = /^\/apis?\/?((?:[^/]+\/)?v[^/]+)?$/.exec(request.path);
      if (!groupVersion) return server.request(request);
      await Promise.resolve();
      const [, name] = groupVersion;
      if (name !== undefined && discovery.broken.includes(name)) {
        const { code, status } = serviceUnavailable('no endpoints available');
        return { status: code, value: status };
      }
      return { status: 200, value: documentOf(request.path, name, discovery.served) };
    },
    watch: (request, listener) => server.watch(request, listener),
    close: () => server.close(),
  };
}

function documentOf(
  path: string,
  groupVersion: string | undefined,
  served: readonly Reference[],
): unknown {
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (groupVersion === undefined) return { kind: 'APIGroupList', groups: groupsOf(served) };
  const resources = served
    .filter((reference) => nameOf(reference) === groupVersion)
    .map(({ plural, kind, scope }) => ({
      name: plural,
      kind,
      namespaced: scope === 'Namespaced',
      verbs,
    }));
  return { kind: 'APIResourceList', groupVersion, resources };
}

function groupsOf(served: readonly Reference[]): readonly unknown[] {
  const names = [...new Set(served.map(({ group }) => group))].filter((group) => group !== '');
  return names.map((name) => {
    const all = served.filter(({ group }) => group === name);
    const versions = [...new Set(all.map(({ version }) => version))].map((version) => ({
      version,
      groupVersion: `${name}/${version}`,
    }));
    return { name, versions, preferredVersion: versions[0] };
  });
}

function nameOf({ group, version }: Reference): string {
  return group === '' ? version : `${group}/${version}`;
}
