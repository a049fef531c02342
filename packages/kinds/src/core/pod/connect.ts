/** Where the streams of a pod lead: to the kubelet of its node, or for proxy to the pod itself. */
import type { RequestContext } from '@navarch/api/extension/context';
import type { ConnectSubresource, ConnectTarget } from '@navarch/api/extension/resource';
import { badRequest, notFound } from '@navarch/api/status';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../../nil.ts';
import { proxyTarget, splitProxyName } from '../proxy.ts';
import { boolean } from '../query.ts';

const pods = { group: '', resource: 'pods' };

export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

export function podOf({ namespace, name }: PodName, context: RequestContext): Pod {
  const pod = context.read.get<Pod>(pods, namespace, name);
  if (pod === undefined) throw notFound(pods, name);
  return pod;
}

/** The container that a request means: the one it names, or the only one there is. */
export function containerOf({ metadata, spec }: Pod, wanted: string): string {
  const name = metadata.name ?? '';
  const main = listOf(spec.containers);
  const all = [...listOf(spec.initContainers), ...main, ...listOf(spec.ephemeralContainers)].map(
    (container) => container.name,
  );
  if (wanted !== '') {
    if (!all.includes(wanted)) throw badRequest(`container ${wanted} is not valid for pod ${name}`);
    return wanted;
  }
  const [first, ...others] = main;
  if (first !== undefined && others.length === 0) return first.name;
  const choices = first === undefined ? '' : `, choose one of: [${all.join(' ')}]`;
  throw badRequest(`a container name must be specified for pod ${name}${choices}`);
}

function nodeOf({ metadata, spec }: Pod): string {
  if (!spec.nodeName) throw badRequest(`pod ${metadata.name} does not have a host assigned`);
  return spec.nodeName;
}

/** The kubelet has names of its own for the streams. */
const streamNames = { stdin: 'input', stdout: 'output', stderr: 'error', tty: 'tty' } as const;

function streamQuery(query: URLSearchParams): URLSearchParams {
  const out = new URLSearchParams();
  for (const command of query.getAll('command')) out.append('command', command);
  for (const [name, kubeletName] of Object.entries(streamNames)) {
    if (boolean(query, name)) out.set(kubeletName, '1');
  }
  out.sort();
  return out;
}

function containerStream(name: 'attach' | 'exec', kind: string): ConnectSubresource {
  return {
    type: 'connect',
    name,
    isSession: true,
    kind: { group: '', version: 'v1', kind },
    verbs: ['create', 'get'],
    target(parent, _path, query, context) {
      const pod = podOf(parent, context);
      const container = containerOf(pod, query.get('container') ?? '');
      const node = nodeOf(pod);
      const path = `/${name}/${parent.namespace}/${parent.name}/${container}`;
      return { kind: 'node', node, path, query: streamQuery(query) };
    },
  };
}

export const attachSubresource = containerStream('attach', 'PodAttachOptions');
export const execSubresource = containerStream('exec', 'PodExecOptions');

export const portForwardSubresource: ConnectSubresource = {
  type: 'connect',
  name: 'portforward',
  isSession: true,
  kind: { group: '', version: 'v1', kind: 'PodPortForwardOptions' },
  verbs: ['create', 'get'],
  target(parent, _path, query, context) {
    const node = nodeOf(podOf(parent, context));
    const ports = query.getAll('ports').join(',');
    const path = `/portForward/${parent.namespace}/${parent.name}`;
    return {
      kind: 'node',
      node,
      path,
      query: new URLSearchParams(ports === '' ? {} : { port: ports }),
    };
  },
};

export const proxySubresource: ConnectSubresource = {
  type: 'connect',
  name: 'proxy',
  kind: { group: '', version: 'v1', kind: 'PodProxyOptions' },
  verbs: ['create', 'delete', 'get', 'patch', 'update'],
  target: podProxyTarget,
};

/** `name`, `name:port` or `scheme:name:port` in the place of the name. */
function podProxyTarget(
  parent: PodName,
  path: string,
  query: URLSearchParams,
  context: RequestContext,
): ConnectTarget {
  const where = splitProxyName(parent.name, 'pod');
  const pod = podOf({ namespace: parent.namespace, name: where.name }, context);
  const port = where.port === '' ? firstPort(pod) : Number(where.port);
  const host = pod.status?.podIPs?.[0]?.ip ?? pod.status?.podIP ?? '';
  return proxyTarget({ scheme: where.scheme, host, port, path, query });
}

function firstPort({ spec }: Pod): number | undefined {
  for (const { ports } of listOf(spec.containers)) {
    const port = listOf(ports)[0];
    if (port !== undefined) return port.containerPort;
  }
  return undefined;
}
