/** Pods wear the zone and region of their node from the moment they are placed. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { ObjectReader } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import type { Node } from '@navarch/api/types/core/v1/node';
import { isBinding, isFor, isPod } from './objects.ts';

const nodes = { group: '', resource: 'nodes' };
const keys = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

export const podTopologyLabels: AdmissionPlugin = {
  name: 'PodTopologyLabels',
  handles: (asked) =>
    asked.operation === 'CREATE' &&
    (isFor(asked, '', 'pods') || isFor(asked, '', 'pods', 'binding')),
  mutate({ object }, { read }) {
    if (isBinding(object)) {
      const { target } = object;
      return target.kind === 'Node' ? labelled(object, target.name, read) : object;
    }
    return isPod(object) ? labelled(object, object.spec.nodeName, read) : object;
  },
};

/** What the object says of its place itself is replaced: the node knows better. */
function labelled(
  object: KubernetesObject,
  nodeName: string | undefined,
  read: ObjectReader,
): KubernetesObject {
  if (!nodeName) return object;
  const found = read.get<Node>(nodes, '', nodeName)?.metadata.labels ?? {};
  const labels = Object.fromEntries(
    keys.flatMap((key) => {
      const value = found[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
  if (Object.keys(labels).length === 0) return object;
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, ...labels } } };
}
