/** A new node gets no pods before someone has seen that it is ready. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { Taint } from '@navarch/api/types/core/v1/scheduling';
import { listOf } from '../nil.ts';
import { isFor, isNode } from './objects.ts';

const notReady: Taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  handles: (asked) => asked.operation === 'CREATE' && isFor(asked, '', 'nodes'),
  mutate({ object }) {
    if (!isNode(object)) return object;
    const taints = listOf(object.spec.taints);
    const has = taints.some(
      ({ key, effect }) => key === notReady.key && effect === notReady.effect,
    );
    return has ? object : { ...object, spec: { ...object.spec, taints: [...taints, notReady] } };
  },
};
