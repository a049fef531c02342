/** The claim protection controller: a persistent volume claim stays while a pod on a node has it. */
import { persistentVolumeClaims, pods } from '@navarch/api/resources';
import type { Pod } from '@navarch/api/types/core/v1/pod';
import type { ControllerDefinition, ControllerDependencies } from '../controller.ts';
import { claimsOf } from '../volume-protection/plan.ts';
import { startProtection } from '../volume-protection/protection.ts';

export const claimProtectionController: ControllerDefinition = {
  name: 'persistentvolumeclaim-protection-controller',
  serviceAccount: 'pvc-protection-controller',
  start: startClaimProtection,
};

const byClaim = 'claim';

function claimKeys(pod: Pod): readonly string[] {
  return claimsOf(pod).map((name) => `${pod.metadata.namespace ?? ''}/${name}`);
}

function startClaimProtection(deps: ControllerDependencies): void {
  const known = deps.informers.of(pods);
  known.addIndex(byClaim, claimKeys);
  const queue = startProtection(deps, {
    queue: 'pvcprotection',
    reference: persistentVolumeClaims,
    finalizer: 'kubernetes.io/pvc-protection',
    isUsed: async ({ metadata }) => {
      const { namespace = '', name = '' } = metadata;
      if (known.byIndex(byClaim, `${namespace}/${name}`).length > 0) return true;
      // The cache may lag, and a claim is let go once.
      const { items } = await deps.client.resource(pods).list({ namespace });
      return items.some((pod) => claimsOf(pod).includes(name));
    },
  });
  const notice = (pod: Pod): void => {
    for (const key of claimKeys(pod)) queue.add(key);
  };
  known.onChange({ updated: notice, deleted: notice });
}
