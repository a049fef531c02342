/** The volume protection controller: a persistent volume that a claim is bound to stays until the claim is gone. */
import { persistentVolumes } from '@navarch/api/resources';
import type { ControllerDefinition } from '../controller.ts';
import { startProtection } from './protection.ts';

export const volumeProtectionController: ControllerDefinition = {
  name: 'persistentvolume-protection-controller',
  serviceAccount: 'pv-protection-controller',
  start: (deps) => {
    startProtection(deps, {
      queue: 'pvprotection',
      reference: persistentVolumes,
      finalizer: 'kubernetes.io/pv-protection',
      isUsed: ({ status }) => Promise.resolve(status?.phase === 'Bound'),
    });
  },
};
