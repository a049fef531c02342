/** A pod with scheduling gates waits until somebody has removed them all (KEP-3521). */
import type { PreEnqueuePlugin } from '../framework/plugin.ts';

export const schedulingGates: PreEnqueuePlugin = {
  name: 'SchedulingGates',
  wakeOn: ['pod:updated'],
  gate({ pod }) {
    const gates = pod.spec.schedulingGates ?? [];
    return gates.length === 0
      ? undefined
      : 'Scheduling is blocked due to non-empty scheduling gates';
  },
};
