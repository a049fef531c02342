/** Nodes with devices are tainted with the devices' names: pods that ask for a device tolerate that. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { isExtendedResource } from '@navarch/api/quota/resource-names';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { Toleration } from '@navarch/api/types/core/v1/scheduling';
import { listOf } from '../nil.ts';
import { compareText } from '../table/cells.ts';
import { isFor, isPod } from './objects.ts';

export const extendedResourceToleration: AdmissionPlugin = {
  name: 'ExtendedResourceToleration',
  handles: (asked) =>
    (asked.operation === 'CREATE' || asked.operation === 'UPDATE') && isFor(asked, '', 'pods'),
  mutate({ object }) {
    if (!isPod(object)) return object;
    const given = listOf(object.spec.tolerations);
    const missing = devicesOf(object)
      .map(tolerationOf)
      .filter((wanted) => !given.some((known) => isSame(known, wanted)));
    if (missing.length === 0) return object;
    return { ...object, spec: { ...object.spec, tolerations: [...given, ...missing] } };
  },
};

function devicesOf({ spec }: Pod): readonly string[] {
  const names = [...listOf(spec.containers), ...listOf(spec.initContainers)].flatMap(
    ({ resources }) => Object.keys(resources?.requests ?? {}),
  );
  return [...new Set(names)].filter(isExtendedResource).toSorted(compareText);
}

function tolerationOf(key: string): Toleration {
  return { key, operator: 'Exists', effect: 'NoSchedule' };
}

function isSame(known: Toleration, wanted: Toleration): boolean {
  const { key, operator, effect, value = '' } = known;
  return (
    key === wanted.key && operator === wanted.operator && effect === wanted.effect && value === ''
  );
}
