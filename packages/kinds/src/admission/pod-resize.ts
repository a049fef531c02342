/** A pod that is resized in place must still fit its node, were it alone there; only Linux nodes can do it. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { podRequests } from '@navarch/api/quota/pod-amounts';
import { Quantity } from '@navarch/api/quantity';
import type { Node } from '@navarch/api/types/core/v1/node';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import { semanticallyEqual } from '../equal.ts';
import { isFor, isPod } from './objects.ts';
import { refusal, refusalBecause } from './refuse.ts';

const nodes = { group: '', resource: 'nodes' };
const osLabel = 'kubernetes.io/os';

export const podResizeValidator: AdmissionPlugin = {
  name: 'PodResizeValidator',
  handles: (asked) => asked.operation === 'UPDATE' && isFor(asked, '', 'pods', 'resize'),
  validate(attributes, { read }) {
    const { object, oldObject } = attributes;
    if (!isPod(object) || !isPod(oldObject) || !object.spec.nodeName) return;
    if (semanticallyEqual(object.spec, oldObject.spec)) return;
    const name = object.spec.nodeName;
    const node = read.get<Node>(nodes, '', name);
    if (!node) throw refusal(attributes, `node "${name}" not found`);
    const os = node.metadata.labels?.[osLabel] ?? 'linux';
    if (os !== 'linux') {
      const message = `pod resize is only supported on linux nodes, node "${name}" is "${os}"`;
      throw refusalBecause(attributes, message, { reason: 'UnsupportedPlatform' });
    }
    const shortages = shortagesOf(object, node);
    if (shortages.length === 0) return;
    const message = `node didn't have enough allocatable resources: ${shortages.join('; ')}`;
    throw refusalBecause(attributes, message, { reason: 'NodeCapacity' });
  },
};

function shortagesOf({ metadata, spec }: Pod, { status }: Node): readonly string[] {
  // By what is wanted, whatever the node has given until now.
  const requests = podRequests({ metadata, spec });
  const measures = [
    ['cpu', (amount: Quantity) => amount.milliValue()],
    ['memory', (amount: Quantity) => amount.value()],
  ] as const;
  return measures.flatMap(([name, measure]) => {
    const wanted = requests.get(name) ?? Quantity.zero;
    const there = Quantity.parse(status?.allocatable?.[name] ?? '0');
    if (wanted.compare(there) <= 0) return [];
    return [`${name}, requested: ${measure(wanted)}, allocatable: ${measure(there)}`];
  });
}
