/** Pods stay on a node that is lost for five minutes, unless they say otherwise. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import type { Toleration } from '@navarch/api/types/core/v1/scheduling';
import { listOf } from '../nil.ts';
import { isFor, isPod } from './objects.ts';

const seconds = 300;
const keys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  handles: (asked) =>
    (asked.operation === 'CREATE' || asked.operation === 'UPDATE') && isFor(asked, '', 'pods'),
  mutate({ object }) {
    if (!isPod(object)) return object;
    const given = listOf(object.spec.tolerations);
    const missing = keys.filter((key) => !given.some((toleration) => covers(toleration, key)));
    if (missing.length === 0) return object;
    const tolerations = [...given, ...missing.map(tolerationOf)];
    return { ...object, spec: { ...object.spec, tolerations } };
  },
};

function covers({ key, effect }: Toleration, wanted: string): boolean {
  return (!key || key === wanted) && (!effect || effect === 'NoExecute');
}

function tolerationOf(key: string): Toleration {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: seconds };
}
