/** What a deployment means where it says nothing. */
import type { Deployment } from '@navarch/api/types/apps/v1/deployment';
import type { Draft } from '@navarch/api/types/scalars';
import { setTemplateDefaults } from '../template.ts';

export function setDeploymentDefaults(draft: Draft<Deployment>): void {
  const { spec } = draft;
  spec.replicas ??= 1;
  spec.strategy ??= {};
  const { strategy } = spec;
  strategy.type ||= 'RollingUpdate';
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate ??= {};
    strategy.rollingUpdate.maxUnavailable ??= '25%';
    strategy.rollingUpdate.maxSurge ??= '25%';
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  setTemplateDefaults(spec.template);
}
