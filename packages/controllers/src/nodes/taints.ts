/** Taints that say how a node is, and what pods make of taints. Pure. */
import type { Taint, Toleration } from '@navarch/api/types/core/v1/scheduling';

export const taintKeys = {
  notReady: 'node.kubernetes.io/not-ready',
  unreachable: 'node.kubernetes.io/unreachable',
  unschedulable: 'node.kubernetes.io/unschedulable',
  memoryPressure: 'node.kubernetes.io/memory-pressure',
  diskPressure: 'node.kubernetes.io/disk-pressure',
  pidPressure: 'node.kubernetes.io/pid-pressure',
  networkUnavailable: 'node.kubernetes.io/network-unavailable',
  outOfService: 'node.kubernetes.io/out-of-service',
} as const;

export function noExecuteTaints(taints: readonly Taint[] | undefined): readonly Taint[] {
  return (taints ?? []).filter(({ effect }) => effect === 'NoExecute');
}

export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = '', effect = '', operator = 'Equal', value = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  switch (operator) {
    case 'Exists':
      return true;
    case 'Lt':
    case 'Gt':
      return comparesWith(operator, value, taint.value ?? '');
    default:
      return value === (taint.value ?? '');
  }
}

/** Numbers are compared as numbers (KEP-5471); what is no number is not tolerated. */
function comparesWith(operator: 'Lt' | 'Gt', wanted: string, actual: string): boolean {
  if (!isInteger(wanted) || !isInteger(actual)) return false;
  return operator === 'Lt' ? BigInt(actual) < BigInt(wanted) : BigInt(actual) > BigInt(wanted);
}

function isInteger(text: string): boolean {
  return /^(0|-?[1-9]\d*)$/.test(text);
}
