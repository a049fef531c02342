/**
 * The order in which plugins look at a request: first all that change it, then all that judge it. It is upstream's, because
 * plugins build on one another: limits and accounts are filled in before nodes are restricted, priorities before quotas count.
 */
import type { AdmissionPlugin } from '@navarch/api/extension/admission';
import { alwaysPullImages } from './always-pull-images.ts';
import {
  certificateApproval,
  certificateSigning,
  certificateSubjectRestriction,
} from './certificates.ts';
import { defaultIngressClass } from './default-ingress-class.ts';
import { defaultStorageClass } from './default-storage-class.ts';
import { defaultTolerationSeconds } from './default-toleration-seconds.ts';
import { denyServiceExternalIps } from './deny-service-external-ips.ts';
import { deviceAdminAccess } from './device-admin-access.ts';
import { eventRateLimit } from './event-rate-limit.ts';
import { alwaysAdmit, alwaysDeny } from './everything.ts';
import { extendedResourceToleration } from './extended-resource-toleration.ts';
import { limitRanger } from './limit-ranger.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { namespaceAutoProvision, namespaceExists } from './namespace-presence.ts';
import { nodeRestriction } from './node-restriction.ts';
import { ownerReferencesPermissionEnforcement } from './owner-references.ts';
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts';
import { limitPodHardAntiAffinityTopology } from './pod-anti-affinity-topology.ts';
import { podNodeSelector } from './pod-node-selector.ts';
import { podResizeValidator } from './pod-resize.ts';
import { podSecurity } from './pod-security/pod-security.ts';
import { podTolerationRestriction } from './pod-toleration-restriction.ts';
import { mutatingAdmissionPolicy } from './policy/mutating/mutating-admission-policy.ts';
import { paramAccess } from './policy/param-access.ts';
import { validatingAdmissionPolicy } from './policy/validating/validating-admission-policy.ts';
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

/** A plugin that upstream has and this server has not: naming it must not keep a working command line from starting. */
function absent(name: string): AdmissionPlugin {
  return { name, handles: () => false };
}

const imagePolicyWebhook = absent('ImagePolicyWebhook');

/** All of upstream's plugins, in its order: new ones go above the line, what asks others, counts and refuses comes last. */
export const admissionOrder: readonly AdmissionPlugin[] = [
  alwaysAdmit,
  namespaceAutoProvision,
  namespaceLifecycle,
  namespaceExists,
  limitPodHardAntiAffinityTopology,
  limitRanger,
  serviceAccount,
  nodeRestriction,
  taintNodesByCondition,
  alwaysPullImages,
  imagePolicyWebhook,
  podSecurity,
  podNodeSelector,
  priority,
  defaultTolerationSeconds,
  podTolerationRestriction,
  eventRateLimit,
  extendedResourceToleration,
  defaultStorageClass,
  storageObjectInUseProtection,
  ownerReferencesPermissionEnforcement,
  persistentVolumeClaimResize,
  runtimeClass,
  certificateApproval,
  certificateSigning,
  absent('ClusterTrustBundleAttest'),
  certificateSubjectRestriction,
  defaultIngressClass,
  denyServiceExternalIps,
  podTopologyLabels,
  absent('NodeDeclaredFeatureValidator'),
  podResizeValidator,
  // ---
  mutatingAdmissionPolicy,
  mutatingWebhooks,
  validatingAdmissionPolicy,
  validatingWebhooks,
  resourceQuota,
  alwaysDeny,
];

/** Only on when a flag says so. */
const onByFlag: ReadonlySet<string> = new Set(
  [
    imagePolicyWebhook,
    alwaysAdmit,
    namespaceAutoProvision,
    namespaceExists,
    limitPodHardAntiAffinityTopology,
    nodeRestriction,
    alwaysPullImages,
    podNodeSelector,
    podTolerationRestriction,
    eventRateLimit,
    extendedResourceToleration,
    ownerReferencesPermissionEnforcement,
    denyServiceExternalIps,
    alwaysDeny,
  ].map(({ name }) => name),
);

/** Part of what some kinds mean; no flag turns them off. */
const always: readonly AdmissionPlugin[] = [roleEscalation, deviceAdminAccess, paramAccess];

export interface AdmissionFlags {
  /** Names given to --enable-admission-plugins. */
  readonly enabled: readonly string[];
  /** Names given to --disable-admission-plugins. */
  readonly disabled: readonly string[];
  /** Plugins that a file says more of, made as it wants them. */
  readonly configured?: ReadonlyMap<string, () => AdmissionPlugin>;
}

/** The plugins that are on, in their order. Names that are not known are for whoever reads the flags to refuse. */
export function admissionPlugins({
  enabled,
  disabled,
  configured,
}: AdmissionFlags): readonly AdmissionPlugin[] {
  const isOn = ({ name }: AdmissionPlugin) =>
    enabled.includes(name) || (!onByFlag.has(name) && !disabled.includes(name));
  const chosen = admissionOrder.filter(isOn);
  return [...chosen.map((plugin) => configured?.get(plugin.name)?.() ?? plugin), ...always];
}
