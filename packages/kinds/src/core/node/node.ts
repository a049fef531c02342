/** Nodes: the machines that pods run on. */
import type { ConnectSubresource } from '@navarch/api/extension/resource';
import { notFound } from '@navarch/api/status';
import type { Node, NodeSpec, NodeStatus } from '@navarch/api/types/core/v1/node';
import type { Draft } from '@navarch/api/types/scalars';
import { defineResource } from '../../define.ts';
import { listOf } from '../../nil.ts';
import { statusSubresource, withMember } from '../../strategy.ts';
import { roundUp } from '../pod/defaults.ts';
import { proxyTarget, splitProxyName } from '../proxy.ts';
import { nodeColumns, nodeRow } from './table.ts';
import { validateNode, validateNodeUpdate } from './validate.ts';
import { Path } from '@navarch/api/field-error';
import { cidrWarnings } from '../ip.ts';

const nodeNames = { group: '', resource: 'nodes' };
const kind = { group: '', version: 'v1', kind: 'Node' };

const proxy: ConnectSubresource = {
  type: 'connect',
  name: 'proxy',
  kind: { group: '', version: 'v1', kind: 'NodeProxyOptions' },
  verbs: ['create', 'delete', 'get', 'patch', 'update'],
  target(parent, path, query, context) {
    const { scheme, name, port } = splitProxyName(parent.name, 'node');
    const node = context.read.get<Node>(nodeNames, '', name);
    if (node === undefined) throw notFound(nodeNames, name);
    const kubeletPort = node.status?.daemonEndpoints?.kubeletEndpoint?.Port ?? 0;
    const isKubelet = port === '' || Number(port) === kubeletPort;
    if (isKubelet) return { kind: 'node', node: name, path, query };
    return proxyTarget({ scheme, host: hostOf(node), port: Number(port), path, query });
  },
};

/** The address by which the server reaches a node. */
function hostOf({ status }: Node): string {
  const addresses = listOf(status?.addresses);
  for (const wanted of ['InternalIP', 'ExternalIP']) {
    const found = addresses.find(({ type }) => type === wanted);
    if (found !== undefined) return found.address;
  }
  return '';
}

export const nodes = defineResource<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  metadataChecksOnUpdate: { asNew: 1, asChanged: 1 },
  scope: 'Cluster',
  storagePrefix: 'minions',
  resetFields: ['status'],
  setDefaults,
  prepareForCreate: withoutConfigSource,
  prepareForUpdate: (submitted, stored) =>
    withMember(withoutConfigSource(submitted), 'status', stored.status),
  validate: validateNode,
  validateUpdate: (object, stored) => [
    ...validateNode(object),
    ...validateNodeUpdate(object, stored),
  ],
  warnings: ({ spec }) => [
    ...(spec.configSource ? ['spec.configSource: the feature is no longer supported'] : []),
    ...(spec.externalID
      ? ['spec.externalID: this field is deprecated, and is unused by Kubernetes']
      : []),
    ...listOf(spec.podCIDRs).flatMap((cidr, i) =>
      cidrWarnings(cidr, Path.of('spec', 'podCIDRs').index(i)),
    ),
  ],
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec.unschedulable ?? false) },
  table: { columns: nodeColumns, row: nodeRow },
  subresources: [
    proxy,
    statusSubresource<Node>(kind, {
      prepare: withoutNewConfig,
      validateUpdate: validateNodeUpdate,
    }),
  ],
});

function setDefaults(draft: Draft<Node>): void {
  setPodCidrs(draft.spec);
  if (draft.status) setResources(draft.status);
}

/** The single range and the list say the same thing; when they disagree, the single one wins, as old clients know only that. */
function setPodCidrs(spec: Draft<NodeSpec>): void {
  const [first] = spec.podCIDRs ?? [];
  if (spec.podCIDR && spec.podCIDR !== first) spec.podCIDRs = [spec.podCIDR];
  else if (!spec.podCIDR && first) spec.podCIDR = first;
}

/** All that a node has may be used by pods, unless it says how much is for them. */
function setResources(status: Draft<NodeStatus>): void {
  if (status.capacity) roundUp(status.capacity);
  if (!status.allocatable && status.capacity) status.allocatable = { ...status.capacity };
  else if (status.allocatable) roundUp(status.allocatable);
}

/** Settings of kubelets were kept here once. Nothing reads them any more. */
function withoutConfigSource(node: Node): Node {
  if (node.spec.configSource === undefined) return node;
  const { configSource: _, ...spec } = node.spec;
  return { ...node, spec };
}

/** And what became of them. */
function withoutNewConfig(node: Node, stored: Node): Node {
  if (!node.status?.config || stored.status?.config) return node;
  return { ...node, status: withMember(node.status, 'config', undefined) };
}
