/** What a stateful set means where it says nothing. */
import type { StatefulSet } from '@navarch/api/types/apps/v1/stateful-set';
import type { Draft } from '@navarch/api/types/scalars';
import { setClaimSpecDefaults } from '../../core/persistent-volume-claim/defaults.ts';
import { setTemplateDefaults } from '../template.ts';

export function setStatefulSetDefaults(draft: Draft<StatefulSet>): void {
  const { spec } = draft;
  spec.podManagementPolicy ||= 'OrderedReady';
  setStrategyDefaults(spec);
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= 'Retain';
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= 'Retain';
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  setTemplateDefaults(spec.template);
  spec.volumeClaimTemplates?.forEach((claim, i, claims) => {
    setClaimSpecDefaults(claim.spec);
    // Templates are shown as the claims that will be made of them: with their kind, and not yet bound.
    const status = { ...claim.status, phase: claim.status?.phase || 'Pending' } as const;
    claims[i] = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', ...claim, status };
  });
}

function setStrategyDefaults(spec: Draft<StatefulSet>['spec']): void {
  spec.updateStrategy ??= {};
  const strategy = spec.updateStrategy;
  if (!strategy.type) {
    strategy.type = 'RollingUpdate';
    strategy.rollingUpdate ??= {};
  }
  if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) {
    strategy.rollingUpdate.partition ??= 0;
  }
}
