/**
 * The order in which plugins look at a request: first all that change it, then all that judge it. It is upstream's, because
 * plugins build on one another: limits and accounts are filled in before nodes are restricted, priorities before quotas count.
 */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import {
  certificateApproval,
  certificateSigning,
  certificateSubjectRestriction,
} from './certificates.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { deviceAdminAccess } from './device-admin-access.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { nodeRestriction } from './node-restriction.ts';
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts';
import { podSecurity } from './pod-security/pod-security.ts';
import { podTopologyLabels } from './pod-topology-labels.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './resource-quota/resource-quota.ts';
import { roleEscalation } from './role-escalation.ts';
import { runtimeClass } from './runtime-class.ts';
import { serviceAccount } from './service-account.ts';
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts';
import { taintNodesByCondition } from './taint-nodes-by-condition.ts';
import { mutatingWebhooks } from './webhook/mutating.ts';
import { validatingWebhooks } from './webhook/validating.ts';

export const admissionOrder: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  nodeRestriction,
  taintNodesByCondition,
  podSecurity,
  priority,
  defaultTolerationSeconds,
  defaultStorageClass,
  storageObjectInUseProtection,
  persistentVolumeClaimResize,
  runtimeClass,
  certificateApproval,
  certificateSigning,
  certificateSubjectRestriction,
  defaultIngressClass,
  podTopologyLabels,
  mutatingWebhooks,
  validatingWebhooks,
  resourceQuota,
];

/** Only on when a flag says so. */
const onByFlag: ReadonlySet<string> = new Set([nodeRestriction.name]);

/** Part of what some kinds mean; no flag turns them off. */
const always: readonly AdmissionPlugin[] = [roleEscalation, deviceAdminAccess];

export interface AdmissionFlags {
  /** Names given to --enable-admission-plugins. */
  readonly enabled: readonly string[];
  /** Names given to --disable-admission-plugins. */
  readonly disabled: readonly string[];
}

/** The plugins that are on, in their order. Names that are not known are for whoever reads the flags to refuse. */
export function admissionPlugins({
  enabled,
  disabled,
}: AdmissionFlags): readonly AdmissionPlugin[] {
  const isOn = ({ name }: AdmissionPlugin) =>
    enabled.includes(name) || (!onByFlag.has(name) && !disabled.includes(name));
  return [...admissionOrder.filter(isOn), ...always];
}
