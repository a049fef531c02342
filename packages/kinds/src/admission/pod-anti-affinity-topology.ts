/** Keeping other pods off more than one node at a time is not for everybody: one pod could keep a whole zone to itself. */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { listOf } from '../nil.ts';
import { isFor, isPod } from './objects.ts';
import { refusal } from './refuse.ts';

const hostname = 'kubernetes.io/hostname';

export const limitPodHardAntiAffinityTopology: AdmissionPlugin = {
  name: 'LimitPodHardAntiAffinityTopology',
  handles: (asked) =>
    (asked.operation === 'CREATE' || asked.operation === 'UPDATE') && isFor(asked, '', 'pods'),
  validate(attributes) {
    const { object } = attributes;
    if (!isPod(object)) return;
    const terms = listOf(
      object.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution,
    );
    const wide = terms.find(({ topologyKey }) => topologyKey !== hostname);
    if (!wide) return;
    const message = `affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey ${wide.topologyKey} but only key ${hostname} is allowed`;
    throw refusal(attributes, message);
  },
};
