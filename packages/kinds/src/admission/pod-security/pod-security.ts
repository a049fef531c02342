/**
 * Pod security: pods keep to the level that their namespace's labels ask for. Pods are refused; of the templates that pods are
 * made of, people are only warned, because what becomes of them may still change.
 */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { internalError, invalid } from '@navarch/api/status';
import type { CronJob } from '@navarch/api/types/batch/v1';
import type { Namespace } from '@navarch/api/types/core/v1/namespace';
import type { Pod, PodTemplate, PodTemplateSpec } from '@navarch/api/types/core/v1/pod';
import { listOf } from '../../nil.ts';
import { isPod } from '../objects.ts';
import { refusal } from '../refuse.ts';
import type { PodLike } from './check.ts';
import { detailsText, violations } from './evaluate.ts';
import { existingPodWarnings } from './existing-pods.ts';
import {
  compareLevels,
  equivalentPolicies,
  labelledPolicyText,
  levelVersionText,
  type Policy,
  privilegedPolicy,
  readPolicy,
  sameLevelVersion,
} from './policy.ts';

/** pod-security.admission.config.k8s.io/v1 PodSecurityConfiguration. */
export interface PodSecurityConfiguration {
  /** For namespaces whose labels do not say. */
  readonly defaults: Policy;
  readonly exemptions: {
    readonly namespaces: readonly string[];
    readonly usernames: readonly string[];
    readonly runtimeClasses: readonly string[];
  };
}

const namespaces = { group: '', resource: 'namespaces' };
const pods = { group: '', resource: 'pods' };

/** Resources whose objects hold a pod's template, and where. */
const templates: ReadonlyMap<string, (object: KubernetesObject) => PodTemplateSpec | undefined> =
  new Map([
    ['replicationcontrollers', specTemplate],
    ['podtemplates', (object) => (object as PodTemplate).template],
    ['replicasets.apps', specTemplate],
    ['deployments.apps', specTemplate],
    ['statefulsets.apps', specTemplate],
    ['daemonsets.apps', specTemplate],
    ['jobs.batch', specTemplate],
    ['cronjobs.batch', (object) => (object as CronJob).spec.jobTemplate.spec.template],
  ]);

function specTemplate(object: KubernetesObject): PodTemplateSpec | undefined {
  return (object as { readonly spec?: { readonly template?: PodTemplateSpec } }).spec?.template;
}

/** Subresources of pods that carry no spec. */
const harmlessSubresources = [
  'exec',
  'attach',
  'binding',
  'eviction',
  'log',
  'portforward',
  'proxy',
  'status',
];

export function createPodSecurity(configuration: PodSecurityConfiguration): AdmissionPlugin {
  return {
    name: 'PodSecurity',
    handles: ({ operation, resource: { group, resource }, subresource }) => {
      if (operation !== 'CREATE' && operation !== 'UPDATE') return false;
      if (group === '' && resource === 'pods') return !harmlessSubresources.includes(subresource);
      const isKnown =
        templates.has(keyOf(group, resource)) || (group === '' && resource === 'namespaces');
      return isKnown && subresource === '';
    },
    validate(attributes, context) {
      const { group, resource } = attributes.resource;
      if (resource === 'namespaces') checkNamespace(attributes, context, configuration);
      else if (resource === 'pods') checkPod(attributes, context, configuration);
      else checkTemplate(keyOf(group, resource), attributes, context, configuration);
    },
  };
}

function keyOf(group: string, resource: string): string {
  return group === '' ? resource : `${resource}.${group}`;
}

export const podSecurity: AdmissionPlugin = createPodSecurity({
  defaults: privilegedPolicy,
  exemptions: { namespaces: [], usernames: [], runtimeClasses: [] },
});

function isExempt(
  { namespace }: AdmissionAttributes,
  { user }: RequestContext,
  { exemptions }: PodSecurityConfiguration,
): boolean {
  return exemptions.namespaces.includes(namespace) || exemptions.usernames.includes(user.username);
}

function policyOf(
  { namespace }: AdmissionAttributes,
  { read }: RequestContext,
  { defaults }: PodSecurityConfiguration,
): Policy | undefined {
  const home = read.get<Namespace>(namespaces, '', namespace);
  return home && readPolicy(home.metadata.labels, defaults).policy;
}

function checkPod(
  attributes: AdmissionAttributes,
  context: RequestContext,
  configuration: PodSecurityConfiguration,
): void {
  const { object, oldObject, operation, namespace } = attributes;
  if (!isPod(object) || isExempt(attributes, context, configuration)) return;
  if (operation === 'UPDATE' && isPod(oldObject) && !changesImages(object, oldObject)) return;
  const policy = policyOf(attributes, context, configuration);
  if (!policy) throw internalError(new Error(`failed to lookup namespace "${namespace}"`));
  if (isExemptClass(object, configuration)) return;
  const found = violations(object, policy.enforce);
  if (found.length > 0) {
    const level = levelVersionText(policy.enforce);
    throw refusal(attributes, `violates PodSecurity "${level}": ${detailsText(found)}`);
  }
  warn(object, policy, context);
}

function checkTemplate(
  key: string,
  attributes: AdmissionAttributes,
  context: RequestContext,
  configuration: PodSecurityConfiguration,
): void {
  const { object } = attributes;
  if (!object || isExempt(attributes, context, configuration)) return;
  const template = templates.get(key)?.(object);
  const policy = policyOf(attributes, context, configuration);
  if (!template?.spec || !policy) return;
  const pod = { metadata: template.metadata ?? {}, spec: template.spec };
  if (!isExemptClass(pod, configuration)) warn(pod, policy, context);
}

function isExemptClass({ spec }: PodLike, { exemptions }: PodSecurityConfiguration): boolean {
  const name = spec.runtimeClassName ?? '';
  return name !== '' && exemptions.runtimeClasses.includes(name);
}

function warn(pod: PodLike, policy: Policy, context: RequestContext): void {
  const found = violations(pod, policy.warn);
  if (found.length === 0) return;
  const level = levelVersionText(policy.warn);
  context.warn(`would violate PodSecurity "${level}": ${detailsText(found)}`);
}

/** All that updates can change of what the levels are about are images, and new ephemeral containers. */
function changesImages(pod: Pod, stored: Pod): boolean {
  const kinds = ['containers', 'initContainers'] as const;
  const changed = kinds.some((kind) => {
    const before = listOf(stored.spec[kind]);
    const now = listOf(pod.spec[kind]);
    return (
      now.length !== before.length || now.some(({ image }, index) => image !== before[index]?.image)
    );
  });
  if (changed) return true;
  const known = new Map(
    listOf(stored.spec.ephemeralContainers).map(({ name, image }) => [name, image ?? '']),
  );
  return listOf(pod.spec.ephemeralContainers).some(
    ({ name, image = '' }) => known.get(name) !== image,
  );
}

/** Labels must make sense; who raises the level hears which pods would be refused now. */
function checkNamespace(
  attributes: AdmissionAttributes,
  context: RequestContext,
  configuration: PodSecurityConfiguration,
): void {
  const { object, oldObject, kind, name } = attributes;
  if (!object) return;
  const { defaults, exemptions } = configuration;
  const { policy, errors } = readPolicy(object.metadata.labels, defaults);
  const before = oldObject && readPolicy(oldObject.metadata.labels, defaults);
  const isKnownFault =
    before !== undefined &&
    before.errors.length > 0 &&
    JSON.stringify(before.errors) === JSON.stringify(errors);
  if (errors.length > 0 && !isKnownFault) throw invalid(kind, name, errors);
  if (before && !isRaised(before.policy, policy)) return;
  const namespace = object.metadata.name ?? '';
  if (exemptions.namespaces.includes(namespace)) {
    if (policy.enforce.level === 'privileged' && equivalentPolicies(policy, privilegedPolicy)) {
      return;
    }
    if (equivalentPolicies(policy, defaults)) return;
    const asked = labelledPolicyText(object.metadata.labels ?? {}, policy);
    context.warn(
      `namespace "${namespace}" is exempt from Pod Security, and the policy (${asked}) will be ignored`,
    );
    return;
  }
  if (!before) return;
  const existing = context.read
    .list<Pod>(pods, namespace)
    .filter((pod) => !isExemptClass(pod, configuration));
  for (const text of existingPodWarnings(namespace, existing, policy.enforce)) context.warn(text);
}

function isRaised({ enforce: old }: Policy, { enforce }: Policy): boolean {
  if (sameLevelVersion(enforce, old) || enforce.level === 'privileged') return false;
  return enforce.minor !== old.minor || compareLevels(enforce.level, old.level) > 0;
}
