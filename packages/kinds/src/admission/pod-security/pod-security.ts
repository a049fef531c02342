/**
 * Pod security: pods keep to the level that their namespace's labels ask for. Pods are refused; of the templates that pods are
 * made of, people are only warned, because what becomes of them may still change.
 */
import type { AdmissionAttributes, AdmissionPlugin } from '@navarch/api/extension/admission';
import type { RequestContext } from '@navarch/api/extension/context';
import type { KubernetesObject } from '@navarch/api/extension/object';
import { aggregateMessage } from '@navarch/api/field-error';
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
  prefix,
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

/** Who is exempt is said in the audit log, and why. */
function isExempt(
  { namespace }: AdmissionAttributes,
  { user, annotate }: RequestContext,
  { exemptions }: PodSecurityConfiguration,
): boolean {
  const reason = exemptions.namespaces.includes(namespace)
    ? 'namespace'
    : exemptions.usernames.includes(user.username)
      ? 'user'
      : undefined;
  if (reason !== undefined) annotate?.(`${prefix}exempt`, reason);
  return reason !== undefined;
}

function policyOf(
  { namespace }: AdmissionAttributes,
  { read }: RequestContext,
  { defaults }: PodSecurityConfiguration,
): ReturnType<typeof readPolicy> | undefined {
  const home = read.get<Namespace>(namespaces, '', namespace);
  return home && readPolicy(home.metadata.labels, defaults);
}

function checkPod(
  attributes: AdmissionAttributes,
  context: RequestContext,
  configuration: PodSecurityConfiguration,
): void {
  const { object, oldObject, operation, namespace } = attributes;
  if (!isPod(object) || isExempt(attributes, context, configuration)) return;
  const read = policyOf(attributes, context, configuration);
  if (!read) throw internalError(new Error(`failed to lookup namespace "${namespace}"`));
  const { policy } = read;
  if (read.errors.length === 0 && asksNothing(policy)) {
    context.annotate?.(`${prefix}enforce-policy`, 'privileged:latest');
    return;
  }
  if (operation === 'UPDATE' && isPod(oldObject) && !changesImages(object, oldObject)) return;
  if (isExemptClass(object, context, configuration)) return;
  const level = levelVersionText(policy.enforce);
  context.annotate?.(`${prefix}enforce-policy`, level);
  audit(object, read, context);
  const found = violations(object, policy.enforce);
  if (found.length > 0) {
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
  const read = policyOf(attributes, context, configuration);
  if (!template?.spec || !read) return;
  const { policy } = read;
  const { audit: audited, warn: warned } = policy;
  const asks = audited.level !== 'privileged' || warned.level !== 'privileged';
  if (!asks && read.errors.length === 0) return;
  const pod = { metadata: template.metadata ?? {}, spec: template.spec };
  if (isExemptClass(pod, context, configuration)) return;
  audit(pod, read, context);
  warn(pod, policy, context);
}

function isExemptClass(
  pod: PodLike,
  { annotate }: RequestContext,
  configuration: PodSecurityConfiguration,
): boolean {
  if (!hasExemptClass(pod, configuration)) return false;
  annotate?.(`${prefix}exempt`, 'runtimeClass');
  return true;
}

function hasExemptClass({ spec }: PodLike, { exemptions }: PodSecurityConfiguration): boolean {
  const name = spec.runtimeClassName ?? '';
  return name !== '' && exemptions.runtimeClasses.includes(name);
}

function asksNothing({ enforce, audit: audited, warn: warned }: Policy): boolean {
  return [enforce, audited, warned].every(({ level }) => level === 'privileged');
}

/** What labels could not be read, and what the level that is only audited would not allow. */
function audit(
  pod: PodLike,
  { policy, errors }: ReturnType<typeof readPolicy>,
  { annotate }: RequestContext,
): void {
  if (!annotate) return;
  if (errors.length > 0) {
    annotate(`${prefix}error`, `Failed to parse policy: ${aggregateMessage(errors)}`);
  }
  const found = violations(pod, policy.audit);
  if (found.length === 0) return;
  const level = levelVersionText(policy.audit);
  annotate(
    `${prefix}audit-violations`,
    `would violate PodSecurity "${level}": ${detailsText(found)}`,
  );
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
    .filter((pod) => !hasExemptClass(pod, configuration));
  for (const text of existingPodWarnings(namespace, existing, policy.enforce)) context.warn(text);
}

function isRaised({ enforce: old }: Policy, { enforce }: Policy): boolean {
  if (sameLevelVersion(enforce, old) || enforce.level === 'privileged') return false;
  return enforce.minor !== old.minor || compareLevels(enforce.level, old.level) > 0;
}
