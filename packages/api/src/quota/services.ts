/** What services use of a quota: node ports and load balancers are scarcer than services. */
import { Quantity } from '../quantity.ts';
import type { Service } from '../types/core/v1/service.ts';
import { countName, one, type QuotaEvaluator } from './evaluator.ts';

const count = countName({ group: '', resource: 'services' });
const measured = [count, 'services', 'services.nodeports', 'services.loadbalancers'];

export const serviceQuota: QuotaEvaluator = {
  updates: ['', 'status'],
  measures: (name) => measured.includes(name),
  usage(object) {
    const { spec } = object as Service;
    return new Map([
      [count, one],
      ['services', one],
      ['services.loadbalancers', spec.type === 'LoadBalancer' ? one : Quantity.zero],
      ['services.nodeports', Quantity.ofUnits(nodePorts(spec))],
    ]);
  },
};

/** Counted by what is asked for: the ports themselves may not have been given yet. */
function nodePorts({ type, ports, allocateLoadBalancerNodePorts }: Service['spec']): number {
  const all = ports ?? [];
  if (type === 'NodePort') return all.length;
  if (type !== 'LoadBalancer') return 0;
  if (allocateLoadBalancerNodePorts !== false) return all.length;
  return all.filter(({ nodePort }) => nodePort).length;
}
