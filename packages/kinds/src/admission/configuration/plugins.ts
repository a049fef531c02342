/** What each plugin can be told, and what it makes of that. */
import { type FieldError, invalid, notSupported, Path, required } from '@navarch/api/field-error';
import { ConfigFileError } from '@navarch/api/schema/config-file';
import { anything, fileKind, list, struct, text, wholeNumber } from '@navarch/api/schema/shapes';
import type { ScopedResourceSelectorRequirement } from '@navarch/api/types/core/v1/quota';
import type { Toleration } from '@navarch/api/types/core/v1/scheduling';
import { createEventRateLimit, type EventLimit, eventLimitTypes } from '../event-rate-limit.ts';
import { createPodNodeSelector } from '../pod-node-selector.ts';
import { createPodTolerationRestriction } from '../pod-toleration-restriction.ts';
import { createResourceQuota } from '../resource-quota/resource-quota.ts';
import { type PluginConfiguration, refuseErrors } from './configured.ts';
import { podSecurityConfiguration } from './pod-security.ts';

type Members = Readonly<Record<string, unknown>>;

const limit = struct('v1alpha1.Limit', {
  type: text,
  qps: wholeNumber,
  burst: wholeNumber,
  cacheSize: wholeNumber,
});

const eventRateLimit: PluginConfiguration = {
  schemas: [
    fileKind('eventratelimit.admission.k8s.io', 'v1alpha1.Configuration', { limits: list(limit) }),
  ],
  accept: (value) => {
    const given = (value['limits'] ?? []) as readonly EventLimit[];
    refuseErrors(limitErrors(given));
    const limits = given.map(({ cacheSize, ...rest }) => ({
      ...rest,
      ...(cacheSize && { cacheSize }),
    }));
    return { plugin: () => createEventRateLimit(limits) };
  },
};

function limitErrors(limits: readonly Partial<EventLimit>[]): readonly FieldError[] {
  const path = Path.of('limits');
  if (limits.length === 0) return [invalid(path, null, 'must not be empty')];
  return limits.flatMap(({ type = '', burst = 0, qps = 0, cacheSize = 0 }, index) => {
    const at = path.index(index);
    const isKnown = (eventLimitTypes as readonly string[]).includes(type);
    return [
      ...(isKnown ? [] : [notSupported(at.child('type'), type, eventLimitTypes)]),
      ...(burst > 0 ? [] : [invalid(at.child('burst'), burst, 'must be positive')]),
      ...(qps > 0 ? [] : [invalid(at.child('qps'), qps, 'must be positive')]),
      ...(cacheSize >= 0 || type === 'Server'
        ? []
        : [invalid(at.child('cacheSize'), cacheSize, 'must not be negative')]),
    ];
  });
}

const limited = struct('v1.LimitedResource', {
  apiGroup: text,
  resource: text,
  matchContains: list(text),
  matchScopes: list(
    struct('v1.ScopedResourceSelectorRequirement', {
      scopeName: text,
      operator: text,
      values: list(text),
    }),
  ),
});

interface Limited {
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly matchContains?: readonly string[];
  readonly matchScopes?: readonly ScopedResourceSelectorRequirement[];
}

const resourceQuota: PluginConfiguration = {
  schemas: (
    [
      ['apiserver.config.k8s.io', 'v1.ResourceQuotaConfiguration'],
      ['resourcequota.admission.k8s.io', 'v1beta1.Configuration'],
      ['resourcequota.admission.k8s.io', 'v1alpha1.Configuration'],
    ] as const
  ).map(([group, name]) => fileKind(group, name, { limitedResources: list(limited) })),
  accept: (value) => {
    const all = (value['limitedResources'] ?? []) as readonly Limited[];
    const path = Path.of('limitedResources');
    refuseErrors(
      all.flatMap(({ resource }, index) =>
        resource ? [] : [required(path.index(index).child('resource'))],
      ),
    );
    const resources = all.map((each) => ({
      apiGroup: each.apiGroup ?? '',
      resource: each.resource ?? '',
      matchContains: each.matchContains ?? [],
      matchScopes: each.matchScopes ?? [],
    }));
    return { plugin: () => createResourceQuota(resources) };
  },
};

const podTolerationRestriction: PluginConfiguration = {
  schemas: [
    fileKind('podtolerationrestriction.admission.k8s.io', 'v1alpha1.Configuration', {
      default: list(anything),
      whitelist: list(anything),
    }),
  ],
  accept: (value) => {
    const tolerations = (name: string): readonly Toleration[] =>
      (value[name] ?? []) as readonly Toleration[];
    const defaults = { default: tolerations('default'), whitelist: tolerations('whitelist') };
    return { plugin: () => createPodTolerationRestriction(defaults) };
  },
};

const podNodeSelector: PluginConfiguration = {
  schemas: [],
  accept: (value) => {
    const selectors = Object.entries((value['podNodeSelectorPluginConfig'] ?? {}) as Members);
    if (selectors.some(([, labels]) => typeof labels !== 'string')) {
      throw new ConfigFileError('podNodeSelectorPluginConfig must be labels as text, by namespace');
    }
    const configuration = Object.fromEntries(selectors) as Readonly<Record<string, string>>;
    return { plugin: () => createPodNodeSelector(configuration) };
  },
};

const webhooks: PluginConfiguration = {
  schemas: (
    [
      ['apiserver.config.k8s.io', 'v1.WebhookAdmissionConfiguration'],
      ['apiserver.config.k8s.io', 'v1alpha1.WebhookAdmission'],
    ] as const
  ).map(([group, name]) => fileKind(group, name, { kubeConfigFile: text })),
  accept: (value) => {
    const kubeconfig = (value['kubeConfigFile'] ?? '') as string;
    if (kubeconfig !== '' && !kubeconfig.startsWith('/')) {
      refuseErrors([invalid('kubeConfigFile', kubeconfig, 'must be an absolute file path')]);
    }
    return { kubeconfig };
  },
};

/** Upstream's plugin asks another server about images; this one has none that does. */
const imagePolicyWebhook: PluginConfiguration = {
  schemas: [],
  accept: () => {
    throw new ConfigFileError(
      'this server does not ask others about images; a ValidatingWebhookConfiguration for pods can',
    );
  },
};

/** By the plugin's name. */
export const pluginConfigurations: ReadonlyMap<string, PluginConfiguration> = new Map([
  ['EventRateLimit', eventRateLimit],
  ['ImagePolicyWebhook', imagePolicyWebhook],
  ['MutatingAdmissionWebhook', webhooks],
  ['PodNodeSelector', podNodeSelector],
  ['PodSecurity', podSecurityConfiguration],
  ['PodTolerationRestriction', podTolerationRestriction],
  ['ResourceQuota', resourceQuota],
  ['ValidatingAdmissionWebhook', webhooks],
]);
